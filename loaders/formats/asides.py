"""What python-calamine does not tell of a sheet: what is hidden, number formats, formulas without results, pictures."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from kg.errors import UnreadableFile
from loaders.formats.number_formats import EPOCH

if TYPE_CHECKING:
    from datetime import datetime

MOST_CELLS = 1_000_000
"""Cells of the largest workbook that is read."""
MOST_PLACES = 2 * MOST_CELLS
"""Places between the first and the last cell of its largest sheet: a reader holds them all, empty ones included."""

_LAST_COLUMN = 16_383
SMALLER = "save what holds the tasks as a file of its own"


@dataclass(slots=True)
class Aside:
    """Of one sheet; rows and columns are counted from 0. `formats`: by row and column, where they say more than General.
    `unsolved`: formulas without a result. `pictures`: what stands on the sheet and has no words that are read, by name."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    formats: dict[tuple[int, int], str] = field(default_factory=dict)
    unsolved: list[tuple[int, int]] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    count: int = 0  # cells with words
    top: int = 1 << 32
    bottom: int = -1
    left: int = 1 << 32
    right: int = -1

    def saw(self, row: int, column: int) -> None:
        """Counts a cell that holds something."""
        self.count += 1
        self.top, self.bottom = min(self.top, row), max(self.bottom, row)
        self.left, self.right = min(self.left, column), max(self.right, column)

    @property
    def places(self) -> int:
        """Cells between the first and the last that hold something."""
        return (self.bottom - self.top + 1) * (self.right - self.left + 1) if self.count else 0

    def hide_columns(self, first: int, last: int) -> None:
        """Notes that the columns from `first` to `last` are hidden."""
        last = min(last, _LAST_COLUMN)
        if not {first, last} <= self.hidden_columns:
            self.hidden_columns.update(range(first, last + 1))


class Asides(NamedTuple):
    """Of a workbook, sheet by sheet in its order, charts and macros included; None for one of which nothing is known."""

    sheets: list[Aside]
    epoch: datetime = EPOCH


def check_size(asides: list[Aside], name: str) -> None:
    """Raises UnreadableFile for more cells than are read."""
    if sum(aside.count for aside in asides) > MOST_CELLS:
        raise UnreadableFile(f"{name}: more than {MOST_CELLS:,} cells", SMALLER)
    if any(aside.places > MOST_PLACES for aside in asides):
        raise UnreadableFile(f"{name}: its cells stand too far apart to be one table", SMALLER)
