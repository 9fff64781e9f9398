"""The facts as a star of Parquet files: assignments in the middle, with the tasks, documents and agencies that they join.
DuckDB, pandas and Spark read them as they are; docs/analytics.md asks them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from exports.parquet import write_parquet
from exports.table import Table
from kg.ask.signature import Column, Type
from kg.engine.store import Store

_TEXT, _MAYBE, _TEXTS = Type("text"), Type("text", nullable=True), Type("text", many=True, nullable=True)
_WHOLE, _MAYBE_WHOLE = Type("integer"), Type("integer", nullable=True)
_YES, _DAY = Type("boolean"), Type("date", nullable=True)
_DEADLINE: Final = Type(
    "map",
    fields=(("quote", _TEXT), ("kind", _TEXT), ("start_on", _DAY), ("due_on", _DAY), ("every", _MAYBE), ("within", _MAYBE)),
    many=True,
)


@dataclass(frozen=True, slots=True)
class _File:
    """Its columns, in the order of what the statement returns: name -> type and what it says."""

    statement: str
    columns: dict[str, tuple[Type, str]]


_DUE: Final = (
    "COLLECT {{ MATCH ({0})-[:DUE]->(x:Deadline) "
    "RETURN x {{.quote, .kind, .start_on, .due_on, .every, .within}} ORDER BY x.start, x.id }}"
)
_PLACE: Final = {"place": (_MAYBE, "GB/T 2260 code of its place"), "place_name": (_MAYBE, "the name of that place")}
_SPAN: Final = {
    "start": (_WHOLE, "its first code point in the source's text"),
    "end": (_WHOLE, "one past the last"),
}
FILES: Final = {
    "assignments": _File(
        "MATCH (d:Document)-[:HAS_TASK]->(t:Task)<-[r:LEADS|PARTICIPATES]-(a:Agency) WHERE d.loaded = true "
        "RETURN a.id, t.id, d.id, type(r), r.basis, r.modality, r.name, r.clause, r.mentions, r.rule, r.quote, r.start, r.end "
        "ORDER BY d.id, t.order, t.id, type(r), a.id, r.basis",
        {
            "agency": (_TEXT, "id of the agency"),
            "task": (_TEXT, "id of the task"),
            "document": (_TEXT, "id of the task's document"),
            "role": (_TEXT, "LEADS (牵头) or PARTICIPATES (配合)"),
            "basis": (_TEXT, "clause, narrative or default"),
            "modality": (_TEXT, "must or must not"),
            "name": (_MAYBE, "what the document calls the agency"),
            "clause": (_MAYBE, "the clause or sentence that it stands in"),
            "mentions": (_WHOLE, "how often it is said"),
            "rule": (_MAYBE, "the rule that read it"),
            "quote": (_TEXT, "the exact words"),
            **_SPAN,
        },
    ),
    "tasks": _File(
        "MATCH (d:Document)-[:HAS_TASK]->(t:Task) WHERE d.loaded = true "
        f"RETURN t.id, d.id, t.number, t.kind, t.title, t.headings, t.order, {_DUE.format('t')}, t.text, t.start, t.end "
        "ORDER BY d.id, t.order, t.id",
        {
            "id": (_TEXT, "id"),
            "document": (_TEXT, "id of its document"),
            "number": (_MAYBE, "number as printed"),
            "kind": (_TEXT, "task, safeguard, step or general"),
            "title": (_MAYBE, "title"),
            "headings": (_TEXTS, "titles above it, outermost first"),
            "order": (_WHOLE, "place in the document"),
            "deadlines": (_DEADLINE, "its own time limits, in the order of the text"),
            "text": (_TEXT, "its words"),
            **_SPAN,
        },
    ),
    "documents": _File(
        "MATCH (d:Document)-[:FROM]->(s:Source) WHERE d.loaded = true OPTIONAL MATCH (d)-[:CONCERNS]->(p:Place) "
        "RETURN d.id, d.title, d.doc_number, d.issuers, d.issued_on, d.published_on, d.status, d.year, p.id, p.name, "
        f"{_DUE.format('d')}, s.name, s.id ORDER BY d.id",
        {
            "id": (_TEXT, "id"),
            "title": (_MAYBE, "title"),
            "doc_number": (_MAYBE, "发文字号"),
            "issuers": (_TEXTS, "issuers as printed"),
            "issued_on": (_DAY, "day of issue (成文)"),
            "published_on": (_DAY, "day of publication (发布)"),
            "status": (_MAYBE, "有效性 as given"),
            "year": (_MAYBE_WHOLE, "the year it is about"),
            **_PLACE,
            "deadlines": (_DEADLINE, "time limits of all of it, which tasks without their own inherit"),
            "source": (_TEXT, "the file it came from"),
            "source_id": (_TEXT, "sha256 of that file"),
        },
    ),
    "agencies": _File(
        "MATCH (a:Agency) OPTIONAL MATCH (a)-[:IN]->(p:Place) OPTIONAL MATCH (a)-[:PERFORMS]->(f:Function) "
        "RETURN a.id, a.name, a.short, a.level, a.kind, a:Collective, a.resolved, p.id, p.name, f.id ORDER BY a.id",
        {
            "id": (_TEXT, "id"),
            "name": (_TEXT, "full name with its place"),
            "short": (_TEXT, "name without its place"),
            "level": (_MAYBE, "nation, province, city, county or town"),
            "kind": (_MAYBE, "government, party, court …"),
            "collective": (_YES, "whether it is many named as one (各县区人民政府)"),
            "resolved": (_YES, "whether its place is certain"),
            **_PLACE,
            "function": (_MAYBE, "the line of work (条线), the same in every place"),
        },
    ),
}


def write_star(store: Store, folder: Path) -> dict[str, int]:
    """Writes a file of each kind into `folder`, and says how many rows it has. Hold store.writing(), so that they fit together.
    Raises OSError and what Store.stream raises."""
    counts = {}
    for name, file in FILES.items():
        columns = [Column(column, type_, says, None) for column, (type_, says) in file.columns.items()]
        table = Table(name, columns, _named(store, file))
        with (folder / f"{name}.parquet").open("wb") as out:
            write_parquet(table, out)
        counts[name] = table.count
    return counts


def _named(store: Store, file: _File) -> Iterator[dict[str, object]]:
    for row in store.stream(file.statement):
        yield dict(zip(file.columns, row.values(), strict=True))
