"""Workbooks that units filled in: what each row would change, before it is kept.

A workbook of ours (exports.form) says in a hidden column which task and unit a row is of, and which report stood there when it
was made. In any other one the task is found by its title, in a column that may be named.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal

from kg.ask.names import resolve
from kg.decide.reports import FINISHED, STATES, Report, State
from kg.engine.store import Store
from kg.errors import BadParameter, UnreadableFile
from kg.graph.known import Known, NotYet, Unit, own, tasks
from kg.people.acts import ACTING
from kg.words.zh import word

Outcome = Literal["new", "conflicting", "unknown", "unchanged"]

COLUMNS: Final = (
    *("outcome", "reason", "sheet", "row", "task", "task_id", "agency", "state", "progress", "reported_on", "evidence"),
    "filled",
    *("held_state", "held_progress", "held_on"),
)

NAMES: Final = ("task", "progress", "agency")
"""The columns of a workbook that may be called otherwise than ours."""

# 例 2025-12-31 · 2025/12/31 · 2025.12.31 · 2025年12月31日
_DAY: Final = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
# What stands before a title. 例 （一） · 1. · 3、
_NUMBER: Final = re.compile(r"[（(]?[\d一二三四五六七八九十.]{1,8}[）)、.．\s]\s{0,4}")

_HEAD_ROWS: Final = 20  # among which the head of a sheet is looked for


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a workbook, `row` counted from 1. `report`: what it would keep. `held`: the report that counts now, as its node.
    `reason`, of what is conflicting or unknown, is a key of `returned` in kg/words/zh.tsv; `filled`, of what is unknown, is
    what its cells say."""

    sheet: str
    row: int
    outcome: Outcome
    task: str
    reason: str | None = None
    task_id: str | None = None
    agency: str | None = None
    report: Report | None = None
    held: Mapping[str, Any] = field(default_factory=dict)
    filled: str | None = None

    def as_json(self) -> dict[str, Any]:
        """By COLUMNS."""
        r, held = self.report, self.held
        said = {
            "state": r and r.state,
            "progress": r and r.text,
            "reported_on": r and r.date.isoformat(),
            "evidence": r and r.evidence,
            "held_state": held.get("state"),
            "held_progress": held.get("text"),
            "held_on": held.get("reported_on"),
        }
        return {name: said[name] if name in said else getattr(self, name) for name in COLUMNS}


def compare(
    store: Store,
    sheets: Mapping[str, Sequence[Sequence[str]]],
    *,
    columns: Mapping[str, str | None] | None = None,
    agency: str | None = None,
    by: str | None = None,
    date: datetime.date | None = None,
) -> list[Row]:
    """What each row that says something would change. `columns`: NAMES -> headings, where they are not ours. `agency`, by id
    or full name: whose reports these are, where that is not to be told from the rows. `date`: the day that rows without one
    speak of, today if left out. Raises BadParameter where no sheet has
    such columns, with the headings that there are, UnreadableFile where there is none, NotFound, and what Store.read raises."""
    headings = {name: word("form", name) for name in ("task", "progress", "state", "date", "note", "key")}
    headings |= {"agency": word("column", "agency")} | {name: said for name, said in (columns or {}).items() if said}
    lines = [line for name, cells in sheets.items() for line in _lines(name, cells, headings)]
    if not any(_head(cells, headings) for cells in sheets.values()):
        found = [cell for cells in sheets.values() for cell in _widest(cells) if cell]
        if not found:
            raise UnreadableFile("no sheet holds words", "send the list that was downloaded here, as .xlsx")
        hint = "name the columns of tasks and of progress; the candidates are headings"
        raise BadParameter(f"no sheet has the columns {headings['task']} and {headings['progress']}", hint, tuple(found))
    (whose,) = resolve(store, "agency", [agency]) if agency else (None,)
    return _marked_twice(_Compared(store, lines, whose, {"by": by, "date": date}).rows())


@dataclass(frozen=True, slots=True)
class _Line:
    """What a row says: name of a column -> words. `key`: task, unit and report, of a workbook of ours."""

    sheet: str
    row: int
    said: Mapping[str, str]
    key: tuple[str, str, str] | None

    @property
    def title(self) -> str:
        return self.said.get("task", "")

    @property
    def filled(self) -> str:
        return "，".join(self.said[name] for name in ("state", "date", "progress", "note") if name in self.said)


def _lines(sheet: str, cells: Sequence[Sequence[str]], headings: Mapping[str, str]) -> Iterator[_Line]:
    """The rows below the head in which something is filled in."""
    if not (head := _head(cells, headings)):
        return
    at, columns = head
    for number, row in enumerate(cells[at + 1 :], at + 2):
        said = {name: row[column] for name, column in columns.items() if column < len(row) and row[column]}
        if said.keys() & {"progress", "state", "date", "note"}:
            yield _Line(sheet, number, said, _key(said.get("key", "")))


def _head(cells: Sequence[Sequence[str]], headings: Mapping[str, str]) -> tuple[int, dict[str, int]] | None:
    """Where the head is, and where in it each column."""
    for at, row in enumerate(cells[:_HEAD_ROWS]):
        columns = {name: row.index(heading) for name, heading in headings.items() if heading in row}
        if "progress" in columns and columns.keys() & {"task", "key"}:
            return at, columns
    return None


def _widest(cells: Sequence[Sequence[str]]) -> Sequence[str]:
    return max(cells[:_HEAD_ROWS], key=lambda row: sum(map(bool, row)), default=())


def _key(cell: str) -> tuple[str, str, str] | None:
    with suppress(ValueError):
        task, unit, report = json.loads(cell)
        return str(task), str(unit), str(report)
    return None


class _UnknownError(Exception):
    """Why a row is not understood: a key of `returned`."""


class _Compared:
    """The lines of a workbook against what is held: read once for all of them."""

    def __init__(self, store: Store, lines: Sequence[_Line], agency: str | None, said: Mapping[str, Any]) -> None:
        self._lines, self._agency, self._unsaid, self._own = lines, agency, said, own(store)
        titles = {form for line in lines for form in _forms(line.title)}
        rows = store.read(
            "MATCH (d:Document)-[:HAS_TASK]->(t:Task) WHERE d.loaded = true AND t.title IN $titles "
            "RETURN t.title AS title, t.id AS id ORDER BY id",
            {"titles": sorted(titles)},
        ).rows
        self._titled: dict[str, list[str]] = {}
        for row in rows:
            self._titled.setdefault(row["title"], []).append(row["id"])
        keyed = {line.key[0] for line in lines if line.key}
        self._tasks = tasks(store, keyed | {row["id"] for row in rows})
        reports = store.read(
            "MATCH (r:Report) WHERE r.id IN $ids RETURN properties(r) AS report",
            {"ids": sorted({line.key[2] for line in lines if line.key})},
        ).rows
        self._reports = {row["report"]["id"]: row["report"] for row in reports}

    def rows(self) -> Iterator[Row]:
        for line in self._lines:
            yield self._row(line)

    def _row(self, line: _Line) -> Row:
        row = Row(line.sheet, line.row, "unknown", line.title)
        try:
            known = self._task(line)
            row = replace(row, task=known.title or line.title, task_id=known.id)
            unit = self._unit(line, known)
            row = replace(row, agency=unit.name or None, held=known.held.get(unit.id, {}))
            report = known.report(unit, {**self._unsaid, **_said(line.said)})
        except _UnknownError as error:
            return replace(row, reason=str(error), filled=line.filled)
        except BadParameter as error:
            reason = "not yet" if isinstance(error, NotYet) else "too long"
            return replace(row, reason=reason, filled=line.filled)
        made_with = self._reports.get(line.key[2]) if line.key else None
        if any(_is_same(report, line.said.get("date"), other) for other in (row.held, made_with) if other):
            return replace(row, outcome="unchanged", report=report)
        if not ACTING.get().may_report(unit.id, unit.name):
            return replace(row, reason="not yours", filled=line.filled)
        held, day = row.held.get("id", ""), row.held.get("reported_on", "")
        if held != line.key[2] if line.key and line.key[1] == unit.id else day >= report.date.isoformat():
            return replace(row, outcome="conflicting", reason="newer", report=report)
        return replace(row, outcome="new", report=report)

    def _task(self, line: _Line) -> Known:
        ids = [line.key[0]] if line.key and line.key[0] in self._tasks else self._by_title(line.title)
        if len(ids) != 1:
            raise _UnknownError("several tasks" if ids else "no task")
        return self._tasks[ids[0]]

    def _by_title(self, title: str) -> list[str]:
        return next((ids for form in _forms(title) if (ids := self._titled.get(form))), [])

    def _unit(self, line: _Line, known: Known) -> Unit:
        """Of a collective's task, that of its member whose key is used, where the row names no other."""
        said = known.whose(self._agency or (line.key[1] if line.key else line.said.get("agency")))
        unit = known.unit(said) if said else known.reporter
        own = self._own
        if own and said and own.joins(known) and (unit.id in own.collectives if unit else own.unit.called(said)):
            return own.unit
        if unit is None:
            raise _UnknownError("no unit")
        return unit


def _forms(title: str) -> list[str]:
    """A title as it stands in a cell, and without the number before it."""
    return list(dict.fromkeys(form for form in (title, _NUMBER.sub("", title, count=1)) if form))


def _said(cells: Mapping[str, str]) -> dict[str, Any]:
    """What a row reports. Where no state is chosen, the rest says it: a day that it is done, words that it is under way."""
    state: State | None = "done" if "date" in cells else "in progress"
    if chosen := cells.get("state"):
        state = next((state for state in STATES if chosen in (state, word("state", state))), None)
    if state is None:
        raise _UnknownError("no state")
    day = {"date": _day(cells["date"])} if "date" in cells else {}
    return {"state": state, "text": cells.get("progress"), "evidence": cells.get("note"), **day}


def _day(cell: str) -> datetime.date:
    with suppress(ValueError):
        if day := _DAY.fullmatch(cell):
            return datetime.date(*map(int, day.groups()))
    raise _UnknownError("no day")


def _is_same(report: Report, dated: str | None, held: Mapping[str, Any]) -> bool:
    """`dated`: the cell of the day, which of what is under way says nothing."""
    same_day = dated is None or report.state not in FINISHED or report.date.isoformat() == held["reported_on"]
    return same_day and report.content == (held["state"], held.get("text") or "", held.get("evidence") or "")


def _marked_twice(rows: Iterator[Row]) -> list[Row]:
    """Two rows on one task of one unit that say different things conflict; one that says it again changes nothing."""
    listed = list(rows)
    said: dict[tuple[str | None, str | None], set[tuple[str, str, str]]] = {}
    for row in listed:
        if row.outcome == "new" and row.report:
            said.setdefault((row.task_id, row.agency), set()).add(row.report.content)
    marked: list[Row] = []
    seen: set[tuple[str | None, str | None]] = set()
    for row in listed:
        key = (row.task_id, row.agency)
        if row.outcome == "new" and len(said[key]) > 1:
            marked.append(replace(row, outcome="conflicting", reason="twice"))
        elif row.outcome == "new" and key in seen:
            marked.append(replace(row, outcome="unchanged"))
        else:
            marked.append(row)
            seen |= {key} if row.outcome == "new" else set()
    return marked
