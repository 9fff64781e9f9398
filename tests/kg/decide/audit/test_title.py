"""Documents of one title."""

from __future__ import annotations

from tests.kg.decide.audit.conftest import Look
from tests.samples import Doc


def test_documents_of_one_title(look: Look) -> None:
    docs = Doc("工作 要点"), Doc("工作要点", "甲发〔2020〕1号"), Doc("工作方案")
    (finding,) = look(*docs, check="title")
    assert docs[0].id in finding.why
    assert docs[1].id in finding.why
