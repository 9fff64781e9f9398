"""How people name documents and tasks: what corrections and reports are matched by, so that both outlive new rules."""

from __future__ import annotations

import re
from typing import Final

_DIGITS: Final = r"[\d〇零一二三四五六七八九十百]+"
_NUMBER: Final = re.compile(rf"\s*(?:[(（]({_DIGITS})[)）]|({_DIGITS}(?:[.．]\d+)*)[、.．](?!\d|{_DIGITS}、))\s*")
_STOP: Final = re.compile(r"[。：:；;！？\n]|[(（](?=[^()（）]{0,200}(?:牵头|负责|责任|单位))")
_ZEROS: Final = re.compile("(?:00)+$")  # of a GB/T 2260 code: 140400 is the city that 140406 is in
_LONGEST_TITLE: Final = 60  # characters


def squeezed(words: str) -> str:
    """`words` without white space, in which copies of a text differ."""
    return "".join(words.split())


def may_be(one: str, other: str) -> bool:
    """Whether two ids of documents with one 文号 can mean the same, as rules read it then and now: 长政发〔2022〕1号 is one of
    长治, 长沙 and 长春 each, but what was a city's may be its county's, and a place that was not known any."""
    outer, inner = sorted(_ZEROS.sub("", id_.partition(":")[0]).strip("-") for id_ in (one, other))
    return inner.startswith(outer)


def is_named(quote: str, number: str, title: str, words: str) -> bool:
    """Whether a task has the title `quote`, or its words begin with it, behind its number or with it; white space aside."""
    quote = squeezed(quote)
    return squeezed(title) == quote or squeezed(words).startswith((quote, squeezed(number) + quote))


def is_begun(before: str, title: str, words: str) -> bool:
    """Whether more of a task with this title and these words than its number (第一条, 一、) stands in those `before` a cut."""
    before, title = squeezed(before), squeezed(title)
    is_number = bool(title) and before == squeezed(words).partition(title)[0]
    return bool(before) and not is_number and not _NUMBER.fullmatch(before)


def opening(words: str) -> tuple[str, str]:
    """The number that words of a task begin with, as printed, and what it is called: the words up to a stop."""
    numbered = _NUMBER.match(words)
    rest = (words[numbered.end() :] if numbered else words).strip() or words.strip()
    title = next(filter(None, map(str.strip, _STOP.split(rest))), rest)
    return (numbered[1] or numbered[2]) if numbered else "", title[:_LONGEST_TITLE]
