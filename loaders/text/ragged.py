"""Tables whose rows are of no one width: assessment sheets that merge cells, set in text with a tab or a rule between cells.

A row is known by its number, which counts up; what stands between two of them goes on with the first. Where most rows hold
the name of one agency in a cell of its own, the table is arranged by agency, and each row is that agency's task.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.model import Span
from loaders.names.units import are_sure, only_units
from loaders.text.grids import cells_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loaders.names.units import Unit
    from loaders.text.grids import Page

_MARK: Final = re.compile(r"\t|[|｜]")
_NUMBER: Final = re.compile(r"\d{1,3}")
_FEWEST: Final = 4  # rows of a table
_CELLS: Final = 3  # of a row
_WORDS: Final = re.compile(r"(?=[^\n]{4})[^\n]*[\u4e00-\u9fff]{3}")


class NumberedRow:
    """A numbered row: the cells of its lines, and the agency that one of them names, if the table is arranged by agency."""

    def __init__(self, number: int, cells: list[Span]) -> None:
        self.number = number
        self.cells = cells

    @property
    def span(self) -> Span:
        return Span(self.cells[0].start, self.cells[-1].end)

    def unit(self, plain: str) -> Unit | None:
        """The one agency that has a cell of its own among the first of the row."""
        for cell in self.cells[1:4]:
            units = only_units(plain, *cell)
            if len(units) == 1 and not units[0].collective and are_sure(units):
                return units[0]
        return None

    def title(self, plain: str) -> Span:
        """The first cell of words that names no agency, the longer of the first two of them if the first is a group's name."""
        unit = self.unit(plain)
        words = [
            cell for cell in self.cells[1:] if _WORDS.match(plain, *cell) and not (unit and cell.start <= unit.start < cell.end)
        ]
        behind = [cell for cell in words if unit is None or cell.start > unit.start]
        return next(iter(behind or words), self.cells[-1])


def ragged(page: Page, n: int) -> list[NumberedRow]:
    """The rows of the table whose head is line `n`; none where there is no such table."""
    rows: list[NumberedRow] = []
    last = 0
    for line in page.lines[n + 1 :]:
        cells = _cells(page, line)
        if len(cells) < 2:
            break
        first = cells[0].of(page.plain)
        if _NUMBER.fullmatch(first) and int(first) in (last, last + 1, 1):
            last = int(first)
            rows.append(NumberedRow(last, cells))
        elif rows and _NUMBER.fullmatch(first):
            rows[-1].cells += cells  # 15 | 持续推进…: what a merged row goes on with
        else:
            last = 0  # a heading
    return rows if len(rows) >= _FEWEST else []


def by_agency(plain: str, rows: Sequence[NumberedRow]) -> bool:
    """Whether most rows name one agency in a cell of its own."""
    return 2 * sum(row.unit(plain) is not None for row in rows) > len(rows)


def _cells(page: Page, line: Span) -> list[Span]:
    """The cells of a line that hold words."""
    return [cell for cell in cells_of(page, line, _MARK) if cell.start < cell.end]
