"""A name that stands alone, outside any document: what `kg resolve` answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.errors import BadParameter
from loaders.names.agencies import NATION, Scope, explain
from loaders.names.collectives import COLLECTIVE
from loaders.names.places import called, division
from loaders.text.view import plain, simplified, squeezed

if TYPE_CHECKING:
    from kg.model import Agency, Succession

_NATION = frozenset({NATION, "-", "全国", "国家", "中国", "中央", "国务院"})


@dataclass(frozen=True, slots=True)
class Answer:
    """What a surface means, seen from `place`, and in words why."""

    surface: str
    agency: Agency
    evidence: str

    def as_json(self) -> dict[str, Any]:
        """The line that `kg resolve --format json` prints."""
        agency = self.agency
        place = division(agency.place) if agency.place else None
        return {
            "surface": self.surface,
            "id": agency.id,
            "name": agency.name,
            "place": place.name if place else None,
            "place_code": agency.place,
            "level": agency.level,
            "function": agency.function,
            "kind": agency.kind,
            "collective": agency.collective,
            "evidence": self.evidence,
        }


def answer(surface: str, place: str | None = None, year: int | None = None) -> Answer:
    """The agency that `surface` means in a document of `place` (a code as `place_code` gives it, None where unknown).

    An agency whose place cannot be told gets an id under `unresolved:`; no document can have it.
    """
    name = simplified(surface)
    marks = plain(name)
    agency, notes = explain(marks, Scope("unresolved", place), bool(COLLECTIVE.search(squeezed(marks))))
    evidence = "; ".join((*notes, *_reforms(agency, year)))
    return Answer(surface, agency, f"{'resolved' if agency.resolved else 'unresolved'}: {evidence}")


def place_code(name: str) -> str:
    """The code of a place that a person names by its code or its name: 140400, 长治市, 山西省长治市潞城区.

    Raises BadParameter where there is no such place, or more than one.
    """
    if name in _NATION:
        return NATION
    candidates = called(simplified(name.strip()))
    if len(candidates) != 1:
        many = "more than one place is" if candidates else "there is no place"
        names = tuple(f"{place.code} {place.name}" for place in candidates)
        raise BadParameter(f"{many} called {name}", "name it by its code (GB/T 2260) or with the place above it", names)
    return candidates[0].code


def _reforms(agency: Agency, year: int | None) -> tuple[str, ...]:
    """The reforms of this agency, told from `year` where one is given."""
    return tuple(_reform(r, agency.id, year) for r in agency.successions)


def _reform(reform: Succession, agency: str, year: int | None) -> str:
    former = reform.former == agency
    verb, other = ("went over into", reform.later) if former else ("took over from", reform.former)
    name = other.partition(":")[2]
    past = year is not None and (str(year) > reform.on[:4] if former else str(year) < reform.on[:4])
    then = f" and had done so by {year}" if past and former else f"; in {year} that was still its own" if past else ""
    return f"{verb} {name} in {reform.on}{then} ({reform.source})"
