"""Corrections that do not hold, and why."""

from __future__ import annotations

from typing import Any

from kg.decide.entries import Corrections
from kg.decide.file import make
from kg.model import Agency
from tests.kg.decide.audit.conftest import Look, units
from tests.samples import HENGYANG, Doc, agency

WHY: dict[str, Any] = {"reason": "读错了", "date": "2026-01-05"}


def named(name: str, place: str | None, _: str) -> tuple[Agency, tuple[()]]:
    return agency(name, place), ()


def test_corrections_that_do_not_hold(look: Look) -> None:
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
