"""An extraction as people corrected it: the facts that the rules read -> those that hold, and which entries do not.

An entry must match exactly once: what does not is reported and left out, and the rest goes on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from kg.decide.entries import (
    Add,
    ChangeCitation,
    ChangeDeadline,
    ChangePlace,
    ChangePrinciple,
    ChangeRole,
    ChangeTask,
    ChangeUnit,
    Confirm,
    Corrections,
    Delete,
    Identity,
    NewTask,
    OfDocument,
    OfWords,
    SetAside,
    means,
)
from kg.decide.identify import Identified, identify
from kg.decide.residue import explained, set_aside, struck
from kg.decide.reviews import reviewed
from kg.decide.tasks import with_task
from kg.decide.told import signed
from kg.decide.where import (
    OUTSIDE,
    UnmatchedError,
    holds,
    only,
    place_of,
    read_from,
    stands,
    task_around,
    task_named,
    tasks_of,
    touched,
)
from kg.decide.wording import squeezed
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
    ResidueKind,
    Role,
    Span,
)


def apply(extraction: Extraction, corrections: Corrections) -> tuple[Extraction, tuple[str, ...]]:
    """The extraction as people corrected it, and why entries for its documents do not hold: each names its entry. Pure."""
    text, places, documents = extraction.source.text, {p.code: p for p in extraction.places}, []
    if not (corrections.entries or corrections.reviews):
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
        key = (document.id, document.doc_number)
        last, done = corrections.review(*key), work.document
        documents.append(
            replace(
                done,
                corrections=corrections.digest(*key),
                corrected=tuple(work.applied),
                uncorrected=tuple(work.problems),
                reviewed=reviewed(last, signed(done, text) if last else (), decided=bool(ours)),
            )
        )
    problems = tuple(problem for d in documents for problem in d.uncorrected)
    return replace(extraction, documents=tuple(documents), places=tuple(places.values())), problems


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
                raise UnmatchedError(f"{entry.document} names {', '.join(namesakes)}; give the id")
            match entry:
                case ChangePlace():
                    self.document = self._change_place(entry)
                case Add():
                    self.document = self._add(entry)
                case Delete() | ChangeRole() | ChangeUnit():
                    self.document = self._change_assignment(entry)
                case Confirm():
                    self.document = self._confirm(entry)
                case SetAside():
                    self.document = set_aside(self.document, entry)
                case ChangeDeadline():
                    self.document = self._change_deadline(entry)
                case ChangePrinciple():
                    self.document = self._change_principle(entry)
                case ChangeCitation():
                    self.document = self._change_citation(entry)
                case ChangeTask() | NewTask():
                    self.document = with_task(self.document, self.text, entry)
        except UnmatchedError as error:
            self.problems.append(f"{entry.label}: {error}")
        else:
            self.applied.append(entry.label)

    # ---- who an agency is ----

    def _change_place(self, entry: ChangePlace) -> Document:
        d = self.document
        if (d.place or self._nation) == entry.place:
            raise UnmatchedError("the rules say so already")
        government, places = self.corrections.named("人民政府", entry.place, d.id)
        if not government.resolved:
            raise UnmatchedError(f"{entry.place} is no code of a place")
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

    def _quoted(self, quote: str) -> dict[_Relationship, list[Assignment]]:
        """The mentions of what is said with these words among others, what is said first first."""
        mentions: dict[_Relationship, list[Assignment]] = defaultdict(list)
        for a in sorted(self.document.assignments, key=lambda a: a.span):
            mentions[_relationship(a)].append(a)
        return {said: its for said, its in mentions.items() if any(squeezed(a.surface) == squeezed(quote) for a in its)}

    def _change_assignment(self, entry: Delete | ChangeRole | ChangeUnit) -> Document:
        quoted = self._quoted(entry.quote)
        new: dict[str, Any] = {}
        match entry:
            case ChangeRole():
                fit, new = [r for r in quoted if r.role != entry.role], {"role": entry.role}
                already = f"has the role {entry.role}"
            case ChangeUnit():
                agency = self._agency(squeezed(entry.agency))
                fit, new = [r for r in quoted if r.agency != agency.id], {"agency": agency, "name": agency.name}
                already = f"is {agency.name}"
            case Delete():
                fit = [r for r in quoted if entry.role in (None, r.role) and entry.basis in (None, r.basis)]
                already = ""
        if new and quoted and not fit:
            raise UnmatchedError(f"{entry.quote} {already} already")
        meant = only(self.document, entry, fit, lambda r: r.task, "no unit is read from these words")
        kept = [a for a in self.document.assignments if _relationship(a) != meant]
        if new:
            kept += [a._replace(**new, corrected=entry.why, confirmed=None) for a in quoted[meant]]
            return replace(self.document, assignments=_in_order(kept))
        still = {a.span for a in kept}
        gone = self._struck("mention", (a.span for a in quoted[meant] if a.span not in still), entry)
        return replace(gone, assignments=_in_order(kept))

    def _confirm(self, entry: Confirm) -> Document:
        d = self.document
        if entry.role:
            quoted = self._quoted(entry.quote)
            fit = [r for r in quoted if (r.role, r.basis) == (entry.role, entry.basis)]
            if not fit:
                return self._add(Add(change="add", **entry.model_dump(exclude={"change"})))
            meant = only(self.document, entry, fit, lambda r: r.task, "")
            return replace(
                d,
                assignments=tuple(a._replace(confirmed=entry.why) if _relationship(a) == meant else a for a in d.assignments),
            )
        if time := read_from(d, self.text, entry, d.deadlines):
            return replace(d, deadlines=tuple(x._replace(confirmed=entry.why) if x == time else x for x in d.deadlines))
        if principle := read_from(d, self.text, entry, d.principles):
            return replace(d, principles=tuple(p._replace(confirmed=entry.why) if p == principle else p for p in d.principles))
        if known := read_from(d, self.text, entry, d.citations):
            right = (c._replace(confirmed=entry.why) if c.cited == known.cited else c for c in d.citations)
            return replace(d, citations=tuple(right))
        none = "no unit with this role, no time limit, principle, citation or task is read from these words"
        task = task_named(self.document, self.text, entry, none)
        return replace(d, tasks=tuple(t._replace(confirmed=entry.why) if t == task else t for t in d.tasks))

    def _add(self, entry: Add) -> Document:
        span = stands(self.document, self.text, entry)
        named = tasks_of(self.document, entry.task)
        task = named[0] if len(named) == 1 else task_around(self.document, span)
        if task is None:
            raise UnmatchedError(OUTSIDE)
        agency = self._agency(squeezed(entry.agency or entry.quote))
        if any(_relationship(a) == (agency.id, task.id, entry.role, entry.basis) for a in self.document.assignments):
            raise UnmatchedError(f"{agency.name} has this role in {task.id} already")
        clause = next((a.clause for a in self.document.assignments if a.clause and holds(a.clause, span)), None)
        name = squeezed(entry.agency or entry.quote)
        words = span.of(self.text)
        new = Assignment(task.id, entry.role, entry.basis, words, span, name, agency, clause, corrected=entry.why)
        return replace(explained(self.document, span), assignments=_in_order([*self.document.assignments, new]))

    def _struck(self, kind: ResidueKind, spans: Iterable[Span], entry: OfWords) -> Document:
        return struck(self.document, self.text, ((kind, span) for span in spans), entry)

    # ---- deadlines, principles, citations ----

    def _change_deadline(self, entry: ChangeDeadline) -> Document:
        former, span = touched(self.document, self.text, entry, self.document.deadlines)
        rest = [d for d in self.document.deadlines if d != former]
        if entry.kind == "none":
            if former is None:
                raise UnmatchedError("no deadline is read from these words")
            return replace(self._struck("time", [former.span], entry), deadlines=tuple(rest))
        around = task_around(self.document, span)
        task = former.task if former else around.id if around else None
        start, due = (day.isoformat() if day else None for day in (entry.start, entry.due))
        words = span.of(self.text)
        new = Deadline(task, entry.kind, words, span, start, due, entry.every, entry.within, corrected=entry.why)
        if former and former._replace(corrected=entry.why, rule=new.rule, confirmed=None) == new:
            raise UnmatchedError("the rules read it so already")
        return replace(explained(self.document, span), deadlines=tuple(sorted([*rest, new], key=lambda d: d.span)))

    def _change_principle(self, entry: ChangePrinciple) -> Document:
        former, span = touched(self.document, self.text, entry, self.document.principles)
        rest = [p for p in self.document.principles if p != former]
        if entry.kind == "none":
            if former is None:
                raise UnmatchedError("no principle is read from these words")
            return replace(self._struck("principle", [former.span], entry), principles=tuple(rest))
        span = place_of(self.text, entry.words, span, self.document.span) if entry.words else span
        if former and former.span == span:
            raise UnmatchedError("the rules read it so already")
        new = Principle(span.of(self.text), span, corrected=entry.why)
        return replace(explained(self.document, span), principles=tuple(sorted([*rest, new], key=lambda p: p.span)))

    def _change_citation(self, entry: ChangeCitation) -> Document:
        former, span = touched(self.document, self.text, entry, self.document.citations)
        rest = [c for c in self.document.citations if former is None or c.cited != former.cited]
        spans = [c.span for c in self.document.citations if c not in rest] or [span]
        if entry.kind == "none":
            if former is None:
                raise UnmatchedError("nothing that is cited is read from these words")
            return replace(self._struck("citation", spans, entry), citations=tuple(rest))
        title = entry.title or (None if entry.doc_number else squeezed(entry.quote).strip("《》"))
        if former and (former.title, former.doc_number) == (title, entry.doc_number):
            raise UnmatchedError("the rules read it so already")
        new = [Citation(title, entry.doc_number, at, corrected=entry.why) for at in spans]
        return replace(explained(self.document, span), citations=tuple(sorted([*rest, *new], key=lambda c: c.span)))


def _namesakes(entry: OfDocument, extraction: Extraction) -> list[str]:
    return [d.id for d in extraction.documents if means(entry.document, d.id, d.doc_number)]


def _relationship(a: Assignment) -> _Relationship:
    return _Relationship(a.agency.id, a.task, a.role, a.basis)


def _in_order(assignments: Iterable[Assignment]) -> tuple[Assignment, ...]:
    return tuple(sorted(assignments, key=lambda a: (a.span, a.basis, a.role, a.task)))
