"""`kg report`, one report and a workbook that came back, by a guest of `served`. It keeps what changes no light: 进行中."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from tests.test_cli import Served, guest

TASK = "140400:长政办发〔2022〕14号:3.1"


def test_a_report_and_a_workbook_that_came_back(served: Served, tmp_path: Path) -> None:
    said = ("--agency", "长治市司法局", "--status", "进行中", "--text", "已印发方案", "--percent", "30", "--date", "2022-06-30")
    done = guest(served.data, "report", TASK, *said)
    assert (done.returncode, done.stdout) == (0, done.stdout), done.stderr
    assert done.stdout.startswith("kept: 长治市司法局 进行中 (2022-06-30) ")
    assert guest(served.data, "report", TASK, *said, "--text", "写错了").returncode == 0
    last = json.loads(guest(served.data, "query", "progress", "--task", TASK, "--format", "json").stdout)["rows"][0]
    gone = guest(served.data, "report", last["report_id"], "--withdraw")
    assert (last["progress"], gone.stdout.startswith("taken back: 长治市司法局 进行中 (2022-06-30) ")) == ("写错了", True)

    file = tmp_path / "清单.xlsx"
    assert guest(served.data, "query", "deadline-board", "--place", "长治市", "--output", file).returncode == 0
    book = openpyxl.load_workbook(file)
    (sheet,) = book
    head = [str(cell.value) for cell in next(sheet.iter_rows(min_row=2, max_row=2))]
    row = next(n for n in range(3, sheet.max_row + 1) if sheet.cell(n, head.index("任务") + 1).value != "（约束全文）")
    sheet.cell(row, head.index("进展情况") + 1).value = "已开会部署"
    book.save(file)

    shown = guest(served.data, "report", file, "--format", "json")
    outcomes = {entry["row"]: entry["outcome"] for entry in json.loads(shown.stdout)["rows"]}
    assert outcomes.pop(row) == "new"
    assert set(outcomes.values()) <= {"unchanged"}
    assert "nothing was written" in guest(served.data, "report", file).stdout
    kept = guest(served.data, "report", file, "--keep", "--by", "督查室")
    assert (kept.returncode, "1 kept" in kept.stdout) == (0, True), kept.stderr
    history = guest(served.data, "query", "progress", "--task", TASK, "--format", "json")
    assert "已印发方案" in history.stdout


def test_what_is_no_report_says_what_to_do(served: Served, tmp_path: Path) -> None:
    for words, said in (
        (("report", TASK), "say --status"),
        (("report", "没有", "--status", "已完成"), "`document-tasks` lists those"),
        (("report", tmp_path / "没有.xlsx"), "name a file that is there"),
    ):
        done = guest(served.data, *words)
        assert (done.returncode > 0, done.stdout) == (True, "")
        assert said in done.stderr


def test_letters_and_a_feed_are_written(served: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = guest(served.data, "notice", "--agency", "长治市司法局", "--today", "2025-12-01", "--sender", "督查室")
    assert (done.returncode, done.stdout) == (0, "长治市司法局督办通知单-2025年12月1日.docx\n"), done.stderr
    assert guest(served.data, "bulletin", "--place", "长治市", "--output", "通报.docx").returncode == 0
    assert "name a file that ends in .docx" in guest(served.data, "bulletin", "--output", "通报.pdf").stderr
    checked = guest(tmp_path, "templates", "--write")
    assert [line.endswith("templates/督办通知单.docx: in order") for line in checked.stdout.splitlines()] == [True, False]
    (tmp_path / "templates" / "通报.docx").write_bytes(b"")
    refused = guest(tmp_path, "templates")
    assert (refused.returncode, "it is no Word document" in refused.stdout) == (65, True)
    written = guest(served.data, "feed", "--agency", "长治市司法局", "--today", "2025-12-15", "--output", "司法局.atom")
    assert written.stdout.startswith("司法局.atom: ")
    assert "whose?" in guest(served.data, "feed").stderr
