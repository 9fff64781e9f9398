"""Whole texts -> what gave no fact, and why."""

from __future__ import annotations

import pytest

from kg.model import Document, Residue, Source, Span, Unread
from loaders.extract import extract
from loaders.facts.residue import REASONS, unread_parts

HEAD = "长治市推进工作方案\n各县区人民政府,市直各部门:\n一、主要任务\n1."
FOOT = "\n2.推进乙。(市财政局负责)\n长治市人民政府\n2022年3月1日\n"


def read(text: str) -> Document:
    (document,) = extract((HEAD + text + FOOT).encode(), "a.txt").documents
    return document


def residue(text: str, kind: str = "mention") -> list[str]:
    """What stands in the first item."""
    begin = len(HEAD)
    found = (r for r in read(text).residue if r.kind == kind and begin <= r.span.start < begin + len(text))
    return [f"{r.surface}: {r.reason}" for r in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("推进甲,向市司法局报告。", ["市司法局: object"]),
        ("推进甲,落实《市司法局工作规定》。", ["市司法局: cited"]),
        ("你街道《关于撤村建居的请示》收悉。", ["你街道: cited"]),
        ("推进甲,完善市司法局平台。", ["市司法局: inside"]),
        ("推进甲。市司法局主要领导亲自抓。", ["市司法局: attribute"]),
        ("推进甲。市司法局已经印发方案。", ["市司法局: history"]),
        ("推进甲。市司法局可以制定细则。", ["市司法局: permission"]),
        ("推进甲。经市司法局同意的,依规处置。", ["市司法局: object"]),
        ("推进甲,在市司法局设立窗口。", ["市司法局: place"]),
        ("推进甲。市司法局表示,进展顺利。", ["市司法局: news"]),
        ("推进甲。施工单位全程录像。", ["施工单位: private"]),
        ("推进甲。小组由市司法局、市财政局组成。", ["市司法局: members", "市财政局: members"]),
        ("推进甲。有关单位和个人必须服从。", ["有关单位: private"]),
        ("推进甲。市司法局根据进度,可以调整。", ["市司法局: permission"]),
        ("推进甲。市司法局违反本办法,另行处理。", ["市司法局: condition"]),
        ("推进甲。市司法局总工程师参加。", ["市司法局: attribute"]),
        ("推进甲。市司法局蹊跷于一时。", ["市司法局: None"]),
        # facts are no residue
        ("推进甲。市司法局要落实。(市财政局负责)", []),
    ],
)
def test_why_a_mention_has_no_duty(text: str, expected: list[str]) -> None:
    assert residue(text) == expected


def test_the_frame_names_issuers_and_addressees() -> None:
    reasons = {(r.surface, r.reason) for r in read("推进甲。").residue}
    assert ("各县区人民政府", "addressee") in reasons
    assert ("长治市人民政府", "issuer") in reasons


def test_a_chapter_that_states_no_work_is_silent() -> None:
    text = "长治市推进工作方案\n一、指导思想\n各县要坚持。\n二、任务\n1.推进甲。(市司法局负责)\n"
    (document,) = extract(text.encode(), "a.txt").documents
    assert [(r.surface, r.reason) for r in document.residue] == [("长治市", "issuer"), ("各县", "silent")]


def test_labels_verbs_and_annexes() -> None:
    assert residue("推进甲。\n抓总单位:工作片\n", "label") == ["抓总单位: None"]
    assert residue("推进甲。\n发布单位:工作片\n", "label") == ["发布单位: other-act"]
    assert residue("推进甲,由专人负责。", "verb") == ["负责: people"]
    text = HEAD + "推进甲。(市司法局负责)\n附件:1.任务分工说明\n2.申报表\n长治市人民政府\n2022年3月1日\n"
    (document,) = extract(text.encode(), "a.txt").documents
    assert [(r.surface, r.reason) for r in document.residue if r.kind == "annex"] == [
        ("任务分工说明", None),
        ("申报表", "form"),
    ]


def test_the_one_annex_that_follows_under_its_line_is_here() -> None:
    head = HEAD + "推进甲。(市司法局负责)\n附件:2022年工作要点\n"
    follows = "2022年是关键之年。" * 12 + "\n一、推进乙。(市财政局负责)\n"
    for below, found in ((follows, []), ("长治市人民政府\n2022年3月1日\n", ["2022年工作要点"])):
        (document,) = extract((head + below).encode(), "a.txt").documents
        assert [r.surface for r in document.residue if r.kind == "annex"] == found


def test_a_table_without_rows_is_residue() -> None:
    assert residue("推进甲。\n序号\t工作任务\t责任单位\n", "table") == ["序号\t工作任务\t责任单位: None"]


def test_parts_without_words_are_residue_of_the_document_that_they_stand_in() -> None:
    unread = (Unread("page", "第 2 页", 3), Unread("sheet", "表「旧」", 8, "hidden"))
    source = Source("a", "a.pdf", "application/pdf", "甲乙\n \n丙丁\n", unread=unread)
    first, last = list(unread_parts(source, Span(0, 5))), list(unread_parts(source, Span(5, 8)))
    assert first == [Residue("page", Span(3, 3), "第 2 页", None)]
    assert last == [Residue("sheet", Span(8, 8), "表「旧」", "hidden")]


def test_reasons_are_declared_and_spans_quote_the_text() -> None:
    text = HEAD + "推进甲,向市司法局报告。\n\t市司法局\u3000蹊跷。" + FOOT
    extraction = extract(text.encode(), "a.txt")
    (document,) = extraction.documents
    assert all(r.reason is None or r.reason in REASONS for r in document.residue)
    assert all(r.span.of(text) == r.surface for r in document.residue)
    assert document.unexplained == sum(r.reason is None for r in document.residue)
    assert extraction.as_json()["documents"][0]["residue"][0].keys() == {"kind", "span", "surface", "reason"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("推进甲。(市司法局负责)", "clause-bracket must"),
        ("推进甲。\n责任单位:市司法局", "clause-label must"),
        ("推进甲。(市司法局、市审计局)", "clause-bare-list must"),
        ("推进甲。\n抓片单位:市司法局", "clause-unknown-label must"),
        ("推进甲。(市司法局、市审计局负责,列第一位者为牵头单位)", "clause-positional must"),
        ("推进甲。市司法局要落实。", "prose-must must"),
        ("推进甲。市司法局不得推诿。", "prose-must-not must not"),
    ],
)
def test_facts_name_their_rule(text: str, expected: str) -> None:
    first = read(text).assignments[0]
    assert f"{first.rule} {first.modality}" == expected


def test_a_label_of_unknown_words_counts_only_where_nothing_else_assigns_the_item() -> None:
    both = read("推进甲。(市司法局负责)\n抓片单位:市审计局")
    assert [a.name for a in both.assignments] == ["市司法局", "市财政局"]
    assert [r.surface for r in both.residue if r.kind == "label"] == ["抓片单位"]


def test_a_label_of_unknown_words_gives_way_in_its_own_clause_too() -> None:
    both = read("推进甲。\n责任单位:市司法局\n抓片单位:市审计局")
    assert [(a.name, a.rule) for a in both.assignments] == [("市司法局", "clause-label"), ("市财政局", "clause-bracket")]
    assert residue("推进甲。\n责任单位:市司法局\n抓片单位:市审计局", "label") == ["抓片单位: None"]


def test_a_table_and_a_time_name_their_rule() -> None:
    (document,) = extract(
        "方案\n序号\t任务\t责任单位\t完成时限\n1\t推进甲\t市司法局\t2022年6月底\n".encode(), "a.txt"
    ).documents
    assert [a.rule for a in document.assignments] == ["table-column"]
    assert [d.rule for d in document.deadlines] == ["time-in-a-year"]
