"""Extraction -> rows -> store: load, replace, remove, rebuild, reset, status.

What a base holds depends on the documents in it, not on the order in which they came. Three things keep it so: rows are a
pure function of an extraction; every transaction deletes what its documents leave behind; and every transaction settles
anew where the citations of a 文号 that comes or goes point to.
"""

from __future__ import annotations

import hashlib
import os
import re
import traceback
from collections import defaultdict, deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Literal

from neo4j import ManagedTransaction

from kg import schema
from kg.ask.names import resolve
from kg.decide.apply import apply
from kg.decide.entries import NONE, Corrections
from kg.engine.store import Store
from kg.errors import BrokenExtraction, KgError
from kg.graph.rows import Cite, Rows, Wording, make_rows, wordings
from kg.graph.similar import Index, bigrams
from kg.model import Document, Extraction
from kg.words.folding import lines
from kg.words.pinyin import sounds

Extract = Callable[[bytes, str], Extraction]
"""What reads a file: takes its bytes and its name, raises KgError. For a process pool it must be picklable."""

_LOOK_AHEAD = 2 * (os.cpu_count() or 1)  # files parsed ahead of the writer: enough to keep a pool busy, and no more memory
_BATCH = 50  # documents at once, where it is many


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one file. `documents` are the ids it gave or gives; `tasks` and `assignments` count what was written.

    same: all its documents are held from another file. failed: `reason` says why, and the base is as it was. `problems`:
    corrections of its documents that do not match exactly once.
    """

    file: str
    outcome: Literal["added", "replaced", "unchanged", "same", "failed"]
    reason: str = ""
    documents: tuple[str, ...] = ()
    tasks: int = 0
    assignments: int = 0
    problems: tuple[str, ...] = ()


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
    corrections: Corrections = NONE,
    replace: bool = False,
    passing: bool = False,
    workers: Executor | None = None,
) -> Iterator[Result]:
    """Loads `files`, in their order, one transaction a file, and yields each as it is done. Keeps their bytes in `sources`.

    A file that is known by its path and has new bytes replaces all documents of its former bytes. A document that another
    file holds is left to that file, unless `replace`: then it is taken from it, and a source left without documents goes.
    `passing`: the files lie there for this call only, so bytes that are known from elsewhere stay known from there.

    A file that cannot be read is a failed Result, and so is one on which our own code fails. `workers` parses in parallel; a
    process pool must be spawned before the embedded engine starts. Others can write again once the iterator is at its end or
    closed. Raises what the store raises.
    """
    with store.writing():
        shelf = _Shelf(store, sources, extract, rules, corrections, take_over=replace, passing=passing, workers=workers)
        yield from _in_turn((shelf.begin(path) for path in files), _LOOK_AHEAD if workers else 0)


def rebuild(
    store: Store,
    sources: Path,
    extract: Extract,
    rules: str,
    *,
    corrections: Corrections = NONE,
    workers: Executor | None = None,
) -> Iterator[Result]:
    """Extracts all kept bytes again, those too that this base does not hold yet: after new rules, or into another engine.

    Yields and raises as `load` does. A source whose bytes are not kept here is a failed Result and stays as it is.
    """
    with store.writing():
        shelf = _Shelf(store, sources, extract, rules, corrections, take_over=False, workers=workers)
        yield from _in_turn((shelf.begin_again(source) for source in kept(sources)), _LOOK_AHEAD if workers else 0)
        for name in _unkept(shelf.held.values(), sources):
            yield Result(name, "failed", f"{name}: its bytes are not kept in {sources}\nload the file again")


def remove(store: Store, sources: Path, document: str) -> str:
    """Removes a document, given by id or by its exact title or 文号, and returns its id.

    One that others cite leaves the stub they had before it was loaded. Raises NotFound, with candidates, where none or more
    than one is meant.
    """
    with store.writing():
        document_id = resolve(store, "document", [document])[0]
        for source in store.write(partial(_change, rows=Rows(), dropped=[document_id])):
            _forget(sources, source)
    return document_id


def reset(store: Store, sources: Path) -> None:
    """Empties the base and the sources folder. Documents go whole, some at a time: a kill on the way tears none."""
    with store.writing():
        ids = list(_held(store))
        for first in range(0, len(ids), _BATCH):
            store.write(partial(_change, rows=Rows(), dropped=ids[first : first + _BATCH]))
        for node in schema.NODES:  # what others wrote
            store.write(partial(_run, cypher=f"MATCH (n:{node.label}) DETACH DELETE n"))
        for source in kept(sources):
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


# Files


@dataclass(frozen=True, slots=True)
class _Held:
    """Where a loaded document comes from, how many documents that gives, by which rules it was read, and how corrected."""

    source: str
    name: str
    documents: int | None
    rules: str
    number: str | None
    corrections: str | None
    uncorrected: list[str] | None


class _Shelf:
    """Knows what is held and from which file, and decides for each file what there is to do. Needs the writing lock."""

    def __init__(
        self,
        store: Store,
        sources: Path,
        extract: Extract,
        rules: str,
        corrections: Corrections,
        *,
        take_over: bool,
        passing: bool = False,
        workers: Executor | None,
    ) -> None:
        self._store, self._sources, self._rules, self._corrections = store, sources, rules, corrections
        self._read = partial(_read, extract)
        self._take_over, self._passing, self._workers = take_over, passing, workers
        self.held = _held(store)
        self._documents: dict[str, set[str]] = defaultdict(set)  # of each source
        for id_, held in self.held.items():
            self._documents[held.source].add(id_)
        self._source_of = {_origin(sources, source): source for source in self._documents}
        self._index: Index | None = None

    def begin(self, path: Path) -> Callable[[], Result]:
        """Starts to parse the file, if need be, and returns what ends the work on it."""
        try:
            data = path.read_bytes()
        except OSError as error:
            return partial(Result, str(path), "failed", f"{path}: {error.strerror}")
        source = hashlib.sha256(data).hexdigest()
        documents = self._documents.get(source, set())
        whole = all(self.held[id_].documents == len(documents) for id_ in documents)
        if whole and self._is_current(documents, source) and self._former(path, source) == source and not self._take_over:
            ids = tuple(sorted(documents))
            problems = tuple(problem for id_ in ids for problem in self.held[id_].uncorrected or ())
            return partial(Result, str(path), "unchanged", documents=ids, problems=problems)
        return partial(self._finish, path, data, self._parse(data, path.name))

    def begin_again(self, source: str) -> Callable[[], Result]:
        """The same for kept bytes, which are parsed and written in any case."""
        path, data = _origin(self._sources, source), (self._sources / source).read_bytes()
        return partial(self._finish, path, data, self._parse(data, path.name), even_if_unchanged=True)

    def _parse(self, data: bytes, name: str) -> Callable[[], Extraction]:
        if not self._workers:
            return partial(self._read, data, name)
        try:
            return self._workers.submit(self._read, data, name).result
        except BrokenExecutor:  # a file has killed a worker; those begun with it fail, the rest is read here
            self._workers = None
            return partial(self._read, data, name)

    def _finish(self, path: Path, data: bytes, parsed: Callable[[], Extraction], *, even_if_unchanged: bool = False) -> Result:
        try:
            extraction = parsed()
            with _named(path):
                extraction, _ = apply(extraction, self._corrections)
        except KgError as error:
            return Result(str(path), "failed", str(error))
        except BrokenExecutor:
            hint = "this file or one beside it killed the process that parsed it; load each alone to find it"
            return Result(str(path), "failed", f"{path}: not parsed\n{hint}")
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
            problems=tuple(problem for d in documents for problem in d.uncorrected),
        )
        if dropped == written and self._is_current(written, source) and not even_if_unchanged:
            return result(outcome="unchanged")
        if not dropped and not written:
            return result(outcome="same")

        rows = Rows()
        if documents:
            loaded_at = datetime.now(UTC).isoformat(timespec="seconds")
            try:
                with _named(path):
                    rows = make_rows(extraction, documents, rules=self._rules, loaded_at=loaded_at)
            except BrokenExtraction as error:
                return Result(str(path), "failed", str(error))
            known = self._passing and (self._sources / f"{source}.path").exists()
            _keep(self._sources, source, _origin(self._sources, source) if known else path, data)
        self._find_similar(rows, dropped)
        for gone in self._store.write(partial(_change, rows=rows, dropped=dropped)):
            _forget(self._sources, gone)
        self._remember(dropped, documents, extraction, path)
        return result(
            outcome="replaced" if dropped else "added",
            tasks=sum(len(d.tasks) for d in documents),
            assignments=sum(len(rows.relationships[role, "Agency", "Task"]) for role in ("LEADS", "PARTICIPATES")),
        )

    def _find_similar(self, rows: Rows, dropped: Collection[str]) -> None:
        """Adds to `rows` which of their tasks are the same work as one that stays, or as one of another of their documents.

        The tasks held are read once, before the first document is written.
        """
        if self._index is None:
            self._index = Index()
            for task in _wordings(self._store, sorted(self.held)):
                self._index.add(task.document, task.id, bigrams(task.title, task.text, task.clauses))
        self._index.drop(dropped)
        for task in wordings(rows):
            wanted = bigrams(task.title, task.text, task.clauses)
            for other, score in self._index.similar(task.document, wanted).items():
                rows.relate("Task", "SIMILAR_TO", "Task", (min(task.id, other), max(task.id, other)), score=score)
            self._index.add(task.document, task.id, wanted)

    def _former(self, path: Path, source: str) -> str:
        """The source that was last loaded from `path`; `source` where none was."""
        return self._source_of.get(path.resolve(), source)

    def _is_current(self, documents: set[str], source: str) -> bool:
        """Whether there are such documents, all held from this source, read by these rules and corrected as they are now."""
        held = {id_: self.held[id_] for id_ in documents}
        return bool(held) and all(
            h.source == source and h.rules == self._rules and (h.corrections or "") == self._corrections.digest(id_, h.number)
            for id_, h in held.items()
        )

    def _remember(self, dropped: set[str], written: Sequence[Document], extraction: Extraction, path: Path) -> None:
        source, count = extraction.source.id, len(extraction.documents)
        for id_ in dropped:
            self._documents[self.held.pop(id_).source].discard(id_)
        for d in written:
            self.held[d.id] = _Held(source, path.name, count, self._rules, d.doc_number, d.corrections, list(d.uncorrected))
            self._documents[source].add(d.id)
            self._source_of[path.resolve()] = source


def _read(extract: Extract, data: bytes, name: str) -> Extraction:
    """In the process that parses, where it is still known what went wrong at which place of our code."""
    with _named(Path(name)):
        return extract(data, name)


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Turns an error that nobody foresaw into one that names the file, and the place in our code."""
    try:
        yield
    except KgError:
        raise
    except Exception as error:
        at = traceback.extract_tb(error.__traceback__)[-1]
        said = f"{type(error).__name__}: {error}"
        raise BrokenExtraction(
            f"{path}: {said:.200} at {Path(at.filename).name}:{at.lineno}", "this is a defect: report it with the file"
        ) from error


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
        "MATCH (d:Document)-[:FROM]->(s:Source) "
        "RETURN d.id AS id, s.id AS source, s.name AS name, s.documents AS documents, d.rules AS rules, "
        "d.doc_number AS number, d.corrections AS corrections, d.uncorrected AS uncorrected ORDER BY id"
    ).rows
    return {row.pop("id"): _Held(**row) for row in rows}


def _wordings(store: Store, documents: list[str]) -> Iterator[Wording]:
    """kg.graph.rows.wordings for what the base holds of these documents."""
    for first in range(0, len(documents), _BATCH):
        found = store.read(
            "MATCH (d:Document)-[:HAS_TASK]->(t:Task) WHERE d.id IN $ids AND t.kind = 'task' "
            "RETURN d.id AS document, t.id AS id, t.title AS title, t.text AS text, "
            "COLLECT { MATCH (t)<-[r:LEADS|PARTICIPATES]-() WHERE r.basis = 'clause' RETURN DISTINCT r.clause } AS clauses",
            {"ids": documents[first : first + _BATCH]},
        )
        for row in found.rows:
            yield Wording(**row | {"clauses": frozenset(row["clauses"])})


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


def kept(sources: Path) -> list[str]:
    """The sources whose bytes are kept, the oldest first."""
    if not sources.exists():
        return []
    files = [file for file in sources.iterdir() if re.fullmatch("[0-9a-f]{64}", file.name)]
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
    agencies = [id_ for label in _AGENCIES for id_ in rows.nodes.get(label, ())]
    members = [row.data() for row in tx.run(_MEMBERS, ids=agencies)] if agencies else []
    _each(tx, schema.merge_relationships("MEMBER_OF", "Agency", "Agency"), members)
    cited = behind.get("Document", [])
    if cites or cited:
        behind["Document"] = _settle(tx, cites, cited)
    gone = _sweep(tx, behind)
    _each(tx, _SET_NAMES, _names(tx, {*agencies, *behind.get("Agency", ())}))
    return gone


_AGENCIES = ("Agency", f"Agency:{schema.COLLECTIVE}")
_BOUND = "a.rank IN c.members AND c.binds = 'all' AND c.resolved RETURN a.id AS start, c.id AS end, {} AS properties"
_MEMBERS = (
    "MATCH (a:Agency)-[:IN]->(:Place)-[:PART_OF*0..]->(:Place)<-[:IN]-(c:Collective) "
    f"WHERE a.id IN $ids AND {_BOUND} "
    "UNION MATCH (c:Collective)-[:IN]->(:Place)<-[:PART_OF*0..]-(:Place)<-[:IN]-(a:Agency) "
    f"WHERE c.id IN $ids AND {_BOUND} "
    f"UNION MATCH (a:Agency), (c:Collective {{level: 'nation'}}) WHERE a.id IN $ids AND {_BOUND} "
    f"UNION MATCH (a:Agency), (c:Collective {{level: 'nation'}}) WHERE c.id IN $ids AND {_BOUND}"
)
"""Which of these agencies a collective binds, and whom these collectives bind: those of its ranks at its place and below."""


_SET_NAMES = (
    "UNWIND $rows AS row MATCH (a:Agency {id: row.id}) SET a.printed = row.printed, a.words = row.words, a.sounds = row.sounds"
)


def _names(tx: ManagedTransaction, ids: Collection[str]) -> list[dict[str, Any]]:
    """What documents call each of these agencies that is left, and what search finds it by."""
    found = tx.run(
        "MATCH (a:Agency) WHERE a.id IN $ids OPTIONAL MATCH (a)-[r:LEADS|PARTICIPATES]->(:Task) "
        "RETURN a.id AS id, a.name AS name, a.short AS short, collect(DISTINCT r.name) AS printed",
        ids=sorted(ids),
    )
    rows = []
    for record in found:
        printed = sorted(record["printed"])
        names = dict.fromkeys([record["name"], record["short"], *printed])
        rows.append({"id": record["id"], "printed": printed, "words": lines(*names), "sounds": sounds(*names)})
    return rows


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
