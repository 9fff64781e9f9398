"""Who cites what, on both engines: a stub cited by three documents, a loaded document by one."""

from __future__ import annotations

from typing import Any

import pytest

from kg.engine.store import Store
from tests.kg.small_graph import CHANGZHI, HENGYANG, NOWHERE, STUB, WUXIANG, Facts, facts, load, span
from tests.samples import QUERIES

RULES = "cited:优化营商环境条例"


def more() -> Facts:
    f = facts()
    f.node("Document", RULES, title="优化营商环境条例", loaded=False)
    for document, cited, quote in (
        (WUXIANG, STUB, "武乡县通知"),
        (NOWHERE, STUB, "关于加强协作的通知"),
        (WUXIANG, CHANGZHI, "转办"),
        (HENGYANG, RULES, "公开"),
    ):
        f.relationship("CITES", ("Document", document), ("Document", cited), {"title": "国务院办公厅的通知", **span(quote)})
    return f


@pytest.fixture(scope="module")
def base(embedded_store: Store) -> Store:
    """On one engine: the other says the same, see tests/kg/ask/test_queries.py."""
    return load(embedded_store, more())


def rows(store: Store, name: str, **given: object) -> list[dict[str, Any]]:
    return QUERIES[name].run(store, given).rows


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, [(STUB, False, 3, 2), (CHANGZHI, True, 1, 1), (RULES, False, 1, 1)]),
        ({"loaded": False}, [(STUB, False, 3, 2), (RULES, False, 1, 1)]),
        ({"place": "山西省"}, [(STUB, False, 2, 2), (CHANGZHI, True, 1, 1)]),
        ({"level": "county"}, [(CHANGZHI, True, 1, 1), (STUB, False, 1, 1)]),
        ({"document": "长政办发〔2022〕14号"}, [(STUB, False, 1, 1)]),
        ({"year": 2021}, [(RULES, False, 1, 1)]),
        ({"issued_from": "2022-04-01", "loaded": True}, [(CHANGZHI, True, 1, 1)]),
        ({"issued_to": "2022-04-01"}, [(STUB, False, 1, 1)]),
    ],
)
def test_cited_documents(base: Store, given: dict[str, object], expected: list[tuple[Any, ...]]) -> None:
    found = rows(base, "cited-documents", **given)
    assert [(row["cited_id"], row["loaded"], row["documents"], row["places"]) for row in found] == expected


def test_each_citation_has_its_words(base: Store) -> None:
    (stub, *_) = rows(base, "cited-documents")
    assert [(by["document_id"], by["place"], by["quote"], by["page"]) for by in stub["cited_by"]] == [
        (NOWHERE, None, "关于加强协作的通知", None),
        (CHANGZHI, "长治市", "执法公示", 1),
        (WUXIANG, "武乡县", "武乡县通知", None),
    ]
    assert {"start": stub["cited_by"][1]["start"], "end": stub["cited_by"][1]["end"], "quote": "执法公示"} == span("执法公示")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"cited": "国办发〔2019〕54号"}, [(STUB, NOWHERE, None), (STUB, CHANGZHI, "（一）"), (STUB, WUXIANG, None)]),
        ({"cited": STUB, "place": "武乡县"}, [(STUB, WUXIANG, None)]),
        ({"cited": CHANGZHI}, [(CHANGZHI, WUXIANG, "1.")]),
        ({"cited": "营商环境"}, [(RULES, HENGYANG, "（二）")]),
        ({"cited": "办公厅的通知", "level": "city"}, [(RULES, HENGYANG, "（二）")]),  # as the citing document calls it
        ({"cited": "没有"}, []),
        ({"cited": "国办发", "year": 2022, "issued_from": "2022-04-01"}, [(STUB, WUXIANG, None)]),
        ({"cited": "国办发", "issued_to": "2022-04-01"}, [(STUB, CHANGZHI, "（一）")]),
    ],
)
def test_citing_documents(base: Store, given: dict[str, object], expected: list[tuple[Any, ...]]) -> None:
    found = rows(base, "citing-documents", **given)
    assert [(row["cited_id"], row["document_id"], row["task_number"]) for row in found] == expected
