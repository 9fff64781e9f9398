"""The one door to the database. Guards (time, rows, how many at once, one writer) and retries live here, not in the engines."""

from __future__ import annotations

import atexit
import logging
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from threading import BoundedSemaphore
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, Self, TypeVar

from filelock import FileLock, Timeout
from neo4j import Driver, GraphDatabase, ManagedTransaction, Query, Record, Result, Session
from neo4j.exceptions import ConfigurationError, DriverError, Neo4jError

from kg import atomic, schema
from kg.engine import embedded, left
from kg.engine.explained import explained, message
from kg.engine.lease import Lease
from kg.engine.reading import Reading, TimeLimit
from kg.engine.retries import key_taken, meets_a_writer, retrying
from kg.errors import (
    BadParameter,
    BadSettings,
    EngineUnavailable,
    KgError,
    StoreLocked,
    TooManyQueries,
    disk_full,
    is_full,
)
from kg.settings import Settings

if TYPE_CHECKING:
    from arcadedb_embedded.graph_batch import GraphBatch

T = TypeVar("T")

CONCURRENT = min(max(os.cpu_count() or 1, 2), 4)
"""Queries that may run at once: one a core, but two at least and four at most. One that is given up counts until it has ended.
More answer no sooner: Python reads what the engine says one at a time, and each more makes whoever else waits for Python, or
for a core, wait longer."""

BATCH = 1000
"""Rows that a stream asks the engine for at a time, and so what it holds in memory."""

_SLOT_WAIT = 5.0
"""Seconds: a page asks more at once than may run."""
_LONGEST = 20
"""How many time limits the whole of a stream may take on Neo4j, which ends it then."""
_AGAIN = 0.2
"""Seconds after which an engine that is to be stopped is told again to end what it runs."""
_PATIENCE = 5.0
"""Seconds to connect, and to try again where the driver knows how to."""
_RUNAWAY = 60.0
"""Seconds after which the embedded engine ends any statement, a write's too: never sooner than a read is given up."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query gave: its columns in order, one dict a row, and whether rows beyond the limit were left out.

    The embedded engine names no columns where it finds no rows.
    """

    columns: tuple[str, ...]
    rows: list[dict[str, Any]]
    truncated: bool


class Store:
    """A base, opened by open_store; close it, or use it in a with statement. Its methods may be called from many threads.

    `attached`: a guest of another process' embedded engine, and gone when that process is.
    """

    def __init__(
        self,
        driver: Driver,
        settings: Settings,
        embedded_engine: embedded.Engine | None = None,
        *,
        serve: bool = False,
    ) -> None:
        """Without an `embedded_engine`, which is stopped last on close, the driver is that of a Neo4j. `serve`: who writes once
        keeps others from writing until it is closed."""
        self.engine: Literal["embedded", "neo4j"] = "embedded" if embedded_engine else "neo4j"
        self.attached = embedded_engine is not None and embedded_engine.attached
        self.watching: Callable[[], AbstractContextManager[object]] = nullcontext
        """Entered around each query, by who watches the store."""
        self._driver = driver
        self._timeout, self._data = settings.timeout, settings.data
        self._embedded_engine = embedded_engine
        self._full_text: dict[tuple[str, str], str] = {}
        self._lock_wait = embedded.WAIT
        self._slots, self._time_limit = BoundedSemaphore(CONCURRENT), TimeLimit()
        self._writer = FileLock(settings.data / "write.lock")  # a hold is a thread's own: it keeps out other threads too
        self._lease = None if embedded_engine else Lease(self.write, settings.data, keep=serve)
        # None is the user's home database: Neo4j's own choice.
        self._database = embedded.DATABASE if embedded_engine else None
        atexit.register(self.close)  # an engine still running at exit would keep the process alive for ever

    def read(self, cypher: str, parameters: Mapping[str, Any] | None = None, *, limit: int | None = None) -> Answer:
        """Runs a reading query and returns at most `limit` rows.

        Raises QueryTimeout, TooLarge, TooManyQueries, EngineUnavailable, and BadQueryFile where the engine refuses the query.
        """
        reading = Reading(self._embedded_engine)

        def work(session: Session) -> Answer:
            # Neo4j ends the query itself at the timeout; the embedded engine has a limit of its own.
            result = _sent(session, Query(cypher, timeout=self._timeout), parameters)
            columns = tuple(result.keys())
            records = list(result) if limit is None else result.fetch(limit + 1)
            result.consume()
            rows = [_row(columns, record) for record in records]
            return Answer(columns, rows[:limit], limit is not None and len(rows) > limit)

        asked = reading.session(self._driver, self._database, BATCH)
        with self._asking(), self._time_limit.of(self._timeout, reading), asked as session:
            # An auto-commit query saves two of a transaction's round trips; reads have nothing to commit.
            return retrying(lambda: work(session), meets_a_writer, reading.given_up.wait)

    def stream(self, cypher: str, parameters: Mapping[str, Any] | None = None) -> Iterator[dict[str, Any]]:
        """All rows of a reading query, of which only some are in memory at once. Close it if it is not read to its end.

        The time limit holds for the first rows, and then for each BATCH of them: an export may take long, but the reader must
        not (write to a file first where a client is slow). What another transaction breaks is begun again as long as no row
        has been given. Raises what read does.
        """
        reading = Reading(self._embedded_engine)
        limited = partial(self._time_limit.of, self._timeout, reading)
        with self._asking(), reading.session(self._driver, self._database, BATCH) as session:

            def begin() -> tuple[Result, list[Record]]:
                result = _sent(session, Query(cypher, timeout=_LONGEST * self._timeout), parameters)
                return result, result.fetch(BATCH)

            with limited():
                result, records = retrying(begin, meets_a_writer, reading.given_up.wait)
            while records:
                yield from [_row(record.keys(), record) for record in records]
                with limited():
                    records = result.fetch(BATCH)

    @contextmanager
    def _asking(self) -> Iterator[None]:
        """Holds a slot, and explains what the engine refuses. Raises TooManyQueries."""
        with self._slot(), self.watching():
            try:
                yield
            except (Neo4jError, DriverError) as error:
                raise self._explained(error) from error

    @contextmanager
    def _slot(self) -> Iterator[None]:
        """Who writes waits for no reader: what is begun must end. Raises TooManyQueries."""
        slots = BoundedSemaphore() if self._writer.is_locked else self._slots
        if not slots.acquire(timeout=_SLOT_WAIT):
            raise TooManyQueries("too many queries are running", "try again in a moment")
        try:
            yield
        finally:
            slots.release()

    def write(self, work: Callable[[ManagedTransaction], T]) -> T:
        """Runs `work` in one explicit transaction and returns what it returns; it may run more than once. Hold writing()
        around it. Raises StoreLocked, EngineUnavailable, BadQueryFile as read does, and what `work` raises."""
        try:
            with self._driver.session(database=self._database) as session:
                return retrying(lambda: session.execute_write(work), key_taken)
        except (Neo4jError, DriverError) as error:
            raise self._explained(error) from error

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Makes this the base's only writer; parallel writers lose documents. Waits a while, then raises StoreLocked; at once
        where another data directory writes to this Neo4j (kg.engine.lease)."""
        try:
            self._writer.acquire(timeout=self._lock_wait)
        except Timeout as error:
            raise StoreLocked(
                f"another process has been writing to {self._data} for over {self._lock_wait:g} s",
                "wait until it ends, then run this again",
            ) from error
        try:
            with self._lease.held() if self._lease else nullcontext():
                yield
        finally:
            self._writer.release()

    @contextmanager
    def filling(self) -> Iterator[GraphBatch]:
        """Fills an empty base of the embedded engine, far faster than by statements; whole once this store is closed, else
        empty again. Raises EngineUnavailable where the engine is not ours, or fails."""
        if not (self._embedded_engine and self._embedded_engine.filling):
            raise EngineUnavailable("another process holds the base", "end it, then run this again")
        with self.writing(), self._embedded_engine.filling() as batch:
            yield batch

    def ensure_schema(self) -> None:
        """Makes keys unique and indexes present; opens no write transaction where they are. Raises what write does."""
        held = self.read("SHOW INDEXES YIELD labelsOrTypes, properties, owningConstraint")
        unique = {
            (*row["labelsOrTypes"], *row["properties"]) for row in held.rows if row["labelsOrTypes"] and row["owningConstraint"]
        }
        indexed = {(*row["labelsOrTypes"], *row["properties"]) for row in held.rows if row["labelsOrTypes"]}
        self._full_text = {}
        has_all = all((n.label, "id") in unique and all((n.label, p) in indexed for p in n.indexed) for n in schema.NODES)
        if has_all and (self.attached or self._searched() <= self.full_text().keys()):
            return
        with self.writing():
            for statement in schema.constraints():
                self.write(partial(_run, statement))
            if self.engine == "neo4j":
                # neo4j-admin has just made the base, perhaps
                for statement in [*schema.empty_lists(), *schema.full_text("neo4j"), "CALL db.awaitIndexes(300)"]:
                    self.write(partial(_run, statement))
            elif self._embedded_engine and (sql := self._embedded_engine.sql):
                # a guest leaves this to the owner, and searches without them until it is done
                for statement in schema.full_text("embedded"):
                    sql(statement)

    def damage(self) -> list[str] | None:
        """What the engine finds damaged in its own files; None where it is not ours to ask."""
        return self._embedded_engine.damage() if self._embedded_engine and self._embedded_engine.damage else None

    def heap(self) -> tuple[int, int] | None:
        """Bytes of memory that the engine uses, and may use at most; None where it is not in this process."""
        return self._embedded_engine.heap() if self._embedded_engine and self._embedded_engine.heap else None

    def full_text(self) -> Mapping[tuple[str, str], str]:
        """The full-text indexes that can be used now: label, property -> what this engine calls it. Raises what read does."""
        if self._full_text.keys() < self._searched():
            held = self.read("SHOW INDEXES YIELD name, type, state, labelsOrTypes, properties").rows
            self._full_text = {
                (row["labelsOrTypes"][0], row["properties"][0]): row["name"]
                for row in held
                if (row["type"], row["state"]) == ("FULLTEXT", "ONLINE")
            }
        return self._full_text

    def _searched(self) -> set[tuple[str, str]]:
        return {(n.label, p) for n in schema.NODES for p in n.searched}

    def close(self) -> None:
        """Closes the driver, then the engine if it is ours. May be called again."""
        atexit.unregister(self.close)
        engine, self._embedded_engine = self._embedded_engine, None
        try:
            if self._lease:
                self._lease.close()
            if engine and not engine.attached:
                self._end_readers(engine)
            self._driver.close()
            self._time_limit.close()
        finally:
            if engine:
                engine.stop()

    def _end_readers(self, engine: embedded.Engine) -> None:
        """Waits for the threads of queries that were given up: a connection that one of them still opens or writes to outlives
        the driver, and Java waits for it for ever."""
        until = time.monotonic() + _PATIENCE
        held = 0
        while held < CONCURRENT and time.monotonic() < until:
            engine.end_queries(None)
            held += self._slots.acquire(timeout=_AGAIN)
        for _ in range(held):
            self._slots.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _explained(self, error: Neo4jError | DriverError) -> KgError:
        return explained(
            error, data=self._data if self.engine == "embedded" else None, seconds=self._timeout, guest=self.attached
        )


def open_store(
    settings: Settings, *, serve: bool = False, brief: bool = False, even_damaged: bool = False, wait: float = embedded.WAIT
) -> Store:
    """Opens the Neo4j of KG_URI, else the embedded engine: as its owner, or as the guest of a process that serves.

    `serve`: let other processes in while we own it. `brief`: this process ends in seconds. `wait`: seconds
    to wait for a process that does not. `even_damaged`: what kg.engine.left refuses too. Raises EngineUnavailable, StoreLocked,
    BadSettings, DamagedBase, DiskFull.
    """
    left.refuse_half(settings.data)
    try:
        atomic.private_folder(settings.data)
        if settings.uri:
            driver = _connect(settings.uri, settings.user, settings.password or "", "check KG_URI, KG_USER and KG_PASSWORD")
            return Store(driver, settings, serve=serve)
        cache = settings.engine_cache if brief else None
        java = embedded.Java(settings.engine_memory, max(settings.timeout, _RUNAWAY), cache, even_damaged)
        held = embedded.join_or_start(settings.data, serve=serve, java=java, wait=wait)
    except OSError as error:
        if is_full(error):
            raise disk_full(settings.data) from error
        raise BadSettings(f"KG_DATA={settings.data} cannot be used: {error}", "name a directory this user may write") from error
    try:
        driver = _connect(held.uri, embedded.USER, held.password, "run this again")
    except KgError:
        held.stop()
        raise
    return Store(driver, settings, embedded_engine=held)


def _connect(uri: str, user: str, password: str, hint: str) -> Driver:
    logging.getLogger("neo4j").addHandler(logging.NullHandler())  # what matters is raised; the rest would go to stderr
    try:
        driver = GraphDatabase.driver(
            uri,
            auth=(user, password),
            connection_timeout=_PATIENCE,
            max_transaction_retry_time=_PATIENCE,
            notifications_min_severity="OFF",
        )
    except ConfigurationError as error:
        raise BadSettings(f"KG_URI={uri} is no database address: {error}", "such as bolt://localhost:7687") from error
    try:
        driver.verify_connectivity()
    except (Neo4jError, DriverError) as error:
        driver.close()
        raise EngineUnavailable(f"the database at {uri} does not let us in: {message(error)}", hint) from error
    return driver


def _run(statement: str, tx: ManagedTransaction) -> None:
    tx.run(statement).consume()


def _sent(session: Session, query: Query, parameters: Mapping[str, Any] | None) -> Result:
    try:
        return session.run(query, dict(parameters or {}))
    except (TypeError, ValueError, OverflowError) as error:
        raise BadParameter(f"a parameter cannot be sent to the database: {error}") from error


def _row(columns: Sequence[str], record: Record) -> dict[str, Any]:
    return dict(zip(columns, record, strict=True))
