"""Reports whose task is gone: of a document that is held no longer, or that says it in other words now."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.decide.audit.finding import Finding
from kg.decide.entries import Corrections
from kg.engine.store import Store
from kg.words.zh import word

NAME: Final = "report"


def check(store: Store, _: Corrections) -> Iterator[Finding]:
    rows = store.read(
        "MATCH (w:Report) WHERE w.withdraws IS NOT NULL WITH collect(w.withdraws) AS gone "
        "MATCH (r:Report) WHERE r.withdraws IS NULL AND NOT r.id IN gone AND NOT EXISTS { (r)-[:ON]->(:Task) } "
        "OPTIONAL MATCH (d:Document {id: r.document}) WHERE d.loaded = true "
        "RETURN r.agency AS agency, r.state AS state, r.reported_on AS day, r.quote AS task, r.document AS document, "
        "d.title AS title ORDER BY r.order"
    ).rows
    for row in rows:
        what = f"{row['agency'] or ''} {word('state', row['state'])}（{row['day']}）：{row['task']}".strip()
        if row["title"] is None:
            yield Finding(NAME, what, "its document is not held", f"load {row['document']} again")
        else:
            todo = "report on the task as it is called now"
            yield Finding(NAME, what, "no task of its document has these words now", todo, row["title"], row["document"])
