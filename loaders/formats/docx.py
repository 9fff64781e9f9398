"""A .docx -> its paragraphs and tables in order, with the numbers that Word counts itself (ECMA-376 part 1, chapter 17)."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import docx
from docx.oxml.ns import qn

from kg.errors import UnreadableFile
from loaders.formats.lists import Level, Lists
from loaders.formats.written import Cell, Written, grid

if TYPE_CHECKING:
    from docx.document import Document
    from lxml.etree import _Element

_P, _TBL, _TR, _TC, _R, _T = (qn(f"w:{name}") for name in ("p", "tbl", "tr", "tc", "r", "t"))
_BREAKS: Final = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_TEXT_BOX = qn("w:txbxContent")
_LEFT_OUT: Final = frozenset(
    {
        *(
            qn(f"w:{name}")
            for name in ("del", "moveFrom", "instrText", "delText", "pPr", "rPr", "sdtPr", "tblPr", "tcPr", "trPr")
        ),
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",  # the same text box again, for old programs
    }
)
_BLANK_ENDS = " \t\r\n\u3000\xa0\ufeff"
_MOST_CHARACTERS = 20_000_000


def read_docx(data: bytes, name: str) -> Written:
    """The words of the .docx in `data`: content controls and tracked insertions kept, deletions and hidden text left out.

    Headers, footers, notes and comments are no part of it. Raises UnreadableFile where there are no words.
    """
    document = docx.Document(io.BytesIO(data))
    numbering = _Numbering.of(document)
    written = Written()
    for block in _blocks(document.element.body):
        if block.tag == _TBL:
            _write_table(block, numbering, written)
        else:
            _write_paragraph(block, numbering, written)
        if written.length > _MOST_CHARACTERS:
            raise UnreadableFile(f"{name}: longer than {_MOST_CHARACTERS:,} characters", "split it")
    if not written.text().strip():
        hint = "if its pages are pictures, run text recognition (OCR) over them first"
        raise UnreadableFile(f"{name}: the document holds no text", hint)
    return written


def _blocks(parent: _Element) -> Iterator[_Element]:
    """Paragraphs and tables right under `parent`, through content controls and the like."""
    waiting = [*reversed(parent)]
    while waiting:
        element = waiting.pop()
        if element.tag in (_P, _TBL):
            yield element
        elif element.tag not in _LEFT_OUT and isinstance(element.tag, str):
            waiting += reversed(element)


def _write_paragraph(paragraph: _Element, numbering: _Numbering, written: Written) -> None:
    for line in _lines(paragraph, numbering):
        written.line(line)


def _lines(paragraph: _Element, numbering: _Numbering) -> Iterator[str]:
    """A paragraph's lines, its number before the first; text boxes anchored in it follow."""
    words: list[str] = []
    boxes: list[_Element] = []
    waiting = [*reversed(paragraph)]
    while waiting:
        element = waiting.pop()
        if element.tag == _TEXT_BOX:
            boxes.append(element)
        elif element.tag == _T:
            words.append(element.text or "")
        elif element.tag in _BREAKS:
            words.append(_BREAKS[element.tag])
        elif element.tag not in _LEFT_OUT and not _is_hidden(element):
            waiting += reversed(element)
    number = numbering.next(paragraph) if "".join(words).strip(_BLANK_ENDS) else ""
    for n, line in enumerate("".join(words).strip(_BLANK_ENDS).split("\n")):
        if printed := line.strip(_BLANK_ENDS):
            yield (number if n == 0 else "") + printed
    for box in boxes:
        for block in _blocks(box):
            yield from _lines(block, numbering) if block.tag == _P else ()


def _is_hidden(element: _Element) -> bool:
    if element.tag != _R:
        return False
    return _is_on(element.find(f"{qn('w:rPr')}/{qn('w:vanish')}"))


def _is_on(mark: _Element | None) -> bool:
    return mark is not None and mark.get(qn("w:val"), "true") not in ("0", "false", "off")


# ---- tables ---------------------------------------------------------------------------------------------------------


def _write_table(table: _Element, numbering: _Numbering, written: Written) -> None:
    rows = _rows(table, numbering)
    places = grid(rows)
    if places:
        written.table(places)
    else:  # too large for a table: its words are kept, a cell a line
        for words in (cell.words for row in rows for cell in row):
            written.line(words)


def _rows(table: _Element, numbering: _Numbering) -> list[list[Cell]]:
    """Rows of cells with their extents; a cell that goes on from the row above (vMerge) makes that one longer."""
    rows: list[list[Cell]] = []
    open_cells: dict[int, tuple[int, int]] = {}  # column -> row and index of the cell that may go on below
    for row in _under(table, _TR):
        column = _number(row, "w:trPr/w:gridBefore")
        cells: list[Cell] = [Cell("", across=column)] if column else []
        for element in _under(row, _TC):
            across = max(1, _number(element, "w:tcPr/w:gridSpan"))
            merge = element.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
            if merge is not None and merge.get(qn("w:val")) != "restart" and column in open_cells:
                above, index = open_cells[column]
                cell = rows[above][index]
                rows[above][index] = Cell(cell.words, cell.across, cell.down + 1)
            else:
                open_cells[column] = (len(rows), len(cells))
                cells.append(Cell("\n".join(_cell_lines(element, numbering)), across))
            column += across
        rows.append(cells)
    return rows


def _cell_lines(cell: _Element, numbering: _Numbering) -> Iterator[str]:
    """The lines of a cell; a table within it gives its own cells, one after the other."""
    for block in _blocks(cell):
        if block.tag == _P:
            yield from (line.replace("\t", " ") for line in _lines(block, numbering))
        else:
            for row in _under(block, _TR):
                for inner in _under(row, _TC):
                    yield from _cell_lines(inner, numbering)


def _under(parent: _Element, tag: str) -> Iterator[_Element]:
    """Elements `tag` under `parent`, through content controls and insertions, but not inside one another."""
    waiting = [*reversed(parent)]
    while waiting:
        element = waiting.pop()
        if element.tag == tag:
            yield element
        elif element.tag not in _LEFT_OUT and element.tag not in (_P, _TBL):
            waiting += reversed(element)


def _number(element: _Element, path: str, absent: int = 0) -> int:
    child = element.find("/".join(qn(step) for step in path.split("/")))
    value = child.get(qn("w:val")) if child is not None else None
    return int(value) if value is not None and value.isdecimal() and len(value) <= 9 else absent


# ---- numbers that Word counts ---------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Numbering:
    """The lists of a document, and the list and level that its styles bring with them."""

    lists: Lists = field(default_factory=Lists)
    styles: dict[str, tuple[str | None, str | None, int | None]] = field(default_factory=dict)

    @classmethod
    def of(cls, document: Document) -> _Numbering:
        """Reads numbering.xml and the styles that bring a number with them, headings above all."""
        self = cls()
        for style in document.styles.element.iterfind(qn("w:style")):
            based, number = style.find(qn("w:basedOn")), style.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
            list_id, level = _list_of(number)
            self.styles[style.get(qn("w:styleId"), "")] = (
                based.get(qn("w:val")) if based is not None else None,
                list_id,
                level,
            )
        if not any(relation.reltype.endswith("/numbering") for relation in document.part.rels.values()):
            return self
        root = document.part.numbering_part.element
        abstract = {a.get(qn("w:abstractNumId")): _levels(a) for a in root.iterfind(qn("w:abstractNum"))}
        for num in root.iterfind(qn("w:num")):
            of = num.find(qn("w:abstractNumId"))
            key, own = (of.get(qn("w:val")) if of is not None else ""), num.get(qn("w:numId"))
            levels = dict(abstract.get(key, {}))
            for override in num.iterfind(qn("w:lvlOverride")):
                levels |= _levels(override)
                at, start = int(override.get(qn("w:ilvl"), "0")), _number(override, "w:startOverride", -1)
                if start >= 0 and at in levels:
                    levels[at] = levels[at]._replace(start=start)
                    self.lists.restarts.add((own, at))
            self.lists.lists[own] = (key, levels)
        return self

    def next(self, paragraph: _Element) -> str:
        """The number of `paragraph` as Word prints it, empty for one without; it counts on."""
        return self.lists.next(*self._list_of(paragraph))

    def _list_of(self, paragraph: _Element) -> tuple[str, int]:
        """List and level of a paragraph: its own, else those of its style or of the styles that is based on."""
        list_id, level = _list_of(paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}"))
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        name = style.get(qn("w:val")) if style is not None else None
        for _ in range(len(self.styles)):
            if name not in self.styles or (list_id is not None and level is not None):
                break
            name, styled_list, styled_level = self.styles[name]
            list_id = styled_list if list_id is None else list_id
            level = styled_level if level is None else level
        return list_id or "", level or 0


def _list_of(number: _Element | None) -> tuple[str | None, int | None]:
    if number is None:
        return None, None
    list_id, level = number.find(qn("w:numId")), number.find(qn("w:ilvl"))
    return list_id.get(qn("w:val")) if list_id is not None else None, _number(number, "w:ilvl") if level is not None else None


def _levels(parent: _Element) -> dict[int, Level]:
    levels = {}
    for level in parent.iterfind(qn("w:lvl")):
        form, text, gap = (level.find(qn(name)) for name in ("w:numFmt", "w:lvlText", "w:suff"))
        levels[int(level.get(qn("w:ilvl"), "0"))] = Level(
            _number(level, "w:start", 1),
            form.get(qn("w:val"), "decimal") if form is not None else "decimal",
            text.get(qn("w:val"), "") if text is not None else "",
            gap is None or gap.get(qn("w:val")) != "nothing",
            _is_on(level.find(qn("w:isLgl"))),
        )
    return levels
