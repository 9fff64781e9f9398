"""Principles: the headlines of the items under 基本原则, numbered, one a paragraph, or several in one paragraph."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loaders.text.tree import Outline

# 例 基本原则 · 总体要求与工作原则 · 基本原则和主要目标, but not 按照属地管理原则推进
PRINCIPLE_HEAD = re.compile(r"原则(?:$|[和与及、(])")
# One to which its text is glued. 例 工作原则|政府领导,部门配合;突出重点
_GLUED = re.compile(r"(?:工作|基本|应急|主要)原则[ ]{0,4}(?=[\u4e00-\u9fff]{2,6}[,、;][\u4e00-\u9fff]{2,6}[,;。])")
# What opens a list of them. 例 分配资金应当遵循以下原则:
_LEAD_IN = re.compile(r"(?:遵循|坚持)(?:下列|以下|如下)[^。,;:]{0,6}原则:\s*\Z")
# One that is broken behind a comma goes on below. 例 不搞“花架子”,|\n|务实推进
PARAGRAPH = re.compile(r"(?:[^\n]|(?<=[,、])\n(?=[^\n])){2,}")
_PAIR = r"[\u4e00-\u9fff]{2,6}[,、][\u4e00-\u9fff]{2,6}"
_SAYING = rf"(?:{_PAIR}|(?![一二三四五六七八九十]是)[\u4e00-\u9fff]{{4,8}})"
# What of a paragraph may be a principle of its own: 例 坚持…;|坚持… · 一是…。|二是…
PRINCIPLE_PART = re.compile(r"[^;](?:(?!(?<=。)[一二三四五六七八九十]是)[^;]){0,2000}")
# 例 坚持问题导向,注重创新驱动。 · ——坚持统筹推进。 · 一是依法行政 · 政府引导、市场运作。
PRINCIPLE_START = re.compile(
    r"[ 。:;\n]{0,20}(?:(?:-{1,3}|[一二三四五六七八九十]是|其[一二三四五],?)[ ]{0,4}(?=[“\"\u4e00-\u9fff])"
    rf"|(?=(?!坚持以[^。]{{2,40}}(?:思想|理论|精神|观)为指导,)(?:坚持|强化|突出|注重|鼓励|遵循)|{_PAIR}[。,]))"
    r"(?P<headline>[^;]{2,2000})"
)
_ANY_START = re.compile(r"[ 。:]{0,20}(?P<headline>[^;。]{2,30})")
# How else a paragraph may hold several: what all of it looks like, its parts, and how each opens.
_LAYOUTS = (
    (  # 例 政府领导,部门配合;|突出重点;|分类指导。
        re.compile(rf"[ :。]{{0,20}}(?:{_SAYING};){{2,20}}{_SAYING}。?[ ]{{0,4}}\Z"),
        PRINCIPLE_PART,
        _ANY_START,
    ),
    (  # 例 坚持政策引导,加强协调。|坚持绿色智能,提升水平。|坚持示范推广,稳步推进。
        re.compile(r"[ :。]{0,20}(?:坚持[^。,;]{2,20},[^。;]{4,300}(?:。[ ]{0,4}|\Z)){3,20}\Z"),
        re.compile(r"[^。]{2,2000}"),
        PRINCIPLE_START,
    ),
    (  # 例 重点突破,以点带面。立足薄弱环节。|协同创新,开放融合。构建机制
        re.compile(rf"[ :]{{0,20}}{_PAIR}。"),
        re.compile(rf"[^;](?:(?!(?<=。){_PAIR}。[^;]{{8}})[^;]){{0,2000}}"),
        PRINCIPLE_START,
    ),
)
# 例 聚焦支农主业。|政府性融资担保机构要…
PRINCIPLE_SENTENCE = re.compile(r"[ ]{0,20}(?P<headline>[\u4e00-\u9fff][^。;:\n]{3,23})[。:](?=[^\n]{8})")
HEADLINE_END = re.compile(r"[。:;]|(?<![,、])\n")

_HEADLINE = 60  # code points of the longest headline
HEADING: Final = 30  # and of the longest title that is a heading and no sentence
_FEWEST = 2  # paragraphs that open with a short sentence before that is taken for their layout


def find_principles(plain: str, outline: Outline) -> Iterator[Span]:
    """Spans of the headlines, in order: up to the first 。 and without it."""
    return (span for span in _headlines(plain, outline) if span.end > span.start)  # 2.: has none


def _headlines(plain: str, outline: Outline) -> Iterator[Span]:
    for item in outline.items:
        if item.aside and _LEAD_IN.search(plain, max(item.body, item.aside.start - _HEADLINE), item.aside.start):
            within = [number for number in outline.numbers if item.aside.start <= number.start < item.aside.end]
            listed = [number for number in within if number.level == within[0].level]
            ends = [*(number.start for number in listed[1:]), item.aside.end]
            yield from (_headline(plain, number.body, end) for number, end in zip(listed, ends, strict=True))
            continue
        of_principles = [bool(PRINCIPLE_HEAD.search(child.title)) for child in item.children]
        glued = None if item.children else _GLUED.match(plain, item.body, item.first_line.end)
        if glued:
            yield from _in_paragraphs(plain, glued.end(), item.end)
        if glued or not PRINCIPLE_HEAD.search(item.title) or (any(of_principles) and not all(of_principles)):
            continue  # a heading over others; where each is called one, (一)分级管理原则, they are the principles
        if item.children and 2 * sum("由" in child.title and "负责" in child.title for child in item.children) > len(
            item.children
        ):
            continue  # 实行“谁组建、谁管理”原则。(一)各级评委会由市人社部门负责核准
        if item.children:
            yield from (_headline(plain, child.body, child.end) for child in item.children)
        elif len(item.title) <= HEADING:  # else a sentence: 按照停电范围最小化原则,编制方案
            yield from _in_paragraphs(plain, item.title_span.end, item.end)


def _headline(plain: str, start: int, end: int) -> Span:
    stop = HEADLINE_END.search(plain, start, min(end, start + _HEADLINE))
    line_end = plain.find("\n", start, end)
    return Span(start, stop.start() if stop else line_end if line_end > 0 else end)


def _in_paragraphs(plain: str, start: int, end: int) -> Iterator[Span]:
    """坚持…;坚持…;… in one paragraph are as many; a paragraph that opens with 坚持 and explains itself is one.

    Where every paragraph opens with a short sentence of its own, that is the headline, 坚持 or not.
    """
    paragraphs = [paragraph.span() for paragraph in PARAGRAPH.finditer(plain, start, end)]
    starts = [_starts(plain, *paragraph) for paragraph in paragraphs]
    sentences = [PRINCIPLE_SENTENCE.match(plain, *paragraph) for paragraph in paragraphs]
    by_sentence = len(paragraphs) >= _FEWEST and all(s or p for s, p in zip(sentences, starts, strict=True))
    for (_, stop), parts, sentence in zip(paragraphs, starts, sentences, strict=True):
        if len(parts) > 1:
            yield from (_first_sentence(plain, *part.span("headline")) for part in parts)
        elif parts:
            yield _headline(plain, parts[0].start("headline"), stop)
        elif by_sentence and sentence:
            yield Span(*sentence.span("headline"))


def _starts(plain: str, start: int, end: int) -> list[re.Match[str]]:
    """The parts of a paragraph that open as a principle does, each with its words as `headline`."""
    layouts = ((part, opens) for whole, part, opens in _LAYOUTS if whole.match(plain, start, end))
    part, opens = next(layouts, (PRINCIPLE_PART, PRINCIPLE_START))
    parts = (opens.match(plain, *found.span()) for found in part.finditer(plain, start, end))
    return [found for found in parts if found]


def _first_sentence(plain: str, start: int, end: int) -> Span:
    stop = plain.find("。", start, end)
    return Span(start, stop if stop > 0 else end)
