"""Extraction -> rows -> store: load, replace, remove, rebuild, reset, status.

What a base holds depends on the documents in it, not on the order in which they came. Three things keep it so: rows are a
pure function of an extraction; every transaction deletes what its documents leave behind; and every transaction settles
anew where the citations of a 文号 that comes or goes point to.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections import defaultdict, deque
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import Any, Literal

from neo4j import ManagedTransaction

from kg import schema
from kg.errors import KgError, NotFound
from kg.model import Agency, Assignment, Document, Extraction, Place, Span
from kg.store import Store

Extract = Callable[[bytes, str], Extraction]
"""What reads a file: takes its bytes and its name, raises KgError. For a process pool it must be picklable."""

Row = dict[str, Any]

_LOOK_AHEAD = 2 * (os.cpu_count() or 1)  # files parsed ahead of the writer: enough to keep a pool busy, and no more memory
_RESET_BATCH = 50
_ID_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one file. `documents` are the ids it gave or gives; `tasks` and `assignments` count what was written.

    same: all its documents are held from another file. failed: `reason` says why, and the base is as it was.
    """

    file: str
    outcome: Literal["added", "replaced", "unchanged", "same", "failed"]
    reason: str = ""
    documents: tuple[str, ...] = ()
    tasks: int = 0
    assignments: int = 0


@dataclass(frozen=True, slots=True)
class Status:
    """What a base holds. `outdated`: files read by other rules. `unkept`: files whose bytes are not in the sources folder."""

    sources: int
    documents: int
    cited: int
    tasks: int
    assignments: int
    agencies: int
    deadlines: int
    outdated: tuple[str, ...]
    unkept: tuple[str, ...]


# Use


def load(
    store: Store,
    sources: Path,
    files: Iterable[Path],
    extract: Extract,
    rules: str,
    *,
    replace: bool = False,
    workers: Executor | None = None,
) -> Iterator[Result]:
    """Loads `files`, in their order, one transaction a file, and yields each as it is done. Keeps their bytes in `sources`.

    A file that is known by its path and has new bytes replaces all documents of its former bytes. A document that another
    file holds is left to that file, unless `replace`: then it is taken from it, and a source left without documents goes.
    A file that cannot be read is a failed Result. `workers` parses in parallel; a process pool must be spawned before the
    embedded engine starts. Others can write again once the iterator is at its end or closed. Raises what the store raises.
    """
    with store.writing():
        shelf = _Shelf(store, sources, extract, rules, take_over=replace, workers=workers)
        yield from _in_turn((shelf.begin(path) for path in files), _LOOK_AHEAD if workers else 0)


def rebuild(store: Store, sources: Path, extract: Extract, rules: str, *, workers: Executor | None = None) -> Iterator[Result]:
    """Extracts all kept bytes again, those too that this base does not hold yet: after new rules, or into another engine.

    Yields and raises as `load` does. A source whose bytes are not kept here is a failed Result and stays as it is.
    """
    with store.writing():
        shelf = _Shelf(store, sources, extract, rules, take_over=False, workers=workers)
        yield from _in_turn((shelf.begin_again(source) for source in _kept(sources)), _LOOK_AHEAD if workers else 0)
        for name in _unkept(shelf.held.values(), sources):
            yield Result(name, "failed", f"{name}: its bytes are not kept in {sources}\nload the file again")


def remove(store: Store, sources: Path, document: str) -> str:
    """Removes a document, given by id or by its exact title or 文号, and returns its id.

    One that others cite leaves the stub they had before it was loaded. Raises NotFound, with candidates, where none or more
    than one is meant.
    """
    with store.writing():
        document_id = _find(store, document)
        for source in store.write(partial(_change, rows=Rows(), dropped=[document_id])):
            _forget(sources, source)
    return document_id


def reset(store: Store, sources: Path) -> None:
    """Empties the base and the sources folder. Documents go whole, some at a time: a kill on the way tears none."""
    with store.writing():
        ids = list(_held(store))
        for first in range(0, len(ids), _RESET_BATCH):
            store.write(partial(_change, rows=Rows(), dropped=ids[first : first + _RESET_BATCH]))
        for node in schema.NODES:  # what others wrote
            store.write(partial(_run, cypher=f"MATCH (n:{node.label}) DETACH DELETE n"))
        for source in _kept(sources):
            _forget(sources, source)


def status(store: Store, sources: Path, rules: str) -> Status:
    """Counts what `store` holds and names the files that `rebuild` would read by newer rules, or cannot read again."""
    held = _held(store).values()
    counts = store.read(
        "RETURN COUNT { MATCH (:Document {loaded: false}) } AS cited, COUNT { MATCH (:Task) } AS tasks, "
        "COUNT { MATCH (:Agency)-[:LEADS|PARTICIPATES]->(:Task) } AS assignments, COUNT { MATCH (:Agency) } AS agencies, "
        "COUNT { MATCH (:Deadline) } AS deadlines"
    ).rows[0]
    return Status(
        sources=len({h.source for h in held}),
        documents=len(held),
        outdated=tuple(sorted({h.name for h in held if h.rules != rules})),
        unkept=tuple(_unkept(held, sources)),
        **counts,
    )


# Rows


@dataclass(slots=True)
class Rows:
    """What documents put into the graph, each thing once.

    nodes: label -> id -> {id, properties}. relationships: (type, start label, end label) -> (start, end, key …) ->
    {start, end, key …, properties}. Citations wait until it is known which documents are loaded.
    """

    nodes: dict[str, dict[str, Row]] = field(default_factory=lambda: defaultdict(dict))
    relationships: dict[tuple[str, str, str], dict[tuple[str, ...], Row]] = field(default_factory=lambda: defaultdict(dict))
    citations: list[Cite] = field(default_factory=list)

    def node(self, label: str, id_: str, /, **properties: object) -> None:
        self.nodes[label].setdefault(id_, {"id": id_, "properties": properties})

    def relate(
        self, start: str, type_: str, end: str, ids: tuple[str, str], /, key: Row | None = None, **properties: object
    ) -> None:
        """`ids` of the start and the end; `key`: the properties that make it the same, beside its ends."""
        key = key or {}
        row = {"start": ids[0], "end": ids[1], **key, "properties": properties}
        self.relationships[type_, start, end].setdefault((*ids, *key.values()), row)


@dataclass(frozen=True, slots=True)
class Cite:
    """That `document` cites a 文号, or where none is given a title. `target`: the node it points to in the base, if any."""

    document: str
    number: str | None
    title: str | None
    properties: Row
    target: str | None = None

    @property
    def stub(self) -> str:
        """The id of what is cited, as long as it is not loaded."""
        return "cited:" + _readable(self.number or self.title or "")


def make_rows(extraction: Extraction, documents: Iterable[Document], *, rules: str, loaded_at: str) -> Rows:
    """The rows of those `documents` of `extraction` that are to be written. Pure."""
    rows = Rows()
    source = extraction.source
    rows.node("Source", source.id, name=source.name, media_type=source.media_type, text=source.text, loaded_at=loaded_at)
    places = {place.code: place for place in extraction.places}
    for document in documents:
        _add_document(rows, document, source.text, places, rules)
        rows.relate("Document", "FROM", "Source", (document.id, source.id))
    return rows


def _add_document(rows: Rows, document: Document, text: str, places: dict[str, Place], rules: str) -> None:
    rows.node(
        "Document",
        document.id,
        title=document.title,
        doc_number=document.doc_number,
        issuers=list(document.issuers),
        issued_on=document.issued_on,
        published_on=document.published_on,
        index_number=document.index_number,
        year=document.year,
        start=document.span.start,
        end=document.span.end,
        loaded=True,
        rules=rules,
        corrections="",
    )
    for agency in document.issuing_agencies:
        _add_agency(rows, agency, places)
        rows.relate("Agency", "ISSUED", "Document", (agency.id, document.id))
    if document.place:
        _add_place(rows, places[document.place], places)
        rows.relate("Document", "CONCERNS", "Place", (document.id, document.place))
    for order, principle in enumerate(document.principles, 1):
        id_, (start, end) = f"{document.id}:p{order}", principle.span
        rows.node("Principle", id_, text=principle.text, order=order, start=start, end=end)
        rows.relate("Document", "STATES", "Principle", (document.id, id_))
    for order, task in enumerate(document.tasks, 1):
        rows.node(
            "Task",
            task.id,
            number=task.number,
            kind=task.kind,
            title=task.title,
            text=task.span.of(text),
            headings=list(task.headings),
            order=order,
            start=task.span.start,
            end=task.span.end,
        )
        rows.relate("Document", "HAS_TASK", "Task", (document.id, task.id))
    for first, mentions in _assignments(document):
        _add_agency(rows, first.agency, places)
        rows.relate(
            "Agency",
            first.role,
            "Task",
            (first.agency.id, first.task),
            key={"basis": first.basis},
            **_evidence(first.span, text),
            clause=first.clause and first.clause.of(text),
            mentions=mentions,
        )
    _add_deadlines(rows, document, text)
    rows.citations += _citations(document, text)


def _assignments(document: Document) -> Iterator[tuple[Assignment, int]]:
    """The first mention of each agency, task, role and basis, with the number of mentions."""
    with_clause = {(a.agency.id, a.task) for a in document.assignments if a.basis == "clause"}
    mentions: dict[tuple[str, ...], list[Assignment]] = defaultdict(list)
    for a in document.assignments:
        if a.basis != "default" or (a.agency.id, a.task) not in with_clause:
            mentions[a.agency.id, a.task, a.role, a.basis].append(a)
    for group in mentions.values():
        yield min(group, key=lambda a: a.span), len(group)


def _add_agency(rows: Rows, agency: Agency, places: dict[str, Place]) -> None:
    rows.node(
        f"Agency:{schema.COLLECTIVE}" if agency.collective else "Agency",
        agency.id,
        name=agency.name,
        short=agency.short,
        level=agency.level,
        kind=agency.kind,
        resolved=agency.resolved,
    )
    if agency.function:
        rows.node("Function", agency.function, name=agency.function)
        rows.relate("Agency", "PERFORMS", "Function", (agency.id, agency.function))
    if agency.place:
        _add_place(rows, places[agency.place], places)
        rows.relate("Agency", "IN", "Place", (agency.id, agency.place))


def _add_place(rows: Rows, place: Place, places: dict[str, Place]) -> None:
    """Adds a place and those above it; the places of an extraction that nothing stands in would be empty."""
    rows.node("Place", place.code, name=place.name, level=place.level)
    if place.parent:
        _add_place(rows, places[place.parent], places)
        rows.relate("Place", "PART_OF", "Place", (place.code, place.parent))


def _add_deadlines(rows: Rows, document: Document, text: str) -> None:
    orders: dict[str, int] = defaultdict(int)
    for deadline in sorted(document.deadlines, key=lambda d: d.span):
        label, owner = ("Task", deadline.task) if deadline.task else ("Document", document.id)
        orders[owner] += 1
        id_ = f"{owner}:d{orders[owner]}"
        rows.node(
            "Deadline",
            id_,
            kind=deadline.kind,
            start_on=deadline.start,
            due_on=deadline.due,
            every=deadline.every,
            within=deadline.within,
            **_evidence(deadline.span, text),
        )
        rows.relate(label, "DUE", "Deadline", (owner, id_))


def _citations(document: Document, text: str) -> list[Cite]:
    """The first mention of each thing the document cites, itself left out."""
    cites: dict[str, Cite] = {}
    for c in sorted(document.citations, key=lambda c: c.span):
        is_itself = c.doc_number in (None, document.doc_number) and c.title in (None, document.title)
        if not is_itself:
            cite = Cite(document.id, c.doc_number, c.title, {**_evidence(c.span, text), "title": c.title})
            cites.setdefault(cite.stub, cite)
    return list(cites.values())


def _evidence(span: Span, text: str) -> Row:
    return {"quote": span.of(text), "start": span.start, "end": span.end}


def _readable(name: str) -> str:
    """`name` as part of an id: without characters that a URL would not take, and never long. Two names give two ids."""
    clean = re.sub(r"[\s/?#%\x00-\x1f\x7f]", "", name)
    if clean == name and len(name) <= _ID_LENGTH:
        return name
    return f"{clean[: _ID_LENGTH - 9]}~{hashlib.sha256(name.encode()).hexdigest()[:8]}"


# Files


@dataclass(frozen=True, slots=True)
class _Held:
    """Where a loaded document comes from, and by which rules it was read."""

    source: str
    name: str
    rules: str


class _Shelf:
    """Knows what is held and from which file, and decides for each file what there is to do. Needs the writing lock."""

    def __init__(
        self, store: Store, sources: Path, extract: Extract, rules: str, *, take_over: bool, workers: Executor | None
    ) -> None:
        self._store, self._sources, self._extract, self._rules = store, sources, extract, rules
        self._take_over, self._workers = take_over, workers
        self.held = _held(store)
        self._documents: dict[str, set[str]] = defaultdict(set)  # of each source
        for id_, held in self.held.items():
            self._documents[held.source].add(id_)
        self._source_of = {_origin(sources, source): source for source in self._documents}

    def begin(self, path: Path) -> Callable[[], Result]:
        """Starts to parse the file, if need be, and returns what ends the work on it."""
        try:
            data = path.read_bytes()
        except OSError as error:
            return partial(Result, str(path), "failed", f"{path}: {error.strerror}")
        source = hashlib.sha256(data).hexdigest()
        documents = self._documents.get(source, set())
        if self._is_current(documents, source) and self._former(path, source) == source and not self._take_over:
            return partial(Result, str(path), "unchanged", documents=tuple(sorted(documents)))
        return partial(self._finish, path, data, self._parse(data, path.name))

    def begin_again(self, source: str) -> Callable[[], Result]:
        """The same for kept bytes, which are parsed and written in any case."""
        path, data = _origin(self._sources, source), (self._sources / source).read_bytes()
        return partial(self._finish, path, data, self._parse(data, path.name), even_if_unchanged=True)

    def _parse(self, data: bytes, name: str) -> Callable[[], Extraction]:
        return self._workers.submit(self._extract, data, name).result if self._workers else partial(self._extract, data, name)

    def _finish(self, path: Path, data: bytes, parsed: Callable[[], Extraction], *, even_if_unchanged: bool = False) -> Result:
        try:
            extraction = parsed()
        except KgError as error:
            return Result(str(path), "failed", str(error))
        source = extraction.source.id
        ours = {source, self._former(path, source)}
        others = {
            d.id: self.held[d.id].name
            for d in extraction.documents
            if d.id in self.held and self.held[d.id].source not in ours and not self._take_over
        }
        documents = [d for d in extraction.documents if d.id not in others]
        written = {d.id for d in documents}
        dropped = set().union(*(self._documents[s] for s in ours)) | (written & self.held.keys())
        result = partial(
            Result,
            str(path),
            reason=f"same document as {', '.join(sorted(set(others.values())))}" if others else "",
            documents=tuple(d.id for d in extraction.documents),
        )
        if dropped == written and self._is_current(written, source) and not even_if_unchanged:
            return result(outcome="unchanged")
        if not dropped and not written:
            return result(outcome="same")

        rows = Rows()
        if documents:
            loaded_at = datetime.now(UTC).isoformat(timespec="seconds")
            rows = make_rows(extraction, documents, rules=self._rules, loaded_at=loaded_at)
            _keep(self._sources, source, path, data)
        for gone in self._store.write(partial(_change, rows=rows, dropped=dropped)):
            _forget(self._sources, gone)
        self._remember(dropped, written, _Held(source, path.name, self._rules), path)
        return result(
            outcome="replaced" if dropped else "added",
            tasks=sum(len(d.tasks) for d in documents),
            assignments=sum(len(rows.relationships[role, "Agency", "Task"]) for role in ("LEADS", "PARTICIPATES")),
        )

    def _former(self, path: Path, source: str) -> str:
        """The source that was last loaded from `path`; `source` where none was."""
        return self._source_of.get(path.resolve(), source)

    def _is_current(self, documents: set[str], source: str) -> bool:
        """Whether there are such documents, all held from this source and read by these rules."""
        held = [self.held[id_] for id_ in documents]
        return bool(held) and all(h.source == source and h.rules == self._rules for h in held)

    def _remember(self, dropped: set[str], written: set[str], held: _Held, path: Path) -> None:
        for id_ in dropped:
            self._documents[self.held.pop(id_).source].discard(id_)
        for id_ in written:
            self.held[id_] = held
        if written:
            self._documents[held.source] |= written
            self._source_of[path.resolve()] = held.source


def _in_turn(jobs: Iterable[Callable[[], Result]], ahead: int) -> Iterator[Result]:
    """Ends jobs in their order; at most `ahead` are begun before the one that is being ended."""
    begun: deque[Callable[[], Result]] = deque()
    for job in jobs:
        begun.append(job)
        if len(begun) > ahead:
            yield begun.popleft()()
    while begun:
        yield begun.popleft()()


def _held(store: Store) -> dict[str, _Held]:
    rows = store.read(
        "MATCH (d:Document)-[:FROM]->(s:Source) RETURN d.id AS id, s.id AS source, s.name AS name, d.rules AS rules ORDER BY id"
    ).rows
    return {row.pop("id"): _Held(**row) for row in rows}


def _find(store: Store, wanted: str) -> str:
    """The id of the one document that `wanted` names by id, title or 文号. Raises NotFound with candidates."""
    documents = store.read(
        "MATCH (d:Document) WHERE d.loaded RETURN d.id AS id, d.title AS title, d.doc_number AS number ORDER BY id"
    ).rows
    found = [d["id"] for d in documents if wanted in d.values()]
    if wanted in found:
        return wanted
    if len(found) == 1:
        return str(found[0])
    if found:
        raise NotFound(f"{wanted} is the name of several documents", "give the id of one", tuple(found))
    near = [d["id"] for d in documents if _is_like(wanted, [name for name in d.values() if name])]
    raise NotFound(f"no document is called {wanted}", "give an id, or the exact title or 文号", tuple(near[:5]))


def _is_like(wanted: str, names: list[str]) -> bool:
    return any(wanted in name for name in names) or bool(get_close_matches(wanted, names, 1))


# Kept bytes. Beside each file lies one that says where it came from: that means something on this machine only, so it is
# no part of the graph.


def _keep(sources: Path, source: str, path: Path, data: bytes) -> None:
    sources.mkdir(parents=True, exist_ok=True)
    for name, content in ((f"{source}.path", os.fsencode(path.resolve())), (source, data)):
        draft = sources / f"{name}.new"
        draft.write_bytes(content)
        draft.replace(sources / name)


def _forget(sources: Path, source: str) -> None:
    (sources / source).unlink(missing_ok=True)
    (sources / f"{source}.path").unlink(missing_ok=True)


def _kept(sources: Path) -> list[str]:
    """The sources whose bytes are kept, the oldest first."""
    if not sources.exists():
        return []
    files = [file for file in sources.iterdir() if not file.suffix]
    return [file.name for file in sorted(files, key=lambda file: (file.stat().st_mtime_ns, file.name))]


def _unkept(held: Iterable[_Held], sources: Path) -> list[str]:
    """The names of held sources whose bytes are not kept."""
    names = {h.source: h.name for h in held}
    return sorted(name for source, name in names.items() if not (sources / source).exists())


def _origin(sources: Path, source: str) -> Path:
    """The path that the source was loaded from; where that is not known, a path that no file has."""
    try:
        return Path(os.fsdecode((sources / f"{source}.path").read_bytes()))
    except FileNotFoundError:
        return Path(source)


# Transactions


def _change(tx: ManagedTransaction, rows: Rows, dropped: Collection[str]) -> list[str]:
    """Drops the documents `dropped` and writes `rows`, then deletes what is left behind. Returns the sources that went."""
    ids = sorted(dropped)
    numbers = {row["properties"]["doc_number"] for row in rows.nodes.get("Document", {}).values()}
    behind: dict[str, list[str]] = {}
    if ids:
        numbers.update(_column(tx, "MATCH (n:Document) WHERE n.id IN $ids RETURN n.doc_number", ids=ids))
        behind = _reach(tx, ids)
    cites = [*rows.citations, *_citing(tx, sorted(numbers - {None}), ids)]
    if ids:
        _drop(tx, ids)
    for label, nodes in rows.nodes.items():
        _each(tx, schema.merge_nodes(label), nodes.values())
    for ends, relationships in rows.relationships.items():
        _each(tx, schema.merge_relationships(*ends), relationships.values())
    cited = behind.get("Document", [])
    if cites or cited:
        behind["Document"] = _settle(tx, cites, cited)
    return _sweep(tx, behind)


def _reach(tx: ManagedTransaction, ids: list[str]) -> dict[str, list[str]]:
    """What may be left behind when these documents go: ids by label."""
    agencies = _column(
        tx,
        "MATCH (d:Document)-[:HAS_TASK]->()<-[:LEADS|PARTICIPATES]-(n:Agency) WHERE d.id IN $ids RETURN DISTINCT n.id AS id "
        "UNION MATCH (d:Document)<-[:ISSUED]-(n:Agency) WHERE d.id IN $ids RETURN DISTINCT n.id AS id",
        ids=ids,
    )
    functions = "MATCH (a:Agency)-[:PERFORMS]->(n:Function) WHERE a.id IN $ids RETURN DISTINCT n.id"
    places = (
        "MATCH (a:Agency)-[:IN]->(:Place)-[:PART_OF*0..]->(n:Place) WHERE a.id IN $agencies RETURN DISTINCT n.id AS id "
        "UNION MATCH (d:Document)-[:CONCERNS]->(:Place)-[:PART_OF*0..]->(n:Place) WHERE d.id IN $ids RETURN DISTINCT n.id AS id"
    )
    return {
        "Agency": agencies,
        "Function": _column(tx, functions, ids=agencies),
        "Place": _column(tx, places, ids=ids, agencies=agencies),
        "Document": _column(tx, "MATCH (d:Document)-[:CITES]->(n:Document) WHERE d.id IN $ids RETURN DISTINCT n.id", ids=ids),
        "Source": _column(tx, "MATCH (d:Document)-[:FROM]->(n:Source) WHERE d.id IN $ids RETURN DISTINCT n.id", ids=ids),
    }


def _drop(tx: ManagedTransaction, ids: list[str]) -> None:
    for pattern in ("-[:HAS_TASK]->(:Task)-[:DUE]->(n:Deadline)", "-[:HAS_TASK|STATES|DUE]->(n)"):
        _run(tx, f"MATCH (d:Document){pattern} WHERE d.id IN $ids DETACH DELETE n", ids=ids)
    _run(tx, "MATCH (n:Document) WHERE n.id IN $ids DETACH DELETE n", ids=ids)


_UNUSED = {
    "Agency": "NOT EXISTS { (n)-[:LEADS|PARTICIPATES|ISSUED]->() }",
    "Function": "NOT EXISTS { ()-[:PERFORMS]->(n) }",
    "Place": "NOT EXISTS { ()-[:IN|CONCERNS|PART_OF]->(n) }",
    "Document": "NOT n.loaded AND NOT EXISTS { ()-[:CITES]->(n) }",
    "Source": "NOT EXISTS { ()-[:FROM]->(n) }",
}
"""In this order: what an agency held up may fall once it is gone."""


def _sweep(tx: ManagedTransaction, behind: dict[str, list[str]]) -> list[str]:
    """Deletes those of `behind` that nothing uses any more, and returns the sources among them."""
    sources: list[str] = []
    for label, unused in _UNUSED.items():
        find = f"MATCH (n:{label}) WHERE n.id IN $ids AND {unused} RETURN n.id"
        # Again until none is found: a place may have held up the one above it.
        while (ids := behind.get(label)) and (found := _column(tx, find, ids=ids)):
            _run(tx, f"MATCH (n:{label}) WHERE n.id IN $ids DETACH DELETE n", ids=found)
            if label == "Source":
                sources += found
    return sources


def _citing(tx: ManagedTransaction, numbers: list[str], dropped: list[str]) -> list[Cite]:
    """How documents that stay cite these 文号, and where each citation points to, if that stays too."""
    if not numbers:
        return []
    rows = tx.run(
        "MATCH (d:Document)-[c:CITES]->(n:Document) WHERE n.doc_number IN $numbers AND NOT d.id IN $dropped "
        "RETURN d.id AS document, n.doc_number AS number, c.title AS title, properties(c) AS properties, "
        "CASE WHEN n.id IN $dropped THEN null ELSE n.id END AS target",
        numbers=numbers,
        dropped=dropped,
    )
    return [Cite(**row.data()) for row in rows]


def _aim(tx: ManagedTransaction, cites: list[Cite]) -> list[str]:
    """What each citation means: the first loaded document by id that has its 文号, and its title where it gives one; where
    there is none, the stub."""
    documents = [
        row.data()
        for row in tx.run(
            "MATCH (d:Document) WHERE d.doc_number IN $numbers AND d.loaded "
            "RETURN d.id AS id, d.doc_number AS number, d.title AS title ORDER BY id",
            numbers=sorted({c.number for c in cites if c.number}),
        )
    ]
    return [
        next((d["id"] for d in documents if d["number"] == c.number and c.title in (None, d["title"])), c.stub) for c in cites
    ]


def _settle(tx: ManagedTransaction, cites: list[Cite], lost: list[str]) -> list[str]:
    """Points each citation to what it means, and gives every stub concerned the title it is cited by now.

    `lost`: stubs that have lost a citation; returns them with those that lose one here.
    """
    moved = [(cite, target) for cite, target in zip(cites, _aim(tx, cites), strict=True) if target != cite.target]
    left = [{"start": cite.document, "end": cite.target} for cite, _ in moved if cite.target]
    stubs = {
        target: {"id": target, "properties": {"doc_number": cite.number, "loaded": False}}
        for cite, target in moved
        if target == cite.stub
    }
    links = [{"start": cite.document, "end": target, "properties": cite.properties} for cite, target in moved]
    unlink = "UNWIND $rows AS row MATCH (:Document {id: row.start})-[c:CITES]->(:Document {id: row.end}) DELETE c"
    _each(tx, unlink, left)
    _each(tx, schema.merge_nodes("Document"), stubs.values())
    _each(tx, schema.merge_relationships("CITES", "Document", "Document"), links)

    lost = [*lost, *(row["end"] for row in left if row["end"])]
    # Which title a 文号 is cited by may differ from document to document; the least depends on no order.
    title = (
        "UNWIND $rows AS row MATCH (:Document)-[c:CITES]->(n:Document {id: row, loaded: false}) WITH n, min(c.title) AS title "
        "SET n.title = title"
    )
    _each(tx, title, sorted({*lost, *stubs}))
    return lost


def _each(tx: ManagedTransaction, cypher: str, rows: Collection[object]) -> None:
    """Runs what unwinds $rows; nothing where there are none."""
    if rows:
        _run(tx, cypher, rows=list(rows))


def _run(tx: ManagedTransaction, cypher: str, **parameters: object) -> None:
    tx.run(cypher, parameters).consume()


def _column(tx: ManagedTransaction, cypher: str, **parameters: object) -> list[Any]:
    return [record[0] for record in tx.run(cypher, parameters)]
