"""Takes files in: decides for each what there is to do, and does it. What a base holds depends on the documents in it, not on
the order in which they came: rows are a pure function of an extraction, and kg.graph.transactions settles the rest.
"""

from __future__ import annotations

import hashlib
import os
from collections import defaultdict, deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final

from kg.decide.apply import apply
from kg.decide.entries import Corrections
from kg.errors import BrokenExtraction, KgError, NothingFound, broken
from kg.escaped import escaped, readable
from kg.graph.batch import Base, Batch, Change
from kg.graph.held import Held, unkept
from kg.graph.identity import MOST, agreement, own_id, renamed
from kg.graph.kept import Kept
from kg.graph.packages import Unpack, contents, name_of, nothing_unpacked, package_of
from kg.graph.result import Left, Result
from kg.graph.rows import GraphRows, make_rows
from kg.model import Document, Extraction, OwnWords

Extract = Callable[[bytes, str], Extraction]
"""What reads a file: takes its bytes and its name, raises KgError."""

_LOOK_AHEAD: Final = 2 * (os.cpu_count() or 1)
"""Files parsed ahead of the writer: enough to keep all readers busy, and no more memory."""

_Job = Callable[[], Result | Change]
"""What ends the work on a file."""


class Intake:
    """Knows what is held and from which file, and takes in files, many a transaction, each whole. Needs the writing lock.

    A file that is known by its path and has new bytes replaces all documents of its former bytes. A document that another
    file holds is left to that file, unless `replace`: then it is taken from it, and a source left without documents goes.
    A file that cannot be read is a failed Result, and so is one on which our own code fails, or that the store refuses. A
    package (.zip, .eml) is taken in file by file; of a file that was in it when it was loaded last and is there no longer, the
    documents are removed.
    """

    def __init__(
        self,
        base: Base,
        kept: Kept,
        extract: Extract,
        rules: str,
        corrections: Corrections,
        *,
        replace: bool = False,
        passing: bool = False,
        workers: Executor | None = None,
        ahead: int | None = None,
        unpack: Unpack = nothing_unpacked,
    ) -> None:
        """`rules` are those that `extract` reads by. `replace`: take over documents that another file holds. `passing`: the
        files lie there for this once, so bytes that are known from elsewhere stay known from there. `workers` parse in
        parallel, so many files `ahead` of the writer."""
        self._base, self._kept, self._rules, self._corrections = base, kept, rules, corrections
        self._read = partial(_read, extract)
        self._replace, self._passing, self._workers, self._unpack = replace, passing, workers, unpack
        self._ahead = (ahead or _LOOK_AHEAD) if workers else 0
        self._held = base.held()
        self._documents: dict[str, set[str]] = defaultdict(set)  # of each source
        for id_, held in self._held.items():
            self._documents[held.source].add(id_)
        kept.agree(self._documents.keys())
        self._source_of = {kept.origin(source): source for source in self._documents}
        self._packed: dict[Path, dict[Path, str]] = defaultdict(dict)  # of each package, the sources in it by their path
        for path, source in self._source_of.items():
            if package := package_of(path):
                self._packed[package][path] = source
        self._batch = Batch(base, self._hold_again)

    def take(self, files: Iterable[Path]) -> Iterator[Result]:
        """Takes `files` in, in their order, and yields what became of each once it is written. Raises what the store raises."""
        return self._in_turn(job for path in files for job in self._jobs(path))

    def take_again(self, sources: Iterable[str]) -> Iterator[Result]:
        """The same for the kept bytes of these sources, which are parsed and written in any case."""
        return self._in_turn(self._begin_again(source) for source in sources)

    def take_kept(self) -> Iterator[Result]:
        """The same for all kept bytes. A source whose bytes are not kept fails."""
        yield from self.take_again(self._kept.sources())
        for name in unkept(self._held.values(), self._kept):
            yield Result(name, "failed", f"{name}: its bytes are not kept in {self._kept.folder}\nload the file again")

    def _in_turn(self, jobs: Iterable[_Job]) -> Iterator[Result]:
        """Ends jobs in their order; where there are workers, some are begun before the one that is being ended."""
        begun: deque[_Job] = deque()
        for job in jobs:
            begun.append(job)
            if len(begun) > self._ahead:
                yield from self._batch.take(begun.popleft()())
        while begun:
            yield from self._batch.take(begun.popleft()())
        yield from self._batch.write()

    def _hold_again(self, refused: Change) -> None:
        """Knows its documents to be held as they were before."""
        for id_ in refused.result.documents:
            if id_ in self._held:
                self._documents[self._held.pop(id_).source].discard(id_)
        for id_, held in refused.held.items():
            self._held[id_] = held
            self._documents[held.source].add(id_)

    def _jobs(self, path: Path) -> Iterator[_Job]:
        """What is to do for the file, or for each file in the package: first what takes away those that left it."""
        if known := self._packed.get(path.resolve()):
            now = {
                place.resolve(): content if isinstance(content, KgError) else hashlib.sha256(content).hexdigest()
                for place, content in contents(path, self._unpack)
            }
            unread = {place for place, content in now.items() if isinstance(content, KgError)}
            for place, source in list(known.items()):
                # What moved in the package, or lies in a part that is not read now, stays.
                if place not in now and source not in now.values() and unread.isdisjoint(place.parents):
                    yield partial(self._remove, place, source)
        for place, content in contents(path, self._unpack):
            if isinstance(content, KgError):
                yield partial(Result, readable(str(place)), "failed", str(content))
            else:
                yield self._begin(place, content)

    def _remove(self, path: Path, source: str) -> Change:
        """Removes the documents of a file that its package holds no longer."""
        del self._packed[package_of(path) or path][path], self._source_of[path]
        dropped = self._documents.pop(source, set())
        self._batch.write_first(dropped)
        held = {id_: self._held.pop(id_) for id_ in dropped}
        result = Result(str(path), "removed", "the package holds it no longer", tuple(sorted(dropped)))
        return Change(GraphRows(), dropped, held, result)

    def _begin(self, path: Path, data: bytes) -> _Job:
        """Starts to parse the file, if need be, and returns what ends the work on it."""
        source = hashlib.sha256(data).hexdigest()
        documents = self._documents.get(source, set())
        whole = all(self._held[id_].documents == len(documents) for id_ in documents)
        if whole and self._is_current(documents, source) and self._former(path, source) == source and not self._replace:
            ids = tuple(sorted(documents))
            problems = tuple(problem for id_ in ids for problem in self._held[id_].uncorrected or ())
            return partial(Result, readable(str(path)), "unchanged", documents=ids, problems=problems)
        return partial(self._finish, path, data, self._parse(data, name_of(path)))

    def _begin_again(self, source: str) -> _Job:
        """The same for kept bytes."""
        path, data = self._kept.origin(source), self._kept.read(source)
        return partial(self._finish, path, data, self._parse(data, name_of(path)), even_if_unchanged=True)

    def _parse(self, data: bytes, name: str) -> Callable[[], Extraction]:
        if self._workers:
            return partial(_answer, self._workers.submit(self._read, data, name), name)
        return partial(self._read, data, name)

    def _finish(
        self, path: Path, data: bytes, parsed: Callable[[], Extraction], *, even_if_unchanged: bool = False
    ) -> Result | Change:
        try:
            extraction = parsed()
            self._batch.write_first(self._touched(extraction, path))
            extraction = self._with_own_ids(extraction, path)
            with _named(path):
                extraction, _ = apply(extraction, self._corrections)
        except KgError as error:
            if isinstance(data, OwnWords) and isinstance(error, NothingFound):
                return Result(readable(str(path)), "letter", "no task was found, but in the files that are attached to it")
            return Result(readable(str(path)), "failed", str(error))
        source = extraction.source.id
        ours = {source, self._former(path, source)}
        left = tuple(
            Left(d.id, self._share(d, extraction), d.residue)
            for d in extraction.documents
            if self._is_of_another(d, ours) and not self._replace
        )
        others = {f"{self._held[one.id].name}{_differs(one)}" for one in left}
        documents = [d for d in extraction.documents if d.id not in {one.id for one in left}]
        written = {d.id for d in documents}
        dropped = set().union(*(self._documents[s] for s in ours)) | (written & self._held.keys())
        result = partial(
            Result,
            readable(str(path)),
            reason=escaped(f"same document as {', '.join(sorted(others))}") if others else "",
            documents=tuple(d.id for d in extraction.documents),
            problems=tuple(problem for d in documents for problem in d.uncorrected),
            left=left,
        )
        if dropped == written and self._is_current(written, source) and not even_if_unchanged:
            return result(outcome="unchanged")
        if not dropped and not written:
            return result(outcome="same")

        rows = GraphRows()
        if documents:
            before = {h.loaded_at for id_ in dropped if (h := self._held[id_]).source == source} if even_if_unchanged else set()
            loaded_at = max(filter(None, before), default=datetime.now(UTC).isoformat(timespec="seconds"))
            try:
                with _named(path):
                    rows = make_rows(extraction, documents, rules=self._rules, loaded_at=loaded_at)
            except BrokenExtraction as error:
                return Result(readable(str(path)), "failed", str(error))
            known = self._passing and self._kept.knows_origin(source)
            self._kept.keep(source, self._kept.origin(source) if known else path, data)
        held = {id_: self._held[id_] for id_ in dropped}
        self._remember(dropped, documents, extraction, path)
        done = result(
            outcome="replaced" if dropped else "added",
            tasks=sum(len(d.tasks) for d in documents),
            assignments=sum(len(rows.relationships[role, "Agency", "Task"]) for role in ("LEADS", "PARTICIPATES")),
        )
        return Change(rows, dropped, held, done)

    def _touched(self, extraction: Extraction, path: Path) -> set[str]:
        """The documents that a file may change, or is compared with."""
        ours = {extraction.source.id, self._former(path, extraction.source.id)}
        return {d.id for d in extraction.documents}.union(*(self._documents[source] for source in ours))

    def _with_own_ids(self, extraction: Extraction, path: Path) -> Extraction:
        """A document without 文号 whose id another file holds for another text gets an id of its own (kg.graph.identity)."""
        ours = {extraction.source.id, self._former(path, extraction.source.id)}
        documents = [
            renamed(d, own_id(d, extraction.source.text))
            if self._is_of_another(d, ours) and not d.doc_number and not self._is_same(d, extraction)
            else d
            for d in extraction.documents
        ]
        return replace(extraction, documents=tuple(documents))

    def _is_of_another(self, document: Document, ours: Collection[str]) -> bool:
        """Whether a source that is none of `ours` holds a document of its id."""
        return document.id in self._held and self._held[document.id].source not in ours

    def _is_same(self, document: Document, extraction: Extraction) -> bool:
        share, issued_on = self._agrees(document, extraction)
        return issued_on == document.issued_on and share >= MOST

    def _share(self, document: Document, extraction: Extraction) -> float:
        """How much of the text agrees with what another file holds under the same 文号; without a 文号 it is the same
        (`_with_own_ids`)."""
        return self._agrees(document, extraction)[0] if document.doc_number else 1.0

    def _agrees(self, document: Document, extraction: Extraction) -> tuple[float, str | None]:
        """How much of the text agrees with what is held under its id, and the date of issue of that."""
        text, issued_on = self._base.text(document.id)
        return agreement(document.span.of(extraction.source.text), text), issued_on

    def _former(self, path: Path, source: str) -> str:
        """The source that was last loaded from `path`; `source` where none was."""
        return self._source_of.get(path.resolve(), source)

    def _is_current(self, documents: set[str], source: str) -> bool:
        """Whether there are such documents, all held from this source, read by these rules and corrected as they are now."""
        held = {id_: self._held[id_] for id_ in documents}
        return bool(held) and all(
            h.source == source and h.rules == self._rules and (h.corrections or "") == self._corrections.digest(id_, h.number)
            for id_, h in held.items()
        )

    def _remember(self, dropped: set[str], written: Sequence[Document], extraction: Extraction, path: Path) -> None:
        source, count, name = extraction.source.id, len(extraction.documents), name_of(path)
        for id_ in dropped:
            self._documents[self._held.pop(id_).source].discard(id_)
        for d in written:
            self._held[d.id] = Held(source, name, count, self._rules, d.doc_number, d.corrections, list(d.uncorrected))
            self._documents[source].add(d.id)
            self._source_of[path.resolve()] = source
        if written and (package := package_of(path.resolve())):
            self._packed[package][path.resolve()] = source


def _differs(left: Left) -> str:
    return "" if left.agrees >= MOST else f" by its 文号, though only {left.agrees:.0%} of their text agree"


def _read(extract: Extract, data: bytes, name: str) -> Extraction:
    """Where it is still known what went wrong at which place of our code."""
    with _named(Path(name)):
        return extract(data, name)


def _answer(future: Future[Extraction], name: str) -> Extraction:
    """What workers may die of is no error of ours that they could name."""
    with _named(Path(name)):
        return future.result()


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Turns an error that nobody foresaw into one that names the file, and the place in our code."""
    try:
        yield
    except KgError:
        raise
    except Exception as error:
        raise broken(str(path), error) from error
