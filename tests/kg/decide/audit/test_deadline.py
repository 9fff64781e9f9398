"""Deadlines before their documents."""

from __future__ import annotations

from dataclasses import replace

import pytest

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
