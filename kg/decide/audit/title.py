"""Documents of one title, of which one may be there twice."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from typing import Final

from kg.decide.audit.finding import Finding, grouped
from kg.decide.entries import Corrections
from kg.engine.store import Store

NAME: Final = "title"


def check(store: Store, _: Corrections) -> Iterator[Finding]:
    rows = store.read(
        "MATCH (d:Document)-[:FROM]->(s:Source) WHERE d.loaded = true AND d.title <> '' "
        "RETURN d.id AS document_id, d.title AS document, s.name AS source, d.start AS start, d.end AS end ORDER BY document_id"
    ).rows
    for row in rows:
        row["plain"] = "".join(row["document"].split())
    for group in grouped(rows, "plain").values():
        if len(group) > 1:
            last = group[-1]
            where = "; ".join(f"{row['document_id']} ({row['source']})" for row in group)
            evidence = {k: last[k] for k in ("document", "document_id", "start", "end")}
            why = f"{len(group)} documents have this title: {where}"
            yield Finding(NAME, last["document"], why, f"kg remove {shlex.quote(last['document_id'])}", **evidence)
