"""What a fact is. Offsets are code points into `Source.text`, which is decoded once and never edited.

Nothing here can be changed once it is made. Frozen dataclasses all, but for named tuples where a document has hundreds: a
tuple is made in a third of the time.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple, Self, cast

Role = Literal["LEADS", "PARTICIPATES"]
Basis = Literal["clause", "narrative", "default"]
TaskKind = Literal["task", "safeguard", "step", "general"]
DeadlineKind = Literal["by", "period", "recurring", "within"]
Period = Literal["year", "half-year", "quarter", "month", "week", "day"]
Modality = Literal["must", "must not"]
ResidueKind = Literal[
    "mention", "label", "verb", "table", "page", "annex", "picture", "sheet", "row", "part", "time", "principle", "citation"
]
ReviewState = Literal["unchecked", "checking", "checked"]
UnreadKind = Literal["page", "picture", "sheet", "row", "part"]


class Span(NamedTuple):
    """`[start, end)` in code points of the source's text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The quoted words themselves."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a source, row by row. A merged cell stands, with one span, at every place that it covers; an empty cell
    has an empty span."""

    span: Span
    rows: tuple[tuple[Span, ...], ...]


class Unread(NamedTuple):
    """A part of a file that gave no words: a page that is a picture, a picture, a hidden sheet, a deleted row, …

    `name` says which, as people see it (第 2 页, 图片 image1.png, 表「Sheet3」); `at` is where in the text it would stand.
    `why` is one of loaders.facts.residue.REASONS, None where a person should look at the part itself.
    """

    kind: UnreadKind
    name: str
    at: int
    why: str | None = None


class Sheet(NamedTuple):
    """A sheet of a workbook: `rows` holds where each of its rows begins in the text, with the number that the program shows.

    `columns` holds from where on in the text which columns, counted from 0, are written, parted by tabs.
    """

    name: str
    span: Span
    rows: tuple[tuple[int, int], ...]
    columns: tuple[tuple[int, tuple[int, ...]], ...] = ()

    def cell(self, text: str, at: int) -> str | None:
        """The cell, such as B5, whose words hold offset `at` of `text`; None for the sheet's name."""
        row = bisect_right(self.rows, at, key=_first) - 1
        if row < 0:
            return None
        start, number = self.rows[row]
        columns = self.columns[bisect_right(self.columns, start, key=_first) - 1][1]
        tabs = text.count("\t", start, at)
        return f"{column_letters(columns[min(tabs, len(columns) - 1)])}{number}"

    @property
    def line(self) -> str:
        """Its name and its rows as the graph holds them: 台账, a tab, 0 1 18 2 for row 1 at offset 0 and row 2 at 18."""
        return f"{self.name}\t{' '.join(f'{start} {number}' for start, number in self.rows)}"

    @classmethod
    def of_line(cls, line: str) -> Self:
        """What `line` made a line of, its columns left out; its span ends where its last row begins."""
        name, _, rows = line.rpartition("\t")
        numbers = [int(number) for number in rows.split()]
        places = tuple(zip(numbers[::2], numbers[1::2], strict=True))
        return cls(name, Span(places[0][0], places[-1][0]) if places else Span(0, 0), places)


def column_letters(column: int) -> str:
    """What a spreadsheet calls a column that is counted from 0: A, Z, AA."""
    letters = ""
    while column >= 0:
        column, letter = divmod(column, 26)
        letters, column = chr(ord("A") + letter) + letters, column - 1
    return letters


def _first(place: tuple[int, Any]) -> int:
    return place[0]


class OwnWords(bytes):
    """The text of a letter to which files are attached: often 请查收, and no document."""


@dataclass(frozen=True, slots=True)
class Source:
    """One file as it came: `id` is the sha256 of its bytes, `text` the words that a reader of it sees, decoded once.

    Of a text file that is all of it, BOM and CRLF included; of a web page its article, of a .docx or a PDF the text in
    reading order. `pages` holds where each page of a PDF starts in `text`, `tables` what the file itself marks as tables (none
    of an Extraction: they are needed no more),
    `sheets` those of a workbook, `recognised` what was read from pictures (OCR), in order and apart, `doubtful` likewise the
    characters of it that may be wrong, `unread` the parts that gave no words.
    """

    id: str
    name: str
    media_type: str
    text: str
    pages: tuple[int, ...] = ()
    tables: tuple[Table, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    recognised: tuple[Span, ...] = ()
    doubtful: tuple[Span, ...] = ()
    unread: tuple[Unread, ...] = ()

    def is_recognised(self, span: Span) -> bool:
        """Whether words, or some of them, were read by text recognition (OCR)."""
        n = bisect_right(self.recognised, span.start, key=lambda part: part.end)
        return n < len(self.recognised) and max(span.start, self.recognised[n].start) < min(span.end, self.recognised[n].end)

    def in_sheet(self, span: Span) -> dict[str, str]:
        """The sheet and the cell in which words begin, {} outside sheets and for what is no words."""
        n = bisect_right(self.sheets, span.start, key=lambda sheet: sheet.span.start) - 1
        if n < 0 or span.start >= min(span.end, self.sheets[n].span.end):
            return {}
        cell = self.sheets[n].cell(self.text, span.start)
        return {"sheet": self.sheets[n].name, **({"cell": cell} if cell else {})}


class Succession(NamedTuple):
    """That a reform made the agency `later` of the whole of `former`, both by id. `on`: year or month; `source` says so."""

    former: str
    later: str
    on: str
    source: str


@dataclass(frozen=True, slots=True)
class Agency:
    """A place plus a name: the 司法局 of 长治市. `place` is a GB/T 2260 code, None for national bodies and unresolved ones.

    `name` is the full name with its place (长治市司法局), `short` without it (司法局). `function` is the 条线 shared by every
    place and level (司法). A collective (各县区人民政府) is many agencies named as one: `members` are the ranks of those that
    it means, `binds` whether all of them (各, 全) or some (有关, 相关). `rank` is the agency's own: county government, city
    department; None for bodies that no collective means. `successions` are the reforms that it took part in.
    """

    id: str
    name: str
    short: str
    place: str | None
    level: str
    kind: str
    function: str | None
    collective: bool
    resolved: bool
    rank: str | None = None
    members: tuple[str, ...] = ()
    binds: Literal["all", "some"] | None = None
    successions: tuple[Succession, ...] = ()


class Task(NamedTuple):
    """The innermost numbered item that states work. `number` is as printed, `headings` the titles above it, outermost first.

    `corrected`, here and below: why a person changed or added it; `confirmed`: who found it right.
    """

    id: str
    number: str
    kind: TaskKind
    title: str
    headings: tuple[str, ...]
    span: Span
    corrected: str | None = None
    confirmed: str | None = None


class Principle(NamedTuple):
    """The headline of one 基本原则."""

    text: str
    span: Span
    corrected: str | None = None
    confirmed: str | None = None


class Deadline(NamedTuple):
    """What must be done by when; dates are ISO 8601, `within` an ISO 8601 duration, `task` None where it binds the document.

    `rule`, here and below: the name of the rule that read it, "" where a person added it.
    """

    task: str | None
    kind: DeadlineKind
    surface: str
    span: Span
    start: str | None = None
    due: str | None = None
    every: Period | None = None
    within: str | None = None
    corrected: str | None = None
    rule: str = ""
    confirmed: str | None = None


class Assignment(NamedTuple):
    """One mention of a unit that answers for (LEADS, 牵头) or takes part in (PARTICIPATES, 配合) a task.

    `name` is the surface in simplified characters with its elided prefix restored; `clause` the whole clause it stands in.
    `modality` is "must not" where it is told not to act (不得, 严禁).
    """

    task: str
    role: Role
    basis: Basis
    surface: str
    span: Span
    name: str
    agency: Agency
    clause: Span | None = None
    corrected: str | None = None
    modality: Modality = "must"
    rule: str = ""
    confirmed: str | None = None


class Citation(NamedTuple):
    """One mention of another document: 《title》(文号)."""

    title: str | None
    doc_number: str | None
    span: Span
    corrected: str | None = None
    confirmed: str | None = None

    @property
    def cited(self) -> str:
        """What its mentions have in common."""
        return self.doc_number or self.title or ""


DECIDED = ("struck", "set-aside")
"""Why words gave no fact, where a person decided so."""


class Residue(NamedTuple):
    """What could have been a fact and gave none. `reason` is one of loaders.facts.residue.REASONS, or of DECIDED, where
    `decided` says who and why; None where nothing explains it."""

    kind: ResidueKind
    span: Span
    surface: str
    reason: str | None
    decided: str | None = None

    @property
    def line(self) -> str:
        """All of it as the graph holds it: mention 1024 1028 inside 市司法局; - for no reason."""
        return f"{self.kind} {self.span.start} {self.span.end} {self.reason or '-'} {self.surface}"

    @classmethod
    def of_line(cls, line: str) -> Self:
        """What `line` made a line of."""
        kind, start, end, reason, surface = line.split(" ", 4)
        return cls(cast("ResidueKind", kind), Span(int(start), int(end)), surface, None if reason == "-" else reason)

    @property
    def open(self) -> bool:
        """Whether it is words of a sentence that nothing explains: a person should look."""
        return self.reason is None and self.kind in ("mention", "label", "verb")


class Reviewed(NamedTuple):
    """How far people have checked a document. `by` and `on` (a day, ISO 8601) are of who last said so; `changed`: the facts
    that are no longer those that were signed, a line each (kg.decide.told)."""

    state: ReviewState = "unchecked"
    by: str | None = None
    on: str | None = None
    changed: tuple[str, ...] = ()


UNCHECKED = Reviewed()


@dataclass(frozen=True, slots=True)
class Document:
    """One document of a source. `place` is the GB/T 2260 code of the place it concerns; unknown values are None.

    `inferred` names what is no more than likely: a title that is the first words, a place that only the text tells of.
    `corrections` is the digest of the entries for it, `corrected` says which of them hold, `uncorrected` which do not, and why.
    """

    id: str
    title: str
    doc_number: str | None
    issuers: tuple[str, ...]
    issuing_agencies: tuple[Agency, ...]
    place: str | None
    issued_on: str | None
    published_on: str | None
    index_number: str | None
    status: str | None
    year: int | None
    span: Span
    principles: tuple[Principle, ...] = ()
    tasks: tuple[Task, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    citations: tuple[Citation, ...] = ()
    inferred: tuple[Literal["title", "place"], ...] = ()
    corrections: str = ""
    corrected: tuple[str, ...] = ()
    uncorrected: tuple[str, ...] = ()
    residue: tuple[Residue, ...] = ()
    reviewed: Reviewed = UNCHECKED

    @property
    def unexplained(self) -> int:
        """How much of the residue nothing explains."""
        return sum(left.reason is None for left in self.residue)

    @property
    def no_duties(self) -> bool:
        """Whether it demands nothing of anybody: news, answers to questions, a guide."""
        return not (self.tasks or self.assignments)

    @property
    def certain(self) -> bool:
        """Whether the text says at least one thing of what it is: title, 文号, issuer, date, index number or place."""
        said = (self.doc_number, self.issuers, self.issued_on, self.published_on, self.index_number)
        return "title" not in self.inferred or any(said) or (self.place is not None and "place" not in self.inferred)


@dataclass(frozen=True, slots=True)
class Place:
    """An administrative division of GB/T 2260; `parent` is the code of the one it is part of."""

    code: str
    name: str
    level: str
    parent: str | None


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was read from one source. `places` are those its facts name, with the places above them."""

    source: Source
    documents: tuple[Document, ...]
    places: tuple[Place, ...] = field(default=())

    def as_json(self) -> dict[str, Any]:
        """The extraction JSON of `kg extract --format json`."""
        source: dict[str, Any] = {"name": self.source.name, "sha256": self.source.id, "chars": len(self.source.text)}
        if self.source.pages:
            source["pages"] = list(self.source.pages)
        documents = [_document_json(d) for d in self.documents]
        if self.source.sheets:
            source["sheets"] = [sheet.name for sheet in self.source.sheets]
            for fact in (fact for d in documents for kind in _FACTS for fact in d[kind]):
                fact.update(self.source.in_sheet(Span(*fact["span"])))
        if self.source.recognised:
            source |= {name: [list(span) for span in getattr(self.source, name)] for name in ("recognised", "doubtful")}
            for fact in (fact for d in documents for kind in _FACTS for fact in d[kind]):
                if self.source.is_recognised(Span(*fact["span"])):
                    fact["recognised"] = True
        return {"source": source, "documents": documents}


_FACTS = ("principles", "tasks", "assignments", "deadlines", "citations", "residue")


def _document_json(d: Document) -> dict[str, Any]:
    return {
        "id": d.id,
        "title": d.title,
        "doc_number": d.doc_number,
        "issuers": list(d.issuers),
        "place": d.place,
        **{f"{name}_inferred": True for name in d.inferred},
        **({} if d.certain else {"uncertain": True}),
        **({"no_duties": True} if d.no_duties else {}),
        "issued_on": d.issued_on,
        "published_on": d.published_on,
        "index_number": d.index_number,
        "status": d.status,
        "span": list(d.span),
        "principles": [{"text": p.text, "span": list(p.span)} for p in d.principles],
        "tasks": [
            {
                "id": t.id,
                "number": t.number,
                "kind": t.kind,
                "title": t.title,
                "headings": list(t.headings),
                "span": list(t.span),
            }
            for t in d.tasks
        ],
        "assignments": [
            {
                "task": a.task,
                "role": a.role,
                "surface": a.surface,
                "span": list(a.span),
                "agency": a.agency.id,
                "name": a.name,
                "function": a.agency.function,
                "collective": a.agency.collective,
                "basis": a.basis,
                "modality": a.modality,
                "rule": a.rule,
                "clause": list(a.clause) if a.clause else None,
            }
            for a in d.assignments
        ],
        "deadlines": [
            {
                "task": x.task,
                "kind": x.kind,
                "surface": x.surface,
                "span": list(x.span),
                "start": x.start,
                "due": x.due,
                "every": x.every,
                "within": x.within,
                "rule": x.rule,
            }
            for x in d.deadlines
        ],
        "citations": [{"title": c.title, "doc_number": c.doc_number, "span": list(c.span)} for c in d.citations],
        "residue": [{"kind": r.kind, "span": list(r.span), "surface": r.surface, "reason": r.reason} for r in d.residue],
    }


_STOPS = "。；;！？\n"
_SENTENCE = 300


def sentence(span: Span, text: str) -> Span:
    """The sentence around `span`, its stop included; of one without end, the 300 characters on each side."""
    floor, ceiling = max(0, span.start - _SENTENCE), span.end + _SENTENCE
    start = max(text.rfind(stop, floor, span.start) for stop in _STOPS) + 1 or floor
    ends = [end + 1 for stop in _STOPS if (end := text.find(stop, span.end, ceiling)) >= 0]
    return Span(start, min([*ends, ceiling, len(text)]))


_UNSAFE_IN_ID = re.compile(r"[\s/?#%\x00-\x1f\x7f-\x9f]")
_ID_LENGTH = 60


def readable_id(name: str) -> str:
    """`name` as part of an id: without what a URL would not take; over 60 characters it is cut with ~ and 8 hex digits.

    Two names that differ in what is left out still give two ids.
    """
    clean = _UNSAFE_IN_ID.sub("", name)
    if clean == "".join(name.split()) and len(clean) <= _ID_LENGTH:
        return clean
    return f"{clean[: _ID_LENGTH - 9]}~{hashlib.sha256(name.encode()).hexdigest()[:8]}"
