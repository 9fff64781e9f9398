"""What is run in one transaction: documents go, rows come, and what nothing uses any more goes too.

Every transaction settles anew where the citations of a 文号 that comes or goes point to, so that what a base holds depends on
the documents in it, not on the order in which they came.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from neo4j import ManagedTransaction

from kg import schema
from kg.graph.reports import link
from kg.graph.rows import Cite, GraphRows, found_by
from kg.graph.totals import Counting
from kg.graph.workload import HELD, Assignment, Workloads, assignments


def change(tx: ManagedTransaction, rows: GraphRows, dropped: Collection[str]) -> list[str]:
    """Drops the documents `dropped` and writes `rows`, then deletes what is left behind. Returns the sources that went."""
    ids = sorted(dropped)
    numbers = {row["properties"]["doc_number"] for row in rows.nodes.get("Document", {}).values()}
    behind: dict[str, list[str]] = {}
    added, taken, counting = Workloads(assignments(rows)), Workloads(), Counting(tx, rows, dropped)
    if ids:
        taken.count(Assignment(**row.data()) for row in tx.run(HELD, ids=ids))
        numbers.update(_column(tx, "MATCH (n:Document) WHERE n.id IN $ids RETURN n.doc_number", ids=ids))
        behind = _reach(tx, ids)
    cites = [*rows.citations, *_citing(tx, sorted(numbers - {None}), ids)]
    if ids:
        _drop(tx, ids)
    for label, nodes in rows.nodes.items():
        _each(tx, schema.merge_nodes(label), nodes.values())
    for ends, relationships in rows.relationships.items():
        _each(tx, schema.merge_relationships(*ends), relationships.values())
    agencies = [id_ for label in _AGENCIES for id_ in rows.nodes.get(label, ())]
    _each(tx, _UNLINK, [{"start": start, "end": end} for start, end in rows.unlinked])
    members = [row.data() for row in tx.run(_MEMBERS, ids=agencies)] if agencies else []
    _each(tx, schema.merge_relationships("MEMBER_OF", "Agency", "Agency"), members)
    cited = behind.get("Document", [])
    if cites or cited:
        behind["Document"] = _settle(tx, cites, cited)
    gone = _sweep(tx, behind)
    counting.keep()
    concerned = _names(tx, rows, {*agencies, *behind.get("Agency", ())}, behind.get("Agency", ()))
    for row in concerned:
        row["more"] = (added[row["id"]] - taken[row["id"]]).tolist()
    _each(tx, _SET_AGENCIES, concerned)
    link(tx, {*ids, *rows.nodes.get("Document", ())}, numbers - {None}, agencies)
    return gone


def forget_bigrams(tx: ManagedTransaction) -> None:
    """From now on every document counts as read by other rules: links of tasks need no longer follow from what is held."""
    _run(tx, "MATCH (d:Document) REMOVE d.bigrams")


def clear(tx: ManagedTransaction, label: str) -> None:
    """Deletes every node of this label."""
    _run(tx, f"MATCH (n:{label}) DETACH DELETE n")


_UNLINK = (  # of both ends, or the embedded engine reads all that one is linked to
    "UNWIND $rows AS row MATCH (a:Task {id: row.start}) MATCH (b:Task {id: row.end}) MATCH (a)-[r:SIMILAR_TO]->(b) DELETE r"
)
_AGENCIES = ("Agency", f"Agency:{schema.COLLECTIVE}")
_BOUND = (
    "(a.rank IN c.members OR a.post IN c.members) AND c.binds = 'all' AND c.resolved "
    "RETURN a.id AS start, c.id AS end, {} AS properties"
)
_MEMBERS = (
    "MATCH (a:Agency)-[:IN]->(:Place)-[:PART_OF*0..]->(:Place)<-[:IN]-(c:Collective) "
    f"WHERE a.id IN $ids AND {_BOUND} "
    "UNION MATCH (c:Collective)-[:IN]->(:Place)<-[:PART_OF*0..]-(:Place)<-[:IN]-(a:Agency) "
    f"WHERE c.id IN $ids AND {_BOUND} "
    f"UNION MATCH (a:Agency), (c:Collective {{level: 'nation'}}) WHERE a.id IN $ids AND {_BOUND} "
    f"UNION MATCH (a:Agency), (c:Collective {{level: 'nation'}}) WHERE c.id IN $ids AND {_BOUND}"
)
"""Which of these agencies a collective binds, and whom these collectives bind: those of its ranks at its place and below."""


_SET_AGENCIES = (
    "UNWIND $rows AS row MATCH (a:Agency {id: row.id}) "
    "SET a.printed = row.printed, a.words = row.words, a.sounds = row.sounds, a.letters = row.letters, "
    "a.workload = [i IN range(0, size(row.more) - 1) | coalesce(a.workload[i], 0) + row.more[i]]"
)


def _names(tx: ManagedTransaction, rows: GraphRows, ids: Collection[str], lost: Collection[str]) -> list[dict[str, Any]]:
    """What documents call each of these agencies that is left, and what search finds it by. Those that `lost` some of what they
    had are asked anew; others keep what they were called, for they may have thousands of tasks, and get what `rows` call them.
    """
    said: dict[str, set[str]] = defaultdict(set)
    for role in ("LEADS", "PARTICIPATES"):
        for row in rows.relationships.get((role, "Agency", "Task"), {}).values():
            said[row["start"]].add(row["properties"]["name"])
    agencies = tx.run(
        "MATCH (a:Agency) WHERE a.id IN $lost OPTIONAL MATCH (a)-[r:LEADS|PARTICIPATES]->(:Task) "
        "RETURN a.id AS id, a.name AS name, a.short AS short, collect(DISTINCT r.name) AS printed "
        "UNION ALL MATCH (a:Agency) WHERE a.id IN $kept "
        "RETURN a.id AS id, a.name AS name, a.short AS short, coalesce(a.printed, []) AS printed",
        lost=sorted(lost),
        kept=sorted({*ids} - {*lost}),
    )
    return [{"id": r["id"], **found_by(r["name"], r["short"], {*r["printed"], *said[r["id"]]})} for r in agencies]


def _reach(tx: ManagedTransaction, ids: list[str]) -> dict[str, list[str]]:
    """What may be left behind when these documents go: ids by label."""
    agencies = _column(
        tx,
        "MATCH (d:Document)-[:HAS_TASK]->()<-[:LEADS|PARTICIPATES]-(n:Agency) WHERE d.id IN $ids RETURN DISTINCT n.id AS id "
        "UNION MATCH (d:Document)<-[:ISSUED]-(n:Agency) WHERE d.id IN $ids RETURN DISTINCT n.id AS id",
        ids=ids,
    )
    functions = "MATCH (a:Agency)-[:PERFORMS]->(n:Function) WHERE a.id IN $ids RETURN DISTINCT n.id"
    places = (
        "MATCH (a:Agency)-[:IN]->(:Place)-[:PART_OF*0..]->(n:Place) WHERE a.id IN $agencies RETURN DISTINCT n.id AS id "
        "UNION MATCH (d:Document)-[:CONCERNS]->(:Place)-[:PART_OF*0..]->(n:Place) WHERE d.id IN $ids RETURN DISTINCT n.id AS id"
    )
    return {
        "Agency": agencies,
        "Function": _column(tx, functions, ids=agencies),
        "Place": _column(tx, places, ids=ids, agencies=agencies),
        "Document": _column(tx, "MATCH (d:Document)-[:CITES]->(n:Document) WHERE d.id IN $ids RETURN DISTINCT n.id", ids=ids),
        "Source": _column(tx, "MATCH (d:Document)-[:FROM]->(n:Source) WHERE d.id IN $ids RETURN DISTINCT n.id", ids=ids),
    }


def _drop(tx: ManagedTransaction, ids: list[str]) -> None:
    for pattern in ("-[:HAS_TASK]->(:Task)-[:DUE]->(n:Deadline)", "-[:HAS_TASK|STATES|DUE]->(n)"):
        _run(tx, f"MATCH (d:Document){pattern} WHERE d.id IN $ids WITH DISTINCT n DETACH DELETE n", ids=ids)
    _run(tx, "MATCH (n:Document) WHERE n.id IN $ids DETACH DELETE n", ids=ids)


_UNUSED = {
    "Agency": "NOT EXISTS { (n)-[:LEADS|PARTICIPATES|ISSUED]->() }",
    "Function": "NOT EXISTS { ()-[:PERFORMS]->(n) }",
    "Place": "NOT EXISTS { ()-[:IN|CONCERNS|PART_OF]->(n) }",
    "Document": "NOT n.loaded AND NOT EXISTS { ()-[:CITES]->(n) }",
    "Source": "NOT EXISTS { ()-[:FROM]->(n) }",
}
"""In this order: what an agency held up may fall once it is gone."""


def _sweep(tx: ManagedTransaction, behind: dict[str, list[str]]) -> list[str]:
    """Deletes those of `behind` that nothing uses any more, and returns the sources among them."""
    sources: list[str] = []
    for label, unused in _UNUSED.items():
        find = f"MATCH (n:{label}) WHERE n.id IN $ids AND {unused} RETURN n.id"
        # Again until none is found: a place may have held up the one above it.
        while (ids := behind.get(label)) and (unused_ids := _column(tx, find, ids=ids)):
            _run(tx, f"MATCH (n:{label}) WHERE n.id IN $ids DETACH DELETE n", ids=unused_ids)
            if label == "Source":
                sources += unused_ids
    return sources


def _citing(tx: ManagedTransaction, numbers: list[str], dropped: list[str]) -> list[Cite]:
    """How documents that stay cite these 文号, and where each citation points to, if that stays too."""
    if not numbers:
        return []
    rows = tx.run(
        "MATCH (d:Document)-[c:CITES]->(n:Document) WHERE n.doc_number IN $numbers AND NOT d.id IN $dropped "
        "RETURN d.id AS document, n.doc_number AS number, c.title AS title, properties(c) AS properties, "
        "CASE WHEN n.id IN $dropped THEN null ELSE n.id END AS target",
        numbers=numbers,
        dropped=dropped,
    )
    return [Cite(**row.data()) for row in rows]


def _aim(tx: ManagedTransaction, cites: list[Cite]) -> list[str]:
    """What each citation means."""
    loaded: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in tx.run(
        "MATCH (d:Document) WHERE d.doc_number IN $numbers AND d.loaded "
        "RETURN d.doc_number AS number, d.id AS id, d.title AS title ORDER BY id",
        numbers=sorted({c.number for c in cites if c.number}),
    ):
        loaded[row["number"]].append((row["id"], row["title"]))
    return [c.meant(loaded) for c in cites]


def _settle(tx: ManagedTransaction, cites: list[Cite], lost: list[str]) -> list[str]:
    """Points each citation to what it means, and gives every stub concerned the title it is cited by now.

    `lost`: stubs that have lost a citation; returns them with those that lose one here.
    """
    moved = [(cite, target) for cite, target in zip(cites, _aim(tx, cites), strict=True) if target != cite.target]
    left = [{"start": cite.document, "end": cite.target} for cite, _ in moved if cite.target]
    stubs = {
        target: {"id": target, "properties": {"doc_number": cite.number, "loaded": False}}
        for cite, target in moved
        if target == cite.stub
    }
    links = [{"start": cite.document, "end": target, "properties": cite.properties} for cite, target in moved]
    unlink = "UNWIND $rows AS row MATCH (:Document {id: row.start})-[c:CITES]->(:Document {id: row.end}) DELETE c"
    _each(tx, unlink, left)
    _each(tx, schema.merge_nodes("Document"), stubs.values())
    _each(tx, schema.merge_relationships("CITES", "Document", "Document"), links)

    lost = [*lost, *(row["end"] for row in left if row["end"])]
    # Which title a 文号 is cited by may differ from document to document; the least depends on no order. It is asked anew of
    # those that lost a citation, for thousands of documents may cite the others.
    title = (
        "UNWIND $rows AS row MATCH (:Document)-[c:CITES]->(n:Document {id: row, loaded: false}) WITH n, min(c.title) AS title "
        "SET n.title = title"
    )
    _each(tx, title, sorted(set(lost)))
    less = (
        "UNWIND $rows AS row MATCH (n:Document {id: row.id, loaded: false}) WITH n, min(row.title) AS title "
        "WHERE n.title IS NULL OR title < n.title SET n.title = title"
    )
    _each(tx, less, [{"id": target, "title": cite.title} for cite, target in moved if target in stubs and cite.title])
    return lost


def _each(tx: ManagedTransaction, cypher: str, rows: Collection[object]) -> None:
    """Runs what unwinds $rows; nothing where there are none."""
    if rows:
        _run(tx, cypher, rows=list(rows))


def _run(tx: ManagedTransaction, cypher: str, **parameters: object) -> None:
    tx.run(cypher, parameters).consume()


def _column(tx: ManagedTransaction, cypher: str, **parameters: object) -> list[Any]:
    return [record[0] for record in tx.run(cypher, parameters)]
