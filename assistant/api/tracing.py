"""OpenTelemetry traces of requests, sent to a collector where the settings name one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import FastAPI

from assistant.errors import SettingsError
from assistant.settings import TracingSettings

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider

_QUIET = "healthz,readyz,metrics"


class Tracing:
    """Traces the requests of one application."""

    def __init__(self, provider: TracerProvider) -> None:
        self._provider = provider

    def instrument(self, app: FastAPI) -> None:
        """Trace the requests of `app` from now on."""
        from opentelemetry.instrumentation.fastapi import FastAPIInstrumentor

        FastAPIInstrumentor.instrument_app(app, tracer_provider=self._provider, excluded_urls=_QUIET)

    def shutdown(self) -> None:
        """Send what is waiting and stop."""
        self._provider.shutdown()


def make_tracing(settings: TracingSettings) -> Tracing | None:
    """Return what traces, if an endpoint is set. Raises `SettingsError` when the extra is missing."""
    if not settings.endpoint:
        return None
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
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
    return Tracing(provider)
