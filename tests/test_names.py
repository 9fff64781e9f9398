"""Names and words that a terminal, a log or JSON could stumble over, through the program as it is used."""

from __future__ import annotations

import io
import json
import logging
import os
import re
import sys
from pathlib import Path

import pytest

from kg.cli.http import Lines
from kg.cli.output import print_json, print_table, say, written
from kg.escaped import ORDER, readable
from tests.test_cli import Served, guest, kg

GBK = os.fsdecode("工作要点.txt".encode("gb18030"))
WORDS = "长治市人民政府关于第{}号工作的通知\n一、加强\x9b31m普法\u202e宣传。（市司法局牵头）\n"


def orders(text: str) -> list[str]:
    """What is an order in it, but for line ends."""
    return [c for c in ORDER.findall(text) if c != "\n"]


def test_names_are_escaped_in_what_is_printed_and_files_are_found_again(served: Served, tmp_path: Path) -> None:
    names = [GBK, "b\n0 added\x1b[2J.txt", "c\u202efdp.txt"]
    for n, name in enumerate(names):
        (tmp_path / name).write_text(WORDS.format(n), encoding="utf-8")
    (tmp_path / "d\x1b\n.txt").write_bytes(b"")
    first, again = guest(served.data, "load", tmp_path), guest(served.data, "load", tmp_path)
    for done, outcome in ((first, "added"), (again, "unchanged")):
        assert (done.returncode, done.stderr) == (65, "")
        said = re.findall(rf"^{outcome} .*/([^/]*?)(?:  \d.*)?$", done.stdout, re.MULTILINE)
        assert sorted(said) == sorted([readable(GBK), "b\\u000a0 added\\u001b[2J.txt", "c\\u202efdp.txt"])
        assert "d\\u001b\\u000a.txt: the file is empty" in done.stdout
        assert orders(done.stdout) == []
    status = guest(served.data, "status").stdout
    assert "(b\\u000a0 added\\u001b[2J.txt)" in status
    assert orders(status) == []
    for n in range(3):
        assert guest(served.data, "remove", f"长治市人民政府关于第{n}号工作的通知").returncode == 0


def test_one_file_by_such_a_name(tmp_path: Path) -> None:
    path = tmp_path / GBK
    path.write_text(WORDS.format(1), encoding="utf-8")
    shown = guest(tmp_path, "extract", path)
    assert (shown.returncode, orders(shown.stdout)) == (0, [])
    assert "普法\\u202e宣传" in shown.stdout
    told = guest(tmp_path, "extract", path, "--format", "json").stdout
    assert orders(told) == []
    extraction = json.loads(told)
    assert extraction["source"]["name"].endswith(".txt")
    assert "\u202e" in extraction["documents"][0]["tasks"][0]["title"]
    missing = guest(tmp_path, "extract", tmp_path / "x\x1b[2J\n.txt")
    assert (missing.returncode, orders(missing.stderr), missing.stderr.count("\n")) == (65, [], 2)


def test_a_terminal_of_few_characters_ends_no_command(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(WORDS.format(1), encoding="utf-8")
    done = kg(tmp_path, "extract", path, PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, "")


def test_a_pipe_is_refused_by_name(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    done = guest(tmp_path, "extract", tmp_path / "a.txt")
    assert (done.returncode, "a named pipe, not a file" in done.stderr) == (65, True)


def test_each_line_stays_one(capsys: pytest.CaptureFixture[str]) -> None:
    say("a\nb\r", "c")
    say()
    print_table(("task",), [{"task": "一\n二\u2067\x9b"}])
    print_json({"a": "\u202e\n"})
    lines = capsys.readouterr().out.splitlines()
    assert lines[:3] == ["a\\u000ab\\u000d", "c", ""]
    assert "一\\u000a二\\u2067\\u009b" in "".join(lines)
    assert lines[-1] == '{"a": "\\u202e\\n"}'


def test_a_file_is_escaped_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    for terminal, expected in ((True, "a\\u001b\nb\n"), (False, "a\x1b\r\nb\r\n")):
        out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="")
        monkeypatch.setattr(out, "isatty", lambda terminal=terminal: terminal)
        monkeypatch.setattr(sys, "stdout", out)
        with written(None) as file:
            file.write(b"a\x1b\r\nb\r\n")
        out.flush()
        assert out.buffer.getvalue().decode() == expected


def test_a_log_is_escaped_too(caplog: pytest.LogCaptureFixture) -> None:
    try:
        raise ValueError("\u202e附件\x1b[2J")
    except ValueError:
        logging.getLogger("uvicorn.error").exception("no answer to %s", "a\x9b")
    (record,) = caplog.records
    said = Lines("%(levelname)s:     %(message)s").format(record)
    assert said.startswith("ERROR:     no answer to a\\u009b\nTraceback")
    assert said.endswith("ValueError: \\u202e附件\\u001b[2J")


def test_commands_print_by_that_door_only() -> None:
    for file in (Path(__file__).parents[1] / "kg" / "cli").glob("*.py"):
        if file.name != "output.py":
            assert not re.search(r"(?<!\w)print\(|stdout\.(write|buffer)", file.read_text(encoding="utf-8")), file
