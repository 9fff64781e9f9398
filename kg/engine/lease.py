"""Who writes to a Neo4j: one data directory at a time, for each has a journal of reports of its own, and two would mix them.

The embedded engine needs none: its lock is of the data directory, where the base is too.
"""

from __future__ import annotations

import logging
import os
import secrets
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread
from typing import Any, Final

from neo4j import ManagedTransaction

from kg.errors import KgError, StoreLocked

LASTS: Final = 60.0
"""Seconds that it holds without being renewed, as after a crash."""

CONSTRAINT: Final = "CREATE CONSTRAINT writer IF NOT EXISTS FOR (w:Writer) REQUIRE w.id IS UNIQUE"

# Writing to it first locks it; the time is the database's own.
_TAKE: Final = """MERGE (w:Writer {id: 'writer'}) SET w.asked = timestamp()
WITH w, w.owner IS NULL OR w.until < timestamp() AS free
SET w += CASE WHEN free THEN $me ELSE {} END
SET w.until = CASE WHEN w.owner = $me.owner THEN timestamp() + $lasts ELSE w.until END
RETURN w.owner = $me.owner AS ours, w.host AS host, w.pid AS pid, w.since AS since"""
_RENEW: Final = "MATCH (w:Writer {id: 'writer', owner: $me.owner}) SET w.until = timestamp() + $lasts"
_GIVE_BACK: Final = "MATCH (w:Writer {id: 'writer', taken_by: $me.taken_by}) DELETE w"


class Lease:
    """The right to write, which all processes of a data directory on this host share. `keep`: once taken, until `close`, as a
    server does; else only while it is `held`. `write`: Store.write."""

    def __init__(self, write: Callable[[Callable[[ManagedTransaction], Any]], Any], data: Path, *, keep: bool) -> None:
        self._write = write
        self._keep = keep
        host = socket.gethostname()
        self._me = {"owner": f"{host}:{data.resolve()}", "host": host, "pid": os.getpid(), "taken_by": secrets.token_hex(8)}
        self._depth = 0
        self._ended: Event | None = None

    @contextmanager
    def held(self) -> Iterator[None]:
        """Takes it, within Store.writing alone. Raises StoreLocked where another holds it, and what Store.write raises."""
        self._take()
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1
            if not self._keep and not self._depth:
                self.close()

    def close(self) -> None:
        """Gives it back, if it was taken here; where the database does not answer, it ends by itself."""
        if self._ended is None:
            return
        self._ended.set()
        self._ended = None
        self._tell(_GIVE_BACK)

    def _take(self) -> None:
        since = datetime.now(UTC).isoformat(timespec="seconds")
        if self._ended is None:
            self._write(lambda tx: tx.run(CONSTRAINT).consume())
        told = self._write(
            lambda tx: tx.run(_TAKE, me=self._me | {"since": since}, lasts=int(LASTS * 1000)).single(strict=True)
        )
        if not told["ours"]:
            raise StoreLocked(
                f"process {told['pid']} on {told['host']} has been writing to this base since {told['since']}",
                f"end it, or serve from its KG_DATA; if it has crashed, wait {LASTS:g} s",
            )
        if self._ended is None:
            self._ended = Event()
            Thread(target=self._renew, args=(self._ended,), daemon=True).start()

    def _renew(self, ended: Event) -> None:
        while not ended.wait(LASTS / 3):
            self._tell(_RENEW)

    def _tell(self, statement: str) -> None:
        try:
            self._write(lambda tx: tx.run(statement, me=self._me, lasts=int(LASTS * 1000)).consume())
        except KgError as error:
            logging.getLogger(__name__).warning("the right to write could not be told to the database: %s", error.message)
