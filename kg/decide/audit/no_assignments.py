"""Documents with tasks of which none names anybody."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from typing import Final

from kg.decide.audit.finding import Finding
from kg.decide.entries import Corrections
from kg.engine.store import Store

NAME: Final = "no-assignments"


def check(store: Store, _: Corrections) -> Iterator[Finding]:
    rows = store.read(
        "MATCH (d:Document) WHERE d.loaded = true "
        "AND NOT EXISTS { (d)-[:HAS_TASK]->(:Task)<-[:LEADS|PARTICIPATES]-(:Agency) } "
        "RETURN d.title AS document, d.id AS document_id, d.start AS start, d.end AS end, "
        "COUNT { (d)-[:HAS_TASK]->() } AS tasks ORDER BY document_id"
    ).rows
    for row in rows:
        why = f"of its {row.pop('tasks')} tasks none names anybody"
        do = f"kg query document-tasks --document {shlex.quote(row['document_id'])}"
        yield Finding(NAME, row["document"], why, do, **row)
