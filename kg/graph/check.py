"""Whether a base still says what was written to it: its indexes, its words, and the files that it came from."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Final, NamedTuple

from kg import schema
from kg.engine.store import Store
from kg.errors import KgError
from kg.graph.held import Held, read_held
from kg.graph.kept import Kept
from kg.graph.rows import GraphRow, GraphRows
from kg.graph.totals import miscounted
from kg.graph.workload import HELD, SIZE, Assignment, Workloads

Again = Callable[[str, Held], GraphRows | None]
"""What reads the kept file of a document once more; None where it was read by other rules. Raises KgError."""

_AT_ONCE: Final = 1_000  # ids looked up in one statement
_COUNTED: Final = 50  # documents whose tasks are counted in one statement
_SHOWN: Final = 20  # of what the engine finds
_ANEW: Final = "make the base anew from the kept files, or restore a backup: docs/trouble.md, 'A damaged base'"


class Damage(NamedTuple):
    """`what` is damaged, and what is to be done about it."""

    what: str
    hint: str


def check(store: Store, kept: Kept, again: Again | None = None) -> Iterator[Damage]:
    """What is damaged in a base. `again`: reads the kept files once more, which takes as long as `kg rebuild`, and compares.
    Raises what Store.read raises of the base as a whole."""
    found = store.damage() or []
    yield from (Damage(one, _ANEW) for one in found[:_SHOWN])
    if len(found) > _SHOWN:
        yield Damage(f"{len(found) - _SHOWN} more records or links", _ANEW)
    for node in schema.NODES:
        yield from _read(partial(_index, store, node.label), node.label)
    other: list[str] = []
    documents = read_held(store)
    for id_, held in documents.items():
        yield from _read(partial(_words, store, id_), id_)
        yield from _kept(kept, id_, held)
        if again and kept.holds(held.source):
            yield from _read(partial(_compared, store, id_, partial(again, id_, held), other), id_)
    yield from _read(partial(_workloads, store, [*documents]), "Agency")
    yield from _read(partial(_totals, store), "Total")
    if other:
        why = "they were read by other rules, or before what people decided last"
        yield Damage(f"{len(other)} documents were not compared with their files: {why}", "kg rebuild, then check again")


def _read(look: Callable[[], Iterable[Damage]], where: str) -> Iterator[Damage]:
    """What a look finds; that it fails is a finding too."""
    try:
        yield from look()
    except KgError as error:
        yield Damage(f"{where}: {error.message}", _ANEW)


def _index(store: Store, label: str) -> Iterator[Damage]:
    """Each node must be found by its id, once."""
    ids = [row["id"] for row in store.stream(f"MATCH (n:`{label}`) RETURN n.id AS id")]
    known = [id_ for id_ in ids if id_ is not None]
    if len(known) < len(ids):
        yield Damage(f"{label}: {len(ids) - len(known)} of {len(ids)} cannot be read", _ANEW)
    missed: list[str] = []
    for first in range(0, len(known), _AT_ONCE):
        some = known[first : first + _AT_ONCE]
        rows = store.read(f"UNWIND $ids AS id MATCH (n:`{label}` {{id: id}}) RETURN id, count(n) AS n", {"ids": some}).rows
        once = {row["id"] for row in rows if row["n"] == 1}
        missed += [id_ for id_ in some if id_ not in once]
    if missed:
        yield Damage(f"{label}: {len(missed)} of {len(ids)} are not found by their id, such as {missed[0]}", _ANEW)


_QUOTES: Final = (
    "MATCH (d:Document {id: $id})-[:HAS_TASK]->(t:Task)<-[r:LEADS|PARTICIPATES]-(:Agency) "
    "RETURN t.id AS at, r.quote AS quote, r.start AS start, r.end AS end "
    "UNION ALL MATCH (d:Document {id: $id})-[:HAS_TASK]->(t:Task)-[:DUE]->(l:Deadline) "
    "RETURN t.id AS at, l.quote AS quote, l.start AS start, l.end AS end"
)


def _words(store: Store, document: str) -> Iterator[Damage]:
    """What a document is held to say must stand in its text, where it is said to."""
    (row,) = store.read("MATCH (d:Document {id: $id})-[:FROM]->(s:Source) RETURN s.text AS text", {"id": document}).rows
    quotes = store.read(_QUOTES, {"id": document}).rows
    wrong = [quote["at"] for quote in quotes if (row["text"] or "")[quote["start"] : quote["end"]] != quote["quote"]]
    if wrong:
        yield Damage(f"{document}: {len(wrong)} of {len(quotes)} quotes are not in its text, such as of {min(wrong)}", _ANEW)


def _workloads(store: Store, documents: Sequence[str]) -> Iterator[Damage]:
    """The workload of each agency must be what these documents, all that are held, make of it."""
    counted = Workloads()
    for first in range(0, len(documents), _COUNTED):
        rows = store.read(HELD, {"ids": documents[first : first + _COUNTED]}).rows
        counted.count(Assignment(**row) for row in rows)
    agencies = store.stream("MATCH (a:Agency) RETURN a.id AS id, coalesce(a.workload, []) AS workload")
    wrong = [row["id"] for row in agencies if (row["workload"] or [0] * SIZE) != counted[row["id"]].tolist()]
    if wrong:
        yield Damage(f"the workload of {len(wrong)} agencies is not what their tasks say, such as of {min(wrong)}", _ANEW)


def _totals(store: Store) -> Iterator[Damage]:
    """What is held in all must be what a count gives."""
    if wrong := miscounted(store):
        yield Damage(f"what is held in all is not what is kept of it: {', '.join(wrong)}", "kg rebuild")


def _kept(kept: Kept, document: str, held: Held) -> Iterator[Damage]:
    """The kept bytes must be those that were loaded."""
    if not kept.holds(held.source):
        yield Damage(f"{document}: the bytes of {held.name} are not kept", "load that file again")
    elif hashlib.sha256(kept.read(held.source)).hexdigest() != held.source:
        yield Damage(f"{document}: the kept bytes of {held.name} have changed", f"remove {held.source}, load that file again")


_FACTS: Final = (
    "MATCH (d:Document {id: $id})-[:HAS_TASK]->(t:Task) "
    "RETURN t.id AS task, t.start AS start, t.end AS end, null AS role, null AS agency "
    "UNION ALL MATCH (d:Document {id: $id})-[:HAS_TASK]->(t:Task)<-[r:LEADS|PARTICIPATES]-(a:Agency) "
    "RETURN t.id AS task, r.start AS start, r.end AS end, type(r) AS role, a.id AS agency"
)


def _compared(store: Store, document: str, again: Callable[[], GraphRows | None], other: list[str]) -> Iterator[Damage]:
    """The tasks, and who has a part in them, must be those that the file gives; `other` gets a document that it cannot say."""
    if (rows := again()) is None:
        other.append(document)
        return
    assigned = {role: rows.relationships[role, "Agency", "Task"].values() for role in ("LEADS", "PARTICIPATES")}
    read: set[tuple[object, ...]] = {(id_, *_span(row), None, None) for id_, row in rows.nodes["Task"].items()}
    read |= {(row["end"], *_span(row), role, row["start"]) for role, given in assigned.items() for row in given}
    held = {tuple(row.values()) for row in store.read(_FACTS, {"id": document}).rows}
    if read != held:
        gone, more = len(read - held), len(held - read)
        yield Damage(f"{document}: of what its file says {gone} facts are not held, and {more} are held beside", _ANEW)


def _span(row: GraphRow) -> tuple[int, int]:
    return row["properties"]["start"], row["properties"]["end"]
