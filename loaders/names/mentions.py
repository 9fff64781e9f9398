"""Every mention of an agency, or of many named as one, in a text, with how it is known.

    listed    a body or an alias of names/data (司法局, 财政部) with the place or level before it, or a place: 长治市|司法局
    grammar   a place, level or field and an ending (市政务数据局, 税务部门), a collective (各有关部门), a body set up for it
    defined   a name that the document gives (以下简称“市推进办”), the office that it sets up (下设办公室)
    shape     a place or level before words that merely end as a name does: 市某某中心

One automaton finds listed names, places, endings and heads in one pass over the plain view; what stands around them is read by
a few patterns in short windows. A mention holds no number of an article, no heading, and no verb or punctuation at its head.
Whether it has a duty is not asked here.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final, Literal, NamedTuple

from loaders.lexicon.predicates import ADVERBS, EVENTS, VERBS, WEAK
from loaders.lexicon.table import pattern_of, words_by_class
from loaders.names import bodies, places
from loaders.names.known import BARE, BODY, HEAD, NATION, PART, PLACE, STOP, known_words, said
from loaders.names.phrases import NOT_ACTOR
from loaders.text.view import within

How = Literal["listed", "grammar", "defined", "shape"]


class Mention(NamedTuple):
    """`[start, end)` in the plain view, and how it is known."""

    start: int
    end: int
    how: How


_WINDOW: Final = 18  # code points before an ending in which its name begins
_DEFINED: Final = 12  # names that a document gives, at most

_WORDS: Final = words_by_class("mentions.tsv")
_CJK: Final = r"\u4e00-\u9fff"
# A letter of a field; those of grammar are none but in a few words.
_LETTER: Final = (
    rf"(?:[{_CJK}]"
    "(?<![的了在是由向对从把将被为其该这那并且但就也都均仍还让使给要应须以于或可如若需不未已经按含及与同到至凡有没本各每])"
    rf"|{pattern_of(_WORDS['letter'])})"
)
_PHRASE: Final = re.compile(pattern_of(_WORDS["phrase"]))
# 城市, 地区, 村镇, 示范县 hold the letter of a level and are none, nor do 区域, 县域 open with one.
_NO_LEVEL: Final = (
    r"(?<![城都上门超股夜早菜闹集]市)(?<![社小园辖山校灾景地库牧林矿厂营湾片能新范发税合试]区)(?<![城集村古小重]镇)"
    r"(?<![家返城下]乡)(?<!示范[区县])"
)
_LEVEL: Final = rf"(?:{pattern_of(_WORDS['level'])}|[省市县区州盟旗乡镇]{_NO_LEVEL}(?![域块际间]))"
_LEVELS: Final = (
    rf"(?:[全本我]?{_LEVEL}(?:[(][省市县区州旗乡镇街道村、,园]{{1,12}}[)])?[、,/和及]?){{1,6}}(?:[两三四]?级)?(?:以上|以下)?"
    r"(?:地方)?(?:各级)?[委直]?(?:人民政府|政府)?(?:各|有关|相关)?"
)
_BEFORE_SHORT: Final = frozenset(["", *"、,。;:(\n和与及由向经“《"])
_NATIONAL: Final = pattern_of(_WORDS["national"])
# A level or the nation, and a field behind it. 例 市|政务数据|局 · 县级以上|教育|部门
_WITH_LEVEL: Final = within(
    "全本我自直计设地城事所属省市县区州盟旗乡镇街园开国中", rf"(?:{_NATIONAL}|{_LEVELS})(?P<field>{_LETTER}{{0,12}})\Z"
)
# What may stand right before a listed body. 例 全市|公安局 · 市政府|办公厅
_BEFORE_BODY: Final = re.compile(
    rf"(?:{_NATIONAL}|[全本我]?(?:自治[区州县]|[省市县区州盟旗乡镇]{_NO_LEVEL})(?:级|直|委|政府|人民政府)?|原|街道)\Z"
)
# Before what opens a collective. 例 省级|有关部门 · 市政府|各部门 · 其|各部门
_BEFORE_GROUP: Final = re.compile(rf"(?:国务院|中央(?:和国家机关)?|其|{_LEVELS})\Z")
# A zone or a town that no table lists, from the start of its words on. 例 赣江新区|管委会 · 大场镇|人民政府
_ZONE: Final = re.compile(rf"(?<![{_CJK}]){_LETTER}{{2,8}}{pattern_of(_WORDS['zone'])}\Z")
# Words between a mark and an ending. 例 ,|数据提供|部门 · 由|受理|单位
_AT_MARK: Final = re.compile(rf"(?:(?<![{_CJK}])|(?P<by>(?<=由))){_LETTER}{{2,10}}\Z")
# Words between names in a list. 例 商务部、|测绘地信|局、
_IN_LIST: Final = re.compile(rf"[、,]{_LETTER}{{2,8}}\Z")
_JOINS: Final = re.compile("[、,和与及等]")
_COUNTED: Final = re.compile(r"[万余多数]{0,2}[家个名项](?!庭|政|具)")  # 例 30|家定点医院 · 40|万家定点机构
# The last letter of a name that no table lists, and the next of the list. 例 福田区|、|上海临港新区, but not 市、区房管部门
_LEVEL_AND: Final = re.compile(r"[省市县区州盟旗镇乡][、和](?![省市县区州旗乡镇]|自治|直辖|设区)[^、]{4}")
_PREDICATE: Final = re.compile(rf"{VERBS}|{EVENTS}|{WEAK}|{ADVERBS}")
_FIELD_OF: Final = re.compile(rf"(?P<field>{_LETTER}{{0,12}})\Z")
_PART_OF: Final = re.compile(rf"{_LETTER}{{0,8}}\Z")
_OF_ZONE: Final = frozenset(said("of zone"))
_OF_FIELD: Final = frozenset(said("of field"))
_TELLING: Final = frozenset(said("telling"))
_PARTS: Final = frozenset(said("part"))

_LEVEL_LIST: Final = (
    r"(?:(?!地方)[省市县区州盟旗乡镇村街道园自治直辖设的地级以上新开发社()\[\]]"
    r"|[、,/及和或 ](?=[省市县区州盟旗乡镇村街园自直地(\[])){0,24}+"
)
_TAIL: Final = rf"(?:{pattern_of(_WORDS['group end'])}|[局厅委办站所](?<![民公]办)(?![长员理法事级面]))"
_MORE: Final = pattern_of(_WORDS["group more"])
# A collective, from its head on. 例 各|县(市、区)人民政府 · 有关|部门和单位 · 地方|各级政府 · 各|级党委、政府
_GROUP_HEAD: Final = (
    r"(?:各(?![种项类自个界方式位国人族])|有关|相关|其[他它]|相应|地方(?!性|标准|特|政府[专债])|每个|有条件的|所在|当地|全体"
    r"|[上下同本]级|成员(?!国)|试点(?=地区|城市|[省市县区])|(?:试点|牵头|责任|配合|参与)(?=单位|部门|机构))"
    r"(?:级|类|地|有关|相关|其他|责任|成员|牵头|参与|配合|相应|试点|所属|直属|同级|分管){0,3}"
)
# 例 各|县区 · 各地 · 各县(市、区)
_LEVELS_ALONE: Final = "(?<=各[地级])|(?<=[省市县区州旗乡镇村街])|(?<=街道)|(?<=[省市县区州旗乡镇村道街][)])"
# 例 各部门|、直属|单位 · 各地|各有关|部门
_AND_MORE: Final = (
    "(?:(?:[、,/和及与或](?:直属|所属|工作|内设|职能|企事业)?|(?<=地)(?:各|有关|相关){1,2}|直属|所属|工作|内设|职能)"
    rf"{_MORE})"
)
_GROUP: Final = re.compile(
    rf"{_GROUP_HEAD}{_LEVEL_LIST}(?:有关|相关|各|所属|直属|级){{0,2}}(?:{_LETTER}{{0,10}}?{_TAIL}|{_LEVELS_ALONE})"
    rf"{_AND_MORE}{{0,4}}(?:[(](?:单位|部门|街道|[县市区、,]{{1,5}})[)])?"
)


def _goes_on() -> re.Pattern[str]:
    """What the last letter of a name may not stand before: it is that of another word. 例 委|员 · 局|长 · 政府|性"""
    behind: dict[str, list[tuple[str, str, str]]] = {}
    for word, not_before, only_before in _WORDS["on"]:
        last, _, more = word.partition("|")
        behind.setdefault(last, []).append((more, not_before, only_before))
    return re.compile("|".join(f"(?<={last}){pattern_of(more)}" for last, more in behind.items()))


_GOES_ON: Final = _goes_on()
_GOES_ON_WITH: Final = frozenset(word.partition("|")[2][0] for word in said("on"))
# 例 (以下简称“市推进办”) · 以下统称各部门
_CALLED: Final = re.compile(rf"下[简统合]称[:为]?[ ]?[“\"‘「]?(?P<name>[{_CJK}]{{2,16}})[”\"’」)]")
_NAME_END: Final = said("defined")
_OFFICE: Final = re.compile("办公室")
_ITS_OFFICE: Final = re.compile(r"(?:设立?|成立|小组|指挥部|会议|委员会|专班)[^。,;\n]{0,6}\Z")


def find_mentions(text: str, start: int, end: int) -> list[Mention]:
    """The mentions in `text[start:end]` of a plain view, in order; none overlaps another."""
    found = _Finder(text, start).read(end)
    return _with_defined(text, start, end, found)


class _Finder:
    """One pass over the words that the automaton knows."""

    __slots__ = ("found", "part_from", "place", "reached", "text")

    def __init__(self, text: str, start: int) -> None:
        self.text = text
        self.found: list[Mention] = []
        self.reached = start  # where the last mention ends
        self.place: tuple[int, int] | None = None  # a place that no name has taken up yet
        self.part_from = -1  # where a body ends, of which parts may follow

    def read(self, end: int) -> list[Mention]:
        for begin, stop, kind in known_words(self.text, self.reached, end):
            if begin < self.reached or kind == STOP:
                continue
            if kind == PLACE:
                self._at_place(begin, stop)
            elif kind == HEAD:
                self._at_head(begin)
            else:
                self._at_name(begin, stop, kind)
        self._flush(end)
        return self.found

    def _at_place(self, begin: int, stop: int) -> None:
        if (
            self.found and self.found[-1].end == begin and self.text.startswith("会同", begin)
        ):  # 县应急局|会同|县公安局, not 会同县
            return
        if self.place and self.place[1] == begin:
            self.place = (self.place[0], stop)
            return
        self._flush(begin)
        self.place = (begin, stop)

    def _flush(self, before: int) -> None:
        """A place that no name takes up, as a mention of its own."""
        if self.place and self.place[1] <= before:
            begin, stop = self.place
            self.place = None
            if begin >= self.reached:
                self._add(begin, stop, "listed")

    def _add(self, begin: int, stop: int, how: How) -> None:
        if self.text[stop : stop + 1] not in _GOES_ON_WITH or not _GOES_ON.match(self.text, stop):
            self.found.append(Mention(begin, stop, how))
            self.reached = stop

    def _at_head(self, begin: int) -> None:
        group = _GROUP.match(self.text, begin, begin + 80)
        if not group:
            return
        words = group.group().rstrip("、,/和及或([ ")
        words = words.rstrip(")]") if words.count("(") + words.count("[") < words.count(")") + words.count("]") else words
        if len(words) < 2 or _PHRASE.search(words):
            return
        first = begin
        if self.found and self.found[-1].end == begin:  # 国务院|有关部门
            self._replace_last(begin + len(words), "grammar")
            return
        if self.place and self.place[1] == begin:
            first, self.place = self.place[0], None
        elif before := _BEFORE_GROUP.search(self.text, max(self.reached, begin - 14), begin):
            first = before.start()
        self._flush(first)
        self._add(first, begin + len(words), "grammar")

    def _replace_last(self, stop: int, how: How | None = None) -> bool:
        """Draws the last mention out to `stop`, unless a name cannot end there."""
        last = self.found.pop()
        self.reached = last.start
        self._add(last.start, stop, how or last.how)
        if self.reached == stop:
            return True
        self.found.append(last)
        self.reached = last.end
        return False

    def _at_name(self, begin: int, stop: int, kind: int) -> None:
        text = self.text
        if kind in (BODY, NATION):
            self._at_listed(begin, stop, national=kind == NATION)
            return
        if self.part_from == self.reached and text[begin:stop] in _PARTS and self._is_part(begin, stop):
            return
        if kind == PART and stop - begin == 1:
            return
        if self.reached == begin and self.found and self.found[-1].end == begin:
            self._replace_last(stop)  # 各级|办公室
            return
        named = self._named(begin, max(self.reached, begin - _WINDOW), text[begin:stop])
        if named and named[1] == "shape" and _is_phrase(text[named[0] : stop]):
            named = None  # 国家|发展大局, 市|召集市政府
        if named:
            first, how = named
            if self.place and self.place[0] >= first:
                self.place = None
            self._flush(first)
            if self.found and self.found[-1].end == first:  # 国务院|林业主管部门
                self._replace_last(stop, how)
            else:
                self._add(first, stop, how)
            self.part_from = stop
        elif kind == BARE:
            self._flush(begin)
            self._add(begin, stop, "grammar")

    def _is_part(self, begin: int, stop: int) -> bool:
        """Whether what ends here is a part of the body before it: 市公安局|交警支队."""
        if not self.found or self.found[-1].end != self.part_from or not 0 <= begin - self.part_from <= 8:
            return False
        middle = self.text[self.part_from : begin]
        if middle and (len(middle) < 2 or stop - begin < 2 or not _PART_OF.match(middle) or _PHRASE.search(middle)):
            return False
        if not self._replace_last(stop):
            return False
        self.part_from = stop
        return True

    def _at_listed(self, begin: int, stop: int, *, national: bool) -> None:
        text, first = self.text, begin
        if self.place and self.place[1] == begin:
            first, self.place = self.place[0], None
        elif not national and begin > self.reached and "\u4e00" <= text[begin - 1] <= "\u9fff":
            first = self._level_before(begin)
            if self.place and self.place[1] == first:  # 长治市|市委|宣传部
                first, self.place = self.place[0], None
        if first == begin and stop - begin == 2 and text[begin - 1 : begin] not in _BEFORE_SHORT:
            return  # 合|作协|议
        self._flush(first)
        if self.found and self.found[-1].end == first and (first == self.part_from or self.found[-1].how == "grammar"):
            self._replace_last(stop)  # 国家税务总局|长治市税务局, 各市|财政局
        else:
            self._add(first, stop, "listed")
        self.part_from = stop

    def _level_before(self, begin: int) -> int:
        """Where the place or level before a listed body at `begin` starts, a field of its own included (市|商务|粮食局)."""
        text, reached = self.text, self.reached
        for n in _stem_lengths():
            if begin - n >= reached and text[begin - n : begin] in _stems():
                return begin - n  # 山东|财政厅
        if before := _BEFORE_BODY.search(text, max(reached, begin - 8), begin):
            return before.start()
        headed = _WITH_LEVEL.search(text, max(reached, begin - 12), begin)
        return headed.start() if headed and (not headed["field"] or _is_field(headed["field"])) else begin

    def _named(self, begin: int, lo: int, ending: str) -> tuple[int, How] | None:  # noqa: PLR0911 - an ordered table of tests
        """Where the name that has the `ending` at `begin` starts, by what stands before it; None where nothing names it."""
        text = self.text
        if self.place and lo <= self.place[0] and self.place[1] <= begin:
            middle = text[self.place[1] : begin]
            level = _WITH_LEVEL.match(middle) or _FIELD_OF.match(middle)
            if level and not _PHRASE.search(middle):
                return self.place[0], "grammar" if not middle or _is_field(middle) else "shape"
        if ending in _OF_ZONE and (zone := _ZONE.search(text, lo, begin)) and not _PHRASE.search(zone.group()):
            return zone.start(), "shape"
        at = lo
        for _ in range(3):
            headed = _WITH_LEVEL.search(text, at, begin)
            if not headed:
                break
            field = headed["field"]
            if not _PHRASE.search(text, headed.start(), begin):
                if field and len(ending) == 1 and len(field) < 2 and not _is_field(field):
                    break
                return headed.start(), "grammar" if not field or _is_field(field) else "shape"
            at = headed.start() + 1
        joined = self.found and _JOINS.match(text, begin + len(ending))
        listed = _IN_LIST.search(text, lo, begin) if joined else None
        if listed and listed.start() == self.found[-1].end and not _PHRASE.search(listed.group(), 1):
            return listed.start() + 1, "shape"
        if len(ending) < 2:
            return None
        if ending in _OF_FIELD and text[begin - 1] in _field_lasts() and (fields := _fields_before().search(text, lo, begin)):
            return fields.start(), "grammar"
        words = _AT_MARK.search(text, lo, begin) if ending in _TELLING else None
        if words is None or _PHRASE.search(words.group()) or (words["by"] is None and _PREDICATE.match(words.group())):
            return None
        return words.start(), "shape"


def _with_defined(text: str, start: int, end: int, found: list[Mention]) -> list[Mention]:
    """`found` with the names that the document gives, where no other mention stands."""
    names = {m["name"] for m in _CALLED.finditer(text, start, end) if m["name"].endswith(_NAME_END)}
    if any(_ITS_OFFICE.search(text, max(start, m.start() - 12), m.start()) for m in _OFFICE.finditer(text, start, end)):
        names.add("办公室")
    if not names:
        return found
    pattern = re.compile("|".join(map(re.escape, sorted(names, key=lambda name: (-len(name), name))[:_DEFINED])))
    more = [Mention(m.start(), m.end(), "defined") for m in pattern.finditer(text, start, end)]
    kept: list[Mention] = []
    for mention in sorted([*found, *more], key=lambda m: (m.start, -m.end)):
        if kept and mention.start < kept[-1].end:
            continue
        kept.append(mention)
    return kept


@lru_cache(maxsize=1 << 14)
def _is_phrase(name: str) -> bool:
    """Whether a name that only its shape tells is a phrase: it holds a verb, is counted, or a list goes on in another word."""
    return bool(NOT_ACTOR.search(name) or _COUNTED.match(name) or _LEVEL_AND.match(name))


@lru_cache(maxsize=1 << 14)
def _is_field(words: str) -> bool:
    """Whether words between a level and an ending are fields that the tables know."""
    return bool(_fields_before().fullmatch(words))


@cache
def _fields_before() -> re.Pattern[str]:
    """Known fields right before an ending. 例 发展改革、工业和信息化等|部门 · 教育行政主管|部门"""
    one = pattern_of((word, "", "") for word in sorted(_fields(), key=len, reverse=True))
    return re.compile(rf"(?:(?:{one}){{1,4}}(?:[、和及与,]|以及)){{0,6}}(?:{one}){{1,5}}(?:等)?(?:各|有关|相关)?\Z")


@cache
def _fields() -> frozenset[str]:
    return frozenset({*bodies.forms(), *said("role")})


@cache
def _field_lasts() -> frozenset[str]:
    """What known fields end in, and the words behind them."""
    return frozenset({*(word[-1] for word in _fields()), *"等各关"})


@cache
def _stems() -> frozenset[str]:
    return places.known_names()[1]


@cache
def _stem_lengths() -> tuple[int, ...]:
    return tuple(sorted({len(stem) for stem in _stems()}, reverse=True))
