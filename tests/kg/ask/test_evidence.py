"""The text of a document, cut at its facts: nothing is lost, doubled or moved, whatever the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.signatures import text_model
from kg.ask.evidence import FACTS, evidence, paragraphs
from kg.engine.store import Answer, Store
from kg.errors import StoreLocked
from kg.model import Sheet, Span
from loaders.extract import extract
from loaders.version import rules_version
from tests.clock import cpu_seconds
from tests.kg.small_graph import CHANGZHI, emptied, facts, load
from tests.loaders.formats.layouts import Layout, as_xls, sheet
from tests.samples import QUERIES, library

SEED = Path(__file__).parents[3] / "seed"
QUERY = QUERIES[FACTS]

Row = dict[str, Any]


def fact(start: int, end: int, kind: str = "lead", clause: str | None = None, id_: str = "x") -> Row:
    return {"kind": kind, "id": id_, "start": start, "end": end, "clause": clause}


def words_of(text: str, cut: list[Row], number: int) -> str:
    """What the segments of a fact say, with what stands between two paragraphs from the source."""
    segments = [(s["start"], s["end"]) for p in cut for s in p["segments"] if number in s["facts"]]
    if not segments:
        return ""
    said = ""
    at = segments[0][0]
    for start, end in segments:
        assert not text[at:start].strip("\r\n")
        said += text[at:end]
        at = end
    return said


def assert_whole(text: str, document: Span, rows: list[Row], cut: list[Row]) -> None:
    at = document.start
    for paragraph in cut:
        assert text[at : paragraph["start"]] in ("", "\n", "\r\n", "\r")
        assert paragraph["start"] >= at
        at = paragraph["start"]
        for segment in paragraph["segments"]:
            assert segment["start"] == at < segment["end"]
            assert segment["text"] == text[at : segment["end"]]
            at = segment["end"]
        assert at == paragraph["end"]
        assert not re.search("[\r\n]", text[paragraph["start"] : paragraph["end"]])
    assert at == document.end
    for number, row in enumerate(rows):
        if row["kind"] != "task":
            assert words_of(text, cut, number).strip("\r\n") == text[row["start"] : row["end"]].strip("\r\n")
        if row["clause"] and row["clause_start"] is not None:
            assert row["clause_start"] <= row["start"] <= row["end"] <= row["clause_end"]
            assert text[row["clause_start"] : row["clause_end"]] == row["clause"]
    within = [(r["clause_start"], r["clause_end"]) for r in rows if r["clause_start"] is not None]
    for segment in (s for p in cut for s in p["segments"]):
        assert segment["clause"] == any(start <= segment["start"] and segment["end"] <= end for start, end in within)


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, Span, list[Row], list[int]]:
    text = draw(st.text(alphabet="市政務公開牽頭（），。\n\r 　1𠮷😀a", max_size=60))

    def span() -> tuple[int, int]:
        one, other = draw(st.integers(0, len(text))), draw(st.integers(0, len(text)))
        return min(one, other), max(one, other)

    rows = [fact(*span(), "task", id_=str(n)) for n in range(draw(st.integers(0, 4)))]
    for _ in range(draw(st.integers(0, 8))):
        start, end = span()
        before, after = draw(st.integers(0, start)), draw(st.integers(end, len(text)))
        rows.append(fact(start, end, clause=text[before:after] or None))
    pages = draw(st.lists(st.integers(0, len(text)), max_size=3).map(sorted))
    return text, Span(0, len(text)), rows, pages


@given(marked())
def test_nothing_is_lost_or_moved(made: tuple[str, Span, list[Row], list[int]]) -> None:
    text, document, rows, pages = made
    assert_whole(text, document, rows, paragraphs(text, document, "", rows, pages=pages))


def test_overlaps_and_line_ends() -> None:
    text = "甲𠮷乙\r\n丙丁\r戊己\n"
    rows = [fact(0, 3), fact(1, 7), fact(6, 8), fact(8, 11)]
    cut = paragraphs(text, Span(0, len(text)), "", rows)
    assert [(s["text"], s["facts"]) for p in cut for s in p["segments"]] == [
        ("甲", [0]),
        ("𠮷乙", [0, 1]),
        ("丙", [1]),
        ("丁", [1, 2]),
        ("戊己", [3]),
    ]


PLAN = (
    "\ufeff某市計劃\r\n關於公開\r\n一、總則\r\n總的來說。\r\n二、任務\r\n"
    "　（一）公開。甲牽頭。\r\n續上。（二）再公開。\r\n1\t（三）表中。\r\n附則\r\n"
)


def test_sheets_and_rows() -> None:
    text = "台账\n1\t甲\n乙\n2\t丙\n1\t丁\n"
    sheets = [Sheet("民生", Span(0, 13), ((0, 1), (3, 4), (9, 6))).line, Sheet("改革\t二", Span(13, 17), ((13, 2),)).line]
    whole = paragraphs(text, Span(0, len(text)), "", [], sheets=sheets)
    assert [(p.get("sheet"), p.get("row")) for p in whole[:5]] == [
        ("民生", 1),
        (None, 4),
        (None, None),
        (None, 6),
        ("改革\t二", 2),
    ]
    part = paragraphs(text, Span(7, 12), "", [], sheets=sheets)
    assert [(p.get("sheet"), p.get("row")) for p in part] == [("民生", 4), (None, 6)]


def test_what_text_recognition_read_and_doubts() -> None:
    text = "一、修路。\n二、架桥。（市财政局）\n三、通水。\n"
    rows = [fact(text.index("市财政局"), text.index("）"), "lead")]
    cut = paragraphs(text, Span(0, len(text)), "", rows, recognised=[6, 18, 20, 24], doubtful=[14, 15, 16, 17])
    assert [paragraph.get("recognised") for paragraph in cut] == [None, True, True, None]
    second = cut[1]["segments"]
    assert [(s["text"], s["facts"], s.get("doubtful")) for s in second if s["facts"] or s.get("doubtful")] == [
        ("市财", [0], None),
        ("政", [0], True),
        ("局", [0], None),
        ("）", [], True),
    ]
    assert "".join(s["text"] for s in second) == "二、架桥。（市财政局）"


def test_tasks_headings_and_pages() -> None:
    def task(words: str, end: str, id_: str) -> Row:
        return fact(PLAN.index(words), PLAN.index(end) + len(end), "task", id_=id_)

    rows = [task("（一）", "續上。", "a"), task("（二）", "再公開。", "b"), task("（三）", "表中。", "c")]
    above = {"a": ("任務",), "b": ("任務",), "c": ("任務",)}
    pages = [0, PLAN.index("二、任務"), PLAN.index("續上")]
    cut = paragraphs(PLAN, Span(0, len(PLAN)), "某市計劃關於公開", rows, headings=above, pages=pages)
    shown = [("".join(s["text"] for s in p["segments"]), p["heading"], p["task"], p["task_starts"], p.get("page")) for p in cut]
    assert shown == [
        ("\ufeff某市計劃", 1, None, False, 1),
        ("關於公開", 1, None, False, None),
        ("一、總則", None, None, False, None),
        ("總的來說。", None, None, False, None),
        ("二、任務", 1, None, False, 2),
        ("　（一）公開。甲牽頭。", None, "a", True, None),
        ("續上。", None, "a", False, 3),
        ("（二）再公開。", None, "b", True, None),
        ("1\t（三）表中。", None, "c", True, None),
        ("附則", None, None, False, None),
        ("", None, None, False, None),
    ]


def test_a_title_is_not_looked_for_in_the_tasks_under_it() -> None:
    text = "二、优化服务\n（一）甲。\n具体是：加快优化服务\n优化服务\n（二）乙。\n（三）优化服务\n1. 丙。\n"
    starts = [text.index("（一）"), text.index("（二）"), text.index("1. 丙"), len(text)]
    rows = [fact(start, end, "task", id_=str(n)) for n, (start, end) in enumerate(pairwise(starts))]
    above = {"0": ("优化服务",), "1": ("优化服务",), "2": ("优化服务", "优化服务")}
    cut = paragraphs(text, Span(0, len(text)), "", rows, headings=above)
    assert [p["heading"] for p in cut] == [1, None, None, None, None, 2, None, None]


@pytest.mark.parametrize(
    ("line", "level"),
    [
        *(
            (number + "优化服务", 1)
            for number in ("", "一、", "（十二）", "(3) ", "第一章　", "第二部分 ", "1.", "2.1.3 ", "③", "【一】", "1、")
        ),
        *((words + "优化服务", None) for words in ("加快", "一、加快", "具体是：", "2022年", "一、（一）甲，")),
    ],
)
def test_before_a_title_stands_its_number_and_no_word(line: str, level: int | None) -> None:
    text = f"{line}\n甲。"
    rows = [fact(len(line) + 1, len(text), "task", id_="a")]
    assert paragraphs(text, Span(0, len(text)), "", rows, headings={"a": ("优化服务",)})[0]["heading"] == level


@pytest.mark.hostile
@pytest.mark.parametrize("line", ["1 " * 20_000, "甲，" * 20_000, "1 " * 19_999 + "甲"])
def test_a_line_of_many_tasks_takes_linear_time(line: str) -> None:
    def cut(text: str) -> object:
        rows = [fact(at, at + 2, "task", id_=str(at)) for at in range(0, len(text), 2)]
        return paragraphs(text, Span(0, len(text)), "", rows)

    assert cpu_seconds(lambda: cut(line)) < 24 * cpu_seconds(lambda: cut(line[-len(line) // 8 :]))  # 64 where it is quadratic


def long_text(lines: int) -> tuple[str, list[Row]]:
    clause = "（市司法局牵头，市财政局配合）"
    line = "（一）全面推行行政执法公示制度，" + clause
    rows = []
    for at in range(0, lines * (len(line) + 1), len(line) + 1):
        rows.append(fact(at, at + len(line), "task", id_=str(at)))
        opening = at + len(line) - len(clause) + 1
        rows += [fact(opening, opening + 4, clause=clause), fact(opening + 7, opening + 11, clause=clause)]
    return (line + "\n") * lines, rows


@pytest.mark.hostile
def test_a_long_text_with_many_facts_takes_linear_time() -> None:
    def cut(lines: int) -> list[Row]:
        text, rows = long_text(lines)
        headings = {row["id"]: ("总则", "任务") for row in rows if row["kind"] == "task"}
        return paragraphs(text, Span(0, len(text)), "标题", rows, headings=headings)

    assert cpu_seconds(lambda: cut(3200)) < 16 * cpu_seconds(lambda: cut(800))  # 100,000 characters, and a quarter
    assert sum(len(p["segments"]) for p in cut(800)) > 2 * 800


@pytest.fixture(scope="module")
def seeds(embedded_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = emptied(embedded_store)
    results = library(store, tmp_path_factory.mktemp("sources"), extract, rules_version()).loading(sorted(SEED.iterdir()))
    assert {r.outcome for r in results} == {"added"}
    yield store
    emptied(store)


def test_every_fact_of_the_seeds_is_where_it_says(seeds: Store) -> None:
    documents = seeds.read("MATCH (d:Document)-[:FROM]->(s:Source) RETURN d.id AS id, s.text AS text ORDER BY id").rows
    assert len(documents) == 6
    for document in documents:
        answer = evidence(seeds, QUERY, {"document": document["id"]})
        text_model(QUERY).model_validate(answer)
        rows, cut = answer["facts"], answer["paragraphs"]
        assert_whole(document["text"], Span(answer["start"], answer["end"]), rows, cut)
        assert answer["chars"] == answer["end"] - answer["start"]
        for number, row in enumerate(rows):
            if row["kind"] == "task":
                assert any(p["task"] == row["id"] and p["task_starts"] for p in cut)
            else:
                assert words_of(document["text"], cut, number) == row["quote"]
            assert not row["clause"] or row["clause_start"] is not None
        assert {p["heading"] for p in cut} >= {None, 1}


def test_a_ledger_says_in_which_sheet_and_row(embedded_store: Store, tmp_path: Path) -> None:
    store = emptied(embedded_store)
    file = tmp_path / "a.xls"
    head = ["序号", "工作任务", "责任单位", "完成时限"]
    layout: Layout = ["云溪市2024年安全生产任务台账", "", [head, ["1", "排查老旧桥梁", "市交通局", "2024年5月31日"]]]
    file.write_bytes(as_xls(sheet(layout, "台账"), sheet([[head, ["2", "检修水闸", "市水利局", "2024年6月30日"]]], "补充事项")))
    assert [r.outcome for r in library(store, tmp_path / "sources", extract, rules_version()).loading([file])] == ["added"]
    (document,) = store.read("MATCH (d:Document {loaded: true}) RETURN d.id AS id").rows
    answer = evidence(store, QUERY, {"document": document["id"]})
    text_model(QUERY).model_validate(answer)
    assert [(p.get("sheet"), p.get("row")) for p in answer["paragraphs"]] == [
        ("台账", 1),
        (None, 3),
        (None, 4),
        (None, None),  # the name of the sheet
        ("补充事项", 1),
        (None, 2),
    ]


def test_documents_that_share_a_source_get_their_own_words(embedded_store: Store) -> None:
    answer = evidence(load(embedded_store, facts()), QUERY, {"document": CHANGZHI})
    assert {f["kind"] for f in answer["facts"]} >= {"task", "lead", "participation", "deadline", "principle", "citation"}


@pytest.mark.parametrize("stale", [1, 2, 1000])
def test_a_text_and_facts_that_do_not_agree_are_read_again(
    embedded_store: Store, monkeypatch: pytest.MonkeyPatch, stale: int
) -> None:
    store = load(embedded_store, facts())
    read, texts = store.read, 0

    def replaced(cypher: str, *given: Any, **more: Any) -> Answer:
        nonlocal texts
        answer = read(cypher, *given, **more)
        if "s.text AS text" in cypher:
            texts += 1
            if texts <= stale:
                answer.rows[0]["text"] = "甲" + answer.rows[0]["text"]
        return answer

    monkeypatch.setattr(store, "read", replaced)
    if stale < 5:
        assert evidence(store, QUERY, {"document": CHANGZHI})["facts"]
    else:
        with pytest.raises(StoreLocked):
            evidence(store, QUERY, {"document": CHANGZHI})
    assert texts == min(stale + 1, 5)


def test_a_document_without_its_text_is_no_endless_search(embedded_store: Store) -> None:
    store = load(embedded_store, facts())
    store.write(lambda tx: tx.run("MATCH (:Document {id: $id})-[f:FROM]->() DELETE f", {"id": CHANGZHI}).consume())
    with pytest.raises(StoreLocked):
        evidence(store, QUERY, {"document": CHANGZHI})
