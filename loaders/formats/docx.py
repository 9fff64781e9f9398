"""A .docx -> its paragraphs and tables in order, with the numbers that Word counts itself (ECMA-376 part 1, chapter 17)."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from importlib import import_module
from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.errors import UnreadableFile
from loaders.formats.beside import ENDNOTES, FOOTNOTES, Beside, short
from loaders.formats.docx_lists import Numbering, is_on, number_in
from loaders.formats.docx_parts import Parts, qn
from loaders.formats.recognised import LARGE_PICTURE, MOST_PAGES, is_installed, remedy
from loaders.formats.written import BLANK_ENDS, Cell, Written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

# 例 width:396.75pt;height:2in (the size of a picture in VML, ECMA-376 part 4, 19.1.2.19)
VML_SIDE = re.compile(
    r"(?:^|;)\s{0,9}(?P<side>width|height)\s{0,9}:\s{0,9}(?P<length>\d{1,6}(?:\.\d{1,9})?)(?P<unit>pt|in|cm|mm|px)?"
)

_P, _TBL, _TR, _TC, _R, _T = (qn(f"w:{name}") for name in ("p", "tbl", "tr", "tc", "r", "t"))
_WORDS: Final = frozenset({_T, qn("m:t")})
_BREAKS: Final = {
    qn("w:tab"): "\t", qn("w:ptab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"
}  # fmt: skip
_TEXT_BOX = qn("w:txbxContent")
_CHOICE, _FALLBACK = qn("mc:Choice"), qn("mc:Fallback")  # the same text box twice, for new programs and for old ones
_PROPERTIES: Final = frozenset(qn(f"w:{name}") for name in ("pPr", "rPr", "sdtPr", "tblPr", "tcPr", "trPr", "sectPr"))
_DELETED: Final = frozenset({qn("w:del"), qn("w:moveFrom")})
_DELETED_WORDS: Final = frozenset({_T, qn("w:delText")})
_LEFT_OUT: Final = _PROPERTIES | _DELETED | {qn("w:instrText"), qn("w:delText"), qn("w:rt")}
_NOTES: Final = {qn("w:footnoteReference"): "footnote", qn("w:endnoteReference"): "endnote"}
_PARTS: Final = {qn("w:altChunk"): "嵌入的文档", qn("w:subDoc"): "子文档"}
_MOST_CHARACTERS = 20_000_000
_CM: Final = {"pt": 28.35, "in": 0.3937, "cm": 1.0, "mm": 10.0, "px": 37.8}  # units in a centimetre
_EMU = 360_000  # in a centimetre


def read_docx(data: bytes, name: str) -> Written:
    """The words of the .docx in `data`: content controls and tracked insertions kept, deletions and hidden text left out.

    Footnotes and endnotes follow the text, below 【脚注】 and 【尾注】. Named in `unread` are deleted and hidden words, large
    pictures of which text recognition reads nothing, embedded files, comments, and headers that say more than a page's number.
    Raises UnreadableFile where there are no words.
    """
    parts = Parts(data)
    root = parts.root(parts.main)
    writer = _Writer(parts, Numbering.of(parts), name)
    for body in root.iterfind(qn("w:body")) if root is not None else ():
        writer.write(body)
    writer.write_open_words()
    beside = Beside(writer.written)
    writer.write_notes(beside)
    if not writer.written.text().strip():
        raise UnreadableFile(f"{name}: the document holds no text", f"if its pages are pictures: {remedy()}")
    writer.name_asides(beside)
    return writer.written


class _Paragraph(NamedTuple):
    """The words of a paragraph, its text boxes, and whether its mark is deleted, so that the next one goes on from it."""

    words: str
    boxes: list[_Element]
    goes_on: bool


@dataclass(slots=True)
class _Writer:
    """Writes down the blocks of a document; `notes` are the ids of notes by kind, in the order in which they are met."""

    parts: Parts
    numbering: Numbering
    name: str
    written: Written = field(default_factory=Written)
    notes: dict[str, list[str]] = field(default_factory=lambda: {"footnote": [], "endnote": []})
    deleted: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)  # large ones, by id, in the block that is being written
    recognised: int = 0  # pictures that text recognition was asked to read
    open_words: list[str] = field(default_factory=list)  # of paragraphs whose mark is deleted

    def write(self, parent: _Element) -> None:
        """The paragraphs and tables under `parent`. Raises UnreadableFile where they are too long."""
        for block in _blocks(parent):
            if block.tag == _TBL:
                self._write_table(block)
            elif block.tag == _P:
                paragraph = self._paragraph(block)
                for line in self._lines(block, paragraph):
                    self.written.line(line)
                for box in paragraph.boxes:
                    self.write(box)
            else:
                self.written.missing("part", self._part_name(block))
            self._write_pictures()
            if self.written.length > _MOST_CHARACTERS:
                raise UnreadableFile(f"{self.name}: longer than {_MOST_CHARACTERS:,} characters", "split it")

    def write_open_words(self) -> None:
        """Those of a paragraph whose mark is deleted and that no other follows."""
        for line in "".join(self.open_words).split("\n"):
            if printed := line.strip(BLANK_ENDS):
                self.written.line(printed)
        self.open_words = []

    # ---- paragraphs ----

    def _paragraph(self, paragraph: _Element) -> _Paragraph:
        words: list[str] = []
        boxes: list[_Element] = []
        waiting = [*reversed(paragraph)]
        while waiting:
            element = waiting.pop()
            if element.tag == _TEXT_BOX:
                boxes.append(element)
            elif element.tag in _WORDS:
                words.append(element.text or "")
            elif element.tag in _BREAKS:
                words.append(_BREAKS[element.tag])
            elif element.tag in _NOTES:
                self.notes[_NOTES[element.tag]].append(element.get(qn("w:id"), ""))
            elif element.tag in _DELETED:
                self.deleted += [piece.text or "" for piece in element.iter(*_DELETED_WORDS)]
            elif _is_hidden(element):
                self.hidden += [piece.text or "" for piece in element.iter(_T)]
            elif element.tag not in _LEFT_OUT and not _is_second(element):
                self._look_at(element)
                waiting += reversed(element)
        mark = paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}")
        goes_on = mark is not None and any(mark.find(tag) is not None for tag in _DELETED)
        return _Paragraph("".join(words), boxes, goes_on)

    def _lines(self, element: _Element, paragraph: _Paragraph) -> Iterator[str]:
        """A paragraph's lines, its number before the first, with the words of those above that go on in it."""
        self.open_words.append(paragraph.words)
        if paragraph.goes_on:
            return
        words, self.open_words = "".join(self.open_words), []
        number = self.numbering.next(element) if words.strip(BLANK_ENDS) else ""
        for n, line in enumerate(words.strip(BLANK_ENDS).split("\n")):
            if printed := line.strip(BLANK_ENDS):
                yield (number if n == 0 else "") + printed

    def _look_at(self, element: _Element) -> None:
        """Takes note of a large picture, and names a file that stands in the text."""
        if element.tag == qn("w:drawing"):
            extent = next(element.iter(qn("wp:extent")), None)
            sides = (extent.get("cx", "0"), extent.get("cy", "0")) if extent is not None else ()
            area = float(sides[0]) * float(sides[1]) / _EMU**2 if all(map(str.isdecimal, sides)) and sides else 0.0
            picture = next(element.iter(qn("a:blip")), None)
            if area > LARGE_PICTURE and (picture is not None or next(element.iter(_TEXT_BOX), None) is None):
                key = picture.get(qn("r:embed"), picture.get(qn("r:link"), "")) if picture is not None else ""
                self.pictures.append(key)
        elif element.tag == qn("o:OLEObject"):
            self.written.missing("part", f"嵌入的文件 {element.get('ProgID', '')}".strip())
        elif element.tag == qn("v:imagedata"):
            style = (parent.get("style", "") if (parent := element.getparent()) is not None else "")[:400]
            sides_of = {side["side"]: float(side["length"]) / _CM[side["unit"] or "px"] for side in VML_SIDE.finditer(style)}
            if sides_of.get("width", 0.0) * sides_of.get("height", 0.0) > LARGE_PICTURE:
                self.pictures.append(element.get(qn("r:id"), ""))

    def _write_pictures(self) -> None:
        """What text recognition reads in the large pictures of a block, below it; others are named."""
        for key in self.pictures:
            name = self._target("图片", key)
            self.recognised += 1
            data = self.parts.picture(key) if self.recognised <= MOST_PAGES and is_installed() else None
            if data and (read := import_module("loaders.formats.pictures").recognised_in(data, name)):
                self.written.add(read)
            else:
                self.written.missing("picture", name)
        self.pictures = []

    def _target(self, what: str, key: str) -> str:
        relation = self.parts.relations.get(key)
        return f"{what} {short(posixpath.basename(relation.target))}" if relation else what

    def _part_name(self, block: _Element) -> str:
        return self._target(_PARTS[block.tag], block.get(qn("r:id"), ""))

    # ---- tables ----

    def _write_table(self, table: _Element) -> None:
        if _is_layout(table):
            for row in _under(table, _TR):
                for cell in _under(row, _TC):
                    self.write(cell)
            return
        self.written.cells(self._rows(table))

    def _rows(self, table: _Element) -> list[list[Cell]]:
        """Rows of cells with their extents; a cell that goes on from the row above (vMerge) makes that one longer."""
        rows: list[list[Cell]] = []
        open_cells: dict[int, tuple[int, int]] = {}  # column -> row and index of the cell that may go on below
        for n, row in enumerate(_under(table, _TR), 1):
            is_deleted = row.find(f"{qn('w:trPr')}/{qn('w:del')}") is not None
            if is_deleted:
                self.written.missing("row", f"表格第 {n} 行「{short(_all_words(row))}」", "deleted")
            column = number_in(row, "w:trPr/w:gridBefore")
            cells: list[Cell] = [Cell("", across=column)] if column else []
            for element in _under(row, _TC):
                across = max(1, number_in(element, "w:tcPr/w:gridSpan"))
                merge = element.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
                goes_on = merge is not None and merge.get(qn("w:val")) != "restart" and column in open_cells
                if is_deleted:
                    if not goes_on:
                        open_cells.pop(column, None)
                elif element.find(f"{qn('w:tcPr')}/{qn('w:cellDel')}") is not None:
                    self.written.missing("part", f"表格第 {n} 行的单元格「{short(_all_words(element))}」", "deleted")
                    cells.append(Cell("", across))
                elif goes_on:
                    above, index = open_cells[column]
                    cell = rows[above][index]
                    rows[above][index] = Cell(cell.words, cell.across, cell.down + 1)
                else:
                    open_cells[column] = (len(rows), len(cells))
                    cells.append(Cell("\n".join(self._cell_lines(element)), across))
                column += across
            if not is_deleted:
                rows.append(cells)
        return rows

    def _cell_lines(self, cell: _Element) -> Iterator[str]:
        """The lines of a cell; a table within it gives its own cells, one after the other."""
        for block in _blocks(cell):
            if block.tag == _P:
                paragraph = self._paragraph(block)
                yield from (line.replace("\t", " ") for line in self._lines(block, paragraph))
                for box in paragraph.boxes:
                    yield from self._cell_lines(box)
            elif block.tag == _TBL:
                for row in _under(block, _TR):
                    for inner in _under(row, _TC):
                        yield from self._cell_lines(inner)
            else:
                self.written.missing("part", self._part_name(block))

    # ---- what stands beside the text ----

    def write_notes(self, beside: Beside) -> None:
        """Those that the text refers to, in its order."""
        for kind, heading in (("footnote", FOOTNOTES), ("endnote", ENDNOTES)):
            notes = {
                note.get(qn("w:id")): note for root in self.parts.of_kind(f"{kind}s") for note in root.iterfind(qn(f"w:{kind}"))
            }
            met = [notes[key] for key in dict.fromkeys(self.notes[kind]) if key in notes]
            beside.write_notes(heading, map(self._cell_lines, met))
            self._write_pictures()

    def name_asides(self, beside: Beside) -> None:
        beside.name_changes("".join(self.deleted), "".join(self.hidden))
        comments, *headers = (map(_all_words, self.parts.of_kind(kind)) for kind in ("comments", "header", "footer"))
        beside.name_asides(comments, chain(*headers))


# ---- elements -------------------------------------------------------------------------------------------------------


def _blocks(parent: _Element) -> Iterator[_Element]:
    """Paragraphs, tables and embedded documents right under `parent`, through content controls and the like."""
    waiting = [*reversed(parent)]
    while waiting:
        element = waiting.pop()
        if element.tag in (_P, _TBL) or element.tag in _PARTS:
            yield element
        elif element.tag not in _LEFT_OUT and not _is_second(element):
            waiting += reversed(element)


def _under(parent: _Element, tag: str) -> Iterator[_Element]:
    """Elements `tag` under `parent`, through content controls and insertions, but not inside one another."""
    waiting = [*reversed(parent)]
    while waiting:
        element = waiting.pop()
        if element.tag == tag:
            yield element
        elif element.tag not in _LEFT_OUT and element.tag not in (_P, _TBL):
            waiting += reversed(element)


def _is_layout(table: _Element) -> bool:
    """Whether a table only frames others: it has one column, or beside them no two rows with words in two cells."""
    if next((inner for inner in table.iter(_TBL) if inner is not table), None) is None:
        return False
    rows = [[_own_words(cell) for cell in _under(row, _TC)] for row in _under(table, _TR)]
    return sum(sum(map(bool, row)) > 1 for row in rows) < 2


def _own_words(cell: _Element) -> str:
    """The words of a cell's paragraphs, without those of tables in it."""
    return "".join(_all_words(block) for block in _blocks(cell) if block.tag == _P).strip(BLANK_ENDS)


def _all_words(element: _Element) -> str:
    return "".join(piece.text or "" for piece in element.iter(*_DELETED_WORDS))


def _is_hidden(element: _Element) -> bool:
    return element.tag == _R and is_on(element.find(f"{qn('w:rPr')}/{qn('w:vanish')}"))


def _is_second(element: _Element) -> bool:
    """Whether it is what old programs show in place of what stands before it."""
    before = element.getprevious() if element.tag == _FALLBACK else None
    return before is not None and before.tag == _CHOICE
