"""Which agency a name means after people's merges and splits: what the rules say -> what it is, by which entries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from kg.decide.entries import Corrections, Identity, Split
from kg.model import Agency, Place, readable_id


@dataclass(frozen=True, slots=True)
class Identified:
    """An agency after merges and splits, the places to add, the entries that led to it, and why they could not be followed."""

    agency: Agency
    places: tuple[Place, ...] = ()
    entries: tuple[Identity, ...] = ()
    problem: str = ""


def identify(corrections: Corrections, agency: Agency, names: Iterable[str], home: str | None) -> Identified:
    """What `agency`, called by `names` in a document of the place `home`, is after merges and splits."""
    return _follow(corrections, agency, {agency.name, *names}, home, ())


def _follow(
    corrections: Corrections, agency: Agency, names: set[str], home: str | None, passed: tuple[Identity, ...]
) -> Identified:
    """`passed`: the entries that led here, one after the other, since a merge may lead to another."""
    entry = next((e for e in corrections.identities if _concerns(e, agency, names, home)), None)
    if entry is None:
        return Identified(agency, entries=passed)
    if entry in passed:
        return Identified(agency, entries=passed, problem="merges lead back to where they began")
    passed = (*passed, entry)
    if isinstance(entry, Split):
        target = _split(agency, entry)
        problem = "" if target.id != agency.id else f"{entry.into} is what the rules say already"
        return Identified(target, entries=passed, problem=problem)
    target, places = corrections.named(entry.into, entry.place, "")
    if not target.resolved:
        return Identified(agency, entries=passed, problem=f"{entry.into} is no name that the rules can place")
    if target.id == agency.id:  # the rules have learnt it since
        return Identified(agency, entries=passed)
    last = _follow(corrections, target, {target.name, entry.into}, home, passed)
    return replace(last, places=(*places, *last.places))


def _concerns(entry: Identity, agency: Agency, names: set[str], home: str | None) -> bool:
    place = agency.place if agency.resolved else home
    return entry.place == (place or "-") and entry.surface in names


def _split(agency: Agency, entry: Split) -> Agency:
    """An agency of its own at the place of the one that it was taken for."""
    short = entry.into.removeprefix(agency.name.removesuffix(agency.short)) or entry.into
    where = agency.id[: agency.id.rindex(":") + 1]
    star = "*" if agency.collective else ""
    return replace(
        agency,
        id=f"{where}{star}{readable_id(short)}",
        name=entry.into,
        short=short,
        function=entry.function or short,
        successions=(),
    )
