"""Sections on principles -> their headlines."""

from __future__ import annotations

import pytest

from loaders.facts.principles import find_principles
from loaders.text.tree import outlines
from loaders.text.view import plain


def principles(section: str) -> list[str]:
    text = f"长治市推进工作方案\n{section}\n九、主要任务\n1.推进改革。\n"
    view = plain(text)
    (outline,) = outlines(view)
    return [text[slice(*span)] for span in find_principles(view, outline)]


@pytest.mark.parametrize(
    ("section", "expected"),
    [
        # items: up to the first 。, without the number
        (
            "二、基本原则\n(一)坚持党委领导、政府负责。要坚持。\n(二)坚持以人为本。\n要为民。",
            ["坚持党委领导、政府负责", "坚持以人为本"],
        ),
        ("一、总体要求\n(一)工作原则。\n1.坚持需求导向。以人为本。\n2.强化标准引领。", ["坚持需求导向", "强化标准引领"]),
        ("一、指导思想和基本原则\n(一)指导思想。坚持发展。\n(二)基本原则。\n1.坚持统筹。", ["坚持统筹"]),
        ("二、基本原则\n1.坚持需求导向。以需求为先。\n2.:", ["坚持需求导向"]),
        ("二、基本原则\n(一)坚持分级负责。\n(二)坚持各负其责。", ["坚持分级负责", "坚持各负其责"]),
        ("二、基本原则\n坚持以改革创新为指导,激发活力。", ["坚持以改革创新为指导,激发活力"]),
        ("二、评委会实行“谁组建、谁管理”原则\n(一)高级评委会由市局负责。\n(二)初级评委会由县局负责。", []),
        # paragraphs
        ("二、主要原则\n坚持问题导向，注重创新驱动。要加强。\n坚持统筹推进。", ["坚持问题导向，注重创新驱动", "坚持统筹推进"]),
        ("二、基本原则\n——坚持统筹推进。要统筹。\n——政府引导，市场运作。要引导。", ["坚持统筹推进", "政府引导，市场运作"]),
        ("二、基本原则\n一是坚持依法行政。要依法。", ["坚持依法行政"]),
        # several in one paragraph
        (
            "二、主要原则\n坚持党的领导，把握方向；坚持以人民为中心；坚持统筹推进。",
            ["坚持党的领导，把握方向", "坚持以人民为中心", "坚持统筹推进"],
        ),
        ("二、工作原则。坚持党的领导；坚持以人民为中心。", ["坚持党的领导", "坚持以人民为中心"]),
        (
            "二、基本原则。一是坚持人民至上，保障民生。二是统筹兼顾、分步实施。要统筹。",
            ["坚持人民至上，保障民生", "统筹兼顾、分步实施"],
        ),
        ("二、基本原则\n一是统筹规划；二是分类指导；三是稳步推进。", ["统筹规划", "分类指导", "稳步推进"]),
        # each paragraph under a short sentence of its own, 坚持 or not
        (
            "二、基本原则\n聚焦支农主业。要以支农为主业，服务三农。\n坚持保本微利。不以营利为目的。\n凝聚机构合力。要加强合作和共享。",
            ["聚焦支农主业", "坚持保本微利", "凝聚机构合力"],
        ),
        # one that is broken behind a comma goes on below
        (
            "二、建设原则\n坚持需求导向。要问需于民、问计于民。\n倡导节俭办事。要勤俭办一切事业，\n不得铺张浪费。\n回归服务本质。要方便群众办事。",
            ["坚持需求导向", "倡导节俭办事", "回归服务本质"],
        ),
        # paired sayings, each with what explains it, in one paragraph
        (
            "二、基本原则\n统筹规划，分步实施。要加强顶层设计。部门协同，社会参与。要形成合力，久久为功。",
            ["统筹规划，分步实施", "部门协同，社会参与"],
        ),
        ("二、基本原则\n坚持统筹规划。要因势利导。分类指导，久久为功。要加强设计。", ["坚持统筹规划"]),
        # sentences of one paragraph that open with 坚持, all of them
        (
            "二、基本原则。坚持政府引导，加强协调。坚持群众自愿，尊重民意。坚持试点先行，稳步推广。",
            ["坚持政府引导，加强协调", "坚持群众自愿，尊重民意", "坚持试点先行，稳步推广"],
        ),
        ("二、基本原则\n坚持政府引导，加强协调。要统一规划。坚持群众自愿，尊重民意。", ["坚持政府引导，加强协调"]),
        # sayings without a mark of their own, and such glued to the heading
        ("二、工作原则\n属地管理，分级负责；快速反应；依法处置。", ["属地管理，分级负责", "快速反应", "依法处置"]),
        ("二、应急原则以人为本，减少危害；快速反应；依法处置。", ["以人为本，减少危害", "快速反应", "依法处置"]),
        # the guiding ideology that a text repeats there
        ("二、基本原则\n坚持以科学发展观为指导，全面推进改革。\n坚持统筹推进。要统筹。", ["坚持统筹推进"]),
        # points for full stops
        (
            "二、基本原则.\n政府引导,市场主导.要改善环境.科技引领,创新驱动.要发展新业态.推进共建,促进共享.",
            ["政府引导,市场主导", "科技引领,创新驱动"],
        ),
        # each called one
        ("二、试点的基本原则\n(一)自愿参与原则。由各村申请。\n(二)分步实施原则。先易后难。", ["自愿参与原则", "分步实施原则"]),
        # in the midst of prose
        ("二、工作要求\n按照统一领导、分级负责的原则。推进工作。", []),
        # traditional text keeps its own characters
        ("二、基本原則\n(一)堅持黨委領導。國務院關於實施責任機會這為時與對產學長門。", ["堅持黨委領導"]),
        # a section of that name without any, and slogans elsewhere
        ("一、总体要求与工作原则\n以扎实开展群众路线教育为契机，深入贯彻会议精神。", []),
        ("一、指导思想\n坚持党的领导。\n(一)坚持以人为本。", []),
        ("一、工作目标\n坚持创新。", []),
    ],
)
def test_principles(section: str, expected: list[str]) -> None:
    assert principles(section) == expected


def test_a_headline_ends_where_the_text_ends() -> None:
    text = "长治市推进工作方案\n一、主要任务\n1.推进改革。\n二、主要原则\n坚持"
    (outline,) = outlines(text)
    (span,) = find_principles(text, outline)
    assert span == (len(text) - 2, len(text))


def test_a_sentence_that_holds_the_word_heads_none() -> None:
    view = plain("方案\n一、督导执行方案一是做好梳理,按照停电范围最小、损失最小化原则,编制方案。二是加强合作,确保落地。")
    (outline,) = outlines(view)
    assert list(find_principles(view, outline)) == []


def test_those_that_an_article_lists() -> None:
    view = plain(
        "古树办法\n第三条 分配资金应当遵循以下原则：\n（一）公开透明。要公示。\n（二）突出重点；\n1.突出民生。\n"
        "第四条 市财政局负责拨付。"
    )
    (outline,) = outlines(view)
    assert [view[slice(*span)] for span in find_principles(view, outline)] == ["公开透明", "突出重点"]
