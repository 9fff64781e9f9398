"""Tables that ruling lines draw. Their cells are found by the pure functions of pdfplumber, from lines that are
closed first where a table has no rules at its sides."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from loaders.formats.layout.aligned import numbered_rows
from loaders.formats.layout.lines import cell_words, lines_of
from loaders.formats.layout.shapes import Rule
from loaders.formats.written import Cell
from loaders.text.items import row_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from loaders.formats.layout.lines import Line
    from loaders.formats.layout.shapes import Box, Char

_NEAR = 3.0  # points within which rules are one line (the tolerance of pdfplumber)
_SHORTEST = 3.0  # points
_MOST_RULES = 10_000  # on a page; more are a drawing
_MOST_WORK = 300_000_000  # of a document: the time that finding cells takes grows with the square of the crossings
_LEAST = 3  # rules across and down that draw two rows, or two columns


class Ruled(NamedTuple):
    """A table as drawn: its box, and for each row the boxes of its cells, a merged one at every place that it covers."""

    box: Box
    columns: list[int]
    rows: list[int]
    places: list[list[Box | None]]


class TooManyRules(Exception):
    """A page has more rules than tables have: its tables are not read as such."""


@dataclass(slots=True)
class Allowance:
    """What is left of the work that finding the tables of one document may be; a unit is some 50 ns."""

    left: int = _MOST_WORK

    def spend(self, work: int) -> None:
        """Raises TooManyRules where less than `work` is left."""
        if work > self.left:
            raise TooManyRules
        self.left -= work


def ruled_tables(rules: Sequence[Rule], allowance: Allowance) -> tuple[list[Ruled], list[Rule]]:
    """The tables that `rules` draw, and the rules across that are in none, from top to bottom. Raises TooManyRules."""
    if len(rules) > _MOST_RULES:
        raise TooManyRules
    if len(rules) < _LEAST - 1:
        return [], []
    from pdfplumber import table as plumber  # noqa: PLC0415 - most files have no tables

    edges = plumber.merge_edges([_edge(rule) for rule in rules], _NEAR, _NEAR, _NEAR, _NEAR)
    merged = [Rule(e["x0"], e["top"], e["x1"], e["bottom"]) for e in edges]
    merged = [rule for rule in merged if max(rule.x1 - rule.x0, rule.bottom - rule.top) >= _SHORTEST]
    across = sorted((rule for rule in merged if rule.across), key=lambda rule: (rule.top, rule.x0))
    down = [rule for rule in merged if not rule.across]
    allowance.spend(10 * len(across) * len(down))
    down += _sides(across, down)
    if len(across) < _LEAST - 1 or len(down) < _LEAST - 1:
        return [], across
    crossings = plumber.edges_to_intersections([_edge(rule) for rule in (*across, *down)], _NEAR, _NEAR)
    allowance.spend(len(crossings) ** 2)
    groups = plumber.cells_to_tables(plumber.intersections_to_cells(crossings))
    tables = [table for cells in groups if (table := _grid(cells))]
    return tables, [rule for rule in across if not any(_inside(rule, table.box) for table in tables)]


def _edge(rule: Rule) -> dict[str, Any]:
    x0, top, x1, bottom = rule
    orientation = "h" if rule.across else "v"
    return {
        "x0": x0, "top": top, "x1": x1, "bottom": bottom, "width": x1 - x0, "height": bottom - top, "orientation": orientation
    }  # fmt: skip


def _inside(rule: Rule, box: Box) -> bool:
    return box[1] - _NEAR <= rule.top <= box[3] + _NEAR and rule.x0 < box[2] and rule.x1 > box[0]


def _sides(across: list[Rule], down: list[Rule]) -> list[Rule]:
    """Rules down at the open sides of tables: at the common ends of rules across which inner rules down join."""
    left, right = _snapped(rule.x0 for rule in across), _snapped(rule.x1 for rule in across)
    alike: defaultdict[tuple[float, float], list[Rule]] = defaultdict(list)
    for rule in across:
        alike[left[rule.x0], right[rule.x1]].append(rule)
    sides: list[Rule] = []
    for group in alike.values():
        x0, x1 = min(rule.x0 for rule in group), max(rule.x1 for rule in group)
        inner = [rule for rule in down if x0 + _NEAR < rule.x0 < x1 - _NEAR]
        for x in (x0, x1):
            if inner and not any(abs(rule.x0 - x) <= _NEAR and _joins(rule, group) for rule in down):
                sides += [
                    Rule(x, above.top, x, below.top)
                    for above, below in pairwise(group)
                    if any(rule.top <= above.top + _NEAR and rule.bottom >= below.top - _NEAR for rule in inner)
                ]
    return sides


def _snapped(places: Iterable[float]) -> dict[float, float]:
    """For each place the first of those that stand near one another with it."""
    snapped: dict[float, float] = {}
    last = first = float("-inf")
    for at in sorted(places):
        first = first if at - last <= _NEAR else at
        snapped[at] = first
        last = at
    return snapped


def _joins(rule: Rule, group: list[Rule]) -> bool:
    return rule.top < group[-1].top and rule.bottom > group[0].top


def _grid(cells: list[Box]) -> Ruled | None:
    """The grid of all cells' edges, each of its places with the cell that covers it."""
    columns = sorted({round(x) for x0, _, x1, _ in cells for x in (x0, x1)})
    rows = sorted({round(y) for _, y0, _, y1 in cells for y in (y0, y1)})
    if len(columns) < _LEAST or len(rows) < _LEAST:
        return None
    column_at, row_at = ({at: n for n, at in enumerate(ats)} for ats in (columns, rows))
    places: list[list[Box | None]] = [[None] * (len(columns) - 1) for _ in rows[1:]]
    for cell in cells:
        for row in range(row_at[round(cell[1])], row_at[round(cell[3])]):
            for column in range(column_at[round(cell[0])], column_at[round(cell[2])]):
                places[row][column] = places[row][column] or cell
    return Ruled((columns[0], rows[0], columns[-1], rows[-1]), columns, rows, places)


def words_in(table: Ruled, chars: Iterable[Char], *, letters_spaced: bool) -> list[list[Cell]]:
    """The rows of `table` with the words of `chars`, which stand in its box; without any, no rows. Where rules part columns
    but no rows, rows are parted by their numbers. `letters_spaced`: as for lines_of."""
    inside: defaultdict[Box | tuple[int, int], list[Char]] = defaultdict(list)
    for char in chars:
        row = min(bisect_right(table.rows, (char.top + char.bottom) / 2), len(table.places)) - 1
        column = min(bisect_right(table.columns, (char.x0 + char.x1) / 2), len(table.places[0])) - 1
        inside[table.places[row][column] or (row, column)].append(char)
    lines = {place: lines_of(chars, letters_spaced=letters_spaced) for place, chars in inside.items()}
    cells = {place: Cell(cell_words(of_cell)) for place, of_cell in lines.items()}
    empty = {box: Cell("") for row in table.places for box in row if box and box not in cells}
    rows: list[list[Cell]] = []
    for r, boxes in enumerate(table.places):
        in_columns = [lines.get(box or (r, c), []) for c, box in enumerate(boxes)]
        if _counts(in_columns[0]) and len(set(boxes)) == len(boxes):
            rows += numbered_rows(in_columns, list(pairwise(table.columns)))
        else:
            rows.append([cells.get(box or (r, c)) or (empty[box] if box else Cell("")) for c, box in enumerate(boxes)])
    return rows if inside else []


def _counts(lines: Sequence[Line]) -> bool:
    """Whether each line of a cell is a number, one more than the one above."""
    values = [row_value(line.words) for line in lines]
    return len(values) > 1 and None not in values and values == list(range(values[0] or 0, (values[0] or 0) + len(values)))
