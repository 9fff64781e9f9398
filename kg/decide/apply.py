"""An extraction as people corrected it: the facts that the rules read -> those that hold, and which entries do not.

An entry must match exactly once: what does not is reported and left out, and the rest goes on.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple, TypeVar

from kg.decide.entries import (
    Add,
    ChangeDeadline,
    ChangePlace,
    ChangeRole,
    ChangeTask,
    Corrections,
    Delete,
    Identity,
    OfDocument,
    OfWords,
    means,
)
from kg.decide.identify import Identified, identify
from kg.decide.wording import is_named, squeezed
from kg.model import Agency, Assignment, Basis, Deadline, Document, Extraction, Place, Role, Span, Task


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
        work.merge_and_split()
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


class _Relationship(NamedTuple):
    """What the graph holds as one, however many words say it. `agency` and `task` are ids."""

    agency: str
    task: str
    role: Role
    basis: Basis


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

    def merge_and_split(self) -> None:
        """On units and on issuers. An entry that means two agencies here is not followed."""
        d = self.document
        mentions = [(a.agency, (a.name, squeezed(a.surface))) for a in d.assignments]
        issuers = [(agency, (name,)) for agency, name in zip(d.issuing_agencies, d.issuers, strict=False)]
        issuers += [(agency, (agency.name,)) for agency in d.issuing_agencies[len(issuers) :]]
        identified = [(agency, identify(self.corrections, agency, names, d.place)) for agency, names in (*mentions, *issuers)]
        met: dict[Identity, dict[str, Identified]] = defaultdict(dict)
        for agency, one in identified:
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
        for agency, one in identified:
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
        known = {a.agency for a in d.assignments if name in (a.name, squeezed(a.surface), a.agency.name)}
        if len(known) == 1:
            return known.pop()
        agency, places = self.corrections.named(name, d.place or self._nation, d.id)
        identified = identify(self.corrections, agency, {name}, d.place)
        self.places.update({p.code: p for p in (*places, *identified.places)})
        return agency if identified.problem else identified.agency

    # ---- assignments ----

    def _change_assignment(self, entry: Delete | ChangeRole) -> Document:
        mentions: dict[_Relationship, list[Assignment]] = defaultdict(list)
        for a in self.document.assignments:
            mentions[_relationship(a)].append(a)
        quote = squeezed(entry.quote)
        quoted = [one for one, its in mentions.items() if any(squeezed(a.surface) == quote for a in its)]
        if isinstance(entry, ChangeRole):
            fit = [one for one in quoted if one.role != entry.role]
            if quoted and not fit:
                raise _UnmatchedError(f"{entry.quote} has the role {entry.role} already")
        else:
            fit = [one for one in quoted if entry.role in (None, one.role) and entry.basis in (None, one.basis)]
        fit.sort(key=lambda one: min(a.span for a in mentions[one]))
        meant = self._one(entry, fit, lambda one: one.task, "no unit is read from these words")
        kept = [a for a in self.document.assignments if _relationship(a) != meant]
        if isinstance(entry, ChangeRole):
            kept += [a._replace(role=entry.role, corrected=entry.why) for a in mentions[meant]]
        return replace(self.document, assignments=_in_order(kept))

    def _add(self, entry: Add) -> Document:
        span = self._stands(entry)
        named = self._tasks(entry.task)
        task = named[0] if len(named) == 1 else self._task_around(span)
        if task is None:
            raise _UnmatchedError("these words stand in no task: say which with task")
        agency = self._agency(squeezed(entry.agency or entry.quote))
        if any(_relationship(a) == (agency.id, task.id, entry.role, entry.basis) for a in self.document.assignments):
            raise _UnmatchedError(f"{agency.name} has this role in {task.id} already")
        clause = next((a.clause for a in self.document.assignments if a.clause and _holds(a.clause, span)), None)
        name = squeezed(entry.agency or entry.quote)
        words = span.of(self.text)
        new = Assignment(task.id, entry.role, entry.basis, words, span, name, agency, clause, corrected=entry.why)
        return replace(self.document, assignments=_in_order([*self.document.assignments, new]))

    # ---- deadlines ----

    def _change_deadline(self, entry: ChangeDeadline) -> Document:
        quote = squeezed(entry.quote)
        read = [d for d in self.document.deadlines if squeezed(d.surface) == quote]
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
        if former and former._replace(corrected=entry.why, rule=new.rule) == new:
            raise _UnmatchedError("the rules read it so already")
        return replace(self.document, deadlines=tuple(sorted([*rest, new], key=lambda d: d.span)))

    # ---- tasks ----

    def _change_task(self, entry: ChangeTask) -> Document:
        fit = [t for t in self.document.tasks if is_named(entry.quote, t.number, t.title, t.span.of(self.text))]
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
        """The tasks that a hint means: by id, its end, or the number as printed. An id of before the document's own changed
        counts by its end."""
        tasks = self.document.tasks
        exact = [t for t in tasks if hint and (hint in (t.id, t.number) or t.id.endswith(f":{hint}"))]
        return exact or [t for t in tasks if hint and ":" in hint and t.id.endswith(f":{hint.rpartition(':')[2]}")]

    def _one(self, entry: OfWords, fit: list[T], task_of: Callable[[T], str], none: str) -> T:
        """The one of `fit` that the entry means: alone, or on its task, or the nth."""
        if not fit:
            raise _UnmatchedError(none)
        hinted = {t.id for t in self._tasks(entry.task)}
        left = [one for one in fit if task_of(one) in hinted] or fit
        if entry.nth and entry.nth <= len(left):
            return left[entry.nth - 1]
        if len(left) > 1:
            tasks = ", ".join(dict.fromkeys(task_of(one) or "the document" for one in left))
            raise _UnmatchedError(f"it matches {len(left)} times ({tasks}): say which with task or nth")
        return left[0]

    def _stands(self, entry: OfWords) -> Span:
        """Where in the document the quote stands; the words of its task come first."""
        everywhere = _occurrences(self.text, entry.quote, self.document.span)
        inside = [span for span in everywhere if any(_holds(t.span, span) for t in self._tasks(entry.task))]
        left = inside or everywhere
        if entry.nth and entry.nth <= len(left):
            return left[entry.nth - 1]
        if len(left) != 1:
            raise _UnmatchedError(
                f"these words stand {len(left)} times in the document" + (": say where with task or nth" if left else "")
            )
        return left[0]

    def _place_of(self, words: str, near: Span) -> Span:
        """Where `words` stand, once: in `near`, else after or before it in the document."""
        for where in (near, self.document.span):
            spans = _occurrences(self.text, words, where)
            if spans:
                break
        if len(spans) != 1:
            raise _UnmatchedError(f"{words} stands {len(spans)} times there")
        return spans[0]

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


def _relationship(a: Assignment) -> _Relationship:
    return _Relationship(a.agency.id, a.task, a.role, a.basis)


def _in_order(assignments: Iterable[Assignment]) -> tuple[Assignment, ...]:
    return tuple(sorted(assignments, key=lambda a: (a.span, a.basis, a.role, a.task)))


def _holds(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _occurrences(text: str, words: str, span: Span) -> list[Span]:
    """Where `words` stand in a part of the text, whatever white space and line ends break them."""
    pattern = re.compile(r"\s*".join(map(re.escape, squeezed(words))))
    return [Span(*match.span()) for match in pattern.finditer(text, *span)]
