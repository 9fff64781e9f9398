"""What units report, beside what is demanded: over the small graph, in which one lead of two has done its part."""

from __future__ import annotations

from typing import Any

import pytest

from kg.engine.store import Store
from tests.kg.ask.test_queries import assert_same
from tests.kg.small_graph import CHANGZHI, NOWHERE, WUXIANG, Facts, facts, load
from tests.samples import QUERIES

TASK = f"{CHANGZHI}:1.1"
JUSTICE, FINANCE, COUNTIES = "140400:司法局", "140400:财政局", "all:140400:各县区人民政府"


def more() -> Facts:
    """A collective, which leads nothing here, is late with what it takes part in; a county has reported in time, and of two
    tasks that name no unit one is done."""
    f = facts()
    f.report("140429:司法局", f"{WUXIANG}:1.1", "done late", "2023-02-01")
    f.task(WUXIANG, 2, "（二）", "公开", "（二）公开")
    f.deadline(("Task", f"{WUXIANG}:1.2"), "by", "2023年1月10日前", due_on="2023-01-10")
    f.report(None, f"{WUXIANG}:1.2", "done", "2023-02-20")
    f.report(COUNTIES, f"{CHANGZHI}:1.3", "on hold", "2022-11-01")
    f.task(NOWHERE, 2, "2.", "协作有期限", "1.各单位协作")
    f.deadline(("Task", f"{NOWHERE}:1.2"), "by", "2023年1月10日前", due_on="2023-01-10")
    f.report(None, f"{NOWHERE}:1.2", "in progress", "2023-01-05")
    return f


@pytest.fixture(scope="module")
def base(embedded_store: Store) -> Store:
    return load(embedded_store, more())


def rows(store: Store, name: str, *columns: str, **given: object) -> list[tuple[Any, ...]]:
    return [tuple(row[column] for column in columns) for row in QUERIES[name].run(store, given).rows]


def test_both_engines_answer_alike(base: Store, neo4j_store: Store) -> None:
    stores = {"embedded": base, "neo4j": load(neo4j_store, more())}
    for name, given in (
        ("overdue", {}),
        ("no-report-since", {"since": "2022-12-01"}),
        ("progress-by-agency", {"role": ["LEADS", "PARTICIPATES"]}),
        ("progress-by-document", {}),
        ("progress", {"task": TASK}),
        ("ledger", {}),
        ("ledger", {"function": "财政局"}),
        ("deadline-board", {"place": "140400"}),
    ):
        assert_same(stores, QUERIES[name], [given | {"today": today} for today in ("2022-11-15", "2023-03-01")])


def test_red_stays_red_until_all_who_lead_have_done_it(base: Store) -> None:
    asked = {"today": "2023-03-01", "place": "140400"}
    lights = dict(rows(base, "deadline-board", "task_id", "light", **asked))
    assert lights == {
        TASK: "red",
        f"{CHANGZHI}:1.2": "recurring",
        f"{CHANGZHI}:1.3": "red",
        f"{WUXIANG}:1.1": "done",
        f"{WUXIANG}:1.2": "done",
        None: "red",
    }
    assert rows(base, "deadline-board", "task_id", light="done", **asked) == [(f"{WUXIANG}:1.1",), (f"{WUXIANG}:1.2",)]
    (row,) = (row for row in QUERIES["deadline-board"].run(base, asked).rows if row["task_id"] == TASK)
    assert [(r["agency"], r["state"], r["evidence"]) for r in row["reports"]] == [
        ("长治市财政局", "in progress", None),
        ("长治市司法局", "done", "公示.pdf"),
    ]


def test_the_board_of_one_month(base: Store) -> None:
    month = {"due_from": "2022-12-01", "due_to": "2022-12-31", "today": "2022-12-01", "place": "140400"}
    assert rows(base, "deadline-board", "task_id", "due_on", **month) == [
        (None, "2022-12-31"),
        (TASK, "2022-12-31"),
        (f"{CHANGZHI}:1.3", "2022-12-31"),
    ]


def test_who_is_overdue(base: Store) -> None:
    found = rows(base, "overdue", "agency_id", "whose", "task_id", "days_over", "state", today="2023-01-15", document=CHANGZHI)
    assert found == [
        (FINANCE, "unit", TASK, 15, "in progress"),
        (COUNTIES, "collective", f"{CHANGZHI}:1.3", 15, "on hold"),
    ]
    found = rows(base, "overdue", "agency_id", "whose", "role", "task_id", "quote", "state", today="2023-03-01")
    assert found[-1] == (None, "nobody", None, f"{NOWHERE}:1.2", "2023年1月10日前", "in progress")
    assert f"{WUXIANG}:1.2" not in {task for *_, task, _, _ in found}  # it is done
    assert rows(base, "overdue", "task_id", today="2023-03-01", agency="140429:司法局") == []
    assert rows(base, "overdue", "task_id", today="2022-12-31", place="140400") == []


def test_who_has_been_silent(base: Store) -> None:
    found = rows(base, "no-report-since", "agency_id", "task_id", "reported_on", since="2022-10-08", document=CHANGZHI)
    assert found == [(FINANCE, f"{CHANGZHI}:1.2", None)]
    found = rows(base, "no-report-since", "agency_id", "reported_on", since="2022-10-09", document=CHANGZHI)
    assert found == [(FINANCE, None), (FINANCE, "2022-10-08")]


def test_how_far_units_and_documents_have_come(base: Store) -> None:
    asked = {"today": "2023-03-01", "place": "140400"}
    columns = ("agency_id", "tasks", "done", "done_late", "in_progress", "silent", "overdue", "done_share")
    assert rows(base, "progress-by-agency", *columns, **asked) == [
        (FINANCE, 2, 0, 0, 1, 1, 1, 0.0),
        (JUSTICE, 1, 1, 0, 0, 0, 0, 100.0),
        ("140429:司法局", 1, 0, 1, 0, 0, 0, 100.0),
    ]
    counts = ("document_id", "tasks", "done", "under_way", "silent", "overdue", "done_share")
    assert rows(base, "progress-by-document", *counts, **asked) == [
        (CHANGZHI, 3, 0, 2, 1, 2, 0.0),
        (WUXIANG, 2, 2, 0, 0, 0, 100.0),
    ]


def test_the_history_of_a_task(base: Store) -> None:
    found = rows(base, "progress", "agency_id", "state", "percent", "reported_on", "latest", task=TASK)
    assert found == [
        (JUSTICE, "done", None, "2022-12-20", True),
        (FINANCE, "in progress", None, "2022-10-08", True),
        (JUSTICE, "in progress", 40, "2022-06-30", False),
    ]


def test_what_was_reported_later_does_not_count_yet(base: Store) -> None:
    """On a day before the last report of 市司法局, and before any."""
    on, before = {"today": "2022-11-15", "document": CHANGZHI}, {"today": "2022-06-29", "document": CHANGZHI}
    said = {"today": "2022-11-15", "task": TASK}
    assert rows(base, "progress", "agency_id", "reported_on", "latest", **said) == [
        (JUSTICE, "2022-12-20", False),
        (FINANCE, "2022-10-08", True),
        (JUSTICE, "2022-06-30", True),
    ]
    columns = ("agency_id", "done", "in_progress", "silent")
    assert {*rows(base, "progress-by-agency", *columns, **on)} == {(FINANCE, 0, 1, 1), (JUSTICE, 0, 1, 0)}
    assert {*rows(base, "progress-by-agency", *columns, **before)} == {(FINANCE, 0, 0, 2), (JUSTICE, 0, 0, 1)}
    assert rows(base, "progress-by-document", "under_way", "silent", **on) == [(2, 1)]
    assert rows(base, "progress-by-document", "under_way", "silent", **before) == [(0, 3)]
    for name in ("deadline-board", "ledger"):
        told = {
            given["today"]: [(r["agency_id"], r["state"]) for task, reports in rows(base, name, "task_id", "reports", **given)
                             for r in reports if task == TASK]
            for given in (on, before)
        }  # fmt: skip
        assert told == {"2022-11-15": [(JUSTICE, "in progress"), (FINANCE, "in progress")], "2022-06-29": []}
    silent = rows(base, "no-report-since", "agency_id", "task_id", since="2022-07-01", **on)
    assert (JUSTICE, TASK) in silent
    assert (JUSTICE, TASK) not in rows(base, "no-report-since", "agency_id", "task_id", since="2022-07-01", document=CHANGZHI)
    assert rows(base, "overdue", "task_id", today="2023-02-19", document=WUXIANG) == [(f"{WUXIANG}:1.2",)]
    lights = {
        day: dict(rows(base, "deadline-board", "task_id", "light", today=day, document=WUXIANG))
        for day in ("2023-01-31", "2023-02-20")
    }
    assert lights == {
        "2023-01-31": {f"{WUXIANG}:1.1": "red", f"{WUXIANG}:1.2": "red"},
        "2023-02-20": {f"{WUXIANG}:1.1": "done", f"{WUXIANG}:1.2": "done"},
    }


def test_the_ledger_of_a_line_of_work(base: Store) -> None:
    assert rows(base, "ledger", "task_id", function="财政局") == [(TASK,), (f"{CHANGZHI}:1.2",)]
    assert rows(base, "ledger", "task_id", function="发展和改革委员会", agency=JUSTICE) == [(TASK,)]
