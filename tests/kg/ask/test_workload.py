"""One agency's load seen whole, over the small graph and a few facts more."""

from __future__ import annotations

from typing import Any

import pytest

from kg.engine.store import Store
from tests.kg.ask.test_queries import assert_same
from tests.kg.small_graph import CHANGZHI, WUXIANG, Facts, facts, load
from tests.samples import QUERIES

SIXTY = "140400:长政办发〔2021〕60号"

Rows = list[dict[str, Any]]


def more() -> Facts:
    """A second document for 长治, of 2021: 市司法局 leads five tasks alone, four of them due in November, one in June."""
    f = facts()
    f.node(
        "Document", SIXTY, title="长治市通知", doc_number="长政办发〔2021〕60号", year=2021, issued_on="2021-05-01", loaded=True
    )
    f.relationship("CONCERNS", ("Document", SIXTY), ("Place", "140400"))
    for order, day in enumerate(["2021-06-30", "2021-11-01", "2021-11-15", "2021-11-30", "2021-11-30"], 1):
        f.task(SIXTY, order, f"{order}.", "转办", "1.转办")
        f.assign("140400:司法局", "LEADS", f"{SIXTY}:1.{order}", "市司法局")
        id_ = f"{SIXTY}:1.{order}:d1"
        f.node("Deadline", id_, kind="by", due_on=day, quote="转办", start=0, end=2)
        f.due(("Task", f"{SIXTY}:1.{order}"), id_)
    # The last is due again in December; a collective that 武乡县人民政府 is a member of takes part in it.
    f.node("Deadline", f"{SIXTY}:1.5:d2", kind="by", due_on="2021-12-31", quote="转办", start=0, end=2)
    f.due(("Task", f"{SIXTY}:1.5"), f"{SIXTY}:1.5:d2")
    f.assign("all:140400:各县区人民政府", "PARTICIPATES", f"{SIXTY}:1.5", "各县区人民政府")
    f.assign("140429:人民政府", "PARTICIPATES", f"{SIXTY}:1.5", "各县区人民政府")
    return f


@pytest.fixture(scope="module")
def base(embedded_store: Store) -> Store:
    return load(embedded_store, more())


def test_both_engines_answer_alike(base: Store, neo4j_store: Store) -> None:
    stores = {"embedded": base, "neo4j": load(neo4j_store, more())}
    asked = ("agency-workload", *(f"workload-{by}" for by in ("by-month", "by-year", "matrix", "ranking", "share")))
    for name in asked:
        assert_same(stores, QUERIES[name], [QUERIES[name].example])


def rows(store: Store, name: str, **given: object) -> Rows:
    return QUERIES[name].run(store, given).rows


def table(found: Rows, *columns: str) -> list[tuple[Any, ...]]:
    return [tuple(row[column] for column in columns) for row in found]


YEARS = ("year", "leads", "leads_alone", "leads_jointly", "participates", "tasks", "documents")


@pytest.mark.parametrize(
    ("agency", "given", "expected"),
    [
        ("长治市司法局", {}, [(None, 6, 5, 1, 1, 7, 2), (2021, 5, 5, 0, 0, 5, 1), (2022, 1, 0, 1, 1, 2, 1)]),
        # It leads in running text what it takes part in by the clause; 市财政局 leads it by the clause.
        (
            "长治市司法局",
            {"basis": "clause,narrative", "issued_from": "2022-01-01"},
            [(None, 2, 0, 2, 0, 2, 1), (2022, 2, 0, 2, 0, 2, 1)],
        ),
        ("长治市司法局", {"issued_to": "2021-12-31"}, [(None, 5, 5, 0, 0, 5, 1), (2021, 5, 5, 0, 0, 5, 1)]),
        ("长治市司法局", {"place": "武乡县"}, []),
        (
            "长治市司法局",
            {"level": "city", "place": "山西省"},
            [(None, 6, 5, 1, 1, 7, 2), (2021, 5, 5, 0, 0, 5, 1), (2022, 1, 0, 1, 1, 2, 1)],
        ),
        ("司法部", {}, [(None, 1, 1, 0, 0, 1, 1), (None, 1, 1, 0, 0, 1, 1)]),  # a document of no year
    ],
)
def test_by_year(base: Store, agency: str, given: dict[str, object], expected: list[tuple[Any, ...]]) -> None:
    found = rows(base, "workload-by-year", agency=agency, **given)
    assert table(found, *YEARS) == expected
    assert [row["split"] for row in found] == ["all", "year", "year"][: len(found)]


def test_what_binds_through_collectives_stands_apart(base: Store) -> None:
    found = rows(base, "workload-by-year", agency="武乡县人民政府")
    assert table(found, *YEARS) == [(None, 0, 0, 0, 1, 1, 1), (2021, 0, 0, 0, 1, 1, 1), (2022, 0, 0, 0, 0, 0, 0)]
    apart = ("collective_leads", "collective_participates", "collective_tasks")
    assert table(found, *apart) == [(0, 3, 3), (0, 1, 1), (0, 2, 2)]
    assert found[0]["collectives"] == [{"collective": "长治市各县区人民政府", "collective_id": "all:140400:各县区人民政府"}]


MONTHS = ("month", "leads", "participates", "tasks", "inherited", "mean", "overloaded")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (
            {},  # six days in 2021 and one in 2022, over 24 months
            [
                ("2021-06", 1, 0, 1, 0, 0.29, False),
                ("2021-11", 4, 0, 4, 0, 0.29, True),
                ("2021-12", 1, 0, 1, 0, 0.29, False),
                ("2022-12", 1, 0, 1, 0, 0.29, False),
                (None, 0, 1, 1, 0, 0.29, False),
            ],
        ),
        ({"year": 2022}, [("2022-12", 1, 0, 1, 0, 0.08, False), (None, 0, 1, 1, 0, 0.08, False)]),
        ({"year": 2022, "least": 1}, [("2022-12", 1, 0, 1, 0, 0.08, True), (None, 0, 1, 1, 0, 0.08, False)]),
        (
            {"year": 2021, "least": 5, "issued_from": "2021-01-01"},
            [
                ("2021-06", 1, 0, 1, 0, 0.5, False),
                ("2021-11", 4, 0, 4, 0, 0.5, False),
                ("2021-12", 1, 0, 1, 0, 0.5, False),
            ],
        ),
    ],
)
def test_by_month(base: Store, given: dict[str, object], expected: list[tuple[Any, ...]]) -> None:
    assert table(rows(base, "workload-by-month", agency="长治市司法局", **given), *MONTHS) == expected


def test_a_task_without_a_day_is_due_by_its_document_if_that_names_one(base: Store) -> None:
    """加强组织领导, which only a collective bears, has none; the small graph's document is due by the end of 2022."""
    found = rows(base, "workload-by-month", agency="长治市各县区人民政府")
    assert table(found, "month", "participates", "inherited") == [("2021-11", 1, 0), ("2021-12", 1, 0), ("2022-12", 2, 1)]
    found = rows(base, "workload-by-month", agency="长治市各县区人民政府", inherited=False, year=2022)
    assert table(found, "month", "participates", "inherited") == [("2022-12", 1, 0), (None, 1, 0)]


def test_months_through_collectives_stand_apart(base: Store) -> None:
    found = rows(base, "workload-by-month", agency="武乡县人民政府")
    assert table(found, "month", "tasks", "collective_tasks") == [("2021-11", 1, 1), ("2021-12", 1, 1), ("2022-12", 0, 2)]


SHARES = (
    "year",
    "leads",
    "tasks",
    "place_tasks",
    "place_units",
    "leads_share",
    "tasks_share",
    "rank",
    "place_collective_tasks",
)


@pytest.mark.parametrize(
    ("agency", "given", "expected"),
    [
        (
            "长治市司法局",
            {},
            [
                (None, 6, 7, 7, 3, 85.7, 100.0, 1, 1),
                (2021, 5, 5, 5, 1, 100.0, 100.0, 1, 0),
                (2022, 1, 2, 2, 3, 50.0, 100.0, 1, 1),  # 加强组织领导 is only the collective's
            ],
        ),
        ("长治市发展和改革委员会", {"year": 2022}, [(None, 0, 1, 2, 3, 0.0, 50.0, 3, 1), (2022, 0, 1, 2, 3, 0.0, 50.0, 3, 1)]),
        ("长治市发展和改革委员会", {"year": 2021}, [(None, 0, 0, 5, 1, 0.0, 0.0, 2, 0), (2021, 0, 0, 5, 1, 0.0, 0.0, 2, 0)]),
        (
            "衡阳市司法局",
            {"basis": "default"},
            [(None, 1, 1, 1, 1, 100.0, 100.0, 1, 0), (2021, 1, 1, 1, 1, 100.0, 100.0, 1, 0)],
        ),
        ("司法部", {}, [(None, 1, 1, 1, 1, 100.0, 100.0, 1, 0), (None, 1, 1, 1, 1, 100.0, 100.0, 1, 0)]),
        ("长治市各县区人民政府", {}, []),  # a collective has none, rather than 0
    ],
)
def test_share(base: Store, agency: str, given: dict[str, object], expected: list[tuple[Any, ...]]) -> None:
    assert table(rows(base, "workload-share", agency=agency, **given), *SHARES) == expected


def test_matrix(base: Store) -> None:
    found = rows(base, "workload-matrix", place="长治市", collective=False)
    assert table(found, "agency", "leads", "participates") == [
        ("长治市司法局", 6, 1),
        ("长治市财政局", 2, 0),
        ("长治市发展和改革委员会", 0, 1),
        ("武乡县司法局", 1, 0),
        ("武乡县人民政府", 0, 1),
    ]
    cells = [[(cell["document_id"], cell["leads"], cell["participates"]) for cell in row["documents"]] for row in found]
    assert cells == [
        [(CHANGZHI, 1, 1), (SIXTY, 5, 0)][:: 1 if CHANGZHI < SIXTY else -1],
        [(CHANGZHI, 2, 0)],
        [(CHANGZHI, 0, 1)],
        [(WUXIANG, 1, 0)],
        [(SIXTY, 0, 1)],
    ]


@pytest.mark.parametrize(
    ("given", "agencies"),
    [
        ({"collective": True}, ["长治市各县区人民政府"]),
        ({"function": "司法局", "year": 2021}, ["长治市司法局", "衡阳市司法局"]),
        ({"level": "nation"}, ["司法部"]),
        ({"document": "武政发〔2022〕3号"}, ["武乡县司法局"]),
        ({"basis": "default"}, ["衡阳市司法局"]),
        ({"issued_from": "2022-04-01"}, ["武乡县司法局"]),
    ],
)
def test_filters_of_the_matrix(base: Store, given: dict[str, object], agencies: list[str]) -> None:
    assert [row["agency"] for row in rows(base, "workload-matrix", **given)] == agencies


def test_the_matrix_adds_up_to_the_ranking(base: Store) -> None:
    matrix = {row["agency_id"]: (row["leads"], row["tasks"]) for row in rows(base, "workload-matrix", collective=False)}
    assert matrix == {row["agency_id"]: (row["leads"], row["tasks"]) for row in rows(base, "workload-ranking")}
    assert all(sum(cell["leads"] for cell in row["documents"]) == row["leads"] for row in rows(base, "workload-matrix"))


def test_what_is_forbidden_is_shown_and_counted_only_where_asked(base: Store) -> None:
    f = more()
    f.assign("140400:财政局", "LEADS", f"{SIXTY}:1.1", "市财政局", basis="narrative", modality="must not")
    store = load(base, f)
    try:
        shown = rows(store, "agency-obligations", agency="长治市财政局", modality="must not")
        assert table(shown, "task_id", "modality", "rule") == [(f"{SIXTY}:1.1", "must not", "narrative-by-hand")]
        both = {"basis": "clause,narrative"}
        for given, tasks in ((both, 2), ({**both, "modality": "must,must not"}, 3), ({**both, "modality": "must not"}, 1)):
            assert table(rows(store, "workload-by-year", agency="长治市财政局", **given)[:1], "tasks") == [(tasks,)]
            ranked = {row["agency"]: row["tasks"] for row in rows(store, "workload-ranking", **given)}
            assert ranked["长治市财政局"] == tasks
    finally:
        load(base, more())
