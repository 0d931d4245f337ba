"""Prometheus metrics of one server: latency by stage, declines by reason, index size, queues."""

from __future__ import annotations

from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

from assistant.model import Answer

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)

CONTENT_TYPE = CONTENT_TYPE_LATEST


class Metrics:
    """The metrics of one application; a registry of its own, so that two in one process do not mix."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self.requests = Counter(
            "assistant_requests",
            "Requests by route, method and status",
            ("route", "method", "status"),
            registry=self._registry,
        )
        self.seconds = Histogram(
            "assistant_request_seconds",
            "Time to the end of the response",
            ("route",),
            buckets=_SECONDS,
            registry=self._registry,
        )
        self.active = Gauge("assistant_requests_active", "Requests being answered", registry=self._registry)
        self._stages = Histogram(
            "assistant_stage_seconds",
            "Time of each stage of answering",
            ("stage",),
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._answers = Counter(
            "assistant_answers", "Answers by status and reason", ("status", "reason"), registry=self._registry
        )
        self.jobs = Counter(
            "assistant_jobs", "Finished uploads and deletions", ("kind", "state"), registry=self._registry
        )

    def gauge(self, name: str, text: str, read: Callable[[], float]) -> None:
        """Add a gauge that is read when it is looked at."""
        Gauge(name, text, registry=self._registry).set_function(read)

    def answered(self, answer: Answer) -> None:
        """Count one answer."""
        self._answers.labels(answer.status.value, answer.reason.value if answer.reason else "none").inc()
        for stage, milliseconds in answer.stages_ms.items():
            self._stages.labels(stage).observe(milliseconds / 1000)

    def text(self) -> bytes:
        """Return everything in Prometheus' text format."""
        return generate_latest(self._registry)
