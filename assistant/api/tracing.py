"""OpenTelemetry traces of requests, sent to a collector where the settings name one."""

from __future__ import annotations

from fastapi import FastAPI

from assistant.errors import SettingsError
from assistant.settings import TracingSettings


def trace(app: FastAPI, settings: TracingSettings) -> None:
    """Trace the requests of `app` if an endpoint is set. Raises `SettingsError` when the extra is missing."""
    if not settings.endpoint:
        return
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.instrumentation.fastapi import FastAPIInstrumentor
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError as error:
        raise SettingsError(
            f"ASSISTANT_TRACING__ENDPOINT is set, but {error.name} is not installed. "
            "Install policy-assistant[tracing], or unset it."
        ) from error
    provider = TracerProvider(resource=Resource.create({"service.name": settings.service}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=settings.endpoint)))
    FastAPIInstrumentor.instrument_app(app, tracer_provider=provider, excluded_urls="healthz,readyz,metrics")
    app.state.tracing = provider
