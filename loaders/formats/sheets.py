"""Sheets of cells -> titles, notes and signatures as lines, the rows between them as tables; and .csv and .tsv.

A row in which no more than one cell holds words is a line; rows with more are a table from its head on, with the headings
between its rows. A second head, or a title behind an empty row, begins another table.
"""

from __future__ import annotations

import csv
import io
import re
from bisect import bisect_right
from collections import Counter
from contextlib import suppress
from itertools import islice
from pathlib import PurePath
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.errors import UnreadableFile
from kg.model import Sheet, Span
from loaders.formats.asides import MOST_CELLS, SMALLER
from loaders.formats.written import BLANK_ENDS, MOST_PLACES, Cell, Written
from loaders.text.heads import LONGEST_HEAD, columns_of, head_words
from loaders.text.view import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

# The first line of a .csv may say what parts its cells. 例 sep=;
SEPARATOR = re.compile(r"sep=(?P<mark>.)\r?\n", re.IGNORECASE)
# 例 Sheet1 · 工作表 2 · 表1 (2): no words of the document, as is a name of less than four characters (1月, 汇总)
DEFAULT_NAME = re.compile(r"(?:sheet|工作表|表格?|table|book)?[\d\s()_-]{0,20}|.{1,3}", re.IGNORECASE)
CHINESE = re.compile(r"[\u4e00-\u9fff]")

_MARKS: Final = "\t,;|"
_SAMPLE: Final = 200  # rows that tell what parts the cells
_HEAD_ROWS: Final = 6  # rows among which the head is looked for; what stands above it is no part of the table


class Row(NamedTuple):
    """A row of a sheet as it is shown: its `number`, counted from 1, and by column, counted from 0, the cells with words.
    Merged, the same Cell stands at every place that it covers. `apart`: whether an empty row stands above it."""

    number: int
    cells: Mapping[int, Cell]
    apart: bool


class _Block(NamedTuple):
    """Rows that are a table, or are a line each."""

    is_table: bool
    rows: list[Row]


def words_of(cell: str) -> str:
    """The words of a cell: its lines without outer blanks, without empty ones; a tab in them is a blank."""
    lines = (line.strip(BLANK_ENDS) for line in cell.replace("\t", " ").splitlines())
    return "\n".join(line for line in lines if line)


def read_csv(text: str, name: str) -> Written:
    """The cells of a .csv or .tsv, parted by what parts its lines into equally many. Raises UnreadableFile for an empty one
    and for one with more cells than are read."""
    text = text.removeprefix("\ufeff")
    if said := SEPARATOR.match(text):
        text = text[said.end() :]
    mark = said["mark"] if said else _mark(text)
    if text.count(mark) > MOST_CELLS:
        raise UnreadableFile(f"{name}: more than {MOST_CELLS:,} cells", SMALLER)
    written = Written()
    rows: list[Row] = []
    for number, cells in enumerate(_cells(text, mark), 1):
        if row := {column: Cell(words) for column, cell in enumerate(cells) if (words := words_of(cell))}:
            rows.append(Row(number, row, apart=number - 1 > (rows[-1].number if rows else 0)))
    for n in (n for n, row in enumerate(rows[:_HEAD_ROWS]) if _is_head(row)):
        rows[n : n + 2] = _merged_head(rows[n : n + 2])
    write_sheet(PurePath(name).stem, rows, written)
    if not written.length:
        raise UnreadableFile(f"{name}: the file holds no text", "give a file with text in it")
    return written


def _mark(text: str) -> str:
    """What most lines have equally many of."""

    def agreement(mark: str) -> tuple[int, int]:
        widths: Counter[int] = Counter()
        with suppress(csv.Error):
            widths.update(len(row) for row in islice(csv.reader(_file(text), delimiter=mark), _SAMPLE) if len(row) > 1)
        return max(((rows, width) for width, rows in widths.items()), default=(0, 0))

    return max(_MARKS, key=agreement)


def _cells(text: str, mark: str) -> list[list[str]]:
    """The cells row by row (RFC 4180); where quotation marks do not close they are characters like any other."""
    try:
        return list(csv.reader(_file(text), delimiter=mark, strict=True))
    except csv.Error:
        return list(csv.reader(_file(text), delimiter=mark, quoting=csv.QUOTE_NONE))


def _merged_head(rows: list[Row]) -> list[Row]:
    """A head of two rows whose cells were merged, which a .csv does not say: what the lower row leaves empty goes on from the
    upper one, and what the upper one leaves empty from the cell on its left."""
    if len(rows) == 1 or rows[1].apart:
        return rows
    upper, lower = dict(rows[0].cells), dict(rows[1].cells)
    parted = {column for column in upper if column in lower and column + 1 in lower and column + 1 not in upper}
    if not parted or any(column in lower and column not in parted for column in upper):
        return rows
    for column in sorted(lower.keys() - upper.keys()):
        if column - 1 in upper and column - 1 in lower:
            upper[column] = upper[column - 1]
    lower |= {column: cell for column, cell in upper.items() if column not in lower}
    return [rows[0]._replace(cells=upper), rows[1]._replace(cells=lower)]


def _file(text: str) -> io.StringIO:
    return io.StringIO(text, newline="")


# ---- from cells to lines and tables ---------------------------------------------------------------------------------


def write_sheet(name: str, rows: Sequence[Row], written: Written) -> Sheet:
    """Adds the rows of a sheet, and the Sheet that says where they stand.

    Its name, of a .csv that of the file as a spreadsheet program shows it, is a line above a table that has no other, where it
    reads as words.
    """
    start = written.length
    blocks = [block for block in _blocks(rows) if block.rows]
    reads_as_words = len(CHINESE.findall(name)) > 1 and not DEFAULT_NAME.fullmatch(name)
    if reads_as_words and blocks and blocks[0].is_table:
        written.line(name)
    places: list[tuple[int, int]] = []
    columns: list[tuple[int, tuple[int, ...]]] = []
    for block in blocks:
        if block.is_table:
            shown = _columns(block.rows)
            columns.append((written.length, shown))
            grid = [[row.cells.get(column) or Cell("") for column in shown] for row in block.rows]
            places += zip(_write_table(grid, written), (row.number for row in block.rows), strict=True)
            continue
        seen: set[int] = set()
        for row in block.rows:
            own = {column: cell for column, cell in _begun(row).items() if id(cell) not in seen}
            seen.update(map(id, own.values()))
            columns.append((written.length, tuple(own)))
            places.append((written.length, row.number))
            for line in _lines([cell.words for cell in own.values()]):
                written.line(line)
    sheet = Sheet(name, Span(start, written.length), tuple(places), tuple(columns))
    written.sheets.append(sheet)
    return sheet


def _write_table(grid: Sequence[Sequence[Cell]], written: Written) -> list[int]:
    """Adds a table, as lines where it is too large for one, and says where each row begins."""
    if len(grid) * len(grid[0]) <= MOST_PLACES:
        return written.table(grid)
    starts: list[int] = []
    above: Sequence[Cell] = [Cell("")] * len(grid[0])
    for row in grid:
        starts.append(written.length)
        left = [Cell(""), *row]
        begun = (cell not in (over, beside) for cell, over, beside in zip(row, above, left, strict=False))
        written.line("\t".join(cell.words.replace("\n", " ") if own else "" for cell, own in zip(row, begun, strict=True)))
        above = row
    return starts


def place_in(sheet: Sheet, number: int) -> int:
    """Where row `number` of a sheet stands in the text, or would."""
    at = bisect_right(sheet.rows, number - 1, key=lambda row: row[1])
    return sheet.rows[at][0] if at < len(sheet.rows) else sheet.span.end


def _lines(cells: Sequence[str]) -> Sequence[str]:
    """A cell alone keeps its lines; several stand side by side."""
    return cells[0].split("\n") if len(cells) == 1 else ["\t".join(words.replace("\n", " ") for words in cells)]


def _begun(row: Row) -> dict[int, Cell]:
    """The cells of a row by the column in which each begins."""
    return {column: cell for column, cell in sorted(row.cells.items()) if row.cells.get(column - 1) is not cell}


def _columns(rows: Iterable[Row]) -> tuple[int, ...]:
    """The columns in which cells begin, as in written.grid."""
    return tuple(sorted({column for row in rows for column in _begun(row)}))


def _blocks(rows: Iterable[Row]) -> Iterable[_Block]:
    table: list[Row] = []
    lone: list[Row] = []  # lines since the last row with several cells
    above: set[int] = set()
    for row in rows:
        cells = {id(cell) for cell in row.cells.values()}
        begins, above = not cells <= above, cells
        if not begins:
            continue  # no more than cells that go on from above
        if len(cells) == 1:
            lone.append(row)
            continue
        ends = table and _begins_table(row, lone, table)
        if ends or not table:
            yield from _table(table)
            yield _Block(is_table=False, rows=lone)
            table = [row]
        else:
            table += [*lone, row]
        lone = []
    yield from _table(table)
    if lone:
        yield _Block(is_table=False, rows=lone)


def _begins_table(row: Row, lone: Sequence[Row], table: Sequence[Row]) -> bool:
    """Whether `row`, below a table and the lines `lone`, is in another table: it is a head, and neither the lower part of the
    one above nor that printed again at the top of a page; or a title behind an empty row stands above it."""
    if _is_head(row):
        goes_on = {id(cell) for cell in table[-1].cells.values()} & {id(cell) for cell in row.cells.values()}
        return bool(lone) or not (goes_on or _printed(row) in map(_printed, table[:_HEAD_ROWS]))
    return bool(lone) and lone[0].apart


def _printed(row: Row) -> list[str]:
    return [cell.words for cell in _begun(row).values()]


def _is_head(row: Row) -> bool:
    if any(cell.words.isdecimal() or len(cell.words) > 2 * LONGEST_HEAD for cell in row.cells.values()):
        return False
    heads = [plain(cell.words) for cell in _begun(row).values()]
    return columns_of([head_words(head, Span(0, len(head))) for head in heads]) is not None


def _table(rows: list[Row]) -> Iterable[_Block]:
    """`rows` as a table from its head on; those above it are lines, and so is a row alone."""
    head = next((n for n, row in enumerate(rows[:_HEAD_ROWS]) if _is_head(row)), 0)
    while head and {id(cell) for cell in rows[head].cells.values()} & {id(cell) for cell in rows[head - 1].cells.values()}:
        head -= 1  # a head of two rows
    above, below = rows[:head], rows[head:]
    if above:
        yield _Block(is_table=False, rows=above)
    if below:
        yield _Block(len(below) > 1, below)
