"""A .doc or .wps of Word 97-2003 -> its paragraphs and tables in order, with the numbers that Word counts itself ([MS-DOC])."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from importlib import import_module
from itertools import chain, compress
from typing import TYPE_CHECKING, Final, NamedTuple, cast

import olefile

from kg.errors import UnreadableFile
from loaders.formats.beside import ENDNOTES, FOOTNOTES, Beside, short
from loaders.formats.msdoc import Fib, WordFile
from loaders.formats.recognised import LARGE_PICTURE, MOST_PAGES, is_installed
from loaders.formats.sprms import CODE, DELETED, HIDDEN, KEPT, Paragraph
from loaders.formats.written import BLANK_ENDS, Cell, Written

if TYPE_CHECKING:
    from collections.abc import Iterator

# The mark at the end of a paragraph, of a cell or a row, and of a page or section.
PARAGRAPH_END = re.compile(r"[\r\x07\x0c]")
# Where a field begins, where its result does, and where it ends.
FIELD_MARK = re.compile(r"[\x13\x14\x15]")
# A picture in the line, the anchor of a drawing.
DRAWING = re.compile(r"[\x01\x08]")

_PLAIN: Final = dict.fromkeys(range(32)) | {9: "\t", 11: "\n", 14: "\n", 30: "-"}
"""Line and column breaks, hyphens that do not break; what is left of other controls is no text."""
_PICTURE_KINDS: Final = frozenset({0, 75})  # a group, a picture; lines and other shapes are drawn, and say nothing
_TWIPS: Final = 567  # in a centimetre
_APART: Final = 57  # twips (1 mm) at least between two edges of cells that are not the same
_AUTOMATIC_6: Final = 2047  # a list in the way of Word 6
_STORIES: Final = ("main", "boxes", "footnotes", "endnotes")  # those that are written down


def read_doc(data: bytes, name: str) -> Written:
    """The words of the .doc in `data`: results of fields and text boxes kept, deletions and hidden text left out and named.

    Footnotes and endnotes follow the text, below 【脚注】 and 【尾注】. Large pictures outside tables are read by text
    recognition where it is installed, as in a .docx. Other pictures, comments, and headers that say more than a page's number
    are named. Raises UnreadableFile for Word 6 and 95, for a password, and where there are no words.
    """
    with olefile.OleFileIO(io.BytesIO(data)) as ole:

        def stream(named: str) -> bytes:
            if not ole.exists(named) or ole.get_size(named) > len(data):  # a stream may claim any size
                return b""
            return bytes(ole.openstream(named).read())

        word = stream("WordDocument")
        fib = Fib.of(word, name)
        return write_down(WordFile(fib, word, stream(fib.table), stream("Data"), name))


def write_down(file: WordFile) -> Written:
    """The words of `file`; see read_doc."""
    written = Written()
    for start, end in file.fib.stories.values():
        _mark_fields(file, start, end)
    writer = _Writer(file, written)
    writer.write(*file.fib.stories["main"])
    writer.write_boxes()
    beside = Beside(written)
    for story, heading in (("footnotes", FOOTNOTES), ("endnotes", ENDNOTES)):
        notes = (list(writer.note_lines(*note)) for note in file.notes(story))
        beside.write_notes(heading, filter(None, notes))
    if not written.text().strip():
        hint = "if its pages are pictures, run text recognition (OCR) over them first"
        raise UnreadableFile(f"{file.name}: the document holds no text", hint)
    beside.name_changes(*(_marked(file, mark) for mark in (DELETED, HIDDEN)))
    comments, headers = (_paragraphs(file.text, *file.fib.stories[story]) for story in ("comments", "headers"))
    beside.name_asides((_words(file, *part) for part in comments), (_words(file, *part) for part in headers))
    return written


def _marked(file: WordFile, mark: int) -> str:
    """The words of the document that have this mark."""
    stories = (slice(*file.fib.stories[story]) for story in _STORIES)
    words = (compress(file.text[story], (said == mark for said in file.marks[story])) for story in stories)
    return "".join(chain.from_iterable(words)).translate(_PLAIN)


def _mark_fields(file: WordFile, start: int, end: int) -> None:
    """Marks the codes of fields, of which only the results are text; a mark without its fellow is none."""
    waiting: list[list[int]] = []  # begin and separator of each open field
    codes: list[tuple[int, int]] = []
    for match in FIELD_MARK.finditer(file.text, start, min(end, len(file.text))):
        if match[0] == "\x13":
            waiting.append([match.start()])
        elif waiting and match[0] == "\x14":
            waiting[-1].append(match.start())
        elif waiting:
            begin, *separators = waiting.pop()
            codes.append((begin, separators[0] if separators else match.start()))
    done = start
    for begin, stop in sorted(codes):
        if begin >= done:  # one inside the code of another is marked with it
            file.mark(begin, stop, CODE)
            done = stop


def _paragraphs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Each paragraph with its mark."""
    end = min(end, len(text))
    for match in PARAGRAPH_END.finditer(text, start, end):
        yield start, match.end()
        start = match.end()
    if start < end:
        yield start, end


def _words(file: WordFile, start: int, end: int) -> str:
    """What is printed of the characters, halves of pairs joined."""
    text, marks = file.text[start:end], file.marks[start:end]
    if marks.count(KEPT) < len(marks):
        text = "".join(compress(text, (mark == KEPT for mark in marks)))
    return text.translate(_PLAIN).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


class _Row(NamedTuple):
    """The words of a row's cells, and what is said of them at its end."""

    cells: list[str]
    said: Paragraph


@dataclass(slots=True)
class _Writer:
    """Writes down stories; what belongs to a table waits until its rows are all there."""

    file: WordFile
    written: Written
    rows: list[_Row] = field(default_factory=list)
    count: int = 0  # rows of the table so far, deleted ones too
    row: list[str] = field(default_factory=list)
    cell: list[str] = field(default_factory=list)
    joined: list[str] = field(default_factory=list)  # words before a deleted paragraph mark: the next one goes on from them
    pictures: int = 0
    anchors: dict[int, tuple[int, float]] = field(default_factory=dict)
    floating: dict[int, int] = field(default_factory=dict)
    kinds: dict[int, int] = field(default_factory=dict)
    boxes: dict[int, tuple[int, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.anchors, self.kinds, self.boxes = self.file.anchors(), self.file.shapes(), self.file.boxes()
        self.floating = self.file.floating() if is_installed() else {}

    def write(self, start: int, end: int) -> None:
        """A story: its paragraphs and tables."""
        cell_before = False
        for begin, stop in _paragraphs(self.file.text, start, end):
            said = self.file.paragraph(stop - 1)
            is_cell = self.file.text[stop - 1] == "\x07"
            if not said.in_table and not is_cell:
                self._end_table()
            # Where paragraphs say nothing of tables, two cell marks in a row end it.
            row_end = said.row_end if said.in_table else is_cell and cell_before and stop - begin == 1 and bool(self.row)
            cell_before = is_cell
            if row_end:
                self._end_row(said, self.file.marks[stop - 1] == DELETED)
                continue
            if said.inner_row_end:
                continue
            lines = list(self._lines(begin, stop, said))
            if said.in_table or is_cell:
                self.cell += lines
                if is_cell:
                    self.row.append("\n".join(self.cell))
                    self.cell = []
            else:
                for line in lines:
                    self.written.line(line)
            self._write_pictures(begin, stop, alone=not (said.in_table or is_cell))
        self._end_table()
        for line in "".join(self.joined).split("\n"):  # no paragraph follows in which they go on
            if printed := line.strip(BLANK_ENDS):
                self.written.line(printed)
        self.joined = []

    def _lines(self, start: int, end: int, said: Paragraph) -> Iterator[str]:
        """A paragraph's lines, its number before the first; text boxes anchored in it follow."""
        self.joined.append(_words(self.file, start, end))
        if self.file.marks[end - 1] == DELETED and self.file.text[end - 1] == "\r":
            words = ""
        else:
            words, self.joined = "".join(self.joined).strip(BLANK_ENDS), []
        if words:
            number = self._number(said)
            for n, line in enumerate(words.split("\n")):
                if printed := line.strip(BLANK_ENDS):
                    yield (number if n == 0 else "") + (printed.replace("\t", " ") if said.in_table else printed)
        for match in DRAWING.finditer(self.file.text, start, end):
            if (shape := self.anchors.get(match.start(), (0, 0))[0]) in self.boxes:
                yield from self._box_lines(*self.boxes.pop(shape))

    def _box_lines(self, start: int, end: int) -> Iterator[str]:
        for part in _paragraphs(self.file.text, start, end):
            if words := _words(self.file, *part).strip(BLANK_ENDS):
                yield words.replace("\t", " ").replace("\n", " ")

    def write_boxes(self) -> None:
        """Text boxes without an anchor of their own, those of a group above all."""
        for box in self.boxes.values():
            for line in self._box_lines(*box):
                self.written.line(line)

    def note_lines(self, start: int, end: int) -> Iterator[str]:
        """A note's lines; its pictures are named."""
        for begin, stop in _paragraphs(self.file.text, start, end):
            yield from (line.replace("\t", " ") for line in self._lines(begin, stop, self.file.paragraph(stop - 1)))
            self._write_pictures(begin, stop)

    def _number(self, said: Paragraph) -> str:
        list_id = said.list_id or 0
        if list_id == _AUTOMATIC_6:
            self.written.missing("part", "自动编号")
        return self.file.lists.next(list_id, said.level or 0) if list_id < _AUTOMATIC_6 else ""

    def _write_pictures(self, start: int, end: int, *, alone: bool = False) -> None:
        """What text recognition reads in the large pictures of a paragraph that stands `alone`, below it; others are named."""
        for match in DRAWING.finditer(self.file.text, start, end):
            shape = self.anchors.get(match.start(), (0, 0))[0]
            drawn = match[0] == "\x08" and (shape in self.boxes or self.kinds.get(shape, 75) not in _PICTURE_KINDS)
            if self.file.marks[match.start()] == KEPT and not drawn:
                self.pictures += 1
                name = f"图片 {self.pictures}"
                if alone and (read := self._recognised(match.start(), name)):
                    self.written.add(read)
                else:
                    self.written.missing("picture", name)

    def _recognised(self, at: int, name: str) -> Written | None:
        """What is read in a large picture; None where that is nothing."""
        if self.pictures > MOST_PAGES or not is_installed():
            return None
        shape, area = self.anchors.get(at, (0, 0.0))
        if begin := self.floating.get(shape):
            data = self.file.picture_at(begin)
        else:
            data, area = self.file.picture(at)
        if not data or area < LARGE_PICTURE * _TWIPS**2:
            return None
        return cast("Written | None", import_module("loaders.formats.pictures").recognised_in(data, name))

    # ---- tables ----

    def _end_row(self, said: Paragraph, deleted: bool) -> None:
        if self.cell:
            self.row.append("\n".join(self.cell))
        self.count += 1
        if deleted:
            self.written.missing("row", f"表格第 {self.count} 行「{short(' '.join(self.row))}」", "deleted")
        else:
            self.rows.append(_Row(self.row, said))
        self.row, self.cell = [], []

    def _end_table(self) -> None:
        if self.row or self.cell:  # a row without its end
            self.rows.append(_Row([*self.row, *self.cell], Paragraph()))
        rows, self.rows, self.row, self.cell, self.count = self.rows, [], [], [], 0
        self.written.cells(_cells(rows))


def _cells(rows: list[_Row]) -> list[list[Cell]]:
    """Rows of cells with their extents, by where their edges stand among those of all rows; a cell that goes on from the row
    above makes that one longer."""
    columns: dict[int, int] = {}
    column, last = -1, -(1 << 20)
    for edge in sorted({edge for row in rows for edge in row.said.edges}):
        if edge - last >= _APART:
            column, last = column + 1, edge
        columns[edge] = column
    table: list[list[Cell]] = []
    open_cells: dict[int, tuple[int, int]] = {}  # column -> row and index of the cell that may go on below
    for n, row in enumerate(rows):
        cells: list[Cell] = []
        said = row.said
        stand = [columns[edge] for edge in said.edges] if len(said.edges) > len(row.cells) else list(range(len(row.cells) + 1))
        if stand[0]:
            cells.append(Cell("", across=stand[0]))
        for k, words in enumerate(row.cells):
            across = max(1, stand[k + 1] - stand[k])
            if k < len(said.across) and said.across[k] and cells:
                before = cells.pop()
                cells.append(Cell(before.words, before.across + across))
            elif k < len(said.down) and said.down[k] and stand[k] in open_cells:
                above, index = open_cells[stand[k]]
                cell = table[above][index]
                table[above][index] = Cell(cell.words, cell.across, cell.down + 1)
            else:
                open_cells[stand[k]] = (n, len(cells))
                cells.append(Cell(words, across))
        table.append(cells)
    return table
