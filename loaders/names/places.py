"""The places of China by code and by name (GB/T 2260), as data/places.tsv lists them; read on first use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from kg.model import Place
from loaders.lexicon.table import lengths_by_opening, rows

LEVELS: Final = ("province", "city", "county")
_NO_PLACE_BEFORE: Final = ("久安", "街", "镇", "乡", "村", "路", "大道", "山", "江", "河", "湖")  # 长治久安, 中山街道, 华蓥山

_CALLED_BY_KIND: Final = (
    "城区",
    "郊区",
    "矿区",
    "新城区",
    "港口区",
)  # names that are common words: places only where one lies near


@dataclass(frozen=True, slots=True)
class Division:
    """A row of GB/T 2260: `stem` is the name without its level word (长治), `former` a code or name no longer in use."""

    code: str
    name: str
    stem: str
    former: bool

    @property
    def level(self) -> str:
        """Province, city (地级) or county (县级), as the zeros at the end of the code tell."""
        return LEVELS[(not self.code.endswith("0000")) + (not self.code.endswith("00"))]

    @property
    def level_word(self) -> str:
        """What the place calls itself in short: 市, 区, 县, 州, 自治区 …"""
        if self.level == "province" and self.name.endswith("自治区"):
            return "自治区"
        return self.name[-1]


@dataclass(frozen=True, slots=True)
class Mention:
    """A place named in a text, up to `end`; `code` is None where places of that name cannot be told apart."""

    code: str | None
    end: int


def division(code: str) -> Division | None:
    """The division of a code, under its present name where it still has one."""
    return _by_code().get(code)


@cache
def chain(code: str | None) -> tuple[Division, ...]:
    """A place and those above it, nearest first; 省直辖 counties and districts of municipalities hang on the province."""
    table = _by_code()
    codes = [code, code[:4] + "00", code[:2] + "0000"] if code else []
    return tuple(table[c] for c in dict.fromkeys(codes) if c in table)


def called(name: str) -> tuple[Division, ...]:
    """The places that a person may mean by a code, a name or a stem, with or without those above: 长治, 山西省长治市."""
    if place := division(name):
        return (place,)
    named = mention(name)
    if named and named.code and named.end == len(name) and (place := division(named.code)):
        return (place,)
    known = _by_name().get(name) or _by_stem().get(name) or ()
    present = [d for d in known if not d.former] or list(known)
    return tuple(sorted({d.code: d for d in present}.values(), key=lambda d: d.code))


def within(code: str, around: str) -> bool:
    """Whether a place is another one or lies in it."""
    return any(above.code == around for above in chain(code))


def places(codes: Iterable[str]) -> tuple[Place, ...]:
    """The places of these codes and all above them, by code, which puts parents first; codes of no place are left out."""
    wanted = {above.code: above for code in codes for above in chain(code)}
    return tuple(
        Place(code, found.name, found.level, next((above.code for above in chain(code)[1:]), None))
        for code, found in sorted(wanted.items())
    )


def mention(text: str, start: int = 0, near: str | None = None, stems: bool = True) -> Mention | None:
    """The place named at `start`, seen from a place `near`: the longest name, then what follows inside it (重庆市綦江区).

    A bare stem (长治, 江西) is tried when no full name stands there; that of a county only inside `near`.
    """
    opening = text[start : start + 2]
    for length in _lengths_of_names().get(opening, ()):
        name = text[start : start + length]
        candidates = _by_name().get(name, [])
        if name in _CALLED_BY_KIND:
            candidates = [d for d in candidates if near and within(d.code, near)]
        if candidates:
            code, end = _choose(candidates, near), start + len(name)
            return Mention(code, end) if code is None else _deeper(text, code, end)
    for length in _lengths_of_stems().get(opening, ()) if stems else ():
        stem = text[start : start + length]
        end = start + len(stem)
        usable = [d for d in _by_stem().get(stem, ()) if d.level != "county" or (near and within(d.code, near))]
        if usable and not text.startswith(_NO_PLACE_BEFORE, end):
            code = _choose(usable, near)
            return None if code is None else _deeper(text, code, end)
    return None


def _deeper(text: str, code: str, end: int) -> Mention:
    further = mention(text, end, near=code, stems=False)
    if further and further.code and further.code != code and within(further.code, code):
        return further
    return Mention(code, end)


def _choose(candidates: Iterable[Division], near: str | None) -> str | None:
    """The one place that a name means: in `near`, else in the places above it, else in the country.

    Present names go before former ones, then higher levels before lower ones (吉林 is the province, 承德 the city).
    """
    for around in (*(above.code for above in chain(near)), None):
        inside = [d for d in candidates if around is None or within(d.code, around)]
        if inside:
            best = min(map(_rank, inside))
            codes = {d.code for d in inside if _rank(d) == best}
            return codes.pop() if len(codes) == 1 else None
    return None


def _rank(d: Division) -> tuple[bool, int]:
    return d.former, LEVELS.index(d.level)


@cache
def _rows() -> tuple[Division, ...]:
    table = rows("names", "places.tsv", 4)
    return tuple(Division(code, name, short or name[:-1], bool(until)) for code, name, short, until in table)


@cache
def _by_code() -> dict[str, Division]:
    return {d.code: d for d in sorted(_rows(), key=lambda d: not d.former)}


@cache
def _by_name() -> dict[str, list[Division]]:
    """By full name, and by the everyday name of places that have an ethnic group in theirs (恩施州, 彭水县)."""
    found: dict[str, list[Division]] = {}
    for d in _rows():
        for name in {d.name, d.stem + d.name[-1]}:
            found.setdefault(name, []).append(d)
    return found


@cache
def _by_stem() -> dict[str, list[Division]]:
    found: dict[str, list[Division]] = {}
    for d in _rows():
        if len(d.stem) > 1:
            found.setdefault(d.stem, []).append(d)
    return found


def openings(text: str) -> Iterator[int]:
    """Where two characters stand in `text` with which the name of a place begins; few do."""
    known = _openings()
    return (at for pair in _opening().finditer(text) if text[(at := pair.start()) : at + 2] in known)


@cache
def _openings() -> frozenset[str]:
    return frozenset(name[:2] for names in (_by_name(), _by_stem()) for name in names)


@cache
def _opening() -> re.Pattern[str]:
    """Any first character of a name before any second one, which leaves few pairs to be looked up."""
    first, second = ("".join({pair[n] for pair in _openings()}) for n in (0, 1))
    return re.compile(f"[{first}](?=[{second}])")


@cache
def known_names() -> tuple[frozenset[str], frozenset[str]]:
    """Every name of a place that is no common word, and every stem (长治) of one above the counties."""
    stems = frozenset(stem for stem, known in _by_stem().items() if any(d.level != "county" for d in known))
    return frozenset(_by_name()).difference(_CALLED_BY_KIND), stems - _by_name().keys()


@cache
def _lengths_of_names() -> dict[str, tuple[int, ...]]:
    return lengths_by_opening(_by_name())


@cache
def _lengths_of_stems() -> dict[str, tuple[int, ...]]:
    return lengths_by_opening(_by_stem())
