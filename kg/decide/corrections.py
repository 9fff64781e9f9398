"""What people know better than the rules: corrections.yaml -> entries -> a corrected extraction.

An entry that speaks of a document names it by id or 文号 and quotes its exact words, so that it outlives new rules; merges
and splits name an agency by its place and the words for it. An entry must match exactly once: what does not is reported and
left out, and the rest goes on. docs/corrections.md shows every form.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Annotated, Final, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, model_validator

from kg.model import (
    Agency,
    Assignment,
    Basis,
    Deadline,
    DeadlineKind,
    Document,
    Extraction,
    Period,
    Place,
    Role,
    Span,
    Task,
    readable_id,
)

# Entries


class _Entry(BaseModel):
    """`by`: who decided it. The reason and the date are shown wherever a fact comes from the entry."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True, str_min_length=1)

    reason: str
    date: datetime.date
    by: str | None = None

    @property
    def why(self) -> str:
        """What a corrected fact says of itself."""
        return f"{self.reason} ({self.date}{f', {self.by}' if self.by else ''})"


_Code = Annotated[str, Field(pattern=r"^(\d{6}|-)$")]  # GB/T 2260, - for the nation


class _OfAgency(_Entry):
    """`place`: GB/T 2260 code of the agency's place, - for the nation; of an agency whose place is unknown that of the document
    that names it. `surface`: its full name, which means all that is said of it, or one form of it as documents print it."""

    place: _Code
    surface: str
    into: str

    @property
    def label(self) -> str:
        return f"{self.date} {self.change} {self.surface} ({self.place}) into {self.into}: {self.reason}"  # type: ignore[attr-defined]


class Merge(_OfAgency):
    """`surface` is the agency that the rules know by the name `into` at the same place."""

    change: Literal["merge"]


class Split(_OfAgency):
    """`surface` is an agency of its own, with the full name `into`; `function`: its line of work, if it shares one."""

    change: Literal["split"]
    function: str | None = None


class ChangePlace(_Entry):
    """The document is made for `place`, which the rules cannot tell from it; its names are read anew by that. - is the nation.
    The document keeps its id."""

    change: Literal["place"]
    document: str
    place: _Code

    @property
    def label(self) -> str:
        return f"{self.date} place {self.place} for {self.document}: {self.reason}"


class _OfWords(_Entry):
    """`document`: id or 文号. `quote`: exact words, white space aside. `task`, an id or a number as printed, and then `nth`,
    from 1, pick among several matches."""

    document: str
    quote: str
    task: str | None = None
    nth: Annotated[int, Field(ge=1)] | None = None

    @property
    def label(self) -> str:
        where = "".join(f" ({name} {value})" for name, value in (("task", self.task), ("nth", self.nth)) if value)
        return f"{self.date} {self.change} {self.quote}{where} in {self.document}: {self.reason}"  # type: ignore[attr-defined]


class Add(_OfWords):
    """The unit that `quote` names has `role` in a task: `task`, else the one the words stand in. `agency`: its name where the
    quote is not one."""

    change: Literal["add"]
    role: Role
    basis: Basis = "clause"
    agency: str | None = None


class Delete(_OfWords):
    """No such assignment: the words of `quote` name no unit, or not one for this task."""

    change: Literal["delete"]
    role: Role | None = None
    basis: Basis | None = None


class ChangeRole(_OfWords):
    """The unit of `quote` has `role`, not the other one."""

    change: Literal["role"]
    role: Role


class ChangeDeadline(_OfWords):
    """What `quote` means, whole: fields left out are null. kind none: no deadline. One that the rules missed is made."""

    change: Literal["deadline"]
    kind: DeadlineKind | Literal["none"]
    start: datetime.date | None = None
    due: datetime.date | None = None
    every: Period | None = None
    within: Annotated[str, Field(pattern=r"^P[0-9YMWDTHS]+$")] | None = None


class ChangeTask(_OfWords):
    """The task whose title is `quote`, or whose words begin with it, runs from the words `first` to the words `last`. Tasks
    that it then holds whole are taken up in it."""

    change: Literal["task"]
    first: str | None = None
    last: str | None = None
    title: str | None = None
    number: str | None = None

    @model_validator(mode="after")
    def _says_something(self) -> ChangeTask:
        if not (self.first or self.last or self.title or self.number):
            raise ValueError("give at least one of first, last, title, number")
        return self


Identity = Merge | Split
OfWords = Add | Delete | ChangeRole | ChangeDeadline | ChangeTask
OfDocument = ChangePlace | OfWords
Entry = Identity | OfDocument

ENTRY: Final[TypeAdapter[Entry]] = TypeAdapter(Annotated[Entry, Field(discriminator="change")])
"""What validates an entry."""


Named = Callable[[str, str | None, str], tuple[Agency, tuple[Place, ...]]]
"""The agency that a name means by the rules at a place (a code, - for the nation, None where unknown) in a document (an id, or
nothing), with its place and those above it."""


def _no_rules(name: str, place: str | None, document: str) -> tuple[Agency, tuple[Place, ...]]:
    raise LookupError(name)  # there are no entries that could ask


@dataclass(frozen=True, slots=True)
class Corrections:
    """The entries in their order, and the rules by which the names in them are understood."""

    entries: tuple[Entry, ...] = ()
    named: Named = _no_rules

    def of(self, id_: str, doc_number: str | None) -> list[OfDocument]:
        """The entries that name this document; those for its place first, because it decides who the agencies are."""
        ours = [e for e in self.entries if isinstance(e, OfDocument) and means(e.document, id_, doc_number)]
        return sorted(ours, key=lambda e: not isinstance(e, ChangePlace))

    def digest(self, id_: str, doc_number: str | None) -> str:
        """Of the entries for this document; merges and splits are for every document. Empty where there are none."""
        ours = [e for e in self.entries if not isinstance(e, OfDocument) or means(e.document, id_, doc_number)]
        said = json.dumps([e.model_dump(mode="json") for e in ours], ensure_ascii=False)
        return hashlib.sha256(said.encode()).hexdigest()[:12] if ours else ""

    def identify(self, agency: Agency, names: Iterable[str], home: str | None) -> Identified:
        """What `agency`, called by `names` in a document of the place `home`, is after merges and splits."""
        return self._identify(agency, {agency.name, *names}, home, ())

    def _identify(self, agency: Agency, names: set[str], home: str | None, passed: tuple[Identity, ...]) -> Identified:
        entry = next((e for e in self.entries if not isinstance(e, OfDocument) and _concerns(e, agency, names, home)), None)
        if entry is None:
            return Identified(agency, entries=passed)
        if entry in passed:
            return Identified(agency, entries=passed, problem="merges lead back to where they began")
        passed = (*passed, entry)
        if isinstance(entry, Split):
            target = _split(agency, entry)
            problem = "" if target.id != agency.id else f"{entry.into} is what the rules say already"
            return Identified(target, entries=passed, problem=problem)
        target, places = self.named(entry.into, entry.place, "")
        if not target.resolved:
            return Identified(agency, entries=passed, problem=f"{entry.into} is no name that the rules can place")
        if target.id == agency.id:  # the rules have learnt it since
            return Identified(agency, entries=passed)
        found = self._identify(target, {target.name, entry.into}, home, passed)
        return replace(found, places=(*places, *found.places))


NONE: Final = Corrections()


@dataclass(frozen=True, slots=True)
class Identified:
    """An agency after merges and splits, the places to add, the entries that led to it, and why they could not be followed."""

    agency: Agency
    places: tuple[Place, ...] = ()
    entries: tuple[Identity, ...] = ()
    problem: str = ""


def _concerns(entry: Identity, agency: Agency, names: set[str], home: str | None) -> bool:
    place = agency.place if agency.resolved else home
    return entry.place == (place or "-") and entry.surface in names


def _split(agency: Agency, entry: Split) -> Agency:
    """An agency of its own at the place of the one that it was taken for."""
    short = entry.into.removeprefix(agency.name.removesuffix(agency.short)) or entry.into
    where = agency.id[: agency.id.rindex(":") + 1]
    star = "*" if agency.collective else ""
    return replace(
        agency,
        id=f"{where}{star}{readable_id(short)}",
        name=entry.into,
        short=short,
        function=entry.function or short,
        successions=(),
    )


# Application


def apply(extraction: Extraction, corrections: Corrections) -> tuple[Extraction, tuple[str, ...]]:
    """The extraction as people corrected it, and why entries for its documents do not hold: each names its entry. Pure."""
    text, places, documents = extraction.source.text, {p.code: p for p in extraction.places}, []
    if not corrections.entries:
        return extraction, ()
    for document in extraction.documents:
        work = _Work(document, text, corrections, places)
        ours = corrections.of(document.id, document.doc_number)
        of_place = [entry for entry in ours if isinstance(entry, ChangePlace)]
        for place in of_place:
            work.correct(place, namesakes=_namesakes(place, extraction))
        work.identify()
        for entry in ours[len(of_place) :]:
            work.correct(entry, namesakes=_namesakes(entry, extraction))
        digest = corrections.digest(document.id, document.doc_number)
        documents.append(
            replace(work.document, corrections=digest, corrected=tuple(work.applied), uncorrected=tuple(work.problems))
        )
    problems = tuple(problem for d in documents for problem in d.uncorrected)
    return replace(extraction, documents=tuple(documents), places=tuple(places.values())), problems


class _UnmatchedError(Exception):
    """Why an entry does not match exactly once."""


T = TypeVar("T")
_Row = tuple[str, str, str, str]  # agency, task, role, basis: what the graph holds as one relationship


@dataclass(slots=True)
class _Work:
    """One document while it is corrected. `places` grows with those of agencies that entries name."""

    document: Document
    text: str
    corrections: Corrections
    places: dict[str, Place]
    applied: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def correct(self, entry: OfDocument, *, namesakes: list[str]) -> None:
        try:
            if len(namesakes) > 1:
                raise _UnmatchedError(f"{entry.document} names {', '.join(namesakes)}; give the id")
            match entry:
                case ChangePlace():
                    self.document = self._change_place(entry)
                case Add():
                    self.document = self._add(entry)
                case Delete() | ChangeRole():
                    self.document = self._change_assignment(entry)
                case ChangeDeadline():
                    self.document = self._change_deadline(entry)
                case ChangeTask():
                    self.document = self._change_task(entry)
        except _UnmatchedError as error:
            self.problems.append(f"{entry.label}: {error}")
        else:
            self.applied.append(entry.label)

    # ---- who an agency is ----

    def _change_place(self, entry: ChangePlace) -> Document:
        d = self.document
        if (d.place or self._nation) == entry.place:
            raise _UnmatchedError("the rules say so already")
        government, places = self.corrections.named("人民政府", entry.place, d.id)
        if not government.resolved:
            raise _UnmatchedError(f"{entry.place} is no code of a place")
        self.places.update({p.code: p for p in places})

        def anew(name: str) -> Agency:
            agency, places = self.corrections.named(name, entry.place, d.id)
            self.places.update({p.code: p for p in places})
            return agency

        assignments = [(a, anew(a.name)) for a in d.assignments]
        return replace(
            d,
            place=None if entry.place == "-" else entry.place,
            assignments=tuple(
                a if agency == a.agency else a._replace(agency=agency, corrected=entry.why) for a, agency in assignments
            ),
            issuing_agencies=tuple(map(anew, d.issuers)),
        )

    @property
    def _nation(self) -> str | None:
        """-, where the document is the nation's: one that names no place may be of any."""
        return "-" if any(a.resolved and a.level == "nation" for a in self.document.issuing_agencies) else None

    def identify(self) -> None:
        """Merges and splits, on units and on issuers. An entry that means two agencies here is not followed."""
        d = self.document
        met: dict[Identity, dict[str, Identified]] = defaultdict(dict)
        mentions = [(a.agency, (a.name, _squeezed(a.surface))) for a in d.assignments]
        issuers = [(agency, (name,)) for agency, name in zip(d.issuing_agencies, d.issuers, strict=False)]
        issuers += [(agency, (agency.name,)) for agency in d.issuing_agencies[len(issuers) :]]
        found = [self.corrections.identify(agency, names, d.place) for agency, names in (*mentions, *issuers)]
        for (agency, _), one in zip((*mentions, *issuers), found, strict=True):
            if one.entries:
                met[one.entries[0]][agency.id] = one
        refused = set()
        for entry, of in met.items():
            several = f"means {len(of)} agencies here: {', '.join(of)}" if len(of) > 1 else ""
            if problem := several or next(iter(of.values())).problem:
                self.problems.append(f"{entry.label}: {problem}")
                refused.add(entry)
            else:
                self.applied += [e.label for e in next(iter(of.values())).entries if e.label not in self.applied]
        agencies: list[Agency] = []
        why: list[str | None] = []
        for (agency, _), one in zip((*mentions, *issuers), found, strict=True):
            changed = bool(one.entries) and one.entries[0] not in refused and one.agency != agency
            agencies.append(one.agency if changed else agency)
            why.append(one.entries[0].why if changed else None)
            self.places.update({p.code: p for p in one.places} if changed else {})
        assignments = tuple(
            a._replace(agency=agency, corrected=reason or a.corrected)
            for a, agency, reason in zip(d.assignments, agencies, why, strict=False)
        )
        self.document = replace(d, assignments=assignments, issuing_agencies=tuple(agencies[len(assignments) :]))

    def _agency(self, name: str) -> Agency:
        """The agency that a name means in this document, as its other mentions have it."""
        d = self.document
        known = {a.agency for a in d.assignments if name in (a.name, _squeezed(a.surface), a.agency.name)}
        if len(known) == 1:
            return known.pop()
        agency, places = self.corrections.named(name, d.place or self._nation, d.id)
        found = self.corrections.identify(agency, {name}, d.place)
        self.places.update({p.code: p for p in (*places, *found.places)})
        return agency if found.problem else found.agency

    # ---- assignments ----

    def _change_assignment(self, entry: Delete | ChangeRole) -> Document:
        rows: dict[_Row, list[Assignment]] = defaultdict(list)
        for a in self.document.assignments:
            rows[_row(a)].append(a)
        quote = _squeezed(entry.quote)
        quoted = [row for row, mentions in rows.items() if any(_squeezed(a.surface) == quote for a in mentions)]
        if isinstance(entry, ChangeRole):
            fit = [row for row in quoted if row[2] != entry.role]
            if quoted and not fit:
                raise _UnmatchedError(f"{entry.quote} has the role {entry.role} already")
        else:
            fit = [row for row in quoted if entry.role in (None, row[2]) and entry.basis in (None, row[3])]
        fit.sort(key=lambda row: min(a.span for a in rows[row]))
        row = self._one(entry, fit, lambda row: row[1], "no unit is read from these words")
        kept = [a for a in self.document.assignments if _row(a) != row]
        if isinstance(entry, ChangeRole):
            kept += [a._replace(role=entry.role, corrected=entry.why) for a in rows[row]]
        return replace(self.document, assignments=_in_order(kept))

    def _add(self, entry: Add) -> Document:
        span = self._stands(entry)
        named = self._tasks(entry.task)
        task = named[0] if len(named) == 1 else self._task_around(span)
        if task is None:
            raise _UnmatchedError("these words stand in no task: say which with task")
        agency = self._agency(_squeezed(entry.agency or entry.quote))
        if any(_row(a) == (agency.id, task.id, entry.role, entry.basis) for a in self.document.assignments):
            raise _UnmatchedError(f"{agency.name} has this role in {task.id} already")
        clause = next((a.clause for a in self.document.assignments if a.clause and _holds(a.clause, span)), None)
        name = _squeezed(entry.agency or entry.quote)
        words = span.of(self.text)
        new = Assignment(task.id, entry.role, entry.basis, words, span, name, agency, clause, corrected=entry.why)
        return replace(self.document, assignments=_in_order([*self.document.assignments, new]))

    # ---- deadlines ----

    def _change_deadline(self, entry: ChangeDeadline) -> Document:
        quote = _squeezed(entry.quote)
        read = [d for d in self.document.deadlines if _squeezed(d.surface) == quote]
        former: Deadline | None
        if read:
            former = self._one(entry, read, lambda d: d.task or "", "")
            span, task = former.span, former.task
        else:
            span = self._stands(entry)
            around = self._task_around(span)
            task = around.id if around else None
            beside = [d for d in self.document.deadlines if d.span.start < span.end and span.start < d.span.end]
            if len(beside) > 1:
                raise _UnmatchedError(f"these words reach over {len(beside)} deadlines")
            former = beside[0] if beside else None
            task = former.task if former else task
        rest = [d for d in self.document.deadlines if d != former]
        if entry.kind == "none":
            if former is None:
                raise _UnmatchedError("no deadline is read from these words")
            return replace(self.document, deadlines=tuple(rest))
        start, due = (day.isoformat() if day else None for day in (entry.start, entry.due))
        words = span.of(self.text)
        new = Deadline(task, entry.kind, words, span, start, due, entry.every, entry.within, corrected=entry.why)
        if former and former._replace(corrected=entry.why) == new:
            raise _UnmatchedError("the rules read it so already")
        return replace(self.document, deadlines=tuple(sorted([*rest, new], key=lambda d: d.span)))

    # ---- tasks ----

    def _change_task(self, entry: ChangeTask) -> Document:
        quote = _squeezed(entry.quote)
        fit = [
            t
            for t in self.document.tasks
            if _squeezed(t.title) == quote or _squeezed(t.span.of(self.text)).startswith((quote, _squeezed(t.number) + quote))
        ]
        task = self._one(entry, fit, lambda t: t.id, "no task has this title or begins with these words")
        start = self._place_of(entry.first, task.span).start if entry.first else task.span.start
        end = self._place_of(entry.last, Span(start, max(start, task.span.end))).end if entry.last else task.span.end
        if start >= end:
            raise _UnmatchedError("its last words stand before its first")
        others = [t for t in self.document.tasks if t != task]
        held = {t.id for t in others if _holds(Span(start, end), t.span)}
        cut = [t.id for t in others if t.id not in held and t.span.start < end and start < t.span.end]
        if cut and Span(start, end) != task.span:
            raise _UnmatchedError(f"it would cut into {', '.join(cut)}: correct that first")
        new = task._replace(
            number=entry.number or task.number,
            title=entry.title or task.title,
            span=Span(start, end),
            corrected=entry.why,
        )
        tasks = sorted([*(t for t in others if t.id not in held), new], key=lambda t: t.span)
        d = self.document
        return replace(
            d,
            tasks=tuple(tasks),
            assignments=tuple(dict.fromkeys(a._replace(task=task.id) if a.task in held else a for a in d.assignments)),
            deadlines=tuple(x._replace(task=task.id) if x.task in held else x for x in d.deadlines),
        )

    # ---- where words stand ----

    def _tasks(self, hint: str | None) -> list[Task]:
        """The tasks that a hint means: by id, its end, or the number as printed."""
        tasks = self.document.tasks
        return [t for t in tasks if hint and (hint in (t.id, t.number) or t.id.endswith(f":{hint}"))]

    def _one(self, entry: OfWords, fit: list[T], task_of: Callable[[T], str], none: str) -> T:
        """The one of `fit` that the entry means: alone, or on its task, or the nth."""
        if not fit:
            raise _UnmatchedError(none)
        hinted = {t.id for t in self._tasks(entry.task)}
        on_it = [one for one in fit if task_of(one) in hinted] if len(fit) > 1 else []
        left = on_it or fit
        if len(left) > 1 and entry.nth and entry.nth <= len(left):
            return left[entry.nth - 1]
        if len(left) > 1:
            tasks = ", ".join(dict.fromkeys(task_of(one) or "the document" for one in left))
            raise _UnmatchedError(f"it matches {len(left)} times ({tasks}): say which with task or nth")
        return left[0]

    def _stands(self, entry: OfWords) -> Span:
        """Where in the document the quote stands; the words of its task come first."""
        found = _occurrences(self.text, entry.quote, self.document.span)
        inside = [span for span in found if any(_holds(t.span, span) for t in self._tasks(entry.task))]
        left = inside or found
        if len(left) > 1 and entry.nth and entry.nth <= len(left):
            return left[entry.nth - 1]
        if len(left) != 1:
            raise _UnmatchedError(
                f"these words stand {len(left)} times in the document" + (": say where with task or nth" if left else "")
            )
        return left[0]

    def _place_of(self, words: str, near: Span) -> Span:
        """Where `words` stand, once: in `near`, else after or before it in the document."""
        for where in (near, self.document.span):
            found = _occurrences(self.text, words, where)
            if found:
                break
        if len(found) != 1:
            raise _UnmatchedError(f"{words} stands {len(found)} times there")
        return found[0]

    def _task_around(self, span: Span) -> Task | None:
        around = [t for t in self.document.tasks if _holds(t.span, span)]
        return min(around, key=lambda t: t.span.end - t.span.start, default=None)


def changes(before: Document, after: Document) -> list[str]:
    """What corrections changed in a document: one line for what is gone (-) and one for what came (+)."""

    def facts(d: Document) -> Iterator[str]:
        for a in d.assignments:
            yield f"{a.agency.name} {a.role} ({a.basis}) in {a.task}"
        for x in d.deadlines:
            value = x.due or x.every or x.within or "no date"
            yield f"{x.surface}: {x.kind} {x.start + ' to ' if x.start else ''}{value} in {x.task or d.id}"
        for t in d.tasks:
            yield f"task {t.number} {t.title} [{t.span.start}:{t.span.end}] {t.id}"
        for agency in d.issuing_agencies:
            yield f"{agency.name} issued {d.id}"

    old, new = dict.fromkeys(facts(before)), dict.fromkeys(facts(after))
    return [f"- {fact}" for fact in old if fact not in new] + [f"+ {fact}" for fact in new if fact not in old]


def _namesakes(entry: OfDocument, extraction: Extraction) -> list[str]:
    return [d.id for d in extraction.documents if means(entry.document, d.id, d.doc_number)]


_BRACKETS: Final = str.maketrans("〔〕［］【】（）()", "[][][][][]")


def means(key: str, id_: str, doc_number: str | None) -> bool:
    """Whether `key` is this document's id or 文号, whatever the form of its brackets."""
    plain = key.translate(_BRACKETS)
    return plain == id_.translate(_BRACKETS) or plain == (doc_number or "").translate(_BRACKETS)


def _row(a: Assignment) -> _Row:
    return a.agency.id, a.task, a.role, a.basis


def _in_order(assignments: Iterable[Assignment]) -> tuple[Assignment, ...]:
    return tuple(sorted(assignments, key=lambda a: (a.span, a.basis, a.role, a.task)))


def _holds(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _squeezed(words: str) -> str:
    return "".join(words.split())


def _occurrences(text: str, words: str, span: Span) -> list[Span]:
    """Where `words` stand in a part of the text, whatever white space and line ends break them."""
    pattern = re.compile(r"\s*".join(map(re.escape, _squeezed(words))))
    return [Span(*found.span()) for found in pattern.finditer(text, *span)]
