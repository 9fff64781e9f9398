"""Agencies that are likely one: two names at one place that are nearly the same, or one place under two names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations
from typing import Any, Final

from kg.decide.audit.finding import Finding, correct, grouped
from kg.decide.entries import Corrections
from kg.engine.store import Store

NAME: Final = "duplicate"

_ALIKE: Final = 0.75
"""From this ratio on two names are nearly the same."""


@dataclass(frozen=True, slots=True)
class _Unit:
    """An agency with the place it is at; `mentions` in how many tasks."""

    id: str
    name: str
    short: str
    function: str | None
    place: str | None
    place_name: str
    above: str | None
    mentions: int


def check(store: Store, _: Corrections) -> Iterator[Finding]:
    rows = store.read(
        "MATCH (a:Agency) WHERE a.resolved = true AND NOT a:Collective "
        "OPTIONAL MATCH (a)-[:IN]->(p:Place) OPTIONAL MATCH (p)-[:PART_OF]->(q:Place) "
        "OPTIONAL MATCH (a)-[:PERFORMS]->(f:Function) "
        "RETURN a.id AS id, a.name AS name, a.short AS short, f.name AS function, p.id AS place, "
        "coalesce(p.name, '') AS place_name, q.id AS above, "
        "COUNT { (a)-[:LEADS|PARTICIPATES]->(:Task) } AS mentions ORDER BY id"
    ).rows
    units = [_Unit(**row) for row in rows]
    pairs = [(one, other, why) for one, other in _same_place(units) if (why := _alike(one, other))]
    pairs += [
        (one, other, f"{one.place_name} and {other.place_name} are one place under two names")
        for one, other in _renamed_place(units)
    ]
    evidence = _evidence(store, sorted({unit.id for one, other, _ in pairs for unit in (one, other)}))
    for one, other, why in pairs:
        rare, usual = sorted((one, other), key=lambda u: (u.mentions, -len(u.name), u.id))
        do = correct("merge", place=rare.place or "-", surface=rare.name, into=usual.name)
        yield Finding(NAME, f"{rare.name} = {usual.name}?", why, do, **evidence.get(rare.id, {}))


def _same_place(units: list[_Unit]) -> Iterator[tuple[_Unit, _Unit]]:
    by_place: dict[str | None, list[_Unit]] = defaultdict(list)
    for unit in units:
        by_place[unit.place].append(unit)
    for group in by_place.values():
        yield from combinations(group, 2)


def _renamed_place(units: list[_Unit]) -> Iterator[tuple[_Unit, _Unit]]:
    """潞城市 became 潞城区: two codes under one city, one stem."""
    by_stem: dict[tuple[str, ...], list[_Unit]] = defaultdict(list)
    for unit in units:
        if unit.place and unit.above and len(unit.place_name) > 2:
            by_stem[unit.above, unit.place_name[:-1], unit.short].append(unit)
    for group in by_stem.values():
        yield from combinations(group, 2)


def _alike(one: _Unit, other: _Unit) -> str:
    """Why two names at one place may mean one agency; nothing where they need not."""
    short, long = sorted((one.short, other.short), key=len)
    if _plain(short) == _plain(long):
        return "the names differ only in 和, 与, 及, 的 or in how 办公室 and 委员会 are written"
    if long.startswith(short) or short[-1] != long[-1]:  # 公安局交警支队 is a part of 公安局
        return ""
    if len(short) > 2 and short[0] == long[0] and _shortens(short, long):
        return f"{short} may be short for {long}"
    if one.function and one.function == other.function and SequenceMatcher(None, short, long).ratio() >= _ALIKE:
        return f"they share the function {one.function}, and the names are nearly the same"
    return ""


_JOINTS: Final = str.maketrans("", "", "和与及的、·")


def _plain(short: str) -> str:
    plain = short.translate(_JOINTS)
    for full, brief in (("办公室", "办"), ("委员会", "委"), ("人民政府", "政府")):
        plain = plain.removesuffix(full) + brief if plain.endswith(full) else plain
    return plain


def _shortens(short: str, long: str) -> bool:
    """Whether the characters of `short` all stand in `long`, in this order."""
    rest = iter(long)
    return all(character in rest for character in short)


def _evidence(store: Store, agencies: list[str]) -> dict[str, dict[str, Any]]:
    """By agency, the first words that name it."""
    rows = store.read(
        "MATCH (a:Agency)-[r:LEADS|PARTICIPATES]->(:Task)<-[:HAS_TASK]-(d:Document) WHERE a.id IN $ids "
        "RETURN a.id AS id, d.title AS document, d.id AS document_id, r.quote AS quote, r.start AS start, r.end AS end "
        "ORDER BY document_id, start",
        {"ids": agencies},
    ).rows
    first = {id_: mentions[0] for id_, mentions in grouped(rows, "id").items()}
    return {id_: {k: v for k, v in row.items() if k != "id"} for id_, row in first.items()}
