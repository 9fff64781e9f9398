"""How HTTP is served: whose patience ends when, and what is logged."""

from __future__ import annotations

import asyncio
import datetime
import gc
import json
import logging
import socket
import sys
import traceback
from pathlib import PurePath
from typing import TYPE_CHECKING, Final, cast

import h11
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from api.watch import REQUEST
from kg.cli.output import say
from kg.escaped import escaped

if TYPE_CHECKING:
    from collections.abc import Mapping

    from opentelemetry.trace import TracerProvider
    from starlette.types import ASGIApp

PATIENCE: Final = 30.0
"""Seconds within which the head of a request must be there. Those of its body are counted where it is read (api.requests)."""

_LENGTHS: Final = {b"content-length", b"transfer-encoding"}

_TURN: Final = 0.0005
"""Seconds that a thread may run while others wait: a tenth of Python's own. The loop that takes requests waits for one after
each of the threads that answer."""


class Unambiguous(h11.Connection):
    """Takes no request that says twice how long it is: who stands before us may go by the other, and what is left of its body
    would be a request that they never saw (RFC 9112, 11.2)."""

    def next_event(self) -> h11.Event | type[h11.NEED_DATA] | type[h11.PAUSED]:
        event = super().next_event()
        if isinstance(event, h11.Request) and {name for name, _ in event.headers} >= _LENGTHS:
            raise h11.RemoteProtocolError("both Content-Length and Transfer-Encoding")
        return event


class Impatient(H11Protocol):
    """Ends a connection on which no whole head of a request comes in time, however many bytes of one do."""

    _late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.conn = Unambiguous(h11.SERVER)
        self._wait()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        if self._late:
            self._late.cancel()
        super().connection_lost(exc)

    def _wait(self) -> None:
        if self._late:
            self._late.cancel()
        self._late = self.loop.call_later(PATIENCE, self._end)

    def _end(self) -> None:
        answering = cast(object, self.cycle) is not None and not self.cycle.response_complete
        if not answering:
            self.transport.close()


class Lines(logging.Formatter):
    """What is logged, its lines without what would be an order to who reads them on a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        """A line as uvicorn writes it, and a traceback below."""
        return "\n".join(escaped(line) for line in super().format(record).split("\n"))


class Json(logging.Formatter):
    """What is logged as an object a line: when, how bad, by whom, on which request. Of an error only its kind and the places in
    our code: its words could be those of a document."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.datetime.fromtimestamp(record.created, datetime.UTC).isoformat(timespec="milliseconds")
        said: dict[str, object] = {"at": at, "level": record.levelname.lower(), "logger": record.name}
        said |= {"request": request} if (request := REQUEST.get()) else {}
        told: dict[str, object] | None = getattr(record, "told", None)
        said |= told or {"message": record.getMessage()}
        if record.exc_info and record.exc_info[0]:
            kind, _, trace = record.exc_info
            places = [f"{PurePath(frame.filename).name}:{frame.lineno}" for frame in traceback.extract_tb(trace)]
            said |= {"error": kind.__name__, "at_lines": places}
        return json.dumps(said, ensure_ascii=True)


def traces(environ: Mapping[str, str]) -> TracerProvider | None:
    """What sends spans by OTLP over HTTP, as OpenTelemetry's own variables say; None where they name no place, or where its
    packages are not installed, which is said on stderr."""
    if not (environ.get("OTEL_EXPORTER_OTLP_ENDPOINT") or environ.get("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")):
        return None
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk import resources, trace
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError:
        say("no traces are sent, for their packages are not installed: pip install 'duty-kg[traces]'", err=True)
        return None
    name = {resources.SERVICE_NAME: environ.get("OTEL_SERVICE_NAME") or "kg"}
    sdk = trace.TracerProvider(resource=resources.Resource.create(name))
    sdk.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    made: TracerProvider = sdk
    return made


def run(app: ASGIApp, listener: socket.socket, *, as_json: bool = False) -> None:
    """Serves until a signal ends it; logs warnings and errors on stderr, `as_json` each request too."""
    handler = logging.StreamHandler()
    handler.setFormatter(Json() if as_json else Lines("%(levelname)s:     %(message)s"))
    for name in ("uvicorn", "api", "kg"):
        logging.getLogger(name).addHandler(handler)
        logging.getLogger(name).setLevel(logging.INFO if as_json and name == "api" else logging.WARNING)
    sys.setswitchinterval(_TURN)
    gc.collect()
    gc.freeze()  # what is there now stays: no collection of garbage need look through it, while every thread waits
    config = uvicorn.Config(app, http=Impatient, log_config=None, access_log=False, timeout_graceful_shutdown=5)
    uvicorn.Server(config).run(sockets=[listener])
