"""A 督办清单 that went out and comes back filled in: new rows, conflicting ones, unknown ones; then any other workbook."""

from __future__ import annotations

import datetime
import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from exports.board import write_board
from exports.table import Table
from kg.days import today
from kg.engine.store import Store
from kg.errors import BadParameter, UnreadableFile
from kg.graph.returned import Row
from kg.library import Library
from kg.words.failures import in_chinese
from tests.kg.small_graph import emptied
from tests.samples import QUERIES, Doc, Unit, library, write

DOC = Doc(
    "节水要点",
    "长政办发〔2023〕5号",
    tasks=((Unit("水利局"),), (Unit("财政局"), Unit("教育局")), (Unit("住建局"),), (Unit("水利局"),), ()),
    due=2023,
)
TODAY = today()
HEAD = ("任务", "进展情况", "状态", "办结日期", "备注")


@pytest.fixture
def base(embedded_store: Store, tmp_path: Path) -> Library:
    found = library(emptied(embedded_store), tmp_path / "sources", queries=QUERIES)
    found.load(write(tmp_path / "a.json", DOC))
    return found


def handed_out(base: Library) -> openpyxl.Workbook:
    query, out = base.queries()["deadline-board"], io.BytesIO()
    bound = query.bind(base.store, {})
    write_board(Table(query.name, query.columns, query.fetch(base.store, bound).rows, bound), out)
    return openpyxl.load_workbook(io.BytesIO(out.getvalue()))


def fill(book: openpyxl.Workbook, row: int, **said: Any) -> None:
    """`row` counts the tasks from 1."""
    sheet = book.worksheets[0]
    head = {str(cell.value): cell.column for cell in sheet[2]}
    for heading, value in said.items():
        sheet.cell(row + 2, head[heading] or 0, value)


def as_bytes(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def sheet_of(*rows: tuple[Any, ...]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    return as_bytes(book)


def brief(rows: list[Row], *more: str) -> list[tuple[Any, ...]]:
    return [tuple(row.as_json()[name] for name in ("row", "outcome", "reason", *more)) for row in rows]


def test_two_units_fill_in_one_row_conflicts(base: Library) -> None:
    book = handed_out(base)
    fill(book, 1, 进展情况="已完成管网改造", 状态="已完成", 办结日期=datetime.date(2023, 11, 6), 备注="验收单.pdf")
    fill(book, 2, 进展情况="资金下达一半")
    fill(book, 3, 状态="做完了")
    fill(book, 4, 办结日期="明年")
    fill(book, 5, 状态="已完成")  # of a task that names no unit
    base.progress.report(f"{DOC.id}:2", "长治市财政局", state="on hold")
    rows = base.progress.returned(as_bytes(book), "清单.xlsx", by="督查室")
    assert brief(rows, "agency", "state", "reported_on", "held_state", "filled") == [
        (3, "new", None, "长治市水利局", "done", "2023-11-06", None, None),
        (4, "conflicting", "newer", "长治市财政局", "in progress", TODAY.isoformat(), "on hold", None),
        (5, "unknown", "no state", "长治市住建局", None, None, None, "做完了"),
        (6, "unknown", "no day", "长治市水利局", None, None, None, "明年"),
        (7, "new", None, None, "done", TODAY.isoformat(), None, None),
    ]
    base.progress.keep([row.report for row in rows if row.outcome == "new" and row.report])
    (report,) = base.query("progress", task=f"{DOC.id}:1")
    assert (report["progress"], report["evidence"], report["reported_by"]) == ("已完成管网改造", "验收单.pdf", "督查室")
    again = brief(base.progress.returned(as_bytes(book), "清单.xlsx"))
    assert (again[0], again[4]) == ((3, "unchanged", None), (7, "unchanged", None))


def test_what_was_not_filled_in_changes_nothing(base: Library) -> None:
    """Not even where another report has come since the workbook was made."""
    base.progress.report(f"{DOC.id}:1", state="in progress", text="已开工")
    book = handed_out(base)
    base.progress.report(f"{DOC.id}:1", state="done")
    assert brief(base.progress.returned(as_bytes(book), "清单.xlsx")) == [(3, "unchanged", None)]


def test_any_workbook_with_a_task_and_a_progress_column(base: Library) -> None:
    data = sheet_of(
        ("某局反馈表", "", ""),
        ("事项", "落实情况", "单位"),
        ("1.办好第1件事", "过半", ""),
        ("办好第2件事", "过半", ""),
        ("办好第2件事", "过半", "长治市教育局"),
        ("办好第9件事", "过半", ""),
        ("办好第3件事", "", ""),
    )
    with pytest.raises(BadParameter, match="任务") as refused:
        base.progress.returned(data, "反馈.xlsx")
    assert refused.value.candidates == ("事项", "落实情况", "单位")
    columns = {"task": "事项", "progress": "落实情况", "agency": "单位"}
    rows = base.progress.returned(data, "反馈.xlsx", columns=columns)
    assert brief(rows, "agency") == [
        (3, "new", None, "长治市水利局"),
        (4, "unknown", "no unit", None),
        (5, "new", None, "长治市教育局"),
        (6, "unknown", "no task", None),
    ]
    assert brief(base.progress.returned(data, "反馈.xlsx", columns=columns, agency="长治市财政局"), "agency")[1:3] == [
        (4, "new", None, "长治市财政局"),
        (5, "unchanged", None, "长治市财政局"),
    ]


@pytest.mark.parametrize(
    ("row", "outcome", "reason", "state"),
    [
        (("办好第1件事", "", "", "2023年11月6日", ""), "new", None, "done"),
        (("办好第1件事", "", "逾期完成", datetime.date(2023, 11, 6), ""), "new", None, "done late"),
        (("办好第1件事", "", "已完成", "2999-01-01", ""), "unknown", "not yet", None),
        (("办好第1件事", "办" * 9000, "已完成", "2023-01-01", ""), "unknown", "too long", None),
        (("办好第1件事", "", "已完成", "2023-02-30", ""), "unknown", "no day", None),
    ],
)
def test_cells(base: Library, row: tuple[object, ...], outcome: str, reason: str | None, state: str | None) -> None:
    (found,) = base.progress.returned(sheet_of(HEAD, row), "a.xlsx")
    assert (found.outcome, found.reason, found.as_json()["state"]) == (outcome, reason, state)


def test_two_rows_of_one_task_conflict(base: Library) -> None:
    task = "办好第1件事"
    rows = base.progress.returned(sheet_of(HEAD, (task, "一半", "", "", ""), (task, "全部", "", "", "")), "a.xlsx")
    assert brief(rows) == [(2, "conflicting", "twice"), (3, "conflicting", "twice")]


def test_what_is_no_workbook_is_refused(base: Library) -> None:
    whole = sheet_of(HEAD)
    for data, said in (
        *((other, "a.xlsx：这不是工作簿（.xlsx、.xls）") for other in (b"", b"PK\x03\x04", "任务,进展情况".encode())),
        (whole[: len(whole) // 2], "a.xlsx：工作簿已损坏，打不开"),
        (sheet_of(), "各张工作表都是空的"),
    ):
        with pytest.raises(UnreadableFile) as refused:
            base.progress.returned(data, "a.xlsx")
        assert in_chinese(refused.value.message) == said
        assert in_chinese(refused.value.hint).startswith("请")


def test_a_row_without_a_day_is_of_the_day_that_is_said(base: Library) -> None:
    """As where the page counts from an earlier day: it would not count there. A day in the row stands before it."""
    book = handed_out(base)
    fill(book, 1, 进展情况="过半")
    fill(book, 2, 办结日期="2023-11-06")
    rows = base.progress.returned(as_bytes(book), "清单.xlsx", date=datetime.date(2023, 11, 30))
    assert [row.report and row.report.date.isoformat() for row in rows] == ["2023-11-30", "2023-11-06"]
