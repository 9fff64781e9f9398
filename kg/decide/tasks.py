"""Which tasks there are as people decided it: one with other bounds, of another kind, none, and one that the rules missed."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from kg.decide.entries import ChangeTask, NewTask, OfTask
from kg.decide.residue import struck
from kg.decide.where import UnmatchedError, holds, passage, place_of, task_around, task_named
from kg.decide.wording import is_begun, opening, squeezed
from kg.model import Document, ResidueKind, Span, Task, TaskKind, readable_id


def with_task(d: Document, text: str, entry: OfTask) -> Document:
    """The document with a task as it was decided. Raises UnmatchedError."""
    if isinstance(entry, NewTask):
        return _added(d, text, entry)
    task = task_named(d, text, entry, "no task has this title or begins with these words")
    if entry.kind == "none":
        return _struck(d, text, entry, task)
    return _changed(d, text, entry, task, entry.kind or task.kind)


def _struck(d: Document, text: str, entry: ChangeTask, task: Task) -> Document:
    """Its units and time limits go with it. Words that gave these alone are struck, and what of its words was unexplained."""
    assignments = tuple(a for a in d.assignments if a.task != task.id)
    deadlines = tuple(x for x in d.deadlines if x.task != task.id)
    still = {*(a.span for a in assignments), *(x.span for x in deadlines)}
    gone: list[tuple[ResidueKind, Span]] = [
        *(("mention", a.span) for a in d.assignments if a.span not in still),
        *(("time", x.span) for x in d.deadlines if x.span not in still),
    ]
    residue = (
        r._replace(reason="struck", decided=entry.why) if r.reason is None and task_around(d, r.span) == task else r
        for r in d.residue
    )
    left = replace(
        d,
        tasks=tuple(t for t in d.tasks if t != task),
        assignments=assignments,
        deadlines=deadlines,
        residue=tuple(residue),
    )
    return struck(left, text, gone, entry)


def _changed(d: Document, text: str, entry: ChangeTask, task: Task, kind: TaskKind) -> Document:
    """What the task holds in its new bounds is taken up in it."""
    start = place_of(text, entry.first, task.span, d.span).start if entry.first else task.span.start
    end = place_of(text, entry.last, Span(start, max(start, task.span.end)), d.span).end if entry.last else task.span.end
    if start >= end:
        raise UnmatchedError("its last words stand before its first")
    others = [t for t in d.tasks if t != task]
    held = {t.id for t in others if holds(Span(start, end), t.span)}
    cut = [t.id for t in others if t.id not in held and t.span.start < end and start < t.span.end]
    if cut and Span(start, end) != task.span:
        raise UnmatchedError(f"it would cut into {', '.join(cut)}: correct that first")
    new = task._replace(
        number=entry.number or task.number,
        kind=kind,
        title=entry.title or task.title,
        span=Span(start, end),
        corrected=entry.why,
    )
    tasks = sorted([*(t for t in others if t.id not in held), new], key=lambda t: t.span)
    return replace(
        d,
        tasks=tuple(tasks),
        assignments=tuple(dict.fromkeys(a._replace(task=task.id) if a.task in held else a for a in d.assignments)),
        deadlines=tuple(x._replace(task=task.id) if x.task in held else x for x in d.deadlines),
    )


def _added(d: Document, text: str, entry: NewTask) -> Document:
    """The id says the title. Time limits that were the whole document's, and stand in the task, become its; so do all facts
    that stand in it of the task that it is cut off from."""
    span = passage(d, text, entry)
    met = [t for t in d.tasks if t.span.start < span.end and span.start < t.span.end]
    if [squeezed(t.span.of(text)) for t in met] == [squeezed(span.of(text))]:
        raise UnmatchedError("the rules read it so already")
    if former := _begun(met, text, span) if met else None:
        span = Span(span.start, former.span.end)
    number, title = opening(span.of(text))
    title = entry.title or title
    id_ = f"{d.id}:{readable_id(title.replace(':', '：'))}"
    if any(t.id == id_ for t in d.tasks):
        raise UnmatchedError(f"{id_} is another task: give this one another title")
    tasks = [t for t in d.tasks if t != former]
    at = bisect(tasks, span, key=lambda t: t.span)
    kind = entry.kind or (former.kind if former else "task")
    headings = former.headings if former else _shared(tasks[max(at - 1, 0) : at + 1])
    new = Task(id_, entry.number or number, kind, title, headings, span, corrected=entry.why)
    left = [_ended(former, text, span.start, entry)] if former else []
    owners = {former.id, None} if former else {None}
    return replace(
        d,
        tasks=(*tasks[:at], *left, new, *tasks[at:]),
        assignments=tuple(a._replace(task=id_) if a.task in owners and holds(span, a.span) else a for a in d.assignments),
        deadlines=tuple(x._replace(task=id_) if x.task in owners and holds(span, x.span) else x for x in d.deadlines),
    )


def _begun(met: list[Task], text: str, span: Span) -> Task:
    """The task that these words can be cut off from. Raises UnmatchedError, saying what to do."""
    ids = ", ".join(t.id for t in met)
    if len(met) > 1 or not holds(met[0].span, span):
        raise UnmatchedError(f"these words belong to {ids} in part: change its bounds first")
    if not is_begun(text[met[0].span.start : span.start], met[0].title, met[0].span.of(text)):
        raise UnmatchedError(f"{ids} begins with these words: quote what comes behind them, or change that task")
    if any(map(str.isalnum, text[span.end : met[0].span.end])):
        raise UnmatchedError(f"words of {ids} stand behind these: say its last with last")
    return met[0]


def _ended(task: Task, text: str, end: int, entry: NewTask) -> Task:
    """The task up to where another begins, with a title of its own words where its title went on behind."""
    words = text[task.span.start : end].rstrip()
    gone = squeezed(task.title) in squeezed(task.span.of(text)) and squeezed(task.title) not in squeezed(words)
    title = opening(words)[1] if gone else task.title
    return task._replace(title=title, span=Span(task.span.start, task.span.start + len(words)), corrected=entry.why)


def _shared(tasks: Sequence[Task]) -> tuple[str, ...]:
    """The titles that stand above the tasks on both sides."""
    levels = zip(*(t.headings for t in tasks), strict=False)
    return tuple(one[0] for one in takewhile(lambda level: len(set(level)) == 1, levels))
