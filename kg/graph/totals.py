"""What the base holds in all, kept on one node as documents come and go: who asks for it need not look at every document.

Only what an engine does not count by itself: how many nodes a label has, both know. What a document adds depends on that
document alone, so what is kept is what it was, less what the documents of a change added before it, and what they add after it.
A base without the node, as earlier releases wrote them, is counted once.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any, Final, NamedTuple

from neo4j import ManagedTransaction

from kg.engine.store import Store
from kg.graph.rows import GraphRows

ID: Final = "all"
_NAME: Final = "合计"

Totals = dict[str, Any]
"""By the property that keeps it."""

_OF_DOCUMENTS: Final = (
    "MATCH (d:Document) WHERE {0}d.loaded = true "
    # Documents that an earlier release wrote are without these counts.
    "WITH d, coalesce(d.leads, COUNT {{ MATCH (d)-[:HAS_TASK]->(:Task)<-[:LEADS]-(:Agency) }}) AS leads, "
    "coalesce(d.participates, COUNT {{ MATCH (d)-[:HAS_TASK]->(:Task)<-[:PARTICIPATES]-(:Agency) }}) AS participates "
    "RETURN count(d) AS documents, "
    "count(CASE d.review WHEN 'checked' THEN 1 END) AS checked, sum(leads) AS leads, sum(participates) AS participates, "
    "min(d.issued_on) AS first_issued, max(d.issued_on) AS last_issued"
)
_OF_PLACES: Final = "MATCH (p:Place) WHERE {0}EXISTS {{ (p)<-[:CONCERNS]-(:Document) }} RETURN count(p) AS places"
_OF_SOURCES: Final = "MATCH (s:Source) {0}RETURN max(s.loaded_at) AS loaded_at"

_SUMS: Final = ("documents", "checked", "places", "leads", "participates")
_EXTREMES: Final[dict[str, Callable[[Iterable[str]], str]]] = {"first_issued": min, "last_issued": max, "loaded_at": max}


class _Touched(NamedTuple):
    """What a change may change, by ids."""

    documents: list[str]
    places: list[str]
    sources: list[str]


class Counting:
    """Begun before a change is written, in its transaction; `keep` after it."""

    def __init__(self, tx: ManagedTransaction, rows: GraphRows, dropped: Collection[str]) -> None:
        """The change that writes `rows` and drops these documents."""
        self._tx = tx
        documents = sorted({*dropped, *rows.nodes.get("Document", ())})
        held = tx.run(
            "MATCH (d:Document) WHERE d.id IN $ids RETURN COLLECT { MATCH (d)-[:CONCERNS]->(p:Place) RETURN p.id } AS places, "
            "COLLECT { MATCH (d)-[:FROM]->(s:Source) RETURN s.id } AS sources",
            ids=documents,
        ).values()
        concerned = {row["end"] for row in rows.relationships.get(("CONCERNS", "Document", "Place"), {}).values()}
        places, sources = ({id_ for row in held for id_ in row[column]} for column in (0, 1))
        self._touched = _Touched(documents, sorted(places | concerned), sorted(sources.union(rows.nodes.get("Source", ()))))
        self._kept = _kept(tx)
        self._before = _some(tx, self._touched) if self._kept else {}

    def keep(self) -> None:
        """Puts down what is held now."""
        _put(self._tx, self._kept, self._now() if self._kept else _all(self._tx))

    def _now(self) -> Totals:
        after = _some(self._tx, self._touched)
        now = {name: self._kept[name] + after[name] - self._before[name] for name in _SUMS}
        for name, best in _EXTREMES.items():
            kept, came = self._kept[name], after[name]
            now[name] = best([one for one in (kept, came) if one is not None]) if kept or came else None
            if kept and self._before[name] == kept and now[name] != came:  # it may be gone, and then another is the best
                return _all(self._tx)
        return now


def miscounted(store: Store) -> list[str]:
    """What is kept otherwise than a count gives it; nothing where nothing is. Raises what Store.read raises."""
    kept = store.read(_KEPT).rows
    counted = {name: value for cypher in _statements() for name, value in store.read(cypher).rows[0].items()}
    return [f"{name} {row[name]}, not {value}" for row in kept for name, value in counted.items() if row[name] != value]


def count_anew(tx: ManagedTransaction) -> None:
    """Makes right what is kept."""
    _put(tx, _kept(tx), _all(tx))


class Added:
    """The same of documents that are written at once, into a base that holds no others."""

    def __init__(self) -> None:
        self._sums = dict.fromkeys(_SUMS, 0)
        self._best: dict[str, str] = {}
        self._places: set[str] = set()

    def count(self, rows: GraphRows) -> None:
        """Adds documents."""
        for row in rows.nodes["Document"].values():
            held = row["properties"]
            self._sums["documents"] += 1
            self._sums["checked"] += held["review"] == "checked"
            for name in ("leads", "participates"):
                self._sums[name] += held[name]
            self._take(held["issued_on"], "first_issued", "last_issued")
        for row in rows.nodes["Source"].values():
            self._take(row["properties"]["loaded_at"], "loaded_at")
        self._places.update(row["end"] for row in rows.relationships["CONCERNS", "Document", "Place"].values())

    def node(self) -> Iterator[tuple[str, Totals]]:
        """Its id and its properties, if there is one."""
        if self._sums["documents"]:
            yield ID, {**self._sums, "places": len(self._places), **self._best, "name": _NAME}

    def _take(self, day: str | None, *names: str) -> None:
        if day:
            self._best |= {name: _EXTREMES[name]([day, self._best.get(name, day)]) for name in names}


_KEPT: Final = "MATCH (t:Total) RETURN " + ", ".join(f"t.{name} AS {name}" for name in (*_SUMS, *_EXTREMES))


def _statements(*some: str) -> list[str]:
    return [text.format(part) for text, part in zip((_OF_DOCUMENTS, _OF_PLACES, _OF_SOURCES), some or ("",) * 3, strict=True)]


def _kept(tx: ManagedTransaction) -> Totals:
    """Nothing where an earlier release kept less."""
    kept = [row.data() for row in tx.run(_KEPT)]
    return next((row for row in kept if None not in map(row.get, _SUMS)), {})


def _put(tx: ManagedTransaction, kept: Totals, now: Totals) -> None:
    """In place of what is `kept`, as far as it is another; nothing where no document is held."""
    if not now["documents"]:
        tx.run("MATCH (t:Total) DELETE t").consume()
    elif now != kept:
        tx.run("MERGE (t:Total {id: $id}) SET t += $now, t.name = $name", id=ID, now=now, name=_NAME).consume()


def _all(tx: ManagedTransaction) -> Totals:
    return {name: value for cypher in _statements() for row in tx.run(cypher) for name, value in row.data().items()}


def _some(tx: ManagedTransaction, touched: _Touched) -> Totals:
    statements = _statements("d.id IN $ids AND ", "p.id IN $ids AND ", "WHERE s.id IN $ids ")
    runs = zip(statements, touched, strict=True)
    return {name: value for cypher, ids in runs for row in tx.run(cypher, ids=ids) for name, value in row.data().items()}
