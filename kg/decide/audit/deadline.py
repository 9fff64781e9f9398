"""Deadlines that are past on the day of their document, and those whose day is in no calendar."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from typing import Final

from kg.decide.audit.finding import Finding, correct
from kg.decide.entries import Corrections
from kg.engine.store import Store

NAME: Final = "deadline"

# 例 2023年2月30日前 · 13月底前
_DAY: Final = re.compile(r"(?:(?P<year>(?:19|20)\d\d)\s*年)?\s*(?P<month>\d{1,2})\s*月(?:\s*(?P<day>\d{1,2})\s*[日号])?")
_LEAP: Final = 2000  # where no year is named, 29 February may be meant


def check(store: Store, _: Corrections) -> Iterator[Finding]:
    rows = store.read(
        "MATCH (d:Document)-[:HAS_TASK]->(t:Task)-[:DUE {inherited: false}]->(x:Deadline) "
        f"WHERE d.loaded = true AND {_DOUBTFUL} "
        f"RETURN t.id AS task, {_SAYS} "
        f"UNION ALL MATCH (d:Document)-[:DUE]->(x:Deadline) WHERE d.loaded = true AND {_DOUBTFUL} "
        f"RETURN null AS task, {_SAYS}"
    ).rows
    for row in sorted(rows, key=lambda row: (row["document_id"], row["start"])):
        due, issued, task = row.pop("due_on"), row.pop("issued_on"), row.pop("task")
        if not due and not _is_no_day(row["quote"]):
            continue
        do = correct("deadline", document=row["document_id"], task=task, quote=row["quote"], kind="none")
        what, why = row["quote"], "there is no such day"
        if due:
            what, why = f"{row['quote']} → {due}", f"the document is of {issued}, later than that"
        yield Finding(NAME, what, why, do, **row)


_DOUBTFUL: Final = "(x.due_on < d.issued_on OR (x.due_on IS NULL AND x.kind = 'within' AND x.quote CONTAINS '月'))"
_SAYS: Final = (
    "x.due_on AS due_on, d.issued_on AS issued_on, d.title AS document, d.id AS document_id, "
    "x.quote AS quote, x.start AS start, x.end AS end"
)


def _is_no_day(words: str) -> bool:
    """Whether `words` name a month, or a day of one, that no calendar has."""
    named = _DAY.search(words)
    if named is None:
        return False
    month, day = int(named["month"]), int(named["day"] or 1)
    return not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(int(named["year"] or _LEAP), month)[1]
