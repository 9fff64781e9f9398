"""A workbook that somebody filled in and sent back -> its cells as text, hidden ones too: that is where its keys are."""

from __future__ import annotations

import datetime
import io
from typing import Final

from python_calamine import CalamineWorkbook

from kg.errors import UnreadableFile

_PANIC: Final = "PanicException"  # of the library, which is in Rust; it is no Exception


def read_cells(data: bytes, name: str) -> dict[str, list[list[str]]]:
    """Sheet -> rows from the first on -> cells from the first on; a day as ISO 8601. Raises UnreadableFile."""
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            sheets = [book.get_sheet_by_name(sheet) for sheet in book.sheet_names]
            return {sheet.name: [list(map(_words, row)) for row in sheet.to_python(skip_empty_area=False)] for sheet in sheets}
    except BaseException as error:
        known = isinstance(error, Exception) or type(error).__name__ == _PANIC
        if isinstance(error, UnreadableFile | MemoryError) or not known:
            raise
        again = "open it in a spreadsheet program and save it again as .xlsx"
        raise UnreadableFile(f"{name}: no workbook, or a broken one ({type(error).__name__})", again) from None


def _words(cell: object) -> str:
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
