"""What a cell of a workbook says to people: no code, no JSON."""

from __future__ import annotations

from typing import Any

import pytest

from exports.said import said
from kg.ask.signature import Column
from tests.samples import QUERIES


def column(query: str, name: str) -> Column:
    return next(c for c in QUERIES[query].columns if c.name == name)


LIMIT = {
    **{"quote": "2022年底前", "kind": "by", "due_on": "2022-12-31", "start_on": None, "every": None, "within": None},
    **{"start": 4, "end": 11, "inherited": True},
}
UNIT = {
    **{"agency": "长治市司法局", "agency_id": "140400:司法局", "collective": False, "role": "LEADS", "basis": "narrative"},
    **{"modality": "must", "rule": "prose-must", "before": "前", "quote": "市司法局", "after": "后", "start": 1, "end": 5},
    **{"page": None, "clause": None, "mentions": 1, "corrected": None},
}


@pytest.mark.parametrize(
    ("query", "name", "value", "words"),
    [
        ("agency-obligations", "role", "LEADS", "牵头"),
        ("agency-obligations", "basis", "clause", "责任条款"),
        ("agency-obligations", "rule", "clause-bracket", "括号条款"),
        ("agency-obligations", "rule", "", ""),
        ("agency-obligations", "headings", ["一、主要任务", "（一）普法"], "一、主要任务；（一）普法"),
        ("agency-obligations", "deadlines", [LIMIT, LIMIT], "2022年底前（2022-12-31，文件总时限）"),
        ("task", "kind", "task", "主要任务"),
        ("document-facts", "kind", "task", "任务"),
        ("document-facts", "kind", "residue", "未列入"),
        ("deadlines", "kind", "period", "期间"),
        ("agencies", "kind", "department", "部门"),
        ("agencies", "collective", False, "否"),
        ("agencies", "member_of", [{"agency": "长治市直各部门", "agency_id": "140400:*市直各部门"}], "长治市直各部门"),
        ("compare-leads", "differs_in", "first", "第一牵头单位"),
        ("task", "units", [UNIT], "长治市司法局（牵头，正文表述，应当句式）"),
        ("task", "units", [UNIT | {"basis": "clause", "modality": "must not"}], "长治市司法局（牵头，不得，应当句式）"),
        ("documents", "status", None, ""),
        ("deadline-board", "occurrences", ["2022-03-31", "2022-06-30"], "2022-03-31；2022-06-30"),
    ],
)
def test_cells(query: str, name: str, value: Any, words: str) -> None:
    at = column(query, name)
    assert said(at.name, at.type, value) == words


def test_a_map_without_a_name_says_its_words() -> None:
    at = next(c for query in QUERIES.values() for c in query.columns if c.name == "citation")
    assert said(at.name, at.type, {"document_id": "-:甲", "quote": "《甲》", "start": 0, "end": 3}) == "《甲》"


def test_numbers_come_last_and_are_named() -> None:
    at = next(c for query in QUERIES.values() for c in query.columns if c.name == "nearest")
    value = dict.fromkeys(dict(at.type.fields)) | {"score": 61, "task": "普法"}
    assert said(at.name, at.type, value) == "普法（相似度（%） 61）"
