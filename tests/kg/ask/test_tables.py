"""What a person reads in a cell on a terminal, and what CSV holds."""

from __future__ import annotations

import csv
import io

import pytest

from kg.ask.tables import BOM, cell, to_csv


@pytest.mark.parametrize(
    ("value", "seen"),
    [
        (None, ""),
        (0, "0"),
        (True, "是"),
        (False, "否"),
        ("市司法局", "市司法局"),
        (["一、", "（一）"], "一、；（一）"),
        ([], ""),
        ([{"agency": "长治市司法局", "agency_id": "140400:司法局"}, {"agency": "长治市财政局"}], "长治市司法局；长治市财政局"),
        ([{"agency": "长治市司法局", "basis": "clause"}, {"agency": "长治市司法局", "basis": "narrative"}], "长治市司法局"),
        ({"quote": "2022年底前", "due_on": "2022-12-31"}, "2022年底前"),
    ],
)
def test_cells(value: object, seen: str) -> None:
    assert cell(value) == seen


@pytest.mark.parametrize(
    ("value", "held"),
    [
        (None, ""),
        (-1, "-1"),
        (True, "是"),
        (["一、", "（一）"], '["一、", "（一）"]'),
        ([], "[]"),
        ({"quote": "=2022年底前", "due_on": None}, '{"quote": "=2022年底前", "due_on": null}'),
        ('市"司法"局,\r\n财政局', '市"司法"局,\r\n财政局'),
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("-:司法部", "-:司法部"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("＝1", "'＝1"),
        ("'=1", "''=1"),
        ("'甲", "'甲"),
    ],
)
def test_csv_cells(value: object, held: str) -> None:
    text = to_csv(("column",), [{"column": value, "other": 1}])
    assert text.startswith(BOM)
    assert list(csv.reader(io.StringIO(text.removeprefix(BOM), newline=""))) == [["column"], [held]]


def test_lines_end_as_spreadsheets_expect() -> None:
    assert to_csv(("a", "b"), [{"b": None, "a": 1}]) == BOM + "a,b\r\n1,\r\n"
