"""A calendar is read back by its parser, and its rules unrolled by another library than the query that unrolled them first."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

import pytest
from dateutil.rrule import rrulestr
from icalendar import Calendar, Event

from exports.ics import BOARD, calendar, check_whose, of_one_agency
from kg.engine.store import Answer, Store
from kg.errors import BadParameter, NotFound
from tests.kg.small_graph import CHANGZHI, HENGYANG, Facts, facts, load
from tests.samples import QUERIES

ASKED: Mapping[str, Any] = {"agency": "140400:司法局", "today": "2022-06-30"}
NAMED = {"140400:司法局": "长治市司法局", "140000": "山西省", "140400": "长治市"}
UNIT = {"agency": "长治市司法局", "agency_id": "140400:司法局", "basis": "clause", "clause": "（市司法局负责）"}
ROW: Mapping[str, Any] = {
    "light": "green",
    "place": "长治市",
    "place_code": "140400",
    "due_on": "2022-12-31",
    "start_on": None,
    "every": None,
    "next_on": None,
    "times": 0,
    "occurrences": [],
    "inherited": False,
    "task_number": "（一）",
    "task": "全面推行执法公示",
    "task_id": f"{CHANGZHI}:1.1",
    "leads": [UNIT | {"quote": "市司法局", "start": 3, "end": 7}],
    "participants": [],
    "document": "长治市2022年工作要点",
    "document_id": CHANGZHI,
    "doc_number": "长政办发〔2022〕14号",
    "review": "unchecked",
    "quote": "2022年底前",
    "page": None,
    "deadline_id": f"{CHANGZHI}:1.1:d1",
}
QUARTERLY = {
    "due_on": None,
    "every": "quarter",
    "next_on": "2022-06-30",
    "times": 2,
    "occurrences": ["2022-06-30", "2022-09-30"],
}


def made(*rows: Mapping[str, Any]) -> bytes:
    return calendar(Answer((), [dict(row) for row in rows], truncated=False), ASKED, NAMED)


def events(data: bytes) -> list[Event]:
    return read(data).events


def read(data: bytes) -> Calendar:
    (found,) = Calendar.from_ical(data, multiple=True)
    assert isinstance(found, Calendar)
    return found


def lines(event: Event) -> list[str]:
    return str(event.description).split("\n")


def days(event: Event) -> list[str]:
    """Every day of an event, by dateutil."""
    if not event.rrules:
        return [event.start.isoformat()]
    found = rrulestr(rule(event), dtstart=datetime.datetime.combine(event.start, datetime.time()))
    return [day.date().isoformat() for day in found]


def rule(event: Event) -> str:
    """As it stands in the file."""
    (line,) = (line for line in event.content_lines() if line.startswith("RRULE:"))
    return str(line).removeprefix("RRULE:")


def test_an_event_says_what_is_due_and_where_it_says_so() -> None:
    (event,) = events(made(ROW))
    assert "DTSTART;VALUE=DATE:20221231" in event.content_lines()
    assert (event.summary, event.categories) == ("全面推行执法公示（牵头）", ["牵头"])
    assert lines(event) == [
        "责任：牵头（责任条款）",
        "任务：（一） 全面推行执法公示",
        "牵头单位：长治市司法局",
        "依据：《长治市2022年工作要点》（长政办发〔2022〕14号）",
        "责任原文：“（市司法局负责）”",
        "时限原文：“2022年底前”",
    ]


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ({"inherited": True}, "时限原文：“2022年底前”（文件总时限）"),
        ({"start_on": "2022-03-01"}, "期间：2022-03-01至2022-12-31"),
        ({"page": 3}, "页码：第3页"),
        ({"doc_number": None, "document": None}, f"依据：《{CHANGZHI}》"),
        (QUARTERLY, "周期：每季度，从2022-06-30起一年内2次"),
        ({"leads": [], "participants": ROW["leads"]}, "责任：配合（责任条款）"),
        ({"leads": [dict(ROW["leads"][0], basis="narrative", clause=None)]}, "责任原文：“市司法局”"),
        ({"leads": [], "task_id": None, "task": None, "task_number": None}, "责任：文件时限"),
    ],
)
def test_lines_of_the_description(change: dict[str, Any], line: str) -> None:
    (event,) = events(made({**ROW, **change}))
    assert line in lines(event)


def test_the_file_is_what_rfc_5545_asks() -> None:
    data = made({**ROW, "task": "推行，公示；公开,\\\n" + "长" * 100})
    assert data.replace(b"\r\n", b"").count(b"\n") == 0
    assert max(map(len, data.split(b"\r\n"))) <= 75
    found = read(data)
    assert (found.version, found.calendar_name, found.errors) == ("2.0", "长治市司法局工作时限", [])
    assert found.events[0].summary == "推行，公示；公开,\\\n" + "长" * 100 + "（牵头）"


def test_the_same_rows_give_the_same_bytes_and_each_event_its_own_uid() -> None:
    other = {**ROW, "deadline_id": f"{CHANGZHI}:1.1:d2"}
    assert made(ROW, other) == made(ROW, other)
    first, second = events(made(ROW, other))
    assert first.uid != second.uid
    assert events(made({**ROW, "task": "另拟标题", "due_on": "2023-01-31"}))[0].uid == first.uid


def test_a_day_that_tasks_inherit_stands_once_a_task_and_others_of_the_document_for_themselves() -> None:
    whole = {**ROW, "task": None, "task_number": None, "task_id": None, "leads": []}
    assert [event.summary for event in events(made(whole, {**ROW, "inherited": True}))] == ["全面推行执法公示（牵头）"]
    assert [event.summary for event in events(made(whole, ROW))] == [
        "长治市2022年工作要点（文件时限）",
        "全面推行执法公示（牵头）",
    ]


def test_what_has_no_day_is_counted() -> None:
    assert "另有1项时限没有确定日期" in str(read(made(ROW, {**ROW, "due_on": None})).description)
    checked = {**ROW, "document_id": HENGYANG, "review": "checked"}
    assert str(read(made(ROW, ROW, checked)).description).endswith("出自 2 份文件，其中 1 份已核。")
    with pytest.raises(NotFound, match="140400:司法局"):
        made({**ROW, "due_on": None})


@pytest.mark.parametrize(
    ("every", "next_on", "times", "occurrences", "expected"),
    [
        ("year", "2022-12-31", 1, ["2022-12-31"], "FREQ=MONTHLY;COUNT=1;INTERVAL=12;BYMONTHDAY=-1"),
        ("year", "2023-04-01", 1, ["2023-04-01"], "FREQ=MONTHLY;COUNT=1;INTERVAL=12;BYMONTHDAY=1"),
        ("half-year", "2022-12-31", 2, ["2022-12-31", "2023-06-30"], "FREQ=MONTHLY;COUNT=2;INTERVAL=6;BYMONTHDAY=-1"),
        ("quarter", "2022-12-31", 2, ["2022-12-31", "2023-03-31"], "FREQ=MONTHLY;COUNT=2;INTERVAL=3;BYMONTHDAY=-1"),
        ("month", "2023-02-28", 2, ["2023-02-28", "2023-03-31"], "FREQ=MONTHLY;COUNT=2;INTERVAL=1;BYMONTHDAY=-1"),
        ("month", "2023-02-10", 2, ["2023-02-10", "2023-03-10"], "FREQ=MONTHLY;COUNT=2;INTERVAL=1;BYMONTHDAY=10"),
        (
            "month",
            "2023-01-30",
            3,
            ["2023-01-30", "2023-02-28", "2023-03-30"],
            "FREQ=MONTHLY;COUNT=3;INTERVAL=1;BYMONTHDAY=28,29,30;BYSETPOS=-1",
        ),
        ("week", "2022-07-01", 3, [], "FREQ=WEEKLY;COUNT=3"),
        ("day", "2022-07-01", 365, [], "FREQ=DAILY;COUNT=365"),
    ],
)
def test_rules(every: str, next_on: str, times: int, occurrences: list[str], expected: str) -> None:
    row = {"every": every, "next_on": next_on, "times": times, "occurrences": occurrences}
    (event,) = events(made({**ROW, **row, "due_on": None}))
    assert rule(event) == expected
    assert len(days(event)) == times
    assert days(event)[: len(occurrences)] == occurrences


# From the graph


def recurring() -> Facts:
    """Every way in which a duty recurs, at one agency's one task."""
    f = facts()
    for quote, every in (
        ("每半年", "half-year"),
        ("全面推行", "month"),
        ("执法公示", "week"),
        ("加强", "day"),
        ("组织", "quarter"),
        ("公开", "year"),
    ):
        f.deadline(("Task", f"{HENGYANG}:1.1"), "recurring", quote, every=every)
    return f


@pytest.fixture(params=["embedded", "neo4j"])
def recurring_store(request: pytest.FixtureRequest) -> Store:
    return load(request.getfixturevalue(f"{request.param}_store"), recurring())


@pytest.mark.parametrize("today", ["2022-06-30", "2024-02-29", "2023-12-31"])
def test_a_rule_gives_the_days_that_the_query_unrolled(recurring_store: Store, today: str) -> None:
    query = of_one_agency(QUERIES[BOARD])
    asked = query.bind(recurring_store, {"agency": "衡阳市司法局", "today": today})
    answer = query.fetch(recurring_store, asked)
    rows = [row for row in answer.rows if row["every"]]
    assert sorted(row["every"] for row in rows) == ["day", "half-year", "month", "quarter", "week", "year"]
    for row in rows:
        (event,) = events(calendar(Answer((), [row], truncated=False), asked, NAMED))
        found = days(event)
        assert (found[0], len(found)) == (row["next_on"], row["times"])
        assert today <= found[0] < found[-1] < f"{int(today[:4]) + 1}{today[4:]}" or row["every"] == "year"
        assert found == row["occurrences"] or row["every"] in ("week", "day")


def test_a_calendar_is_one_agencys() -> None:
    query = of_one_agency(QUERIES[BOARD])
    with pytest.raises(BadParameter, match="needs agency"):
        query.check({})


def test_what_is_done_is_not_open_but_stands_there() -> None:
    """In a calendar that it was imported into before, the same event is called done."""
    (still,), (done,) = (events(made(row)) for row in (ROW, {**ROW, "light": "done"}))
    assert (still.uid, "STATUS" in still) == (done.uid, False)
    assert (str(done["SUMMARY"]), str(done["STATUS"])) == ("已完成：全面推行执法公示", "CANCELLED")


def test_a_place_has_a_calendar_that_names_who_leads() -> None:
    asked = {"agency": None, "place": "140400", "function": None, "today": "2022-06-30"}
    found = read(calendar(Answer((), [dict(ROW)], truncated=False), asked, NAMED))
    assert str(found["NAME"]) == "长治市工作时限"
    assert str(found.events[0]["SUMMARY"]) == "全面推行执法公示（长治市司法局）"
    with pytest.raises(BadParameter, match="whose"):
        check_whose({"today": "2022-06-30"})
