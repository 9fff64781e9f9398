"""Where in a document the words of an entry stand, and which of its facts they mean: one, or the entry does not hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Final, TypeVar

from kg.decide.entries import NewTask, OfWords
from kg.decide.wording import is_named, squeezed
from kg.model import Citation, Deadline, Document, Principle, Residue, Span, Task


class UnmatchedError(Exception):
    """Why an entry does not match exactly once."""


OUTSIDE: Final = "these words stand in no task: say which with task"
"""The reason that a new task can mend (kg.errors.OutsideTasks)."""


T = TypeVar("T")
F = TypeVar("F", Deadline, Principle, Citation)


def tasks_of(document: Document, hint: str | None) -> list[Task]:
    """The tasks that a hint means: by id, its end, or the number as printed. An id of before the document's own changed
    counts by its end."""
    tasks = document.tasks
    exact = [t for t in tasks if hint and (hint in (t.id, t.number) or t.id.endswith(f":{hint}"))]
    return exact or [t for t in tasks if hint and ":" in hint and t.id.endswith(f":{hint.rpartition(':')[2]}")]


def only(document: Document, entry: OfWords, fit: list[T], task_of: Callable[[T], str], none: str) -> T:
    """The one of `fit` that the entry means: alone, or on its task, or the nth. Raises UnmatchedError, with `none` where
    nothing fits."""
    if not fit:
        raise UnmatchedError(none)
    hinted = {t.id for t in tasks_of(document, entry.task)}
    inside = [found for found in fit if task_of(found) in hinted]
    left = inside or fit
    if entry.nth and entry.nth <= len(left):
        return left[entry.nth - 1]
    if len(left) > 1:
        tasks = ", ".join(dict.fromkeys(task_of(found) or "the document" for found in left))
        elsewhere = "" if inside else _elsewhere(document, entry)
        raise UnmatchedError(f"{elsewhere}it matches {len(left)} times ({tasks}): say which with task or nth")
    return left[0]


def _elsewhere(document: Document, entry: OfWords) -> str:
    """Why the task of an entry, if it names one, does not tell which of several is meant."""
    if not entry.task:
        return ""
    if tasks_of(document, entry.task):
        return f"task {entry.task} does not say so, and "
    return f"there is no task {entry.task} here, and "


def task_named(document: Document, text: str, entry: OfWords, none: str) -> Task:
    """The task whose title or first words the entry quotes. Raises UnmatchedError, as `only` does."""
    fit = [t for t in document.tasks if is_named(entry.quote, t.number, t.title, t.span.of(text))]
    return only(document, entry, fit, lambda t: t.id, none)


def task_around(document: Document, span: Span) -> Task | None:
    """The innermost task that these words stand in."""
    around = [t for t in document.tasks if holds(t.span, span)]
    return min(around, key=lambda t: t.span.end - t.span.start, default=None)


def task_of(document: Document, found: Deadline | Principle | Citation | Residue) -> str:
    """The id of the task that it belongs to or stands in, "" where there is none."""
    if isinstance(found, Deadline):
        return found.task or ""
    around = task_around(document, found.span)
    return around.id if around else ""


def read_from(document: Document, text: str, entry: OfWords, facts: Iterable[F]) -> F | None:
    """The one of `facts` that the quote gave, of mentions of one document the first. Raises UnmatchedError, as `only` does."""
    read: dict[object, F] = {}
    for fact in facts:
        if squeezed(fact.span.of(text)) == squeezed(entry.quote):
            read.setdefault(fact.cited if isinstance(fact, Citation) else fact, fact)
    return only(document, entry, list(read.values()), partial(task_of, document), "") if read else None


def touched(document: Document, text: str, entry: OfWords, facts: Sequence[F]) -> tuple[F | None, Span]:
    """The one of `facts` that the quote gave, and where that is; else where the quote stands, and the one that it touches.
    Raises UnmatchedError."""
    if read := read_from(document, text, entry, facts):
        return read, read.span
    span = stands(document, text, entry)
    beside = [fact for fact in facts if fact.span.start < span.end and span.start < fact.span.end]
    if len(beside) > 1:
        raise UnmatchedError(f"these words reach over {len(beside)} {type(beside[0]).__name__.lower()}s")
    return (beside[0] if beside else None), span


def stands(document: Document, text: str, entry: OfWords) -> Span:
    """Where in the document the quote stands; the words of its task come first. Raises UnmatchedError."""
    everywhere = _occurrences(text, entry.quote, document.span)
    inside = [span for span in everywhere if any(holds(t.span, span) for t in tasks_of(document, entry.task))]
    left = inside or everywhere
    if entry.nth and entry.nth <= len(left):
        return left[entry.nth - 1]
    if len(left) != 1:
        elsewhere = "" if inside or not left else _elsewhere(document, entry)
        raise UnmatchedError(
            f"{elsewhere}these words stand {len(left)} times in the document" + (": say where with task or nth" if left else "")
        )
    return left[0]


def place_of(text: str, words: str, near: Span, document: Span) -> Span:
    """Where `words` stand, once: in `near`, else after or before it in the document. Raises UnmatchedError."""
    for where in (near, document):
        spans = _occurrences(text, words, where)
        if spans:
            break
    if len(spans) != 1:
        raise UnmatchedError(f"{words} stands {len(spans)} times there")
    return spans[0]


def passage(document: Document, text: str, entry: NewTask) -> Span:
    """The words of a task to be added. Raises UnmatchedError."""
    begin = stands(document, text, entry)
    if not entry.last:
        return begin
    ends = _occurrences(text, entry.last, Span(begin.end, document.span.end))
    if not ends:
        raise UnmatchedError(f"{entry.last} does not stand behind them")
    return Span(begin.start, ends[0].end)


def holds(outer: Span, inner: Span) -> bool:
    """Whether `inner` lies in `outer`."""
    return outer.start <= inner.start and inner.end <= outer.end


def _occurrences(text: str, words: str, span: Span) -> list[Span]:
    """Where `words` stand in a part of the text, whatever white space and line ends break them."""
    pattern = re.compile(r"\s*".join(map(re.escape, squeezed(words))))
    return [Span(*match.span()) for match in pattern.finditer(text, *span)]
