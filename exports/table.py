"""An answer on its way into a file: what it is called, its columns, and rows that are not all in memory at once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kg.ask.reviewed import Reviewed
from kg.ask.signature import Column

Row = Mapping[str, Any]


@dataclass(slots=True)
class Table:
    """`name` is the query's, `parameters` are those it was asked with. Rows may hold more than the columns.

    Once it was iterated over, `count` says how many rows it gave, and `truncated` whether some were left out by `limit`. What
    writes it may say in `title` what its file is to be called. `named`: what the ids in `parameters` are called.
    `ask_reviewed`: kg.ask.reviewed, of the ids of documents. `chinese`: who takes the rows as text reads them, no program.
    """

    name: str
    columns: Sequence[Column]
    rows: Iterable[Row]
    parameters: Mapping[str, Any] = field(default_factory=dict)
    limit: int | None = None
    title: str = ""
    named: Mapping[str, str] = field(default_factory=dict)
    ask_reviewed: Callable[[Collection[str]], Reviewed | None] = lambda _: None
    chinese: bool = False
    count: int = field(default=0, init=False)
    truncated: bool = field(default=False, init=False)
    _documents: set[str] = field(default_factory=set, init=False)

    def __iter__(self) -> Iterator[Row]:
        """At most `limit` rows; only once."""
        for row in self.rows:
            if self.count == self.limit:
                self.truncated = True
                return
            self.count += 1
            if document := row.get("document_id"):
                self._documents.add(document)
            yield row

    @property
    def reviewed(self) -> Reviewed | None:
        """How much of what it gave is from documents that people have checked; None where that cannot be asked."""
        return self.ask_reviewed(self._documents)
