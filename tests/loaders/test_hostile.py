"""Hostile text costs time linear in its length: four times the text, about four times the time, never sixteen."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

import pytest

from kg.errors import KgError
from loaders.extract import extract
from tests.clock import cpu_seconds

pytestmark = pytest.mark.hostile

HEAD = "长治市人民政府关于印发工作方案的通知\n一、主要任务\n1.推进改革。"
NOISE = 0.15  # seconds: what takes less at four times the size is fast whatever the ratio
RATIO = 10

TEXTS: dict[str, tuple[int, Callable[[int], str]]] = {
    # brackets
    "open clauses": (3000, lambda n: HEAD + "(牵头" * n),
    "open clauses on lines": (3000, lambda n: HEAD + "(牵头\n" * n),
    "deep nesting": (20000, lambda n: HEAD + "(" * n),
    "deep nesting around a cue": (3000, lambda n: HEAD + "(" * n + "牵头" + ")" * n),
    "many nestings": (12, lambda n: HEAD + ("(" * 150 + "牵头" + ")" * 150) * n),
    # lists
    "ten thousand commas": (10000, lambda n: HEAD + "(责任单位:" + "、" * n + ")"),
    "a long list": (3000, lambda n: HEAD + "(责任单位:" + "市司法局、" * n + ")"),
    "a list joined by 和": (3000, lambda n: HEAD + "(责任单位:" + "市司法局和" * n + ")"),
    "a list on lines": (3000, lambda n: HEAD + "(责任单位:" + "市司法局\n" * n + ")"),
    "等": (10000, lambda n: HEAD + "等" * n),
    "各县": (10000, lambda n: HEAD + "各县" * n),
    # prose
    "由": (20000, lambda n: HEAD + "由" * n),
    "由 an agency": (2000, lambda n: HEAD + "由市司法局牵头" * n),
    "quotes that open a subject": (1500, lambda n: HEAD + "“市司法局要会同" * n),
    "duties without a stop": (2000, lambda n: HEAD + "“各县要" * n),
    "duties on one line": (2000, lambda n: HEAD + "推进政务公开,各县要做好工作。" * n),
    "duties of a heading": (2000, lambda n: "长治市推进工作方案\n一、任务\n" + "各县要做好工作。\n" * n + "1.推进。"),
    "duties outside items": (2000, lambda n: "长治市推进工作方案\n" + "各县要做好工作。\n" * n),
    # times and citations
    "每年": (10000, lambda n: HEAD + "每年" * n),
    "years": (6000, lambda n: HEAD + "2022年" * n),
    "open titles": (20000, lambda n: HEAD + "《" * n),
    # the frame
    "a field without end": (20000, lambda n: "标题:" + "长治" * n + "\n发文机关:" + "长治" * n + "\n" + HEAD),
    "bodies on lines": (10000, lambda n: "市司法局\n" * n),
    "dates": (2000, lambda n: HEAD + "\n2022年1月1日" * n),
    "documents": (400, lambda n: HEAD + "".join(f"\n关于第{i}号工作的通知\n1.推进。" for i in range(n))),
    "announced documents": (
        400,
        lambda n: (
            HEAD
            + "".join(f"《关于第{i}号工作的通知》" for i in range(n))
            + "".join(f"\n关于第{i}号工作的通知\n2.推进。" for i in range(n))
        ),
    ),
    # the tree
    "items": (2500, lambda n: HEAD + "\n1.推进。(市司法局负责)" * n),
    "headings without a number": (2500, lambda n: HEAD + "".join(f"\n标题\n{i + 2}.推进" for i in range(n))),
    "paragraphs between brief items": (4000, lambda n: HEAD + "\n(一)" + ("\n(二)" + "推" * 50 + "。\n段落推进。") * n),
    "clauses of a heading": (
        400,
        lambda n: "长治市推进工作方案\n一、任务" + "(市司法局负责)" * n + "\n1.推进。" * n,
    ),
    "clauses for all above": (400, lambda n: HEAD + "\n1.推进。(以上由市司法局负责)" * n),
    "rules for all below": (400, lambda n: HEAD + "\n1.推进。(市司法局负责。以下均需试点城市政府落实,不再列出)" * n),
    # traditional
    # tables in one line, or as a page broke them
    "rules in one line": (8000, lambda n: HEAD + "序号 | 任务 | 责任单位 | " + "推进 | " * n),
    "heads of rules in one line": (1500, lambda n: HEAD + "| 序号 | 责任单位 | | --- | --- | | 1 | 市司法局 | " * n),
    "rows that a page broke": (
        400,
        lambda n: "存在问题\t措施\t责任单位\n" + ("推" * 34 + "\n" + "进" * 20 + "\t市司法局\n") * n,
    ),
    "lines as wide as the page below tabs": (1500, lambda n: "\t\t\n" + ("推" * 34 + "\n") * n),
    "words of another text": (1500, lambda n: HEAD + "《办法》第三条“由市司法局" * n),
    "rows that share their number": (
        300,
        lambda n: (
            "序号\n任务\n牵头单位\n配合单位\n1\n" + "推进改革。\n市司法局\n市财政局\n" * n + "2\n完善制度。\n市司法局\n/\n"
        ),
    ),
    "traditional": (2000, lambda n: "國務院關於實施責任的通知\n1.推動責任。" + "各縣要為機關負責," * n),
}


def seconds(text: str, times: int = 2) -> float:
    data = text.encode()

    def work() -> None:
        with contextlib.suppress(KgError):
            extract(data, "a.txt")

    return cpu_seconds(work, times)


@pytest.mark.parametrize("kind", TEXTS)
def test_time_is_linear(kind: str) -> None:
    n, make = TEXTS[kind]
    seconds(make(10), times=1)  # tables are read once
    longer = seconds(make(4 * n), times=1)
    assert longer < NOISE or longer < RATIO * seconds(make(n), times=1) or seconds(make(4 * n)) < RATIO * seconds(make(n))


def test_a_megabyte_on_one_line() -> None:
    sentence = "推进政务公开,各县区要加强领导(市司法局牵头,市财政局配合),2022年底前完成。"
    text = "长治市推进工作方案 一、主要任务 1.推进。" + sentence * (1_000_000 // len(sentence.encode()))
    (document,) = extract(text.encode(), "a.txt").documents
    assert len(document.assignments) == 3 * text.count(sentence)
    assert len(document.deadlines) == text.count(sentence)
