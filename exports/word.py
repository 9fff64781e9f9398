"""The ledger, 责任清单, as a Word document to print and to write in: A4 across, its head and a number on every page."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from tempfile import TemporaryFile
from typing import IO, Any, BinaryIO, Final
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from exports.ledger_rows import asked_for, assigned_in, due, named, of_checked, quoted, read, short, source_of, spooled
from exports.table import Row, Table
from kg.words.zh import word

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_BODY: Final = "word/document.xml"
_NOT_XML: Final = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_WIDTHS: Final = {
    "row": 11,
    "task_number": 16,
    "task": 50,
    "role": 12,
    "leads": 38,
    "participants": 40,
    "deadlines": 32,
    "progress": 27,
    "evidence": 55,
}
"""Millimetres of the columns; all of them with `role`, without it a little less than the page has."""
_WHERE: Final = {"row": "ledger", "evidence": "ledger", "progress": "form"}
_CENTRED: Final = ("row", "task_number", "role")


def write_ledger(table: Table, out: BinaryIO) -> None:
    """The rows of the query `ledger` as one table, in their order, a line with its title above the tasks of each document.

    Rows go to a temporary file first, for the title says how many there are; no list of them is made.
    """
    with TemporaryFile() as spool:
        units = spooled(table, spool)
        title = table.title = asked_for(table.parameters, table.named, units.places) + word("query", table.name)
        agency = table.parameters.get("agency")
        names = [name for name in _WIDTHS if agency or name != "role"]
        frame = _frame(title + of_checked(table.count, units.checked, truncated=table.truncated), names)
        with ZipFile(io.BytesIO(frame)) as empty, ZipFile(out, "w", ZIP_DEFLATED) as made:
            for part in empty.infolist():
                if part.filename != _BODY:
                    made.writestr(part, empty.read(part))
            before, end, after = empty.read(_BODY).rpartition(b"</w:tbl>")
            with made.open(_BODY, "w", force_zip64=True) as body:
                body.write(before)
                _write_rows(body, read(spool), names, agency)
                body.write(end + after)


def _frame(title: str, names: Sequence[str]) -> bytes:
    """The document without a row."""
    made: Any = Document()
    about = made.core_properties
    about.title, about.author, about.comments = title, "", ""
    about.created = about.modified = datetime.datetime.now(datetime.UTC)
    set_language(made)
    section = made.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(8)
    section.top_margin, section.bottom_margin = Mm(15), Mm(15)
    normal = made.styles["Normal"]
    set_font(normal.font, normal.element, "宋体", 9)
    normal.paragraph_format.space_before = normal.paragraph_format.space_after = Pt(1)
    head = made.add_paragraph()
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = head.add_run(title)
    set_font(run.font, run.element, "黑体", 16)
    _number(section.footer.paragraphs[0])
    table = made.add_table(rows=0, cols=len(names))
    table.style, table.autofit = "Table Grid", False
    for column, name in zip(table.columns, names, strict=True):
        column.width = Mm(_WIDTHS[name])
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _number(foot: Any) -> None:  # noqa: ANN401
    """第 1 页，共 3 页"""
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for words, field in (("第 ", "PAGE"), (" 页，共 ", "NUMPAGES"), (" 页", "")):
        foot.add_run(words)
        if field:
            simple = OxmlElement("w:fldSimple")
            simple.set(qn("w:instr"), field)
            foot._p.append(simple)


def set_language(made: Any) -> None:  # noqa: ANN401
    """Chinese, for what signs look like, what is spelt, and where a line may end."""
    for part, name in ((made.styles, "lang"), (made.settings, "themeFontLang")):
        for language in part.element.iter(qn(f"w:{name}")):
            language.set(qn("w:eastAsia"), "zh-CN")


def set_font(font: Any, element: Any, name: str, size: float) -> None:  # noqa: ANN401
    """The font of signs and letters alike, in points."""
    font.name, font.size = name, Pt(size)
    element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)


def _write_rows(body: IO[bytes], rows: Iterable[Row], names: Sequence[str], agency: str | None) -> None:
    headings = {name: word(_WHERE.get(name, "column"), name) for name in names}
    body.write(_row(_cells(headings, head=True), head=True))
    document, count = "", 0
    for count, row in enumerate(rows, 1):
        if row["document_id"] != document:
            document = row["document_id"]
            body.write(_across(source_of(row), len(names)))
        body.write(_row(_cells({name: value for name, value in _told(count, row, agency).items() if name in names})))
    if not count:
        body.write(_across(word("ledger", "none"), len(names)))


def _told(count: int, row: Row, agency: str | None) -> Mapping[str, str]:
    assigned = assigned_in(row)
    roles = [word("role", role) for role, of_role in assigned.items() if any(one["agency_id"] == agency for one in of_role)]
    leads, participants = ("、".join(map(named, of_role)) for of_role in assigned.values())
    everyone = [given for of_role in assigned.values() for given in of_role if not agency or given["agency_id"] == agency]
    return {
        "row": str(count),
        "task_number": row["task_number"] or "",
        "task": short(row["task"] or row["quote"] or ""),
        "role": "、".join(roles),
        "leads": leads,
        "participants": participants,
        "deadlines": due(row),
        "progress": "\n".join(_reported(report, agency) for report in row["reports"] if agency in (None, report["agency_id"])),
        "evidence": "\n".join(quoted(row, everyone)),
    }


def _reported(report: Mapping[str, Any], agency: str | None) -> str:
    """长治市司法局：已完成，2025-12-18，已经公布"""
    unit = f"{report['agency']}：" if report["agency"] and not agency else ""
    return unit + "，".join(filter(None, [word("state", report["state"]), report["reported_on"], report["progress"]]))


def _row(cells: Iterator[str], *, head: bool = False) -> bytes:
    """A row that no page break parts; one of the head stands on every page."""
    said = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" if head else "<w:trPr><w:cantSplit/></w:trPr>"
    return f"<w:tr>{said}{''.join(cells)}</w:tr>".encode()


def _cells(values: Mapping[str, str], *, head: bool = False) -> Iterator[str]:
    for name, value in values.items():
        shade = '<w:shd w:val="clear" w:color="auto" w:fill="D9E2F3"/>' if head else ""
        about = f'<w:tcPr><w:tcW w:w="{round(_WIDTHS[name] * 56.7)}" w:type="dxa"/>{shade}<w:vAlign w:val="center"/></w:tcPr>'
        yield f"<w:tc>{about}{_paragraphs(value, centred=head or name in _CENTRED, bold=head)}</w:tc>"


def _across(words: str, columns: int) -> bytes:
    """A row of one cell, kept with the next."""
    about = f'<w:tcPr><w:gridSpan w:val="{columns}"/><w:shd w:val="clear" w:color="auto" w:fill="F2F2F2"/></w:tcPr>'
    return _row(iter([f"<w:tc>{about}{_paragraphs(words, bold=True, kept=True)}</w:tc>"]))


def _paragraphs(words: str, *, centred: bool = False, bold: bool = False, kept: bool = False) -> str:
    form = "<w:keepNext/>" * kept + '<w:jc w:val="center"/>' * centred
    run = "<w:rPr><w:b/></w:rPr>" if bold else ""
    lines = escape(_NOT_XML.sub("\ufffd", words)).split("\n")
    return "".join(f'<w:p><w:pPr>{form}</w:pPr><w:r>{run}<w:t xml:space="preserve">{line}</w:t></w:r></w:p>' for line in lines)
