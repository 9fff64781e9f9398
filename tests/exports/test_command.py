"""`kg query --output`, `kg ledger` and `kg export` as they are used: by guests of `served`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import networkx as nx
import openpyxl
import pyarrow.parquet as pq
import pytest

from tests.test_cli import SEED, Served, guest

OBLIGATIONS = ("query", "agency-obligations", "--agency", "长治市司法局")


@pytest.fixture
def base(served: Served) -> Path:
    return served.data


def test_each_form_of_file_holds_what_is_printed(base: Path, tmp_path: Path) -> None:
    rows = json.loads(guest(base, *OBLIGATIONS, "--format", "json").stdout)["rows"]
    assert len(rows) > 5
    for form in ("csv", "json", "xlsx", "parquet"):
        done = guest(base, *OBLIGATIONS, "--output", tmp_path / f"司法局.{form}")
        assert done.stdout == f"{tmp_path}/司法局.{form}: {len(rows)} rows\n", done.stderr
    assert {file.name for file in tmp_path.iterdir()} == {f"司法局.{form}" for form in ("csv", "json", "xlsx", "parquet")}
    assert (tmp_path / "司法局.csv").read_bytes() == guest(base, *OBLIGATIONS, "--format", "csv").stdout.encode().replace(
        b"\n", b"\r\n"
    )
    assert json.loads((tmp_path / "司法局.json").read_bytes())["rows"] == rows
    assert pq.read_table(tmp_path / "司法局.parquet")["task_id"].to_pylist() == [row["task_id"] for row in rows]
    book = openpyxl.load_workbook(tmp_path / "司法局.xlsx")
    assert book["数据"].max_row == len(rows) + 1


def test_columns_and_limits(base: Path, tmp_path: Path) -> None:
    done = guest(base, *OBLIGATIONS, "--columns", "quote,role", "--limit", "2", "--output", tmp_path / "a.csv")
    assert done.stdout == f"{tmp_path / 'a.csv'}: 2 rows, more were left out by --limit\n"
    assert (tmp_path / "a.csv").read_text(encoding="utf-8-sig").splitlines()[0] == "quote,role"


def test_csv_in_chinese(base: Path) -> None:
    header, row, *_ = guest(
        base, *OBLIGATIONS, "--format", "csv", "--chinese", "--columns", "role,basis,rule"
    ).stdout.splitlines()
    assert (header.removeprefix("\ufeff"), row) == ("责任,依据类型,识别规则", "牵头,责任条款,括号条款")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((*OBLIGATIONS, "--format", "xlsx"), "--output FILE.xlsx"),
        ((*OBLIGATIONS, "--output", "a.doc"), "doc is no form of a file"),
        ((*OBLIGATIONS, "--output", "a"), "no form of a file"),
        ((*OBLIGATIONS, "--chinese"), "--chinese is of csv"),
        ((*OBLIGATIONS, "--format", "csv", "--limit", "0"), "limit=0"),
        ((*OBLIGATIONS, "--output", "/nowhere/a.csv"), "/nowhere/a.csv"),
        (("ledger", "--output", "a.xlsx"), "--agency or --function"),
        (("ledger", "--all", "--place", "长治市", "--output", "a.xlsx"), "of what?"),
        (("ledger", "--place", "没有", "--output", "a.xlsx"), "没有"),
        (("export", "--format", "csv", "--output", str(SEED)), "no empty folder"),
        (("export", "--format", "json", "--output", "/nowhere/a.json"), "/nowhere/a.json"),
    ],
)
def test_what_is_not_accepted_leaves_nothing(base: Path, words: tuple[str, ...], said: str) -> None:
    done = guest(base, *words)
    assert (done.returncode in (2, 66), done.stdout) == (True, "")
    assert said in done.stderr
    assert not list(Path().glob(".a.*")) + list(Path().glob("a.*"))


def test_the_ledger(base: Path, tmp_path: Path) -> None:
    done = guest(base, "ledger", "--place", "长治市", "--output", tmp_path / "a.xlsx")
    assert done.returncode == 0, done.stderr
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames[:3] == ["任务总表", "汇总", "长治市司法局"]
    assert f": {book['任务总表'].max_row - 2} rows" in done.stdout


def test_the_graph(base: Path, tmp_path: Path) -> None:
    for form, read in (("graphml", nx.read_graphml), ("json", read_json)):
        assert guest(base, "export", "--format", form, "--output", tmp_path / form).stdout == f"{tmp_path / form}\n"
        assert read(tmp_path / form).nodes["140400:司法局"]["name"] == "长治市司法局"
    done = guest(base, "export", "--format", "csv", "--output", tmp_path / "graph")
    assert done.stdout.startswith("neo4j-admin database import full neo4j --id-type=string ")
    assert f"--nodes={tmp_path}/graph/Task.csv" in done.stdout
    assert "140400:司法局" in (tmp_path / "graph" / "Agency.csv").read_text(encoding="utf-8")


def read_json(path: Path) -> Any:
    return nx.node_link_graph(json.loads(path.read_text(encoding="utf-8")))
