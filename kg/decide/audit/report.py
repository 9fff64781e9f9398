"""Reports that count for nothing: of a document that is held no longer, or that says the task in other words now, or whose task
does not name their unit, as after a correction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from kg.decide.audit.finding import Finding
from kg.decide.entries import Corrections
from kg.engine.store import Store
from kg.words.zh import word

NAME: Final = "report"


def check(store: Store, _: Corrections) -> Iterator[Finding]:
    yield from _without_task(store)
    yield from _without_part(store)


def _without_task(store: Store) -> Iterator[Finding]:
    rows = store.read(
        "MATCH (w:Report) WHERE w.withdraws IS NOT NULL WITH collect(w.withdraws) AS gone "
        "MATCH (r:Report) WHERE r.withdraws IS NULL AND NOT r.id IN gone AND NOT EXISTS { (r)-[:ON]->(:Task) } "
        "OPTIONAL MATCH (d:Document {id: r.document}) WHERE d.loaded = true "
        "RETURN r.agency AS agency, r.state AS state, r.reported_on AS day, r.quote AS task, r.document AS document, "
        "d.title AS title ORDER BY r.order"
    ).rows
    for row in rows:
        what = _told(row)
        if row["title"] is None:
            yield Finding(NAME, what, "its document is not held", f"load {row['document']} again")
        else:
            todo = "report on the task as it is called now"
            yield Finding(NAME, what, "no task of its document has these words now", todo, row["title"], row["document"])


def _without_part(store: Store) -> Iterator[Finding]:
    """The last report of each unit that the task does not name, itself or by a collective that it is in; the same of a report
    that names no unit, where the task names some."""
    rows = store.read(
        "MATCH (r:Report {until: '~'})-[:ON]->(t:Task)<-[:HAS_TASK]-(d:Document) WHERE d.loaded = true "
        "OPTIONAL MATCH (a:Agency)-[:REPORTED]->(r) WITH r, t, d, coalesce(a.id, r.agency_id) AS unit "
        "WHERE CASE WHEN unit IS NULL THEN EXISTS { MATCH (t)<-[:LEADS|PARTICIPATES]-(:Agency) } ELSE NOT EXISTS { "
        "MATCH (t)<-[:LEADS|PARTICIPATES]-(:Agency)<-[:MEMBER_OF]-{0,1}(one:Agency) WHERE one.id = unit } END "
        "RETURN r.id AS id, r.agency AS agency, r.state AS state, r.reported_on AS day, r.quote AS task, "
        "d.id AS document, d.title AS title ORDER BY r.order"
    ).rows
    for row in rows:
        why = "the task does not name this unit: the report counts for nobody" if row["agency"] else _NAMELESS
        yield Finding(NAME, _told(row), why, f"kg report {row['id']} --withdraw", row["title"], row["document"])


_NAMELESS: Final = "the task names units, and the report none: it counts for nobody"


def _told(row: Mapping[str, Any]) -> str:
    return f"{row['agency'] or ''} {word('state', row['state'])}（{row['day']}）：{row['task']}".strip()
