"""The units in a list of names: 市司法局、各县区党委、政府和市直有关单位 holds three. Works on the plain view."""

from __future__ import annotations

import re
from typing import NamedTuple

from loaders.names.endings import LIST_LAST
from loaders.names.parts import OPENING_FIRST, SEVERAL, is_many, known, parts_in
from loaders.names.phrases import NOT_ACTOR
from loaders.names.shape import SURE_UNIT, shared, without_alias

_ITS = re.compile("其(?:各|所属|组成|工作|职能|直属|下属){1,2}(?:部门|单位|机构)")  # 例 各级政府及|其工作部门


class Unit(NamedTuple):
    """`[start, end)` of the words that stand there; `name` is what they name, its elided prefix restored."""

    start: int
    end: int
    name: str
    collective: bool


def read_units(plain: str, start: int, end: int, *, only: bool = False) -> tuple[list[Unit], bool]:
    """The units in `plain[start:end]`, and whether all of it was understood; `only` where else they are not wanted."""
    parts = parts_in(plain, start, end, only=only)
    units: list[Unit] = []
    prefix = ""
    for begin, stop, part in parts:
        if not part.is_unit:
            continue
        words = part.words
        name = without_alias(words)
        if part.own:
            prefix = part.own
        elif prefix and part.elided:
            level = prefix if words.endswith("部") else prefix.removesuffix("党委").removesuffix("委")
            name = level + words
        elif units:
            name = units[-1].name + words[1:] if _ITS.match(words) else shared(units[-1].name, words) + name
        units.append(Unit(begin, stop, name, part.collective))
    return units, len(units) == len(parts)


def only_units(plain: str, start: int, end: int) -> list[Unit]:
    """The units in `plain[start:end]` if all of it is a list of them, else none."""
    if start >= end or plain[end - 1] not in LIST_LAST:
        return []  # most words are no names, which their last character tells
    if plain[start] not in OPENING_FIRST and not SEVERAL.search(plain, start, end) and not is_many(plain, start, end):
        part = known(plain[start:end])
        return [Unit(start, end, plain[start:end], part.collective)] if part.is_unit else []
    units, whole = read_units(plain, start, end, only=True)
    return units if whole else []


def are_sure(units: list[Unit]) -> bool:
    """Whether all are beyond doubt, so that no verb or label is needed to tell that they are names of agencies."""
    return bool(units) and all(SURE_UNIT.search(unit.name) and not NOT_ACTOR.search(unit.name) for unit in units)
