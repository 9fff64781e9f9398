"""Numbering: which of the numbers in a text are those of its headings and items.

Every possible marker is a candidate with its style and ordinal: 一、 （一） 1. （1） ① 第N条 第N章 2.1. One solver picks
the set that nests and counts up best. A marker is believed because its neighbours count, not because of the line end before it:
3．2020年底前 between 2． and 4． is an item, 第八条规定的 inside a sentence is none.

The solver keeps the best few readings of the text up to a candidate (a beam), so its cost is linear in the candidates.
"""

from __future__ import annotations

import re
from operator import itemgetter
from typing import NamedTuple, TypeAlias

from loaders.text.numerals import value_of
from loaders.text.view import found_at, squeezed

CN = "一二三四五六七八九十百"

_DAY = r"(?=\d{1,2}月\d{1,2}[日至-])"  # 例 1、|11月2日报名
_LOST = r"\ue000-\uf8ff"  # what a converter made of a point: 1\ue010突破技术
_POINT = rf"[.](?!\d|%)|[.](?=\d{{4}}年)|[{_LOST}](?=[\u4e00-\u9fff])"
_NUM_END = rf"(?:{_POINT}|、{_DAY}|" + r"、(?!\d{1,4}(?:[、.月日年号个家项件]|\d)))"
_NO_FIGURE = r"(?<![\d.%年月第])"
# 例 第八条第(二)|项 · 因(一)|(二)(三)项, but (二)|项目建设
_NOT_CITED = "(?!(?:\\([一二三四五六七八九十]{1,3}\\)){0,6}项(?!目)|款(?![项待])|目(?![标录的前])|[至、和及或][(第])[、.]?"
_MEASURE = r"k?m[²\d宽,]|k[mgVW]"  # 例 7.12|km, which is no 7.12
# The heading to which its number is glued, all of its line. 例 3|组织指挥体系
_GLUED = r"(?![年月日号时分个家项件条名人万亿元倍天周届次类级层楼])[\u4e00-\u9fff、]{2,20}\n"
_SECOND_GLUED = re.compile(rf"\n2{_GLUED}")  # 例 1优化服务\n牵头单位:…\n2|加快培育
# How the numbers of each style are written.
_WRITTEN = (
    rf"(?P<cn>(?<![{CN}第])[{CN}]{{1,5}})[、.,](?![{CN}\d][、是])",  # 例 一、总体要求
    rf"(?P<pcn>(?<![第本前])\([{CN}]{{1,5}}\)|(?<![{CN}第(])[{CN}]{{1,2}}\)){_NOT_CITED}",  # 例 (一)加强
    rf"{_NO_FIGURE}(?P<num>\d{{1,3}})(?:[ ]{{1,2}}(?=[.]))?{_NUM_END}",  # 例 1.推进 · 12、推进 · 3.2020年底前 · 1 .推进
    r"(?:(?<=[。;)\n])|(?<=[。;)\n] ))(?P<slip>\d{1,2})[。,](?=[\u4e00-\u9fff])",  # 例 。|11。强化 · 7,建立: a point misread
    rf"{_NO_FIGURE}(?P<dec>\d{{1,2}}(?:[.]\d{{1,2}}){{1,3}})(?![\d.%万亿元个倍年月号、)]|{_MEASURE})",  # 例 2.1 · 4.2.3
    rf"(?P<pnum>(?<![第本])\(\d{{1,3}}\)|(?<![\d(第])\d{{1,2}}\)){_NOT_CITED}",  # 例 (3)推进
    r"(?P<circled>[①-⑳⑴-⒇])",  # 例 ①推进 · ⑴推进
    rf"第(?P<article>[{CN}零\d]{{1,6}})条(?![第款项至、和及或之])",  # 例 第三条
    rf"第(?P<section>[{CN}\d]{{1,3}})节",  # 例 第二节
    rf"第(?P<chapter>[{CN}\d]{{1,5}})(?:章|部分|编)",  # 例 第一章
    rf"{_NO_FIGURE}(?P<whole>\d{{1,2}})(?:(?=[ ]{{1,4}}[\u4e00-\u9fff])|(?={_GLUED}))",  # 例 1 总则 · 1总则
)
_GLUED_LIST = 600  # code points from the first of such headings to the second
_DAYS = re.compile(_DAY)
CANDIDATE = re.compile(f"(?:{'|'.join(_WRITTEN)})[ ]{{0,4}}")
# Where one may begin; it is tried only there, which is far faster than searching for it.
_CUE = re.compile(
    rf"[{CN}(0-9①-⑳⑴-⒇第](?:(?<=[①-⑳⑴-⒇])|(?=[{CN}零0-9]{{0,6}}[、.,。)条节章编部 {_LOST}])|(?<=\n\d)(?=\d?{_GLUED}))"
)
# What stands before an article that is only cited, and behind it. 例 依照本法|第八条|规定的
_CITED_BEFORE = re.compile(r"(?:[》)法例定章编第和与及、或照据反合]|办法|规则|细则|中|符)[ ]?$")
_CITED_AFTER = re.compile(r"(?:[ ]?[的中所等]|[ ]?规定|[ ]?第)")
# What stands behind it in a table of contents: its words, dots, and a page. 例 一、|现状与形势......1
_LEADERS = re.compile(r"[^\n。;:.…·]{1,40}[.…· ]{3,200}(?<=[.…·]{3})[ ]?\d{1,3}(?!\d)")
_DOTS = re.compile("[.…·]{4}")
# The first of them, or the second where that has no number known as such. 例 目录\n|1 总则 · 目 录\n1总则\n|1.1编制目的
_UNDER_CONTENTS = re.compile(r"目[ ]{0,4}录\s{1,8}(?:\d{1,2}[\u4e00-\u9fff]{2,16}\s{1,8})?\Z")
# Words that are quoted with their number, which is then that of another text. 例 第七条|“(三)有关材料”|修改为
_QUOTED = re.compile(rf"“(?=[(]?[{CN}\d]{{1,3}}[)、.]|第[{CN}\d]{{1,3}}条)[^“”]{{2,600}}”")
# A chapter inside a line: with nothing but its title before its first article. 例 。|第二章 储存第十条
_OVER = re.compile(rf"第[{CN}\d]{{1,5}}(?:章|节|编)[ ]{{0,4}}[\u4e00-\u9fff、]{{2,20}}[ ]{{0,4}}第[{CN}零]{{1,6}}条")
_OF_ARTICLES = frozenset({"chapter", "section"})
_AT_LINES = frozenset({*_OF_ARTICLES, "whole"})
_ORDER = {"chapter": 0, "section": 1, "article": 2, "cn": 3, "whole": 3, "pcn": 4, "num": 5, "dec": 5, "pnum": 6, "circled": 7}
_STYLES = tuple(_ORDER)
_HIGH = frozenset({*_OF_ARTICLES, "article", "cn"})
_score = itemgetter(0)
_ENDS = frozenset("。;:!?)]”》\n")
_JOINED = frozenset(",、")
_HEADING = 30  # code points of the longest heading to which its first item may be glued
_WORDS = re.compile(r"[\u4e00-\u9fff“”、]+")
_ANNEX = 60  # code points of the longest title of an annex
_LONGEST_HEADING = 60  # code points of the longest one that a table of contents lists
_STOP = re.compile("[。;,:]")
_BEAM = 6  # readings that are kept
_BEHIND = 6.0  # how far behind the best of them one may be: the next numbers of a list soon make up for less
_WEAK = 2.5  # what a list costs for which nothing but its first number speaks
_SLIP = -1.5  # what it costs to read 11。 as 11.
_LEFT_OUT = -1.0  # and to go on within a line with one number left out: those behind it must make up for it
_CONTENTS = 3  # headings in a row from which on they are a table of contents
_DEEPEST = 8


class Marker(NamedTuple):
    """A number that begins an item: it stands at `start`, the words of the item at `body`. `path` are its ordinals, one but for
    decimals; `printed` as it stands, without brackets and points."""

    start: int
    body: int
    style: str
    path: tuple[int, ...]
    printed: str

    @property
    def ordinal(self) -> int:
        """The last of its ordinals."""
        return self.path[-1]

    @property
    def level(self) -> str:
        """Its style; of a decimal with how deep it is: 2.1 stands under 2, 2.1.3 under 2.1."""
        if self.style in ("dec", "whole"):
            return f"dec{len(self.path)}"
        return self.style

    def moved(self, by: int) -> Marker:
        """The same `by` code points further on."""
        return self._replace(start=self.start + by, body=self.body + by)


class _Open(NamedTuple):
    """A list that may go on: its style, the path of its last item, whether nothing but its first number speaks for it."""

    style: str
    path: tuple[int, ...]
    weak: bool


class _Candidate(NamedTuple):
    marker: Marker
    first: bool  # of its line
    headed: bool  # an article right behind a heading 一、机构设置, a decimal 2.1 whose 2.2 follows a sentence further on
    place: float  # how likely an item begins here, by what stands before it
    tail: float  # and by what stands behind it


_Fit: TypeAlias = tuple[float, tuple[_Open, ...], bool]
"""What is gained by taking a candidate as the next item, the lists that stay open above it, and whether nothing but its number
speaks for it."""


_Chosen: TypeAlias = "tuple[Marker, _Chosen | None]"
"""A marker that a reading takes, and those before it."""

_Reading: TypeAlias = "tuple[float, tuple[_Open, ...], tuple[int, ...], _Chosen | None]"
"""Its score; its open lists; the last ordinal of each of _STYLES, of lists that ended too, 0 of one that has not been; what it
takes last."""


def markers(text: str) -> list[Marker]:
    """The numbers of headings and items in `text`, in order."""
    readings: list[_Reading] = [(0.0, (), (0,) * len(_STYLES), None)]
    for candidate in _candidates(text):
        readings = _read_on(readings, candidate)
    *_, chosen = max(readings, key=lambda r: r[0] - sum(_WEAK for open_ in r[1] if open_.weak))
    taken: list[Marker] = []
    while chosen:
        marker, chosen = chosen
        taken.append(marker)
    return _without_contents(text, taken[::-1])


def _candidates(text: str) -> list[_Candidate]:
    found: list[_Candidate] = []
    reached = annex = 0  # where the candidate before ends; its number if it is that of an annex
    quoted = {at for words in _QUOTED.finditer(text) for at in range(*words.span())}
    has_contents = bool(_DOTS.search(text))
    for m in found_at(_CUE, CANDIDATE, text, 0, len(text)):
        if (has_contents and _LEADERS.match(text, m.end())) or m.start() in quoted:
            continue
        written = m.lastgroup or ""
        style = "num" if written == "slip" else written
        printed = m[written].strip("()")
        start = m.start()
        head = start
        while head and text[head - 1] == " ":
            head -= 1
        first = not head or text[head - 1] == "\n"
        before = text[head - 1] if head else "\n"
        place = _place(before, first=first, blanks=start - head)
        tail = _SLIP if written == "slip" else _tail(text, m, style, first=first, head=head)
        if (
            not first
            and (style in _AT_LINES or (style == "cn" and "," in m.group()))
            and not (style in _OF_ARTICLES and _OVER.match(text, start))
        ):
            continue
        if not first and before not in "。;:" and text[m.end() - 1] == "、" and _DAYS.match(text, m.end()):
            continue  # 9、10月2日
        if m.end() == len(text) or (text[m.end()] in ",。;)、" and style != "article"):
            continue
        if not first and printed in ("一", "1") and 2 <= start - reached <= _HEADING and _WORDS.fullmatch(text, reached, start):
            place = 1.0  # 一、主要任务|(一)推进: behind a heading
        headed = False
        if style == "dec" and not first and printed.endswith(".1"):
            headed = text.find(f"。{printed[:-1]}2", m.end()) >= 0
        if style == "article" and found and _WORDS.fullmatch(text[reached:start].strip()):
            headed = found[-1].marker.style == "cn" and start - reached <= _HEADING  # 二、储存|第十条
            place = 1.0 if headed or found[-1].marker.style in _OF_ARTICLES else place  # 第二章 储存|第十条
        if style == "whole" and m.end() == m.end("whole") and not _stands_glued(text, m.end(), printed, found):
            continue
        annex = _annex(text, head, reached, annex, value_of(printed)) if style == "num" and not first else 0
        reached = m.end()
        if annex:
            continue
        path = tuple(map(value_of, printed.split(".")))
        marker = Marker(start, m.end(), style, path, printed)
        found.append(_Candidate(marker, first, headed, place, tail))
    return found


def _stands_glued(text: str, end: int, printed: str, found: list[_Candidate]) -> bool:
    """Whether a number glued to its words is one: it has a decimal of its own, or such a heading goes on, or went before."""
    if text.find(f"\n{printed}.1", end) >= 0:
        return True
    before = found and found[-1].marker.style == "whole" and found[-1].marker.path == (value_of(printed) - 1,)
    return bool(before) or bool(printed == "1" and _SECOND_GLUED.search(text, end, end + _GLUED_LIST))


def _annex(text: str, start: int, reached: int, before: int, ordinal: int) -> int:
    """The number of an annex in the list of them that a line ends in, 0 where it is none. 例 附件:|1.名单2.|申请表"""
    if text[max(0, start - 5) : start].rstrip().endswith(("附件", "附件:", "附:")):
        return ordinal
    return ordinal if ordinal == before + 1 > 1 and start - reached <= _ANNEX and "。" not in text[reached:start] else 0


def _place(before: str, *, first: bool, blanks: int) -> float:
    if first:
        return 1.0
    if before in _ENDS:
        return 0.6
    if before in _JOINED:
        return -2.5
    return -0.2 if blanks else -1.2


def _tail(text: str, m: re.Match[str], style: str, *, first: bool, head: int) -> float:
    if style == "article":
        cited = bool(_CITED_BEFORE.search(text, max(0, head - 6), head)) and not first
        return -6.0 if cited or (_CITED_AFTER.match(text, m.end()) and m.end() == m.start() + len(m.group().rstrip())) else 0.5
    if style == "dec":
        return 0.3 if first else -1.0
    return 0.0


def _read_on(readings: list[_Reading], c: _Candidate) -> list[_Reading]:
    """The best readings up to and with a candidate, each of which may take it or leave it out."""
    marker, first, _, place, tail = c
    style, path, at = marker.style, marker.path, _STYLES.index(marker.style)
    missed = 0.8 if first and style != "whole" else 0.0
    options: list[tuple[float, _Reading, _Fit | None]] = []
    for reading in readings:
        score, lists, last, _ = reading
        if fit := _fit_decimal(lists, c) if style == "dec" else _fit(lists, last[at], c):
            gained, kept, _ = fit
            closed = 0.0  # what it costs to close all lists but those kept and its own
            for of, _, weak in lists[len(kept) :]:
                if weak and of != style:
                    closed += _WEAK
            options.append((score + gained + place + tail - closed, reading, fit))
        options.append((score - missed, reading, None))
    if len(options) == len(readings) and not missed:
        return readings
    options.sort(key=_score, reverse=True)
    least = options[0][0] - _BEHIND
    best: dict[tuple[tuple[_Open, ...], tuple[int, ...]], _Reading] = {}
    for score, reading, fit in options:
        if score < least or len(best) == _BEAM:
            break
        _, lists, last, chosen = reading
        if fit:
            lists = (*fit[1], _Open(style, path, fit[2]))
            last = (*last[:at], path[-1], *last[at + 1 :])
            chosen = (marker, chosen)
        best.setdefault((lists, last), (score, lists, last, chosen))
    return list(best.values())


def _fit(lists: tuple[_Open, ...], last: int, c: _Candidate) -> _Fit | None:
    """How a candidate goes on with the open lists, or with one of its style that ended at `last`; None where it cannot."""
    style = c.marker.style
    depth = len(lists)
    while depth:
        depth -= 1
        if lists[depth].style == style:
            return _fit_next(lists, depth, c)
    if len(lists) >= _DEEPEST:
        return None
    ordinal = c.marker.path[0]
    cut_out = style == "article" and ordinal > last > 0 and c.place == 1.0 and not c.first  # 第二条 · 第四章 轮换|第十二条
    return _fit_new(lists, c, follows=ordinal == last + 1 or cut_out)


def _fit_next(lists: tuple[_Open, ...], depth: int, c: _Candidate) -> _Fit | None:
    """As the next item of an open list of its style; one that begins anew, or leaves more than one out, must begin a line."""
    ordinal, before = c.marker.path[0], lists[depth].path[0]
    if ordinal == before + 1:
        return 3.0, lists[:depth], False
    if ordinal == 1:
        return -0.5 if c.first else -2.0, lists[:depth], not c.first
    if not c.first:
        if c.marker.style == "chapter" and ordinal > before:
            return 0.6, lists[:depth], False  # others were cut out between them
        cut_out = c.marker.style == "article" and ordinal > before
        return (_LEFT_OUT, lists[:depth], False) if (ordinal == before + 2 or cut_out) and c.place > 0 else None
    gained = 0.6 - 0.3 * min(ordinal - before, 4) if ordinal > before else -0.8
    return gained, lists[:depth], c.marker.style == "whole"  # 等|30 部门, where a page's width ends a line


def _fit_new(lists: tuple[_Open, ...], c: _Candidate, *, follows: bool) -> _Fit | None:
    """As the first item of a list that stands under one of a higher style; what is lower ends."""
    style, ordinal = c.marker.style, c.marker.path[0]
    under = len(lists)
    if style in _HIGH:
        order = _ORDER[style]
        while under and _ORDER[lists[under - 1].style] > order and not (c.headed and lists[under - 1].style == "cn"):
            under -= 1
    kept = lists[:under]
    unusual = 1.0 if kept and _ORDER[kept[-1].style] > _ORDER[style] else 0.0
    if follows and ordinal > 1:
        return 2.2 - unusual, kept, False  # counted on through chapters: 第五条 · (四)
    if ordinal == 1:
        return (1.0 if c.first else 0.4) - unusual, kept, c.place < 1.0
    return (-0.4 - unusual, kept, style == "whole") if c.first else None


def _fit_decimal(lists: tuple[_Open, ...], c: _Candidate) -> _Fit | None:
    path = c.marker.path
    for depth in range(len(lists) - 1, -1, -1):
        open_ = lists[depth]
        if open_.style not in ("dec", "whole", "num", "cn", "chapter"):
            continue
        before = open_.path
        if path == (*before, 1) or (open_.style != "dec" and len(path) == 2 and path == (open_.path[0], 1)):
            return 3.0, lists[: depth + 1], False
        if open_.style == "dec" and len(path) == len(before) and path[:-1] == before[:-1] and path[-1] == before[-1] + 1:
            return 3.0, lists[:depth], False
    if not c.first:
        above = next((depth for depth, open_ in enumerate(lists) if open_.style == "dec"), len(lists))
        return (2.5, lists[:above], False) if c.headed else None
    return (0.0, lists, True) if path[-1] == 1 else (-1.0, lists, False)


def is_higher(style: str, other: str, *, opens: bool) -> bool:
    """Whether an item of `style` ends one of the style `other`, though no list of its style is open: 四、 behind (一) and (二),
    (二) behind 3. where (一) was not printed; one that `opens` a list only if it is a heading."""
    return (style in _HIGH or not opens) and _ORDER.get(other, 0) > _ORDER.get(style, 9)


def _without_contents(text: str, found: list[Marker]) -> list[Marker]:
    """Without the table of contents: headings in a row with nothing under them, each of which comes again further down.
    A higher heading behind them ends a list that only reads like it: 一、城区 1.造林 2.护林 二、农村 1.造林 2.护林."""
    ahead = [squeezed(text[m.body : m.body + _LONGEST_HEADING]) for m in found]  # 总　则 in the text, 总则 in the contents
    begins = [(m.style, m.path, words[:2]) for m, words in zip(found, ahead, strict=True)]
    alike = {beginning: n for n, beginning in enumerate(begins)}  # the last of those that begin alike
    if len(alike) == len(found):
        return found
    ends = [*(m.start for m in found[1:]), len(text)]
    words = [_heading(text, m, end) for m, end in zip(found, ends, strict=True)]
    dropped = set(_below_contents(text, found, words))
    row: list[int] = []
    for n, (m, end) in enumerate(zip(found, ends, strict=True)):
        empty = not squeezed(text[m.body : end])[len(words[n]) :]
        again = alike[begins[n]]
        if words[n] and empty and again > n and ahead[again].startswith(words[n]):
            row.append(n)
            continue
        if len(row) > _CONTENTS and _rank(m) >= _rank(found[row[0]]):
            dropped.update(row)
        row = []
    return [m for n, m in enumerate(found) if n not in dropped]


def _rank(m: Marker) -> tuple[int, int]:
    return _ORDER[m.style], len(m.path)


def _below_contents(text: str, found: list[Marker], words: list[str]) -> range:
    """The headings below the word 目录, up to where the first of them comes again."""
    for n, m in enumerate(found):
        if _UNDER_CONTENTS.search(text, max(0, m.start - _LONGEST_HEADING), m.start):
            again = (k for k in range(n + 1, len(found)) if (found[k].path, words[k]) == (m.path, words[n]))
            return range(n, next(again, n))
    return range(0)


def _heading(text: str, m: Marker, end: int) -> str:
    """The words of a number that stands alone on its line, or of one whose next follows in it, at `end`: 1.总则|1.1编制目的."""
    stop = text.find("\n", m.body, m.body + _LONGEST_HEADING)
    if not 0 <= stop < end <= m.body + _HEADING and not _STOP.search(text, m.body, end):
        stop = end
    return squeezed(text[m.body : stop]) if stop >= 0 else ""
