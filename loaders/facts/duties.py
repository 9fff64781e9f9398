"""Narrative duties: running text in which a named agency, or a collective of agencies, must do something.

Read from the verb backwards: a duty verb (要, 应当, 负责, or a bare verb such as 建立) right behind what may be the end of a
name; then the words from the head of the fragment, or from 由, must all be units. Precision comes first.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from kg.model import Role
from loaders.names.places import mention
from loaders.names.units import Unit, only_units
from loaders.patterns import (
    AD_HOC_BODY,
    ALONG,
    DUTY,
    DUTY_OPENING,
    EXPLAINS,
    FRAGMENT_END,
    FRAGMENT_START,
    GENERIC,
    HELPS,
    JOINS,
    LEADER_BEFORE,
    LEVEL_PREFIX,
    NO_AGENCY,
    NO_DUTY,
    NO_NAME,
    NO_START,
    NOT_ACTOR,
    NOT_BY,
    NOT_SUBJECT,
    OWN_DUTY,
    PAST,
    PRIVATE_TAIL,
    ROLE_BODY,
)

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

_STOPS = frozenset(("", *",。;:\n"))
_SUBJECT = 120  # code points of the longest list of subjects
_HEAD = frozenset(",。;:\n ")  # what stands before the verb of a sentence whose subject is left out
_ALONG = 240  # code points behind a verb in which those who go along are named
_NEAR = 6  # code points between a verb and the 会同 or 组织 that belongs to it
_BEFORE = 60  # code points before a subject in which its sentence may speak of the past


def find_duties(plain: str, start: int, end: int) -> Iterator[tuple[Unit, Role]]:
    """Units with a duty in `plain[start:end]`, with their role."""
    backwards = plain[start:end][::-1]
    reached = start
    for found in DUTY.finditer(plain, start, end):
        name_end = found.start("verb")
        if name_end <= reached:
            continue
        heads = _heads(plain, backwards, end, max(reached, name_end - _SUBJECT), name_end)
        subjects = _subjects(plain, heads, name_end)
        if not subjects or not _binds(plain, subjects[0].start, found, end):
            continue
        verb = max(name_end, found.end("comma"))
        role = _role(plain, subjects[0].start, verb, end)
        yield from ((unit, role) for unit in subjects if _counts(unit.name, unit.collective))
        reached = found.end()
        for unit in _along(plain, verb, end):
            reached = unit.end
            yield unit, "PARTICIPATES"
    for found in ALONG.finditer(plain, start, end):
        if found.start() == start or plain[found.start() - 1] in _HEAD:
            yield from ((unit, "PARTICIPATES") for unit in _joined(plain, found))


def _heads(plain: str, backwards: str, end: int, floor: int, stop: int) -> Iterator[int]:
    """Where fragments begin before `stop`, nearest first, down to `floor`. `backwards` is the text up to `end`, reversed."""
    for mark in FRAGMENT_START.finditer(backwards, end - stop, end - floor):
        head = end - mark.start()
        if not NO_START.match(plain, head - 1):
            yield head
    if floor == end - len(backwards):
        yield floor


def _subjects(plain: str, heads: Iterator[int], stop: int) -> list[Unit]:
    """The units that fill the fragment before `stop`; in a list parted by commas, those of the fragments before it too."""
    subjects: list[Unit] = []
    for head in heads:
        opening = DUTY_OPENING.match(plain, head, stop)
        units = _actors(plain, opening.end() if opening else head, stop)
        if not units:
            break
        subjects = units
        mark = plain[head - 1 : head]
        if mark == "由" and NOT_BY.search(plain, max(0, head - 3), head):
            return []
        if mark != ",":
            break
    if not subjects or NOT_SUBJECT.search(plain, max(0, subjects[0].start - 8), subjects[0].start):
        return []
    return subjects


def _actors(plain: str, start: int, end: int) -> list[Unit]:
    """The units in `plain[start:end]` if all of it is names of agencies, else none; private ones at its end are passed over."""
    name = plain[start:end]
    if NO_NAME.search(name) and not AD_HOC_BODY.match(name):
        return []
    if ROLE_BODY.fullmatch(name):
        return [Unit(start, end, name, collective=True)]
    while others := PRIVATE_TAIL.search(plain, start, end):
        end = others.start()
    units = only_units(plain, start, end)
    return units if all(_can_act(unit.name) for unit in units) else []


@lru_cache(maxsize=1 << 14)
def _can_act(name: str) -> bool:
    return not NOT_ACTOR.search(name) or bool(AD_HOC_BODY.match(name))


@lru_cache(maxsize=1 << 14)
def _counts(name: str, collective: bool) -> bool:
    """Whether its duties are counted: no private actor, no service institution, nothing but a kind of body."""
    if NO_AGENCY.search(name):
        return False
    return collective or not GENERIC.search(name) or bool(LEVEL_PREFIX.match(name) or mention(name))


def _binds(plain: str, subject: int, found: re.Match[str], end: int) -> bool:
    """Whether the work is still to be done, and work at all: 负责解释 is a rule about the text itself."""
    verb = max(found.start("verb"), found.end("comma"))
    if EXPLAINS.match(plain, verb, end):
        return False
    if found["modal"] not in (None, "将"):
        return True
    if verb == found.start("bare") and plain[found.end() : found.end() + 1] in _STOPS and plain[subject - 1 : subject] != "由":
        # 加快数据中心建设, names no work; A牵头,B参加 does
        return _joins(plain, subject, verb, end)
    return not (NO_DUTY.match(plain, verb, end) or PAST.search(plain, max(0, subject - _BEFORE), subject))


def _role(plain: str, subject: int, verb: int, end: int) -> Role:
    """One that only helps another agency takes part; with a duty of its own in the sentence it leads that."""
    helps = HELPS.match(plain, verb, end) and not OWN_DUTY.match(plain, verb, end)
    return "PARTICIPATES" if helps or _joins(plain, subject, verb, end) else "LEADS"


def _joins(plain: str, subject: int, verb: int, end: int) -> bool:
    """Whether it goes along with the one that leads: A牵头,B参加."""
    return bool(JOINS.match(plain, verb, end) and LEADER_BEFORE.search(plain, max(0, subject - 3), subject))


def _along(plain: str, start: int, end: int) -> Iterator[Unit]:
    """Those who go along, up to the end of the fragment: 会同B、C等部门筛选; 组织相关部门成立检查组."""
    end = min(end, start + _ALONG)
    stop = FRAGMENT_END.search(plain, start, end)
    found = ALONG.search(plain, start, stop.start() if stop else end)
    if found and found.start() - start <= _NEAR:
        yield from _joined(plain, found)


def _joined(plain: str, found: re.Match[str]) -> Iterator[Unit]:
    return (unit for unit in _actors(plain, *found.span("units")) if _counts(unit.name, unit.collective))
