"""What each role may do: one table, by method and route."""

from __future__ import annotations

import re
from typing import Final

from kg.people.keys import Role

NEEDED: Final[dict[tuple[str, str], Role]] = {
    ("GET", "/acts"): "admin",
    ("POST", "/extract"): "read",  # stores nothing; to have it noted in the account of loads needs load
    ("POST", "/decisions"): "check",
    ("POST", "/decisions/preview"): "check",
    ("DELETE", "/decisions/{decision}"): "check",
    ("POST", "/documents/{document}/review"): "check",
    ("POST", "/reports"): "report",
    ("POST", "/reports/workbook"): "report",
    ("DELETE", "/reports/{report}"): "report",
    ("POST", "/documents"): "load",
}
"""Routes that need another role than a question, which needs `read`. Keys are made on the machine itself, by no route."""


def needed(method: str, path: str) -> Role:
    """The role that a request needs: of what changes something and stands in no table, admin."""
    method = "GET" if method in ("HEAD", "OPTIONS") else method
    named = (role for (m, route), role in NEEDED.items() if m == method and _pattern(route).fullmatch(path))
    return next(named, "read" if method == "GET" else "admin")


def of_mcp(_: str, __: str) -> Role:
    """What an agent's request needs: its tools only read."""
    return "read"


def _pattern(route: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\{\w+\\}", "[^/]{1,300}", re.escape(route)))
