"""The rows of deadline-board for a unit, a place or a line of work -> an iCalendar file (RFC 5545)."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from icalendar import STATUS, TRANSP, Calendar, Event

from kg.ask.queries import Query
from kg.ask.reviewed import of_rows
from kg.engine.store import Answer
from kg.errors import BadParameter, NotFound
from kg.words.zh import table, word

BOARD: Final = "deadline-board"
MEDIA_TYPE: Final = "text/calendar"

WHOSE: Final = ("agency", "place", "function")

Row = Mapping[str, Any]

_PRODUCT: Final = "-//kg//deadline-board//ZH"
_MONTHS: Final = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}


def of_one_agency(board: Query) -> Query:
    """The query deadline-board, with its agency required: what a calendar asks."""
    parameters = tuple(replace(p, required=p.required or p.name == "agency") for p in board.parameters)
    example = {p.name: p.example for p in parameters if p.required and p.example}
    return replace(board, name="calendar", path="/agencies/{agency}/calendar.ics", parameters=parameters, example=example)


def of_any(board: Query, name: str, path: str) -> Query:
    """The query deadline-board, to be asked under another name and path with one of WHOSE at least."""
    return replace(board, name=name, path=path, example={"place": "长治市"})


def check_whose(given: Mapping[str, Any]) -> None:
    """Raises BadParameter where nothing says whose time limits are meant."""
    if not any(given.get(name) for name in WHOSE):
        raise BadParameter("whose?", "give --agency, --place or --function: a unit, a place or a line of work", WHOSE)


def about(asked: Mapping[str, Any], named: Mapping[str, str]) -> str:
    """What the parameters `asked` ask for, `named` by id: 长治市司法局."""
    return "".join(named.get(asked[name], asked[name]) for name in WHOSE if asked.get(name))


def calendar(board: Answer, asked: Mapping[str, Any], named: Mapping[str, str]) -> bytes:
    """A calendar with an all-day event on the last day of each time limit; a recurring duty is one event that repeats.

    `board`: the answer of deadline-board to the parameters `asked`, which name one of WHOSE by its id; `named` says what
    those are called. What is reported done is still there, so that a program in which it stands open takes notice: called
    so, and cancelled. The bytes are UTF-8 with CRLF, folded at 75 octets, and the same for the same rows and $today. An event
    keeps its UID as long as the task and the time limit keep their ids, so that importing again moves it. Limits without a
    day are counted in the calendar's description, which says how many of the documents are checked. Raises NotFound where
    there is no day at all: a calendar holds an event at least (RFC 5545, 3.6).
    """
    agency = asked.get("agency")
    whose = [str(asked[name]) for name in WHOSE if asked.get(name)]
    name = about(asked, named)
    inherited = {row["document_id"] for row in board.rows if row["inherited"]}
    rows = [row for row in board.rows if row["task_id"] or not row["due_on"] or row["document_id"] not in inherited]
    dated = [row for row in rows if row["due_on"] or row["next_on"]]
    if not dated:
        raise NotFound(f"no time limit with a day is held for {', '.join(whose)}", "`kg query deadline-board` lists the others")
    undated = len(rows) - len(dated)
    says = "由文件原文生成，记录要求；单位报告已完成的标明已完成，其余办理情况不列。" + (
        f"另有{undated}项时限没有确定日期，未列入。" if undated else ""
    )
    share = of_rows(dated)
    says += word("ledger", "reviewed").format(share.documents, share.checked)
    made = Calendar.new(prodid=_PRODUCT, name=name + word("feed", "calendar"), description=says, uid=_uid(*whose))
    day = datetime.date.fromisoformat(asked["today"])
    stamp = datetime.datetime.combine(day, datetime.time(), datetime.UTC)
    for row in dated:
        made.add_component(_event(row, agency, _uid(*whose, row["task_id"] or "", row["deadline_id"]), stamp))
    return bytes(made.to_ical())


def _event(row: Row, agency: str | None, uid: str, stamp: datetime.datetime) -> Event:
    role, unit = _role(row, agency)
    done = row["light"] == "done"
    title = row["task"] or row["task_number"] or row["document"] or row["document_id"]
    event = Event.new(
        uid=uid,
        stamp=stamp,
        start=datetime.date.fromisoformat(row["due_on"] or row["next_on"]),
        summary=f"{word('light', 'done')}：{title}" if done else f"{title}（{role}）",
        status=STATUS.CANCELLED if done else None,
        description="\n".join(_says(row, role, unit)),
        categories=[role],
        transparency=TRANSP.TRANSPARENT,  # a day by which work is due is not a day that is taken
    )
    if row["every"]:
        event.add("rrule", recurrence(row))
    return event


def recurrence(row: Row) -> dict[str, Any]:
    """The RRULE, from `next_on` on, that gives the days of a recurring row: `times` of them, which are its `occurrences`.

    A duty of a period's end falls on a month's last day (BYMONTHDAY=-1). Where the words name the 30th, a shorter month has
    it on its last day (BYSETPOS=-1 of the 28th to the 30th). INTERVAL=3 of months, and not BYMONTH=3,6,9,12 of years, because
    more programs know it.
    """
    every, times = row["every"], row["times"]
    if every in ("week", "day"):
        return {"freq": "weekly" if every == "week" else "daily", "count": times}
    days = [datetime.date.fromisoformat(day) for day in row["occurrences"]]
    rule: dict[str, Any] = {"freq": "monthly", "interval": _MONTHS[every], "count": times}
    last = max(day.day for day in days)
    if all((day + datetime.timedelta(days=1)).day == 1 for day in days):
        return rule | {"bymonthday": -1}
    return rule | ({"bymonthday": last} if last <= 28 else {"bymonthday": list(range(28, last + 1)), "bysetpos": -1})


def _units(row: Row) -> Sequence[Row]:
    return [*row["leads"], *row["participants"]]


def _role(row: Row, agency: str | None) -> tuple[str, Row | None]:
    """The word for the role, and the words that say so; 文件时限 where the time binds a whole document. Where no one unit is
    meant, who leads and the clause that says so."""
    if agency is None and (first := next(iter(_units(row)), None)):
        return "、".join(dict.fromkeys(unit["agency"] for unit in row["leads"] or row["participants"])), first
    for role, units in (("LEADS", row["leads"]), ("PARTICIPATES", row["participants"])):
        for unit in units:
            if unit["agency_id"] == agency:
                return word("role", role), unit
    return "文件时限", None


def _says(row: Row, role: str, unit: Row | None) -> list[str]:
    """The lines of the description: what is asked of whom, and the exact words."""
    column = table()["column"]
    lines = [f"{column['role']}：{role}" + (f"（{word('basis', unit['basis'])}）" if unit else "")]
    if row["task_id"]:
        lines.append(f"{column['task']}：{' '.join(filter(None, (row['task_number'], row['task'])))}")
    lines += [
        f"{column[name]}：{'、'.join(dict.fromkeys(one['agency'] for one in row[name]))}"
        for name in ("leads", "participants")
        if row[name]
    ]
    if row["every"]:
        lines.append(f"{column['every']}：{word('every', row['every'])}，从{row['next_on']}起一年内{row['times']}次")
    elif row["start_on"]:
        lines.append(f"{word('deadline kind', 'period')}：{row['start_on']}至{row['due_on']}")
    number = f"（{row['doc_number']}）" if row["doc_number"] else ""
    lines.append(f"{word('ledger', 'evidence')}：《{row['document'] or row['document_id']}》{number}")
    if unit:
        lines.append(f"责任原文：“{unit['clause'] or unit['quote']}”")
    lines.append(f"时限原文：“{row['quote']}”" + (f"（{column['document_deadlines']}）" if row["inherited"] else ""))
    if row["page"]:
        lines.append(f"{column['page']}：第{row['page']}页")
    return lines


def _uid(*ids: str) -> str:
    """The same for the same ids, as RFC 7986 asks, and without their words."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, "\n".join(("kg", *ids))))
