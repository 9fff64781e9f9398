"""Corrections that do not hold: entries that a document reports, and those that have met nothing at all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.decide.audit.finding import Finding
from kg.decide.entries import Corrections, OfDocument, means
from kg.engine.store import Store

NAME: Final = "correction"


def check(store: Store, corrections: Corrections) -> Iterator[Finding]:
    documents = store.read(
        "MATCH (d:Document) WHERE d.loaded = true RETURN d.id AS id, d.title AS title, d.doc_number AS number, "
        "d.corrections AS digest, d.corrected AS corrected, d.uncorrected AS uncorrected ORDER BY id"
    ).rows
    known: set[str] = set()
    for d in documents:
        known.update(d["corrected"] or ())
        for problem in d["uncorrected"] or ():
            yield Finding(NAME, problem, "it does not match exactly once", "mend the entry", d["title"], d["id"])
    reported = [problem for d in documents for problem in d["uncorrected"] or ()]
    behind = {d["id"] for d in documents if (d["digest"] or "") != corrections.digest(d["id"], d["number"])}
    for entry in corrections.entries:
        if entry.label in known or any(problem.startswith(f"{entry.label}: ") for problem in reported):
            continue
        key = entry.document if isinstance(entry, OfDocument) else None
        ids = {d["id"] for d in documents if key is None or means(key, d["id"], d["number"])}
        if key and not ids:
            yield Finding(NAME, entry.label, f"no document {key} is held", "load it, or mend the entry")
        elif ids & behind:
            yield Finding(NAME, entry.label, "it is newer than the last loading", "kg rebuild")
        else:
            yield Finding(NAME, entry.label, "no document held here names such an agency", "mend the entry")
