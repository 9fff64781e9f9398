"""What stands under a heading: tasks, safeguards, steps, or no work at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from loaders.patterns import NO_TASK_HEAD, NO_WORK, SAFEGUARD_HEAD, SILENT_HEAD, STEP_HEAD
from loaders.text.numbering import ROW

if TYPE_CHECKING:
    from kg.model import Span, TaskKind
    from loaders.text.numbering import Item

_HEADING = 30  # code points of the longest title that can be that of a chapter


class Chapter(NamedTuple):
    """What stands under a heading: its kind, and whether it is tasks at all; the number and the titles above it."""

    kind: TaskKind
    of_tasks: bool
    number: str
    titles: tuple[str, ...]

    def numbered(self, item: Item) -> str:
        """The number of an item behind those above it: 2.1.3."""
        if item.number is None:
            return self.number
        return f"{self.number}.{item.number}" if self.number else str(item.number)


WHOLE = Chapter("task", True, "", ())  # what stands under no heading


def chapter_under(heading: Item, above: Chapter, text: str) -> Chapter:
    """What stands under `heading`, by its title in the `text` of the source and by what stands `above` it."""
    kind: TaskKind = "step" if STEP_HEAD.search(heading.title) else above.kind
    if above.kind == "safeguard" or SAFEGUARD_HEAD.search(heading.title):
        kind = "safeguard"
    return Chapter(
        kind,
        above.of_tasks and not NO_TASK_HEAD.search(heading.title),
        above.numbered(heading),
        (*above.titles, heading.title_span.of(text)),
    )


def states_no_work(plain: str, item: Item, above: Chapter) -> bool:
    """Whether an item without others under it is no task."""
    if not above.of_tasks:
        return True
    if len(item.title) <= _HEADING and NO_TASK_HEAD.search(item.title):
        return True  # a longer title is a sentence of work that holds such a word
    return bool(NO_WORK.match(plain, item.body, item.end))


def is_silent(item: Item) -> bool:
    """指导思想 or principles, alone in their chapter: with goals beside them only their own part of it is silent."""
    if len(item.title) > _HEADING or not SILENT_HEAD.search(item.title):
        return False
    return not any(NO_TASK_HEAD.search(child.title) for child in item.children)


def is_caption(item: Item, words: Span) -> bool:
    """Whether `words` stand in the title of a table, whose year is no deadline. 例 2023年重点任务分工表"""
    above_rows = next(item.leaves()).style == ROW != item.style
    return not item.printed and above_rows and words.end <= item.first_line.end
