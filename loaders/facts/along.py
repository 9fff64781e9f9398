"""Those who go along with a duty, and so take part: 会同B, 组织C, 与D共同, 协调有关部门."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from loaders.facts.subjects import actors
from loaders.facts.wording import (
    COORDINATES,
    DOES,
    DONE,
    FRAGMENT_END,
    IN_ITS_AREA,
    LED_BY,
    LIST_END,
    OBLIGES,
    TOGETHER,
    TOLD_TO,
    WITH,
)
from loaders.names.actors import counts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loaders.names.units import Unit

_NEAR: Final = 6  # code points behind the verb in which a word that may be another begins: 组织, 商, 联合
_FAR: Final = 60  # the same of 会同
_ALONG: Final = 240  # code points behind a verb in which those who go along are named
FAILED: Final = 8  # ends of names at which nothing reads as a list, after which none is looked for
_OPENED: Final = frozenset(",。;:\n!? ")  # what stands before the first words of a segment


def along(text: str, verb: int, end: int) -> Iterator[Unit]:
    """Those who go along with the verb, up to the end of its fragment."""
    stop = fragment_end(text, verb, min(end, verb + _ALONG))
    found = WITH.search(text, verb, stop)
    near = _FAR if found and found.group().startswith("会同") else _NEAR
    begin = area.end() if (area := IN_ITS_AREA.match(text, verb)) else verb
    if found and found.start() - begin <= near:
        yield from joined(text, found.start("units"), stop)
    elif found := COORDINATES.match(text, verb, stop):
        units = joined(text, found.end(), stop)
        # none without work behind them (协调有关部门|,争取支持), nor whom a name tells: 协调国家发展改革委|争取资金
        yield from units if units and units[-1].end < stop and all(unit.collective for unit in units) else ()
    elif found := TOGETHER.match(text, told.end() if (told := TOLD_TO.match(text, verb)) else verb, stop):
        yield from (unit for unit in actors(text, *found.span("units")) if counts(unit.name, unit.collective))


def fragment_end(text: str, at: int, limit: int) -> int:
    """Where the fragment of a sentence that holds `at` ends, at `limit` at the latest."""
    stop = FRAGMENT_END.search(text, at, limit)
    return stop.start() if stop else limit


def along_unsaid(text: str, start: int, end: int) -> Iterator[Unit]:
    """Those who go along where the subject is left out: 。会同B、C筛选 · ,与B共同做好."""
    for m in WITH.finditer(text, start, end):
        if _opens(text, m.start(), start) and not DONE.search(text, m.start("units"), m.end()):
            yield from joined(text, m.start("units"), m.end())
    for m in TOGETHER.finditer(text, start, end):
        if _opens(text, m.start(), start):
            yield from actors(text, *m.span("units"))


def joined(text: str, begin: int, stop: int) -> list[Unit]:
    """The longest list of units at `begin` that ends before what they do."""
    best: list[Unit] = []
    failed = 0
    organised = text.startswith("组织", begin - 2)
    for last in (mark.start() for mark in LIST_END.finditer(text, begin + 2, stop + 1)):
        if DOES.match(text, last, stop):
            units = actors(text, begin, last)
            if (
                units
                and organised
                and "的" in text[begin : units[0].start]
                and (text[last] == "," or OBLIGES.match(text, last))
            ):
                break  # 组织监督检查的部门|应当 · 组织救援的部门|,必要时可以
            best, failed = (units, 0) if units else (best, failed + 1)
        if failed > FAILED:
            break
    return [unit for unit in best if counts(unit.name, unit.collective)]


def _opens(text: str, at: int, start: int) -> bool:
    at = led_by.start() if (led_by := LED_BY.search(text, max(start, at - 24), at)) else at
    return at == start or text[at - 1] in _OPENED
