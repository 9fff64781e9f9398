"""What a cell says: on a terminal, to a person who reads it there; in CSV, where nothing may be lost."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, Protocol

BOM: Final = "\ufeff"
"""Without it Excel takes UTF-8 for the system's own charset and shows 司法局 as 鍙告硶灞€."""

_LIVE: Final = re.compile("'*(?:[=+@\t\r\n＝＋－＠]|-(?!:))")
"""How a cell begins that a spreadsheet would run as a formula, or that would look as if it had been guarded. An id without
place, -:司法部, is left as it is: no formula begins so."""


_FIRST: Final = frozenset("'=+-@\t\r\n＝＋－＠")
"""With what such a cell begins; most need no closer look."""


def cell(value: object) -> str:
    """What one cell says on a terminal. Of a map, its first field, which a reader looks for; a list is joined by ；, each said
    once."""
    if isinstance(value, list):
        return "；".join(dict.fromkeys(cell(item) for item in value))
    if isinstance(value, Mapping):
        return cell(next(iter(value.values()), None))
    return full_cell(value)


def full_cell(value: object) -> str:
    """What one cell of a file says: a list or a map as JSON."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list | Mapping):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


class Text(Protocol):
    """Where text is written to, whatever its encoding."""

    def write(self, text: str, /) -> object: ...


def write_csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]], out: Text) -> None:
    """A header and one line a row, with a BOM, CRLF at line ends. Lists and maps are JSON, nothing is an empty cell.

    Documents come from anywhere, so a cell that a spreadsheet would run as a formula gets ' before it, and so does one that
    already looks like that: whoever takes one ' off what begins so has the exact words again.
    """
    out.write(BOM)
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_guarded(row[column]) for column in columns] for row in rows)


def to_csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """What write_csv writes."""
    out = io.StringIO()
    write_csv(columns, rows, out)
    return out.getvalue()


def _guarded(value: object) -> str:
    if isinstance(value, str):
        return "'" + value if value[:1] in _FIRST and _LIVE.match(value) else value
    return full_cell(value)  # a number is no formula, and JSON begins with a bracket
