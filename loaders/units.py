"""The units in a list of names: 市司法局、各县区党委、政府和市直有关单位 holds three. Works on the plain view."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from loaders.patterns import (
    AND_OTHERS,
    BARE_PART,
    COLLECTIVE,
    COLLECTIVE_TAIL,
    ELIDED,
    INVOLVED,
    LEVEL_PREFIX,
    LIST_START,
    LIST_TOKEN,
    NAME_QUOTES,
    NAMEPLATE,
    NAMES,
    NOT_ACTOR,
    NOT_UNIT,
    OPENING,
    SURE_UNIT,
    UNIT_END,
)
from loaders.places import mention

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST = 40  # characters of the longest name that is still read as one unit
_FIELD = 10  # characters of the longest field in 发展改革、工业和信息化等部门
_OF_FIELDS = ("部门", "机关", "单位", "机构")
_LEVELS = "省市州县区旗乡镇"  # highest first


@dataclass(frozen=True, slots=True)
class Unit:
    """`[start, end)` of the words that stand there; `name` is what they name, its elided prefix restored."""

    start: int
    end: int
    name: str
    collective: bool


@lru_cache(maxsize=1 << 14)
def is_unit(name: str) -> bool:
    """Whether `name` can be an agency, or a body named by its field or role."""
    if not 2 <= len(name) <= _MOST or NOT_UNIT.search(name) or ("“" in name and NAME_QUOTES.sub("", name).count("“")):
        return False
    if name.endswith(UNIT_END):
        return True
    outside, *inside = NAMEPLATE.split(name, maxsplit=1)
    return bool(inside) and name.endswith((")", "]")) and outside.endswith(UNIT_END) and len(outside) > 1


def read_units(plain: str, start: int, end: int) -> tuple[list[Unit], bool]:
    """The units in `plain[start:end]`, and whether all of it was understood."""
    if INVOLVED.search(plain[start:end]):
        merged = _merged(plain, list(_parts(plain, start, end)))
        parts = [part for span in merged for part in _without_others(plain, *span)]
    else:
        parts = [part.span() for part in NAMES.finditer(plain, start, end)]
    units: list[Unit] = []
    prefix = ""
    for begin, stop in parts:
        name = _squeeze(plain[begin:stop])
        if not is_unit(name):
            continue
        collective, own, elided = _form(name)
        if own:
            prefix = own
        elif prefix and elided:
            level = prefix if name.endswith("部") else prefix.removesuffix("党委").removesuffix("委")
            name = level + name
        units.append(Unit(begin, stop, name, collective))
    return units, len(units) == len(parts)


@lru_cache(maxsize=1 << 14)
def _form(name: str) -> tuple[bool, str, bool]:
    """Whether a name is a collective; the prefix it has (市, 市委); whether it stands without one that others share."""
    if COLLECTIVE.search(name):
        return True, "", False
    own = LEVEL_PREFIX.match(name)
    return False, own.group() if own else "", bool(ELIDED.match(name)) and not mention(name)  # 山东金融监管局 has its place


def are_sure(units: list[Unit]) -> bool:
    """Whether all are beyond doubt, so that no verb or label is needed to tell that they are names of agencies."""
    return bool(units) and all(SURE_UNIT.search(unit.name) and not NOT_ACTOR.search(unit.name) for unit in units)


def _parts(plain: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cuts at 、 and , outside brackets, and at 和, 与, 及 or a line end only between two whole names."""
    depth = 0
    begin = start
    for token in LIST_TOKEN.finditer(plain, start, end):
        mark = token.group()
        if mark in "([":
            depth += 1
        elif mark in ")]":
            depth = max(0, depth - 1)
        elif depth:
            continue
        elif mark in "、,/;" or _joins(plain, begin, token.start(), token.end(), end):
            yield from _trimmed(plain, begin, token.start())
            begin = token.end()
    yield from _trimmed(plain, begin, end)


def _joins(plain: str, begin: int, left_end: int, right_start: int, end: int) -> bool:
    if plain[left_end] == "\n" and not LIST_START.match(plain, right_start, end):
        return False  # a name broken by a line end
    left = _squeeze(plain[begin:left_end]).removesuffix("等")
    following = LIST_TOKEN.search(plain, right_start, end)
    while following and following.group() in "()[]":
        following = LIST_TOKEN.search(plain, following.end(), end)
    right = _squeeze(plain[right_start : following.start() if following else end])
    return is_unit(left) and len(right) > 2 and is_unit(right) and not BARE_PART.fullmatch(right)


def _trimmed(plain: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    opening = OPENING.match(plain, start, end)
    start = opening.end() if opening else start
    while end > start and plain[end - 1] in " \n":
        end -= 1
    if end > start:
        yield start, end


def _merged(plain: str, parts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Parts under one 各 are one unit; so are fields before 部门 (发展改革、工业等部门) and bare levels (省、市、县)."""
    merged: list[tuple[int, int]] = []
    fields: list[tuple[int, int]] = []  # parts that are no names yet
    for part in parts:
        start, end = part
        name = plain[start:end]
        last = plain[slice(*merged[-1])] if merged else ""
        if merged and not fields and (_goes_on(last, name) or _steps_down(last, name)):
            merged[-1] = (merged[-1][0], end)
        elif is_unit(_squeeze(name)) or "等" in name:
            merged += [(fields[0][0], end)] if _one_of_fields(plain, fields, part) else [*fields, part]
            fields = []
        else:
            fields.append(part)
    if len(fields) > 1 and all(BARE_PART.fullmatch(plain, *part) for part in fields):
        fields = [(fields[0][0], fields[-1][1])]
    return merged + fields


def _one_of_fields(plain: str, fields: list[tuple[int, int]], part: tuple[int, int]) -> bool:
    """Whether `fields`, each a short word and joined by 、 or 和 only, and `part` name one body."""
    name = plain[slice(*part)]
    if not fields or not (name.endswith(_OF_FIELDS) or BARE_PART.fullmatch(name)):
        return False
    short = all(end - start <= _FIELD for start, end in fields)
    return short and "," not in plain[fields[0][0] : part[0]]


def _goes_on(last: str, name: str) -> bool:
    if not COLLECTIVE_TAIL.fullmatch(name):
        return False
    return "各" in last or bool(BARE_PART.fullmatch(last))


def _steps_down(last: str, name: str) -> bool:
    """各市、县政务服务中心: a bare level under 各, then a name at a lower level."""
    return last[0] == "各" and last[1:] in _LEVELS and name[0] in _LEVELS and _LEVELS.find(last[1:]) < _LEVELS.find(name[0])


def _without_others(plain: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A、B等 is A and B; A、B等有关部门 is A, B and the collective 有关部门."""
    others = AND_OTHERS.search(plain, start, end)
    name = plain[start : others.start()] if others else ""
    if others is None or "、" in name or not is_unit(name):
        yield start, end
        return
    yield start, others.start()
    if others["named"]:
        yield others.start("rest"), end


def _squeeze(name: str) -> str:
    return "".join(name.split()) if " " in name or "\n" in name else name
