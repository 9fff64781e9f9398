"""What one thread asks the engine for another, which may give it up."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Lock

from neo4j import READ_ACCESS, Driver, Session

from kg.engine.embedded import Engine


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
