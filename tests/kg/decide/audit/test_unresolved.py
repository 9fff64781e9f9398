"""Agencies, and whole documents, whose place cannot be told."""

from __future__ import annotations

from dataclasses import replace

from kg.model import Agency, Extraction
from tests.kg.decide.audit.conftest import Look, units
from tests.samples import Doc, extract


def _nowhere(data: bytes, name: str) -> Extraction:
    """As the loaders read a document in which 财政局 and 公安局 cannot be placed."""
    extraction = extract(data, name)

    def lost(a: Agency, document: str) -> Agency:
        return replace(a, id=f"{document}:{a.short}", place=None, resolved=False) if a.short in ("财政局", "公安局") else a

    return replace(
        extraction,
        documents=tuple(
            replace(d, assignments=tuple(a._replace(agency=lost(a.agency, d.id)) for a in d.assignments))
            for d in extraction.documents
        ),
    )


def test_an_agency_that_cannot_be_placed(look: Look) -> None:
    doc = Doc("甲", tasks=(units("司法局", "财政局"), units("司法局", "财政局")))
    (finding,) = look(doc, check="unresolved", extract=_nowhere)
    assert (finding.what, finding.quote, finding.document_id) == ("长治市财政局", "财政局", doc.id)
    assert "tasks here: 2" in finding.why
    assert finding.do == "kg correct merge --place 140400 --surface '长治市财政局' --into '全称' --reason …"
    assert finding.entry == {"change": "merge", "place": "140400", "surface": "长治市财政局", "into": "全称"}


def test_a_document_that_cannot_be_placed_is_one_finding(look: Look) -> None:
    doc = Doc("甲", place=None, tasks=(units("财政局", "公安局"), units("公安局")))
    (finding,) = look(doc, check="unresolved", extract=_nowhere)
    assert finding.what == "甲"
    assert "财政局、公安局" in finding.why
    assert finding.do == "kg correct place --document '-:甲' --place '地名' --reason …"
