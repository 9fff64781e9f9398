"""A document made by hand, entries about it, and the rules of its world: what the tests of this room correct."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from kg.decide.apply import apply
from kg.decide.entries import Corrections, Entry
from kg.decide.file import make
from kg.model import Agency, Document, Extraction, Place
from tests.samples import CHANGZHI, HENGYANG, PLACES, Doc, Unit, agency, as_bytes, extract

DOC = Doc(
    "工作要点",
    "长政办发〔2022〕12号",
    tasks=(
        (Unit("司法局"), Unit("财政局", "PARTICIPATES"), Unit("各县区", "PARTICIPATES")),
        (Unit("公安局"), Unit("司法局", "PARTICIPATES"), Unit("财政处", "PARTICIPATES")),
    ),
    issuers=("政府",),
    due=2022,
)
OTHER = Doc("另一要点", "衡政办发〔2021〕3号", HENGYANG, tasks=((Unit("财政处"),),))
FIRST, SECOND = f"{DOC.id}:1", f"{DOC.id}:2"


def named(name: str, place: str | None, document: str) -> tuple[Agency, tuple[Place, ...]]:
    """The rules of the sample documents: 某 is a name that nobody can place."""
    found = agency(name, None if place == "-" else place)
    return replace(found, resolved="某" not in name), tuple(PLACES.values())


def entry(change: str, **said: Any) -> Entry:
    of_agency = change in ("merge", "split")
    key: dict[str, Any] = {"place": CHANGZHI} if of_agency else {"document": DOC.id}
    return make(**key | {"change": change, "reason": "读错了", "date": "2026-01-05"} | said)


def corrected(*entries: Entry, docs: tuple[Doc, ...] = (DOC,)) -> tuple[Extraction, tuple[str, ...]]:
    return apply(extract(as_bytes(*docs), "a.json"), Corrections(entries, named))


def units(document: Document) -> list[str]:
    return [a.agency.id for a in document.assignments]
