"""What people decide of a document, kept and at once applied: corrections and how far it is checked.

First the files are written (corrections.yaml, the journal of reviews), then the documents are read again from their kept bytes.
A kill between the two is made good when the base is opened: a file names what is still to be read.
"""

from __future__ import annotations

import datetime
import hashlib
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal, get_args

from kg import atomic
from kg.ask.doubts import Left
from kg.ask.evidence import revision
from kg.ask.names import resolve
from kg.decide.apply import apply
from kg.decide.entries import Corrections, Entry, OfDocument, means
from kg.decide.file import about, append, remove
from kg.decide.journal import Journal
from kg.decide.preview import Preview, preview
from kg.decide.reviews import Review
from kg.decide.told import FactKind, signed
from kg.engine.store import Store
from kg.errors import BadCorrections, BrokenExtraction, Conflict, KgError, NotFound, StoreLocked
from kg.graph.batch import Stored
from kg.graph.identity import renamed
from kg.graph.intake import Extract, Intake
from kg.graph.kept import Kept
from kg.model import Extraction
from kg.people.acts import Acts

_LOG = logging.getLogger(__name__)

_REMEMBERED = 2
"""Files whose extraction is kept in memory: who checks a document decides on it again and again."""


@dataclass(frozen=True, slots=True)
class Decision:
    """An entry that a document concerns. `problem`: why it does not hold now, if so."""

    entry: Entry
    problem: str | None

    def as_json(self) -> dict[str, Any]:
        said = self.entry.model_dump(mode="json")
        own = {name: said.pop(name) for name in ("change", "date", "by", "reason")}
        return {"id": self.entry.id, **own, "problem": self.problem, "fields": {k: v for k, v in said.items() if v is not None}}


@dataclass(frozen=True, slots=True)
class Desk:
    """A document as it lies before who checks it; `review` … as the graph has them, `decisions` in the order of the file.
    Still to be decided: facts that are `doubtful`, and sentences in which something is `unexplained`."""

    document_id: str
    document: str
    doc_number: str | None
    revision: str
    review: str
    reviewed_by: str | None
    reviewed_on: str | None
    review_changes: list[str]
    doubtful: int
    unexplained: int
    decisions: list[Decision]

    def as_json(self) -> dict[str, Any]:
        fields = {name: getattr(self, name) for name in self.__slots__}
        return fields | {"decisions": [decision.as_json() for decision in self.decisions]}


_REVIEW = ("review", "reviewed_by", "reviewed_on", "review_changes")
_DOCUMENT = (
    "MATCH (d:Document {id: $id})-[:FROM]->(s:Source) "
    "RETURN d.title AS document, d.doc_number AS doc_number, s.id AS source, s.name AS name, d.rules AS rules, "
    "d.corrections AS corrections, coalesce(d.review, 'unchecked') AS review, d.reviewed_by AS reviewed_by, "
    "d.reviewed_on AS reviewed_on, coalesce(d.review_changes, []) AS review_changes, "
    "coalesce(d.corrected, []) AS corrected, coalesce(d.uncorrected, []) AS uncorrected"
)
_OF_SOURCE = "MATCH (d:Document)-[:FROM]->(:Source {id: $source}) RETURN d.id AS id, d.start AS start"
_HELD = (
    "MATCH (d:Document)-[:FROM]->(s:Source) WHERE d.loaded = true "
    "RETURN d.id AS id, d.doc_number AS number, s.id AS source, coalesce(d.corrected, []) AS corrected, "
    "coalesce(d.uncorrected, []) AS uncorrected ORDER BY id"
)


@dataclass(frozen=True)
class Decisions:
    """The decisions of a base. What keeps something raises Conflict where the document is no longer at the revision that was
    `seen`, UnmatchedCorrection, NotFound, BadCorrections, BadJournal, and what the store raises."""

    store: Store
    kept: Kept
    file: Path
    reviews: Journal[Review]
    extract: Extract
    rules: Callable[[], str]
    corrections: Callable[[], Corrections]
    pending: Path
    acts: Acts
    left: Callable[[str], Left]
    _read: dict[tuple[str, str, str], Extraction] = field(default_factory=dict, repr=False)

    def of(self, document: str) -> Desk:
        """What was decided for a document, given by id, 文号 or exact title."""
        id_, row = self._document(document)
        decisions = []
        for entry in self.corrections().entries:
            said = f"{entry.label}: "
            problem = next((p.removeprefix(said) for p in row["uncorrected"] if p.startswith(said)), None)
            ours = isinstance(entry, OfDocument) and means(entry.document, id_, row["doc_number"])
            if ours or problem or entry.label in row["corrected"]:
                late = None if entry.label in row["corrected"] else "it is newer than the last loading"
                decisions.append(Decision(entry, problem or late))
        seen = revision(row["source"], row["rules"], row["corrections"])
        checked = {name: row[name] for name in ("document", "doc_number", *_REVIEW)}
        return Desk(document_id=id_, revision=seen, decisions=decisions, **self.left(id_)._asdict(), **checked)

    def preview(self, entry: Entry) -> Preview:
        """What an entry would change; nothing is written."""
        return preview(self.store, self.kept.folder, self.as_held, self.corrections(), entry)

    def keep(self, entry: Entry, *, seen: str | None = None) -> Preview:
        """Keeps an entry and reads its documents again; says what it changed. `seen`: the revision of its document that the
        decision is about, any if left out."""
        with self.store.writing():
            if seen and isinstance(entry, OfDocument):
                self._check_seen(entry.document, seen)
            for held in self.corrections().entries:
                if about(held) == about(entry):
                    raise Conflict(f"decided already: {held.label}", "take that back first")
            previewed = self.preview(entry)
            with self._applying(previewed.sources):
                append(self.file, previewed.entry)
        self._note(previewed.entry)
        return previewed

    def keep_unchecked(self, entry: Entry) -> None:
        """Keeps an entry whether it matches or not; what it is about is read again when that is loaded."""
        with self.store.writing():
            append(self.file, entry)
        self._note(entry)

    def undo(self, id_: str, *, seen: str | None = None) -> Entry:
        """Takes an entry back, given by its id, and reads the documents again that it concerned."""
        with self.store.writing():
            entry = next((e for e in self.corrections().entries if e.id == id_), None)
            if entry is None:
                raise NotFound(
                    f"there is no decision {id_}", "it was taken back already: `kg review DOCUMENT` lists those there are"
                )
            if seen and isinstance(entry, OfDocument):
                self._check_seen(entry.document, seen)
            concerned = [row["source"] for row in self.store.read(_HELD).rows if _concerns(entry, row)]
            with self._applying(list(dict.fromkeys(concerned))):
                remove(self.file, entry)
        self._note(entry, "undo ")
        return entry

    def review(
        self, document: str, state: Literal["checking", "checked"], *, by: str | None = None, seen: str | None = None
    ) -> Desk:
        """Says how far a document is checked; checked signs its facts as they are now."""
        with self.store.writing():
            id_ = self._check_seen(document, seen)
            _, row = self._document(id_)
            raw = self.as_held(self.kept.read(row["source"]), row["name"])
            extraction, _ = apply(raw, self.corrections())
            facts = next(signed(d, raw.source.text) for d in extraction.documents if d.id == id_)
            now = datetime.datetime.now(datetime.UTC).replace(microsecond=0)
            key = {"document": id_, "doc_number": row["doc_number"]}
            said = Review(**key, state=state, by=by or None, at=now, facts=facts, kinds=get_args(FactKind))
            with self._applying([row["source"]]):
                self.reviews.append([said])
        self.acts.note("correct", id_, state)
        return self.of(id_)

    def _note(self, entry: Entry, what: str = "") -> None:
        self.acts.note("correct", getattr(entry, "document", None), f"{what}{entry.change}")

    def finish(self) -> None:
        """Reads again what a writer that was killed had kept a decision for. Another that is at it is left to it; where it
        cannot be read now, that is logged, and tried when the base is opened next: the base opens all the same."""
        if not self.pending.exists():
            return
        try:
            with self.store.writing():
                if self.pending.exists():
                    atomic.sweep(self.file.resolve())
                    self._take_again(self.pending.read_text().split())
                    self.pending.unlink()
        except StoreLocked:
            return
        except (KgError, OSError) as error:
            _LOG.warning("a decision that is kept is not applied yet: %s", " ".join(str(error).split("\n")))

    @contextmanager
    def _applying(self, sources: Sequence[str]) -> Iterator[None]:
        """The block keeps a decision; then these sources are read again."""
        try:
            atomic.write(self.pending, "\n".join(sources).encode())
        except OSError as error:
            raise BadCorrections(f"{self.pending}: {error.strerror}", "nothing was kept") from error
        try:
            yield
        except KgError:
            self.pending.unlink()
            raise
        self._take_again(sources)
        self.pending.unlink()

    def _take_again(self, sources: Sequence[str]) -> None:
        held = [source for source in sources if self.kept.holds(source)]
        base = Stored(self.store, self.kept)
        for result in Intake(base, self.kept, self._extraction, self.rules(), self.corrections()).take_again(held):
            if result.outcome == "failed":
                raise BrokenExtraction(f"the decision is kept, but not applied: {result.reason}", "mend that, then kg rebuild")

    def _extraction(self, data: bytes, name: str) -> Extraction:
        key = (hashlib.sha256(data).hexdigest(), name, self.rules())
        if key not in self._read:
            found = self.extract(data, name)
            while len(self._read) >= _REMEMBERED:
                del self._read[next(iter(self._read))]
            self._read[key] = found
        return self._read[key]

    def as_held(self, data: bytes, name: str) -> Extraction:
        """The extraction, its documents by the ids that they have in the base (kg.graph.identity)."""
        found = self._extraction(data, name)
        held = {row["start"]: row["id"] for row in self.store.read(_OF_SOURCE, {"source": found.source.id}).rows}
        return replace(found, documents=tuple(renamed(d, held.get(d.span.start, d.id)) for d in found.documents))

    def _document(self, document: str) -> tuple[str, dict[str, Any]]:
        (id_,) = resolve(self.store, "document", [document])
        rows = self.store.read(_DOCUMENT, {"id": id_}).rows
        if not rows:
            raise NotFound(f"{document} is cited, and not loaded", "load it first")
        return id_, rows[0]

    def _check_seen(self, document: str, seen: str | None) -> str:
        id_, row = self._document(document)
        if seen and seen != revision(row["source"], row["rules"], row["corrections"]):
            raise Conflict(f"{id_} has changed since you looked at it", "look at it again: your decision was not kept")
        return id_


def _concerns(entry: Entry, row: dict[str, Any]) -> bool:
    """Whether a document is one that the entry was applied to, or named."""
    if isinstance(entry, OfDocument):
        return means(entry.document, row["id"], row["number"])
    return entry.label in row["corrected"] or any(p.startswith(f"{entry.label}: ") for p in row["uncorrected"])
