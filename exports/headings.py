"""What a file that people read is called, and its columns."""

from __future__ import annotations

import re

from kg.ask.signature import Column
from kg.words import zh


def heading(column: Column) -> str:
    """The Chinese heading of a column, or its name where nobody gave it one."""
    words = zh.table()
    named = words["column"].get(column.name, column.name)
    return words["count"].get(column.name, named) if column.type.name == "integer" and not column.type.many else named


def file_called(words: str, ending: str) -> str:
    """`words` as the name of a file, on every system."""
    return re.sub(r'[\\/:*?"<>|\s\x00-\x1f\x7f]+', "_", words)[:120] + f".{ending}"
