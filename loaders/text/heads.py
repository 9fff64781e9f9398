"""The head of a table: what each of its columns holds, by the words above it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from loaders.patterns import (
    HEAD_DUE,
    HEAD_DUTIES,
    HEAD_FIRST_LEADS,
    HEAD_LEAD,
    HEAD_NO_TASK,
    HEAD_NUMBER,
    HEAD_OF_TASKS,
    HEAD_PLAIN,
    HEAD_SUPPORT,
    HEAD_TASK,
    HEAD_UNIT,
)
from loaders.text.view import squeezed

if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

    from kg.model import Span

Kind = Literal["number", "task", "lead", "support", "plain", "first leads", "due", "other"]

ANSWERS: Final = frozenset({"lead", "support", "plain", "first leads"})
LONGEST_HEAD: Final = 30  # code points of the longest cell of a head
MOST_COLUMNS: Final = 16
_OTHER_HEADS: Final[tuple[tuple[re.Pattern[str], Kind], ...]] = (
    (HEAD_NUMBER, "number"),
    (HEAD_PLAIN, "plain"),
    (HEAD_DUE, "due"),
    (HEAD_TASK, "task"),
)


def head_words(plain: str, cell: Span) -> str:
    """The words of a head without blanks and brackets: 完 成\\n时 限 is 完成时限, 责任(牵头)单位 is 责任牵头单位."""
    return "".join(c for c in squeezed(cell.of(plain)) if c not in "()[]")


def columns_of(heads: Sequence[str]) -> list[Kind] | None:
    """What the columns under `heads` hold, None if they are not those of a table of tasks.

    Beside a 牵头 column the units of a 责任 column take part; alone they all lead.
    """
    if not 2 <= len(heads) <= MOST_COLUMNS or any(len(head) > LONGEST_HEAD for head in heads):
        return None
    kinds = [_kind_of(head) for head in heads]
    unwelcome = any(HEAD_NO_TASK.search(head) for head in heads)
    if not ANSWERS.intersection(kinds):
        unit = next((n for n, head in enumerate(heads) if HEAD_UNIT.fullmatch(head)), None)
        if unwelcome:
            return None
        if unit is not None and any(HEAD_DUTIES.search(head) for head in heads) and len(heads) <= 4:
            kinds[unit] = "plain"
        elif "number" not in kinds or not any(HEAD_OF_TASKS.search(head) for head in heads):
            return None
    if all(kind in ("number", "due", *ANSWERS) for kind in kinds):
        return None  # nothing says what is to be done
    if "lead" in kinds:
        kinds = ["support" if kind == "plain" else kind for kind in kinds]
    return kinds


def _kind_of(head: str) -> Kind:
    lead, support = HEAD_LEAD.search(head), HEAD_SUPPORT.search(head)
    if HEAD_FIRST_LEADS.search(head) or (lead and support):
        return "first leads"
    if lead:
        return "lead"
    if support:
        return "plain" if "责任" in head else "support"
    return next((kind for pattern, kind in _OTHER_HEADS if pattern.search(head)), "other")
