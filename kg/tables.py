"""Rows -> the text of a CSV file that a spreadsheet opens as a clerk expects."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

BOM: Final = "\ufeff"
"""Without it Excel takes UTF-8 for the system's own charset and shows 司法局 as 鍙告硶灞€."""

_FORMULA: Final = tuple("=+-@\t\r\n＝＋－＠")


def to_csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """A header and one line per row, CRLF at line ends, with a BOM."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([guarded(cell(row[column])) for column in columns] for row in rows)
    return BOM + out.getvalue()


def cell(value: object) -> str:
    """What one cell says. Of a map, its first field, which a reader looks for; a list is joined by ；, each said once."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "；".join(dict.fromkeys(cell(item) for item in value))
    if isinstance(value, Mapping):
        return cell(next(iter(value.values()), None))
    return str(value)


def guarded(text: str) -> str:
    """`text`, with ' before it where a spreadsheet would run it as a formula: documents come from anywhere."""
    return "'" + text if text.startswith(_FORMULA) else text
