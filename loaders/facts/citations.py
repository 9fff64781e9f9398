"""Citations: 《title》(文号) of another document."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.model import Citation, Span
from loaders.text.frame import KINDS
from loaders.text.imprint import DOC_NUMBER, doc_number
from loaders.text.view import squeezed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loaders.text.frame import Frame

# Behind its 印发, the title of a 通知 names the plan that it prints.
PRINTED = re.compile(r"(?:印发|转发|发布|公布)")
# What a cited document is; a book or a system between 《》 is none.
CITED_KIND = re.compile(
    rf"(?:{KINDS}|法|法典|准则|标准|指引|指南|决议|宣言|报告|合同|协议|目录)(?:[(][^()]{{1,30}}[)]){{0,2}}$"
)
# 例 《国务院办公厅关于…的指导意见》(国办发〔2019〕54号) · 国办发〔2019〕54号
CITATION = re.compile(
    r"[《\[(](?:(?<=《)(?P<title>[^《》]{2,120}(?:<[^<>]{1,60}>[^《》]{0,60})?)》"
    rf"(?: ?[(](?P<number>{DOC_NUMBER.pattern})[)])?"
    r"|(?<=[\[(])(?:19|20)\d\d[\])]第?\d{1,5}号)"
)
# The letters before the year of a 文号 without a title. 例 根据|国办发 · 》(…号)和|川办函
NUMBER_LETTERS = re.compile(
    r"(?:(?<![\u4e00-\u9fff》)])|(?<=[》)])(?![和与及])|(?<=[》)号][和与及])|(?<=根据)|(?<=按照))(?!根据"
    r"|按照)[\u4e00-\u9fff]{1,12}$"
)


def find_citations(plain: str, frame: Frame) -> Iterator[Citation]:
    """Citations after the title, in order. The plan that a 通知 prints is no citation, nor is the document's own 文号."""
    start = max((line.end for line in frame.title_lines), default=frame.span.start)
    end = start
    own = squeezed(frame.title)
    titles = (own, PRINTED.split(own, maxsplit=1)[-1].removesuffix("的通知").strip("《》"))  # 关于印发《…方案》的通知
    for citation in CITATION.finditer(plain, start, frame.span.end):
        reached, (begin, end) = end, citation.span()
        title, number = citation["title"], citation["number"]
        if title is None:
            letters = NUMBER_LETTERS.search(plain, max(reached, begin - 15), begin)
            if letters is None:
                continue
            begin = letters.start()
            number = plain[begin:end]
        number = doc_number(number) if number else None
        if number and number != frame.doc_number:
            yield Citation(title, number, Span(begin, end))
        elif title and not number and CITED_KIND.search(title) and squeezed(title) not in titles:
            yield Citation(title, None, Span(begin, end))
