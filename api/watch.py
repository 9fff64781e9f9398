"""Watching: what Prometheus reads at /metrics, a line of the log for each request, and spans of requests and queries for
OpenTelemetry. None holds a text, a name or a key: a request is told by its route, not by its address."""

from __future__ import annotations

import asyncio
import datetime
import itertools
import logging
import secrets
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

from anyio import CapacityLimiter
from fastapi import FastAPI
from fastapi.responses import Response
from fastapi.telemetry import TelemetryConfig
from opentelemetry.trace import NoOpTracerProvider, SpanKind, TracerProvider, get_current_span
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import problem
from kg.errors import Ending
from kg.library import Library

LOG: Final = logging.getLogger(__name__)

REQUEST: Final = ContextVar("request", default="")
"""The id of the request that is answered now; it stands in its answer as X-Request-ID, and in every line of the log."""


def telemetry(traces: TracerProvider | None) -> TelemetryConfig:
    """What FastAPI itself tells OpenTelemetry: a span of each request, and nothing where nobody asks."""
    return {
        "tracer_provider": traces,
        "tracing": traces is not None,
        **{"metrics": False, "logs": False, "operation_spans": False, "auto_configure": False},
    }


class Metrics:
    """What is counted of one app, and of its queues of `files` by route. The memory of the process is the engine's too, where
    that is embedded."""

    def __init__(self, library: Library, files: Mapping[str, CapacityLimiter], traces: TracerProvider | None = None) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self.registry.register(_Now(library, files))
        self.requests = Counter("kg_requests", "Requests answered.", ("method", "route", "status"), registry=self.registry)
        self.seconds = Histogram("kg_request_seconds", "Time to the end of the answer.", ("route",), registry=self.registry)
        self.running = Gauge(
            "kg_requests_running", "Requests being answered; files that wait are among them.", registry=self.registry
        )
        self.queries = Histogram("kg_query_seconds", "Time that the database took for a query.", registry=self.registry)
        self.asking = Gauge("kg_queries_running", "Queries that the database is asked now.", registry=self.registry)
        self._tracer = (traces or NoOpTracerProvider()).get_tracer("kg")

    @contextmanager
    def query(self) -> Iterator[None]:
        """Entered around each query (Store.watching). Its span is never the current one: a stream may change its thread."""
        span = self._tracer.start_span("query", kind=SpanKind.CLIENT, record_exception=False, set_status_on_exception=False)
        with span, self.queries.time(), self.asking.track_inprogress():
            yield


class _Now(Collector):
    """What is looked at when Prometheus asks."""

    def __init__(self, library: Library, files: Mapping[str, CapacityLimiter]) -> None:
        self._library, self._files = library, files

    def collect(self) -> Iterable[Metric]:
        waiting = GaugeMetricFamily("kg_files_waiting", "Files and reports that wait for those before them.", labels=["route"])
        for route, limiter in self._files.items():
            waiting.add_metric([route], limiter.statistics().tasks_waiting)
        yield waiting
        if heap := self._library.store.heap():
            used, most = heap
            yield GaugeMetricFamily("kg_engine_heap_used_bytes", "Memory that the embedded engine uses.", used)
            yield GaugeMetricFamily("kg_engine_heap_max_bytes", "Memory that the embedded engine may use at most.", most)
        at = [datetime.datetime.fromisoformat(load["at"]).timestamp() for load in self._library.accounts(1)]
        yield GaugeMetricFamily(
            "kg_last_load_timestamp_seconds", "When files were last loaded; 0: never.", max(at, default=0.0)
        )


class Watched:
    """Middleware, the outermost: gives each request an id, counts it, and logs it; answers those that the server's end cuts
    off."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics
        self._begun, self._ids = secrets.token_hex(4), itertools.count(1)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun, status, id_ = time.perf_counter(), 0, f"{self._begun}{next(self._ids):08x}"

        async def heard(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["X-Request-ID"] = id_
            await send(message)

        REQUEST.set(id_)
        get_current_span().set_attributes({"url.path": "", "url.query": "", "kg.request": id_})  # what was asked stays here
        with self._metrics.running.track_inprogress():
            try:
                await self._app(scope, receive, heard)
            except asyncio.CancelledError:  # uvicorn waits no longer
                if not status:
                    await problem(Ending("the server ends before it has the answer", "ask again when it is back"))(
                        scope, receive, heard
                    )
            finally:
                took = time.perf_counter() - begun
                route = getattr(scope.get("route"), "path", "other")
                method = scope["method"] if scope["method"] in _METHODS else "other"  # anybody may make up more
                self._metrics.requests.labels(method, route, status).inc()
                self._metrics.seconds.labels(route).observe(took)
                told = {"method": method, "route": route, "status": status, "ms": round(took * 1000, 1)}
                LOG.info("%s %s %s", method, route, status, extra={"told": told})


_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def add_metrics(app: FastAPI, metrics: Metrics) -> None:
    """GET /metrics."""

    @app.get(
        "/metrics",
        summary="Counts for Prometheus.",
        tags=["health"],
        response_class=Response,
        responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}},
    )
    def answer() -> Response:
        return Response(generate_latest(metrics.registry), media_type=CONTENT_TYPE_LATEST)
