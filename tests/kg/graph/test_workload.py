"""The workload that agencies keep is what a count of their tasks gives, whatever came and went before."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import chain, combinations, product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from neo4j import ManagedTransaction

from kg.decide.entries import Entry
from kg.engine.store import Store
from kg.graph.archive import Archive
from kg.graph.direct import filling
from kg.graph.workload import SIZE, Assignment, Workloads
from tests.kg.graph.test_graph import DROP, LAW, MERGE, PLAN, Base
from tests.kg.small_graph import emptied
from tests.samples import QUERIES, Unit, whole_graph

BASES, MODALITIES = ("clause", "narrative", "default"), ("must", "must not")
RANKING = QUERIES["workload-ranking"]
MORE = (
    Unit("司法局", "PARTICIPATES"),
    Unit("司法局", "LEADS", "narrative"),
    Unit("财政局", "LEADS", "default"),
    Unit("各县区"),
)
OTHER = replace(LAW, title="另一通知", number="长政办发〔2022〕13号", tasks=(*LAW.tasks, MORE))


def choices() -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """What may be counted, in the order in which it is kept."""

    def some(all_: tuple[str, ...]) -> list[tuple[str, ...]]:
        chosen = chain.from_iterable(combinations(all_, n) for n in range(1, len(all_) + 1))
        return sorted(chosen, key=lambda one: sum(1 << all_.index(name) for name in one))

    return [(bases, modalities) for modalities, bases in product(some(MODALITIES), some(BASES))]


def counted(assignments: Iterable[Assignment], agency: str) -> list[int]:
    """The workload of an agency, by its definition."""
    ours = [one for one in assignments if one.agency == agency]
    workload = []
    for bases, modalities in choices():
        chosen = [one for one in ours if one.basis in bases and one.modality in modalities]
        led = {one.task for one in chosen if one.role == "LEADS"}
        workload += [len(led), len({one.task for one in chosen}), len({one.document for one in chosen})]
    return workload


@given(
    st.lists(
        st.builds(
            lambda task, *rest: Assignment(task[0], task, *rest),
            st.sampled_from(["a1", "a2", "b1"]),
            st.sampled_from(["司法局", "财政局"]),
            st.sampled_from(["LEADS", "PARTICIPATES"]),
            st.sampled_from(BASES),
            st.sampled_from(MODALITIES),
        ),
        unique=True,
    )
)
def test_a_task_counts_once_in_each_choice(assignments: list[Assignment]) -> None:
    workloads = Workloads(assignments)
    assert len(choices()) * 3 == SIZE
    for agency in ("司法局", "财政局"):
        assert workloads[agency].tolist() == counted(assignments, agency)


def kept(store: Store) -> dict[str, list[int]]:
    return {row["id"]: row["workload"] for row in store.read("MATCH (a:Agency) RETURN a.id AS id, a.workload AS workload").rows}


def recounted(store: Store) -> dict[str, list[int]]:
    rows = store.read(
        "MATCH (d:Document)-[:HAS_TASK]->(t:Task)<-[r:LEADS|PARTICIPATES]-(a:Agency) RETURN d.id AS document, t.id AS task, "
        "a.id AS agency, type(r) AS role, r.basis AS basis, r.modality AS modality"
    ).rows
    assignments = [Assignment(**row) for row in rows]
    return {agency: counted(assignments, agency) for agency in kept(store)}


@pytest.mark.parametrize("base", ["embedded", "neo4j"])
def test_it_is_kept_as_documents_come_and_go(base: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    held = Base(emptied(request.getfixturevalue(f"{base}_store")), tmp_path)
    law, plan = held.file("law.json", LAW), held.file("plan.json", PLAN)

    def correct(*entries: Entry) -> None:
        held.entries = entries
        held.rebuild()

    def bulk() -> None:
        held.reset()
        if base == "embedded":
            with filling(held.store, tmp_path) as elements:
                archive = Archive(elements, io.BytesIO())
                list(held.library.loading([law, plan], into=archive))
                archive.finish()

    loads: dict[str, Callable[[], object]] = {
        "added": lambda: held.load(law, plan),
        "together": lambda: held.load(held.file("more.json", OTHER, replace(OTHER, number="长政办发〔2022〕14号"))),
        "unchanged": lambda: held.load(law),
        "replaced": lambda: held.load(held.file("plan.json", replace(PLAN, tasks=(MORE, MORE)))),
        "corrected": lambda: correct(DROP, MERGE),
        "uncorrected": correct,
        "taken over": lambda: held.load(held.file("again.json", replace(LAW, tasks=(MORE,))), replace=True),
        "removed": lambda: held.remove(OTHER.id),
        "rebuilt": held.rebuild,
        "removed too": lambda: held.remove(PLAN.id),
        "all removed": held.reset,
        "restored": lambda: held.load(law, plan),
        "at once": bulk,
        "and more": lambda: held.load(held.file("more.json", OTHER)),
    }
    for deed, load in loads.items():
        load()
        assert kept(held.store) == recounted(held.store), deed
    assert sum(map(sum, kept(held.store).values()))


def test_both_ways_of_counting_give_one_answer(store: Store, tmp_path: Path) -> None:
    base = Base(store, tmp_path)
    base.load_docs(LAW, PLAN, OTHER)
    asked: list[dict[str, Any]] = [{"basis": [*bases], "modality": [*modalities]} for bases, modalities in choices()]
    asked += [{}, {"by": "place"}, {"place": "430000"}, {"function": "司法"}, {"collective": True}, {"level": "city"}]
    by_workload = [RANKING.run(store, given).rows for given in asked]
    assert [bool(rows) for rows in by_workload] == [bool(given.get("modality", ["must"]) != ["must not"]) for given in asked]

    def forget(tx: ManagedTransaction) -> None:
        tx.run("MATCH (d:Document) REMOVE d.counted").consume()
        tx.run("MATCH (a:Agency) REMOVE a.workload").consume()

    whole = whole_graph(store)
    store.write(forget)
    assert [RANKING.run(store, given).rows for given in asked] == by_workload
    assert base.library.status().outdated  # as a base of an earlier release is, which is then counted as it is read anew
    base.load_docs(LAW)
    assert [RANKING.run(store, given).rows for given in asked] == by_workload
    base.rebuild()
    assert (whole_graph(store), base.library.status().outdated) == (whole, ())
