"""What gave no fact: each mention, label, assigning verb, table and annex that was not read, with the reason, or unexplained.

Why a mention has no duty is for loaders/facts/bystanders.py to say; REASONS says what each reason means. Which sentences
state no work at all is judged in loaders/text/work.py.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from itertools import accumulate
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from kg.model import Residue, Span
from loaders.facts.bystanders import ANYBODY, STOP, WORDS, bystanders, holds, opens_line
from loaders.facts.ground import Ground
from loaders.facts.labels import OPEN_LABEL, part_of
from loaders.names.endings import NAME_LAST
from loaders.names.mentions import find_mentions
from loaders.text.view import squeezed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.model import Document, Source

# What each reason means.
REASONS: Final = {
    "issuer": "stands in the frame: title, 版头, 落款, signature",
    "addressee": "the text is sent to it (主送, 抄送)",
    "cited": "part of a title in 《》",
    "heading": "part of a heading",
    "silent": "in a chapter that states no work: 指导思想, principles, conditions, papers",
    "members": "named as a member of a body",
    "label": "a label before a colon, which names nobody: 责任单位:",
    "contact": "before a telephone number or an address",
    "list": "one of a list of names that says nothing of them",
    "inside": "inside a sentence, whose subject is another",
    "object": "what the sentence is done to, for, or with: 向, 对, 报, 支持, 督促",
    "attribute": "says whose thing, place or person is meant: 的, 负责人, 网站, 规定",
    "place": "where something is or happens",
    "history": "what has been done: 已, 了, 近年来",
    "news": "what was said or made known: 表示, 介绍, 发布",
    "permission": "what it may do: 可, 可以, 有权",
    "condition": "part of a condition: 经…同意, …的, when something happens",
    "example": "an example: 如, 例如",
    "measure": "what an indicator or a definition is about: 指",
    "state": "says what it is or has: 是, 为, 有",
    "private": "a private actor or a service institution",
    "explains": "who explains the text itself",
    "people": "a person is assigned, no agency",
    "no-agency": "no agency is named before the verb",
    "manner": "how it is done, not by whom: 认真负责, 相互配合",
    "other-act": "a label of another act than assigning work: 发布单位, 联系单位",
    "form": "a form to be filled in",
    "hidden": "a sheet, a row or words that whoever opens the file does not see",
    "deleted": "left out under tracked changes (修订)",
    "aside": "stands beside the text: a footnote, a comment, a header",
    "order": "read, but the columns of the page may be meant in another order",
}

_CITED: Final = re.compile(r"《[^《》\n]{1,120}》")

# ---- labels and verbs -----------------------------------------------------------------------------------------------

_STOP: Final = re.compile(f"[{''.join(sorted(STOP))}]")
_LABEL_LAST: Final = frozenset("位门构关体室")  # what OPEN_LABEL may end in
_MEASURE: Final = "单位"  # alone before a colon it is that of a measure: 单位:毫米
_COLON_MARK: Final = re.compile(":")
_LABEL: Final = re.compile(OPEN_LABEL)
_LABEL_RUN: Final = re.compile(r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{1,12}\Z")
_ASSIGNS: Final = re.compile(
    r"牵头(?!人|单位|部门|企业|医院)|负责(?<![各其]负责)(?!人|制(?![定订作止发造])|同志|任)"
    r"|主办(?!单位|方|券商|律师|人)|配合(?!单位|部门|度|物|比)"
)
# Before the verb. 例 由|分管领导|负责 · 专人|负责
_PEOPLE: Final = re.compile(rf"{WORDS['people']}(?:[,、]|共同|具体|全面|要|应|须|分别|亲自|直接|统一|主要|牵头|总){{0,6}}\Z")
_MANNER: Final = re.compile(rf"(?:{WORDS['manner']}|对[^,。;\n]{{1,40}}|向[^,。;\n]{{1,12}})\Z")
_HELPED: Final = re.compile(rf"{WORDS['helped']}[^,。;\n]{{1,20}}\Z")
_NAMES_ONE: Final = re.compile(
    rf"[\u4e00-\u9fff][\u4e00-\u9fff][{NAME_LAST}方](?:、|和|及|,)?"
    r"(?:按照?[^,。;\n]{1,12}|共同|具体|统一|分别|主要|要|应|须|总)?\Z"
)

# ---- annexes --------------------------------------------------------------------------------------------------------

# 例 附件:1.任务分工表 · 附件2:名单
_ANNEX: Final = re.compile(r"附 {0,2}件(?: {0,2}[\d一二三四五六七八九十]{1,2})?[ ]{0,4}:[ ]{0,4}(?:\n(?=[ ]{0,20}\d))?")
_ANNEX_TITLE: Final = re.compile(
    r"[ ]{0,20}(?P<number>[(]?\d{1,2}[.、)][ ]{0,4})?(?P<title>[^\n。;:.]{3,80})"
    r"(?P<ending>\.(?:docx?|wps|xlsx?|et|pdf|ofd|zip|rar|jpe?g|png|csv|txt))?(?=[.。;]{0,1}(?:\n|$))",
    re.IGNORECASE,
)
_ANNEX_MARK: Final = re.compile(r"^附件[\d一二三四五六七八九十]{0,2}:?(?=.)")
_LONGEST_TITLE: Final = 80
_FORM: Final = re.compile(
    r"(?:(?<![工解务单账划排])表|回执|模板|样式|申请书|承诺书|二维码|样本|格式)(?:[(][^()]{1,20}[)])?(?:\.\w{2,5})?$"
)
_MOST_ANNEXES: Final = 40
_FAR: Final = 200  # code points from a verb to the end of its sentence
_LINE: Final = 120  # code points behind a label in which a fact of its line may begin


def find_residue(ground: Ground) -> list[Residue]:
    """What gave no fact in one document, in order."""
    text, span = ground.text, ground.span
    cited = [Span(*m.span()) for m in _CITED.finditer(text, *span)]
    found = [*bystanders(ground, find_mentions(text, *span), cited)]
    told = [residue.span.start for residue in found]
    found += _labels(ground)
    found += _verbs(ground, cited, told)
    found += [Residue("table", head, head.of(ground.words), None) for head in ground.unread]
    found += _annexes(ground)
    return sorted(found, key=attrgetter("span"))


def unread_parts(source: Source, span: Span) -> Iterator[Residue]:
    """The parts of the file that gave no words and would stand in `span`: a picture, a page that is one, a hidden sheet."""
    if not source.unread:
        return
    is_last = span.end >= len(source.text.rstrip())
    for part in source.unread:
        if span.start <= part.at < span.end or (is_last and part.at >= span.end):
            yield Residue(part.kind, Span(part.at, part.at), part.name, part.why)


def with_unread(document: Document, source: Source) -> Document:
    """`document` with the parts of the file in it that were not read."""
    parts = tuple(unread_parts(source, document.span))
    return replace(document, residue=(*document.residue, *parts)) if parts else document


# ---- labels, verbs, annexes -----------------------------------------------------------------------------------------


def _labels(ground: Ground) -> Iterator[Residue]:
    """Labels that gave no clause: 任务承接单位:…"""
    text = ground.text
    for colon in _COLON_MARK.finditer(text, ground.first_item, ground.span.end):
        end = colon.start()
        while end and text[end - 1] == " ":
            end -= 1
        run = _LABEL_RUN.search(text, max(ground.span.start, end - 14), end) if text[end - 1] in _LABEL_LAST else None
        if not (run and run.group() != _MEASURE and _LABEL.match(text, run.start())):
            continue
        part = part_of(run.group())
        if holds(ground.tables, run.start()) or (part != "unknown" and holds(ground.clauses, run.start())):
            continue
        stop = text.find("\n", end, end + _LINE)
        n = bisect_right(ground.facts, end, key=_start)
        if n == len(ground.facts) or ground.facts[n].start >= (stop if stop > 0 else end + _LINE):  # 财政部门:市财政局负责…
            span = Span(*run.span())
            yield Residue("label", span, span.of(ground.words), "other-act" if part == "other" else None)


def _verbs(ground: Ground, cited: Sequence[Span], told: Sequence[int]) -> Iterator[Residue]:
    """Assigning verbs in sentences that gave no fact, and name no agency whose own reason would tell why."""
    text, reached = ground.text, ground.span.start
    starts = [fact.start for fact in ground.facts]
    for verb in _ASSIGNS.finditer(text, *ground.span):
        if verb.start() < reached:
            continue
        begin, stop = _sentence(text, verb.start(), ground.span)
        reached = stop
        if any(bisect_right(at, stop - 1) > bisect_right(at, begin - 1) for at in (starts, told)):
            continue
        if any(holds(spans, verb.start()) for spans in (ground.silent, ground.frame, cited, ground.headings)):
            continue
        before = text[max(begin, verb.start() - 40) : verb.start()]
        yield Residue("verb", Span(*verb.span()), Span(*verb.span()).of(ground.words), _of_verb(before))


def _of_verb(before: str) -> str | None:
    if _PEOPLE.search(before):
        return "people"
    if _MANNER.search(before):
        return "manner"
    if _HELPED.search(before):
        return "object"
    if ANYBODY.search(before):
        return "private"
    return None if _NAMES_ONE.search(before) else "no-agency"


def _start(span: Span) -> int:
    return span.start


def _sentence(text: str, at: int, span: Span) -> tuple[int, int]:
    """Where the sentence around `at` begins and ends, at most some 200 code points away."""
    first, last = max(span.start, at - _FAR), min(span.end, at + _FAR)
    stop = _STOP.search(text, at, last)
    return max(first, 1 + max(text.rfind(mark, first, at) for mark in STOP)), stop.start() if stop else last


def _annexes(ground: Ground) -> Iterator[Residue]:
    """Attachments that are announced and not printed elsewhere, under their title."""
    text, count = ground.plain, 0
    for announced in _ANNEX.finditer(text, *ground.span):
        if not opens_line(text, announced.start()):
            continue
        at, titles = announced.end(), list[re.Match[str]]()
        while count < _MOST_ANNEXES and (line := _ANNEX_TITLE.match(text, at, ground.span.end)):
            if titles and not line["number"]:
                break  # the signature
            titles.append(line)
            count, at = count + 1, line.end() + 1
        if len(titles) == 1 and _goes_on(text, at, ground.span.end):
            continue
        lines = _short_lines(f"{text[: announced.start()]}\n{text[at:]}") if titles else []
        for line in titles:
            title = line["title"].strip()
            if not _is_printed(squeezed(title), lines):
                start = line.start("title") + line["title"].index(title)
                span = Span(start, line.end("ending") if line["ending"] else start + len(title))
                yield Residue("annex", span, span.of(ground.words), "form" if _FORM.search(title) else None)


def _goes_on(text: str, at: int, end: int) -> bool:
    """Whether a paragraph follows at once, as no signature does: the one annex is printed under the line that names it."""
    below = text[at:end].lstrip()
    return len(below[: 2 * _LONGEST_TITLE].partition("\n")[0].strip()) > _LONGEST_TITLE


def _short_lines(text: str) -> list[str]:
    lines = map(squeezed, text.split("\n"))
    return [_ANNEX_MARK.sub("", line) for line in lines if 0 < len(line) <= _LONGEST_TITLE]


def _is_printed(title: str, lines: Sequence[str]) -> bool:
    """Whether `title` stands on a line of its own, or on two or three: that of a printed annex."""
    begins = (n for n, line in enumerate(lines) if title.startswith(line))
    return any(title in accumulate(lines[n : n + 3]) for n in begins)
