"""Tables as .xlsx: a sheet that is read at once, with a frozen heading, a filter and widths that fit."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from xlsxwriter import Workbook

from exports.headings import heading
from exports.said import called, said
from exports.table import Table
from kg.ask.signature import Column
from kg.words.zh import word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

MAX_ROWS: Final = 1_048_576
"""Rows of a sheet, the heading's too; Microsoft, 'Excel specifications and limits', as is the next."""

MAX_CELL: Final = 32_767
"""Units of UTF-16 in a cell."""

_CUT: Final = "……（超出单元格上限，以下从略）"
_NOT_XML: Final = re.compile("[\ud800-\udfff\ufffe\uffff]")
_WIDEST: Final = 60
_MEASURED: Final = 200
"""Rows that the widths are taken from."""

HEADING_STYLE: Final = {
    "bold": True,
    "bg_color": "#D9E2F3",
    "border": 1,
    "text_wrap": True,
    "align": "center",
    "valign": "vcenter",
}


@contextmanager
def workbook(out: BinaryIO) -> Iterator[Workbook]:
    """A workbook written to `out` row by row: a row cannot be changed once the next one is begun. No text becomes a formula,
    a number or a link."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    book = Workbook(out, options)
    try:
        yield book
    finally:
        book.close()  # also where something failed: it removes the rows kept on disk


def write_xlsx(table: Table, out: BinaryIO) -> None:
    """A sheet, and more of them where there are more rows than one holds. Headings and codes are Chinese where they have a
    word, lists and maps are told in words (exports.said), dates are dates; what is too long for a cell is cut, and says so.
    Where people have checked some of it, a last sheet says how much."""
    with workbook(out) as book:
        style = book.add_format(HEADING_STYLE)
        date = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
        writers = [(c, _writer(c, date)) for c in table.columns]
        sheet = _Sheet(book, table.columns, style, 1)
        for row in table:
            if sheet.rows == MAX_ROWS:
                sheet.finish()
                sheet = _Sheet(book, table.columns, style, sheet.number + 1)
            sheet.add(row, writers)
        sheet.finish()
        if (share := table.reviewed) and share.checked:
            notes = book.add_worksheet(word("ledger", "note"))
            notes.write_string(0, 0, word("ledger", "reviewed").format(share.documents, share.checked))


Write = Callable[["Worksheet", int, int, Any], object]


class _Sheet:
    """One sheet while it is written."""

    def __init__(self, book: Workbook, columns: Sequence[Column], style: Format, number: int) -> None:
        self.number = number
        self.rows = 1
        self._sheet = book.add_worksheet(f"第{number}页" if number > 1 else "数据")
        names = [heading(column) for column in columns]
        self._widths = [width(name) + 4 for name in names]  # room for the filter's button
        for at, name in enumerate(names):
            self._sheet.write_string(0, at, name, style)

    def add(self, row: Any, writers: Sequence[tuple[Column, Write]]) -> None:  # noqa: ANN401
        for at, (column, write) in enumerate(writers):
            if (value := row[column.name]) not in (None, "", []):
                write(self._sheet, self.rows, at, value)
                if self.rows <= _MEASURED and self._widths[at] < _WIDEST:
                    self._widths[at] = max(
                        self._widths[at], min(_WIDEST, width(said(column.name, column.type, value)[:_WIDEST]) + 1)
                    )
        self.rows += 1

    def finish(self) -> None:
        self._sheet.freeze_panes(1, 0)
        self._sheet.autofilter(0, 0, self.rows - 1, len(self._widths) - 1)
        for at, width in enumerate(self._widths):
            self._sheet.set_column(at, at, width)


def _writer(column: Column, date: Format) -> Write:
    """How the column's values are written; None is not."""
    name, type_ = column.name, column.type
    if type_.many or type_.fields or type_.name == "boolean":
        return lambda sheet, row, at, value: sheet.write_string(row, at, fitting(said(name, type_, value)))
    if type_.name in ("integer", "number"):
        return lambda sheet, row, at, value: sheet.write_number(row, at, value)
    if type_.name == "date":
        return lambda sheet, row, at, value: sheet.write_datetime(row, at, datetime.date.fromisoformat(value), date)
    return lambda sheet, row, at, value: sheet.write_string(row, at, fitting(called(name, type_, str(value))))


def fitting(text: str) -> str:
    """`text` as a cell can hold it: cut where it is too long, without what XML has no place for."""
    text = _NOT_XML.sub("\ufffd", text)
    if text.startswith("<r>") and text.endswith("</r>"):
        text += " "  # the library would take it for XML of its own
    if len(text) * 2 <= MAX_CELL or len(text.encode("utf-16-le")) <= MAX_CELL * 2:
        return text
    kept = text.encode("utf-16-le")[: (MAX_CELL - len(_CUT)) * 2]
    return kept.decode("utf-16-le", errors="ignore") + _CUT


def width(line: str) -> int:
    """Columns that a line takes; a Chinese character, and a mark that Chinese fonts set as wide, takes two."""
    return sum(1 + (unicodedata.east_asian_width(c) in "WFA") for c in line)
