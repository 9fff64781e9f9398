"""The laws of loading, on both engines, by comparing whole graphs; and what single files, citations and readers meet."""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from neo4j import ManagedTransaction

from kg import schema
from kg.apart.readers import Readers
from kg.decide.entries import Corrections, Entry
from kg.decide.file import make
from kg.engine.store import Store
from kg.errors import NotFound
from kg.graph import batch, intake
from kg.graph.held import Status
from kg.graph.intake import Extract
from kg.graph.result import Result
from kg.library import Library
from kg.model import Extraction
from tests.kg.small_graph import emptied
from tests.samples import CHANGZHI, HENGYANG, SHANXI, Cited, Doc, Graph, Unit, agency, as_bytes, extract, whole_graph, write

T = TypeVar("T")

LAW = Doc(
    "关于印发法治政府建设要点的通知",
    "长政办发〔2022〕12号",
    tasks=(
        (Unit("司法局"), Unit("财政局", "PARTICIPATES"), Unit("各县区", "PARTICIPATES")),
        (Unit("公安局"), Unit("司法局", "PARTICIPATES", "narrative"), Unit("司法局", "PARTICIPATES", "narrative")),
    ),
    cites=(Cited("国务院通知", "国发〔2020〕1号"), Cited(number="衡政办发〔2021〕3号"), Cited("信访条例")),
    issuers=("政府办公室",),
    principles=("坚持需求导向", "坚持依法行政"),
    due=2022,
)
PLAN = Doc(
    "衡阳市工作要点",
    "衡政办发〔2021〕3号",
    HENGYANG,
    tasks=((Unit("司法局"), Unit("财政局", "PARTICIPATES")),),
    cites=(Cited("国务院的通知", "国发〔2020〕1号"), Cited(number="长政办发〔2022〕12号")),
    issuers=("政府",),
)


class Base:
    """A store with a folder for kept bytes and one for files; counts what it is asked to do."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.store, self.folder, self.sources = store, folder, folder / "sources"
        self.library = self.reading_by(self._extract)
        self.extracted: list[str] = []
        self.rules = "rules-1"
        self.entries: tuple[Entry, ...] = ()

    def file(self, name: str, *docs: Doc) -> Path:
        return write(self.folder / name, *docs)

    def reading_by(self, read: Extract) -> Library:
        """The library of this store and folder, by the rules and entries of the moment."""
        return Library(lambda: self.store, self.sources, read, lambda: self.rules, lambda: self.corrections)

    def load(self, *files: Path, replace: bool = False) -> list[Result]:
        return list(self.library.loading(files, replace=replace))

    def load_docs(self, *docs: Doc) -> list[Result]:
        """Every document from a file of its own."""
        return self.load(*(self.file(f"{number}-{doc.place}.json", doc) for number, doc in enumerate(docs)))

    def rebuild(self) -> list[Result]:
        return list(self.library.rebuilding())

    @property
    def corrections(self) -> Corrections:
        return Corrections(self.entries, lambda name, place, _: (agency(name, place), ()))

    def remove(self, document: str) -> str:
        return self.library.remove(document)

    def reset(self) -> None:
        self.library.reset()

    def kept(self) -> set[str]:
        return {file.name for file in self.sources.iterdir()} if self.sources.exists() else set()

    def graph(self) -> Graph:
        return whole_graph(self.store)

    def fresh(self, *docs: Doc) -> Graph:
        """The graph of `docs` alone, each from a file of its own; empties the base before and after."""
        self.reset()
        self.load_docs(*docs)
        whole = self.graph()
        self.reset()
        return whole

    def rows(self, cypher: str) -> list[dict[str, Any]]:
        return self.store.read(cypher).rows

    def _extract(self, data: bytes, name: str) -> Extraction:
        self.extracted.append(name)
        return extract(data, name)


on_both = pytest.mark.parametrize("base", ["embedded", "neo4j"], indirect=True)
"""What a statement writes or reads first; what is decided around the statements is the same on either engine."""


@pytest.fixture
def base(request: pytest.FixtureRequest, tmp_path: Path) -> Base:
    """An empty one on the embedded engine, or on each in turn."""
    engine = getattr(request, "param", "embedded")
    return Base(emptied(request.getfixturevalue(f"{engine}_store")), tmp_path)


@pytest.fixture
def writes(base: Base, monkeypatch: pytest.MonkeyPatch) -> list[None]:
    """Grows by one with every write transaction."""
    calls: list[None] = []
    through = base.store.write

    def write_(work: Callable[[ManagedTransaction], T]) -> T:
        calls.append(None)
        return through(work)

    monkeypatch.setattr(base.store, "write", write_)
    return calls


def outcomes(results: Iterable[Result]) -> list[str]:
    return [result.outcome for result in results]


# What is written


@on_both
def test_writes_what_the_schema_declares_and_nothing_else(base: Base) -> None:
    base.load_docs(LAW, PLAN)
    nodes, relationships = base.graph()
    for node in nodes:
        declared = next(n for n in schema.NODES if n.label in node["labels"])
        assert node["properties"].keys() - {"id"} <= declared.properties.keys(), node
    for row in relationships:
        kind = next(r for r in schema.RELATIONSHIPS if r.type == row["type"])
        assert row["properties"].keys() <= kind.properties.keys(), row
    written = {row["type"] for row in relationships}
    reported = {"Report", "ON", "REPORTED"}  # which no document states
    assert {r.type for r in schema.RELATIONSHIPS} - reported == written
    labels = {n.label for n in schema.NODES} | {schema.COLLECTIVE}
    assert {label for node in nodes for label in node["labels"]} == labels - reported


@on_both
def test_the_same_work_is_linked_across_documents_once_from_the_lesser_id(base: Base) -> None:
    """Whether the other document came in this run or in one before. Tasks of one document are never linked."""
    base.load(base.file("1.json", Doc("一", tasks=((), ()))))
    base.load(base.file("2.json", Doc("二")), base.file("3.json", Doc("三")))
    rows = base.rows("MATCH (a:Task)-[r:SIMILAR_TO]->(b:Task) RETURN a.id AS a, b.id AS b, r.score AS score ORDER BY a, b")
    pairs = (("一:1", "三:1"), ("一:1", "二:1"), ("一:2", "三:1"), ("一:2", "二:1"), ("三:1", "二:1"))
    assert [tuple(row.values()) for row in rows] == [(f"{CHANGZHI}:{a}", f"{CHANGZHI}:{b}", 100) for a, b in pairs]


@on_both
def test_a_collective_binds_those_of_its_rank_at_its_place(base: Base) -> None:
    """In the samples' world 各县区 are the departments of a city."""
    everywhere = Doc("协作通知", tasks=((Unit("各县区"), Unit("审计局")),), place=SHANXI)
    base.load_docs(LAW, PLAN, everywhere)
    members: dict[str, set[str]] = {}
    for row in base.rows("MATCH (a:Agency)-[:MEMBER_OF]->(c:Agency) RETURN a.id AS member, c.id AS collective"):
        members.setdefault(row["collective"], set()).add(row["member"])
    city = {f"{CHANGZHI}:{name}" for name in ("司法局", "财政局", "公安局", "政府办公室")}
    assert members == {f"collective:{place}:各县区": city for place in (CHANGZHI, SHANXI)}


@on_both
def test_a_collective_of_one_line_binds_those_of_the_line(base: Base) -> None:
    everywhere = Doc("审计通知", tasks=((Unit("各市审计局"),),), place=SHANXI)
    base.load_docs(LAW, everywhere, Doc("审计要点", tasks=((Unit("审计局"),),)))
    found = base.rows("MATCH (a:Agency)-[:MEMBER_OF]->(c:Agency {short: '各市审计局'}) RETURN a.id AS member")
    assert found == [{"member": f"{CHANGZHI}:审计局"}]


@on_both
def test_a_reform_is_written_once_both_agencies_are_there(base: Base) -> None:
    reforms = (
        "MATCH (a:Agency)-[r:SUCCEEDED_BY]->(b:Agency) RETURN a.id AS former, b.id AS later, r.on AS on, r.source AS source"
    )
    base.load(base.file("one.json", Doc("一", tasks=((Unit("财政局"),),))))
    assert base.rows(reforms) == []
    base.load(base.file("other.json", Doc("二", tasks=((Unit("司法局"),),))))
    (found,) = base.rows(reforms)
    assert found == {"former": f"{CHANGZHI}:财政局", "later": f"{CHANGZHI}:司法局", "on": "2018", "source": "改革方案"}


def test_every_quote_stands_where_it_says(base: Base) -> None:
    base.load_docs(LAW)
    quotes = base.rows(
        "MATCH (s:Source)<-[:FROM]-(:Document)-[c:CITES]->() "
        "RETURN s.text AS text, c.quote AS quote, c.start AS start, c.end AS end "
        "UNION ALL MATCH (s:Source)<-[:FROM]-(:Document)-[:HAS_TASK]->(t) "
        "RETURN s.text AS text, t.text AS quote, t.start AS start, t.end AS end "
        "UNION ALL MATCH (s:Source)<-[:FROM]-(:Document)-[:HAS_TASK]->()<-[r:LEADS|PARTICIPATES]-() "
        "RETURN s.text AS text, r.quote AS quote, r.start AS start, r.end AS end "
        "UNION ALL MATCH (s:Source)<-[:FROM]-(:Document)-[:HAS_TASK]->()-[:DUE]->(x) "
        "RETURN s.text AS text, x.quote AS quote, x.start AS start, x.end AS end"
    )
    assert len(quotes) == 3 + 2 + 5 + 2
    assert all(row["text"][row["start"] : row["end"]] == row["quote"] for row in quotes)


@on_both
def test_one_relationship_per_agency_task_role_and_basis(base: Base) -> None:
    units = (
        Unit("司法局"),
        Unit("司法局"),
        Unit("司法局", "PARTICIPATES"),
        Unit("司法局", "LEADS", "narrative"),
        Unit("司法局", "PARTICIPATES", "default"),
        Unit("财政局", "PARTICIPATES", "default"),
    )
    doc = Doc("通知", tasks=(units,))
    base.load_docs(doc)
    rows = base.rows(
        "MATCH (a:Agency)-[r]->(:Task) RETURN a.short AS unit, type(r) AS role, r.basis AS basis, r.mentions AS mentions, "
        "r.clause AS clause, r.start AS start ORDER BY start"
    )
    text = extract(as_bytes(doc), "").source.text
    clause = "(责任单位:司法局司法局司法局司法局司法局财政局)"
    assert [tuple(row.values())[:5] for row in rows] == [
        ("司法局", "LEADS", "clause", 2, clause),
        ("司法局", "PARTICIPATES", "clause", 1, clause),
        ("司法局", "LEADS", "narrative", 1, clause),
        ("财政局", "PARTICIPATES", "default", 1, clause),
    ]
    assert rows[0]["start"] == text.index("司法局")


@on_both
def test_a_function_is_one_in_every_place(base: Base) -> None:
    base.load_docs(LAW, PLAN)
    rows = base.rows(
        "MATCH (a:Agency)-[:PERFORMS]->(f:Function {id: '司法'}), (a)-[:IN]->(:Place)-[:PART_OF]->(p:Place) "
        "RETURN a.id AS agency, p.name AS province ORDER BY agency"
    )
    assert rows == [
        {"agency": f"{CHANGZHI}:司法局", "province": "山西省"},
        {"agency": f"{HENGYANG}:司法局", "province": "湖南省"},
    ]


def test_an_id_of_a_stub_can_stand_in_a_url_and_is_short(base: Base) -> None:
    titles = ["怎么办? 50%/年 #1", "甲" * 200, "甲" * 201]
    base.load_docs(Doc("通知", cites=tuple(Cited(title) for title in titles)))
    rows = base.rows("MATCH (d:Document {loaded: false}) RETURN d.id AS id, d.title AS title ORDER BY id")
    assert sorted(row["title"] for row in rows) == sorted(titles)
    for row in rows:
        assert re.fullmatch(r"cited:[^\s/?#%]{1,60}", row["id"])


# The laws


@on_both
def test_the_order_of_loading_does_not_matter(base: Base) -> None:
    whole = base.fresh(LAW, PLAN)
    base.load(base.file("1-430400.json", PLAN))
    base.load(base.file("0-140400.json", LAW))
    assert base.graph() == whole


@on_both
def test_a_task_that_many_are_like_is_linked_to_the_best_whatever_came_and_went(base: Base) -> None:
    docs = [Doc(title, tasks=((),) * 9) for title in ("一", "二", "三")]
    expected = base.fresh(*docs)
    links = sum(row["type"] == "SIMILAR_TO" for row in expected[1])
    assert 27 * 15 / 2 <= links < 3 * 81  # not all pairs
    one, two, three = (base.file(f"{number}-{doc.place}.json", doc) for number, doc in enumerate(docs))
    more = base.file("more.json", Doc("四", tasks=((),) * 9))
    base.load(three, more, write(two, replace(docs[1], tasks=((),) * 2)), one)
    base.load(write(two, docs[1]))
    base.remove(f"{CHANGZHI}:四")
    assert base.graph() == expected


@on_both
def test_removing_undoes_loading(base: Base) -> None:
    alone = base.fresh(LAW)
    base.load_docs(LAW, PLAN)
    base.remove(PLAN.id)
    assert base.graph() == alone
    base.remove(LAW.id)
    assert base.graph() == ([], [])
    assert base.kept() == set()


@on_both
def test_loading_twice_is_loading_once_and_opens_no_transaction(base: Base, writes: list[None]) -> None:
    assert outcomes(base.load_docs(LAW, PLAN)) == ["added", "added"]
    whole, written, extracted = base.graph(), len(writes), len(base.extracted)
    again = base.load_docs(LAW, PLAN)
    assert [(r.outcome, r.documents, r.tasks) for r in again] == [("unchanged", (LAW.id,), 0), ("unchanged", (PLAN.id,), 0)]
    assert (len(writes), len(base.extracted)) == (written, extracted)
    assert outcomes(base.load(base.folder / "0-140400.json", replace=True)) == ["unchanged"]
    assert len(writes) == written
    assert base.graph() == whole


def test_documents_whose_tasks_are_compared_otherwise_are_outdated_until_they_are_loaded_again(base: Base) -> None:
    base.load_docs(LAW, PLAN)
    whole = base.graph()
    base.store.write(lambda tx: tx.run("MATCH (d:Document {id: $id}) SET d.bigrams = '0'", id=LAW.id).consume())
    assert base.library.status().outdated == ("0-140400.json",)
    assert outcomes(base.load_docs(LAW, PLAN)) == ["replaced", "unchanged"]
    assert (base.library.status().outdated, base.graph()) == ((), whole)


@on_both
def test_new_bytes_replace_all_documents_of_the_former_ones(base: Base) -> None:
    edited = replace(LAW, tasks=(*LAW.tasks[1:], (Unit("教育局"),)), cites=(), principles=(), due=2023)
    expected = base.fresh(edited)
    file = base.file("0-140400.json", LAW, PLAN)
    base.load(file)
    former = base.kept()
    assert outcomes(base.load(write(file, edited))) == ["replaced"]
    assert base.graph() == expected
    assert len(base.kept()) == 2
    assert not base.kept() & former


def test_a_file_whose_document_changed_its_name_is_still_the_same_file(base: Base) -> None:
    file = base.file("a.json", LAW)
    base.load(file)
    base.load(write(file, PLAN))
    assert base.rows("MATCH (d:Document {loaded: true}) RETURN d.id AS id") == [{"id": PLAN.id}]


def test_a_file_that_becomes_a_copy_of_another_gives_up_what_it_said(base: Base) -> None:
    file = base.file("b.json", PLAN)
    base.load(base.file("a.json", LAW), file)
    assert outcomes(base.load(write(file, LAW))) == ["replaced"]
    assert base.rows("MATCH (d:Document {loaded: true}) RETURN d.id AS id") == [{"id": LAW.id}]


def test_files_of_one_name_in_two_folders_are_two_files(base: Base) -> None:
    for folder, doc in (("a", LAW), ("b", PLAN)):
        (base.folder / folder).mkdir()
        assert outcomes(base.load(base.file(f"{folder}/index.json", doc))) == ["added"]
    assert len(base.rows("MATCH (d:Document {loaded: true}) RETURN d.id AS id")) == 2


UNITS = st.builds(
    Unit,
    st.sampled_from(["司法局", "财政局", "各县区"]),
    st.sampled_from(["LEADS", "PARTICIPATES"]),
    st.sampled_from(["clause", "narrative", "default"]),
)
NUMBERS = st.sampled_from([None, "甲发〔2020〕1号", "乙发〔2020〕2号", "丙发〔2020〕3号"])
TITLES = ["甲通知", "乙通知", "丙通知"]
CITES = st.builds(Cited, st.sampled_from([None, *TITLES]), NUMBERS).filter(lambda c: c.title or c.number)
DOCS = st.builds(
    Doc,
    st.sampled_from(TITLES),
    NUMBERS,
    st.sampled_from([None, CHANGZHI, HENGYANG]),
    st.lists(st.lists(UNITS, max_size=3).map(tuple), min_size=1, max_size=2).map(tuple),
    st.lists(CITES, max_size=3).map(tuple),
    st.lists(st.sampled_from(["政府", "财政局"]), max_size=1).map(tuple),
    st.just(("坚持依法行政",)),
    st.sampled_from([None, 2022]),
)


@on_both
@settings(
    max_examples=8,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(docs=st.lists(DOCS, min_size=3, max_size=4, unique_by=lambda d: d.id), data=st.data())
def test_the_graph_depends_on_the_documents_alone(base: Base, docs: list[Doc], data: st.DataObject) -> None:
    """Loads in any order, with one document more that is removed, and one that first says something else."""
    extra, *stay = docs
    expected = base.fresh(*stay)
    files = [base.file(f"{number}-{doc.place}.json", doc) for number, doc in enumerate(stay)]
    first = write(files[0], replace(data.draw(DOCS), title=stay[0].title, number=stay[0].number, place=stay[0].place))
    base.load(*data.draw(st.permutations([*files, base.file("extra.json", extra)])))
    base.load(write(first, stay[0]))
    base.remove(extra.id)
    assert base.graph() == expected
    base.reset()
    assert base.graph() == ([], [])


# Citations


@on_both
def test_a_cited_document_takes_its_citations_over_and_gives_them_back(base: Base) -> None:
    base.load_docs(LAW)
    cited = "MATCH (:Document {id: $id})-[c:CITES]->(d:Document) RETURN d.id AS id, d.loaded AS loaded ORDER BY c.start"

    def targets() -> list[tuple[str, bool]]:
        return [(row["id"], row["loaded"]) for row in base.store.read(cited, {"id": LAW.id}).rows]

    before = targets()
    assert before[1] == ("cited:衡政办发〔2021〕3号", False)
    base.load(base.file("plan.json", PLAN))
    assert targets() == [before[0], (PLAN.id, True), before[2]]
    assert base.rows("MATCH (d:Document {id: 'cited:衡政办发〔2021〕3号'}) RETURN d.id") == []
    base.remove(PLAN.id)
    assert targets() == before


@pytest.mark.parametrize(
    ("cited", "joined"),
    [
        (Cited("衡阳市工作要点", "衡政办发〔2021〕3号"), True),
        (Cited(None, "衡政办发〔2021〕3号"), True),
        (Cited("另一个通知", "衡政办发〔2021〕3号"), False),
        (Cited("衡阳市工作要点", None), False),
    ],
)
def test_a_citation_means_a_document_by_its_number_and_an_equal_or_absent_title(base: Base, cited: Cited, joined: bool) -> None:
    base.load_docs(PLAN, Doc("通知", cites=(cited,)))
    (row,) = base.rows("MATCH (:Document {title: '通知'})-[:CITES]->(d) RETURN d.loaded AS loaded")
    assert row["loaded"] is joined


def test_a_document_does_not_cite_itself(base: Base) -> None:
    base.load_docs(replace(LAW, cites=(Cited(LAW.title, LAW.number), Cited(None, LAW.number), Cited(LAW.title))))
    assert base.rows("MATCH ()-[c:CITES]->() RETURN c.quote") == []


# Files


def test_a_document_held_from_another_file_is_left_to_it(base: Base, writes: list[None]) -> None:
    base.load(base.file("first.json", LAW))
    whole, written = base.graph(), len(writes)
    copy = base.file("copy.json", replace(LAW, due=2030))
    (result,) = base.load(copy)
    assert (result.outcome, result.reason) == ("same", "same document as first.json")
    assert (base.graph(), len(writes)) == (whole, written)
    assert outcomes(base.load(copy, replace=True)) == ["replaced"]
    assert base.rows("MATCH (d:Document)-[:FROM]->(s:Source) RETURN s.name AS name") == [{"name": "copy.json"}]
    assert len(base.kept()) == 2


def test_the_other_documents_of_such_a_file_are_written(base: Base) -> None:
    base.load(base.file("first.json", LAW))
    (result,) = base.load(base.file("both.json", replace(LAW, due=2030), PLAN))
    assert (result.outcome, result.reason, result.tasks) == ("added", "same document as first.json", 1)
    rows = base.rows("MATCH (d:Document)-[:FROM]->(s:Source) RETURN d.id AS id, s.name AS name ORDER BY name")
    assert [tuple(row.values()) for row in rows] == [(PLAN.id, "both.json"), (LAW.id, "first.json")]
    base.load(base.folder / "both.json", replace=True)
    assert base.rows("MATCH (s:Source) RETURN s.name AS name") == [{"name": "both.json"}]


def test_a_removed_document_comes_back_when_its_file_is_loaded_again(base: Base) -> None:
    both = base.file("both.json", LAW, PLAN)
    base.load(both)
    whole = base.graph()
    base.remove(PLAN.id)
    assert outcomes(base.load(both)) == ["replaced"]
    assert base.graph() == whole


def test_a_document_that_another_file_gives_up_comes_back_too(base: Base) -> None:
    first, both = base.file("first.json", LAW), base.file("both.json", LAW, PLAN)
    base.load(first, both)
    (again,) = base.load(both)
    assert (again.outcome, again.reason) == ("unchanged", "same document as first.json")
    base.remove(LAW.id)
    assert outcomes(base.load(both)) == ["replaced"]
    assert {row["id"] for row in base.rows("MATCH (d:Document {loaded: true}) RETURN d.id AS id")} == {LAW.id, PLAN.id}


def test_the_same_bytes_twice_in_one_run_are_written_once(base: Base) -> None:
    assert outcomes(base.load(base.file("a.json", LAW), base.file("b.json", LAW))) == ["added", "unchanged"]


def test_a_file_that_fails_is_named_and_the_others_go_on(base: Base) -> None:
    held = base.file("held.json", LAW)
    base.load(held)
    whole = base.graph()
    held.write_bytes(b"not json")
    results = base.load(held, base.folder / "missing.json", base.folder, base.file("empty.json"), base.file("good.json", PLAN))
    assert outcomes(results) == ["failed", "failed", "failed", "failed", "added"]
    assert [Path(r.file).name in r.reason for r in results[:4]] == [True] * 4
    base.remove(PLAN.id)
    assert base.graph() == whole


def test_new_rules_read_a_file_again(base: Base) -> None:
    base.load_docs(LAW)
    base.rules = "rules-2"
    assert base.library.status().outdated == ("0-140400.json",)
    assert outcomes(base.load_docs(LAW)) == ["replaced"]
    assert base.library.status().outdated == ()


def test_rebuild_reads_kept_bytes_again_and_fills_an_empty_base(base: Base) -> None:
    base.load_docs(LAW, PLAN)
    whole = base.graph()
    assert outcomes(base.rebuild()) == ["replaced", "replaced"]
    assert base.graph() == whole
    emptied(base.store)
    assert outcomes(base.rebuild()) == ["added", "added"]
    assert base.graph() == whole


def test_rebuild_names_a_source_whose_bytes_are_gone_and_keeps_it(base: Base) -> None:
    base.load_docs(LAW)
    whole = base.graph()
    for file in base.sources.iterdir():
        file.unlink()
    (result,) = base.rebuild()
    assert (result.file, result.outcome) == ("0-140400.json", "failed")
    assert base.library.status().unkept == ("0-140400.json",)
    assert base.graph() == whole


def test_what_is_removed_from_a_file_with_others_comes_back_with_it(base: Base) -> None:
    base.load(base.file("two.json", LAW, PLAN))
    assert base.library.shared_file(PLAN.title) == "two.json"
    base.remove(PLAN.id)
    assert base.library.shared_file(LAW.id) is None
    base.rebuild()
    assert base.library.shared_file(LAW.id) == "two.json"
    base.load(base.file("two.json", LAW))
    base.rebuild()
    with pytest.raises(NotFound):
        base.library.shared_file(PLAN.id)


def test_remove_takes_an_id_a_title_or_a_number_and_lists_candidates(base: Base) -> None:
    other = replace(LAW, place=HENGYANG)
    base.load_docs(LAW, other, PLAN)
    with pytest.raises(NotFound) as several:
        base.remove(LAW.title)
    assert set(several.value.candidates) == {LAW.id, other.id}
    with pytest.raises(NotFound) as none:
        base.remove("法治政府建设")
    assert none.value.candidates == (LAW.title,)
    assert base.remove(PLAN.title) == PLAN.id
    assert base.remove(other.id) == other.id
    assert base.remove("长政办发〔2022〕12号") == LAW.id
    assert base.graph() == ([], [])


@on_both
def test_status_counts(base: Base) -> None:
    base.load_docs(LAW, PLAN)
    assert base.library.status() == Status(
        sources=2, documents=2, cited=2, tasks=3, assignments=7, agencies=8, deadlines=2, outdated=(), unkept=(), aside=()
    )


def test_the_same_bytes_twice_are_written_once_by_workers_too(base: Base, writes: list[None]) -> None:
    files = [base.file(f"{name}.json", LAW) for name in "abc"]
    with ThreadPoolExecutor(1) as workers:
        results = base.reading_by(extract).loading(files, workers=workers)
        assert outcomes(results) == ["added", "unchanged", "unchanged"]
    assert len(writes) == 1


def test_workers_parse_no_further_ahead_than_it_must(base: Base, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "_ROWS", 1)
    files = [base.file(f"{n}.json", Doc(f"第{n}号通知")) for n in range(12)]
    asked: list[Path] = []

    def ask() -> Iterator[Path]:
        for file in files:
            asked.append(file)
            yield file

    monkeypatch.setattr(intake, "_LOOK_AHEAD", 4)
    with ThreadPoolExecutor(1) as workers:
        results = base.reading_by(extract).loading(ask(), workers=workers)
        assert next(results).outcome == "added"
        assert len(asked) < len(files)
        assert [r.file for r in results] == [str(file) for file in files[1:]]
    assert len(base.rows("MATCH (d:Document) RETURN d.id")) == len(files)


# Corrections

WHY: dict[str, Any] = {"reason": "读错了", "date": "2026-01-05"}
DROP = make(change="delete", document=LAW.id, quote="各县区", **WHY)
MERGE = make(change="merge", place=CHANGZHI, surface="公安局", into="司法局", **WHY)
LOST = make(change="delete", document=LAW.id, quote="教育局", **WHY)


@on_both
def test_corrections_are_applied_on_every_load_and_undone_when_they_go(base: Base, writes: list[None]) -> None:
    base.load_docs(LAW, PLAN)
    whole = base.graph()
    base.entries = (DROP,)
    assert outcomes(base.load_docs(LAW, PLAN)) == ["replaced", "unchanged"]
    corrected, written = base.graph(), len(writes)
    assert base.rows("MATCH (a:Agency)-[:LEADS|PARTICIPATES]->() WHERE a.short = '各县区' RETURN a.id") == []
    assert outcomes(base.load_docs(LAW, PLAN)) == ["unchanged"] * 2
    assert len(writes) == written
    base.rules = "rules-2"
    base.load_docs(LAW, PLAN)
    base.rules = "rules-1"
    base.rebuild()
    assert base.graph() == corrected
    base.entries = ()
    base.load_docs(LAW, PLAN)
    assert base.graph() == whole


def test_a_corrected_fact_says_why(base: Base) -> None:
    base.entries = (make(change="role", document=PLAN.id, quote="财政局", role="LEADS", **WHY), MERGE)
    base.load_docs(LAW, PLAN)
    rows = base.rows(
        "MATCH (a:Agency)-[r:LEADS|PARTICIPATES]->() WHERE r.corrected IS NOT NULL "
        "RETURN a.id AS agency, type(r) AS role, r.quote AS quote, r.corrected AS why ORDER BY agency"
    )
    assert [tuple(row.values()) for row in rows] == [
        (f"{CHANGZHI}:司法局", "LEADS", "公安局", "读错了 (2026-01-05)"),
        (f"{HENGYANG}:财政局", "LEADS", "财政局", "读错了 (2026-01-05)"),
    ]
    (document,) = base.store.read("MATCH (d:Document {id: $id}) RETURN d.corrected AS corrected", {"id": PLAN.id}).rows
    assert document["corrected"] == [base.entries[0].label]


def test_an_entry_that_does_not_match_is_reported_with_every_load(base: Base) -> None:
    base.entries = (DROP, LOST)
    for outcome in ("added", "unchanged"):
        (result,) = base.load(base.file("a.json", LAW))
        assert result.outcome == outcome
        assert result.problems == (f"{LOST.label}: no unit is read from these words",)


CORRECTIONS = st.lists(
    st.sampled_from(
        [
            make(change="delete", document=f"{CHANGZHI}:甲通知", quote="各县区", **WHY),
            make(change="delete", document="甲发〔2020〕1号", quote="司法局", nth=1, **WHY),
            make(change="role", document="乙发〔2020〕2号", quote="财政局", role="LEADS", task="1.", **WHY),
            make(change="add", document="丙发〔2020〕3号", quote="第1件事", role="LEADS", agency="教育局", **WHY),
            make(change="deadline", document="甲发〔2020〕1号", quote="2022年底前", nth=1, kind="none", **WHY),
            make(change="task", document="乙发〔2020〕2号", quote="办好第1件事", last="件事", **WHY),
            make(change="merge", place=CHANGZHI, surface="财政局", into="司法局", **WHY),
            make(change="split", place=HENGYANG, surface="司法局", into="衡阳市政府法制办", **WHY),
        ]
    ),
    max_size=4,
    unique=True,
)


@settings(
    max_examples=8,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(docs=st.lists(DOCS, min_size=2, max_size=3, unique_by=lambda d: d.id), entries=CORRECTIONS, data=st.data())
def test_the_laws_hold_with_corrections_too(base: Base, docs: list[Doc], entries: list[Entry], data: st.DataObject) -> None:
    """What a base holds depends on the documents and the entries, not on which came first."""
    base.entries = tuple(entries)
    extra, *stay = docs
    expected = base.fresh(*stay)
    files = [base.file(f"{number}-{doc.place}.json", doc) for number, doc in enumerate(stay)]
    base.entries = tuple(data.draw(CORRECTIONS))
    base.load(*data.draw(st.permutations([*files, base.file("extra.json", extra)])))
    base.entries = tuple(entries)
    base.load(*files)
    base.remove(extra.id)
    assert base.graph() == expected
    assert set(outcomes(base.load(*files))) == {"unchanged"}
    base.reset()
    assert base.graph() == ([], [])


# What nobody foresaw


def test_a_file_on_which_our_own_code_fails_is_named_and_the_others_go_on(base: Base) -> None:
    files = [base.file(f"{n}.json", doc) for n, doc in enumerate((LAW, Doc("坏通知"), PLAN))]
    results = list(base.reading_by(_stumble).loading(files))
    assert outcomes(results) == ["added", "failed", "added"]
    assert re.search(r"1\.json: ZeroDivisionError: .* at test_graph\.py:\d+\nthis is a defect", results[1].reason)
    base.rules = "rules-2"
    with ThreadPoolExecutor(1) as workers:
        again = base.reading_by(_stumble).loading(files, workers=workers)
        assert outcomes(again) == ["replaced", "failed", "replaced"]


def test_a_file_that_kills_its_process_fails_alone(embedded_store: Store, tmp_path: Path) -> None:
    base = Base(emptied(embedded_store), tmp_path)
    files = [base.file(f"{n}.json", Doc(f"第{n}号通知")) for n in range(8)]
    readers = Readers("tests.samples:die", memory=500_000_000, seconds=60)
    with ThreadPoolExecutor(2) as workers:
        results = list(base.reading_by(readers).loading(files, workers=workers))
    readers.close()
    assert outcomes(results) == ["added", "added", "failed", "added", "added", "added", "added", "added"]
    assert results[2].reason.startswith("2.json: the process that read it died of it (exit status 1)")


def _stumble(data: bytes, name: str) -> Extraction:
    if name == "1.json":
        raise ZeroDivisionError("除零")
    return extract(data, name)


# Readers


@on_both
def test_readers_do_not_fail_while_a_document_is_replaced(base: Base) -> None:
    versions = [
        Doc("大通知", "长发〔2022〕1号", tasks=tuple((Unit("司法局"), Unit(unit, "PARTICIPATES")) for _ in range(60)))
        for unit in ("财政局", "公安局")
    ]
    file = base.file("big.json", versions[0])
    base.load(file)
    count = (
        "MATCH (d:Document)-[:HAS_TASK]->(t:Task)<-[r:LEADS|PARTICIPATES]-(a:Agency)-[:IN]->(p:Place) "
        "RETURN a.short AS unit, p.name AS place, count(r) AS tasks ORDER BY unit"
    )
    errors: list[BaseException] = []
    done = threading.Event()

    def read() -> None:
        try:
            while not done.wait(0.01):
                base.rows(count)
        except BaseException as error:
            errors.append(error)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for turn in (1, 0, 1):
        base.load(write(file, versions[turn]))
        assert {row["unit"]: row["tasks"] for row in base.rows(count)} == {"司法局": 60, ("财政局", "公安局")[turn]: 60}
    done.set()
    for reader in readers:
        reader.join()
    assert errors == []


def test_text_that_was_cut_off_does_not_come_back(base: Base, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed before a load is committed, and after a removal is: what was kept is of no document."""

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    base.load_docs(LAW)
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("kg.graph.batch.change", killed)
        base.load(base.file("9.json", PLAN))
    assert base.library.status().aside == (str(base.folder / "9.json"),)
    assert outcomes(base.rebuild()) == ["replaced"]
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("kg.graph.kept.Kept.forget", killed)
        base.remove(LAW.id)
    assert base.rebuild() == []
    assert base.graph() == ([], [])
    assert len(base.library.status().aside) == 2
    assert outcomes(base.load(base.folder / "9.json")) == ["added"]
    assert base.library.status().aside == (str(base.folder / "0-140400.json"),)
    base.reset()
    assert base.library.status().aside == ()


def test_what_was_written_but_not_settled_is_found(base: Base, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("kg.graph.kept.Kept.settle", lambda *_: None)
        base.load_docs(LAW)
    assert base.library.status().unkept == base.library.status().aside == ()
    assert outcomes(base.rebuild()) == ["replaced"]


def test_the_older_text_of_a_file_does_not_win_when_folders_are_copied(base: Base) -> None:
    """As an earlier release left it: both settled, and the older one touched last."""
    base.load_docs(LAW)
    (held,) = base.library.kept.sources()
    old = base.file("old.json", replace(LAW, title="旧"))
    data = old.read_bytes()
    (base.sources / hashlib.sha256(data).hexdigest()).write_bytes(data)
    assert [result.file for result in base.rebuild()] == [str(base.folder / "0-140400.json")]
    assert base.library.kept.sources() == [held]
