"""The duties of members without numbers: 水务局:组织… 应急局:统筹…, each on a line of its own or behind the one before it.

One alone may be an addressee, or a heading; three in a row, most of which say what to do, are a list.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.model import Span
from loaders.facts.subjects import DUTY
from loaders.lexicon.predicates import ADVERBS, OPENERS, VERBS
from loaders.names.units import only_units

if TYPE_CHECKING:
    from collections.abc import Iterator

MEMBER: Final = "member"  # the style of an item that is what one of them has to do

# 例 |水务局:|负责水情监测 · 保障救灾资金。|市财政局、市审计局:|监督使用
_MEMBER: Final = re.compile(
    r"(?<![^\n。;])[ ]{0,8}(?P<names>[^\s,。;:\d][^\n,。;:]{1,40}):(?=[^\n]{4})[ ]?"
    rf"(?P<does>(?:{ADVERBS}){{0,2}}(?:{DUTY}|{OPENERS}|{VERBS}))?"
)
_FEWEST: Final = 3


def members(text: str, start: int, end: int) -> Iterator[Span]:
    """The words that name them in the lists of `text[start:end]`, in order."""
    for run in _runs(text, start, end):
        if len(run) >= _FEWEST and 2 * sum(bool(member["does"]) for member in run) > len(run):
            yield from (Span(*member.span("names")) for member in run)


def _runs(text: str, start: int, end: int) -> Iterator[list[re.Match[str]]]:
    """Members none of which is parted from the next by a line that names none."""
    run: list[re.Match[str]] = []
    for member in _MEMBER.finditer(text, start, end) if text.find(":", start, end) >= 0 else ():
        if not only_units(text, *member.span("names")):
            continue
        if run and "\n" in text[run[-1].end() : member.start("names")].strip():
            yield run
            run = []
        run.append(member)
    yield run
