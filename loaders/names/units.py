"""The units in a list of names: 市司法局、各县区党委、政府和市直有关单位 holds three. Works on the plain view."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from loaders.names.places import mention
from loaders.patterns import (
    AND_OTHERS,
    BARE_PART,
    COLLECTIVE,
    COLLECTIVE_TAIL,
    ELIDED,
    INVOLVED,
    JOINED,
    LEVEL_PREFIX,
    LIST_LAST,
    LIST_START,
    LIST_TOKEN,
    NAME_QUOTES,
    NAMEPLATE,
    NOT_ACTOR,
    NOT_UNIT,
    OPENING,
    OPENING_FIRST,
    SURE_UNIT,
    UNIT_END,
    UNIT_LAST,
)
from loaders.text.view import squeezed

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST = 40  # characters of the longest name that is still read as one unit
_FIELD = 10  # characters of the longest field in 发展改革、工业和信息化等部门
_OF_FIELDS = ("部门", "机关", "单位", "机构")
_LEVELS = "省市州县区旗乡镇"  # highest first


class Unit(NamedTuple):
    """`[start, end)` of the words that stand there; `name` is what they name, its elided prefix restored."""

    start: int
    end: int
    name: str
    collective: bool


class _Name(NamedTuple):
    """What a part of a list tells by itself: `words` without blanks; whether they can be a unit, and are a collective; the
    prefix they have (市, 市委), or whether they stand without one that others share; whether they are a unit `apart`,
    which makes one with no part beside it.
    """

    words: str
    is_unit: bool
    collective: bool = False
    own: str = ""
    elided: bool = False
    apart: bool = False


@lru_cache(maxsize=1 << 14)
def is_unit(name: str) -> bool:
    """Whether `name` can be an agency, or a body named by its field or role."""
    if not 2 <= len(name) <= _MOST or NOT_UNIT.search(name) or ("“" in name and NAME_QUOTES.sub("", name).count("“")):
        return False
    if name[-1] not in ")]":
        return _ends_as_unit(name)
    outside, *inside = NAMEPLATE.split(name, maxsplit=1)
    return bool(inside) and len(outside) > 1 and _ends_as_unit(outside)


def _ends_as_unit(name: str) -> bool:
    return name[-1] in UNIT_LAST or name.endswith(UNIT_END)


def read_units(plain: str, start: int, end: int) -> tuple[list[Unit], bool]:
    """The units in `plain[start:end]`, and whether all of it was understood."""
    said = plain[start:end]
    parts = _parts(plain, start, end) if JOINED.search(said) else _between_marks(plain, start, said)
    names = [_known(plain[begin:stop]) for begin, stop in parts]
    apart = [name.apart for name in names]
    if not all(apart) and INVOLVED.search(said):
        parts = [part for span in _merged(plain, parts) for part in _without_others(plain, *span)]
        names = [_known(plain[begin:stop]) for begin, stop in parts]
    units: list[Unit] = []
    prefix = ""
    for (begin, stop), (words, known, collective, own, elided, _) in zip(parts, names, strict=True):
        if not known:
            continue
        name = words
        if own:
            prefix = own
        elif prefix and elided:
            level = prefix if words.endswith("部") else prefix.removesuffix("党委").removesuffix("委")
            name = level + words
        units.append(Unit(begin, stop, name, collective))
    return units, len(units) == len(parts)


def only_units(plain: str, start: int, end: int) -> list[Unit]:
    """The units in `plain[start:end]` if all of it is a list of them, else none."""
    if start < end and plain[end - 1] not in LIST_LAST:
        return []  # most words are no names, which their last character tells
    units, whole = read_units(plain, start, end)
    return units if whole else []


@lru_cache(maxsize=1 << 14)
def _known(part: str) -> _Name:
    name = squeezed(part)
    if not is_unit(name):
        return _Name(name, False)
    apart = name == part and not (COLLECTIVE_TAIL.fullmatch(name) or "等" in name or (name[0] == "各" and name[1:] in _LEVELS))
    if COLLECTIVE.search(name):
        return _Name(name, True, collective=True, apart=apart)
    if own := LEVEL_PREFIX.match(name):
        return _Name(name, True, own=own.group(), apart=apart)
    elided = bool(ELIDED.match(name)) and not mention(name)  # 山东金融监管局 has its place
    return _Name(name, True, elided=elided, apart=apart)


def are_sure(units: list[Unit]) -> bool:
    """Whether all are beyond doubt, so that no verb or label is needed to tell that they are names of agencies."""
    return bool(units) and all(SURE_UNIT.search(unit.name) and not NOT_ACTOR.search(unit.name) for unit in units)


def _between_marks(plain: str, start: int, words: str) -> list[tuple[int, int]]:
    """What 、 and , part in `words`, which stand at `start`."""
    parts: list[tuple[int, int]] = []
    for name in words.replace(",", "、").split("、"):
        end = start + len(name)
        if name and name[0] in OPENING_FIRST:
            _add_part(parts, plain, start, end)
        elif name:
            parts.append((start, end))
        start = end + 1
    return parts


def _parts(plain: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cuts at 、 and , outside brackets, and at 和, 与, 及 or a line end only between two whole names."""
    parts: list[tuple[int, int]] = []
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
            _add_part(parts, plain, begin, token.start())
            begin = token.end()
    _add_part(parts, plain, begin, end)
    return parts


def _joins(plain: str, begin: int, left_end: int, right_start: int, end: int) -> bool:
    if plain[left_end] == "\n" and not LIST_START.match(plain, right_start, end):
        return False  # a name broken by a line end
    if not is_unit(squeezed(plain[begin:left_end]).removesuffix("等")):
        return False
    following = LIST_TOKEN.search(plain, right_start, end)
    while following and following.group() in "()[]":
        following = LIST_TOKEN.search(plain, following.end(), end)
    right = squeezed(plain[right_start : following.start() if following else end])
    return len(right) > 2 and is_unit(right) and not BARE_PART.fullmatch(right)


def _add_part(parts: list[tuple[int, int]], plain: str, start: int, end: int) -> None:
    """Adds `plain[start:end]` to `parts`, without the words and blanks around a name, unless nothing is left."""
    if start < end and plain[start] in OPENING_FIRST and (opening := OPENING.match(plain, start, end)):
        start = opening.end()
    while end > start and plain[end - 1] in " \n":
        end -= 1
    if end > start:
        parts.append((start, end))


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
        elif is_unit(squeezed(name)) or "等" in name:
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
    return ("各" in last or bool(BARE_PART.fullmatch(last))) and bool(COLLECTIVE_TAIL.fullmatch(name))


def _steps_down(last: str, name: str) -> bool:
    """各市、县政务服务中心: a bare level under 各, then a name at a lower level."""
    return last[0] == "各" and last[1:] in _LEVELS and name[0] in _LEVELS and _LEVELS.find(last[1:]) < _LEVELS.find(name[0])


def _without_others(plain: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A、B等 is A and B; A、B等有关部门 is A, B and the collective 有关部门."""
    others = AND_OTHERS.search(plain, start, end) if "等" in plain[start:end] else None
    name = plain[start : others.start()] if others else ""
    if others is None or "、" in name or not is_unit(name):
        yield start, end
        return
    yield start, others.start()
    if others["named"]:
        yield others.start("rest"), end
