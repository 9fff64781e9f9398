"""Deadlines before their documents, and of no day."""

from __future__ import annotations

from dataclasses import replace

import pytest

import loaders.extract
from kg.model import Extraction
from tests.kg.decide.audit.conftest import Look
from tests.samples import Doc, extract


@pytest.mark.parametrize(("issued", "expected"), [("2023-01-05", ["2022年底前 → 2022-12-31"]), ("2022-12-31", []), (None, [])])
def test_a_deadline_before_its_document(look: Look, issued: str | None, expected: list[str]) -> None:
    def dated(data: bytes, name: str) -> Extraction:
        extraction = extract(data, name)
        return replace(extraction, documents=tuple(replace(d, issued_on=issued) for d in extraction.documents))

    found = look(Doc("甲", due=2022), check="deadline", extract=dated)
    assert [finding.what for finding in found] == expected


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("2023年2月30日前", True),
        ("13月底前", True),
        ("2023年11月31日前", True),
        ("2月29日前", False),
        ("6月内", False),
        ("任期内", False),
    ],
)
def test_a_day_that_no_calendar_has(look: Look, words: str, found: bool) -> None:
    text = f"长治市2023年工作方案\n一、主要任务\n（一）{words}完成整治。\n（二）开展评估。（责任单位：市财政局）\n".encode()
    findings = look(Doc("甲"), check="deadline", extract=lambda _data, name: loaders.extract.extract(text, f"{name}.txt"))
    assert [(finding.what, finding.why) for finding in findings] == ([(words, "there is no such day")] if found else [])
