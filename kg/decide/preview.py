"""What a new correction would change in the documents that are held, before it is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from kg.ask.names import resolve
from kg.decide.apply import apply
from kg.decide.entries import Corrections, Entry, OfDocument, means
from kg.decide.told import Change, Workload, changes, workloads
from kg.decide.where import OUTSIDE
from kg.engine.store import Store
from kg.errors import NotFound, OutsideTasks, UnmatchedCorrection
from kg.model import Document, Extraction


@dataclass(frozen=True, slots=True)
class Preview:
    """The entry as it is to be written, by document what it takes and what it brings, the workloads that this changes, and the
    sources of all documents that it is about."""

    entry: Entry
    changes: dict[str, list[Change]]
    workloads: list[Workload]
    sources: list[str]


def preview(
    store: Store, sources: Path, extract: Callable[[bytes, str], Extraction], corrections: Corrections, entry: Entry
) -> Preview:
    """Reads the kept bytes of the documents that `entry` is about, with and without it. A document may be given by its exact
    title; the entry then gets its id.

    Raises UnmatchedCorrection where it does not match exactly once (OutsideTasks where it needs a task first), NotFound where
    its document is not held.
    """
    if isinstance(entry, OfDocument):
        (id_,) = resolve(store, "document", [entry.document])
        (row,) = store.read("MATCH (d:Document {id: $id}) RETURN d.doc_number AS number", {"id": id_}).rows
        if not means(entry.document, id_, row["number"]):
            entry = entry.model_copy(update={"document": id_})
        documents = {id_}
    else:
        documents = _speaking_of(store, _meaning(entry.surface, corrections))
    corrected = replace(corrections, entries=(*corrections.entries, entry))
    changed: dict[str, list[Change]] = {}
    pairs: list[tuple[Document, Document]] = []
    read = _sources(store, documents)
    for source, name in read:
        if not (sources / source).exists():
            raise NotFound(f"{name}: its bytes are not kept in {sources}", "load the file again, or say --no-check")
        raw = extract((sources / source).read_bytes(), name)
        before, _ = apply(raw, corrections)
        after, _ = apply(raw, corrected)
        for old, new in zip(before.documents, after.documents, strict=True):
            if problem := next((p for p in new.uncorrected if p.startswith(f"{entry.label}: ")), None):
                if problem == f"{entry.label}: {OUTSIDE}":
                    raise OutsideTasks(problem, "give its task, or add one first: kg correct new-task")
                raise UnmatchedCorrection(problem, "nothing was written")
            if entry.label in new.corrected:
                changed[new.id] = changes(old, new)
                pairs.append((old, new))
    if not changed:
        raise UnmatchedCorrection(f"{entry.label}: nothing here matches it", "check place and words, or say --no-check")
    return Preview(entry, changed, workloads(pairs), [source for source, _ in read])


def _meaning(surface: str, corrections: Corrections) -> set[str]:
    """It, and the names that merges lead to it from."""
    names = {surface}
    while more := {e.surface for e in corrections.identities if e.into in names} - names:
        names |= more
    return names


def _speaking_of(store: Store, surfaces: set[str]) -> set[str]:
    """The documents in which an agency is called so."""
    rows = store.read(
        "MATCH (d:Document)-[:HAS_TASK]->(:Task)<-[r:LEADS|PARTICIPATES]-(a:Agency) WHERE d.loaded = true "
        "AND (a.name IN $surfaces OR r.name IN $surfaces OR r.quote IN $surfaces) RETURN DISTINCT d.id AS id "
        "UNION MATCH (d:Document)<-[:ISSUED]-(a:Agency) WHERE d.loaded = true "
        "AND (a.name IN $surfaces OR any(name IN d.issuers WHERE name IN $surfaces)) RETURN DISTINCT d.id AS id",
        {"surfaces": sorted(surfaces)},
    ).rows
    return {row["id"] for row in rows}


def _sources(store: Store, documents: set[str]) -> list[tuple[str, str]]:
    rows = store.read(
        "MATCH (d:Document)-[:FROM]->(s:Source) WHERE d.id IN $ids "
        "RETURN DISTINCT s.id AS id, s.name AS name ORDER BY name, id",
        {"ids": sorted(documents)},
    ).rows
    return [(row["id"], row["name"]) for row in rows]
