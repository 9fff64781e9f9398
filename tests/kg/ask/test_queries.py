"""Every file of cypher/ on both engines over one small graph; a new file is covered by being there."""

from __future__ import annotations

import datetime
import itertools
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, cast
from unittest.mock import patch

import pytest
from neo4j import ManagedTransaction

from kg.ask import names, queries
from kg.ask.header import LIMITED
from kg.ask.names import near
from kg.ask.queries import Query
from kg.ask.signature import Column, Parameter, Type, coerce, parameter_schema
from kg.days import today
from kg.engine.store import Answer, Store
from kg.errors import BadParameter, BadQueryFile, NotFound, TooLarge
from kg.words.folding import fold
from tests.kg.small_graph import CHANGZHI, HENGYANG, NOWHERE, STUB, TEXT, WUXIANG, facts, load, span
from tests.samples import QUERIES

each_query = pytest.mark.parametrize("query", QUERIES.values(), ids=list(QUERIES))

Rows = list[dict[str, Any]]


def rows(store: Store, name: str, **given: object) -> Rows:
    return QUERIES[name].run(store, given).rows


SAMPLES: Mapping[str, tuple[Any, ...]] = {
    "text": ("司法", "没有"),
    "words": ("执法 公示", "承諾"),
    "code": ("140406", "140400", "430407", "500110"),
    "integer": (2022, 2021, 5, 0),
    "boolean": (True, False),
    "date": ("2022-12-31", "2021-06-30", "2022-03-21"),
}
NODES = {"agency": "Agency", "function": "Function", "place": "Place", "document": "Document {loaded: true}", "task": "Task"}


def samples(store: Store, type_: Type) -> tuple[Any, ...]:
    """Values worth trying: every option, some of a scalar, and some ids of a kind of node that the graph holds."""
    if type_.name not in NODES:
        return type_.options or SAMPLES[type_.name]
    ids = [row["id"] for row in store.read(f"MATCH (n:{NODES[type_.name]}) RETURN n.id AS id ORDER BY id", {}).rows]
    return tuple(ids[:: 1 + len(ids) // 5])


def variants(store: Store, query: Query) -> Iterator[dict[str, Any]]:
    """The samples of the required parameters alone, each with the next of the parameter before, then the first with each sample
    of each optional one."""
    required = [p for p in query.parameters if p.required]
    tried = [deque(samples(store, p.type)) for p in required]
    for number, values in enumerate(tried):
        values.rotate(number)
    alone = [dict(zip((p.name for p in required), values, strict=True)) for values in zip(*tried, strict=True)] or [{}]
    yield from alone
    for parameter in query.parameters:
        if not parameter.required:
            for value in samples(store, parameter.type):
                yield alone[0] | {parameter.name: value}


def together(store: Store, query: Query) -> Iterator[dict[str, Any]]:
    """The example; it with as many parameters as leave rows, then the same with each other sample of each; likewise with those
    that were left over, and at last with those that leave none. Neo4j plans a query anew for each choice of parameters that
    are given, which takes longer than to run it."""
    yield dict(query.example)
    tried = {p.name: samples(store, p.type) for p in query.parameters}
    left = tried.keys() - query.example.keys()
    while left:
        fullest = fill(store, query, {name: tried[name] for name in tried if name in left})
        added = left & fullest.keys()
        if not added:
            given = {**query.example, **{name: tried[name][0] for name in left}}
            assert accepted(query, given)
            yield given
            return
        yield fullest
        others = (fullest | {name: value} for name in fullest for value in tried[name] if value != fullest[name])
        yield from (given for given in others if accepted(query, given))
        left -= added


def fill(store: Store, query: Query, tried: Mapping[str, tuple[Any, ...]]) -> dict[str, Any]:
    """The example with the first of the values of each parameter that leaves rows."""
    fullest = dict(query.example)
    for name, values in tried.items():
        taken = (value for value in values if accepted(query, fullest | {name: value}))
        with_rows = (value for value in taken if query.run(store, fullest | {name: value}).rows)
        if (value := next(with_rows, None)) is not None:
            fullest |= {name: value}
    return fullest


def accepted(query: Query, given: dict[str, Any]) -> bool:
    """Whether no sample of a first day is later than that of the last."""
    try:
        query.check(given)
    except BadParameter:
        return False
    return True


def assert_same(stores: Mapping[str, Store], query: Query, questions: Iterable[Mapping[str, Any]]) -> None:
    """`stores` hold the same facts; whoever loaded them did so in different orders."""
    one, other = stores.values()
    for given in questions:
        assert timeless(query.run(one, given)) == timeless(query.run(other, given)), given


def timeless(answer: Answer) -> Answer:
    """The answer without when things were loaded."""
    return replace(answer, rows=[row | ({"loaded_at": None} if "loaded_at" in row else {}) for row in answer.rows])


@pytest.fixture(scope="module")
def small_embedded(embedded_store: Store) -> Store:
    """Loaded once for all tests here: they leave it as it was."""
    return load(embedded_store, facts())


@pytest.fixture(scope="module")
def small_neo4j(neo4j_store: Store) -> Store:
    return load(neo4j_store, facts(), backwards=True)


@pytest.fixture(params=["embedded", "neo4j"])
def small_store(request: pytest.FixtureRequest) -> Store:
    found: Store = request.getfixturevalue(f"small_{request.param}")
    return found


# Every query


@each_query
def test_both_engines_give_the_same_rows_in_the_same_order(small_embedded: Store, small_neo4j: Store, query: Query) -> None:
    assert query.run(small_embedded, query.example).rows
    assert_same({"embedded": small_embedded, "neo4j": small_neo4j}, query, together(small_embedded, query))


@each_query
def test_runs_in_neo4j_browser_as_it_is(small_store: Store, query: Query) -> None:
    """The :param line says what the example says."""
    said = re.search(r"^// :param (\{.*\})$", query.cypher, re.MULTILINE)
    assert said
    in_browser = small_store.read(f"RETURN {said[1]} AS parameters", {}).rows[0]["parameters"]
    unsaid: dict[str, object] = {query.likeness.name: None} if query.likeness else {}
    unsaid |= {"most": 500} if "LIMIT $most" in query.cypher else {}
    assert query.bind(small_store, query.example) | unsaid == in_browser
    assert small_store.read(query.cypher, in_browser).rows == query.run(small_store, query.example).rows


@pytest.mark.parametrize("query", [query for query in QUERIES.values() if LIMITED in query.cypher], ids=lambda q: q.name)
def test_a_limit_leaves_out_what_comes_last(small_embedded: Store, query: Query) -> None:
    for given in (query.example, *variants(small_embedded, query)):
        bound = query.bind(small_embedded, given)
        rows = [*query.stream(small_embedded, bound)]
        for limit in {1, 2, len(rows) - 1, len(rows)} - {-1, 0}:
            answer = query.fetch(small_embedded, bound, limit)
            assert (answer.rows, answer.truncated) == (rows[:limit], limit < len(rows)), (given, limit)


def test_the_fields_of_maps_come_in_the_order_of_the_header(small_store: Store) -> None:
    one = Type("map", fields=(("due", Type("integer")), ("by", Type("integer"))))
    types = {"one": one, "many": replace(one, many=True), "none": replace(one, nullable=True)}
    columns = tuple(Column(name, type_, "", None) for name, type_ in types.items())
    said = "RETURN {by: 1, due: 2} AS one, [{by: 3, due: 4}, {due: 5, by: 6}] AS many, null AS none"
    query = replace(QUERIES["overview"], columns=columns, cypher=said)
    bound = query.bind(small_store, {})
    for [row] in (query.fetch(small_store, bound).rows, [*query.stream(small_store, bound)]):
        found = [[*map_.items()] for map_ in (row["one"], *row["many"])]
        assert found == [[("due", 2), ("by", 1)], [("due", 4), ("by", 3)], [("due", 5), ("by", 6)]]
        assert row["none"] is None


@each_query
def test_places_below_one_are_found_from_it(query: Query) -> None:
    """The embedded engine begins with what is written first: it would look at all places."""
    assert not re.search(r"MATCH \(\w*:Place\)-\[:PART_OF\]->", query.cypher)


@each_query
def test_begins_with_what_is_asked_for(query: Query) -> None:
    """As above: it would look at all documents for the one of a task."""
    for name in (p.name for p in query.parameters if p.required and p.type.name in names.KINDS):
        assert re.search(rf"(?:MATCH |, )\(\w*:\w+ {{id: \${name}}}\)", query.cypher), name


@pytest.mark.parametrize(
    ("name", "given"),
    [
        *((name, {"place": "140400"}) for name in ("deadlines", "joint-leads", "ledger", "responsibility-edges")),
        *((name, {"place": "140400"}) for name in ("documents", "similar-tasks", "tasks-without-lead")),
        *((name, {"place": "140400"}) for name in ("deadline-board", "overdue", "progress-by-agency", "workload-matrix")),
        ("no-report-since", {"place": "140400", "since": "2022-12-01"}),
        *((name, {"agency": "长治市司法局"}) for name in ("deadlines", "ledger")),
        *((name, {"agency": "长治市司法局"}) for name in ("deadline-board", "overdue", "progress-by-agency")),
        ("no-report-since", {"agency": "长治市司法局", "since": "2022-12-01"}),
        ("deadlines", {"due_from": "2022-07-01", "due_to": "2022-12-31"}),
        ("similar-tasks", {"function": "司法局"}),
        ("citing-documents", {"cited": STUB}),
        ("citing-documents", {"cited": "国务院", "place": "140400"}),
    ],
)
def test_what_is_held_elsewhere_costs_neo4j_nothing(neo4j_store: Store, name: str, given: dict[str, str]) -> None:
    def ask() -> Statements:
        return [(QUERIES[name].cypher, QUERIES[name].bind(neo4j_store, given) | {"most": 501})]

    assert costs_of_much_elsewhere(neo4j_store, ask) < 100


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("agency", "长治市发展改革委"),
        ("agency", "长治市司法局"),
        ("document", "长政办发[2022]14号"),
        ("document", "长治市2022年工作要点"),
        ("function", "发展改革委"),
        ("function", "衡阳市司法局"),
        ("place", "长治"),
        ("task", f"{CHANGZHI.replace('〔', '[').replace('〕', ']')}:1.1"),
    ],
)
def test_nor_does_it_where_neo4j_looks_up_a_name(neo4j_store: Store, kind: str, said: str) -> None:
    def ask() -> Statements:
        with patch.object(neo4j_store, "read", wraps=neo4j_store.read) as read:
            assert names.resolve(neo4j_store, kind, [said])
        return [(call.args[0], call.args[1]) for call in read.call_args_list if not call.args[0].startswith("SHOW")]

    assert costs_of_much_elsewhere(neo4j_store, ask) < 100


Statements = list[tuple[str, dict[str, Any]]]


def costs_of_much_elsewhere(store: Store, ask: Callable[[], Statements]) -> int:
    """How much more a Neo4j looks at, by its own count, to answer what is asked when it holds 100 documents more of 衡阳, each
    with a task, a unit and a cited document of its own."""

    def looked_at() -> int:
        with store._driver.session() as session:
            plans = [session.run(f"PROFILE {statement}", sent).consume().profile or {} for statement, sent in ask()]
        hits = 0
        while plans:
            plan = plans.pop()
            hits += plan["args"].get("DbHits", 0)
            plans += plan.get("children", [])
        return hits

    def add(tx: ManagedTransaction) -> None:
        tx.run(
            "MATCH (p:Place {id: '430400'}) MATCH (f:Function {id: '财政局'}) UNWIND range(1, 100) AS n "
            "CREATE (d:Document {id: 'more' + n, title: 'more', loaded: true, counted: true})-[:CONCERNS]->(p) "
            "CREATE (d)-[:HAS_TASK]->(t:Task {id: 'more' + n + ':1', order: 1}) "
            "CREATE (d)-[:CITES {title: 'cited'}]->(:Document {id: 'cited:' + n, title: 'cited', loaded: false}) "
            "CREATE (a:Agency {id: 'more' + n, name: '衡阳市第' + n + '局', printed: ['市某局'], words: '市某局'}) "
            "CREATE (f)<-[:PERFORMS]-(a)-[:IN]->(p) CREATE (a)-[:LEADS {name: '市某局', basis: 'clause'}]->(t)"
        ).consume()

    load(store, facts(), backwards=True)
    before = looked_at()
    store.write(add)
    try:
        return looked_at() - before
    finally:
        load(store, facts(), backwards=True)


@each_query
def test_starts_from_loaded_documents(small_store: Store, query: Query) -> None:
    """On Neo4j by its example only: that the others give there what they give here is tested above."""
    others = variants(small_store, query) if small_store.engine == "embedded" else ()
    bound = [query.bind(small_store, given) for given in [query.example, *others]]

    def set_loaded(tx: ManagedTransaction, *, loaded: bool) -> None:
        tx.run("MATCH (d:Document) WHERE d.id <> $stub SET d.loaded = $loaded", stub=STUB, loaded=loaded).consume()

    small_store.write(lambda tx: set_loaded(tx, loaded=False))
    try:
        assert [query.fetch(small_store, one).rows for one in bound] == [[]] * len(bound)
    finally:
        small_store.write(lambda tx: set_loaded(tx, loaded=True))


@each_query
def test_says_when_rows_are_left_out(small_store: Store, query: Query) -> None:
    answer = query.run(small_store, query.example, limit=1)
    assert (len(answer.rows), answer.truncated) == (1, len(query.run(small_store, query.example).rows) > 1)


# What they say, on one engine: the other says the same, see above


def test_obligations_tell_bases_apart(small_embedded: Store) -> None:
    clauses = rows(small_embedded, "obligations-across-places", function="司法局", role="LEADS", basis="clause")
    assert [row["agency"] for row in clauses] == ["司法部", "长治市司法局", "武乡县司法局", "衡阳市司法局"]
    everything = rows(small_embedded, "obligations-across-places", function="司法局", role="LEADS")
    assert [row["basis"] for row in everything].count("clause") == 4
    assert {row["basis"] for row in everything} == {"clause", "narrative", "default"}
    first = clauses[1]
    assert (first["task_number"], first["doc_number"], first["deadlines"][0]["due_on"]) == (
        "（一）",
        "长政办发〔2022〕14号",
        "2022-12-31",
    )
    assert TEXT[first["start"] : first["end"]] == first["quote"] == "市司法局"


@pytest.mark.parametrize(
    ("given", "agencies"),
    [
        ({"place": "山西省"}, ["长治市司法局", "武乡县司法局"]),
        ({"place": "140429"}, ["武乡县司法局"]),
        ({"level": "nation"}, ["司法部"]),
        ({"year": 2021}, ["衡阳市司法局"]),
        ({"issued_from": "2022-04-01"}, ["武乡县司法局"]),
        ({"issued_to": "2022-04-01"}, ["长治市司法局"]),
        ({"due_before": "2022-12-31"}, ["长治市司法局", "衡阳市司法局"]),
    ],
)
def test_filters(small_embedded: Store, given: dict[str, object], agencies: list[str]) -> None:
    found = rows(small_embedded, "obligations-across-places", function="司法局", role="LEADS", basis="clause", **given)
    assert [row["agency"] for row in found] == agencies


def counts(store: Store, agency: str, **given: object) -> dict[tuple[str, str], tuple[int, int, int]]:
    found = rows(store, "agency-workload", agency=agency, today="2022-11-01", **given)
    return {(row["split"], row["key"]): (row["leads"], row["participates"], row["tasks"]) for row in found}


def test_workload_counts_tasks_once_and_never_adds_narrative_silently(small_embedded: Store) -> None:
    assert counts(small_embedded, "长治市司法局") == {
        ("all", "all"): (1, 1, 2),
        ("basis", "clause"): (1, 1, 2),
        ("basis", "narrative"): (1, 0, 1),
        ("document", CHANGZHI): (1, 1, 2),
        ("deadline", "none"): (0, 1, 1),
        ("deadline", "next-90-days"): (1, 0, 1),
    }
    with_narrative = counts(small_embedded, "长治市司法局", basis="clause,narrative")
    assert with_narrative["all", "all"] == (2, 0, 2), "LEADS wins over PARTICIPATES"


@pytest.mark.parametrize(
    ("today", "bucket"),
    [("2022-12-31", "next-90-days"), ("2023-01-01", "past"), ("2022-10-02", "next-90-days"), ("2022-10-01", "later")],
)
def test_workload_buckets(small_embedded: Store, today: str, bucket: str) -> None:
    found = rows(small_embedded, "agency-workload", agency="长治市财政局", today=today)
    assert [row["key"] for row in found if row["split"] == "deadline"] == ["none", bucket]


def test_workload_through_a_collective_stands_apart(small_embedded: Store) -> None:
    assert counts(small_embedded, "武乡县人民政府") == {("collective", "all:140400:各县区人民政府"): (0, 2, 2)}


def test_ranking(small_embedded: Store) -> None:
    best = rows(small_embedded, "workload-ranking")
    assert [(row["agency"], row["tasks"]) for row in best][:2] == [("长治市财政局", 2), ("长治市司法局", 2)]
    assert not any(row["collective"] for row in best)
    assert [row["agency"] for row in rows(small_embedded, "workload-ranking", collective=True)] == ["长治市各县区人民政府"]
    codes = [row["place_code"] or "-" for row in rows(small_embedded, "workload-ranking", by="place")]
    assert codes == sorted(codes)


def test_compare_places(small_embedded: Store) -> None:
    found = rows(small_embedded, "compare-places", functions=["司法局"], places=["长治市", "430400"])
    assert [(row["place"], row["leads"], row["participates"]) for row in found] == [
        ("长治市", 1, 1),
        ("武乡县", 1, 0),
        ("衡阳市", 1, 0),
    ]
    assert found[0]["agencies"] == [{"agency": "长治市司法局", "agency_id": "140400:司法局"}]


def test_places_and_collectives_stand_apart(small_store: Store) -> None:
    parts = ("place", "collective", "tasks")
    asked: dict[str, dict[str, Any]] = {"compare-places": {}, "compare-functions": {"function": "司法局"}}
    for name, given in asked.items():
        both = [tuple(row[part] for part in parts) for row in rows(small_store, name, **given)]
        assert [row for row in both if row[1]] == [
            tuple(r[p] for p in parts) for r in rows(small_store, name, **given, collective=True)
        ]
        assert [row for row in both if not row[1]] == [
            tuple(r[p] for p in parts) for r in rows(small_store, name, **given, collective=False)
        ]


def test_partners(small_embedded: Store) -> None:
    found = {row["partner"]: row for row in rows(small_embedded, "partners", agency="长治市司法局")}
    parts = ("tasks", "both_lead", "agency_leads", "partner_leads")
    shared = {name: tuple(row[part] for part in parts) for name, row in found.items()}
    assert shared == {
        "长治市财政局": (2, 1, 0, 1),
        "长治市发展和改革委员会": (1, 0, 1, 0),
        "长治市各县区人民政府": (1, 0, 1, 0),
    }
    assert found["长治市各县区人民政府"]["collective"]


def test_tasks_without_lead_and_with_more_than_one(small_embedded: Store) -> None:
    assert rows(small_embedded, "tasks-without-lead") == []
    by_clause = rows(small_embedded, "tasks-without-lead", basis="clause", kind=["task", "safeguard"])
    assert [row["task"] for row in by_clause] == ["加强组织领导", "公开"]
    assert [row["agency"] for row in by_clause[0]["participants"]] == ["长治市各县区人民政府"]
    joint = rows(small_embedded, "joint-leads")
    assert [(row["task"], [lead["agency"] for lead in row["leads"]]) for row in joint] == [
        ("全面推行执法公示", ["长治市司法局", "长治市财政局"])
    ]


def test_documents_and_their_tasks(small_embedded: Store) -> None:
    found = rows(small_embedded, "documents")
    assert [row["place_code"] for row in found] == [None, "140400", "140429", "430400"]
    assert [(cited["document_id"], cited["loaded"]) for cited in found[1]["cites"]] == [(STUB, False)]
    tasks = rows(small_embedded, "document-tasks", document="长政办发(2022)14号")
    assert [row["task_number"] for row in tasks] == ["（一）", "（二）", "（三）"]
    assert tasks[0]["headings"] == ["一、执法𠮷"]
    assert [unit["agency"] for unit in tasks[0]["participants"]] == ["长治市发展和改革委员会", "长治市各县区人民政府"]


def test_deadlines(small_embedded: Store) -> None:
    found = rows(small_embedded, "deadlines", due_from="2022-12-31", due_to="2023-01-10")
    assert [(row["due_on"], row["task"], [lead["agency"] for lead in row["leads"]]) for row in found] == [
        ("2022-12-31", None, []),  # it binds the whole document
        ("2022-12-31", "全面推行执法公示", ["长治市司法局", "长治市财政局"]),
        ("2022-12-31", "加强组织领导", []),
        ("2023-01-10", "转办", ["武乡县司法局"]),
    ]
    assert [row["every"] for row in rows(small_embedded, "deadlines", kind="recurring")] == ["half-year"]


def test_a_day_of_the_whole_document_is_inherited_in_every_answer(small_embedded: Store) -> None:
    """加强组织领导 names none; its collective takes part in it."""
    collective, task = "长治市各县区人民政府", f"{CHANGZHI}:1.3"
    for name, given in (
        ("agency-obligations", {"agency": collective, "due_before": "2022-12-31"}),
        ("bound-by-collectives", {"place_code": "140406"}),
        ("document-tasks", {"document": CHANGZHI}),
        ("ledger", {"agency": collective}),
        ("task", {"task": task}),
    ):
        limits = {
            row["task_id"]: [(d["due_on"], d["inherited"]) for d in row["deadlines"]]
            for row in rows(small_embedded, name, **given)
        }
        assert limits[task] == [("2022-12-31", True)], name
    inherited = [row["task_id"] for row in rows(small_embedded, "deadlines") if row["inherited"]]
    assert inherited == [row["task_id"] for row in rows(small_embedded, "deadline-board") if row["inherited"]] == [task]
    assert task not in [row["task_id"] for row in rows(small_embedded, "deadlines", inherited=False)]
    (due,) = [
        row
        for row in rows(small_embedded, "agency-workload", agency=collective, today="2022-12-01")
        if row["split"] == "deadline"
    ]
    assert (due["key"], due["tasks"]) == ("next-90-days", 2)
    assert [row["kind"] for row in rows(small_embedded, "document-facts", document=CHANGZHI)].count(
        "deadline"
    ) == 3  # each once
    assert rows(small_embedded, "overview")[0]["deadlines"] == 5


def test_principles(small_embedded: Store) -> None:
    found = rows(small_embedded, "principles", shared=True)
    assert [[other["place"] for other in row["shared_with"]] for row in found] == [["衡阳市"], ["长治市"]]
    assert rows(small_embedded, "principles", shared=False) == []


def test_principles_are_the_same_in_parts(small_embedded: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    query = QUERIES["principles"]
    whole = query.run(small_embedded, {}).rows
    assert [row["document_id"] for row in whole] == [CHANGZHI, HENGYANG]
    for given, documents in (
        *(({}, [CHANGZHI, HENGYANG]), ({"documents": [HENGYANG]}, [HENGYANG]), ({"place": "长治市"}, [CHANGZHI])),
        *(({"documents": [HENGYANG], "place": "长治市"}, []), ({"q": "无此"}, [])),
    ):
        found = query.run(small_embedded, given).rows
        assert found == [row for row in whole if row["document_id"] in documents]
        assert small_embedded.read(query.cypher, query.bind(small_embedded, given)).rows == found
    monkeypatch.setattr(queries, "_AT_ONCE", 1)
    assert query.run(small_embedded, {}).rows == whole
    answer = query.run(small_embedded, {}, limit=1)
    assert (answer.rows, answer.truncated) == (whole[:1], True)


def test_task_gives_the_text_around_each_quote(small_embedded: Store) -> None:
    """The text before holds characters beyond the basic plane, which neither engine may count twice."""
    (task,) = rows(small_embedded, "task", task=f"{CHANGZHI}:1.1", context=30)
    assert len(task["units"]) == 4
    for part in task["units"] + task["deadlines"]:
        start, end = part["start"], part["end"]
        assert part["before"] + part["quote"] + part["after"] == TEXT[max(0, start - 30) : end + 30]
    (all_before,) = rows(small_embedded, "task", task=f"{CHANGZHI}:1.1", context=2**31 - 1)
    assert all_before["units"][0]["before"] == TEXT[: all_before["units"][0]["start"]]


@pytest.mark.parametrize(
    ("asked", "tasks"),
    [
        ({"agency": "武乡县人民政府"}, 2),
        ({"place_code": "140406"}, 2),  # 潞城区, which no document names
        ({"place_code": "140400"}, 0),  # 各县区 are not the city
        ({"place_code": "430407"}, 0),  # those of another city
        ({"agency": "长治市司法局"}, 0),
    ],
)
def test_what_binds_a_county_without_naming_it(small_embedded: Store, asked: dict[str, str], tasks: int) -> None:
    found = rows(small_embedded, "bound-by-collectives", **asked)
    assert [row["quote"] for row in found] == ["各县区人民政府"] * tasks


def test_a_name_is_no_code(small_embedded: Store) -> None:
    with pytest.raises(BadParameter, match="place_code='潞城区' is not accepted"):
        rows(small_embedded, "bound-by-collectives", place_code="潞城区")


def test_evidence_says_the_page(small_embedded: Store) -> None:
    turn = TEXT.index("（二）")
    for found in (
        rows(small_embedded, "agency-obligations", agency="长治市司法局"),
        rows(small_embedded, "obligations-across-places", function="司法局"),
    ):
        expected = [1 + (row["start"] >= turn) if row["document_id"] == CHANGZHI else None for row in found]
        assert [row["page"] for row in found] == expected
        assert {1, 2} <= set(expected)
    (task,) = rows(small_embedded, "task", task=f"{CHANGZHI}:1.1")
    assert {part["page"] for part in [task, *task["units"], *task["deadlines"]]} == {1}
    (task,) = rows(small_embedded, "task", task=f"{CHANGZHI}:1.2")
    assert [part["page"] for part in [task, *task["deadlines"]]] == [2, 2]
    (task,) = rows(small_embedded, "task", task=f"{WUXIANG}:1.1")
    assert {part["page"] for part in [task, *task["units"]]} == {None}


def test_agencies_are_found_by_any_part_of_the_name(small_embedded: Store) -> None:
    assert [row["agency_id"] for row in rows(small_embedded, "agencies", q="衡阳")] == [
        "430400:司法局",
        "430400:行政审批服务局",
    ]
    collectives = rows(small_embedded, "agencies", collective=True)
    assert [row["agency"] for row in collectives] == ["长治市各县区人民政府"]


def pairs(found: Rows) -> list[tuple[str, str, int, bool]]:
    return [(row["task"], row["other_task"], row["score"], row["across_places"]) for row in found]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (
            {},
            [
                ("各单位协作", "每半年通报一次", 50, False),
                ("全面推行执法公示", "告知承诺制", 61, True),
                ("每半年通报一次", "各单位协作", 50, False),
                ("转办", "告知承诺制", 40, True),
                ("告知承诺制", "全面推行执法公示", 61, True),
                ("告知承诺制", "转办", 40, True),
            ],
        ),
        ({"task": f"{HENGYANG}:1.1"}, [("告知承诺制", "全面推行执法公示", 61, True), ("告知承诺制", "转办", 40, True)]),
        (
            {"across": "places", "place": "长治市"},
            [("全面推行执法公示", "告知承诺制", 61, True), ("转办", "告知承诺制", 40, True)],
        ),
        ({"min_score": 61}, [("全面推行执法公示", "告知承诺制", 61, True), ("告知承诺制", "全面推行执法公示", 61, True)]),
        (
            {"function": "司法局", "year": 2021, "level": "city"},
            [("告知承诺制", "全面推行执法公示", 61, True), ("告知承诺制", "转办", 40, True)],
        ),
        ({"issued_from": "2022-04-01"}, [("转办", "告知承诺制", 40, True)]),
        ({"same": False}, [("各单位协作", "每半年通报一次", 50, False), ("每半年通报一次", "各单位协作", 50, False)]),
    ],
)
def test_similar_tasks(small_embedded: Store, given: dict[str, object], expected: list[tuple[str, str, int, bool]]) -> None:
    found = rows(small_embedded, "similar-tasks", **given)
    assert pairs(found) == expected
    for row in found:
        assert TEXT[row["start"] : row["end"]] == row["quote"]
        assert TEXT[row["other_start"] : row["other_end"]] == row["other_quote"]


def test_similar_tasks_are_the_same_in_parts(small_embedded: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    query = QUERIES["similar-tasks"]
    monkeypatch.setattr(queries, "_AT_ONCE", 1)
    whole = query.run(small_embedded, {}).rows
    documents = list(dict.fromkeys(row["document_id"] for row in whole))
    assert len(documents) > 1
    for document in documents:
        found = query.run(small_embedded, {"documents": [document]}).rows
        assert found == [row for row in whole if row["document_id"] == document]
    assert query.run(small_embedded, {"documents": documents[:1] * 2}).rows == [
        row for row in whole if row["document_id"] == documents[0]
    ]
    assert small_embedded.read(query.cypher, query.bind(small_embedded, {})).rows == whole
    answer = query.run(small_embedded, {}, limit=1)
    assert (answer.rows, answer.truncated) == (whole[:1], True)


@pytest.mark.parametrize(
    ("given", "tasks"),
    [
        ({}, ["每半年通报一次", "公开"]),  # what is like a task of nobody knows where is like no other place's
        ({"place": "湖南省"}, ["公开"]),
        ({"function": "财政局"}, ["每半年通报一次"]),
        ({"year": 2021}, ["公开"]),
        ({"level": "county"}, []),
        ({"against": "衡阳市", "place": "长治市"}, ["每半年通报一次"]),
        ({"against": "武乡县", "place": "衡阳市"}, ["公开"]),
        ({"against": "武乡县", "place": "140400"}, ["全面推行执法公示", "每半年通报一次", "转办"]),
    ],
)
def test_unique_tasks(small_embedded: Store, given: dict[str, object], tasks: list[str]) -> None:
    assert [row["task"] for row in rows(small_embedded, "unique-tasks", **given)] == tasks


def test_a_unique_task_says_what_it_was_compared_with(small_embedded: Store) -> None:
    """Likest is what does not count: a task of a place that was not asked about, or of nobody knows where."""

    def said(**given: object) -> list[tuple[int, int | None, str | None]]:
        found = rows(small_embedded, "unique-tasks", **given)
        near = [row["nearest"] or {"score": None, "task_id": None} for row in found]
        return [(row["compared"], one["score"], one["task_id"]) for row, one in zip(found, near, strict=True)]

    assert said() == [(2, 50, f"{NOWHERE}:1.1"), (2, None, None)]
    assert said(against="武乡县", place="140400") == [
        (1, 61, f"{HENGYANG}:1.1"),
        (1, 50, f"{NOWHERE}:1.1"),
        (0, 40, f"{HENGYANG}:1.1"),
    ]


@pytest.mark.parametrize(
    ("query", "given", "found"),
    [
        ("agency-obligations", {"agency": "长治市司法局", "q": "公示"}, ["1.1"]),
        ("obligations-across-places", {"function": "司法局", "q": "承諾"}, ["1.1"]),
        ("ledger", {"q": "全面 公示"}, ["1.1"]),
        ("ledger", {"q": "全面 承诺"}, []),
        ("tasks-without-lead", {"basis": "clause", "q": "公开"}, ["1.2"]),
        ("deadlines", {"q": "通报"}, ["1.2"]),
        ("deadlines", {"q": "长治市2022年工作要点"}, [None]),  # the title of a document that has a day
    ],
)
def test_words_of_a_topic(small_embedded: Store, query: str, given: dict[str, str], found: list[str | None]) -> None:
    ids = [row["task_id"] for row in rows(small_embedded, query, **given)]
    assert [id_ and id_.rpartition(":")[2] for id_ in ids] == found


FORBIDDEN = ("partners", "joint-leads", "deadline-board", "compare-leads", "unique-tasks", "responsibility-edges", "same-work")


@pytest.mark.parametrize("query", FORBIDDEN)
def test_what_is_forbidden_counts_only_where_asked(small_embedded: Store, query: str) -> None:
    """市财政局 must not do what it else leads: then it is in no row, unless both are asked for."""
    f = facts()
    forbidden = [
        (*row[:3], {**row[3], "properties": {**row[3]["properties"], "modality": "must not"}})
        if row[0] == "LEADS" and "财政局" in row[3]["start"]
        else row
        for row in f.relationships
    ]
    asked = {"agency": "长治市财政局"} if query in ("partners", "deadline-board") else {}
    before = rows(small_embedded, query, **asked)
    try:
        changed = load(small_embedded, replace(f, relationships=forbidden))
        without, everything = (rows(changed, query, **asked, modality=modality) for modality in ("must", "must,must not"))
    finally:
        load(small_embedded, facts())
    assert before == everything != without
    assert "财政局" not in str([(row.get("leads"), row.get("one"), row.get("other")) for row in without])


def leads(found: Rows) -> list[tuple[str, str, int | None, list[str], list[str]]]:
    def names(units: list[dict[str, Any]]) -> list[str]:
        return [unit["function"] for unit in units]

    return [(row["work"], row["place"], row["score"], names(row["leads"]), names(row["participants"])) for row in found]


TWO_CITIES = ("compare-leads", {"level": "city"})


def test_compare_leads_is_the_same_in_parts(small_embedded: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some groups at a time, no more than are read, or all at once, as in Neo4j Browser; that Neo4j gives the same is tested
    above, by the examples for all at once."""
    query = QUERIES["compare-leads"]
    given = {"works": [f"{document}:1.1" for document in (WUXIANG, HENGYANG, CHANGZHI)]}
    whole = query.run(small_embedded, given).rows
    assert [row["work_id"] for row in whole] == [f"{CHANGZHI}:1.1"] * 2 + [f"{WUXIANG}:1.1"] * 2 + [f"{HENGYANG}:1.1"] * 3
    assert small_embedded.read(query.cypher, query.bind(small_embedded, given)).rows == whole
    for about in ("compare-leads", "same-work"):
        asked_of: tuple[dict[str, Any], ...] = (
            *({"documents": [HENGYANG]}, {"documents": [CHANGZHI]}),
            *({}, {"level": "city"}, {"place": "长治市"}),
        )
        for each in asked_of:
            bound = QUERIES[about].bind(small_embedded, each)
            found = QUERIES[about].run(small_embedded, each).rows
            assert small_embedded.read(QUERIES[about].cypher, bound).rows == found
            assert len(found) == (0 if each == {"documents": [CHANGZHI]} else 2 if (about, each) == TWO_CITIES else 3)
    monkeypatch.setattr(queries, "_AT_ONCE", 1)
    assert query.run(small_embedded, given).rows == whole
    asked: list[object] = []
    stream = Store.stream

    def asking(store: Store, *how: Any) -> Iterator[dict[str, Any]]:
        asked.append(how)
        return stream(store, *how)

    monkeypatch.setattr(Store, "stream", asking)
    answer = query.run(small_embedded, given, limit=1)
    assert (answer.rows, answer.truncated, len(asked)) == (whole[:1], True, 1)


def test_compare_leads_puts_alike_tasks_together_once(small_embedded: Store) -> None:
    """衡阳's task is like those of two places that are not like each other: one group, which is around it."""
    found = rows(small_embedded, "compare-leads")
    assert leads(found) == [
        ("告知承诺制", "长治市", 61, ["司法局", "财政局"], ["发展和改革委员会", "各县区人民政府"]),
        ("告知承诺制", "武乡县", 40, ["司法局"], []),
        ("告知承诺制", "衡阳市", None, ["司法局"], ["行政审批服务局"]),
    ]
    about = ("places", "differs", "differs_in", "unplaced")
    assert {(*(row[of] for of in about), *row["common_leads"]) for row in found} == {(3, True, "list", 1, "司法局")}
    assert [row["leads"][0]["quote"] for row in found] == ["市司法局", "县司法局", "市司法局"]


@pytest.mark.parametrize(
    ("given", "places"),
    [
        ({"differs": False}, []),
        ({"place": "长治市"}, ["长治市", "武乡县", "衡阳市"]),
        ({"place": "山西省"}, ["长治市", "武乡县", "衡阳市"]),
        ({"functions": "行政审批服务局"}, ["长治市", "武乡县", "衡阳市"]),
        ({"functions": "财政局,司法局"}, ["长治市", "武乡县", "衡阳市"]),
        ({"functions": "财政局", "basis": "narrative"}, []),
        ({"places": "衡阳市,武乡县"}, ["武乡县", "衡阳市"]),
        ({"places": "衡阳市"}, []),
        ({"q": "執法 公示"}, ["长治市", "武乡县", "衡阳市"]),
        ({"q": "公开"}, []),
        ({"level": "city"}, ["长治市", "衡阳市"]),
        ({"year": 2022}, []),
        ({"basis": "default", "differs": False}, []),  # none names a lead
        ({"basis": "default"}, ["长治市", "武乡县", "衡阳市"]),
        ({"modality": "must not", "differs": True}, []),
    ],
)
def test_compare_leads_filters(small_embedded: Store, given: dict[str, object], places: list[str]) -> None:
    assert [row["place"] for row in rows(small_embedded, "compare-leads", **given)] == places


def test_who_leads_is_not_said_to_differ_unless_two_places_name_someone(small_embedded: Store) -> None:
    """Two of three places entrust it to the same line of work first; then to another; the third names nobody."""
    f = facts()
    task = f"{HENGYANG}:1.1"
    silent = [row for row in f.relationships if row[3]["end"] != f"{CHANGZHI}:1.1" or row[0] not in ("LEADS", "PARTICIPATES")]
    other = [
        (*row[:3], {**row[3], "start": "430400:行政审批服务局"}) if row[0] == "LEADS" and row[3]["end"] == task else row
        for row in silent
    ]
    none = [row for row in silent if row[0] != "LEADS" or row[3]["end"] != task]
    try:
        for relationships, said in ((silent, (False, None)), (other, (True, "first")), (none, (None, None))):
            found = rows(load(small_embedded, replace(f, relationships=relationships)), "compare-leads")
            assert {(row["differs"], row["differs_in"]) for row in found} == {said}
    finally:
        load(small_embedded, facts())


def test_a_work_stands_around_the_task_that_is_the_same_as_most(small_embedded: Store) -> None:
    """What is alike but not the same work is in none."""
    found = rows(small_embedded, "same-work")
    assert [(row["place"], row["score"], row["year"], [lead["function"] for lead in row["leads"]]) for row in found] == [
        ("长治市", 61, 2022, ["司法局", "财政局"]),
        ("武乡县", 40, 2022, ["司法局"]),
        ("衡阳市", None, 2021, ["司法局"]),
    ]
    assert {(row["work"], row["work_id"], row["documents"], row["places"]) for row in found} == {
        ("告知承诺制", f"{HENGYANG}:1.1", 3, 3)
    }


@pytest.mark.parametrize(
    ("given", "number"),
    [
        ({"q": "執法 公示"}, 3),
        ({"q": "通报"}, 0),
        ({"place": "武乡县"}, 3),
        ({"place": "湖南省", "level": "city"}, 3),
        ({"level": "county", "year": 2021}, 0),
        ({"function": "财政局"}, 3),
        ({"function": "财政局", "basis": "narrative"}, 0),
    ],
)
def test_a_work_is_whole_whichever_of_its_tasks_is_asked_for(
    small_embedded: Store, given: dict[str, object], number: int
) -> None:
    assert len(rows(small_embedded, "same-work", **given)) == number


def test_the_line_of_a_task_goes_up_and_down_and_not_aside(small_embedded: Store) -> None:
    """衡阳's task is the same work, but of another province; a body of the nation issues what is of no place."""
    f = facts()
    city, county, nation = f"{CHANGZHI}:1.1", f"{WUXIANG}:1.1", f"{NOWHERE}:1.1"
    f.relationship("ISSUED", ("Agency", "-:司法部"), ("Document", NOWHERE))
    for one, other in ((city, county), (nation, city)):
        ends = ("Task", min(one, other)), ("Task", max(one, other))
        f.relationship("SIMILAR_TO", *ends, {"score": 70, "same": True})
    f.relationship("CITES", ("Document", WUXIANG), ("Document", CHANGZHI), span("县司法局"))

    def line(task: str) -> list[tuple[str, str | None, str | None, str | None]]:
        found = rows(small_embedded, "cascade", task=task)
        return [(row["link"], row["level"], row["task_id"], (row["citation"] or {}).get("quote")) for row in found]

    try:
        load(small_embedded, f)
        assert line(city) == [
            ("same", "nation", nation, None),
            ("cited", None, None, "执法公示"),
            ("itself", "city", city, None),
            ("same", "county", county, "县司法局"),
        ]
        assert line(county) == [
            ("same", "city", city, "县司法局"),
            ("itself", "county", county, None),
        ]
        assert [row[:2] for row in line(nation)] == [("itself", "nation"), ("same", "city")]
        assert [row[0] for row in line(f"{HENGYANG}:1.1")] == ["itself"]
    finally:
        load(small_embedded, facts())


def test_changes_where_only_links_tell(small_embedded: Store) -> None:
    """As in Neo4j Browser: these documents are held without what tasks are compared by."""
    found = rows(small_embedded, "changes", document=CHANGZHI, former=HENGYANG)
    assert [(row["change"], row["task"], row["former_task"], row["score"]) for row in found] == [
        ("moved", "全面推行执法公示", "告知承诺制", 61),
        ("added", "每半年通报一次", None, None),
        ("dropped", None, "公开", None),
    ]
    assert (found[0]["lead_moved"], found[0]["date_moved"]) == (True, True)
    assert [
        row["change"] for row in rows(small_embedded, "changes", document=CHANGZHI, former=HENGYANG, function="行政审批服务局")
    ] == ["moved"]
    left_out = rows(small_embedded, "gaps", document=CHANGZHI, counterpart=HENGYANG, min_score=62)
    assert [(row["task"], row["nearest"] and row["nearest"]["score"]) for row in left_out] == [
        ("全面推行执法公示", 61),
        ("每半年通报一次", None),
    ]


def test_compare_functions(small_embedded: Store) -> None:
    found = rows(small_embedded, "compare-functions", function="司法局", partners=1)
    parts = ("place", "tasks", "leads", "joint_leads", "participates", "documents", "with_deadline")
    assert [tuple(row[part] for part in parts) for row in found] == [
        (None, 1, 1, 0, 0, 1, 0),
        ("长治市", 2, 1, 1, 1, 1, 2),
        ("武乡县", 1, 1, 0, 0, 1, 1),
        ("衡阳市", 1, 1, 0, 0, 1, 1),
    ]
    assert found[1]["partners"] == [{"function": "财政局", "tasks": 2, "leads": 2}]
    assert [limit["quote"] for limit in found[1]["deadlines"]] == ["2022年底前", "每半年"]
    assert found[1]["agencies"] == [{"agency": "长治市司法局", "agency_id": "140400:司法局"}]


def test_compare_principles(small_embedded: Store) -> None:
    found = rows(small_embedded, "compare-principles")
    assert [(row["principle"], row["places"], row["place"], row["quote"]) for row in found] == [
        ("需求导向", 2, "长治市", "坚持需求导向"),
        ("需求导向", 2, "衡阳市", "坚持需求导向"),
    ]
    assert [row["place"] for row in rows(small_embedded, "compare-principles", place="衡阳市")] == ["衡阳市"]
    assert (
        rows(small_embedded, "compare-principles", shared=False) == rows(small_embedded, "compare-principles", q="坚持") == []
    )


# Parameters


@pytest.mark.parametrize(
    ("type_", "given", "read"),
    [
        (Type("integer"), "2022", 2022),
        (Type("integer"), 2022, 2022),
        (Type("boolean"), "TRUE", True),
        (Type("boolean"), False, False),
        (Type("date"), "2022-01-31", "2022-01-31"),
        (Type("date"), datetime.date(2022, 1, 31), "2022-01-31"),
        (Type("date"), "today", today().isoformat()),
        (Type("text"), " 司法局 ", "司法局"),
        (Type("text", many=True), "甲,乙，丙", ["甲", "乙", "丙"]),
        (Type("enum", ("a", "b"), many=True), ["a", "b"], ["a", "b"]),
        (Type("text"), None, None),
    ],
)
def test_values_are_read(type_: Type, given: object, read: object) -> None:
    assert coerce(Parameter("x", type_, False, None, "", None), given) == read


@pytest.mark.parametrize(
    ("type_", "given"),
    [
        (Type("integer"), "二〇二二"),
        (Type("integer"), "-1"),
        (Type("integer"), "2.5"),
        (Type("integer"), True),
        (Type("integer"), str(2**31)),
        (Type("boolean"), "yes"),
        (Type("date"), "2022-02-30"),
        (Type("date"), "明天"),
        (Type("enum", ("LEADS", "PARTICIPATES")), "leads"),
        (Type("text"), ""),
        (Type("text"), "长" * 1001),
        (Type("text"), "\udcff"),
        (Type("text"), ["甲", "乙"]),
        (Type("text", many=True), []),
        (Type("text", many=True), "甲,,乙"),
    ],
)
def test_other_values_are_refused_with_what_is_allowed(type_: Type, given: object) -> None:
    with pytest.raises(BadParameter, match="x is ") as refusal:
        coerce(Parameter("x", type_, False, None, "", None), given)
    str(refusal.value).encode()


@pytest.mark.parametrize(
    "type_", [Type("text"), Type("text", many=True), Type("words"), Type("question"), Type("code")], ids=str
)
def test_what_the_schema_lets_through_is_taken(type_: Type) -> None:
    parameter = Parameter("x", type_, False, None, "", None)
    schema = parameter_schema(parameter)
    pattern = re.compile(schema["items"]["pattern"] if type_.many else schema["pattern"])
    marks = ("", "甲", "乙 ", ",", "，", " ", "\u3000", "\x1c", "\n", "140400", "。")
    said = {"".join(parts) for parts in itertools.product(marks, repeat=3)}
    taken = set(filter(pattern.search, said))
    assert 0 < len(taken) < len(said)
    for one in taken:
        coerce(parameter, [one] if type_.many else one)


@pytest.mark.parametrize("name", ["words", "question"])
def test_what_one_does_not_see_is_nothing_to_look_for(name: str) -> None:
    """For every character alone: the schema and the check say the same, and what they take is something to compare."""
    parameter = Parameter("q", Type(name), False, None, "", None)
    pattern = re.compile(parameter_schema(parameter)["pattern"])
    for character in map(chr, (*range(0xD800), *range(0xE000, 0x40000))):
        try:
            coerce(parameter, character)
        except BadParameter:
            assert not pattern.search(character)
        else:
            assert pattern.search(character)
            assert fold(character)


def test_unknown_and_missing_parameters_are_named(small_store: Store) -> None:
    with pytest.raises(BadParameter, match="funktion, rolle") as unknown:
        rows(small_store, "obligations-across-places", funktion="司法局", rolle="LEADS")
    assert "function" in unknown.value.candidates
    with pytest.raises(BadParameter, match="needs function"):
        rows(small_store, "obligations-across-places")
    with pytest.raises(BadParameter, match="limit=0"):
        QUERIES["documents"].run(small_store, {}, limit=0)


RANGES = [(query.name, p.name) for query in QUERIES.values() for p in query.parameters if p.name.endswith("_from")]


@pytest.mark.parametrize(("name", "first"), RANGES)
def test_a_range_of_days_is_not_reversed(name: str, first: str) -> None:
    last = first.removesuffix("_from") + "_to"
    query = QUERIES[name]
    given = {**query.example, first: "2022-01-02", last: "2022-01-01"}
    with pytest.raises(BadParameter, match=f"{first}=2022-01-02 is later than {last}=2022-01-01"):
        query.check(given)
    assert query.check(given | {last: "2022-01-02"})[first] == "2022-01-02"


@pytest.mark.parametrize(
    ("kind", "given", "id_"),
    [
        ("agency", "140400:司法局", "140400:司法局"),
        ("agency", "长治市司法局", "140400:司法局"),
        ("function", "司法局", "司法局"),
        ("function", "司法部", "司法局"),
        ("function", "长治市司法局", "司法局"),
        ("function", "發展改革委", "发展和改革委员会"),
        ("agency", "衡陽市司法局", "430400:司法局"),
        ("agency", "長治市發展改革委", "140400:发展和改革委员会"),
        ("place", "长治市", "140400"),
        ("place", "长治", "140400"),
        ("place", "衡陽市", "430400"),
        ("place", "衡陽", "430400"),
        ("document", "长政办发〔2022〕14号", CHANGZHI),
        ("document", "长政办发[2022]14号", CHANGZHI),
        ("document", "140400:长政办发[2022]14号", CHANGZHI),
        ("document", "武乡县通知", WUXIANG),
        ("document", "衡阳市2021年政务服务工作要点", HENGYANG),
        ("document", "長治市2022年工作要點", CHANGZHI),
        ("document", "武鄉縣通知", WUXIANG),
        ("task", f"{WUXIANG}:1.1", f"{WUXIANG}:1.1"),
    ],
)
def test_names_are_resolved(small_store: Store, kind: str, given: str, id_: str) -> None:
    assert finder(kind).bind(small_store, {"x": given}) == {"x": id_}


@pytest.mark.parametrize(
    ("kind", "given", "id_", "name"),
    [
        ("agency", "140400:司法局", "140400:司法局", "长治市司法局"),
        ("agency", "长治市司法局", "140400:司法局", "长治市司法局"),
        ("function", "司法局", "司法局", None),
        ("place", "140400", "140400", "长治市"),
        ("document", CHANGZHI, CHANGZHI, "长治市2022年工作要点"),
        ("document", "长政办发[2022]14号", CHANGZHI, "长治市2022年工作要点"),
        ("task", f"{CHANGZHI}:1.1", f"{CHANGZHI}:1.1", "全面推行执法公示"),
    ],
)
def test_a_name_comes_with_its_id_and_either_is_looked_up_once(
    small_store: Store, kind: str, given: str, id_: str, name: str | None
) -> None:
    with patch.object(small_store, "read", wraps=small_store.read) as read:
        bound = finder(kind).bind(small_store, {"x": given})
    assert (bound, bound.named) == ({"x": id_}, {id_: name} if name else {})
    assert read.call_count == 1


@pytest.mark.parametrize(
    ("kind", "given", "candidates"),
    [
        ("agency", "司法局", ("武乡县司法局", "衡阳市司法局", "长治市司法局")),
        ("agency", "长治司法局", ("长治市司法局",)),
        ("function", "发改委", ("发展和改革委员会",)),
        ("function", "司法厅", ("司法局",)),
        ("place", "长治区", ("长治市",)),
        ("place", "衡陽縣", ("衡阳市",)),
        ("document", "工作要点", ("长治市2022年工作要点", HENGYANG)),
        ("document", "长政办发〔2022〕15号", (CHANGZHI,)),
        ("document", "140400:长政办发〔2022〕15号", (CHANGZHI,)),
        ("document", STUB, ()),
        ("task", f"{WUXIANG}:1", (f"{WUXIANG}:1.1",)),
    ],
)
def test_unknown_names_list_candidates_that_are_accepted(
    small_store: Store, kind: str, given: str, candidates: tuple[str, ...]
) -> None:
    with pytest.raises(NotFound) as refusal:
        finder(kind).bind(small_store, {"x": given})
    found = refusal.value.candidates
    assert found[: len(candidates)] == candidates
    for candidate in found:
        finder(kind).bind(small_store, {"x": candidate})


@pytest.mark.parametrize("given", ["国办发〔2020〕24号", "运政办发〔2022〕8号", STUB, STUB.removeprefix("cited:")])
def test_a_document_is_no_candidate_for_its_form_alone_nor_is_one_that_is_only_cited(small_store: Store, given: str) -> None:
    with pytest.raises(NotFound) as refusal:
        finder("document").bind(small_store, {"x": given})
    assert refusal.value.candidates == ()


def finder(kind: str) -> Query:
    """A query that only looks up its parameter."""
    return Query("finder", "", "", "/", (Parameter("x", Type(kind), True, None, "", None),), (), {}, "")


def test_an_ambiguous_name_lists_ids() -> None:
    two = answering(("id", "name"), {"id": "1:甲", "name": "甲"}, {"id": "2:甲", "name": "甲"})
    with pytest.raises(NotFound, match="2 agency entries") as refusal:
        finder("agency").bind(two, {"x": "甲"})
    assert refusal.value.candidates == ("1:甲", "2:甲")


def test_near_is_quick_and_bounded() -> None:
    assert len(near("司法局", [f"{n}市司法局" for n in range(20_000)])) == 10


def answering(columns: tuple[str, ...], *given: dict[str, Any]) -> Store:
    class Fixed:
        def read(self, *_: object, **__: object) -> Answer:
            return Answer(columns, list(given), truncated=False)

    return cast(Store, Fixed())


def test_columns_are_checked_on_the_first_run() -> None:
    query = Query("good", "", "", "/", (), (Column("id", Type("text"), "its id", None),), {}, "")
    with pytest.raises(BadQueryFile, match=r"good\.cypher declares the columns id but returns identity"):
        query.run(answering(("identity",)), {})


def test_an_unknown_query_lists_what_there_is() -> None:
    with pytest.raises(NotFound) as refusal:
        QUERIES["workload"]
    assert {"agency-workload", "workload-ranking"} <= set(refusal.value.candidates)


class TooSmall:
    """A store whose memory suffices for nothing."""

    def read(self, *_: object, **__: object) -> Answer:
        raise TooLarge("it needs more memory", "raise KG_ENGINE_MEMORY")

    stream = read


def test_what_would_narrow_a_question_that_is_too_large() -> None:
    query, store = QUERIES["workload-matrix"], cast(Store, TooSmall())
    bound = query.check({"place": "长治市"})
    for asked in (query.fetch, lambda *given: list(query.stream(*given))):
        with pytest.raises(
            TooLarge, match=r"workload-matrix: it needs.*\nnarrow it by document, .*year.*KG_ENGINE_MEMORY"
        ) as caught:
            asked(store, bound)
        assert "place" not in caught.value.hint
