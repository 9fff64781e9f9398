"""What units report: taken from a person or from rows of a workbook, kept in the journal, then in the graph."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from kg.ask.names import resolve
from kg.decide.journal import Journal
from kg.decide.reports import Report, State
from kg.engine.store import Store
from kg.errors import BadParameter, NotFound, NotYours
from kg.graph.known import Known, Unit, own, tasks
from kg.graph.reports import restore, write
from kg.graph.returned import Row, compare
from kg.people.acts import ACTING, Acts


@dataclass(frozen=True, slots=True)
class Progress:
    """The reports of a base; `cells` reads a workbook (kg.apart.cells). What is kept raises BadParameter, NotFound, BadJournal,
    and what the store raises."""

    store: Store
    journal: Journal[Report]
    acts: Acts
    cells: Callable[[bytes, str], Mapping[str, Sequence[Sequence[str]]]]

    def report(
        self,
        task: str,
        agency: str | None = None,
        *,
        state: State,
        text: str | None = None,
        percent: int | None = None,
        date: datetime.date | None = None,
        by: str | None = None,
        evidence: str | None = None,
    ) -> Report:
        """Keeps what `agency` (an id or a full name; the only lead if left out) reports of a task, given by id; of a task that
        names no unit, left out, how far it is. `date`: today if left out."""
        (id_,) = resolve(self.store, "task", [task])
        known = tasks(self.store, [id_])[id_]
        said = {"state": state, "text": text, "percent": percent, "date": date, "by": by, "evidence": evidence}
        unit = self._unit(known, known.whose(agency))
        if not ACTING.get().may_report(unit.id, unit.name):
            raise NotYours(
                f"this key reports for {ACTING.get().unit} only, not for {unit.name or known.quote}", "ask that unit, or 督查室"
            )
        report = known.report(unit, said)
        self.keep([report])
        return report

    def collectives(self) -> list[str]:
        """The collectives, by id, that the unit of the key in use is known to be a member of: it reports on their tasks too."""
        ours = own(self.store)
        return sorted(ours.collectives) if ours else []

    def withdraw(self, report: str, *, by: str | None = None) -> Report:
        """Takes a report back, given by id, and returns what is kept to say so: the one before it counts again. Both stay in
        the history. Who may not check takes back only what they reported last themselves: raises NotYours else."""
        held = self.store.read("MATCH (r:Report {id: $id}) RETURN r.until = '~' AS latest", {"id": report}).rows
        kept = self.journal.read()
        found = [one for one in kept if one.id == report and not one.withdraws]
        if not (held and found) or any(one.withdraws == report for one in kept):
            raise NotFound(f"no report {report:.40} stands", "`kg query progress` lists those of a task, with their ids")
        who = ACTING.get()
        if not who.may("check") and not (found[0].by == who.name and held[0]["latest"]):
            raise NotYours("who reports takes back only their own last report", "ask whoever may check")
        made = found[0].taken_back(by)
        self.keep([made])
        return made

    def returned(
        self,
        data: bytes,
        name: str,
        *,
        columns: Mapping[str, str | None] | None = None,
        agency: str | None = None,
        by: str | None = None,
        date: datetime.date | None = None,
    ) -> list[Row]:
        """What the rows of a workbook that a unit filled in would change (kg.graph.returned.compare); `keep_rows` takes
        them. Raises UnreadableFile too."""
        return compare(self.store, self.cells(data, name), columns=columns, agency=agency, by=by, date=date)

    def keep_rows(self, rows: Iterable[Row], outcomes: Collection[str]) -> int:
        """Keeps the reports of those rows of a workbook that have one of these outcomes; how many they are."""
        reports = [row.report for row in rows if row.outcome in outcomes and row.report]
        if reports:
            self.keep(reports)
        return len(reports)

    def keep(self, reports: Sequence[Report]) -> None:
        """Writes reports to the journal, then to the graph: a kill between the two is made good when the base is opened."""
        with self.store.writing():
            restore(self.store, self.journal)
            first = len(self.journal)
            self.journal.append(reports)
            self.store.write(partial(write, reports=reports, first=first))
        for report in reports:
            state = f"undo {report.state}" if report.withdraws else report.state
            self.acts.note("report", report.document, " ".join(filter(None, (report.task, report.agency))) + f": {state}")

    def _unit(self, known: Known, agency: str | None) -> Unit:
        if agency is None:
            if known.reporter is None:
                raise BadParameter(f"{known.id} has no single lead", "say whose report it is", known.names)
            return known.reporter
        (id_,) = resolve(self.store, "agency", [agency])
        return known.unit(id_) or self._member(known, id_)

    def _member(self, known: Known, agency: str) -> Unit:
        """A unit that the task does not name, but a collective (各县区人民政府) of which it is known to be one."""
        (row,) = self.store.read(
            "MATCH (a:Agency {id: $id}) "
            "RETURN a.name AS name, EXISTS { MATCH (a)-[:MEMBER_OF]->(c:Agency) WHERE c.id IN $units } AS member",
            {"id": agency, "units": [unit.id for unit in known.units]},
        ).rows
        if not row["member"]:
            hint = "choose from the candidates; where the text means that unit too, `kg correct add` says so first"
            raise BadParameter(f"{row['name']} has no part in {known.id}", hint, known.names)
        return Unit(agency, row["name"])
