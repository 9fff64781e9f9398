"""A text as it is being written down from a file of paragraphs and tables: one line after the other, offsets kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kg.model import Sheet, Span, Table, Unread

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.model import UnreadKind

BLANK_ENDS: Final = " \t\r\n\f\u3000\xa0\u200b\ufeff"
"""What nobody sees at the ends of a line or cell."""
MOST_PLACES = 200_000
"""Places of the largest table that is read as one: a merged cell of a hostile file may claim to cover millions."""


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """The words of one cell; merged, the same object stands at every place that it covers."""

    words: str
    across: int = 1
    down: int = 1


@dataclass(slots=True)
class Written:
    """Lines and tables in the order in which they are added, each ended by a line end. The other lists are those of
    kg.model.Source."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    tables: list[Table] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)
    sheets: list[Sheet] = field(default_factory=list)
    recognised: list[Span] = field(default_factory=list)
    doubtful: list[Span] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)

    def line(self, words: str) -> None:
        self.parts += (words, "\n")
        self.length += len(words) + 1

    def missing(self, kind: UnreadKind, name: str, why: str | None = None) -> None:
        """Says that a part gave no words, at the place that the text has come to."""
        self.unread.append(Unread(kind, name, self.length, why))

    def add(self, other: Written) -> None:
        """Adds what another file in this one says, without its pages and sheets."""

        def moved(span: Span) -> Span:
            return Span(span.start + self.length, span.end + self.length)

        self.tables += [Table(moved(table.span), tuple(tuple(map(moved, row)) for row in table.rows)) for table in other.tables]
        self.recognised += map(moved, other.recognised)
        self.doubtful += map(moved, other.doubtful)
        self.unread += [part._replace(at=part.at + self.length) for part in other.unread]
        self.parts += other.parts
        self.length += other.length

    def table(self, rows: Sequence[Sequence[Cell]]) -> list[int]:
        """A row a line, its cells parted by tabs; says where each row begins. A merged cell is written at the first place that
        it covers, the others are left empty, so that columns stay where they are."""
        start = self.length
        starts: list[int] = []
        spans: dict[int, Span] = {}
        table: list[tuple[Span, ...]] = []
        for row in rows:
            at = self.length
            starts.append(at)
            written: list[str] = []
            places: list[Span] = []
            for cell in row:
                words = "" if id(cell) in spans else cell.words
                places.append(spans.setdefault(id(cell), Span(at, at + len(words))))
                written.append(words)
                at += len(words) + 1
            self.line("\t".join(written))
            table.append(tuple(places))
        self.tables.append(Table(Span(start, self.length - 1), tuple(table)))
        return starts

    def cells(self, rows: Iterable[Iterable[Cell]]) -> None:
        """A table by its cells with their extents; one that is too large for a table as its words, a cell a line."""
        kept = [list(row) for row in rows]
        if places := grid(kept):
            self.table(places)
            return
        for row in kept:
            for cell in row:
                self.line(cell.words)

    def text(self) -> str:
        return "".join(self.parts)


def grid(rows: Iterable[Iterable[Cell]]) -> list[list[Cell]] | None:
    """Rows of cells with their extents -> the places of the table, all rows equally long; None if they are too many.

    The model is that of HTML tables (WHATWG HTML, 4.9.12): a cell takes the first free places of its row.
    """
    lines = [list(row) for row in rows]
    taken: list[dict[int, Cell]] = [{} for _ in lines]
    places = 0
    for n, row in enumerate(lines):
        column = 0
        for cell in row:
            while column in taken[n]:
                column += 1
            for covered in taken[n : n + cell.down]:
                places += cell.across
                if places > MOST_PLACES:  # looked at first: a file may say that a cell covers a billion columns
                    return None
                covered.update((column + k, cell) for k in range(cell.across) if column + k not in covered)
            column += cell.across
    # A column in which no cell begins is none: 合计 over nine columns of a table of four covers four.
    columns = sorted({column for row in taken for column, cell in row.items() if row.get(column - 1) is not cell})
    if len(columns) * len(taken) > MOST_PLACES:
        return None
    return [[row.get(column) or Cell("") for column in columns] for row in taken]
