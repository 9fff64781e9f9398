"""What is held in all is what a count gives, whatever came and went before, and the overview says it."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from neo4j import ManagedTransaction

from kg.engine.store import Store
from kg.graph.archive import Archive
from kg.graph.direct import filling
from kg.model import Extraction
from tests.kg.graph.test_graph import DROP, LAW, PLAN, Base
from tests.samples import CHANGZHI, HENGYANG, QUERIES, Doc, extract

OVERVIEW = QUERIES["overview"]
SUMS = ("documents", "checked", "places", "leads", "participates", "first_issued", "last_issued", "loaded_at")
DAYS = {1: "2022-03-01", 2: "2021-05-06", 3: None, 4: "2023-12-31"}
DOCS = {n: Doc(f"第{n}号通知", f"长发〔2022〕{n}号", HENGYANG if n == 4 else CHANGZHI) for n in DAYS}


def dated(data: bytes, name: str) -> Extraction:
    """Each of these documents has its own day."""
    read = extract(data, name)
    days = {doc.title: DAYS[n] for n, doc in DOCS.items()}
    return replace(read, documents=tuple(replace(d, issued_on=days.get(d.title)) for d in read.documents))


def total(store: Store) -> dict[str, Any] | None:
    rows = store.read("MATCH (t:Total) RETURN properties(t) AS total").rows
    assert len(rows) < 2
    return {name: rows[0]["total"].get(name) for name in SUMS} if rows else None


def counted(store: Store) -> dict[str, Any] | None:
    """The same from every document."""
    documents = store.read(
        "MATCH (d:Document)-[:FROM]->(s:Source) WHERE d.loaded = true OPTIONAL MATCH (d)-[:CONCERNS]->(p:Place) "
        "RETURN d.id AS id, d.review AS review, d.issued_on AS issued_on, p.id AS place, s.loaded_at AS loaded_at"
    ).rows
    roles = store.read("MATCH (:Agency)-[r:LEADS|PARTICIPATES]->(:Task) RETURN type(r) AS role").rows
    days = sorted(row["issued_on"] for row in documents if row["issued_on"])
    if not documents:
        return None
    return {
        "documents": len(documents),
        "checked": sum(row["review"] == "checked" for row in documents),
        "places": len({row["place"] for row in documents if row["place"]}),
        "leads": sum(row["role"] == "LEADS" for row in roles),
        "participates": sum(row["role"] == "PARTICIPATES" for row in roles),
        "first_issued": days[0] if days else None,
        "last_issued": days[-1] if days else None,
        "loaded_at": max(row["loaded_at"] for row in documents),
    }


@pytest.fixture
def held(store: Store, tmp_path: Path) -> Base:
    base = Base(store, tmp_path)
    base.library.extract = dated
    return base


def test_it_is_kept_as_documents_come_and_go(held: Base, tmp_path: Path) -> None:
    law, plan = held.file("law.json", LAW), held.file("plan.json", PLAN)
    one, two, three, four = (held.file(f"{n}.json", doc) for n, doc in DOCS.items())

    def entries(*given: Any) -> None:
        held.entries = given
        held.rebuild()

    def bulk() -> None:
        held.reset()
        if held.store.engine == "embedded":
            with filling(held.store, tmp_path) as elements:
                archive = Archive(elements, io.BytesIO())
                list(held.library.loading([law, one, three, four], into=archive))
                archive.finish()

    deeds: dict[str, Callable[[], object]] = {
        "added": lambda: held.load(law, plan),
        "dated": lambda: held.load(one),
        "an earlier one, and one without a day": lambda: held.load(two, three),
        "of another place": lambda: held.load(four),
        "unchanged": lambda: held.load(one),
        "the latest goes": lambda: held.remove(DOCS[4].id),
        "the earliest goes": lambda: held.remove(DOCS[2].id),
        "the last with a day goes": lambda: held.remove(DOCS[1].id),
        "replaced": lambda: held.load(held.file("plan.json", replace(PLAN, tasks=PLAN.tasks[:1]))),
        "corrected": lambda: entries(DROP),
        "uncorrected": entries,
        "taken over": lambda: held.load(held.file("again.json", LAW, DOCS[1]), replace=True),
        "the last that was loaded goes": lambda: held.remove(DOCS[1].id),
        "all go": held.reset,
        "restored": lambda: held.load(law, plan, one),
        "at once": bulk,
        "and more": lambda: held.load(two),
    }
    for deed, do in deeds.items():
        do()
        assert total(held.store) == counted(held.store), deed
        assert held.library.check() == [], deed
    assert total(held.store) is not None


def test_the_overview_says_the_same_without_it(held: Base) -> None:
    """As in a base that an earlier release wrote, which is counted once by the next change."""
    assert OVERVIEW.run(held.store, {}).rows == []
    held.load_docs(LAW, PLAN, *DOCS.values())
    kept = total(held.store)
    (said,) = OVERVIEW.run(held.store, {}).rows
    assert kept == {"checked": 0} | {name: said[name] for name in SUMS if name in said}

    def forget(tx: ManagedTransaction) -> None:
        tx.run("MATCH (t:Total) DELETE t").consume()
        tx.run("MATCH (d:Document) REMOVE d.leads, d.participates").consume()

    held.store.write(forget)
    assert OVERVIEW.run(held.store, {}).rows == [said]
    assert held.library.check() == []
    held.remove(DOCS[4].id)
    assert total(held.store) == counted(held.store)
    assert total(held.store) != kept


def test_what_is_kept_wrong_is_named_and_put_right(held: Base) -> None:
    held.load_docs(LAW, *DOCS.values())
    kept = total(held.store)
    held.store.write(lambda tx: tx.run("MATCH (t:Total) SET t.documents = 9, t.first_issued = null").consume())
    assert held.library.check() == [
        ("what is held in all is not what is kept of it: documents 9, not 5, first_issued None, not 2021-05-06", "kg rebuild")
    ]
    assert OVERVIEW.run(held.store, {}).rows[0]["documents"] == 9  # no document is looked at
    held.rebuild()
    assert held.library.check() == []
    assert {**(total(held.store) or {}), "loaded_at": None} == {**(kept or {}), "loaded_at": None}
