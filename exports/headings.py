"""What a column is called in a file that people read."""

from __future__ import annotations

from kg.ask.signature import Column
from kg.words import zh


def heading(column: Column) -> str:
    """The Chinese heading of a column, or its name where nobody gave it one."""
    words = zh.table()
    named = words["column"].get(column.name, column.name)
    return words["count"].get(column.name, named) if column.type.name == "integer" and not column.type.many else named
