"""What loading changes for whom: obligations that are new, changed or gone, kept in news.jsonl beside the data.

An obligation is known by its unit, its document and the title of its task: an item that is put in before it, and so renumbers
it, changes nothing. Only responsibility clauses (责任条款) count.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from operator import itemgetter
from pathlib import Path
from typing import Any, Final, Literal

from kg import atomic
from kg.decide.wording import squeezed
from kg.engine.store import Store

Kind = Literal["new", "changed", "gone"]

MOST: Final = 20_000
"""That are kept of a file that is _LARGE; the older ones go."""

_LARGE: Final = 40_000_000  # bytes, of some 60,000

_OBLIGATIONS: Final = """
MATCH (d:Document)-[:HAS_TASK]->(t:Task)<-[r:LEADS|PARTICIPATES]-(a:Agency) WHERE d.id IN $ids AND r.basis = 'clause'
RETURN a.id AS agency_id, a.name AS agency, type(r) AS role, r.quote AS quote, r.start AS start, r.end AS end,
       COLLECT { MATCH (a)-[:PERFORMS]->(f:Function) RETURN f.name ORDER BY f.name } AS functions,
       COLLECT { MATCH (d)-[:CONCERNS]->(:Place)-[:PART_OF]->{0,3}(p:Place) RETURN p.id ORDER BY p.id } AS places,
       COLLECT { MATCH (t)-[:DUE]->(x:Deadline) RETURN DISTINCT coalesce(x.due_on, x.quote) AS due ORDER BY due } AS due,
       d.id AS document_id, d.title AS document, d.doc_number AS doc_number, t.id AS task_id, t.number AS task_number,
       coalesce(t.title, left(t.text, 40)) AS task
"""
"""Sorted here: the embedded engine would hold the document, with its residue, once for each row that it sorts."""


@dataclass(frozen=True, slots=True)
class News:
    """What became of one obligation; `was` says the role and the days of one that changed. `at`: when, ISO 8601."""

    at: str
    kind: Kind
    agency_id: str
    agency: str
    role: str
    document_id: str
    document: str | None
    doc_number: str | None
    task_id: str
    task_number: str | None
    task: str | None
    quote: str
    start: int
    end: int
    functions: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    due: list[str] = field(default_factory=list)
    was: dict[str, Any] | None = None

    def is_about(self, *, agency: str | None = None, place: str | None = None, function: str | None = None) -> bool:
        """Whether it is of this unit (id), for this place or one below it (code), and of this line of work."""
        return (
            agency in (None, self.agency_id)
            and (place is None or place in self.places)
            and (function is None or function in self.functions)
        )


def obligations(store: Store, documents: Collection[str]) -> list[dict[str, Any]]:
    """Those that these documents set, in the order of their texts."""
    rows = store.read(_OBLIGATIONS, {"ids": sorted(documents)}).rows if documents else []
    return sorted(rows, key=itemgetter("document_id", "start", "agency_id", "role"))


def changes(before: Iterable[dict[str, Any]], after: Iterable[dict[str, Any]], at: str) -> Iterator[News]:
    """What differs between two lists of obligations; who leads a task and takes part in it too counts as leading. Pure."""
    old, new = ({_key(row): row for row in sorted(rows, key=_leads_last)} for rows in (before, after))
    for key, row in new.items():
        was = old.get(key)
        if was is None:
            yield News(at, "new", **row)
        elif (was["role"], was["due"]) != (row["role"], row["due"]):
            yield News(at, "changed", **row, was={"role": was["role"], "due": was["due"]})
    for key, row in old.items():
        if key not in new:
            yield News(at, "gone", **row)


def _key(row: dict[str, Any]) -> tuple[str, str, str]:
    return row["agency_id"], row["document_id"], squeezed(row["task"] or "")


def _leads_last(row: dict[str, Any]) -> bool:
    return bool(row["role"] == "LEADS")


def keep(file: Path, news: Collection[News]) -> None:
    """Puts news behind the others; of a large file the last MOST stay. Raises OSError. Call it under the base's lock."""
    if not news:
        return
    atomic.append(file, b"".join(json.dumps(asdict(one), ensure_ascii=False).encode() + b"\n" for one in news))
    if file.stat().st_size > _LARGE:
        atomic.write(file, b"".join(file.read_bytes().splitlines(keepends=True)[-MOST:]))


def kept(file: Path) -> list[News]:
    """All that are kept, the oldest first; without a line whose writer was killed."""
    found = []
    for line in file.read_bytes().splitlines() if file.exists() else []:
        with suppress(ValueError, TypeError):
            found.append(News(**json.loads(line)))
    return found
