"""How alike the tasks of two documents are, worked out from their words: what a statement cannot, and no link holds of all."""

from __future__ import annotations

from typing import Any

from kg.engine.store import Store
from kg.words.similar import matches, unpacked, version


def likeness(store: Store, one: str, other: str) -> list[dict[str, Any]] | None:
    """kg.words.similar.matches of two documents, given by id, each as {one, other, score, paired, same}.

    None where one of them is held without what tasks are compared by, or with that of other rules. Raises what Store.read
    raises.
    """
    found = store.read(
        "UNWIND $ids AS id MATCH (d:Document {id: id}) WHERE d.bigrams STARTS WITH $version RETURN id, d.bigrams AS bigrams",
        {"ids": [one, other], "version": version()},
    )
    held = {row["id"]: {f"{row['id']}:{part}": of for part, of in unpacked(row["bigrams"]).items()} for row in found.rows}
    return [match._asdict() for match in matches(held[one], held[other])] if {one, other} <= held.keys() else None
