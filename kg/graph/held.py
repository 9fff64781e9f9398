"""What a base holds: its documents, and the files that they came from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.engine.store import Store
from kg.escaped import readable
from kg.graph.kept import Kept
from kg.words.similar import version


@dataclass(frozen=True, slots=True)
class Held:
    """Where a loaded document comes from, how many documents that gives, by which rules it was read, and how corrected.

    `rules`: none where its tasks are compared by others than these (kg.words.similar.version), or not counted yet
    (kg.graph.workload). `loaded_at`: when the file was loaded, ISO 8601.
    """

    source: str
    name: str
    documents: int | None
    rules: str | None
    number: str | None
    corrections: str | None
    uncorrected: list[str] | None
    loaded_at: str | None = None


def read_held(store: Store) -> dict[str, Held]:
    """The loaded documents by id, in their order. Raises what Store.read raises."""
    rows = store.read(
        "MATCH (d:Document)-[:FROM]->(s:Source) "
        "RETURN d.id AS id, s.id AS source, s.name AS name, s.documents AS documents, "
        "CASE WHEN d.bigrams STARTS WITH $version AND d.counted THEN d.rules END AS rules, "
        "d.doc_number AS number, d.corrections AS corrections, d.uncorrected AS uncorrected, "
        "s.loaded_at AS loaded_at ORDER BY id",
        {"version": version()},
    ).rows
    return {row.pop("id"): Held(**row) for row in rows}


def shared_file(store: Store, document: str) -> str | None:
    """The name of the file that `document` comes from, where others that are held do too. Raises what Store.read raises."""
    rows = store.read(
        "MATCH (d:Document {id: $id})-[:FROM]->(s:Source) "
        "WHERE EXISTS { MATCH (s)<-[:FROM]-(other:Document) WHERE other.id <> $id } RETURN s.name AS name",
        {"id": document},
    ).rows
    return rows[0]["name"] if rows else None


def unkept(held: Iterable[Held], kept: Kept) -> list[str]:
    """The names of held sources whose bytes are not kept."""
    names = {h.source: h.name for h in held}
    return sorted(name for source, name in names.items() if not kept.holds(source))


@dataclass(frozen=True, slots=True)
class Status:
    """What a base holds. `outdated`: files read by other rules. `unkept`: files whose bytes are not in the sources folder.
    `aside`: files in it that no document comes from, for a load or a removal was cut off."""

    sources: int
    documents: int
    cited: int
    tasks: int
    assignments: int
    agencies: int
    deadlines: int
    outdated: tuple[str, ...]
    unkept: tuple[str, ...]
    aside: tuple[str, ...]


def read_status(store: Store, kept: Kept, rules: str) -> Status:
    """Counts what `store` holds and names the files that a rebuild would read by newer rules, or cannot read again. Raises what
    Store.read raises."""
    held = read_held(store).values()
    sources = {h.source for h in held}
    counts = store.read(
        "RETURN COUNT { MATCH (:Document {loaded: false}) } AS cited, COUNT { MATCH (:Task) } AS tasks, "
        "COUNT { MATCH (:Agency)-[:LEADS|PARTICIPATES]->(:Task) } AS assignments, COUNT { MATCH (:Agency) } AS agencies, "
        "COUNT { MATCH (:Deadline) } AS deadlines"
    ).rows[0]
    return Status(
        sources=len(sources),
        documents=len(held),
        outdated=tuple(sorted({h.name for h in held if h.rules != rules})),
        unkept=tuple(unkept(held, kept)),
        aside=tuple(readable(str(kept.origin(source))) for source in kept.aside() if source not in sources),
        **counts,
    )
