"""What is overdue, due soon, later, and again and again: over the small graph and every way to recur."""

from __future__ import annotations

from typing import Any

import pytest

from kg.engine.store import Store
from tests.kg.ask.test_queries import assert_same
from tests.kg.small_graph import CHANGZHI, HENGYANG, NOWHERE, WUXIANG, Facts, facts, load
from tests.samples import QUERIES

BOARD = QUERIES["deadline-board"]
Rows = list[dict[str, Any]]

RECURRING = (
    ("每年", "year"),
    ("每年4月1日前", "year"),
    ("每年2月底前", "year"),
    ("每半年", "half-year"),
    ("每季度", "quarter"),
    ("每月", "month"),
    ("每月10日前", "month"),
    ("每月31日前", "month"),
    ("每周", "week"),
    ("每日", "day"),
)


def more() -> Facts:
    """各单位协作 recurs in every way, 试点 every month of a phase. 公开 is due days after an event. 衡阳's document names two
    stages, 武乡's one day."""
    f = facts()

    def due(owner: tuple[str, str], quote: str, kind: str, **properties: object) -> None:
        id_ = f"{owner[1]}:{quote}"
        f.node("Deadline", id_, kind=kind, quote=quote, start=len(f.nodes), end=len(f.nodes) + 1, **properties)
        f.due(owner, id_)

    for quote, every in RECURRING:
        due(("Task", f"{NOWHERE}:1.1"), quote, "recurring", every=every)
    due(("Task", f"{HENGYANG}:1.2"), "3日内", "within", within="P3D")
    due(("Document", HENGYANG), "到2021年", "by", due_on="2021-12-31")
    due(("Document", HENGYANG), "到2025年", "by", due_on="2025-12-31")
    f.task(WUXIANG, 2, "2.", "试点", "1.转办")
    due(("Task", f"{WUXIANG}:1.2"), "2022年8月—12月", "period", start_on="2022-08-01", due_on="2022-12-31")
    due(("Task", f"{WUXIANG}:1.2"), "每月", "recurring", every="month")
    due(("Task", f"{WUXIANG}:1.2"), "每周", "recurring", every="week")
    f.task(WUXIANG, 3, "3.", "总结", "1.转办")
    f.task(WUXIANG, 4, "", "各单位要重视", "1.转办", kind="general")
    due(("Document", WUXIANG), "2023年3月底前", "by", due_on="2023-03-31")
    due(("Document", WUXIANG), "2023年3月31日前", "by", due_on="2023-03-31")
    due(("Document", WUXIANG), "每季度", "recurring", every="quarter")
    f.due(("Task", f"{WUXIANG}:1.3"), f"{WUXIANG}:2023年3月底前", inherited=True)
    return f


@pytest.fixture(scope="module")
def base(embedded_store: Store) -> Store:
    return load(embedded_store, more())


def test_both_engines_answer_alike(base: Store, neo4j_store: Store) -> None:
    assert_same({"embedded": base, "neo4j": load(neo4j_store, more())}, BOARD, [BOARD.example])


def rows(store: Store, **given: object) -> Rows:
    return BOARD.run(store, given).rows


def table(found: Rows, *columns: str) -> list[tuple[Any, ...]]:
    return [tuple(row[column] for column in columns) for row in found]


@pytest.mark.parametrize(
    ("today", "days", "light", "left"),
    [
        ("2022-12-31", 30, "yellow", 0),
        ("2023-01-01", 30, "red", -1),
        ("2022-12-01", 30, "yellow", 30),
        ("2022-11-30", 30, "green", 31),
        ("2022-12-31", 0, "yellow", 0),
        ("2022-12-30", 0, "green", 1),
    ],
)
def test_lights(base: Store, today: str, days: int, light: str, left: int) -> None:
    found = rows(base, today=today, days=days, agency="长治市财政局", inherited=False, light="red,yellow,green")
    assert table(found, "task", "quote", "light", "days_left") == [
        (None, "长治市2022年", light, left),
        ("全面推行执法公示", "2022年底前", light, left),
    ]


def test_a_task_without_a_day_inherits_the_one_of_its_document(base: Store) -> None:
    """By the relationships that kg.graph.rows makes, which its own tests are about."""
    found = rows(base, today="2022-06-30", inherited=True)
    assert table([row for row in found if row["inherited"]], "due_on", "document_id", "task", "quote") == [
        ("2022-12-31", CHANGZHI, "加强组织领导", "长治市2022年"),
        ("2023-03-31", WUXIANG, "总结", "2023年3月底前"),
    ]
    assert rows(base, today="2022-06-30", inherited=False) == [row for row in found if not row["inherited"]]


def test_the_order_is_that_of_pressure(base: Store) -> None:
    found = rows(base, today="2022-12-15", place="衡阳市") + rows(base, today="2022-12-15", place="武乡县")
    assert table(found, "light", "due_on", "next_on", "task", "quote") == [
        ("red", "2021-06-30", None, "告知承诺制", "2021年6月底前"),
        ("red", "2021-12-31", None, None, "到2021年"),
        ("green", "2025-12-31", None, None, "到2025年"),
        ("relative", None, None, "公开", "3日内"),
        ("yellow", "2022-12-31", None, "试点", "2022年8月—12月"),
        ("yellow", "2023-01-10", None, "转办", "2023年1月10日前"),
        ("green", "2023-03-31", None, None, "2023年3月底前"),
        ("green", "2023-03-31", None, None, "2023年3月31日前"),
        ("green", "2023-03-31", None, "总结", "2023年3月底前"),
        ("recurring", None, "2022-12-16", "试点", "每周"),
        ("recurring", None, "2022-12-31", None, "每季度"),
        ("recurring", None, "2022-12-31", "试点", "每月"),
    ]


EACH_MONTH_FROM_JUNE = [
    "2022-06-30", "2022-07-31", "2022-08-31", "2022-09-30", "2022-10-31", "2022-11-30",
    "2022-12-31", "2023-01-31", "2023-02-28", "2023-03-31", "2023-04-30", "2023-05-31",
]  # fmt: skip


@pytest.mark.parametrize(
    ("today", "quote", "next_on", "found"),
    [
        ("2022-06-30", "每年", "2022-12-31", ["2022-12-31"]),
        ("2022-12-31", "每年", "2022-12-31", ["2022-12-31"]),
        ("2023-01-01", "每年", "2023-12-31", ["2023-12-31"]),
        ("2022-04-01", "每年4月1日前", "2022-04-01", ["2022-04-01"]),
        ("2022-04-02", "每年4月1日前", "2023-04-01", ["2023-04-01"]),
        ("2022-06-30", "每年2月底前", "2023-02-28", ["2023-02-28"]),
        ("2023-06-30", "每年2月底前", "2024-02-29", ["2024-02-29"]),
        ("2022-06-30", "每半年", "2022-06-30", ["2022-06-30", "2022-12-31"]),
        ("2022-07-01", "每半年", "2022-12-31", ["2022-12-31", "2023-06-30"]),
        ("2022-07-01", "每季度", "2022-09-30", ["2022-09-30", "2022-12-31", "2023-03-31", "2023-06-30"]),
        ("2022-06-30", "每月", "2022-06-30", EACH_MONTH_FROM_JUNE),
        ("2022-06-30", "每月31日前", "2022-06-30", EACH_MONTH_FROM_JUNE),
        ("2022-12-11", "每月10日前", "2023-01-10", 12),
        ("2022-07-01", "每周", "2022-07-01", 53),  # both ends are Fridays
        ("2022-07-02", "每周", "2022-07-08", 52),
        ("2022-07-01", "每日", "2022-07-01", 365),
        ("2024-01-01", "每日", "2024-01-01", 366),
    ],
)
def test_a_recurring_duty_is_unrolled_for_a_year(
    base: Store, today: str, quote: str, next_on: str, found: int | list[str]
) -> None:
    """`found`: the days, or how many there are."""
    recurring = rows(base, today=today, agency="司法部", light="recurring")
    assert len(recurring) == len(RECURRING)
    (row,) = (row for row in recurring if row["quote"] == quote)
    assert row["next_on"] == next_on
    assert found in (row["times"], row["occurrences"])
    assert len(row["occurrences"]) == (0 if row["every"] in ("week", "day") else row["times"])


@pytest.mark.parametrize(
    ("today", "quote", "next_on", "times"),
    [
        ("2022-06-30", "每月", "2022-08-31", 5),  # from the phase on, and up to its end
        ("2022-06-30", "每周", "2022-08-05", 22),
        ("2022-12-30", "每周", "2022-12-30", 1),
        ("2022-12-31", "每周", None, 0),
        ("2023-01-01", "每月", None, 0),
        ("2022-06-30", "每季度", "2022-06-30", 4),  # of the document: up to its last day
        ("2023-03-01", "每季度", "2023-03-31", 1),
        ("2023-04-01", "每季度", None, 0),
    ],
)
def test_a_recurring_duty_ends_with_its_phase_or_its_document(
    base: Store, today: str, quote: str, next_on: str | None, times: int
) -> None:
    found = rows(base, today=today, document="武政发〔2022〕3号", light="recurring")
    assert [(row["next_on"], row["times"]) for row in found if row["quote"] == quote] == [(next_on, times)]


@pytest.mark.parametrize(
    ("given", "tasks"),
    [
        ({"agency": "衡阳市司法局"}, {"告知承诺制", None}),  # of 公开 it is responsible by default only
        ({"agency": "衡阳市司法局", "basis": "clause,default"}, {"告知承诺制", "公开", None}),
        ({"function": "司法局", "place": "山西省", "light": "green,yellow,red"}, {"全面推行执法公示", "转办", None}),
        ({"level": "county", "light": "relative"}, set()),
        ({"year": 2021, "light": "relative"}, {"公开"}),
        ({"issued_from": "2022-04-01", "light": "recurring"}, {"试点", None}),
        ({"issued_to": "2022-04-01", "light": "recurring"}, {"每半年通报一次"}),
    ],
)
def test_filters(base: Store, given: dict[str, object], tasks: set[str | None]) -> None:
    assert {row["task"] for row in rows(base, today="2022-06-30", **given)} == tasks


def test_each_row_says_who_and_in_which_words(base: Store) -> None:
    (row,) = rows(base, today="2022-06-30", agency="长治市发展和改革委员会", light="green", inherited=False)[1:]
    assert [unit["agency"] for unit in row["leads"]] == ["长治市司法局", "长治市财政局"]
    assert row["participants"][0] == {
        "agency": "长治市发展和改革委员会",
        "agency_id": "140400:发展和改革委员会",
        "basis": "clause",
        "clause": "（市发展和改革委员会）",
        "quote": "市发展和改革委员会",
        "start": row["participants"][0]["start"],
        "end": row["participants"][0]["start"] + 9,
    }
    assert (row["quote"], row["doc_number"], row["page"]) == ("2022年底前", "长政办发〔2022〕14号", 1)
