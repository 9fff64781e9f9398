"""Search over the five seeds: the same hits on both engines, all that there are, the best first, each with its place."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.ask.hits import KINDS
from kg.ask.search import FACETS, SEARCH
from kg.engine.store import Store, open_store
from kg.errors import BadParameter, KgError, NotFound
from kg.schema import NODES
from kg.settings import Settings
from kg.words.folding import fold
from kg.words.pinyin import is_pinyin, sound
from loaders.extract import extract
from loaders.version import rules_version
from tests.clock import PATIENCE
from tests.kg.small_graph import emptied
from tests.samples import library
from tests.test_cli import Served, guest

SEED = Path(__file__).parents[3] / "seed"
Hits = list[dict[str, Any]]
QUESTIONS = (
    *("法", "局", "𠮷", "的", "九"),
    *("执法", "公示", "工作", "推进", "着力", "著力"),
    *(
        "司法局",
        "市发改委",
        "市發改委",
        "发展改革委",
        "长治市 司法局",
        "长治市司法局 行政复议",
        "2021 營商環境",
        "司法局 公示",
        "区司法局",
        "各县区",
    ),
    *("执法公示", "執法公示", "政務公開", "政务公开", "雙隨機", "全面推行行政执法公示制度"),
    "全面严格落实行政执法公示、执法全过程记录、重大执法决定法制审核制度",
    *("长政办发〔2022〕14号", "长政办发[2022]14号", "長政辦發（２０２２）14號", "14号", "2022", "12345", "２０２２年", "90%"),
    *("长治市人民政府办公室", "工作要点", "量子鹅", "絕無此詞", "政务服务 公开 要点", "A", "“十四五”", "5g"),
)
PINYIN = (
    *("czssfj", "sifaju", "CZSifaju", "changzhi", "sfj", "changzhi sfj", "长治 sfj", "sfj 公示", "zhengwu fuwu", "zwfw", "gk"),
    *("ｃｚｓ", "lvse", "luse", "xan", "ai", "zzzz", "s" * 40, "sifaju " * 90),
)
HOSTILE = (
    *("AND", "OR NOT", "司法局 AND", "-司法局", "司法局~2", "司法*", "?法", '"司法局', "(司法局", "司法局)", "[a TO b]", "{a}"),
    *("words:司法局", "司法局^9", "\\司法局", "$q", "司法局/", "/司法.*/", "' OR 1=1 //"),
    *("司\ufe00法局", "司\u0301法局", "𠮷法", "法😀", "司\u200b法\u200d局", "Ｓ"),
    *("法" * 1000, "甲 " * 499, "一二三四五六七八九十" * 100),
)
NO_LETTERS = ("", " ", "\u3000\t\u200b", "+", "\\", "'", "`", "&&", "||", "!", "//", "😀")


def loaded(store: Store, sources: Path, *, backwards: bool = False) -> Store:
    files = sorted(SEED.iterdir(), reverse=backwards)
    assert {r.outcome for r in library(emptied(store), sources, extract, rules_version()).loading(files)} == {"added"}
    return store


@pytest.fixture(scope="module")
def seeds_embedded(embedded_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Store:
    return loaded(embedded_store, tmp_path_factory.mktemp("sources"))


@pytest.fixture(scope="module")
def seeds_neo4j(neo4j_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Store:
    return loaded(neo4j_store, tmp_path_factory.mktemp("sources"), backwards=True)


@pytest.fixture(params=["embedded", "neo4j"])
def seeds(request: pytest.FixtureRequest) -> Store:
    found: Store = request.getfixturevalue(f"seeds_{request.param}")
    return found


def ask(store: Store, q: str, **more: str) -> Hits:
    return SEARCH.run(store, {"q": q, **more}, 1000).rows


@pytest.fixture(scope="module")
def answers(seeds_embedded: Store) -> dict[str, Hits]:
    """Of each question."""
    return {q: ask(seeds_embedded, q) for q in (*QUESTIONS, *PINYIN, *HOSTILE)}


@pytest.fixture(scope="module")
def source(seeds_embedded: Store) -> dict[str, str]:
    """The text of each source, by id."""
    return {row["id"]: row["text"] for row in seeds_embedded.read("MATCH (s:Source) RETURN s.id AS id, s.text AS text").rows}


@pytest.fixture(scope="module")
def things(seeds_embedded: Store) -> list[tuple[str, str, list[str], str]]:
    """What may be found, as the nodes say themselves: its kind, its id, its fields, and how it is said."""
    asked = {
        "agency": "MATCH (n:Agency) OPTIONAL MATCH (n)-[r:LEADS|PARTICIPATES]->() "
        "WITH n, collect(DISTINCT r.name) AS printed RETURN n.id AS id, [n.name, n.short] + printed AS fields",
        "document": "MATCH (n:Document) WHERE n.loaded RETURN n.id AS id, [n.title, coalesce(n.doc_number, '')] AS fields",
        "task": "MATCH (n:Task) RETURN n.id AS id, [n.title, n.text] AS fields",
        "place": "MATCH (n:Place) WHERE EXISTS { (n)<-[:PART_OF]-{0,3}(:Place)<-[:CONCERNS]-() } "
        "RETURN n.id AS id, [n.name] AS fields",
        "function": "MATCH (n:Function) WHERE EXISTS { (n)<-[:PERFORMS]-()-[:LEADS|PARTICIPATES]->() } "
        "RETURN n.id AS id, [n.name] AS fields",
    }
    return [
        (kind, row["id"], [fold(field) for field in row["fields"]], row["sounds"])
        for kind, cypher in asked.items()
        for row in seeds_embedded.read(f"{cypher}, coalesce(n.sounds, '') AS sounds").rows
    ]


def texts(spans: list[dict[str, int]], text: str) -> list[str]:
    return [text[span["start"] : span["end"]] for span in spans]


# What is found


def test_the_engine_has_the_indexes(seeds: Store) -> None:
    assert seeds.full_text().keys() == {(n.label, p) for n in NODES for p in n.searched}


@pytest.mark.parametrize("q", [*QUESTIONS, *PINYIN, *HOSTILE])
def test_both_engines_find_the_same(answers: dict[str, Hits], seeds_neo4j: Store, q: str) -> None:
    assert ask(seeds_neo4j, q) == answers[q]


def test_all_that_holds_the_words_is_found(answers: dict[str, Hits], things: list[tuple[str, str, list[str], str]]) -> None:
    """Against what the nodes say themselves. On Neo4j it is the same, see above."""
    for q, found in answers.items():
        words = [word for word in map(fold, q.split()) if word]
        expected = {
            (kind, id_)
            for kind, id_, fields, sounds in things
            if all(word in "\n".join(fields) or (is_pinyin(word) and re.search(sound(word), sounds)) for word in words)
        }
        ids = {(row["kind"], row["id"]) for row in found}
        assert ids >= expected, q
        assert ids == expected or "长治市" in q or "2021" in q, q  # a place, a unit and a year need not be said, see below
        assert len(found) == len(ids), q


def test_it_finds_the_same_without_the_indexes(
    seeds_embedded: Store, answers: dict[str, Hits], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seeds_embedded, "full_text", dict)
    for q in (*QUESTIONS[::2], *PINYIN[::2]):
        assert ask(seeds_embedded, q) == answers[q], q


@pytest.mark.parametrize("q", [*NO_LETTERS, "法" * 1001, "法" * 10_000])
def test_a_question_that_is_none(seeds_embedded: Store, q: str) -> None:
    with pytest.raises(BadParameter):
        ask(seeds_embedded, q)


@pytest.mark.parametrize(
    ("q", "more", "found"),
    [
        # A name as a whole, in any script, with or without its place; then names that hold it; then texts.
        ("司法局", {"kind": "agency"}, [("长治市司法局", "whole"), ("衡阳市司法局", "whole"), ("綦江区司法局", "whole")]),
        ("长治市 司法局", {"kind": "agency"}, [("长治市司法局", "whole")]),
        ("长治市", {"kind": "place"}, [("长治市", "whole")]),
        ("財政", {"kind": "function"}, [("财政局", "name")]),
        ("市發改委", {}, [("衡阳市发展和改革委员会", "whole"), ("做好各類規劃主動公開", "text")]),
        ("发改委", {"kind": "agency"}, [("衡阳市发展和改革委员会", "name")]),
        (
            "執法公示",
            {},
            [
                ("全面严格落实行政执法公示、执法全过程记录、重大执法决定法制审核制度", "name"),
                ("做好高標準市場體系和監管執法信息公開", "text"),
                ("加强行政执法信息化建设", "text"),
                ("深化行政执法信息公开", "text"),
            ],
        ),
        ("执法公示", {"place": "广安市"}, [("深化行政执法信息公开", "text")]),
        ("衡阳市2021年政务服务工作要点", {}, [("衡陽市2021年政務服務工作要點", "whole")]),
        ("长政办发[2022]14号", {"kind": "task"}, []),
        ("司法局", {"kind": "agency", "place": "衡阳"}, [("衡阳市司法局", "whole")]),
        ("司法局", {"kind": "agency", "place": "湖南省"}, [("衡阳市司法局", "whole")]),
    ],
)
def test_the_best_come_first(seeds_embedded: Store, q: str, more: dict[str, str], found: list[tuple[str, str]]) -> None:
    answer = SEARCH.run(seeds_embedded, {"q": q, **more}, 100)
    assert [(row["name"], row["found"]) for row in answer.rows] == found


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("长治市 政务公开", ["切实抓好政务公开落实", "提升基层政务公开标准化", "推动政务公开阶段性进步"]),
        ("长治市司法局 行政复议", ["有序推进行政复议体制改革", "推动建立健全落实改革任务的领导机制"]),
        ("衡阳市发改委 规划", ["做好各類規劃主動公開"]),
        ("2021年 衡阳 诉求受理", ["加快建立營商環境訴求受理和分級辦理"]),
        ("2022 诉求受理", []),  # it is of 2021
        ("长治市 告知承诺制", []),
    ],
)
def test_a_place_a_unit_and_a_year_need_not_be_said(seeds_embedded: Store, q: str, found: list[str]) -> None:
    hits = ask(seeds_embedded, q)
    assert [hit["name"][: len(name)] for hit, name in zip(hits, found, strict=True)] == found
    assert [hit["total"] for hit in hits] == [len(found)] * len(found)
    assert SEARCH.run(seeds_embedded, {"q": q}, 1).rows == hits[:1]  # the total is that of all hits


def test_what_is_left_of_a_question_is_looked_for_as_it_stands(seeds_embedded: Store) -> None:
    hits = ask(seeds_embedded, "2022 长治市 长治市司法局")
    assert {hit["place"] for hit in hits} == {"长治市"}
    assert all("2022" in fold(hit["value"]) or hit["field"] == "title" for hit in hits)


def test_hits_say_who_leads_and_how_many_tasks(seeds_embedded: Store) -> None:
    first = {hit["kind"]: hit for hit in reversed(ask(seeds_embedded, "司法局"))}
    assert (first["agency"]["tasks"], first["function"]["tasks"], first["task"]["tasks"]) == (9, 12, None)
    assert "长治市司法局" in [unit["agency"] for unit in first["task"]["leads"]]
    (place,) = ask(seeds_embedded, "衡阳市", kind="place")
    (document,) = ask(seeds_embedded, "衡阳市2021年政务服务工作要点", kind="document")
    assert place["tasks"] > document["tasks"] > 0


def test_facets_add_up(seeds_embedded: Store) -> None:
    found = FACETS.run(seeds_embedded, {"q": "公开"}).rows
    hits = ask(seeds_embedded, "公开")
    assert found[0] == {"facet": "all", "value": "all", "label": "all", "hits": len(hits)}
    for facet, column in (("kind", "kind"), ("place", "place_code")):
        counted = Counter(hit[column] for hit in hits if hit[column])
        assert {row["value"]: row["hits"] for row in found if row["facet"] == facet} == counted
    assert {row["value"] for row in found if row["facet"] == "year"} == {"2014", "2021", "2022"}


@pytest.mark.parametrize("q", ["czssfj", "czsifaju", "CZSSifaju", "changzhishisifaju", "chang zhi sfj", "czsfj"])
def test_a_whole_name_by_its_pinyin(seeds_embedded: Store, q: str) -> None:
    hit = ask(seeds_embedded, q)[0]
    assert (hit["name"], hit["found"], hit["field"]) == ("长治市司法局", "whole", "pinyin")


def test_with_pinyin_what_begins_with_it_comes_first(seeds_embedded: Store) -> None:
    names = [row["name"] for row in ask(seeds_embedded, "jq", kind="task") if row["found"] == "name"]
    begins = [name.startswith(("加强", "加強", "健全")) for name in names]
    assert (begins[0], begins[-1]) == (True, False)
    assert begins == sorted(begins, reverse=True)
    assert [row["found"] for row in ask(seeds_embedded, "sfj")][:4] == ["whole", "whole", "whole", "name"]
    for q in ("hyszwfwgzyd", "hysnzhengwufuwugzyd"):
        (document,) = ask(seeds_embedded, q)
        assert (document["name"], document["found"], document["field"]) == ("衡陽市2021年政務服務工作要點", "whole", "pinyin")
        text = seeds_embedded.read("MATCH (s:Source {id: $id}) RETURN s.text AS text", {"id": document["source_id"]}).rows[0][
            "text"
        ]
        assert texts(document["source_spans"], text) == ["衡陽市2021年政務服務工作要點"]


@pytest.mark.parametrize("q", PINYIN)
def test_what_was_found_by_its_pinyin_is_where_it_says(answers: dict[str, Hits], source: dict[str, str], q: str) -> None:
    for row in answers[q]:
        matches = texts(row["spans"], row["value"])
        assert matches
        assert any(s["match"] for s in row["segments"])
        if row["field"] == "pinyin" and row["kind"] != "agency" and is_pinyin(fold(q)):
            printed = texts(row["source_spans"], source[row["source_id"]])
            assert [*map(fold, printed)] == [*map(fold, matches)]


def test_latin_words_of_texts_are_found_too(seeds_embedded: Store) -> None:
    found = {(row["name"], row["field"]) for row in ask(seeds_embedded, "AI")}
    assert ("积极探索无人审批", "text") in found
    assert ("完善适老化及无障碍服务", "pinyin") in found


def test_the_order_is_one_for_any_limit(seeds_embedded: Store) -> None:
    every = SEARCH.run(seeds_embedded, {"q": "法"}, 1000)
    assert not every.truncated
    assert [KINDS.index(row["kind"]) for row in every.rows if row["found"] == "name"] == sorted(
        KINDS.index(row["kind"]) for row in every.rows if row["found"] == "name"
    )
    for limit in (1, 7, 50):
        some = SEARCH.run(seeds_embedded, {"q": "法"}, limit)
        assert (some.rows, some.truncated) == (every.rows[:limit], True)
    assert list(SEARCH.stream(seeds_embedded, SEARCH.bind(seeds_embedded, {"q": "法"}))) == every.rows


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"q": "法", "kind": "source"}, BadParameter),
        ({"q": "法", "sort": "id"}, BadParameter),
        ({}, BadParameter),
        ({"q": "法", "place": "无此市"}, NotFound),
    ],
)
def test_what_is_not_accepted(seeds_embedded: Store, given: dict[str, str], error: type[KgError]) -> None:
    with pytest.raises(error):
        SEARCH.run(seeds_embedded, given)


# Where


@pytest.mark.parametrize("q", QUESTIONS)
def test_every_match_is_where_it_says(answers: dict[str, Hits], source: dict[str, str], q: str) -> None:
    words = [fold(word) for word in q.split()]
    for row in answers[q]:
        matches = texts(row["spans"], row["value"])
        assert matches
        assert all(any(word in fold(match) for word in words) for match in matches)
        assert any(s["match"] for s in row["segments"])
        cut = "".join(s["text"] for s in row["segments"])
        assert cut in row["value"]
        assert " ".join(cut.split()) == row["snippet"].strip("…")
        if row["kind"] not in ("document", "task"):
            assert (row["source_id"], row["source_spans"]) == (None, [])
            continue
        printed = texts(row["source_spans"], source[row["source_id"]])
        assert all(any(word in fold(match) for word in words) for match in printed)
        if row["field"] == "text" or row["kind"] == "document":
            assert [*map(fold, printed)] == [*map(fold, matches)]


def test_a_match_in_traditional_text(seeds_embedded: Store) -> None:
    (hit,) = ask(seeds_embedded, "高标准市场体系")
    assert (hit["field"], texts(hit["spans"], hit["value"])) == ("title", ["高標準市場體系"])
    assert {"text": "高標準市場體系", "match": True} in hit["segments"]
    text = seeds_embedded.read("MATCH (s:Source {id: $id}) RETURN s.text AS text", {"id": hit["source_id"]}).rows[0]["text"]
    assert {*texts(hit["source_spans"], text)} == {"高標準市場體系"}


# Made-up documents

PLAN = """\ufeff长治市2023年数据工作要点

长数办发〔2023〕7号

一、重点任务
（一）建设公共数据平台😀。𠮷林经验先行先
试，2023年底前建成。（市发改委牵头，市数据局配合）
（二）规范数据归集。（市数据局牵头）
"""
NOTICE = """长治市2023年营商环境工作要点

一、重点任务
（一）清理隐性壁垒。（市发展改革委牵头，市财政局配合）
（二）公示办事指南。（市财政局牵头）
"""


@pytest.fixture
def two(store: Store, tmp_path: Path) -> Iterator[Store]:
    """The two of them on each engine."""
    for name, text in (("a.txt", PLAN), ("b.txt", NOTICE)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    files = sorted(tmp_path.glob("?.txt"))
    assert {r.outcome for r in library(store, tmp_path / "sources", extract, rules_version()).loading(files)} == {"added"}
    yield store
    emptied(store)


def test_words_broken_over_lines_and_beyond_sixteen_bits(two: Store) -> None:
    for q in ("先行先试", "𠮷林經驗 平台", "平台😀。𠮷"):
        (hit,) = ask(two, q)
        assert hit["field"] == "text"
        assert [*map(fold, texts(hit["source_spans"], PLAN))] == [*map(fold, texts(hit["spans"], hit["value"]))]
    assert texts(ask(two, "先行先试")[0]["source_spans"], PLAN) == ["先行先\n试"]
    (document,) = ask(two, "长数办发(2023)7号")
    assert texts(document["source_spans"], PLAN) == ["长数办发〔2023〕7号"]


def test_an_agency_is_found_by_what_documents_that_are_held_call_it(two: Store, tmp_path: Path) -> None:
    def agencies(q: str) -> list[tuple[str, str]]:
        return [(row["name"], row["value"]) for row in ask(two, q, kind="agency")]

    name = "长治市发展和改革委员会"
    assert agencies("市发改委") == [(name, "市发改委")]
    assert agencies("市發展改革委") == [(name, "市发展改革委")]
    (plan,) = [row["id"] for row in ask(two, "数据工作要点", kind="document")]
    library(two, tmp_path / "sources").remove(plan)
    assert agencies("市发改委") == []
    assert agencies("市发展改革委") == [(name, "市发展改革委")]
    assert ask(two, "数据") == []


def test_indexes_that_were_dropped_come_back_on_neo4j(neo4j_store: Store) -> None:
    neo4j_store.write(lambda tx: tx.run("DROP INDEX task_words").consume())
    neo4j_store.ensure_schema()
    assert neo4j_store.full_text().keys() == {(n.label, p) for n in NODES for p in n.searched}


# The program


@pytest.fixture
def planned(served: Served, tmp_path: Path) -> Iterator[Path]:
    """The data of a base that is served, with the plan in it."""
    plan = tmp_path / "plan.txt"
    plan.write_text(PLAN, encoding="utf-8")
    assert guest(served.data, "load", plan).returncode == 0
    yield served.data
    assert guest(served.data, "remove", "长数办发〔2023〕7号").returncode == 0


def test_a_guest_searches_too(planned: Path) -> None:
    with open_store(Settings(data=planned, timeout=PATIENCE)) as store:
        assert store.attached
        store.ensure_schema()
        assert store.full_text().keys() == {(n.label, p) for n in NODES for p in n.searched}
        assert [row["name"] for row in ask(store, "公共數據平臺😀")] == ["建设公共数据平台😀"]


def test_the_command(planned: Path) -> None:
    table = guest(planned, "search", "公共數據", "平臺😀")
    assert "【公共数据】【平台😀】" in table.stdout or "【公共数据平台😀】" in table.stdout
    assert table.stdout.splitlines()[-1] == "1 hits"
    asked = ("市", "--kind", "agency", "--place", "长治", "--limit", "1", "--format", "csv")
    as_csv = guest(planned, "search", *asked).stdout
    header, row = csv.reader(io.StringIO(as_csv.removeprefix("\ufeff")))
    assert dict(zip(header, row, strict=True))["kind"] == "agency"
    refused = guest(planned, "search", " ")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "q is words or a name" in refused.stderr
