"""Documents made by hand, and an extractor of our own that reads them: tests of the graph need neither loaders nor prose.

A sample file is JSON that says what it demands; `extract` sets it as prose and returns the facts with their spans in it.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from kg.ask.queries import Catalogue, load_queries
from kg.decide.entries import NONE, Corrections
from kg.engine.store import Store
from kg.errors import NothingFound, UnreadableFile
from kg.graph.intake import Extract
from kg.library import Library
from kg.model import (
    Agency,
    Assignment,
    Basis,
    Citation,
    Deadline,
    Document,
    Extraction,
    Place,
    Principle,
    Role,
    Source,
    Span,
    Succession,
    Task,
)

QUERIES: Final = load_queries()
"""Those of cypher/, read once for all tests."""

REFORM = ("财政局", "司法局")
"""In the samples' world a reform made the 司法局 of the whole of the 财政局, and 各县区 are all departments of a city."""

SHANXI, CHANGZHI, HUNAN, HENGYANG = "140000", "140400", "430000", "430400"
PLACES = {
    place.code: place
    for place in (
        Place(SHANXI, "山西省", "province", None),
        Place(CHANGZHI, "长治市", "city", SHANXI),
        Place(HUNAN, "湖南省", "province", None),
        Place(HENGYANG, "衡阳市", "city", HUNAN),
    )
}


@dataclass(frozen=True, slots=True)
class Unit:
    """One mention of a unit. 各县区 is a collective; 司法局 in 长治市 is 140400:司法局."""

    name: str
    role: Role = "LEADS"
    basis: Basis = "clause"


@dataclass(frozen=True, slots=True)
class Cited:
    """《title》(number)."""

    title: str | None = None
    number: str | None = None


@dataclass(frozen=True, slots=True)
class Doc:
    """What one document says: a tuple of units for every task, and the year by whose end each task is due."""

    title: str
    number: str | None = None
    place: str | None = CHANGZHI
    tasks: tuple[tuple[Unit, ...], ...] = ((Unit("司法局"),),)
    cites: tuple[Cited, ...] = ()
    issuers: tuple[str, ...] = ()
    principles: tuple[str, ...] = ()
    due: int | None = None

    @property
    def id(self) -> str:
        return f"{self.place or '-'}:{self.number or self.title}"


def write(path: Path, *docs: Doc) -> Path:
    """A sample file that says `docs`."""
    path.write_bytes(as_bytes(*docs))
    return path


def as_bytes(*docs: Doc) -> bytes:
    return json.dumps([asdict(doc) for doc in docs], ensure_ascii=False).encode()


def extract(data: bytes, name: str) -> Extraction:
    """Reads a sample file, as loaders.extract does a real one. Raises UnreadableFile and NothingFound."""
    try:
        docs = [_doc(entry) for entry in json.loads(data)]
    except ValueError as error:
        raise UnreadableFile(f"{name}: not a sample file") from error
    if not any(doc.tasks for doc in docs):
        raise NothingFound(f"{name}: no task")
    prose = _Prose()
    documents = tuple(_document(doc, prose) for doc in docs)
    return Extraction(
        Source(hashlib.sha256(data).hexdigest(), name, "application/json", prose.text), documents, tuple(PLACES.values())
    )


def die(data: bytes, name: str, _: object) -> Extraction:
    """Reads as `extract` does in a process of its own, which 2.json ends."""
    if name == "2.json":
        os._exit(1)
    return extract(data, name)


def agency(name: str, place: str | None) -> Agency:
    """The agency that `name` means in a document of `place`; 各县区 are the departments of a city, 各市审计局 its 审计局."""
    collective = name.startswith("各")
    place = None if place == "-" else place  # as corrections call the nation
    home = PLACES[place] if place else None
    level = home.level if home else "nation"
    former, later = (f"{place or '-'}:{part}" for part in REFORM)
    return Agency(
        id=("collective:" if collective else "") + f"{place or '-'}:{name}",
        name=(home.name if home else "") + name,
        short=name,
        place=place,
        level=level,
        kind="government",
        function=None if collective else name.removesuffix("局").removesuffix("厅"),
        collective=collective,
        resolved=True,
        rank=None if collective else f"{level} department",
        members=() if not collective else (f"city {name[2:-1]}",) if name.endswith("局") else ("city department",),
        binds="all" if collective else None,
        successions=(Succession(former, later, "2018", "改革方案"),) if name in REFORM else (),
    )


def library(
    store: Store,
    sources: Path,
    read: Extract = extract,
    rules: str = "rules 1",
    *,
    corrections: Corrections = NONE,
    queries: Catalogue | None = None,
) -> Library:
    """A library over an open store that reads sample files, if no other `read` is given."""
    return Library(lambda: store, sources, read, lambda: rules, lambda: corrections, queries=queries)


Graph = tuple[list[dict[str, Any]], list[dict[str, Any]]]


def whole_graph(store: Store) -> Graph:
    """All nodes and all relationships of a base, by own ids and in one order; only the time of loading is left out."""
    nodes = store.read("MATCH (n) RETURN labels(n) AS labels, properties(n) AS properties").rows
    relationships = store.read(
        "MATCH (a)-[r]->(b) RETURN type(r) AS type, a.id AS start, b.id AS end, properties(r) AS properties"
    ).rows
    for row in nodes:
        row["labels"].sort()
        row["properties"].pop("loaded_at", None)

    def order(row: dict[str, Any]) -> str:
        return json.dumps(row, sort_keys=True)

    return sorted(nodes, key=order), sorted(relationships, key=order)


class _Prose:
    """Text that grows; `say` tells where the words came to stand."""

    def __init__(self) -> None:
        self.text = ""

    def say(self, words: str) -> Span:
        start = len(self.text)
        self.text += words
        return Span(start, len(self.text))


def _doc(entry: dict[str, Any]) -> Doc:
    tasks = tuple(tuple(Unit(**unit) for unit in task) for task in entry.pop("tasks"))
    cites = tuple(Cited(**cited) for cited in entry.pop("cites"))
    return Doc(
        **entry | {"tasks": tasks, "cites": cites, "issuers": tuple(entry["issuers"]), "principles": tuple(entry["principles"])}
    )


def _document(doc: Doc, prose: _Prose) -> Document:
    start = prose.say(f"{doc.title}\n").start
    principles = tuple(Principle(words, prose.say(words)) for words in doc.principles)
    citations = tuple(
        Citation(cited.title, cited.number, prose.say((f"《{cited.title}》" if cited.title else "") + (cited.number or "")))
        for cited in doc.cites
    )
    tasks: list[Task] = []
    assignments: list[Assignment] = []
    deadlines: list[Deadline] = []
    for order, units in enumerate(doc.tasks, 1):
        task_id = f"{doc.id}:{order}"
        begin = prose.say(f"\n{order}.办好第{order}件事。").start + 1
        if doc.due:
            until = prose.say(f"{doc.due}年底前")
            deadlines.append(Deadline(task_id, "by", until.of(prose.text), until, due=f"{doc.due}-12-31"))
        clause = prose.say("(责任单位:").start
        mentions = [(unit, prose.say(unit.name)) for unit in units]
        end = prose.say(")").end
        assignments += [
            Assignment(
                task_id,
                unit.role,
                unit.basis,
                unit.name,
                span,
                unit.name,
                agency(unit.name, doc.place),
                Span(clause, end) if unit.basis == "clause" else None,
            )
            for unit, span in mentions
        ]
        tasks.append(Task(task_id, f"{order}.", "task", f"办好第{order}件事", (doc.title,), Span(begin, end)))
    return Document(
        id=doc.id,
        title=doc.title,
        doc_number=doc.number,
        issuers=doc.issuers,
        issuing_agencies=tuple(agency(name, doc.place) for name in doc.issuers),
        place=doc.place,
        issued_on=None,
        published_on=None,
        index_number=None,
        status=None,
        year=doc.due,
        span=Span(start, prose.say("\n").end),
        principles=principles,
        tasks=tuple(tasks),
        assignments=tuple(assignments),
        deadlines=tuple(deadlines),
        citations=citations,
    )
