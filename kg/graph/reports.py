"""Reports in the graph: a copy of the journal, joined to tasks and units as they are held now.

Each transaction that changes documents joins the reports on them anew (`link`), so that one follows its task through new rules,
a changed file and a corrected name; one whose task is gone stays, joined to nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial
from typing import Any

from neo4j import ManagedTransaction

from kg import schema
from kg.decide.journal import Journal
from kg.decide.reports import FINISHED, Key, Report, Worded, meant
from kg.engine.store import Store


def restore(store: Store, journal: Journal[Report]) -> None:
    """Writes what the journal holds and the graph does not: another engine's, of a writer that was killed, or as an earlier
    release kept it. Raises BadJournal, and what Store.write raises."""
    if (kept := len(journal)) and kept > _count(store):
        with store.writing():
            store.write(partial(write, reports=journal.read(), first=0))


def _count(store: Store) -> int:
    return int(store.read("MATCH (r:Report) RETURN count(r.until) AS reports").rows[0]["reports"])


def write(tx: ManagedTransaction, reports: Sequence[Report], first: int) -> None:
    """Writes reports that stand in the journal from line `first` on, counted from 0."""
    rows = [{"id": report.id, "properties": _properties(report) | {"order": n}} for n, report in enumerate(reports, first)]
    tx.run(schema.merge_nodes("Report"), rows=rows).consume()
    link(tx, {report.document for report in reports}, {report.doc_number for report in reports if report.doc_number})


def _properties(report: Report) -> dict[str, Any]:
    said = report.model_dump(exclude={"date", "by", "at"})
    return said | {
        "finished": report.state in FINISHED,
        "reported_on": report.date.isoformat(),
        "reported_by": report.by,
        "kept_at": report.at.isoformat(),
    }


def link(tx: ManagedTransaction, documents: Collection[str], numbers: Collection[str], agencies: Collection[str] = ()) -> None:
    """Joins the reports on these documents, given by id and by 文号, and of these agencies to the tasks and units they mean."""
    found = tx.run(_CONCERNED, ids=sorted(documents), numbers=sorted(numbers), agencies=sorted(agencies))
    reports = sorted((row.data() for row in found), key=lambda row: row["nth"])
    if not reports:
        return
    ids = [row["id"] for row in reports]
    for statement in _UNJOIN:
        tx.run(statement, ids=ids).consume()
    keys = [Key(row["document"], row["doc_number"], row["task"], row["quote"]) for row in reports]
    worded = tx.run(
        _TASKS, ids=sorted({key.document for key in keys}), numbers=sorted({k.doc_number for k in keys if k.doc_number})
    )
    tasks = [Worded(*row.values()) for row in worded]
    for row, key in zip(reports, keys, strict=True):
        row["on"] = meant(key, tasks)
    _join_units(tx, reports)
    in_order = [row for row in reports if row["on"]]  # that of the journal
    gone = {row["withdraws"] for row in reports}
    counts = [row for row in in_order if not row["withdraws"] and row["id"] not in gone]
    joined = [{"start": row["id"], "end": row["on"], "properties": {}} for row in in_order]
    said = [{"start": row["unit"], "end": row["id"], "properties": {}} for row in reports if row["unit"]]
    tx.run(schema.merge_relationships("ON", "Report", "Task"), rows=joined).consume()
    tx.run(schema.merge_relationships("REPORTED", "Agency", "Report"), rows=said).consume()
    until = dict.fromkeys(ids, "") | _until(counts)
    tx.run(_SET_UNTIL, rows=[{"id": id_, "until": day} for id_, day in until.items()]).consume()


def _until(counts: Sequence[dict[str, Any]]) -> dict[str, str]:
    """Of each of these reports, in their order, the day from which a later one of its unit on its task counts instead: a report
    counts from the day that it speaks of until then, so that each day has its own last report."""
    found: dict[str, str] = {}
    later: dict[tuple[str, str | None], str] = {}
    for row in reversed(counts):
        of = (row["on"], row["unit"] or row["agency"])
        found[row["id"]] = later.get(of, _STILL)
        later[of] = min(found[row["id"]], row["day"])
    return found


def _join_units(tx: ManagedTransaction, reports: Sequence[dict[str, Any]]) -> None:
    """Says of each report which unit it is of: by its id, else the one of its task that has its name now, as after a merge."""
    known = {row["id"] for row in tx.run(_UNITS, ids=sorted({row["agency_id"] for row in reports if row["agency_id"]}))}
    tasks = sorted({row["on"] for row in reports if row["on"]})
    units = [row.data() for row in tx.run(_UNITS_OF_TASKS, ids=tasks)]
    for row in reports:
        id_ = row["agency_id"]
        row["unit"] = id_ if id_ in known else _renamed(row, units) if id_ else None


def _renamed(report: dict[str, Any], units: Sequence[dict[str, Any]]) -> str | None:
    """The unit of its task, at its place, that is called now, or in documents, what the report calls its own."""
    place = report["agency_id"].partition(":")[0] + ":"
    ours = (unit for unit in units if unit["task"] == report["on"] and unit["id"].startswith(place))
    return next((u["id"] for u in ours if report["agency"].endswith((u["name"], *(u["printed"] or ())))), None)


_CONCERNED = " UNION ".join(
    f"MATCH (r:Report) WHERE r.{keyed} RETURN r.id AS id, r.document AS document, r.doc_number AS doc_number, r.task AS task, "
    "r.quote AS quote, r.agency AS agency, r.agency_id AS agency_id, r.withdraws AS withdraws, r.reported_on AS day, "
    "r.order AS nth"
    for keyed in ("document IN $ids", "doc_number IN $numbers", "agency_id IN $agencies")
)
_UNJOIN = (
    "MATCH (r:Report)-[on:ON]->(:Task) WHERE r.id IN $ids DELETE on",
    "MATCH (:Agency)-[said:REPORTED]->(r:Report) WHERE r.id IN $ids DELETE said",
)
_TASKS = (
    "MATCH (d:Document)-[:HAS_TASK]->(t:Task) WHERE d.id IN $ids AND d.loaded "
    "RETURN d.id AS document, d.doc_number AS doc_number, t.id AS id, t.number AS number, t.title AS title, t.text AS words "
    "UNION MATCH (d:Document)-[:HAS_TASK]->(t:Task) WHERE d.doc_number IN $numbers AND d.loaded "
    "RETURN d.id AS document, d.doc_number AS doc_number, t.id AS id, t.number AS number, t.title AS title, t.text AS words"
)
_UNITS = "MATCH (a:Agency) WHERE a.id IN $ids RETURN a.id AS id"
_UNITS_OF_TASKS = (
    "MATCH (t:Task)<-[:LEADS|PARTICIPATES]-(a:Agency) WHERE t.id IN $ids "
    "RETURN DISTINCT t.id AS task, a.id AS id, a.name AS name, a.printed AS printed"
)
_SET_UNTIL = "UNWIND $rows AS row MATCH (r:Report {id: row.id}) SET r.until = row.until"
_STILL = "~"  # after each day
