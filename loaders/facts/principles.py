"""Principles: the headlines of the items under 基本原则, numbered, one a paragraph, or several in one paragraph."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loaders.text.items import Item
    from loaders.text.tree import Outline

# 例 基本原则 · 总体要求与工作原则 · 基本原则和主要目标, but not 按照属地管理原则推进
PRINCIPLE_HEAD = re.compile(r"原则(?:$|[和与及、(])")
# What opens a list of them. 例 分配资金应当遵循以下原则:
_LEAD_IN = re.compile(r"(?:遵循|坚持)(?:下列|以下|如下)[^。,;:]{0,6}原则:\s*\Z")
PARAGRAPH = re.compile(r"[^\n]{2,}")
# What of a paragraph may be a principle of its own: 例 坚持…;|坚持… · 一是…。|二是…
PRINCIPLE_PART = re.compile(r"[^;\n](?:(?!(?<=。)[一二三四五六七八九十]是)[^;\n]){0,2000}")
# 例 坚持问题导向,注重创新驱动。 · ——坚持统筹推进。 · 一是依法行政 · 政府引导、市场运作。
PRINCIPLE_START = re.compile(
    r"[ 。:;]{0,20}(?:(?:-{1,3}|[一二三四五六七八九十]是|其[一二三四五],?)[ ]{0,4}(?=[“\"\u4e00-\u9fff])"
    r"|(?=坚持|强化|突出|注重|鼓励|遵循|[\u4e00-\u9fff]{2,6}[、,][\u4e00-\u9fff]{2,6}[。,]))(?P<headline>[^\n]{2,2000})"
)
# 例 聚焦支农主业。|政府性融资担保机构要…
PRINCIPLE_SENTENCE = re.compile(r"[ ]{0,20}(?P<headline>[\u4e00-\u9fff][^。;:\n]{3,23})[。:](?=[^\n]{8})")
HEADLINE_END = re.compile(r"[。:;\n]")

_HEADLINE = 60  # code points of the longest headline
_FEWEST = 2  # paragraphs that open with a short sentence before that is taken for their layout


def find_principles(plain: str, outline: Outline) -> Iterator[Span]:
    """Spans of the headlines, in order: up to the first 。 and without it."""
    for item in outline.items:
        if item.aside and _LEAD_IN.search(plain, max(item.body, item.aside.start - _HEADLINE), item.aside.start):
            listed = [number for number in outline.numbers if item.aside.start <= number.start < item.aside.end]
            ends = [*(number.start for number in listed[1:]), item.aside.end]
            yield from (_headline(plain, number.body, end) for number, end in zip(listed, ends, strict=True))
            continue
        of_principles = [bool(PRINCIPLE_HEAD.search(child.title)) for child in item.children]
        if not PRINCIPLE_HEAD.search(item.title) or (any(of_principles) and not all(of_principles)):
            continue  # a heading over others; where each is called one, (一)分级管理原则, they are the principles
        if item.children:
            yield from (_headline(plain, child.body, child.end) for child in item.children)
        else:
            yield from _in_paragraphs(plain, item)


def _headline(plain: str, start: int, end: int) -> Span:
    stop = HEADLINE_END.search(plain, start, min(end, start + _HEADLINE))
    line_end = plain.find("\n", start, end)
    return Span(start, stop.start() if stop else line_end if line_end > 0 else end)


def _in_paragraphs(plain: str, item: Item) -> Iterator[Span]:
    """坚持…;坚持…;… in one paragraph are as many; a paragraph that opens with 坚持 and explains itself is one.

    Where every paragraph opens with a short sentence of its own, that is the headline, 坚持 or not.
    """
    paragraphs = [paragraph.span() for paragraph in PARAGRAPH.finditer(plain, item.title_span.end, item.end)]
    starts = [_starts(plain, *paragraph) for paragraph in paragraphs]
    sentences = [PRINCIPLE_SENTENCE.match(plain, *paragraph) for paragraph in paragraphs]
    by_sentence = len(paragraphs) >= _FEWEST and all(s or p for s, p in zip(sentences, starts, strict=True))
    for (_, end), parts, sentence in zip(paragraphs, starts, sentences, strict=True):
        if len(parts) > 1:
            yield from (_first_sentence(plain, *part.span("headline")) for part in parts)
        elif parts:
            yield _headline(plain, parts[0].start("headline"), end)
        elif by_sentence and sentence:
            yield Span(*sentence.span("headline"))


def _starts(plain: str, start: int, end: int) -> list[re.Match[str]]:
    """The parts of a paragraph that open as a principle does, each with its words as `headline`."""
    parts = (PRINCIPLE_START.match(plain, *part.span()) for part in PRINCIPLE_PART.finditer(plain, start, end))
    return [part for part in parts if part]


def _first_sentence(plain: str, start: int, end: int) -> Span:
    stop = plain.find("。", start, end)
    return Span(start, stop if stop > 0 else end)
