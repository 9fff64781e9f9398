"""Agencies that are likely one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.model import Extraction
from tests.kg.decide.audit.conftest import Look, units
from tests.samples import CHANGZHI, HENGYANG, Doc, agency, extract


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
def test_names_at_one_place_that_may_mean_one_agency(look: Look, one: str, other: str, why: str) -> None:
    found = look(
        Doc("甲", tasks=(units(one, other), units(other))), Doc("乙", None, HENGYANG, (units(one),)), check="duplicate"
    )
    assert len(found) == bool(why)
    for finding in found:
        assert why in finding.why
        assert (finding.quote, finding.document) == (one, "甲")
        assert f"--place 140400 --surface '长治市{one}' --into '长治市{other}'" in finding.do


def test_one_place_under_two_names(look: Look) -> None:
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
