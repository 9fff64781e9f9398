"""Mentions that gave no fact, each with its reason, or unexplained.

Three layers, the first that tells wins. Where the mention stands (a cited title, the frame, a heading, a silent chapter);
whether it is no subject (inside a sentence, an object); what is said of it as a subject (history, permission, condition). Only
one that opens a segment of a sentence, or stands behind 由, and that none of these explains, has no reason: a person should
look at it. What the words are lexicon/bystanders.tsv says.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Final

from kg.model import Residue, Span
from loaders.facts.ground import Ground
from loaders.facts.no_duty import EXPLAINS, MAY_LATER
from loaders.facts.wording import MAY
from loaders.lexicon.predicates import ADVERBS, VERBS
from loaders.lexicon.table import firsts_of, pattern_of, words_by_class
from loaders.names.actors import is_private
from loaders.names.mentions import Mention
from loaders.names.places import mention as place_at
from loaders.text.view import found_at, within

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


STOP: Final = frozenset("。;\n!?")

WORDS: Final = {kind: pattern_of(words) for kind, words in words_by_class("bystanders.tsv").items()}
_FIRSTS: Final = {kind: firsts_of(words) for kind, words in words_by_class("bystanders.tsv").items()}
_BETWEEN: Final = re.compile(r"(?:[、,和与及或/ ]|以及|或者|等|\n){1,3}")
# 例 各县区人民政府,市直各部门:
_ADDRESSED: Final = re.compile(r"(?:主送|抄送|抄报|分送|发送|呈报)[ ]{0,2}:[^\n]{2,600}")
_LINE_COLON: Final = re.compile(r":[ ]{0,4}(?=\n|$)")
# At the head of a line. 例 来源: · 联系电话:
_FRAME_CUE: Final = re.compile(rf"\n {{0,80}}(?=[{_FIRSTS['frame']}])")
_FRAME_WORD: Final = re.compile(rf"{WORDS['frame']}[^\n]{{0,120}}")
# 例 由A、B|组成 · 成员|:A、B · 由市长任|组长
_MEMBERS_CUE: Final = within(_FIRSTS["members"], WORDS["members"])
_MEMBERS_WORD: Final = re.compile(WORDS["members"])
_MEMBERS_AFTER: Final = re.compile(r"[^。;:\n]{0,12}:[^。;\n]{1,400}|由[^。;\n]{2,80}担任")

# Whether a subject may begin: at a mark, or behind 由 and words that open a sentence.
_OPENS: Final = re.compile(
    r"(?:[。;:!?,\n\"“”'》(\[\]-]|(?<![理自缘事可经])由|授权|责成|指定|(?<![提申报聘邀])请(?!示))"
    rf"(?:\s|[一二三四五六七八九十]是|第[一二三四五],|[①-⑳]|\d{{1,2}}[.、]|{WORDS['opener']}){{0,3}}\Z"
)
_MARKS: Final = frozenset("。;:!?,\n\"“”'》([]-")
_OPENS_LAST: Final = frozenset(" \t\r由权成定请,.、①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳").union(
    word[-1] for word, *_ in words_by_class("bystanders.tsv")["opener"]
)
"""All that _OPENS may end in."""
# What stands before one that is no subject.
_OBJECT: Final = within(_FIRSTS["object"] + "由", rf"(?:{WORDS['object']}|由[^,。;]{{2,20}}报)[^,。;:、\n]{{0,4}}\Z")
_PLACE: Final = within(_FIRSTS["place"], rf"{WORDS['place']}[^,。;:、\n]{{0,3}}\Z")
_EXAMPLE: Final = within(_FIRSTS["example"], rf"{WORDS['example']}[,:]?[^,。;:\n]{{0,3}}\Z")
_MEASURE: Final = within(_FIRSTS["measure"], rf"{WORDS['measure']}[^,。;:、\n]{{0,4}}\Z")
_CONDITION_BEFORE: Final = re.compile(rf"(?:^|[,。;:\n]){WORDS['condition']}[^,。;:\n]{{0,12}}\Z")
_TOLD_BEFORE: Final = re.compile(rf"(?<!传)(?<!小){WORDS['told']}[,:，“ ]{{1,3}}\Z")
_PAST_BEFORE: Final = re.compile(
    rf"(?:{WORDS['past']}|截至[^。;\n]{{2,12}}|\d{{1,2}}日(?:[上下]午|晚)?|\d{{4}}年\d{{1,2}}月(?:\d{{1,2}}日)?)[,:]?"
    r"[^。;\n]{0,40}\Z"
)

_ADVERB: Final = rf"(?:{ADVERBS}|[也都均仍还先又再才就]){{0,3}}"
_ISSUED: Final = r"(?:联合)?(?:印发|发布|出台|公布)"
# What follows a subject: the first that matches tells the reason.
_BEHIND: Final = (
    ("issuer", r"\s{0,2}关于(?!对)|[^。;,:\n]{0,38}\d{4}年\d{1,2}月\d{1,2}日[ ]{0,4}(?:\n|$|[^,。;:\n]{0,10}(?:印发|$))"),
    ("contact", r"\s{0,4}[:(]?\s{0,4}(?:\d{3,}|[a-zA-Z]{2}|电话|联系)|[\u4e00-\u9fff]{0,10}(?:路|街|大道|胡同|巷)\d"
        r"|[^,。;:\n]{0,20}:\s{0,4}(?:\d|电话|联系|[\u4e00-\u9fff]{2,3}\s{0,4}[(]?\s{0,2}(?:\d|联系|电话))"),
    ("cited", rf"[\u4e00-\u9fff]{{0,8}}[\[(〔](?:19|20)\d\d[\])〕]|(?:{_ISSUED}|制定)的《"
        r"|[关《][^。;\n]{2,100}收悉"),  # 例 你镇|《关于村镇规划的请示》收悉
    ("measure", r"[^,。;:\n]{0,16}是指"),
    ("attribute", rf"\s?(?:{WORDS['attribute']}|[\u4e00-\u9fff]{{0,12}}(?:[处院局司行所]长|总经理|主席|总理|教授)"
        r"|[\u4e00-\u9fff]{0,12}(?:巡视员|民警|工程师|书记|主任)"
        r"|(?!要|应|须|将|不得|负责|牵头|必须)[^,。;:\n、]{2,6}的(?=[\u4e00-\u9fff]))"),
    ("private", r"(?:、[^,。;]{1,12})?(?:和|与|或者?|以及)(?:其他)?(?:个人|公民|组织(?!部)|法人|群众)"),
    ("members", r"[由从][^。;]{2,80}组成"),
    ("permission", rf"{MAY.pattern}|{_ADVERB}{WORDS['permission']}|{MAY_LATER.pattern}"),
    ("explains", EXPLAINS.pattern),
    ("news", rf"{_ADVERB}(?:{WORDS['news']}|{_ISSUED}(?:了)?《)"),
    ("history", rf"{_ADVERB}{WORDS['history']}|[^。;\n]{{1,60}}?(?:了(?!解|结|断|然)|过(?=[,。;])|以来)"),
    ("condition", r"[^,。;:\n]{1,60}(?:[的时后前]|之日起|期间|情况下),|(?:及其[^,。;]{1,12})?违反"),
    ("state", rf"\s?\d|{_ADVERB}(?:{WORDS['state']}|为(?!了|[^,。;\n]{{2,30}}(?:提供|办理|开展|出具|建立)))"),
    ("list", r"\s{0,4}(?:[,、。;)\n|\]/》”\"&※-]|$)"),
)  # fmt: skip
_AFTER: Final = re.compile("|".join(f"(?P<{reason}>{words})" for reason, words in _BEHIND))
# A colon behind names. 例 各县(市、区)人民政府|: · 责任单位|: · 市司法局|:负责
_COLON: Final = re.compile(r"[ ]{0,2}:")
_ROLE: Final = re.compile(
    r"(?:责任|牵头|配合|参与|协办|主办|承办|成员|主管|实施|指导)(?:部门|机构|主体)$|[\u4e00-\u9fff]{2,8}单位$"
)
_TO_ALL: Final = re.compile(r"^[ ]{0,2}(?:各|[省市县区州][直级]|其他|有关|相关|国务院|你)")
# 例 地址: · 地 点:
_AT_ADDRESS: Final = re.compile(rf"(?:地 {{0,6}}[址点]|住 {{0,4}}所|{WORDS['address']})[^:\n]{{0,6}}[:][ ]{{0,4}}\Z")
ANYBODY: Final = re.compile(rf"{WORDS['anybody']}|^(?:行业协会|企业|学校|高校|医院|医疗机构|培训机构)")
_PLACE_ACTS: Final = re.compile(rf"(?:\([^()]{{1,12}}\))?{_ADVERB}(?:要|应|须|必须|负责|牵头|分别|{VERBS})")


def holds(spans: Sequence[Span], at: int) -> bool:
    """Whether one of `spans` holds `at`."""
    n = bisect_right(spans, at, key=_start)
    return n > 0 and at < spans[n - 1].end


def _start(span: Span) -> int:
    return span.start


def bystanders(ground: Ground, mentions: Iterable[Mention], cited: Sequence[Span]) -> Iterator[Residue]:
    """Those of `mentions` that gave no fact, in order; `cited` are the titles in 《》."""
    text, facts = ground.text, ground.facts
    addressed = sorted([*(Span(*m.span()) for m in _ADDRESSED.finditer(text, *ground.span)), *_addressees(ground)])
    framed, members = list(_framed(text, ground.span)), list(_members(text, ground.span))
    where = (
        ("cited", cited), ("issuer", ground.frame), ("addressee", addressed), ("contact", framed), ("silent", ground.silent),
        ("members", members), ("heading", ground.headings),
    )  # fmt: skip
    standing = _Standing(where)
    n = 0
    for group in _grouped(text, mentions):
        reason: str | None = ""
        for mention in group:
            while n < len(facts) and facts[n].end <= mention.start:
                n += 1
            if n < len(facts) and facts[n].start < mention.end:
                continue
            if reason == "":
                reason = standing.at(group[0].start) or _of_sentence(text, group, ground)
            surface = ground.words[mention.start : mention.end]
            own = "private" if reason is None and _is_private(text[mention.start : mention.end]) else reason
            yield Residue("mention", Span(mention.start, mention.end), surface, own)


class _Standing:
    """What the words that hold an offset are part of; asked for offsets in order."""

    __slots__ = ("_next", "_open", "_spans")

    def __init__(self, kinds: Sequence[tuple[str, Sequence[Span]]]) -> None:
        """`kinds` in order of precedence."""
        self._spans = sorted((span.start, n, span.end, kind) for n, (kind, spans) in enumerate(kinds) for span in spans)
        self._next = 0
        self._open: list[tuple[int, int, str]] = []

    def at(self, offset: int) -> str | None:
        spans = self._spans
        while self._next < len(spans) and spans[self._next][0] <= offset:
            self._open.append(spans[self._next][1:])
            self._next += 1
        if not self._open:
            return None
        self._open = [one for one in self._open if one[1] > offset]
        return min(self._open)[2] if self._open else None


@lru_cache(maxsize=1 << 12)
def _is_private(name: str) -> bool:
    return is_private(name) or bool(ANYBODY.search(name))


def opens_line(text: str, at: int) -> bool:
    """Whether nothing but blanks stands before `at` in its line."""
    return not text[max(0, at - 20) : at].rpartition("\n")[2].strip(" ")


def _framed(text: str, span: Span) -> Iterator[Span]:
    """Lines that open with a label of the frame. 例 来源:…"""
    first = [span.start] if opens_line(text, span.start) else []
    for at in chain(first, map(re.Match.end, _FRAME_CUE.finditer(text, *span))):
        if line := _FRAME_WORD.match(text, at, span.end):
            yield Span(*line.span())


def _addressees(ground: Ground) -> Iterator[Span]:
    """Lines above the items that end in a colon. 例 各县(市、区)人民政府,市直各部门:"""
    for colon in _LINE_COLON.finditer(ground.text, ground.span.start, ground.first_item):
        begin = ground.text.rfind("\n", ground.span.start, colon.start()) + 1 or ground.span.start
        if not STOP.intersection(ground.text[begin : colon.start()]):
            yield Span(begin, colon.end())


def _members(text: str, span: Span) -> Iterator[Span]:
    """Statements of who is in a body, none over another."""
    reached = span.start
    for word in found_at(_MEMBERS_CUE, _MEMBERS_WORD, text, *span):
        begin, stop = word.span()
        if begin < reached:
            continue
        if text[begin + 1] == "成":
            opened = text.rfind("由", max(reached, begin - 400), begin)
            begin = opened if opened >= 0 and not STOP.intersection(text[opened:begin]) else -1
        else:
            after = _MEMBERS_AFTER.match(text, stop)
            begin, stop = (begin, after.end()) if after else (-1, stop)
        if begin >= 0:
            reached = stop
            yield Span(begin, stop)


def _grouped(text: str, mentions: Iterable[Mention]) -> Iterator[list[Mention]]:
    """Mentions joined to lists by 、 ， 和 等."""
    group: list[Mention] = []
    for mention in mentions:
        if (
            group
            and not (mention.start - group[-1].end <= 3 and _BETWEEN.fullmatch(text, group[-1].end, mention.start))
            and mention.start > group[-1].end
        ):
            yield group
            group = []
        group.append(mention)
    if group:
        yield group


def _of_sentence(text: str, group: Sequence[Mention], ground: Ground) -> str | None:  # noqa: PLR0911 - an ordered table of tests
    """Why a list of mentions has no duty, by the words around it."""
    head, tail, span = group[0].start, group[-1].end, ground.span
    before = text[max(span.start, head - 24) : head]
    if before and before[-1] not in _MARKS and (before[-1] not in _OPENS_LAST or not _OPENS.search(before)):
        return _as_object(before, text, tail)
    if _AT_ADDRESS.search(before):
        return "contact"
    if text.startswith("(", tail) and (closed := text.find(")", tail, tail + 60)) > 0:
        tail = closed + 1  # 领导小组(以下简称…)
    if _COLON.match(text, tail):
        return _before_colon(text, group, tail)
    after = _AFTER.match(text, tail, min(span.end, tail + 90))
    reason = after.lastgroup if after else None
    if reason == "list" and (before.endswith("由") or holds(ground.clauses, head)):
        return None
    if reason is None and _TOLD_BEFORE.search(before):
        return "news"
    if reason is None and _PAST_BEFORE.search(text, max(span.start, head - 60), head):
        return "history"
    if reason is None and _CONDITION_BEFORE.search(before):
        return "condition"
    if reason is None and all(_is_place(text[m.start : m.end]) for m in group) and not _PLACE_ACTS.match(text, tail):
        return "place"
    return reason


def _as_object(before: str, text: str, tail: int) -> str:
    """What a mention inside a sentence is there for."""
    for reason, pattern in (("place", _PLACE), ("example", _EXAMPLE), ("measure", _MEASURE), ("object", _OBJECT)):
        if pattern.search(before):
            return reason
    return "attribute" if text.startswith("的", tail) else "inside"


def _before_colon(text: str, group: Sequence[Mention], tail: int) -> str | None:
    words = text[group[0].start : tail]
    if _ROLE.search(words):
        return "label"
    after = _AFTER.match(text, tail, tail + 40)
    if after and after.lastgroup == "contact":
        return "contact"
    if len(group) > 1 or _TO_ALL.match(words):
        return "addressee"
    return "place" if _is_place(words) else None


@lru_cache(maxsize=1 << 12)
def _is_place(words: str) -> bool:
    """Whether all of `words` is the name of a place."""
    named = place_at(words)
    return named is not None and named.end == len(words)
