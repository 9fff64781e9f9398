"""Deadlines that are past on the day of their document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.decide.audit.finding import Finding, correct
from kg.decide.entries import Corrections
from kg.engine.store import Store

NAME: Final = "deadline"


def check(store: Store, _: Corrections) -> Iterator[Finding]:
    rows = store.read(
        "MATCH (d:Document)-[:HAS_TASK]->(t:Task)-[:DUE {inherited: false}]->(x:Deadline) "
        "WHERE d.loaded = true AND x.due_on < d.issued_on "
        "RETURN x.due_on AS due_on, d.issued_on AS issued_on, t.id AS task, d.title AS document, d.id AS document_id, "
        "x.quote AS quote, x.start AS start, x.end AS end "
        "UNION ALL MATCH (d:Document)-[:DUE]->(x:Deadline) WHERE d.loaded = true AND x.due_on < d.issued_on "
        "RETURN x.due_on AS due_on, d.issued_on AS issued_on, null AS task, d.title AS document, d.id AS document_id, "
        "x.quote AS quote, x.start AS start, x.end AS end"
    ).rows
    for row in sorted(rows, key=lambda row: (row["document_id"], row["start"])):
        due, issued, task = row.pop("due_on"), row.pop("issued_on"), row.pop("task")
        do = correct("deadline", document=row["document_id"], task=task, quote=row["quote"], kind="none")
        yield Finding(NAME, f"{row['quote']} → {due}", f"the document is of {issued}, later than that", do, **row)
