"""The 督办清单 as openpyxl opens it: what is on the screen, laid out for print, with columns that a unit fills in."""

from __future__ import annotations

import datetime
import io
import json
import re
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from exports.board import write_board
from exports.formats import file_name
from exports.ledger_rows import title_of
from exports.table import Table
from kg.engine.store import Store
from tests.kg.small_graph import CHANGZHI, facts, load
from tests.samples import QUERIES

QUERY = QUERIES["deadline-board"]
MONTH = {"due_from": "2022-12-01", "due_to": "2022-12-31", "today": "2022-12-25"}


@pytest.fixture(scope="module")
def small(embedded_store: Store) -> Store:
    return load(embedded_store, facts())


def asked(store: Store, **given: object) -> tuple[Workbook, str]:
    """The workbook, and what its file is called."""
    bound = QUERY.bind(store, given)
    table, out = Table("deadline-board", QUERY.columns, QUERY.fetch(store, bound).rows, bound), io.BytesIO()
    table.named = bound.named
    write_board(table, out)
    return openpyxl.load_workbook(io.BytesIO(out.getvalue())), file_name(table, "xlsx", given)


def test_a_month_of_a_city(small: Store) -> None:
    book, name = asked(small, place="140400", **MONTH)
    assert name == "长治市督办清单-2022年12月.xlsx"
    (sheet,) = book
    title, head, *lines = sheet.iter_rows(values_only=True)
    assert (sheet.title, title[0]) == ("督办清单", "长治市督办清单（2022年12月）（共 3 项，其中 0 项出自已核的文件）")
    rows: list[dict[str, Any]] = [dict(zip(map(str, head), line, strict=True)) for line in lines]
    assert [(row["序号"], row["任务"], row["时限状态"]) for row in rows] == [
        (None, "（约束全文）", "即将到期"),
        ("（一）", "全面推行执法公示", "即将到期"),
        ("（三）", "加强组织领导", "即将到期"),
    ]
    second = rows[1]
    assert second["牵头单位"] == "长治市司法局、长治市财政局"
    assert (second["状态"], second["办结日期"], second["备注"]) == ("已完成", datetime.datetime(2022, 12, 20), "公示.pdf")
    assert json.loads(second["编号（请勿改动）"]) == [f"{CHANGZHI}:1.1", "140400:司法局", "r2"]
    assert json.loads(rows[2]["编号（请勿改动）"]) == [f"{CHANGZHI}:1.3", "all:140400:各县区人民政府", ""]
    assert rows[0]["编号（请勿改动）"] is None


def test_the_number_of_a_task_stands_beside_its_document(small: Store) -> None:
    """Where the rows are of several: alone, the numbers would read as those of one list."""
    (sheet,) = asked(small, today="2022-12-25")[0]
    _, head, *lines = sheet.iter_rows(values_only=True)
    numbers = {line[head.index("任务")]: line[head.index("文件及序号")] for line in lines}
    assert numbers["全面推行执法公示"] == "长治市2022年工作要点\n（一）"
    assert numbers["转办"] == "武乡县通知\n1."
    assert title_of("长治市人民政府办公室关于印发《2022年政务公开工作要点》的通知") == "2022年政务公开工作要点"
    assert title_of("长治市2022年工作要点") == "长治市2022年工作要点"


def test_of_one_unit_it_holds_what_that_unit_said(small: Store) -> None:
    book, name = asked(small, agency="长治市财政局", light=["yellow"], **MONTH)
    assert name == "长治市财政局督办清单-2022年12月-即将到期.xlsx"
    states = [line[9] for line in book["督办清单"].iter_rows(min_row=3, values_only=True)]
    assert states == [None, "进行中"]


def test_a_task_with_two_time_limits_is_one_row_that_is_filled_in_once(small: Store) -> None:
    bound = QUERY.bind(small, {"place": "140400", **MONTH})
    row = QUERY.fetch(small, bound).rows[1]
    again = row | {"due_on": "2022-06-30", "quote": "6月底前", "light": "red", "review": "checked"}
    table, out = Table("deadline-board", QUERY.columns, [row, again], bound), io.BytesIO()
    table.named = bound.named
    write_board(table, out)
    title, _, line, *more = openpyxl.load_workbook(io.BytesIO(out.getvalue())).active.iter_rows(values_only=True)  # type: ignore[union-attr]
    assert (more, title[0]) == ([], "长治市督办清单（2022年12月）（共 1 项，其中 1 项出自已核的文件）")
    assert line[6] == "即将到期\n期限已过"
    assert "2022-06-30" in str(line[5])


def test_what_is_filled_in_is_chosen_and_the_key_is_hidden(small: Store) -> None:
    (sheet,) = asked(small)[0]
    head = {str(cell.value): cell.column_letter for cell in sheet[2]}  # type: ignore[union-attr]
    rules = {str(rule.sqref).partition(":")[0]: rule for rule in sheet.data_validations.dataValidation}
    assert rules[f"{head['状态']}3"].formula1 == '"未开始,进行中,已完成,暂缓,逾期完成"'
    assert rules[f"{head['办结日期']}3"].type == "date"
    assert sheet.column_dimensions[head["编号（请勿改动）"]].hidden
    assert sheet.auto_filter.ref == f"A2:{head['备注']}{sheet.max_row}"
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize or 0)) == ("landscape", 9)
    assert (sheet.print_title_rows, sheet.freeze_panes) == ("$1:$2", "A3")


def test_what_was_asked_for_has_its_name_where_no_row_says_it(small: Store) -> None:
    """A month without a time limit; a place whose documents are all of places below it."""
    for given in ({"place": "140400", "due_from": "1999-01-01"}, {"place": "140000"}, {"agency": "-:司法部"}):
        book, name = asked(small, **given)
        title = str(book["督办清单"]["A1"].value)
        assert not re.search(r"\d{6}", title + name), (title, name)


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2024-02-01", "2024-02-29", "2024年2月"),
        ("2025-01-01", "2025-12-31", "2025年"),
        ("2025-01-01", "2025-11-30", "2025年1月1日至2025年11月30日"),
        (None, "2025-11-30", "截至2025年11月30日"),
        ("2025-11-01", None, "2025年11月1日起"),
    ],
)
def test_a_period_is_named(first: str | None, last: str | None, said: str) -> None:
    table = Table("deadline-board", QUERY.columns, [], {"due_from": first, "due_to": last})
    write_board(table, io.BytesIO())
    assert file_name(table, "xlsx") == f"督办清单-{said}.xlsx"
