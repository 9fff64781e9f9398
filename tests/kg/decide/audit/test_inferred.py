"""Documents that do not say what they are, or of what place."""

from __future__ import annotations

from dataclasses import replace

from kg.model import Extraction
from tests.kg.decide.audit.conftest import Look
from tests.samples import Doc, extract


def _by_the_text_alone(data: bytes, name: str) -> Extraction:
    """As the loaders read documents whose head is missing: 甲 tells of its place in its text, 乙 of nothing."""
    extraction = extract(data, name)
    kept = {
        "甲": lambda d: replace(d, inferred=("title", "place"), doc_number="长政办发〔2022〕12号"),
        "乙": lambda d: replace(d, inferred=("title", "place"), doc_number=None, issuers=()),
        "丙": lambda d: replace(d, inferred=("title",), doc_number=None),
    }
    return replace(extraction, documents=tuple(kept[d.title](d) for d in extraction.documents))


def test_what_is_only_inferred(look: Look) -> None:
    docs = [Doc("甲"), Doc("乙"), Doc("丙")]
    found = {finding.what: finding for finding in look(*docs, check="inferred", extract=_by_the_text_alone)}
    assert {name: finding.why.split(": ")[0] for name, finding in found.items()} == {
        "甲": "its head names no place; the one it counts for is inferred from places in the text",
        "乙": "nothing in the text says for certain what document this is",
    }
    assert found["甲"].why.endswith(": 长治市")
    assert found["甲"].do == f"kg correct place --document '{docs[0].id}' --place '地名' --reason …"
