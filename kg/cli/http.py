"""How HTTP is served: whose patience ends when, and what is logged."""

from __future__ import annotations

import asyncio
import logging
import socket
from typing import TYPE_CHECKING, Final, cast

from uvicorn.protocols.http.h11_impl import H11Protocol

from kg.escaped import escaped

if TYPE_CHECKING:
    from starlette.types import ASGIApp

PATIENCE: Final = 30.0
"""Seconds within which the head of a request must be there. Those of its body are counted where it is read (api.requests)."""


class Impatient(H11Protocol):
    """Ends a connection on which no whole head of a request comes in time, however many bytes of one do."""

    _late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
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


def run(app: ASGIApp, listener: socket.socket) -> None:
    """Serves until a signal ends it; logs warnings and errors on stderr."""
    import uvicorn

    config = uvicorn.Config(app, http=Impatient, log_level="warning", access_log=False, timeout_graceful_shutdown=5)
    for handler in logging.getLogger("uvicorn").handlers:
        handler.setFormatter(Lines("%(levelname)s:     %(message)s"))
    uvicorn.Server(config).run(sockets=[listener])
