"""From where characters and rules stand on pages to lines, tables and paragraphs. Places are in points from the upper left
corner of the page."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from kg.model import Unread
from loaders.formats.written import Cell
from loaders.text.items import MARKER
from loaders.text.view import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from loaders.formats.written import Written

# 例 - 3 - · — 12 — · 第 3 页 共 12 页 · 3/12 · 3 (the foot of a page; GB/T 9704-2012, 7.5: 页码)
PAGE_NUMBER = re.compile(r"[-—–·－ ]{0,8}(?:第 ?)?\d{1,4}(?: ?页)?(?:[ ,，]{0,2}(?:/|共) ?\d{1,4}(?: ?页)?)?[-—–·－ ]{0,8}")

_STOPS: Final = "。；：;:）)"
_SAME_LINE = 0.3  # em between the middles of characters of one line
_SPACED = 4.0  # em: letters are not spaced further apart
_MARGIN = 0.15  # share of the page's height in which its header and its number stand
_LONG = 12  # characters of a line that shows where the margins are
_NEAR = 3.0  # points within which rules are one line (the tolerance of pdfplumber)
_MOST_TABLES = 50  # on a page
_MOST_WORK = 300_000_000  # of a document: the time that finding cells takes grows with the square of the crossings


class Char(NamedTuple):
    """A character and its box."""

    words: str
    x0: float
    top: float
    x1: float
    bottom: float


class Rule(NamedTuple):
    """A line drawn across (top == bottom) or down (x0 == x1)."""

    x0: float
    top: float
    x1: float
    bottom: float


class Line(NamedTuple):
    """`em` is the height of its characters."""

    words: str
    x0: float
    x1: float
    top: float
    em: float


@dataclass(slots=True)
class Page:
    """The lines and tables of a page, each table with its top; `height` in points."""

    height: float
    lines: list[Line]
    tables: list[tuple[float, list[list[Cell]]]] = field(default_factory=list)

    @classmethod
    def of(cls, height: float, chars: Iterable[Char], rules: Sequence[Rule], allowance: Allowance) -> Page:
        """Characters within the rules of a table are its cells, the others stand in lines."""
        outside = list(chars)
        tables: list[tuple[float, list[list[Cell]]]] = []
        for table in _ruled(rules, allowance):
            inside = [char for char in outside if _stands_in(char, table)]
            if inside:
                outside = [char for char in outside if not _stands_in(char, table)]
                tables.append((table.rows[0], _words_in(table, inside)))
        return cls(height, lines_of(outside), tables)


@dataclass(slots=True)
class Allowance:
    """What is left of the work that finding the tables of one document may be; a unit is some 50 ns."""

    left: int = _MOST_WORK

    def covers(self, work: int) -> bool:
        """Takes `work` from it if there is so much."""
        if work > self.left:
            return False
        self.left -= work
        return True


# ---- lines ----------------------------------------------------------------------------------------------------------


def lines_of(chars: Iterable[Char]) -> list[Line]:
    """The lines that `chars` stand in, from top to bottom; letters that are spaced evenly are one word."""
    rows: list[list[Char]] = []
    for char in sorted(chars, key=lambda c: c.top + c.bottom):
        middle = (char.top + char.bottom) / 2
        last = rows[-1][-1] if rows else None
        if last and middle - (last.top + last.bottom) / 2 < _SAME_LINE * (char.bottom - char.top):
            rows[-1].append(char)
        else:
            rows.append([char])
    return [_line(sorted(row, key=lambda c: c.x0)) for row in rows]


def _line(row: list[Char]) -> Line:
    em = median(char.bottom - char.top for char in row)
    spaced = _is_spaced(row, em)
    words = [row[0].words]
    for before, char in pairwise(row):
        if char.words == before.words and char.x0 - before.x0 < 0.3 * (char.x1 - char.x0):
            continue  # printed twice to look bold
        apart = char.x0 - before.x1 > (0.5 if min(before.words, char.words) >= "\u2e80" else 0.2) * em
        words.append((" " if apart and not spaced else "") + char.words)
    return Line("".join(words), row[0].x0, max(char.x1 for char in row), min(char.top for char in row), em)


def _is_spaced(row: list[Char], em: float) -> bool:
    gaps = [char.x0 - before.x1 for before, char in pairwise(row)]
    even = bool(gaps) and max(gaps) < min(_SPACED * em, min(gaps) + 0.3 * em)
    return even and min(gaps) > 0.2 * em and all(char.words >= "\u2e80" for char in row)


def _begins_item(above: Line, line: Line) -> bool:
    return above.words[-1] in _STOPS and bool(MARKER.match(plain(line.words)))


# ---- tables ---------------------------------------------------------------------------------------------------------

Box = tuple[float, float, float, float]


class _Ruled(NamedTuple):
    """A table as drawn: where its columns and rows begin, the last ends too, and for each row the boxes of its cells, a merged
    one at every place that it covers."""

    columns: list[int]
    rows: list[int]
    places: list[list[Box | None]]


def _ruled(rules: Sequence[Rule], allowance: Allowance) -> list[_Ruled]:
    if len(rules) < 6:
        return []
    from pdfplumber import table as plumber  # noqa: PLC0415 - most pages have no tables

    edges = plumber.merge_edges([_edge(rule) for rule in rules], _NEAR, _NEAR, _NEAR, _NEAR)
    across = sum(edge["orientation"] == "h" for edge in edges)
    if not allowance.covers(10 * across * (len(edges) - across)):
        return []
    crossings = plumber.edges_to_intersections(edges, _NEAR, _NEAR)
    if not allowance.covers(len(crossings) ** 2):
        return []
    groups = plumber.cells_to_tables(plumber.intersections_to_cells(crossings))
    return [table for cells in groups if (table := _grid(cells))][:_MOST_TABLES]


def _edge(rule: Rule) -> dict[str, Any]:
    width, height = rule.x1 - rule.x0, rule.bottom - rule.top
    orientation = "h" if width >= height else "v"
    return {**rule._asdict(), "width": width, "height": height, "orientation": orientation}


def _grid(cells: list[Box]) -> _Ruled | None:
    """The grid of all cells' edges, each of its places with the cell that covers it."""
    columns = sorted({round(x) for x0, _, x1, _ in cells for x in (x0, x1)})
    rows = sorted({round(y) for _, y0, _, y1 in cells for y in (y0, y1)})
    if len(columns) < 3 or len(rows) < 3:
        return None
    places: list[list[Box | None]] = [[None] * (len(columns) - 1) for _ in rows[1:]]
    column_at, row_at = ({at: n for n, at in enumerate(ats)} for ats in (columns, rows))
    for cell in cells:
        for row in range(row_at[round(cell[1])], row_at[round(cell[3])]):
            for column in range(column_at[round(cell[0])], column_at[round(cell[2])]):
                places[row][column] = places[row][column] or cell
    return _Ruled(columns, rows, places)


def _stands_in(char: Char, table: _Ruled) -> bool:
    x, y = (char.x0 + char.x1) / 2, (char.top + char.bottom) / 2
    return table.columns[0] <= x <= table.columns[-1] and table.rows[0] <= y <= table.rows[-1]


def _words_in(table: _Ruled, chars: Iterable[Char]) -> list[list[Cell]]:
    inside: defaultdict[Box | tuple[int, int], list[Char]] = defaultdict(list)
    for char in chars:
        row = min(bisect_right(table.rows, (char.top + char.bottom) / 2), len(table.places)) - 1
        column = min(bisect_right(table.columns, (char.x0 + char.x1) / 2), len(table.places[0])) - 1
        inside[table.places[row][column] or (row, column)].append(char)
    boxes = {box for row in table.places for box in row if box}
    cells = {place: Cell(_cell_words(inside.get(place, ()))) for place in (*boxes, *inside)}
    return [[cells.get(box or (r, c)) or Cell("") for c, box in enumerate(row)] for r, row in enumerate(table.places)]


def _cell_words(chars: Iterable[Char]) -> str:
    """A cell's words; a line that reaches the cell's edge goes on in the next one."""
    lines = lines_of(chars)
    words = lines[0].words if lines else ""
    right = max((line.x1 for line in lines), default=0)
    for line, following in pairwise(lines):
        full = line.x1 > right - 1.5 * line.em
        words += ("" if full and not _begins_item(line, following) else "\n") + following.words
    return words


# ---- paragraphs -----------------------------------------------------------------------------------------------------


def drop_furniture(pages: list[Page]) -> None:
    """Leaves out page numbers, and the headers and footers that most pages share."""
    repeated = Counter(_without_digits(line.words) for page in pages for line in {*page.lines[:1], *page.lines[-1:]})
    for page in pages:
        ends = page.lines[:1] + page.lines[-1:]
        page.lines = [
            line
            for line in page.lines
            if _MARGIN * page.height < line.top < (1 - _MARGIN) * page.height
            or not (
                PAGE_NUMBER.fullmatch(line.words)
                or (line in ends and repeated[_without_digits(line.words)] > max(1, len(pages) / 2))
            )
        ]


def _without_digits(words: str) -> str:
    return "".join(c for c in words if not c.isdecimal())


class _Frame(NamedTuple):
    """Where the lines of a page begin and end, and how far apart they stand, in points."""

    left: float
    right: float
    pitch: float


def _frame(page: Page) -> _Frame:
    long = [line for line in page.lines if len(line.words) >= _LONG]
    if not long:
        return _Frame(0, float("inf"), float("inf"))
    steps = [below.top - above.top for above, below in pairwise(page.lines)]
    return _Frame(min(line.x0 for line in long), max(line.x1 for line in long), median(steps) if steps else float("inf"))


@dataclass(slots=True)
class _Paragraph:
    """Lines that go on from one another, with the page of each."""

    lines: list[tuple[int, Line]]

    def goes_on(self, page: int, line: Line, frame: _Frame) -> bool:
        """Whether the line above is full, and `line` is neither indented, set in another size, set apart nor an item."""
        above, last = self.lines[-1]
        if (
            last.x1 < frame.right - 2 * last.em
            or line.x0 > frame.left + 1.2 * line.em
            or abs(last.em - line.em) > 0.15 * last.em
        ):
            return False
        set_apart = above == page and line.top - last.top > min(1.5 * frame.pitch, 2.5 * last.em)
        return not set_apart and not _begins_item(last, line)


@dataclass(slots=True)
class _Table:
    """Rows with the page of each."""

    rows: list[tuple[int, list[Cell]]]

    def goes_on(self, page: int, rows: list[list[Cell]]) -> bool:
        """Whether `rows` at the top of `page` are the rest of this table."""
        last, row = self.rows[-1]
        return last == page - 1 and len(row) == len(rows[0])


def _blocks(pages: list[Page]) -> list[_Paragraph | _Table]:
    """Paragraphs and tables, also those that go on from one page to the next."""
    blocks: list[_Paragraph | _Table] = []
    for n, page in enumerate(pages):
        frame = _frame(page)
        on_page: list[tuple[float, Line | list[list[Cell]]]] = [(line.top, line) for line in page.lines]
        for _, block in sorted([*on_page, *page.tables], key=lambda placed: placed[0]):
            last = blocks[-1] if blocks else None
            if isinstance(block, Line):
                if isinstance(last, _Paragraph) and last.goes_on(n, block, frame):
                    last.lines.append((n, block))
                else:
                    blocks.append(_Paragraph([(n, block)]))
            elif isinstance(last, _Table) and last.goes_on(n, block):
                repeated = [cell.words for cell in block[0]] == [cell.words for cell in last.rows[0][1]]
                last.rows += [(n, row) for row in block[repeated:]]
            else:
                blocks.append(_Table([(n, row) for row in block]))
    return blocks


def write(pages: list[Page], written: Written) -> None:
    """A paragraph a line, with where each page starts; one without words is named."""
    empty = [not page.lines and not page.tables for page in pages]
    starts: dict[int, int] = {}
    for block in _blocks(pages):
        if isinstance(block, _Table):
            written.table([row for _, row in block.rows])
            for (page, _), places in zip(block.rows, written.tables[-1].rows, strict=True):
                starts.setdefault(page, places[0].start)
            continue
        words = ""
        for page, line in block.lines:
            words += " " if words and _parts_words(words[-1], line.words[0]) else ""
            starts.setdefault(page, written.length + len(words))
            words += line.words
        written.line(words)
    for page in reversed(range(len(pages))):  # one without words starts where the next one does
        starts.setdefault(page, starts.get(page + 1, written.length))
    written.pages += [starts[page] for page in range(len(pages))]
    written.unread += [Unread("page", f"第 {n} 页", starts[n - 1]) for n, none in enumerate(empty, 1) if none]


def _parts_words(before: str, after: str) -> bool:
    return max(before, after) < "\u2e80" and before.isalnum() and after.isalnum()
