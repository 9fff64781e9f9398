"""Workbooks that go to a meeting as they are: sheets with a title, a head that is printed on every page, on A4; and what a unit
fills in on them and sends back (exports.form)."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from exports.xlsx import fitting, width
from kg.words.zh import word

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

HEAD: Final = 1
"""The row of the head, counted from 0: the title stands above it."""

Cell = str | int | datetime.date

_HIGHEST: Final = 409.0
"""Points that a row can be high."""

_RAGGED: Final = 1.1
"""How much longer words become by breaking: a line is not filled to its end where a number or a mark may not stand there."""

_NAME: Final = 31  # units of UTF-16 in a sheet's name, which holds none of []:*?/\ and neither begins nor ends with '


@dataclass(frozen=True, slots=True)
class Column:
    """`width` in characters of the standard font, of which a Chinese one takes two; its heading is the word for `name`."""

    name: str
    width: float
    style: str = "text"
    where: str = "column"
    mark: str = ""
    hidden: bool = False

    @property
    def heading(self) -> str:
        return word(self.where, self.name) + self.mark


STYLES: Final[Mapping[str, Mapping[str, Any]]] = {
    "heading": {"bold": True, "align": "center", "bg_color": "#D9E2F3"},
    "text": {"indent": 1},
    "small": {"indent": 1, "font_size": 9},
    "centre": {"align": "center"},
    "date": {"align": "center", "num_format": "yyyy-mm-dd"},
    "title": {"border": 0, "font_name": "黑体", "font_size": 16, "align": "center", "text_wrap": False},
    "number": {"align": "center", "num_format": "0"},
    "note": {"border": 0, "font_size": 9, "text_wrap": False, "font_color": "#595959"},
}
"""What each style adds to the common one."""

_APART: Final = {"italic": True, "font_color": "#7F3F00", "bg_color": "#FFF7E6"}
"""What sets a row apart: no clause names its units, or its unit is many named as one."""

_COMMON: Final = {"font_name": "宋体", "font_size": 10.5, "border": 1, "text_wrap": True, "valign": "vcenter"}


class Sheets:
    """The sheets of a workbook while they are written, row after row."""

    def __init__(self, book: Workbook, title: str) -> None:
        """`title` is that of the file."""
        self._book = book
        self.styles = {name: book.add_format({**_COMMON, **more}) for name, more in STYLES.items()}
        self._apart = {name: book.add_format({**_COMMON, **more, **_APART}) for name, more in STYLES.items()}
        self._names: set[str] = {"history"}  # a name that Excel keeps for itself
        book.set_properties({"title": title})

    def add(self, name: str, title: str, columns: Sequence[Column]) -> Worksheet:
        """A new sheet, with its title and its head."""
        sheet = self._book.add_worksheet(self._sheet_name(name))
        shown = [column for column in columns if not column.hidden]
        sheet.set_row(0, 30)
        sheet.merge_range(0, 0, 0, len(shown) - 1, fitting(title), self.styles["title"])
        sheet.set_row(HEAD, _height(columns, [column.heading + "▼" for column in columns]))  # the filter's button takes room
        for at, column in enumerate(columns):
            sheet.set_column(at, at, column.width, None, {"hidden": column.hidden})
            sheet.write_string(HEAD, at, column.heading, self.styles["heading"])
        sheet.freeze_panes(HEAD + 1, 0)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)  # inches
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0, HEAD)
        sheet.center_horizontally()
        sheet.set_footer("&C第 &P 页，共 &N 页", {"margin": 0.3})
        return sheet

    def _sheet_name(self, name: str) -> str:
        """`name` as a sheet may be called, once in the workbook."""
        clean = re.sub(r"[\[\]:*?/\\\x00-\x1f]", "_", name).strip("' ") or "_"
        for number in range(1, len(self._names) + 2):
            end = f"~{number}" if number > 1 else ""
            cut = clean.encode("utf-16-le")[: 2 * (_NAME - len(end))].decode("utf-16-le", errors="ignore").rstrip("'") + end
            if cut.lower() not in self._names:
                break
        self._names.add(cut.lower())
        return cut

    @staticmethod
    def finish(sheet: Worksheet, columns: Sequence[Column], rows: int) -> None:
        """Lets a reader filter the rows of a sheet."""
        shown = sum(not column.hidden for column in columns)
        sheet.autofilter(HEAD, 0, max(rows, 1) + HEAD, shown - 1)

    def row(self, sheet: Worksheet, at: int, columns: Sequence[Column], cells: Sequence[Cell], *, apart: bool = False) -> None:
        """Writes the row `at`, counted from 1 below the head; `apart`: set apart from the others."""
        at += HEAD
        sheet.set_row(at, _height(columns, cells))
        for number, (column, value) in enumerate(zip(columns, cells, strict=True)):
            style = (self._apart if apart else self.styles)[column.style]
            if isinstance(value, datetime.date):
                sheet.write_datetime(at, number, value, style)
            elif isinstance(value, int):
                sheet.write_number(at, number, value, style)
            elif not value:
                sheet.write_blank(at, number, None, style)
            else:
                sheet.write_string(at, number, fitting(value), style)


def _height(columns: Sequence[Column], cells: Sequence[Cell]) -> float:
    """Points that the row needs: programs do not agree on whether to find out for themselves."""
    heights: list[float] = []
    for column, value in zip(columns, cells, strict=True):
        if column.hidden:
            continue
        size = float(STYLES[column.style].get("font_size", _COMMON["font_size"]))
        room = column.width * 5.25 - 12  # points: a character of the standard font is 7 pixels wide; margins and indent
        lines = sum(max(1, math.ceil(width(line) * size / 2 * _RAGGED / room)) for line in str(value).split("\n"))
        heights.append(lines * size * 1.35 + 6)
    return min(_HIGHEST, max(heights))
