"""What in a base a person should look at: doubtful agencies, likely duplicates, corrections that do not match, odd documents.

Each finding says what, where, why, and what to do. What is merely unusual is left out: a list is read only if it is short.
"""

from __future__ import annotations

import shlex
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations
from typing import Any, Final

from kg.decide.entries import NONE, Corrections, OfDocument, means
from kg.engine.store import Store

COLUMNS: Final = ("check", "what", "why", "document", "document_id", "quote", "start", "end", "do")

_MOST_ASSIGNED: Final = 0.8
"""From this share of tasks with someone responsible on, one without is odd."""
_TASKS: Final = 5
_OPENING: Final = 40  # code points of a task that are shown
_ALIKE: Final = 0.75


@dataclass(frozen=True, slots=True)
class Finding:
    """`what` is doubtful and `why`, the words that show it (quote and offsets are None where it is not a matter of words), and
    the command to run if a person agrees."""

    check: str
    what: str
    why: str
    do: str
    document: str | None = None
    document_id: str | None = None
    quote: str | None = None
    start: int | None = None
    end: int | None = None

    def __str__(self) -> str:
        words = f" “{' '.join(self.quote.split())}” [{self.start}:{self.end}]" if self.quote else ""
        where = f"\n    in {self.document_id}{words}" if self.document_id else ""
        return f"{self.check}: {self.what}{where}\n    {self.why}\n    {self.do}"


def audit(store: Store, corrections: Corrections = NONE, checks: frozenset[str] | None = None) -> list[Finding]:
    """The findings of `checks`, all if left out, in the order of CHECKS. Raises what Store.read raises."""
    chosen = [check for name, check in CHECKS.items() if checks is None or name in checks]
    return [finding for check in chosen for finding in check(store, corrections)]


def _correct(change: str, **said: str | None) -> str:
    """A command to paste; the reason is left for the person."""
    words = ["kg", "correct", change]
    for name, value in said.items():
        words += [f"--{name}", value] if value else []
    return f"{shlex.join(words)} --reason …"


# Corrections


def _corrections(store: Store, corrections: Corrections) -> Iterator[Finding]:
    """Entries that a document reports, and those that have met nothing at all."""
    documents = store.read(
        "MATCH (d:Document) WHERE d.loaded = true RETURN d.id AS id, d.title AS title, d.doc_number AS number, "
        "d.corrections AS digest, d.corrected AS corrected, d.uncorrected AS uncorrected ORDER BY id"
    ).rows
    known: set[str] = set()
    for d in documents:
        known.update(d["corrected"] or ())
        for problem in d["uncorrected"] or ():
            yield Finding("correction", problem, "it does not match exactly once", "mend the entry", d["title"], d["id"])
    reported = [problem for d in documents for problem in d["uncorrected"] or ()]
    behind = {d["id"] for d in documents if (d["digest"] or "") != corrections.digest(d["id"], d["number"])}
    for entry in corrections.entries:
        if entry.label in known or any(problem.startswith(f"{entry.label}: ") for problem in reported):
            continue
        key = entry.document if isinstance(entry, OfDocument) else None
        ids = {d["id"] for d in documents if key is None or means(key, d["id"], d["number"])}
        if key and not ids:
            yield Finding("correction", entry.label, f"no document {key} is held", "load it, or mend the entry")
        elif ids & behind:
            yield Finding("correction", entry.label, "it is newer than the last loading", "kg rebuild")
        else:
            yield Finding("correction", entry.label, "no document held here names such an agency", "mend the entry")


# Agencies


def _unresolved(store: Store, _: Corrections) -> Iterator[Finding]:
    """One by one; where a whole document cannot be placed, that is the one thing to decide."""
    rows = store.read(
        "MATCH (a:Agency {resolved: false})-[r:LEADS|PARTICIPATES]->(t:Task)<-[:HAS_TASK]-(d:Document) "
        "OPTIONAL MATCH (d)-[:CONCERNS]->(p:Place) "
        "RETURN a.id AS id, a.name AS name, p.id AS place, d.title AS document, d.id AS document_id, r.quote AS quote, "
        "r.start AS start, r.end AS end, COUNT { (d)-[:HAS_TASK]->()<-[:LEADS|PARTICIPATES]-({resolved: true}) } AS resolved "
        "ORDER BY document_id, start, id"
    ).rows
    for document, mentions in _grouped(rows, "document_id").items():
        first = mentions[0]
        evidence = {k: first[k] for k in _WORDS}
        names = list(dict.fromkeys(row["name"] for row in mentions))
        if first["place"] is None and len(mentions) > first["resolved"] and len(names) > 1:
            why = f"the place of this document cannot be told, so neither whose {_some(names)} are"
            do = _correct("place", document=document, place="地名")
            yield Finding("unresolved", first["document"], why, do, **evidence)
            continue
        for same in _grouped(mentions, "id").values():
            name, count = same[0]["name"], len(same)
            why = f"whose it is cannot be told from the text; it has {count} task{'s' * (count > 1)} here"
            do = _correct("merge", place=same[0]["place"] or "-", surface=name, into="全称")
            yield Finding("unresolved", name, why, do, **{k: same[0][k] for k in _WORDS})


_WORDS: Final = ("document", "document_id", "quote", "start", "end")
_NAMED: Final = 5


def _some(names: list[str]) -> str:
    more = len(names) - _NAMED
    return "、".join(names[:_NAMED]) + (f" and {more} more" if more > 0 else "")


@dataclass(frozen=True, slots=True)
class _Unit:
    """An agency with the place it is at; `mentions` in how many tasks."""

    id: str
    name: str
    short: str
    function: str | None
    place: str | None
    place_name: str
    above: str | None
    mentions: int


def _duplicates(store: Store, _: Corrections) -> Iterator[Finding]:
    rows = store.read(
        "MATCH (a:Agency) WHERE a.resolved = true AND NOT a:Collective "
        "OPTIONAL MATCH (a)-[:IN]->(p:Place) OPTIONAL MATCH (p)-[:PART_OF]->(q:Place) "
        "OPTIONAL MATCH (a)-[:PERFORMS]->(f:Function) "
        "RETURN a.id AS id, a.name AS name, a.short AS short, f.name AS function, p.id AS place, "
        "coalesce(p.name, '') AS place_name, q.id AS above, "
        "COUNT { (a)-[:LEADS|PARTICIPATES]->(:Task) } AS mentions ORDER BY id"
    ).rows
    units = [_Unit(**row) for row in rows]
    pairs = [(one, other, why) for one, other in _same_place(units) if (why := _alike(one, other))]
    pairs += [
        (one, other, f"{one.place_name} and {other.place_name} are one place under two names")
        for one, other in _renamed_place(units)
    ]
    evidence = _evidence(store, sorted({unit.id for one, other, _ in pairs for unit in (one, other)}))
    for one, other, why in pairs:
        rare, usual = sorted((one, other), key=lambda u: (u.mentions, -len(u.name), u.id))
        do = _correct("merge", place=rare.place or "-", surface=rare.name, into=usual.name)
        yield Finding("duplicate", f"{rare.name} = {usual.name}?", why, do, **evidence.get(rare.id, {}))


def _same_place(units: list[_Unit]) -> Iterator[tuple[_Unit, _Unit]]:
    by_place: dict[str | None, list[_Unit]] = defaultdict(list)
    for unit in units:
        by_place[unit.place].append(unit)
    for group in by_place.values():
        yield from combinations(group, 2)


def _renamed_place(units: list[_Unit]) -> Iterator[tuple[_Unit, _Unit]]:
    """潞城市 became 潞城区: two codes under one city, one stem."""
    by_stem: dict[tuple[str, ...], list[_Unit]] = defaultdict(list)
    for unit in units:
        if unit.place and unit.above and len(unit.place_name) > 2:
            by_stem[unit.above, unit.place_name[:-1], unit.short].append(unit)
    for group in by_stem.values():
        yield from combinations(group, 2)


def _alike(one: _Unit, other: _Unit) -> str:
    """Why two names at one place may mean one agency; nothing where they need not."""
    short, long = sorted((one.short, other.short), key=len)
    if _plain(short) == _plain(long):
        return "the names differ only in 和, 与, 及, 的 or in how 办公室 and 委员会 are written"
    if long.startswith(short) or short[-1] != long[-1]:  # 公安局交警支队 is a part of 公安局
        return ""
    if len(short) > 2 and short[0] == long[0] and _shortens(short, long):
        return f"{short} may be short for {long}"
    if one.function and one.function == other.function and SequenceMatcher(None, short, long).ratio() >= _ALIKE:
        return f"they share the function {one.function}, and the names are nearly the same"
    return ""


_JOINTS: Final = str.maketrans("", "", "和与及的、·")


def _plain(short: str) -> str:
    plain = short.translate(_JOINTS)
    for full, brief in (("办公室", "办"), ("委员会", "委"), ("人民政府", "政府")):
        plain = plain.removesuffix(full) + brief if plain.endswith(full) else plain
    return plain


def _shortens(short: str, long: str) -> bool:
    """Whether the characters of `short` all stand in `long`, in this order."""
    rest = iter(long)
    return all(character in rest for character in short)


def _evidence(store: Store, agencies: list[str]) -> dict[str, dict[str, Any]]:
    """By agency, the first words that name it."""
    rows = store.read(
        "MATCH (a:Agency)-[r:LEADS|PARTICIPATES]->(:Task)<-[:HAS_TASK]-(d:Document) WHERE a.id IN $ids "
        "RETURN a.id AS id, d.title AS document, d.id AS document_id, r.quote AS quote, r.start AS start, r.end AS end "
        "ORDER BY document_id, start",
        {"ids": agencies},
    ).rows
    first = {id_: mentions[0] for id_, mentions in _grouped(rows, "id").items()}
    return {id_: {k: v for k, v in row.items() if k != "id"} for id_, row in first.items()}


# Documents


def _without_assignments(store: Store, _: Corrections) -> Iterator[Finding]:
    rows = store.read(
        "MATCH (d:Document) WHERE d.loaded = true "
        "AND NOT EXISTS { (d)-[:HAS_TASK]->(:Task)<-[:LEADS|PARTICIPATES]-(:Agency) } "
        "RETURN d.title AS document, d.id AS document_id, d.start AS start, d.end AS end, "
        "COUNT { (d)-[:HAS_TASK]->() } AS tasks ORDER BY document_id"
    ).rows
    for row in rows:
        why = f"of its {row.pop('tasks')} tasks none names anybody"
        do = f"kg query document-tasks --document {shlex.quote(row['document_id'])}"
        yield Finding("no-assignments", row["document"], why, do, **row)


def _nobody_responsible(store: Store, _: Corrections) -> Iterator[Finding]:
    rows = store.read(
        "MATCH (d:Document)-[:HAS_TASK]->(t:Task {kind: 'task'}) WHERE d.loaded = true "
        "RETURN t.id AS id, t.number AS number, t.title AS title, d.title AS document, d.id AS document_id, t.text AS quote, "
        "t.start AS start, t.end AS end, EXISTS { (t)<-[:LEADS|PARTICIPATES]-(:Agency) } AS assigned "
        "ORDER BY document_id, t.order"
    ).rows
    for tasks in _grouped(rows, "document_id").values():
        without = [task for task in tasks if not task["assigned"]]
        if len(tasks) < _TASKS or len(tasks) - len(without) < len(tasks) * _MOST_ASSIGNED:
            continue
        for task in without:
            why = f"{len(tasks) - len(without)} of the {len(tasks)} tasks here name someone responsible, this one does not"
            do = _correct("add", document=task["document_id"], task=task["id"], quote="单位", role="LEADS")
            quote = task["quote"][:_OPENING]
            evidence = {k: task[k] for k in _WORDS} | {"quote": quote, "end": task["start"] + len(quote)}
            what = f"{task['number']} {task['title'][:_OPENING]}".strip()
            yield Finding("nobody", what, why, do, **evidence)


def _past_deadlines(store: Store, _: Corrections) -> Iterator[Finding]:
    rows = store.read(
        "MATCH (d:Document)-[:HAS_TASK]->(t:Task)-[:DUE]->(x:Deadline) "
        "WHERE d.loaded = true AND x.due_on < d.issued_on "
        "RETURN x.due_on AS due_on, d.issued_on AS issued_on, t.id AS task, d.title AS document, d.id AS document_id, "
        "x.quote AS quote, x.start AS start, x.end AS end "
        "UNION ALL MATCH (d:Document)-[:DUE]->(x:Deadline) WHERE d.loaded = true AND x.due_on < d.issued_on "
        "RETURN x.due_on AS due_on, d.issued_on AS issued_on, null AS task, d.title AS document, d.id AS document_id, "
        "x.quote AS quote, x.start AS start, x.end AS end"
    ).rows
    for row in sorted(rows, key=lambda row: (row["document_id"], row["start"])):
        due, issued, task = row.pop("due_on"), row.pop("issued_on"), row.pop("task")
        do = _correct("deadline", document=row["document_id"], task=task, quote=row["quote"], kind="none")
        yield Finding("deadline", f"{row['quote']} → {due}", f"the document is of {issued}, later than that", do, **row)


def _same_titles(store: Store, _: Corrections) -> Iterator[Finding]:
    rows = store.read(
        "MATCH (d:Document)-[:FROM]->(s:Source) WHERE d.loaded = true AND d.title <> '' "
        "RETURN d.id AS document_id, d.title AS document, s.name AS source, d.start AS start, d.end AS end ORDER BY document_id"
    ).rows
    for row in rows:
        row["plain"] = "".join(row["document"].split())
    for group in _grouped(rows, "plain").values():
        if len(group) > 1:
            last = group[-1]
            where = "; ".join(f"{row['document_id']} ({row['source']})" for row in group)
            evidence = {k: last[k] for k in ("document", "document_id", "start", "end")}
            why = f"{len(group)} documents have this title: {where}"
            yield Finding("title", last["document"], why, f"kg remove {shlex.quote(last['document_id'])}", **evidence)


CHECKS: Final[Mapping[str, Callable[[Store, Corrections], Iterator[Finding]]]] = {
    "correction": _corrections,
    "duplicate": _duplicates,
    "unresolved": _unresolved,
    "title": _same_titles,
    "no-assignments": _without_assignments,
    "nobody": _nobody_responsible,
    "deadline": _past_deadlines,
}
"""What is looked for, by the name that `kg audit --check` takes."""


def _grouped(rows: list[dict[str, Any]], key: str) -> dict[Any, list[dict[str, Any]]]:
    groups: dict[Any, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        groups[row[key]].append(row)
    return groups
