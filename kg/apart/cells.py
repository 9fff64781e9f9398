"""A workbook that somebody filled in and sent back -> its cells as text, hidden ones too: that is where its keys are."""

from __future__ import annotations

import datetime
import io
from typing import Final

from python_calamine import CalamineWorkbook, PasswordError

from kg.errors import UnreadableFile

_PANIC: Final = "PanicException"  # of the library, which is in Rust; it is no Exception
# What stands in a workbook, whole or broken: names of its parts, in a .zip (.xlsx) or in the office file of old (.xls).
_SIGNS: Final = (b"xl/work", *(part.encode("utf-16-le") for part in ("Workbook", "Book")))


def read_cells(data: bytes, name: str) -> dict[str, list[list[str]]]:
    """Sheet -> rows from the first on -> cells from the first on; a day as ISO 8601. Raises UnreadableFile, which says whether
    it is no workbook, a broken one, or one with a password."""
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            sheets = [book.get_sheet_by_name(sheet) for sheet in book.sheet_names]
            return {sheet.name: [list(map(_words, row)) for row in sheet.to_python(skip_empty_area=False)] for sheet in sheets}
    except PasswordError as error:
        raise UnreadableFile(f"{name}: it has a password", "save it again without one") from error
    except BaseException as error:
        known = isinstance(error, Exception) or type(error).__name__ == _PANIC
        if isinstance(error, UnreadableFile | MemoryError) or not known:
            raise
        if any(sign in data for sign in _SIGNS):
            again = "open it in a spreadsheet program and save it again as .xlsx"
            raise UnreadableFile(f"{name}: the workbook is broken", again) from None
        raise UnreadableFile(f"{name}: this is no workbook", "send the list that was downloaded here, as .xlsx") from None


def _words(cell: object) -> str:
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
