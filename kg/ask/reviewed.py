"""How much of what an answer shows comes from documents that people have checked (已核)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from kg.ask.queries import Given, Query
from kg.engine.store import Store

_COUNTED: Final = "RETURN count(d) AS documents, count(CASE d.review WHEN 'checked' THEN 1 END) AS checked"
_NAMED: Final = f"MATCH (d:Document) WHERE d.id IN $ids AND d.loaded = true {_COUNTED}"
_ALL: Final = "MATCH (t:Total {id: 'all'}) WHERE t.checked IS NOT NULL RETURN t.documents AS documents, t.checked AS checked"
"""Not there where an earlier release wrote last."""
_FROM: Final = {
    "document": "MATCH (d:Document {id: $document})",
    "place": "MATCH (:Place {id: $place})<-[:PART_OF]-{0,3}(:Place)<-[:CONCERNS]-(d:Document)",
}
"""What is asked of documents, and where these are found."""
_LET_IN: Final = (
    " WHERE d.loaded = true AND ($year IS NULL OR d.year = $year) AND ($issued_from IS NULL OR d.issued_on >= $issued_from) "
    "AND ($issued_to IS NULL OR d.issued_on <= $issued_to) "
    "AND ($review IS NULL OR coalesce(d.review, 'unchecked') = $review) "
    "AND (($place IS NULL AND $level IS NULL) "
    "OR ($place IS NULL AND $level = 'nation' AND NOT EXISTS { (d)-[:CONCERNS]->(:Place) } "
    "AND EXISTS { (d)<-[:ISSUED]-(:Agency {level: 'nation'}) }) "
    "OR EXISTS { MATCH (d)-[:CONCERNS]->(p:Place) WHERE ($level IS NULL OR p.level = $level) "
    "AND ($place IS NULL OR EXISTS { (p)-[:PART_OF]->{0,3}(:Place {id: $place}) }) }) "
    f"{_COUNTED}"
)
_CONDITIONS: Final = ("document", "place", "level", "year", "issued_from", "issued_to", "review")
_OF_DOCUMENTS: Final = "only documents "


@dataclass(frozen=True, slots=True)
class Reviewed:
    """Of so many documents, so many are checked."""

    documents: int
    checked: int


def of_rows(rows: Iterable[Mapping[str, Any]]) -> Reviewed:
    """Of the documents that rows name in `document_id`, by what they say in `review`."""
    states = {row["document_id"]: row["review"] for row in rows}
    return Reviewed(len(states), list(states.values()).count("checked"))


def of_answer(store: Store, query: Query, bound: Given, rows: Collection[Mapping[str, Any]]) -> Reviewed | None:
    """`reviewed` of an answer's rows; nothing is asked where they say it themselves."""
    if {"document_id", "review"} <= {column.name for column in query.columns}:
        return of_rows(rows)
    return reviewed(store, query, bound, {row["document_id"] for row in rows if row.get("document_id")})


def reviewed(store: Store, query: Query, bound: Given, documents: Collection[str]) -> Reviewed | None:
    """Of `documents`, the ids in the rows; where rows count things and name no document, of those that what was asked of
    documents lets in. None where the query cannot be limited to checked ones. Raises what Store.read raises."""
    if not any(p.name == "review" for p in query.parameters):
        return None
    if any(column.name == "document_id" for column in query.columns):
        rows = store.read(_NAMED, {"ids": sorted(documents)}).rows if documents else []
    else:
        of_documents = {p.name for p in query.parameters if p.name == "document" or p.describe.startswith(_OF_DOCUMENTS)}
        asked = {name: bound[name] if name in of_documents else None for name in _CONDITIONS}
        rows = store.read(_ALL).rows if not any(asked.values()) else []
        if not rows:
            start = next((start for name, start in _FROM.items() if asked[name]), "MATCH (d:Document)")
            rows = store.read(start + _LET_IN, asked).rows
    return Reviewed(**rows[0]) if rows else Reviewed(0, 0)  # an engine may count nothing by no row
