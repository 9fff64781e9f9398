"""Narrative duties: running text in which a named agency, or a collective of agencies, must do something.

Read from the verb backwards: a duty verb (要, 应当, 负责, or a bare verb after a collective) right behind what may be the
end of a name; then the words from the head of the fragment must all be units. Precision comes first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import Role
from loaders.patterns import (
    ALONG,
    BY_AGENCY,
    DUTY,
    DUTY_OPENING,
    EVERY,
    EXPLAINS,
    FRAGMENT_END,
    FRAGMENT_START,
    HELPS,
    NO_AGENCY,
    NO_DUTY,
    NOT_ACTOR,
    NOT_SUBJECT,
    TIME_BEFORE,
)
from loaders.units import Unit, read_units

if TYPE_CHECKING:
    from collections.abc import Iterator

_SUBJECT = 120  # code points of the longest list of subjects
_GOES_ON = frozenset(',"”》')  # what may stand before a subject that does not open a sentence
_HEAD = frozenset(",。;:\n ")  # what stands before the verb of a sentence whose subject is left out
_ALONG = 240  # code points behind a verb in which those who go along are named


def find_duties(plain: str, start: int, end: int) -> Iterator[tuple[Unit, Role]]:
    """Units with a duty in `plain[start:end]`, with their role."""
    reached = start
    for found in DUTY.finditer(plain, start, end):
        verb = found.start("verb")
        if verb <= reached:
            continue
        subjects = _subjects(plain, start, reached, verb, modal=found["modal"] is not None)
        if not subjects or NO_DUTY.match(plain, verb, end) or EXPLAINS.match(plain, verb, end):
            continue
        role: Role = "PARTICIPATES" if HELPS.match(plain, verb, end) else "LEADS"
        yield from ((unit, role) for unit in _agencies(subjects))
        reached = found.end()
        for unit in _along(plain, verb, end):
            reached = unit.end
            yield unit, "PARTICIPATES"
    for found in BY_AGENCY.finditer(plain, start, end):
        if EXPLAINS.match(plain, found.start("verb"), end):
            continue
        if units := _actors(plain, *found.span("units")):
            yield from ((unit, "LEADS") for unit in _agencies(units))
            yield from ((unit, "PARTICIPATES") for unit in _along(plain, found.start("verb"), end))
    for found in ALONG.finditer(plain, start, end):
        if found.start() == start or plain[found.start() - 1] in _HEAD:
            yield from ((unit, "PARTICIPATES") for unit in _agencies(_actors(plain, *found.span("units"))))


def _agencies(units: list[Unit]) -> Iterator[Unit]:
    """Those of `units` whose duties are counted: no private actors and no service institutions."""
    return (unit for unit in units if not NO_AGENCY.search(unit.name))


def _actors(plain: str, start: int, end: int) -> list[Unit]:
    """The units in `plain[start:end]` if all of it is names of agencies, else none."""
    units, whole = read_units(plain, start, end)
    return units if whole and not any(NOT_ACTOR.search(unit.name) for unit in units) else []


def _subjects(plain: str, floor: int, start: int, stop: int, *, modal: bool) -> list[Unit]:
    """The units that fill the fragment before `stop`; in a list parted by commas, those of the fragments before it too.

    Without 要, 应 and the like the subject must stand at the head of a sentence, or be one of many (各乡镇建立…).
    """
    window = max(floor, stop - _SUBJECT)
    subjects: list[Unit] = []
    begin = head = stop
    while head > window:
        fragment = _fragment(plain, window, head)
        units = _actors(plain, fragment, stop) if fragment >= start else []
        if not units:
            break
        subjects, begin = units, fragment
        if plain[fragment - 1 : fragment] != ",":
            break
        head = fragment - 1
    if not subjects or NOT_SUBJECT.search(plain, max(0, begin - 8), begin):
        return []
    inside_sentence = plain[begin - 1 : begin] in _GOES_ON and not TIME_BEFORE.search(plain, max(0, begin - 6), begin)
    return subjects if modal or not inside_sentence or all(EVERY.match(unit.name) for unit in subjects) else []


def _fragment(plain: str, start: int, stop: int) -> int:
    """Where the fragment that ends at `stop` begins, its opening (其中, 一是, a number) passed over."""
    begin = start
    for mark in FRAGMENT_START.finditer(plain, start, stop):
        begin = mark.end()
    opening = DUTY_OPENING.match(plain, begin, stop)
    return opening.end() if opening else begin


def _along(plain: str, start: int, end: int) -> list[Unit]:
    """Those who go along, up to the end of the fragment: 会同B、C等部门筛选; 组织相关部门成立检查组."""
    end = min(end, start + _ALONG)
    stop = FRAGMENT_END.search(plain, start, end)
    found = ALONG.search(plain, start, stop.start() if stop else end)
    return list(_agencies(_actors(plain, *found.span("units")))) if found and found.start() - start <= 6 else []
