"""Agencies whose place cannot be told: one by one; where a whole document cannot be placed, that is the one thing to decide."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.decide.audit.finding import WORDS, Finding, correct, grouped
from kg.decide.entries import Corrections
from kg.engine.store import Store

NAME: Final = "unresolved"

_NAMED: Final = 5
"""Agencies of a document that are named before `and … more`."""


def check(store: Store, _: Corrections) -> Iterator[Finding]:
    rows = store.read(
        "MATCH (a:Agency {resolved: false})-[r:LEADS|PARTICIPATES]->(t:Task)<-[:HAS_TASK]-(d:Document) "
        "OPTIONAL MATCH (d)-[:CONCERNS]->(p:Place) "
        "RETURN a.id AS id, a.name AS name, p.id AS place, d.title AS document, d.id AS document_id, r.quote AS quote, "
        "r.start AS start, r.end AS end, COUNT { (d)-[:HAS_TASK]->()<-[:LEADS|PARTICIPATES]-({resolved: true}) } AS resolved "
        "ORDER BY document_id, start, id"
    ).rows
    for document, mentions in grouped(rows, "document_id").items():
        first = mentions[0]
        evidence = {k: first[k] for k in WORDS}
        names = list(dict.fromkeys(row["name"] for row in mentions))
        if first["place"] is None and len(mentions) > first["resolved"] and len(names) > 1:
            why = f"the place of this document cannot be told, so neither whose {_some(names)} are"
            do = correct("place", document=document, place="地名")
            yield Finding(NAME, first["document"], why, do, **evidence)
            continue
        for same in grouped(mentions, "id").values():
            name, count = same[0]["name"], len(same)
            why = f"whose it is cannot be told from the text; tasks here: {count}"
            do = correct("merge", place=same[0]["place"] or "-", surface=name, into="全称")
            yield Finding(NAME, name, why, do, **{k: same[0][k] for k in WORDS})


def _some(names: list[str]) -> str:
    more = len(names) - _NAMED
    return "、".join(names[:_NAMED]) + (f" and {more} more" if more > 0 else "")
