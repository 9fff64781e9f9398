"""Tables without ruling, and those with rules across only (三线表): known by their head, their columns by the
blanks that all of their lines share, their rows by numbers, rules, or the blanks between lines."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from loaders.formats.layout.lines import Line, Piece, cell_words
from loaders.formats.written import Cell
from loaders.text.grids import GROUP, HEAD_TAIL, SENTENCE_MARK
from loaders.text.heads import HEAD_NUMBER, LONGEST_HEAD, MOST_COLUMNS, columns_of
from loaders.text.items import MARKER, row_value
from loaders.text.view import plain, squeezed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from loaders.formats.layout.shapes import Rule

_SPACED = 2.5  # em between the characters of a head that is set wide: 序　号
_WRAP = 1.8  # em from line to line inside a cell of the head
_SHORT = 8  # characters of a head's part that has another under it
_OVERLAP = 0.3  # em
_UNEVEN = 1.2  # times the least distance of lines, from which a distance parts rows
_WIDER = 0.25  # em by which the blank between rows is wider than that between the lines of a cell
_FAR = 2.5  # times the largest distance so far, from which a line is no more of the table
_FULL = 1.5  # em from the edge of a column: a line that comes so near goes on in the next
_HEAD_LINES = 3
_FEW, _MANY = 3, 4  # columns of a table without rules; as many that one row below the head is enough

Rows = list[list[Cell]]


class Placed(NamedTuple):
    """A table and where it stands."""

    x0: float
    top: float
    x1: float
    bottom: float
    rows: Rows


@dataclass(slots=True)
class Columns:
    """Where the columns of a table stand; `number` is the one with the numbers of rows, `last` the number read last."""

    extents: list[list[float]]
    number: int | None
    last: int | None = None

    def hits(self, piece: Piece, em: float) -> list[int]:
        """The columns that `piece` stands in, by what is known of them."""
        least = _OVERLAP * em
        return [n for n, (x0, x1) in enumerate(self.extents) if min(x1, piece.x1) - max(x0, piece.x0) > least]

    def nearest(self, piece: Piece) -> int:
        middle = (piece.x0 + piece.x1) / 2
        return min(range(len(self.extents)), key=lambda n: max(self.extents[n][0] - middle, middle - self.extents[n][1]))

    def widen(self, column: int, piece: Piece) -> None:
        x0, x1 = self.extents[column]
        self.extents[column] = [min(x0, piece.x0), max(x1, piece.x1)]


def aligned_tables(
    lines: list[Line], rules: Sequence[Rule], above: Columns | None
) -> tuple[list[Placed], list[Line], Columns | None]:
    """The tables among `lines`, from top to bottom, and the lines that are in none.

    `rules` are the rules across, `above` the columns of a table at the foot of the page before, which may go on. The last of
    the three is such columns for the next page.
    """
    tables: list[Placed] = []
    rest: list[Line] = []
    columns: Columns | None = None
    at = 0
    if above and (body := _Body(above, rules, goes_on=True)).fill(lines, 0):
        tables.append(body.placed([], []))
        at, columns = len(body.lines), above
    while at < len(lines):
        head = _head_under_rule(lines, at, rules) or _head(lines, at)
        if head and (body := _Body(head.columns(), rules)).fill(lines, head.end):
            tables.append(body.placed([cell.words for cell in head.cells], lines[at : head.end]))
            at, columns = head.end + len(body.lines), body.columns
        else:
            rest.append(lines[at])
            columns = None
            at += 1
    return tables, rest, columns


def numbered_rows(cells: Sequence[Sequence[Line]], extents: Sequence[tuple[float, float]]) -> Rows:
    """The rows of columns whose lines are given, by the numbers in the first."""
    pieces = sorted((line.top, line.em, Piece(line.words, line.x0, line.x1)) for cell in cells for line in cell)
    lines: list[Line] = []
    for top, em, piece in pieces:
        if lines and top - lines[-1].top < _OVERLAP * em:
            lines[-1] = lines[-1]._replace(pieces=tuple(sorted((*lines[-1].pieces, piece), key=lambda p: p.x0)))
        else:
            lines.append(Line((piece,), top, em))
    return _Body(Columns([list(extent) for extent in extents], 0), (), lines=lines).placed([], []).rows


# ---- the head -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Head:
    """The cells of a head and the line behind it."""

    cells: list[Piece]
    end: int

    def columns(self) -> Columns:
        """The columns as far as the head tells."""
        number = next((n for n, cell in enumerate(self.cells) if HEAD_NUMBER.search(_bare(cell.words))), None)
        return Columns([[cell.x0, cell.x1] for cell in self.cells], number)


def is_head(line: Line) -> bool:
    """Whether a line is the head of a table of tasks."""
    return _is_head(_cells(line))


def _head(lines: list[Line], at: int) -> _Head | None:
    """A head of a table of tasks, on one line or on up to three."""
    for count in range(1, _HEAD_LINES + 1):
        end = at + count
        cells = _cells(lines[at]) if count == 1 else _stacked(lines[at:end])
        if end <= len(lines) and (count == 1 or len(cells) > len(lines[at].pieces)) and _is_head(cells):
            while end < len(lines) and (more := _with_tails(cells, lines[at : end + 1])):
                cells, end = more, end + 1
            return _Head(cells, end)
    return None


def _with_tails(cells: list[Piece], lines: Sequence[Line]) -> list[Piece]:
    """The cells of a head with the ends of their words on the last of `lines`, none where it holds other words."""
    tails = [_bare(cell.words) for cell in _cells(lines[-1])]
    more = _stacked(lines) if all(HEAD_TAIL.fullmatch(tail) for tail in tails) else []
    return more if len(more) == len(cells) and _is_head(more) else []


def _head_under_rule(lines: list[Line], at: int, rules: Sequence[Rule]) -> _Head | None:
    """What stands between the first two of three rules of one length, whatever it says."""
    over = [rule for rule in rules if rule.x0 <= lines[at].x0 and rule.x1 >= lines[at].x1 and rule.top < lines[at].bottom]
    if not over or (at and lines[at - 1].top > over[-1].top):
        return None
    alike = [rule for rule in rules if abs(rule.x0 - over[-1].x0) + abs(rule.x1 - over[-1].x1) < lines[at].em]
    below = [rule for rule in alike if rule.top > over[-1].top]
    if len(below) < 2:
        return None
    end = at
    while end < len(lines) and lines[end].bottom < below[0].top + lines[at].em / 2:
        end += 1
    cells = _stacked(lines[at:end]) if at < end <= at + _HEAD_LINES else []
    return _Head(cells, end) if len(cells) >= _FEW else None


def _is_head(cells: Sequence[Piece]) -> bool:
    words = [_bare(cell.words) for cell in cells]
    fits = _FEW <= len(words) <= MOST_COLUMNS and all(0 < len(w) <= LONGEST_HEAD and not SENTENCE_MARK.search(w) for w in words)
    return fits and columns_of(words) is not None


def _bare(words: str) -> str:
    return "".join(c for c in squeezed(plain(words)) if c not in "()[]")


def _cells(line: Line) -> list[Piece]:
    """The pieces of a line, characters that are set wide joined: 序　号 is one."""
    cells: list[Piece] = []
    step = 0.0
    for piece in line.pieces:
        gap = piece.x0 - cells[-1].x1 if cells else 0.0
        spaced = cells and len(piece.words) == 1 and all(len(part) == 1 for part in cells[-1].words.split(" "))
        if spaced and gap <= min(_SPACED * line.em, _UNEVEN * (step or gap)):
            step = gap
            cells[-1] = Piece(f"{cells[-1].words} {piece.words}", cells[-1].x0, piece.x1)
        else:
            step = 0.0
            cells.append(piece)
    return cells


def _stacked(lines: Sequence[Line]) -> list[Piece]:
    """The cells of lines that stand close under one another, those that overlap joined; none where a line is no part of a
    head."""
    stacked: list[Piece] = []
    for above, line in pairwise(lines):
        if line.top - above.top > _WRAP * line.em or abs(line.em - above.em) > 0.1 * line.em:
            return []
    for line in lines:
        for cell in _cells(line):
            words = _bare(cell.words)
            over = [n for n, other in enumerate(stacked) if min(other.x1, cell.x1) - max(other.x0, cell.x0) > 0]
            if len(over) > 1 or len(words) > _SHORT or row_value(words) is not None:
                return []
            if over:
                other = stacked[over[0]]
                stacked[over[0]] = Piece(other.words + cell.words, min(other.x0, cell.x0), max(other.x1, cell.x1))
            else:
                stacked.append(cell)
    return sorted(stacked, key=lambda cell: cell.x0)


# ---- the rows -------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Body:
    """The lines below a head that keep its columns."""

    columns: Columns
    rules: Sequence[Rule]
    goes_on: bool = False  # from the page before
    lines: list[Line] = field(default_factory=list)
    groups: set[int] = field(default_factory=set)  # those that are headings over all columns

    def fill(self, lines: list[Line], at: int) -> bool:
        """Takes the lines from `at` on that are rows; whether they are enough to make a table."""
        widest, foot = 0.0, self._foot(lines[at - 1 : at] or lines[:1])
        full = 0
        for n in range(at, len(lines)):
            line, before = lines[n], lines[n - 1] if n else None
            step = line.top - before.top if before and n > 0 else 0.0
            if line.top > foot or (widest and step > max(_FAR * widest, 3 * line.em)) or (not widest and step > 5 * line.em):
                break
            hits = self._fitting(line)
            if hits is None:
                if not self._is_group(lines, n):
                    break
                self.groups.add(len(self.lines))
            elif self._ends(line, hits, step):
                break
            else:
                for column, piece in hits:
                    if column is not None:
                        self.columns.widen(column, piece)
                full += len({column for column, _ in hits}) > 1
            widest = max(widest, step)
            self.lines.append(line)
        self._trim()
        enough = 1 if self.goes_on or len(self.columns.extents) >= _MANY or foot < float("inf") else 2
        return full >= enough and bool(self.lines) and self._counts_on()

    def _foot(self, head: list[Line]) -> float:
        """Where the last of the rules below the head lies, if there are two or more of one length."""
        over = [rule for rule in self.rules if head and rule.top <= head[0].bottom and rule.top > head[0].top - 3 * head[0].em]
        if not over or self.goes_on:
            return float("inf")
        alike = [r for r in self.rules if abs(r.x0 - over[0].x0) + abs(r.x1 - over[0].x1) < head[0].em and r.top > over[-1].top]
        return alike[-1].top if alike else float("inf")

    def _fitting(self, line: Line) -> list[tuple[int | None, Piece]] | None:
        """The pieces with the column of each, None for one between the columns; None where one stands in two of them."""
        fitting: list[tuple[int | None, Piece]] = []
        for piece in line.pieces:
            hits = self.columns.hits(piece, line.em)
            if len(hits) > 1:
                return None
            fitting.append((hits[0] if hits else None, piece))
        return fitting

    def _ends(self, line: Line, hits: list[tuple[int | None, Piece]], step: float) -> bool:
        """Whether words alone in the column of numbers, which are none, tell that the table is over; or a line far below."""
        number = self.columns.number
        if number is None or {column for column, _ in hits} != {number}:
            return False
        return row_value(line.words) is None and not (self.lines and step < _WRAP * line.em and HEAD_TAIL.fullmatch(line.words))

    def _is_group(self, lines: list[Line], n: int) -> bool:
        """例 一、知识产权保护 across the columns, with a row below."""
        words = lines[n].words
        if len(lines[n].pieces) > 1 or len(words) > GROUP or n + 1 == len(lines) or words[-1] in "。；;：:":
            return False
        below = self._fitting(lines[n + 1])
        return bool(MARKER.match(plain(words))) and below is not None and len({column for column, _ in below}) > 1

    def _trim(self) -> None:
        """Leaves out what stands under the last row in the first column alone, as the next heading does."""
        while self.lines:
            hits = self._fitting(self.lines[-1])
            alone = hits is not None and {column for column, _ in hits} <= {0}
            numbered = self.columns.number == 0 and row_value(self.lines[-1].words) is not None
            if hits is not None and (not alone or numbered or self._goes_on_in_cell(len(self.lines) - 1)):
                return
            self.groups.discard(len(self.lines) - 1)
            self.lines.pop()

    def _counts_on(self) -> bool:
        """Of a table that goes on from the page before the numbers must."""
        if not self.goes_on:
            return True
        number, last = self.columns.number, self.columns.last
        if number is None or last is None:
            return False
        first = next((v for line in self.lines if (v := self._number(line)) is not None), None)
        return first in (last, last + 1)

    def _number(self, line: Line) -> int | None:
        number = self.columns.number
        for column, piece in self._fitting(line) or ():
            if column == number and (value := row_value(piece.words)) is not None:
                return value
        return None

    # Rows begin where rules lie, else by their numbers, else where lines are far apart or a cell is not full.

    def placed(self, head: list[str], above: list[Line]) -> Placed:
        """The table with its `head`, which stands in the lines `above`."""
        rows = [[Cell(words) for words in head]] if head else []
        width = len(self.columns.extents)
        starts = sorted({0, *self._starts(), *self.groups, *(n + 1 for n in self.groups)} - {len(self.lines)})
        for start, stop in pairwise([*starts, len(self.lines)]):
            if start in self.groups:
                rows.append([Cell(self.lines[start].words)] * width)
                continue
            cells: list[list[Line]] = [[] for _ in range(width)]
            for line in self.lines[start:stop]:
                of_column: dict[int, list[Piece]] = {}
                for column, piece in self._fitting(line) or ():
                    of_column.setdefault(self.columns.nearest(piece) if column is None else column, []).append(piece)
                for column, pieces in of_column.items():
                    cells[column].append(Line(tuple(pieces), line.top, line.em))
            rows.append([Cell(cell_words(lines)) for lines in cells])
        numbers = [value for line in self.lines if (value := self._number(line)) is not None]
        self.columns.last = numbers[-1] if numbers else self.columns.last
        lines = [*above, *self.lines]
        x0, x1 = min(line.x0 for line in lines), max(line.x1 for line in lines)
        return Placed(x0, lines[0].top, x1, lines[-1].bottom, rows)

    def _starts(self) -> Iterator[int]:
        lines = self.lines
        inner = [rule.top for rule in self.rules if lines[0].top < rule.top < lines[-1].top]
        if inner:
            yield from (n for n in range(1, len(lines)) if any(lines[n - 1].top < y <= lines[n].bottom for y in inner))
            return
        numbers = [n for n, line in enumerate(lines) if self._number(line) is not None]
        if numbers:
            yield from self._by_numbers(numbers)
            return
        reached, gaps = lines[0].bottom, [0.0]
        for line in lines[1:]:  # lines of cells that stand in the middle of their row overlap those beside them
            gaps.append(line.top - reached)
            reached = max(reached, line.bottom)
        wide = min((gap for gap in gaps[1:] if gap >= 0), default=0.0) + _WIDER * lines[0].em
        padded = max(gaps) > wide
        for n in range(1, len(lines)):
            if gaps[n] > wide or (gaps[n] >= 0 and not self._goes_on_in_cell(n, any_cell=padded)):
                yield n

    def _by_numbers(self, numbers: list[int]) -> Iterator[int]:
        """A number stands at the first line of its row or in the middle of it."""
        lines = self.lines
        begin = 0
        for n, following in pairwise(numbers):
            steps = {t: lines[t].top - lines[t - 1].top for t in range(n + 1, following + 1)}
            least, most = min(steps.values()), max(steps.values())
            if most > _UNEVEN * least:
                start = max(steps, key=lambda t: (steps[t], t))
            elif numbers[0] == 0 and not self.goes_on:
                start = following
            else:  # as much below the number as above it
                foot = 2 * lines[n].top - lines[begin].top + lines[n].em / 2
                start = next((t for t in steps if lines[t].top > foot), following)
            begin = start
            yield start

    def _goes_on_in_cell(self, n: int, *, any_cell: bool = False) -> bool:
        """Whether all of line `n`, or any of it, goes on cells that the line above fills."""
        if n == 0:
            return False
        edges = {
            column: self.columns.extents[column][1] - _FULL * self.lines[n].em for column in range(len(self.columns.extents))
        }
        above = {column: piece.x1 for column, piece in self._fitting(self.lines[n - 1]) or ()}
        hits = self._fitting(self.lines[n]) or ()
        goes_on = [column is not None and above.get(column, 0.0) >= edges[column] for column, _ in hits]
        return any(goes_on) if any_cell else bool(goes_on) and all(goes_on)
