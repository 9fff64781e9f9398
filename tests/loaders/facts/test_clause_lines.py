"""Clauses without a bracket or a label: lines that say who does what, and headings that are labels of those below."""

from __future__ import annotations

import pytest

from loaders.facts.clauses import find_clauses
from loaders.text.view import plain


def found(text: str, *items: str) -> list[str]:
    """The clauses of a text with items that begin with these words: rule, units written L:A|P:B, words."""
    view = plain(text)
    clauses = find_clauses(view, 0, len(view), [text.index(item) for item in items])
    return [
        f"{c.rule} {'|'.join(f'{role[0]}:{text[u.start : u.end]}' for u, role in c.units)} {c.span.of(text)}" for c in clauses
    ]


@pytest.mark.parametrize(
    ("words", "clause"),
    [
        ("。\n市司法局牵头,市教育局、各街道参与。\n", "L:市司法局|P:市教育局|P:各街道 市司法局牵头,市教育局、各街道参与"),
        ("\n市司法局牵头,市教育局配合\n", "L:市司法局|P:市教育局 市司法局牵头,市教育局配合"),  # below a heading
        ("。\n  市司法局会同市财政局负责。\n", "L:市司法局|P:市财政局 市司法局会同市财政局负责"),
        ("。\n教育部牵头,财政部配合。\n", "L:教育部|P:财政部 教育部牵头,财政部配合"),
        ("。\n县政府办牵头,各镇(街道)负责\n\n", "L:县政府办|P:各镇(街道) 县政府办牵头,各镇(街道)负责"),
        # a heading of what comes next stands below it; one of its names is known but ends in no word of an agency
        ("。\n市司法局牵头\n提升履职效能\n", "L:市司法局 市司法局牵头"),
        (
            "。\n省财政厅、政务和数据局，人民银行广东省分行按职责分工负责\n",
            "L:省财政厅|L:政务和数据局|L:人民银行广东省分行 省财政厅、政务和数据局，人民银行广东省分行按职责分工负责",
        ),
        ("。" + "深入开展督查" * 20 + "。\n市司法局负责。\n", "L:市司法局 市司法局负责"),
    ],
)
def test_a_line_that_says_who_does_what(words: str, clause: str) -> None:
    assert found(f"1.完善机制{words}2.落实方案。\n", "1.", "2.") == [f"clause-line {clause}"]


@pytest.mark.parametrize(
    "words",
    [
        ",\n市司法局负责。\n",  # the sentence above it has not ended
        "。\n市司法局负责\n牵头推进。\n",  # nor has this one
        "。\n市司法局负责。其余照旧。\n",
        "。\n市司法局会同市财政局、宏达物流负责。\n",
        "。\n信息中心负责。\n",  # whose it is is not beyond doubt
        "。\n有关部门负责。\n",
        "。\n确保市司法局落实。\n",
        "。\n市司法局牵头,宏达物流配合。\n",
    ],
)
def test_a_line_that_says_anything_else(words: str) -> None:
    assert found(f"1.完善机制{words}2.落实方案。\n", "1.", "2.") == []


def test_a_label_with_a_blank_for_its_colon() -> None:
    text = "1.完善机制。\n牵头单位 市司法局\n配合单位  市财政局、市教育局\n2.落实方案。\n"
    labels = "牵头单位 市司法局\n配合单位  市财政局、市教育局"
    assert found(text, "1.", "2.") == [f"clause-label L:市司法局|P:市财政局|P:市教育局 {labels}"]
    assert found("1.完善机制。\n牵头单位 市司法局要求:推进\n2.落实方案。\n", "1.", "2.") == []


def test_each_line_of_an_item_is_a_clause_of_its_own() -> None:
    assert found("1.完善机制。\n市司法局负责。\n市财政局配合。\n", "1.") == [
        "clause-line L:市司法局 市司法局负责",
        "clause-line P:市财政局 市财政局配合",
    ]


def test_the_first_line_of_an_item_and_those_above_all_are_none() -> None:
    assert found("1.完善机制。\n市司法局负责。\n", "1.", "市司法局") == []
    assert found("完善机制。\n市司法局负责。\n1.落实方案。\n", "1.") == []
    assert found("完善机制。\n市司法局负责。\n") == []


@pytest.mark.parametrize(
    ("heading", "clause"),
    [
        ("(二)指导单位。", "clause-heading L:市司法局|L:市财政局"),
        ("责任单位", "clause-heading L:市司法局|L:市财政局"),
        ("二、配合单位:", "clause-heading P:市司法局|P:市财政局"),
        ("(二)工作片单位", "clause-unknown-label L:市司法局|L:市财政局"),
        ("工作片单位", ""),  # unknown words, and no number
        ("二、推荐单位", ""),
        ("二、重点部位", ""),
        ("二、切实压实市级各个部门和单位的牵头单位", ""),  # too long
    ],
)
def test_a_heading_is_a_label_of_the_line_below(heading: str, clause: str) -> None:
    units = "市司法局、市财政局"
    assert found(f"一、推进监督。\n{heading}\n{units}\n三、落实方案。\n") == ([f"{clause} {units}"] if clause else [])


def test_the_line_below_a_heading_may_say_who_leads() -> None:
    assert found("一、推进监督。\n(二)指导单位\n  市司法局牵头,市财政局配合。\n") == [
        "clause-heading L:市司法局|P:市财政局 市司法局牵头,市财政局配合"
    ]
