"""What a document says, as people read it in a list: its facts one by one, and what a decision does to them."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from kg.decide.wording import squeezed
from kg.model import Document

FactKind = Literal["unit", "deadline", "task", "task_kind", "issuer", "principle", "citation"]


class Told(NamedTuple):
    """A fact. `value`: of a unit its role, basis and modality; of a time limit its kind and its days, period or duration; of a
    task where its words stand, and apart from them its kind; of a citation the 文号; else nothing. `task`: a task's id, None
    for what is of the whole document."""

    kind: FactKind
    task: str | None
    name: str
    value: str

    def line(self, document: str) -> str:
        """It in the list of a command. `document`: the id of its document."""
        first, *others = self.value.split(" ")
        lines: dict[FactKind, str] = {
            "unit": f"{self.name} {first} ({' '.join(others[:1])}) in {self.task}",
            "deadline": f"{self.name}: {first} {' to '.join(others) or 'no date'} in {self.task or document}",
            "task": f"task {self.name} [{self.value}] {self.task}",
            "task_kind": f"task {self.name} is a {self.value} {self.task}",
            "issuer": f"{self.name} issued {document}",
            "principle": f"principle {self.name} in {document}",
            "citation": f"{self.name} {self.value}".rstrip() + f" cited in {document}",
        }
        return lines[self.kind]


class Change(NamedTuple):
    """A fact that goes (-) or comes (+)."""

    sign: Literal["-", "+"]
    fact: Told


class Workload(NamedTuple):
    """How many tasks a unit leads, and how many it takes part in without leading them, before and after."""

    agency: str
    agency_id: str
    leads: tuple[int, int]
    participates: tuple[int, int]


def facts(d: Document) -> Iterator[Told]:
    """The facts that people can correct."""
    for a in d.assignments:
        forbidden = " must not" if a.modality == "must not" else ""
        yield Told("unit", a.task, a.agency.name, f"{a.role} {a.basis}{forbidden}")
    for x in d.deadlines:
        days = " ".join(day for day in (x.start, x.due or x.every or x.within) if day)
        yield Told("deadline", x.task, x.surface, f"{x.kind} {days}".rstrip())
    for t in d.tasks:
        name = f"{t.number} {t.title}".strip()
        yield Told("task", t.id, name, f"{t.span.start}:{t.span.end}")
        yield Told("task_kind", t.id, name, t.kind)
    for agency in d.issuing_agencies:
        yield Told("issuer", None, agency.name, "")
    for p in d.principles:
        yield Told("principle", None, p.text, "")
    for c in d.citations:
        yield Told("citation", None, c.title or c.cited, c.doc_number or "" if c.title else "")


def changes(before: Document, after: Document) -> list[Change]:
    """What decisions changed in a document: what is gone, then what came. The kind of a task goes and comes with it unsaid."""
    stay = {t.id for t in before.tasks} & {t.id for t in after.tasks}
    old, new = (
        dict.fromkeys(fact for fact in facts(d) if fact.kind != "task_kind" or fact.task in stay) for d in (before, after)
    )
    return [Change("-", fact) for fact in old if fact not in new] + [Change("+", fact) for fact in new if fact not in old]


def workloads(pairs: Iterable[tuple[Document, Document]]) -> list[Workload]:
    """The units whose workload differs between these documents before and after, tasks of clauses alone, as the queries count
    it."""
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for pair in pairs:
        for after, d in enumerate(pair):
            led = {(a.agency.id, a.task) for a in d.assignments if a.basis == "clause" and a.role == "LEADS"}
            joined = {(a.agency.id, a.task) for a in d.assignments if a.basis == "clause"} - led
            names = {a.agency.id: a.agency.name for a in d.assignments}
            for tasks, column in ((led, 0), (joined, 2)):
                for agency, _ in tasks:
                    counts[names[agency], agency][column + after] += 1
    return [
        Workload(*key, (leads, led), (joins, joined))
        for key, (leads, led, joins, joined) in sorted(counts.items())
        if (leads, joins) != (led, joined)
    ]


def signed(d: Document, text: str) -> tuple[str, ...]:
    """The facts of a document as who signs it signs them: a line each, which tells a task by its number and its words, not by
    where in the file it stands."""
    tasks = {t.id: hashlib.sha256(squeezed(t.span.of(text)).encode()).hexdigest()[:8] for t in d.tasks}

    def lines() -> Iterator[str]:
        for kind, task, name, said in facts(d):
            number = (task or "").rpartition(":")[2]
            value = tasks[task or ""] if kind == "task" else said
            yield "\t".join((kind, number, " ".join(name.split()), value)).rstrip()

    return tuple(dict.fromkeys(lines()))
