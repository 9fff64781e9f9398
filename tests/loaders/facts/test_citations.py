"""Text -> the other documents it cites."""

from __future__ import annotations

import pytest

from kg.model import Citation
from loaders.facts.citations import find_citations
from loaders.text.tree import outlines
from loaders.text.view import plain


def citations(sentence: str) -> tuple[str, list[Citation]]:
    text = (
        "长治市人民政府关于印发《长治市推进工作方案》的通知\n长政发〔2022〕1号\n现将《长治市推进工作方案》印发给你们。\n"
        f"一、任务\n1.{sentence}\n"
    )
    view = plain(text)
    (outline,) = outlines(view)
    return text, list(find_citations(view, outline.frame))


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("按照《国务院关于推进的意见》(国发〔2021〕3号)推进。", [("国务院关于推进的意见", "国发〔2021〕3号")]),
        ("按照《关于推进的通知》（湘财税[2021]3号）推进。", [("关于推进的通知", "湘财税〔2021〕3号")]),
        ("落实《优化营商环境条例》《湖南省规定》。", [("优化营商环境条例", None), ("湖南省规定", None)]),
        ("落实《实施方案(2021—2025年)》。", [("实施方案(2021-2025年)", None)]),
        (
            "落实《关于印发<公共信息公开办法>的通知》(国办发〔2020〕50号)。",
            [("关于印发<公共信息公开办法>的通知", "国办发〔2020〕50号")],
        ),
        ("根据国办发〔2019〕54号和川办函〔2021〕57号文件。", [(None, "国办发〔2019〕54号"), (None, "川办函〔2021〕57号")]),
        ("落实《优化营商环境条例》和国办发〔2019〕54号文件。", [("优化营商环境条例", None), (None, "国办发〔2019〕54号")]),
        # another document, though its name begins like that of this one
        ("原《长治市推进工作方案》（长政发〔2020〕9号）废止。", [("长治市推进工作方案", "长政发〔2020〕9号")]),
        # not another document
        ("学习《红楼梦》，运行《政务系统》。", []),
        ("落实《长治市推进工作方案》，按照长政发〔2022〕1号。", []),
        ("学习《", []),
    ],
)
def test_citations(sentence: str, expected: list[tuple[str | None, str | None]]) -> None:
    _, found = citations(sentence)
    assert [(c.title, c.doc_number) for c in found] == expected


def test_a_span_covers_title_and_number() -> None:
    text, (citation,) = citations("按照《国务院关于推进的意见》（国发〔2021〕3号）推进。")
    assert text[slice(*citation.span)] == "《国务院关于推进的意见》（国发〔2021〕3号）"
