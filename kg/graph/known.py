"""Tasks that can be reported on: how they are called, whose they are, and which report counts now."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from kg.days import today
from kg.decide.reports import Report, make
from kg.engine.store import Store
from kg.errors import BadParameter
from kg.people.acts import ACTING


class NotYet(BadParameter):
    """A day that has yet to come."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of a task. `names`: all that it may be called."""

    id: str
    name: str
    leads: bool = False
    collective: bool = False
    names: frozenset[str] = frozenset()

    def called(self, said: str) -> bool:
        """Whether an id or a name means it."""
        return said in (self.id, self.name) or said in self.names


NOBODY: Final = Unit("", "")
"""Whose the report on a task is that names no unit."""


@dataclass(frozen=True, slots=True)
class Known:
    """A task that can be reported on. `held`: the report that counts, by the unit's id; each as its node."""

    id: str
    document: str
    doc_number: str | None
    title: str
    quote: str
    units: tuple[Unit, ...]
    held: Mapping[str, Mapping[str, Any]]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(unit.name for unit in self.units)

    @property
    def reporter(self) -> Unit | None:
        """Whose a report is that does not say: the only lead's; nobody's where the task names no unit."""
        leads = [unit for unit in self.units if unit.leads]
        return leads[0] if len(leads) == 1 else None if self.units else NOBODY

    def whose(self, said: str | None) -> str | None:
        """The unit that is said, else the one that the key in use reports for, where the task names any."""
        return said or (ACTING.get().unit if self.units else None)

    def unit(self, said: str) -> Unit | None:
        """The unit of an id or a name."""
        return next((unit for unit in self.units if unit.called(said)), None)

    def report(self, unit: Unit, said: Mapping[str, Any]) -> Report:
        """What `unit` reports now. Raises BadParameter, of which NotYet is one."""
        date = said.get("date") or today()
        if isinstance(date, datetime.date) and date > today():
            raise NotYet(f"date={date} has yet to come", "give the day of what is reported, today at the latest")
        return make(
            **{**said, "date": date},
            document=self.document,
            doc_number=self.doc_number,
            task=self.id.rpartition(":")[2],
            quote=self.quote,
            agency=unit.name,
            agency_id=unit.id,
            at=datetime.datetime.now(datetime.UTC),
        )


@dataclass(frozen=True, slots=True)
class Own:
    """The unit that the key in use reports for, and, by id, the collectives (各县区人民政府) that it is known to be in."""

    unit: Unit
    collectives: frozenset[str]

    def joins(self, known: Known) -> bool:
        """Whether one of them has a part in the task."""
        return any(unit.id in self.collectives for unit in known.units)


def own(store: Store) -> Own | None:
    """None where the key is bound to no unit, or to one that is not held. Raises what Store.read raises."""
    if (bound := ACTING.get().unit) is None:
        return None
    rows = store.read(
        "MATCH (a:Agency) WHERE $bound IN [a.id, a.name] "
        "RETURN a.id AS id, a.name AS name, a.printed AS printed, "
        "COLLECT { MATCH (a)-[:MEMBER_OF]->(c:Agency) RETURN c.id } AS collectives "
        "ORDER BY id LIMIT 1",
        {"bound": bound},
    ).rows
    if not rows:
        return None
    unit = Unit(rows[0]["id"], rows[0]["name"], names=frozenset(rows[0]["printed"] or ()))
    return Own(unit, frozenset(rows[0]["collectives"]))


_QUOTED: Final = 60  # characters of a task without a title


def tasks(store: Store, ids: Iterable[str]) -> dict[str, Known]:
    """These tasks of loaded documents, by id. Raises what Store.read raises."""
    rows = store.read(
        "MATCH (d:Document)-[:HAS_TASK]->(t:Task) WHERE t.id IN $ids AND d.loaded = true "
        "RETURN t.id AS id, d.id AS document, d.doc_number AS doc_number, t.title AS title, t.text AS words, "
        "COLLECT { MATCH (t)<-[r:LEADS|PARTICIPATES]-(a:Agency) "
        "RETURN {id: a.id, name: a.name, role: type(r), collective: a:Collective, printed: a.printed} "
        "ORDER BY type(r), r.start, a.id } AS units, "
        "COLLECT { MATCH (t)<-[:ON]-(r:Report {until: '~'}) OPTIONAL MATCH (a:Agency)-[:REPORTED]->(r) "
        "RETURN {unit: coalesce(a.id, r.agency_id, ''), report: properties(r)} } AS held",
        {"ids": sorted(set(ids))},
    ).rows
    return {row["id"]: _known(row) for row in rows}


def _known(row: Mapping[str, Any]) -> Known:
    units: dict[str, Unit] = {}
    for one in row["units"]:  # who leads comes first
        names = frozenset(one["printed"] or ())
        units.setdefault(one["id"], Unit(one["id"], one["name"], one["role"] == "LEADS", one["collective"], names))
    quote = row["title"] or row["words"][:_QUOTED]
    held = {one["unit"]: one["report"] for one in row["held"]}
    return Known(row["id"], row["document"], row["doc_number"], row["title"], quote, tuple(units.values()), held)
