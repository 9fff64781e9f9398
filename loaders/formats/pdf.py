"""A PDF with a text layer -> its paragraphs and ruled tables, and where each page starts.

pdfium gives the characters and where they stand, pdfplumber the tables of pages that have ruling lines.
"""

from __future__ import annotations

import ctypes
import io
import logging
import math
import re
import threading
from collections import Counter
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from statistics import median
from typing import TYPE_CHECKING, Final, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from kg.errors import UnreadableFile
from kg.model import Unread
from loaders.formats.written import Cell, Written
from loaders.text.items import MARKER
from loaders.text.view import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pdfplumber.table import Table as PlumbedTable

# 例 - 3 - · — 12 — · 第 3 页 共 12 页 · 3/12 · 3 (the foot of a page; GB/T 9704-2012, 7.5: 页码)
PAGE_NUMBER = re.compile(r"[-—–·－ ]{0,8}(?:第 ?)?\d{1,4}(?: ?页)?(?:[ ,，]{0,2}(?:/|共) ?\d{1,4}(?: ?页)?)?[-—–·－ ]{0,8}")

_ONE_AT_A_TIME: Final = threading.Lock()  # pdfium may not be called from two threads

_MOST_PAGES = 1000
_MOST_CHARACTERS, _MOST_ON_PAGE = 5_000_000, 50_000  # a page of a newspaper has 10,000
_FEWEST_CHARACTERS = 5  # on a page, on average; a scan has none, or those of a stamp
_MOST_UNKNOWN = 0.3  # share of characters whose font does not say what they are
_FEWEST_RULES, _MOST_RULES = 8, 10_000  # segments of drawn paths on a page with tables
_MOST_WORK = 5_000_000_000  # the sum of their squares, which is what finding tables costs
_MARGIN = 0.15  # share of the page's height in which its header and its number stand
_LONG = 12  # characters of a line that shows where the margins are
_FINE = 100  # parts of a point in which pdfium is asked for positions
_RIGHT_ANGLE = math.pi / 2
_STOPS = "。；：;:）)"


class _Char(NamedTuple):
    """A character and its box, in points from the upper left corner of the page as it is shown."""

    words: str
    x0: float
    top: float
    x1: float
    bottom: float


class _Line(NamedTuple):
    words: str
    x0: float
    x1: float
    top: float
    em: float


@dataclass(slots=True)
class _Page:
    """The lines and tables of a page; `height` in points, `tables` with the top of each."""

    height: float
    lines: list[_Line]
    tables: list[tuple[float, list[list[Cell]]]] = field(default_factory=list)
    empty: bool = False  # a picture, or blank


def read_pdf(data: bytes, name: str) -> Written:
    """The words of the PDF in `data`, a paragraph a line, without page numbers and headers that repeat.

    Raises UnreadableFile for a scan, a PDF with a password, one of over 1,000 pages, and fonts without character codes.
    """
    with _ONE_AT_A_TIME:
        pages = _pages(data, name)
    _drop_furniture(pages)
    written = Written()
    _write(pages, written)
    return written


def _pages(data: bytes, name: str) -> list[_Page]:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableFile(f"{name}: the PDF asks for a password", "save it again without one") from error
        raise UnreadableFile(f"{name}: the PDF is broken", "open it in a PDF reader and save it again") from error
    try:
        if len(document) > _MOST_PAGES:
            raise UnreadableFile(f"{name}: {len(document)} pages, more than {_MOST_PAGES}", "split it, one document a file")
        shown = [_shown(page) for page in _counted(document, name)]
        _check_text([page.chars for page in shown], name)
        tables = _tables(data, [0 if page.turned else _rules(document[n]) for n, page in enumerate(shown)])
        return [_page(page, tables.get(n, ())) for n, page in enumerate(shown)]
    finally:
        document.close()


def _counted(document: pypdfium2.PdfDocument, name: str) -> Iterator[pypdfium2.PdfPage]:
    """Its pages, as long as there are no more characters than are read: each takes 200 bytes and 6 µs."""
    count = 0
    for n, page in enumerate(document, 1):
        text = page.get_textpage()
        on_page = text.count_chars()
        text.close()
        count += on_page
        if on_page > _MOST_ON_PAGE:
            hint = "leave that page out, or print it to a new PDF"
            raise UnreadableFile(f"{name}: {on_page:,} characters on page {n}, more than a page shows", hint)
        if count > _MOST_CHARACTERS:
            raise UnreadableFile(f"{name}: longer than {_MOST_CHARACTERS:,} characters", "split it, one document a file")
        yield page


def _check_text(pages: list[list[_Char]], name: str) -> None:
    count = sum(map(len, pages))
    if count < _FEWEST_CHARACTERS * max(1, len(pages)):
        hint = "run text recognition (OCR) over it, check the result, and load the PDF with its text layer, or the text"
        raise UnreadableFile(f"{name}: a scan: the PDF holds pictures of pages, but no text", hint)
    unknown = sum("\ue000" <= char.words <= "\uf8ff" or char.words == "\ufffd" for page in pages for char in page)
    if unknown > _MOST_UNKNOWN * count:
        hint = "print it to a new PDF and run text recognition (OCR) over that"
        raise UnreadableFile(f"{name}: the PDF's fonts do not say which characters they show", hint)


# ---- characters and lines -------------------------------------------------------------------------------------------


class _Shown(NamedTuple):
    """The characters of a page as it is read; `turned` where that is not as it is shown, `height` in points."""

    chars: list[_Char]
    height: float
    turned: bool


def _shown(page: pypdfium2.PdfPage) -> _Shown:
    """The characters of a page that are no blanks, with most of them upright; those printed aslant are a watermark."""
    text = page.get_textpage()
    angles = [pdfium.FPDFText_GetCharAngle(text, n) / _RIGHT_ANGLE for n in range(text.count_chars())]
    upright, _ = Counter(round(angle) % 4 for angle in angles).most_common(1)[0] if angles else (0, 0)
    turn = (-upright - page.get_rotation() // 90) % 4  # quarters of a turn from what is shown
    sides = [round(side * _FINE) for side in page.get_size()]
    width, height = sides if turn % 2 == 0 else reversed(sides)
    chars: list[_Char] = []
    across, down = ctypes.c_int(), ctypes.c_int()
    for n, angle in enumerate(angles):
        code = pdfium.FPDFText_GetUnicode(text, n)
        words = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
        if words.isspace() or code < 32 or abs(angle - round(angle)) > 0.03:
            continue
        left, bottom, right, top = text.get_charbox(n, loose=True)
        corners = []
        for x, y in ((left, bottom), (right, top)):
            pdfium.FPDF_PageToDevice(page, 0, 0, width, height, turn, x, y, across, down)
            corners.append((across.value / _FINE, down.value / _FINE))
        (ax, ay), (bx, by) = corners
        chars.append(_Char(words, min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)))
    text.close()
    return _Shown(chars, height / _FINE, turn != 0)


def _lines(chars: Iterable[_Char]) -> list[_Line]:
    """Characters that stand side by side, from top to bottom."""
    rows: list[list[_Char]] = []
    for char in sorted(chars, key=lambda c: c.top + c.bottom):
        middle = (char.top + char.bottom) / 2
        last = rows[-1][-1] if rows else None
        if last and middle - (last.top + last.bottom) / 2 < 0.3 * (char.bottom - char.top):
            rows[-1].append(char)
        else:
            rows.append([char])
    return [_line(sorted(row, key=lambda c: c.x0)) for row in rows]


def _line(row: list[_Char]) -> _Line:
    em = median(char.bottom - char.top for char in row)
    words = [row[0].words]
    for before, char in pairwise(row):
        if char.words == before.words and char.x0 - before.x0 < 0.3 * (char.x1 - char.x0):
            continue  # printed twice to look bold
        wide = min(before.words, char.words) >= "\u2e80"
        words.append((" " if char.x0 - before.x1 > (0.5 if wide else 0.2) * em else "") + char.words)
    return _Line("".join(words), row[0].x0, max(char.x1 for char in row), min(char.top for char in row), em)


# ---- tables ---------------------------------------------------------------------------------------------------------


class _Ruled(NamedTuple):
    """A table as drawn: its box, and for each row the boxes of its cells, a merged one at every place that it covers."""

    box: tuple[float, float, float, float]
    rows: list[list[tuple[float, float, float, float] | None]]


def _rules(page: pypdfium2.PdfPage) -> int:
    return sum(pdfium.FPDFPath_CountSegments(path) for path in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH]))


def _tables(data: bytes, rules: list[int]) -> dict[int, list[_Ruled]]:
    """The ruled tables by page. Pages with too few lines for a table, or so many that they are a drawing, are not asked."""
    likely = [n for n, count in enumerate(rules) if _FEWEST_RULES <= count <= _MOST_RULES]
    work = accumulate(rules[n] ** 2 for n in likely)
    ruled = [n for n, so_far in zip(likely, work, strict=True) if so_far <= _MOST_WORK]
    if not ruled:
        return {}
    import pdfplumber  # noqa: PLC0415 - most PDFs have no tables

    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it warns of what does not concern tables
    found: dict[int, list[_Ruled]] = {}
    with pdfplumber.open(io.BytesIO(data), pages=[n + 1 for n in ruled]) as document:
        for n, page in zip(ruled, document.pages, strict=True):
            left, top = page.cropbox[:2]
            found[n] = [ruled_table for table in page.find_tables() if (ruled_table := _ruled(table, left, top))]
            page.close()
    return found


def _ruled(table: PlumbedTable, left: float, top: float) -> _Ruled | None:
    """The grid of all cells' edges, each of its places with the cell that covers it."""
    cells = [(x0 - left, y0 - top, x1 - left, y1 - top) for x0, y0, x1, y1 in table.cells]
    columns = sorted({round(x) for x0, _, x1, _ in cells for x in (x0, x1)})
    rows = sorted({round(y) for _, y0, _, y1 in cells for y in (y0, y1)})
    if len(columns) < 3 or len(rows) < 3:
        return None
    covering: dict[tuple[int, int], tuple[float, float, float, float]] = {}
    for cell in cells:
        for row in range(rows.index(round(cell[1])), rows.index(round(cell[3]))):
            for column in range(columns.index(round(cell[0])), columns.index(round(cell[2]))):
                covering.setdefault((row, column), cell)
    box = (columns[0], rows[0], columns[-1], rows[-1])
    return _Ruled(box, [[covering.get((r, c)) for c in range(len(columns) - 1)] for r in range(len(rows) - 1)])


def _page(shown: _Shown, tables: Iterable[_Ruled]) -> _Page:
    outside = shown.chars
    written: list[tuple[float, list[list[Cell]]]] = []
    for table in tables:
        inside = [char for char in outside if _stands_in(char, table.box)]
        if not inside:
            continue
        outside = [char for char in outside if not _stands_in(char, table.box)]
        cells = {box: Cell(_cell_words(inside, box)) for row in table.rows for box in row if box}
        rows = [[cells[box] if box else Cell("") for box in row] for row in table.rows]
        written.append((table.box[1], rows))
    return _Page(shown.height, _lines(outside), written, empty=not shown.chars)


def _stands_in(char: _Char, box: tuple[float, float, float, float]) -> bool:
    x, y = (char.x0 + char.x1) / 2, (char.top + char.bottom) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _cell_words(chars: list[_Char], box: tuple[float, float, float, float]) -> str:
    """A cell's words; a line that reaches the cell's edge goes on in the next one."""
    lines = _lines(char for char in chars if _stands_in(char, box))
    words = lines[0].words if lines else ""
    for line, following in pairwise(lines):
        full = line.x1 > max(other.x1 for other in lines) - 1.5 * line.em
        words += ("" if full and not _begins_item(line, following) else "\n") + following.words
    return words


# ---- paragraphs -----------------------------------------------------------------------------------------------------


def _drop_furniture(pages: list[_Page]) -> None:
    """Leaves out page numbers, and the headers and footers that most pages share."""
    repeated = Counter(_without_digits(line.words) for page in pages for line in {*page.lines[:1], *page.lines[-1:]})
    for page in pages:
        page.lines = [
            line
            for line in page.lines
            if _MARGIN * page.height < line.top < (1 - _MARGIN) * page.height
            or not (
                PAGE_NUMBER.fullmatch(line.words)
                or (line in (page.lines[0], page.lines[-1]) and repeated[_without_digits(line.words)] > max(1, len(pages) / 2))
            )
        ]


def _without_digits(words: str) -> str:
    return "".join(c for c in words if not c.isdecimal())


@dataclass(slots=True)
class _Paragraph:
    """Lines that go on from one another, with the page of each."""

    lines: list[tuple[int, _Line]]

    def goes_on(self, page: int, line: _Line, frame: _Frame) -> bool:
        """Whether `line` goes on what this paragraph says: the line above is full, and this one is neither indented, set in
        another size, set apart nor an item of its own."""
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


class _Frame(NamedTuple):
    """Where the lines of a page begin and end, and how far apart they stand, in points."""

    left: float
    right: float
    pitch: float


def _frame(page: _Page) -> _Frame:
    long = [line for line in page.lines if len(line.words) >= _LONG]
    if not long:
        return _Frame(0, float("inf"), float("inf"))
    steps = [below.top - above.top for above, below in pairwise(page.lines)]
    return _Frame(min(line.x0 for line in long), max(line.x1 for line in long), median(steps) if steps else float("inf"))


def _blocks(pages: list[_Page]) -> list[_Paragraph | _Table]:
    """Paragraphs and tables, also those that go on from one page to the next."""
    blocks: list[_Paragraph | _Table] = []
    for n, page in enumerate(pages):
        frame = _frame(page)
        on_page = [(line.top, line) for line in page.lines] + page.tables
        for _, block in sorted(on_page, key=lambda placed: placed[0]):
            last = blocks[-1] if blocks else None
            if isinstance(block, _Line):
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


def _write(pages: list[_Page], written: Written) -> None:
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
    written.unread += [Unread("page", f"第 {n} 页", starts[n - 1]) for n, page in enumerate(pages, 1) if page.empty]


def _begins_item(above: _Line, line: _Line) -> bool:
    return above.words[-1] in _STOPS and bool(MARKER.match(plain(line.words)))


def _parts_words(before: str, after: str) -> bool:
    return max(before, after) < "\u2e80" and before.isalnum() and after.isalnum()
