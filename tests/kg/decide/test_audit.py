"""What a person is asked to look at, and what not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.decide.audit import CHECKS, Finding, audit
from kg.decide.entries import NONE, Corrections
from kg.decide.file import make
from kg.engine.store import Store
from kg.graph import loading as graph
from kg.model import Agency, Extraction
from tests.samples import CHANGZHI, HENGYANG, Doc, Unit, agency, extract, write

WHY: dict[str, Any] = {"reason": "读错了", "date": "2026-01-05"}


def named(name: str, place: str | None, _: str) -> tuple[Agency, tuple[()]]:
    return agency(name, place), ()


@pytest.fixture
def look(store: Store, tmp_path: Path) -> Callable[..., list[Finding]]:
    """Loads documents, each from a file of its own, and looks at them."""

    def look_(
        *docs: Doc,
        check: str,
        corrections: Corrections = NONE,
        extract: Callable[[bytes, str], Extraction] = extract,
        later: Corrections | None = None,
    ) -> list[Finding]:
        files = [write(tmp_path / f"{n}.json", doc) for n, doc in enumerate(docs)]
        list(graph.load(store, tmp_path / "sources", files, extract, "rules", corrections=corrections))
        return audit(store, later or corrections, frozenset({check}))

    return look_


def units(*names: str) -> tuple[Unit, ...]:
    return tuple(Unit(name) for name in names)


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("发展和改革局", "发展与改革局", "differ only in"),
        ("政府办公室", "政府办", "differ only in"),
        ("科技局", "科学技术局", "科技局 may be short for 科学技术局"),
        ("市场监管局", "市场监督管理局", "may be short for"),
        ("公安局", "公安局交警支队", ""),
        ("公安局", "公安局高新分局", ""),
        ("司法局", "财政局", ""),
        ("体育局", "教育体育局", ""),
        ("政府办公室", "政府", ""),
        ("委宣传部", "委统战部", ""),
        ("医保局", "住房保障局", ""),
        ("卫生局", "民政局", ""),
    ],
)
def test_names_at_one_place_that_may_mean_one_agency(
    look: Callable[..., list[Finding]], one: str, other: str, why: str
) -> None:
    found = look(
        Doc("甲", tasks=(units(one, other), units(other))), Doc("乙", None, HENGYANG, (units(one),)), check="duplicate"
    )
    assert len(found) == bool(why)
    for finding in found:
        assert why in finding.why
        assert (finding.quote, finding.document) == (one, "甲")
        assert f"--place 140400 --surface '长治市{one}' --into '长治市{other}'" in finding.do


def test_one_place_under_two_names(look: Callable[..., list[Finding]]) -> None:
    """潞城市 became 潞城区; 长治市 and 长治县 are two places."""

    def renamed(data: bytes, name: str) -> Extraction:
        extraction = extract(data, name)
        place = {"甲": ("140481", "潞城市"), "乙": ("140406", "潞城区")}[extraction.documents[0].title]
        own = replace(extraction.places[1], code=place[0], name=place[1], level="county", parent=CHANGZHI)
        bureau = replace(agency("司法局", CHANGZHI), id=f"{place[0]}:司法局", name=f"{place[1]}司法局", place=place[0])
        document = extraction.documents[0]
        moved = tuple(a._replace(agency=bureau) for a in document.assignments)
        return replace(extraction, documents=(replace(document, assignments=moved),), places=(*extraction.places, own))

    (finding,) = look(Doc("甲"), Doc("乙"), check="duplicate", extract=renamed)
    assert finding.what == "潞城区司法局 = 潞城市司法局?"
    assert finding.why == "潞城区 and 潞城市 are one place under two names"


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


def test_an_agency_that_cannot_be_placed(look: Callable[..., list[Finding]]) -> None:
    doc = Doc("甲", tasks=(units("司法局", "财政局"), units("司法局", "财政局")))
    (finding,) = look(doc, check="unresolved", extract=_nowhere)
    assert (finding.what, finding.quote, finding.document_id) == ("长治市财政局", "财政局", doc.id)
    assert "2 tasks" in finding.why
    assert finding.do == "kg correct merge --place 140400 --surface '长治市财政局' --into '全称' --reason …"


def test_a_document_that_cannot_be_placed_is_one_finding(look: Callable[..., list[Finding]]) -> None:
    doc = Doc("甲", place=None, tasks=(units("财政局", "公安局"), units("公安局")))
    (finding,) = look(doc, check="unresolved", extract=_nowhere)
    assert finding.what == "甲"
    assert "财政局、公安局" in finding.why
    assert finding.do == "kg correct place --document '-:甲' --place '地名' --reason …"


def test_corrections_that_do_not_hold(look: Callable[..., list[Finding]]) -> None:
    doc = Doc("甲", tasks=(units("司法局", "财政局"),))
    holds = make(change="delete", document=doc.id, quote="财政局", **WHY)
    lost = make(change="delete", document=doc.id, quote="公安局", **WHY)
    elsewhere = make(change="delete", document="乙发〔2020〕2号", quote="公安局", **WHY)
    nobody = make(change="merge", place=HENGYANG, surface="财政局", into="司法局", **WHY)
    later = make(change="role", document=doc.id, quote="司法局", role="PARTICIPATES", **WHY)
    entries = (holds, lost, elsewhere, nobody)
    found = look(doc, check="correction", corrections=Corrections(entries, named))
    assert [(f.what.split(": 读错了")[0] in e.label, f.why) for f, e in zip(found, (lost, elsewhere, nobody), strict=True)] == [
        (True, "it does not match exactly once"),
        (True, "no document 乙发〔2020〕2号 is held"),
        (True, "no document held here names such an agency"),
    ]
    assert "no unit is read from these words" in found[0].what
    newer = look(doc, check="correction", corrections=Corrections((holds,), named), later=Corrections((holds, later), named))
    assert [(f.what, f.do) for f in newer] == [(later.label, "kg rebuild")]


def test_documents_of_one_title(look: Callable[..., list[Finding]]) -> None:
    docs = Doc("工作 要点"), Doc("工作要点", "甲发〔2020〕1号"), Doc("工作方案")
    (finding,) = look(*docs, check="title")
    assert docs[0].id in finding.why
    assert docs[1].id in finding.why


def test_a_document_that_names_nobody(look: Callable[..., list[Finding]]) -> None:
    (finding,) = look(Doc("甲", tasks=((), ())), Doc("乙"), check="no-assignments")
    assert (finding.document, finding.why) == ("甲", "of its 2 tasks none names anybody")


@pytest.mark.parametrize(("tasks", "without", "expected"), [(5, 1, 1), (4, 1, 0), (9, 2, 0), (10, 2, 2), (5, 0, 0)])
def test_a_task_with_nobody_where_most_have_someone(
    look: Callable[..., list[Finding]], tasks: int, without: int, expected: int
) -> None:
    found = look(Doc("甲", tasks=((),) * without + (units("司法局"),) * (tasks - without)), check="nobody")
    assert [finding.what for finding in found] == [f"{n}. 办好第{n}件事" for n in range(1, expected + 1)]
    assert all(finding.quote and finding.quote.startswith(finding.what.replace(" ", "")) for finding in found)


@pytest.mark.parametrize(("issued", "expected"), [("2023-01-05", ["2022年底前 → 2022-12-31"]), ("2022-12-31", []), (None, [])])
def test_a_deadline_before_its_document(look: Callable[..., list[Finding]], issued: str | None, expected: list[str]) -> None:
    def dated(data: bytes, name: str) -> Extraction:
        extraction = extract(data, name)
        return replace(extraction, documents=tuple(replace(d, issued_on=issued) for d in extraction.documents))

    found = look(Doc("甲", due=2022), check="deadline", extract=dated)
    assert [finding.what for finding in found] == expected


def test_quotes_of_findings_stand_where_they_say(look: Callable[..., list[Finding]], store: Store) -> None:
    doc = Doc("甲", tasks=((), *(units("科技局", "科学技术局"),) * 5), due=2022)
    look(doc, check="nobody")
    text = store.read("MATCH (s:Source) RETURN s.text AS text").rows[0]["text"]
    found = [finding for finding in audit(store) if finding.quote]
    assert {finding.check for finding in found} == {"duplicate", "nobody"}
    assert all(text[finding.start : finding.end] == finding.quote for finding in found)


def test_an_ordinary_base_gives_no_alarm(look: Callable[..., list[Finding]]) -> None:
    docs = (Doc("甲", tasks=(units("司法局", "财政局"), units("公安局"))), Doc("乙", None, HENGYANG))
    assert [finding for check in CHECKS for finding in look(*docs, check=check)] == []
