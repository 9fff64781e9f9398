"""The duties of members without numbers: 水务局:组织… 应急局:统筹…, each on a line of its own or behind the one before it.

One alone may be an addressee, or a heading; three in a row, most of which are agencies and say what to do, are a list.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.model import Span
from loaders.facts.no_duty import ACCOUNTS
from loaders.facts.subjects import DUTY
from loaders.lexicon.predicates import ADVERBS, OPENERS, VERBS
from loaders.names.endings import LIST_LAST
from loaders.names.units import only_units

if TYPE_CHECKING:
    from collections.abc import Iterator

MEMBER: Final = "member"  # the style of an item that is what one of them has to do

# What stands before the duties of one, and its names before that.
# 例 |水务局|:负责水情监测 · 保障救灾资金。|市财政局、市审计局|:监督使用 · |市卫生局| 组织医疗救护
_COLON: Final = re.compile(
    rf"(?::|[ ](?<=[局委部厅署院会办队心] )(?=(?:{ADVERBS}){{0,2}}(?:{DUTY}|{VERBS})))(?=[^\n]{{4}})[ ]?"
    rf"(?P<does>(?:{ADVERBS}){{0,2}}(?:{DUTY}|{OPENERS}|{VERBS}))?"
)
_NAMES: Final = re.compile(r"(?<![^\n。;])[ ]{0,8}(?P<names>[^\s,。;:\d][^\n,。;:]{1,40})\Z")
_AGENCY: Final = re.compile(r"(?:[局委部署厅会院办处科]|政府|办公室|党委)(?:\([^()]{1,20}\))?\Z")
_BACK: Final = 50  # code points before a colon in which they stand
_FEWEST: Final = 3
_WIDE: Final = 28  # code points of the shortest line that may be broken inside a sentence
_ENDS: Final = frozenset("。;:!?")
_NUMBER: Final = re.compile(r"[ ]{0,8}[(第]?[一二三四五六七八九十\d]{1,4}[)、.条章节]")


def members(text: str, start: int, end: int) -> Iterator[Span]:
    """The words that name them in the lists of `text[start:end]`, in order."""
    for run in _runs(text, start, end):
        if len(run) >= _FEWEST and 2 * sum(member.is_sure for member in run) > len(run):
            yield from (member.names for member in run)


class _Member(NamedTuple):
    names: Span
    is_sure: bool  # whether it is an agency, and what it has still to do begins with a verb that is known
    end: int


def is_broken(text: str, at: int) -> bool:
    """Whether the line end at `at` stands inside a sentence: a wide line before it ends in no mark, no number follows."""
    if text[at - 1] in _ENDS:
        return False
    line = text[max(0, at - 2 * _WIDE) : at].rpartition("\n")[2].rstrip(" ")
    return len(line) >= _WIDE and line[-1] not in _ENDS and not _NUMBER.match(text, at + 1)


def _runs(text: str, start: int, end: int) -> Iterator[list[_Member]]:
    """Members none of which is parted from the next by a line that names none."""
    run: list[_Member] = []
    for member in _found(text, start, end):
        if run and not _are_beside(text, run[-1].end, member.names.start):
            yield run
            run = []
        run.append(member)
    yield run


def _are_beside(text: str, end: int, start: int) -> bool:
    """Whether nothing but the one sentence or more of the member before it stands between."""
    stop = end + len(text[end:start].rstrip())
    return all(is_broken(text, at) for at in range(end, stop) if text[at] == "\n")


def _found(text: str, start: int, end: int) -> Iterator[_Member]:
    for colon in _COLON.finditer(text, start, end):
        at = colon.start()
        if at > start and text[at - 1] in LIST_LAST and (before := _NAMES.search(text, max(start, at - _BACK), at)):
            names = Span(*before.span("names"))
            at_line = text[at] == ":" or before.start() == start or text[before.start() - 1] == "\n"
            if at_line and only_units(text, *names):
                works = colon["does"] and not ACCOUNTS.match(text, at + 1, end)
                yield _Member(names, bool(works and _AGENCY.search(text, *names)), colon.end())
