"""The account of a load as a file."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
from lxml import html

from exports.account import FORMS, write
from kg.graph.account import Account, Given, Line, Part

GIVEN = Given(
    "140400:甲",
    "关于<甲>的通知",
    3,
    5,
    no_duties=False,
    unexplained=2,
    unread=(Part("page", "第 2 页", None), Part("sheet", "表「旧」", "hidden")),
    annexes=(Part("annex", "任务清单.xlsx", None), Part("annex", "回执", "form")),
)
NEWS = Given("140400:乙", "消息", 0, 0, no_duties=True, unexplained=0, unread=(), annexes=())
ACCOUNT = Account(
    "2026-01-05T08:00:00+00:00",
    complete=False,
    files=(
        Line("a.docx", "added", "", (GIVEN, NEWS)),
        Line("=b.pdf", "failed", "=b.pdf: the PDF is broken\nsplit it", ()),
        Line("c.mp4", "skipped", "its ending .mp4 is none that is read", ()),
    ),
)
ROWS = [
    ["文件", "结果", "原因", "文件标题", "任务数", "责任关系数", "未读出的部分", "提到而没有随附的附件", "说明"],
    [
        "a.docx",
        "新载入",
        "",
        "关于<甲>的通知",
        "3",
        "5",
        "第 2 页；表「旧」（文件中隐藏的内容）",
        "任务清单.xlsx",
        "点名却未列任务 2 处",
    ],
    ["a.docx", "新载入", "", "消息", "0", "0", "", "", "不布置任务"],
    ["=b.pdf", "没有读出", "=b.pdf：PDF 已损坏；请拆成几个文件", "", "", "", "", "", ""],
    ["c.mp4", "不是可读的文件", "不读以 .mp4 结尾的文件", "", "", "", "", "", ""],
]


@pytest.fixture(params=FORMS)
def report(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / f"载入{request.param}"
    write(ACCOUNT, path)
    return path


def test_it_has_a_row_for_each_document_and_each_file_without_one(report: Path) -> None:
    if report.suffix == ".json":
        read = json.loads(report.read_bytes())
        assert (read["counts"], read["complete"]) == ({"added": 1, "failed": 1, "skipped": 1}, False)
        assert read == json.loads(json.dumps(ACCOUNT.as_json()))
    elif report.suffix == ".xlsx":
        (sheet,) = openpyxl.load_workbook(report).worksheets
        assert [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)] == ROWS
        assert sheet["E2"].value == 3
    else:
        page = html.fromstring(report.read_bytes())
        assert [["".join(map(str, cell.itertext())) for cell in row] for row in page.iter("tr")] == ROWS
        assert "新载入 1 个，没有读出 1 个，不是可读的文件 1 个。有内容没有读出" in "".join(map(str, page.itertext()))
