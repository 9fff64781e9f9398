"""What is read and waits to be written: the files of one transaction. A kill loses all of it or none, and what it lost is
loaded the next time; so each document is whole or absent, though many are written at once.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Final, Protocol

from kg.engine.store import Store
from kg.errors import BadParameter, BadQueryFile, KgError, TooLarge
from kg.graph import news
from kg.graph.held import Held, read_held
from kg.graph.kept import Kept
from kg.graph.links import Links
from kg.graph.result import Result
from kg.graph.rows import GraphRows
from kg.graph.transactions import change, forget_bigrams

if TYPE_CHECKING:
    from neo4j import ManagedTransaction

_ROWS: Final = 8_000
"""Rows that are written in one transaction, if they come in time: those of some fifty documents."""

_WAIT: Final = 5.0
"""Seconds after which what was read is written, though more might be read: so much work a kill may cost."""

_REFUSALS: Final = (BadQueryFile, BadParameter, TooLarge)
"""What the store raises of the rows themselves; all else is its own, and ends the load."""


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be written of one file, and what is said of it then. `held`: what the documents that go were held as."""

    rows: GraphRows
    dropped: Collection[str]
    held: dict[str, Held]
    result: Result


class Base(Protocol):
    """What files are taken into: a store, or an archive that is made at once (kg.graph.archive)."""

    def held(self) -> dict[str, Held]:
        """The documents that are loaded, by id."""
        ...

    def text(self, document: str) -> tuple[str, str | None]:
        """The words of one that is loaded, and its date of issue."""
        ...

    def change(self, rows: GraphRows, dropped: Collection[str]) -> None:
        """Writes rows and drops documents, all or nothing. Raises KgError."""
        ...


class Stored:
    """The documents of a store, and the files that are kept of them. Methods raise what those of the store raise. `ending`: all
    of them go, so links need not follow: those left on the way count as read by other rules."""

    def __init__(self, store: Store, kept: Kept, *, ending: bool = False) -> None:
        self._store, self._kept, self._ending = store, kept, ending
        self._links: Links | None = Links((), lambda _: ()) if ending else None

    def held(self) -> dict[str, Held]:
        return read_held(self._store)

    def text(self, document: str) -> tuple[str, str | None]:
        row = self._store.read(
            "MATCH (d:Document {id: $id})-[:FROM]->(s:Source) "
            "RETURN s.text AS text, d.start AS start, d.end AS end, d.issued_on AS issued_on",
            {"id": document},
        ).rows[0]
        return row["text"][row["start"] : row["end"]], row["issued_on"]

    def change(self, rows: GraphRows, dropped: Collection[str]) -> None:
        """In one transaction, with the links that follow; then settles the files that were kept, forgets those that give no
        document any more, and keeps what has changed for whom (kg.graph.news)."""
        before = news.obligations(self._store, dropped)
        links = self._links or Links.of(self._store)
        self._links = None  # until it is written: what is refused is not held
        links.follow(rows, dropped)
        left = self._store.write(partial(self._change, rows=rows, dropped=dropped))
        self._kept.settle(rows.nodes["Source"])
        for source in left:
            self._kept.forget(source)
        self._links = links
        written = [id_ for id_, node in rows.nodes["Document"].items() if node["properties"].get("loaded")]
        now = datetime.now(UTC).isoformat(timespec="microseconds")
        after = news.obligations(self._store, written)
        try:
            news.keep(self._kept.folder.parent / "news.jsonl", list(news.changes(before, after, now)))
        except OSError as error:  # the documents are in the base
            logging.getLogger(__name__).warning("what has changed for whom is not kept as news: %s", error)

    def _change(self, tx: ManagedTransaction, rows: GraphRows, dropped: Collection[str]) -> list[str]:
        """The sources left without documents lie aside before that is committed: were we killed then, a rebuild would bring
        their text back."""
        left = change(tx, rows=rows, dropped=dropped)
        if self._ending:
            forget_bigrams(tx)
        self._kept.set_aside(left)
        return left


class Batch:
    """Takes changes, and what is said of files without any, and gives back what became of each file, in their order."""

    def __init__(self, base: Base, undo: Callable[[Change], None]) -> None:
        """`undo` is told of a change that the base refuses, after which the others of its batch are written all the same."""
        self._base, self._undo = base, undo
        self._waiting: list[Result | Change] = []
        self._since = 0.0

    def take(self, done: Result | Change) -> Iterator[Result]:
        """Writes what waits if it is enough, or has waited for long enough. Raises what the store raises."""
        if not self._waiting:
            self._since = time.monotonic()
        self._waiting.append(done)
        rows = [one.rows.size for one in self._changes()]
        if not rows or sum(rows) >= _ROWS or time.monotonic() - self._since > _WAIT:
            yield from self.write()

    def write(self) -> Iterator[Result]:
        """Writes what waits, and says what became of it."""
        failure = self._write()
        waiting, self._waiting = self._waiting, []
        yield from (one for one in waiting if isinstance(one, Result))
        if failure:
            raise failure

    def write_first(self, documents: Collection[str]) -> None:
        """Writes what waits if it holds some of these, which are to be changed again."""
        touched = ({*one.result.documents, *one.dropped} for one in self._changes())
        if any(not ids.isdisjoint(documents) for ids in touched) and (failure := self._write()):
            raise failure

    def _changes(self) -> list[Change]:
        return [one for one in self._waiting if isinstance(one, Change)]

    def _write(self) -> KgError | None:
        """Puts what became of each file in the place of its change; what ends the load, if anything does."""
        changes = self._changes()
        if not changes:
            return None
        said: dict[int, Result] = {}
        failure = None
        try:
            self._commit(changes)
            said = {id(one): one.result for one in changes}
        except KgError:
            for one in changes:  # each by itself: one that is refused loses none of the others
                try:
                    self._commit([one])
                    said[id(one)] = one.result
                except _REFUSALS as error:
                    self._undo(one)
                    said[id(one)] = Result(one.result.file, "failed", str(error))
                except KgError as error:
                    failure = error
                    break
        self._waiting = [said.get(id(one), one) for one in self._waiting]
        return failure

    def _commit(self, changes: Sequence[Change]) -> None:
        rows = GraphRows()
        for one in changes:
            rows.add(one.rows)
        self._base.change(rows, {id_ for one in changes for id_ in one.dropped})
