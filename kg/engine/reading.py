"""A query that is being asked, and who ends it where it takes too long."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Lock, Thread
from typing import Final

from neo4j import READ_ACCESS, Driver, Session

from kg.engine.embedded import Engine
from kg.engine.explained import too_slow

_LOOK: Final = 0.2
"""Seconds after which it is looked again whether a query takes too long; what was given up while it had no connection yet is
ended then."""


class Reading:
    """A query that is being asked, of an embedded `engine` or of a Neo4j."""

    def __init__(self, engine: Engine | None) -> None:
        self.given_up = Event()
        self._engine, self._ours = engine, Lock()
        self._session: Session | None = None

    @contextmanager
    def session(self, driver: Driver, database: str | None, batch: int) -> Iterator[Session]:
        """To ask it in, so many rows at a time."""
        with driver.session(database=database, default_access_mode=READ_ACCESS, fetch_size=batch) as session:
            self._session = session
            try:
                yield session
            except Exception:
                raise
            except BaseException:  # Ctrl-C, or a stream that is closed before its end: nobody waits for the rest
                self.give_up()
                raise
            finally:
                with self._ours:  # next its connection is another's
                    self._session = None

    def give_up(self) -> None:
        """Ends it, so that others have its place. A Neo4j ends what a lost connection has asked."""
        self.given_up.set()
        with self._ours:
            if self._session and (connection := self._session._connection):
                if self._engine:
                    self._engine.end_queries(connection.local_port)
                connection.kill()  # type: ignore[no-untyped-call]


class TimeLimit:
    """Ends what takes too long: one thread looks after all, for to hand each query to a thread of its own, and its answer back,
    takes longer than most queries do."""

    def __init__(self) -> None:
        self._due: dict[Reading, float] = {}
        self._asked, self._closed = Event(), Event()
        self._starting = Lock()
        self._thread: Thread | None = None

    @contextmanager
    def of(self, seconds: float, reading: Reading) -> Iterator[None]:
        """What is done within has so many seconds. Raises QueryTimeout where that ends it."""
        self._due[reading] = time.monotonic() + seconds
        if not self._asked.is_set():
            self._look()
        try:
            yield
        except Exception as error:
            if reading.given_up.is_set():
                raise too_slow(seconds) from error
            raise
        finally:
            del self._due[reading]

    def close(self) -> None:
        """Ends the thread."""
        self._closed.set()
        self._asked.set()

    def _look(self) -> None:
        with self._starting:
            self._asked.set()
            if not (self._thread and self._thread.is_alive()):
                self._thread = Thread(target=self._watch, name="time limit", daemon=True)
                self._thread.start()

    def _watch(self) -> None:
        while self._asked.wait() and not self._closed.is_set():
            now, due = time.monotonic(), self._due.copy()
            for reading, when in due.items():
                if when <= now:
                    reading.give_up()
            if not due:
                self._asked.clear()
                if self._due:  # it came just now, and saw that we look
                    self._asked.set()
            self._closed.wait(min([_LOOK, *(when - now for when in due.values() if when > now)]))
