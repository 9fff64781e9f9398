"""Sheets laid out for a meeting: printed on A4, each cell as high as its words need, with a heading on every page."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from exports.xlsx import fitting, width

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_HIGHEST: Final = 409.0
"""Points that a row can be high."""

_RAGGED: Final = 1.1
"""How much longer words become by breaking: a line is not filled to its end where a number or a mark may not stand there."""

_NAME: Final = 31  # units of UTF-16 in a sheet's name, which holds none of []:*?/\ and neither begins nor ends with '

_STYLES: Final[Mapping[str, Mapping[str, Any]]] = {
    "heading": {"bold": True, "align": "center", "bg_color": "#D9E2F3"},
    "text": {"indent": 1},
    "small": {"indent": 1, "font_size": 9},
    "centre": {"align": "center"},
    "number": {"align": "center", "num_format": "0"},
    "note": {"border": 0, "font_size": 9, "text_wrap": False, "font_color": "#595959"},
}
"""What each style adds to the common one."""

_APART: Final = {"italic": True, "font_color": "#7F3F00", "bg_color": "#FFF7E6"}
"""What sets a row apart."""

_COMMON: Final = {"font_name": "宋体", "font_size": 10.5, "border": 1, "text_wrap": True, "valign": "vcenter"}


@dataclass(frozen=True, slots=True)
class PrintedColumn:
    """`width` in characters of the standard font, of which a Chinese one takes two; `style` is a key of _STYLES."""

    heading: str
    width: float
    style: str = "text"


class Paper:
    """A workbook whose sheets are laid out alike."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._styles = {name: book.add_format({**_COMMON, **more}) for name, more in _STYLES.items()}
        self._apart = {name: book.add_format({**_COMMON, **more, **_APART}) for name, more in _STYLES.items()}
        self._names: set[str] = {"history"}  # a name that Excel keeps for itself

    def sheet(self, name: str, title: str, columns: Sequence[PrintedColumn]) -> Worksheet:
        """A new sheet, with the headings of `columns` as its first row; `name` is changed where Excel takes none such or has it
        already. `title` is printed above each page."""
        sheet = self._book.add_worksheet(self._sheet_name(name))
        sheet.set_row(0, _height(columns, [column.heading + "▼" for column in columns]))  # the filter's button takes room
        for at, column in enumerate(columns):
            sheet.set_column(at, at, column.width)
            sheet.write_string(0, at, column.heading, self._styles["heading"])
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.set_margins(left=0.4, right=0.4, top=0.75, bottom=0.6)  # inches
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.center_horizontally()
        sheet.set_header(f'&C&14&"黑体,Regular"{_in_header(title)}', {"margin": 0.3})
        sheet.set_footer("&C第 &P 页，共 &N 页", {"margin": 0.3})
        return sheet

    def row(
        self, sheet: Worksheet, at: int, columns: Sequence[PrintedColumn], cells: Sequence[str | int], *, apart: bool
    ) -> None:
        """Writes the row `at`, counted from 0; a row cannot be changed once the next one is begun. `apart` sets it off."""
        sheet.set_row(at, _height(columns, cells))
        for number, (column, value) in enumerate(zip(columns, cells, strict=True)):
            style = (self._apart if apart else self._styles)[column.style]
            if isinstance(value, int):
                sheet.write_number(at, number, value, style)
            elif not value:
                sheet.write_blank(at, number, None, style)
            else:
                sheet.write_string(at, number, fitting(value), style)

    def note(self, sheet: Worksheet, at: int, text: str) -> None:
        """Writes small words beneath a table, in the row `at`."""
        sheet.write_string(at, 1, text, self._styles["note"])

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


def _height(columns: Sequence[PrintedColumn], cells: Sequence[str | int]) -> float:
    """Points that the row needs: programs do not agree on whether to find out for themselves."""
    heights: list[float] = []
    for column, value in zip(columns, cells, strict=True):
        size = float(_STYLES[column.style].get("font_size", _COMMON["font_size"]))
        room = column.width * 5.25 - 12  # points: a character of the standard font is 7 pixels wide; margins and indent
        lines = sum(max(1, math.ceil(width(line) * size / 2 * _RAGGED / room)) for line in str(value).split("\n"))
        heights.append(lines * size * 1.35 + 6)
    return min(_HIGHEST, max(heights))


def _in_header(title: str) -> str:
    """A print header is at most 255 characters with its codes, and & begins a code."""
    return (title if len(title) <= 60 else title[:59] + "…").replace("&", "&&")
