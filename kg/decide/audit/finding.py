"""What a check gives: a finding, made of rows of the graph, with the command that a person may paste."""

from __future__ import annotations

import shlex
from collections import defaultdict
from dataclasses import dataclass
from typing import Any, Final

COLUMNS: Final = ("check", "what", "why", "document", "document_id", "quote", "start", "end", "do")

WORDS: Final = ("document", "document_id", "quote", "start", "end")
"""The columns of a row that say which words show it; a finding takes them as they are."""


@dataclass(frozen=True, slots=True)
class Finding:
    """`what` is doubtful and `why`, the words that show it (quote and offsets are None where it is not a matter of words), and
    the command to run if a person agrees."""

    check: str
    what: str
    why: str
    do: str
    document: str | None = None
    document_id: str | None = None
    quote: str | None = None
    start: int | None = None
    end: int | None = None

    @property
    def entry(self) -> dict[str, str] | None:
        """The fields of the correction that `do` would write, its reason aside; None where `do` is none."""
        words = shlex.split(self.do)
        if words[:2] != ["kg", "correct"]:
            return None
        given = dict(zip(words[3::2], words[4::2], strict=False))
        return {"change": words[2]} | {name.removeprefix("--"): value for name, value in given.items() if name != "--reason"}

    def __str__(self) -> str:
        words = f" “{' '.join(self.quote.split())}” [{self.start}:{self.end}]" if self.quote else ""
        where = f"\n    in {self.document_id}{words}" if self.document_id else ""
        return f"{self.check}: {self.what}{where}\n    {self.why}\n    {self.do}"


def correct(change: str, **options: str | None) -> str:
    """A command to paste; the reason is left for the person."""
    words = ["kg", "correct", change]
    for name, value in options.items():
        words += [f"--{name}", value] if value else []
    return f"{shlex.join(words)} --reason …"


def grouped(rows: list[dict[str, Any]], key: str) -> dict[Any, list[dict[str, Any]]]:
    """The rows by what stands in the column `key`, in the order in which it is first met."""
    groups: dict[Any, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        groups[row[key]].append(row)
    return groups
