"""Documents of which the text does not say for certain what they are, or of what place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.decide.audit.finding import Finding, correct
from kg.decide.entries import Corrections
from kg.engine.store import Store

NAME: Final = "inferred"

_WHY: Final = {
    "all": "nothing in the text says for certain what document this is: no 文号, no issuer, no date, no title",
    "place": "its head names no place; the one it counts for is inferred from places in the text: {place}",
}


def check(store: Store, _: Corrections) -> Iterator[Finding]:
    documents = store.read(
        "MATCH (d:Document) WHERE d.loaded = true AND any(word IN d.inferred WHERE word IN ['all', 'place']) "
        "RETURN d.id AS id, d.title AS title, d.start AS start, d.end AS end, d.inferred AS inferred, "
        "head(COLLECT { MATCH (d)-[:CONCERNS]->(p:Place) RETURN p.name ORDER BY p.id }) AS place ORDER BY id"
    )
    for d in documents.rows:
        why = next(_WHY[word] for word in ("all", "place") if word in d["inferred"]).format(place=d["place"] or "none")
        words = {"document": d["title"], "document_id": d["id"], "start": d["start"], "end": d["end"]}
        yield Finding(NAME, d["title"] or d["id"], why, correct("place", document=d["id"], place="地名"), **words)
