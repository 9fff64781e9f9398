"""The parts of a list of names: where each begins and ends, and what it tells by itself. 各县区党委、政府 is one of them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from loaders.names.collectives import COLLECTIVE
from loaders.names.places import mention
from loaders.names.shape import COUNT, OF_FIELDS, REMARK, SURE_UNIT, TOWNS, is_unit
from loaders.text.view import squeezed, within

if TYPE_CHECKING:
    from collections.abc import Iterator

# Parts that go on under one 各: 各县区党委、政府 · 各市、县〔区〕人民政府 · 各县(市,区),园区,乡镇(街道)
_BEGINS_ANEW = "各|其他|其|有关|相关|[省市区县州](?:直(?!辖)|级(?!市)|有关|相关|政府(?=各|有关|所属|直属))"
_CITIES = "计划单列市|副省级城市(?:和省会城市)?|省会城市"
_UNDER_EACH = (
    "党委|政府|人民政府|管委会?|办事处|党工委|园区|开发区|功能区|部门|单位|各部门|直属机构|街道|直属(?:企?事业)?单位|有关单位"
    "|有关部门|企事业单位|机构|社区|乡镇|镇街|机关|中心|(?:开发|管理|功能|[园新])区(?:管理委员会|管委会?)?"
    f"|县级市(?:(?:人民)?政府)?|[委办局部厅处室]|(?:城管|公安|交警|消防)?(?:分局|支队|大队|中队|派出所)|{_CITIES}"
)
_COLLECTIVE_TAIL = re.compile(
    rf"(?!{_BEGINS_ANEW})[省市区县州盟旗乡镇村园街道自治直辖设(),、/\[\] ]{{0,16}}(?:[两三四]级)?(?:{_UNDER_EACH})?$"
)
# Where a second name at the same level begins with no mark before it. 例 县教育局|县水利局, but not 市公安局市中分局
_SIDE_BY_SIDE = re.compile(r"(?<=[局部厅办院署会委])[省市县区](?![中北南城区直级内属有辖])(?!委?\Z)")
_REMARK_LAST = re.compile(REMARK.pattern + r"\Z")
_MOST_REMARK = 64  # code points of the longest remark, brackets included
# What may part two units; 和, 与, 及 and a line end do so only between two whole names.
_LIST_TOKEN = re.compile(r"[()\[\]、,/;和与及以或\s](?:(?<![以或])|(?<=以)及|(?<=或)者|(?<=或))")
# Fields up to the head word that they share. 例 各级人民政府及|财政、农业部门
_FIELDS_ON = re.compile(r"(?:[\u4e00-\u9fff]{2,10}、){1,6}[\u4e00-\u9fff]{2,10}等?(?:部门|机构)")
# A list without any of these is parted by 、 and , only. 例 A和B · 各县(市、区)政府 · A/B
_JOINED = re.compile(r"[()\[\]和与及或/;\s]")
# Words without any of these are one name, if they are any.
SEVERAL = re.compile(r"[()\[\]和与及以或/;\s、,等]")
# A list without any of these is names between marks, no more.
# 例 市司法局、市财政局, but not 各县区党委、政府 · A和B · 科技、财政等部门
_INVOLVED = re.compile(
    r"[()\[\]各和与及或以述等由其\s/;]|所在地|(?:区县|县区|区市|市县|县市)[、,]|(?:门|构|位|机关)$"
    r"|(?:^|[、,])(?:[^、,]{0,2}(?:[、,]|$)|[有相]关[省市县区州]、|单位|部门|机构|机关|地区|乡镇|街道|园区|镇街|直属|企事业)"
)
_INVOLVED_WITHIN = within(r"()\[\]所各和与及或以述等由其\s/;区县市门构位机、,", _INVOLVED.pattern)
# How a name begins after a line end, where the line above may have been broken inside a name.
LIST_START = re.compile(r"\s{0,40}(?:[省市区县州盟旗各国]|中共|全[省市区县]|其他|有关|相关|[\u4e00-\u9fff]{2,5}[省市区县])")
# No name of its own: the second half of 有关部门和单位, 各地区和部门.
_BARE_PART = re.compile(
    r"(?:(?:[省市区县州盟旗乡镇村、,()]|街道(?=[()、])|直辖市|自治[区州县]|设区的市|城市){1,12}(?:[两三四]级)?"
    r"|(?:单位|部门|机构|机关|地区|乡镇|街道|园区|镇街|村\(社区\))|直属(?:单位|机构)|企事业单位"
    r"|(?:所属|下属|派出|工作|内设){1,2}(?:部门|单位|机构|机关))(?:人民政府|政府|党委)?"
)
# Words before a list that are no part of its first name. 例 由市司法局 · 其中,市财政局
OPENING_FIRST = frozenset(" \n以上并主具由其")
_OPENING = re.compile(
    r"[ \n]{0,40}(?:(?:以上|上述)(?:各项|任务|工作|事项|措施){0,2}均?)?(?:(?:并|主要|具体)?由|其中)?[ \n]{0,10}"
)
# 例 市|司法局 · 市委|组织部, but not 市场监管总局
LEVEL_PREFIX = re.compile(
    r"自治区(?:党委(?=.))?|[省市区县州盟旗]委(?=.)|(?!市[场容]|区域|县域)[省市区县州盟旗](?!级|直(?!属机关工))"
)
# A name without the prefix that it shares, but no branch of a national body: 省工信厅、|财政厅| · 市委组织部、|宣传部|
_ELIDED = re.compile(
    r"(?!.{0,20}(?:海关|银保监|金融监管总局|证监|外汇|铁路|电力|公司|银行|人行|集团|国家|中国|中央|总局"
    r"|管委会))(?!.{1,6}[省市县区州].{0,12}[局厅委])(?:[\u4e00-\u9fff()]{2,14}(?:厅|局|委|办|部|委员会|办公室|支队|中心)"
    r"|[\u4e00-\u9fff]{0,4}(?:妇联|工商联|残联|科协|文联|侨联|总工会|法院|检察院))$"
)
# 例 市工信局、市委网信办等市直相关单位 · 省财政厅等 · 人力资源社会保障部等有关部门和单位
_OTHERS = (
    "部门单位|部门|单位|机构|地区|方面|地|(?:主要)?(?:职能|主管|行政主管|业务主管|行业主管|牵头|责任)(?:部门|单位)"
    "|人民团体|群团组织|涉及[\u4e00-\u9fff]{2,10}单位"
    "|(?<=各)类[\u4e00-\u9fff]{2,16}指挥部"
)
# 例 等|市直|(驻市)进驻大厅|单位 · 等|市防汛领导小组|成员单位
_WHOSE = (
    "(?P<named>各|有关|相关|[省市区县州](?:直|级|政府|委)|其他|国务院|中央|[省市区县州][\u4e00-\u9fff]{4,28}(?=成员单位$)){0,3}"
    r"(?:(?<=[各关级直])(?:\([^()]{1,8}\))?[\u4e00-\u9fff]{0,24}?(?=(?:单位|部门)$))?"
)
_AND_OTHERS = re.compile(
    rf"等(?P<rest>(?:\d{{1,2}}个)?{_WHOSE}(?:{_OTHERS})?(?:和(?:部门|单位|机构|地区|县区|企业))?(?:\((?:部门|单位)\))?)$"
)
_FIELD = 10  # characters of the longest field in 发展改革、工业和信息化等部门, what it has in brackets not counted
_LEVELS = "省市州县区旗乡镇"  # highest first
# 例 各市 · 自治区 · 省级, and a name at such a level: 县|住建局 · 直辖市|人民政府 · 市级|党委和政府
_LEVEL = re.compile(
    r"(?:各|所在地|属地|当地|有关|相关)?(?:省|自治区|直辖市|设区的?市|城市|[市州县区旗]|[省市县区州地]{1,2}级)"
    r"|(?:各|有关|相关)?县\(市\)|市和(?:区县|[区县])(?:\(市\))?|乡镇|街道"
)
# Levels above the one that is named. 例 国务院水利部门和|省、自治区、|直辖市人民政府水利部门
_LEVELS_AHEAD = re.compile(
    r"(?:(?:省|自治[区州]|直辖市|设区的市|[市州县])、){1,3}(?=(?:直辖市|自治[州县]|[市州县区])[\u4e00-\u9fff]{2})"
)
_SHORT = frozenset(
    ("省局", "市局", "县局", "区局", "残联", "妇联", "文联", "科协", "侨联", "团委", "工会", "法院")
)  # 市财政部门和|残联
_LEVEL_LAST = frozenset("省市州县区旗级镇道)")  # what such a level, and places of one rank, end in
_GOVERNS = re.compile(r"(?:直辖市|计划单列市|自治[州县]|[市州县区])(?:人民)?政府")  # 例 有关省、自治区、|直辖市人民政府
# 例 区、|镇两级路长办公室
_OF_TWO_LEVELS = "[市县区州乡镇][两三四]级(?=[\u4e00-\u9fff]{3})(?!(?:党委|人民政府|政府|财政)$)"
_GOVERNMENT_AT = (
    "[省市县区州地乡镇]{1,2}级(?:地方)?(?:党委|人民政府|政府)|[市州县区旗][和及与][县区旗乡镇]{1,2}级?(?:人民)?政府"
)
_STREETS = "(?:街道|乡镇)[\u4e00-\u9fff]{2,8}(?:行政|管理|经办|保障|服务)(?:机构|部门)$"  # 例 乡镇、|街道司法行政机构
_BELOW_LEVEL = re.compile(
    rf"{_OF_TWO_LEVELS}|{_GOVERNMENT_AT}|{_STREETS}"
    r"|(?:直辖市|计划单列市|自治[州县]|[市州县区旗](?![(、,]))(?!直|级|有关|相关|属)(?=[\u4e00-\u9fff]{2})"
    r"(?!.{0,3}(?:党委|人民政府|政府)$)|(?:县\([市区、]{1,3}\)|区县\(自治县\))(?=[\u4e00-\u9fff]{2})(?!(?:党委|人民政府|政府)$)"
)
_COUNTIES_TOO = re.compile(r"[县市区]\([市县区旗、,]{1,8}\)")  # 例 市级有关部门及|县(市、区)
_OF_PLACES = re.compile(r"(?:有关|相关|属地|所在地?)(?:[省市区县州盟旗]|区县|县区|区市|县市区){1,2}")  # 例 相关区县|、开发区
# Places of one rank, and a body of the zones beside them. 例 各区县、|开发区教育局 · 居住地区县、|开发区教育局
_COUNTIES = re.compile(
    r"(?:各|有关|相关|属地|当地|[^,、]{0,4}(?:所在地|居住地))?(?:[城地辖]?市|[州县区旗]|区县|县区|区市|县市|市县|县市区|区县市)"
)
# 例 相关委、|办、|局
_BODIES = re.compile("[省市县区州]?(?:有关|相关)[委办局部厅](?:、[委办局部厅]){0,4}")
_OF_A_ZONE = re.compile(r"(?:开发|高新|经开|功能|管理|新)区(?=[\u4e00-\u9fff]{1,12}[局委办部])")

# What the head word of the last of the list is that of all. 例 各省、自治区、直辖市、|新疆生产建设兵团林业局
_EACH_PROVINCE = re.compile(r"各省(?:、自治区、直辖市(?:[、和及]计划单列市)?|\((?:自治)?区、(?:直辖)?市\))")
_CORPS = "新疆生产建设兵团"
# What has its own 各 behind its level, and the towns beside it, which go on under no such 各. 例 区各有关部门、|镇街园区
_EACH_AT_LEVEL = re.compile(r"[省市县区州][直级]?各[\u4e00-\u9fff]{0,4}(?:部门|单位)$")
_TOWNS_TOO = re.compile(r"(?:[乡镇街]|街道|园区|开发区|新区|场){1,4}(?:办事处|管委会)?")
# Of the places under it, and so are those that follow. 例 各地(市)住建局 · 各县区司法局、财政局
_EACH_OFFICE = re.compile(
    r"各(?:[省市县区州盟旗地]|\([省市县区旗、,]{1,8}\)){1,6}[\u4e00-\u9fff]{2,12}局(?:、[\u4e00-\u9fff]{2,14}[局委办]){0,12}"
)
# The same of departments of one level. 例 各级财政部门、|农业部门 · 各地市场监管部门、|林草主管部门
_EACH_DEPARTMENT = re.compile(
    r"(?:地方)?各(?:级|地|[省市县区州旗]{1,3})(?!有关|相关|直)[\u4e00-\u9fff]{2,12}部门(?:、[\u4e00-\u9fff]{2,12}部门){0,6}"
)
_DEPARTMENT = re.compile(r"(?![省市县区州国各其]|有关|相关|行政|行业)[\u4e00-\u9fff]{2,12}(?<!业务主管)部门")
_OF_EACH = re.compile(f"{_EACH_OFFICE.pattern}|{_EACH_DEPARTMENT.pattern}")  # what others may go on under
# 例 各级工会、|共青团、妇联等群团组织
_EACH_MASS = re.compile("(?:地方)?各级(?:工会|共青团|团组织|妇联|工商联|残联|科协|文联)(?:、.{2,12})?")
_MASS = re.compile("(?:工会|共青团|团组织|妇联|工商联|残联|科协|文联|侨联)(?:组织)?(?:等(?:群团|人民团体|群众)(?:组织)?)?")
# 例 街道 · 乡镇(街道) · 工业园区 · 港区: each acts by itself
_TOWN_OR_ZONE = re.compile(
    r"(?:乡镇|镇街|街镇|街道|社区|(?:工业|产业)?园区|开发区|功能区|港区|风景(?:名胜)?区)(?:\([^()]{1,8}\))?"
)

# What shares its head word with a zone behind 和. 例 |园区|和示范区管委会
_BARE_ZONE = re.compile("(?:工业|产业)?园区")
_OF_SUCH_ZONE = re.compile(r"[\u4e00-\u9fff]{0,4}区管(?:理委员会|委会)(?=[,、;)\n]|\Z)")


class Part(NamedTuple):
    """What a part of a list tells by itself: `words` without blanks; whether they can be a unit, and are a collective; the
    prefix they have (市, 市委), or whether they stand without one that others share; whether they are a unit `apart` from
    all parts beside them."""

    words: str
    is_unit: bool
    collective: bool = False
    own: str = ""
    elided: bool = False
    apart: bool = False


def parts_in(plain: str, start: int, end: int, *, only: bool = False) -> list[tuple[int, int, Part]]:
    """The parts of the list at `plain[start:end]`, in order: where each begins and ends, and what it tells; none where one is
    no unit and `only` units are wanted."""
    listed = plain[start:end]
    marked = _parts(plain, start, end) if _JOINED.search(listed) else _between_marks(plain, start, listed)
    parts: list[tuple[int, int, Part]] = []
    for span in marked:
        for begin, stop in _side_by_side(plain, *span):
            words = plain[begin:stop]
            parts.append((begin, stop, part := known(words)))
            if only and not part.is_unit and _is_apart(words):
                return []
    single = len(parts) == 1 and "等" not in listed
    if single or all(part.apart for *_, part in parts) or not (_INVOLVED.match(listed) or _INVOLVED_WITHIN.search(listed)):
        return parts
    whole = _merged(plain, _one_over_levels(plain, [(begin, stop) for begin, stop, _ in parts]))
    spans = [part for span in whole for part in _without_others(plain, *span)]
    return [(begin, stop, known(plain[begin:stop])) for begin, stop in spans]


@lru_cache(maxsize=1 << 14)
def known(part: str) -> Part:
    """What the words of a part tell, whatever stands beside them."""
    name = squeezed(part)
    if not is_unit(name):
        return Part(name, False)
    if counted := COUNT.match(name):
        return Part(name[counted.end() :], True, collective=True)
    joins = (
        _COLLECTIVE_TAIL.fullmatch(name)
        or "等" in name
        or _COUNTIES.fullmatch(name)
        or _LEVEL.fullmatch(name)
        or _OF_EACH.fullmatch(name)
    )
    apart = name == part and not joins
    if COLLECTIVE.search(name) or TOWNS.fullmatch(name):
        return Part(name, True, collective=True, apart=apart)
    if own := LEVEL_PREFIX.match(name):
        return Part(name, True, own=own.group(), apart=apart)
    elided = bool(_ELIDED.match(name)) and not mention(name)  # 山东金融监管局 has its place
    return Part(name, True, elided=elided, apart=apart)


def _between_marks(plain: str, start: int, words: str) -> list[tuple[int, int]]:
    """What 、 and , part in `words`, which stand at `start`."""
    parts: list[tuple[int, int]] = []
    for name in words.replace(",", "、").split("、"):
        end = start + len(name)
        if name and name[0] in OPENING_FIRST:
            _add_part(parts, plain, start, end)
        elif name:
            parts.append((start, end))
        start = end + 1
    return parts


def _parts(plain: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cuts at 、 and , outside brackets, and at 和, 与, 及 or a line end only between two whole names."""
    parts: list[tuple[int, int]] = []
    depth = 0
    begin = start
    for token in _LIST_TOKEN.finditer(plain, start, end):
        mark = token.group()
        if mark in "([":
            depth += 1
        elif mark in ")]":
            depth = max(0, depth - 1)
        elif depth:
            continue
        elif mark in "、,/;" or _joins(plain, begin, token.start(), token.end(), end):
            _add_part(parts, plain, begin, token.start())
            begin = token.end() + 2 * plain.startswith("以及", token.end())
    _add_part(parts, plain, begin, end)
    return parts


def is_many(plain: str, start: int, end: int) -> bool:
    """Whether the level that opens a name comes again in it, as where names stand side by side."""
    return plain[start] in "省市县区" and plain.find(plain[start], start + 3, end - 2) > 0


def _side_by_side(plain: str, start: int, end: int) -> list[tuple[int, int]]:
    """The names in `plain[start:end]` that no mark parts, if all are beyond doubt, else all of it."""
    if not is_many(plain, start, end):
        return [(start, end)]
    cuts = [m.start() for m in _SIDE_BY_SIDE.finditer(plain, start + 3, end) if m.group() == plain[start]]
    names = list(zip([start, *cuts], [*cuts, end], strict=True))
    sure = all(is_unit(plain[begin:stop]) and SURE_UNIT.search(plain[begin:stop]) for begin, stop in names)
    return names if sure else [(start, end)]


def _joins(plain: str, begin: int, left_end: int, right_start: int, end: int) -> bool:
    if plain[left_end] == "\n" and not LIST_START.match(plain, right_start, end):
        return False  # a name broken by a line end
    if not is_unit(squeezed(plain[begin:left_end]).removesuffix("等")):
        return False
    levels = _LEVELS_AHEAD.match(plain, right_start, end)
    right_start = levels.end() if levels else right_start
    following = _LIST_TOKEN.search(plain, right_start, end)
    opened = 0  # brackets: 和|县(市、区)人民政府
    while following and (opened or following.group() in "()[]"):
        opened = max(0, opened + (following.group() in "([") - (following.group() in ")]"))
        following = _LIST_TOKEN.search(plain, following.end(), end)
    if _TOWN_OR_ZONE.fullmatch(plain, begin, left_end) and _TOWN_OR_ZONE.fullmatch(plain, right_start, end):
        return True  # 乡镇或|街道
    if _BARE_ZONE.fullmatch(plain, begin, left_end) and _OF_SUCH_ZONE.match(plain, right_start, end):
        return False  # 园区和|示范区管委会
    if left_end - begin > 2 and _FIELDS_ON.fullmatch(plain, right_start, end):  # but not 政府及…
        return True  # 各级人民政府及|财政、农业部门
    cut = following is not None and plain[left_end].isspace() and following.group() in "和与及"
    if following and cut and not is_unit(squeezed(plain[right_start : following.start()])):
        following = _LIST_TOKEN.search(plain, following.end(), end)  # 区财政局 |区环境|与|国土资源局
    right = squeezed(plain[right_start : following.start() if following else end])
    each = "各" in plain[begin:left_end]
    of_levels = right.endswith("政府") or (_COUNTIES_TOO.fullmatch(right) and not each)
    apart = plain[left_end - 1] in "门局委厅处部" or (plain[left_end - 1] == "府" and not each)
    bare = _BARE_PART.fullmatch(right) and not (of_levels and apart)
    return (len(right) > 2 or right in _SHORT) and is_unit(right) and not bare  # 各地区和部门, but 民政部门或|乡镇人民政府


def _add_part(parts: list[tuple[int, int]], plain: str, start: int, end: int) -> None:
    """Adds `plain[start:end]` to `parts`, without the words, blanks and remarks around a name, unless nothing is left."""
    if start < end and plain[start] in OPENING_FIRST and (opening := _OPENING.match(plain, start, end)):
        start = opening.end()
    end = start + len(plain[start:end].rstrip(" \n"))
    if start < end and plain[end - 1] in ")]" and (remark := _REMARK_LAST.search(plain, max(start, end - _MOST_REMARK), end)):
        end = start + len(plain[start : remark.start()].rstrip(" \n"))
    if end > start:
        parts.append((start, end))


def _is_apart(words: str) -> bool:
    """Whether words that are no unit by themselves are no part of one either: a field, a level, what goes on under 各."""
    return (
        _outside(words) > _FIELD
        and "等" not in words
        and words[0] not in _LEVELS
        and not (_OF_A_ZONE.match(words) or _BELOW_LEVEL.match(words))
        and not (_COLLECTIVE_TAIL.fullmatch(words) or _BARE_PART.fullmatch(words))
    )


def _one_over_levels(plain: str, parts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """`parts` with bare levels before a name at one of them made one: 各市、州、|县住建局 · 省、自治区、|直辖市人民政府."""
    joined: list[tuple[int, int]] = []
    levels: list[tuple[int, int]] = []
    for part in parts:
        if levels and (_OF_A_ZONE.match(plain, *part) or _is_below(plain, levels, part)):
            joined.append((levels[0][0], part[1]))
            levels = []
        elif plain[part[1] - 1] in _LEVEL_LAST and (_LEVEL.fullmatch(plain, *part) or _COUNTIES.fullmatch(plain, *part)):
            levels.append(part)
        else:
            joined += [*levels, part]
            levels = []
    return joined + levels


def _is_below(plain: str, levels: list[tuple[int, int]], part: tuple[int, int]) -> bool:
    if plain[levels[-1][1] - 1] == ")" and plain[part[0]] == "市":
        return False  # 各县(市)、|市教育局
    involved = plain.startswith(("有关", "相关", "省、", "市和"), levels[0][0]) and _GOVERNS.fullmatch(plain, *part)
    return bool(involved or _BELOW_LEVEL.match(plain, *part)) and all(_LEVEL.fullmatch(plain, *level) for level in levels)


def _merged(plain: str, parts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Parts under one 各 are one unit; so are fields before 部门 (发展改革、工业等部门) and bare levels (省、市、县)."""
    merged: list[tuple[int, int]] = []
    fields: list[tuple[int, int]] = []  # parts that are no names yet
    for part in parts:
        start, end = part
        name = plain[start:end]
        last = plain[slice(*merged[-1])] if merged else ""
        listed = bool(merged) and plain[merged[-1][1] : start].strip() == "、"
        if merged and not fields and (_goes_on(last, name, listed=listed) or _steps_down(last, name)):
            merged[-1] = (merged[-1][0], end)
        elif (is_unit(squeezed(name)) and not _is_field_too(plain, fields, part, parts[-1])) or "等" in name:
            merged += [(fields[0][0], end)] if _one_of_fields(plain, fields, part) else [*fields, part]
            fields = []
        else:
            fields.append(part)
    if len(fields) > 1 and all(_BARE_PART.fullmatch(plain, *part) for part in fields):
        fields = [(fields[0][0], fields[-1][1])]
    return merged + fields


def _one_of_fields(plain: str, fields: list[tuple[int, int]], part: tuple[int, int]) -> bool:
    """Whether `fields`, each a short word and joined by 、 or 和 only, and `part` name one body; 源、房产管理部门 is cut."""
    name = plain[slice(*part)]
    if fields and name.endswith("政府") and all(mention(plain[slice(*place)]) for place in (*fields, part)):
        return True  # 济南、青岛、|烟台市政府
    if not fields or not (name.endswith(OF_FIELDS) or _BARE_PART.fullmatch(name)):
        return False
    short = all(1 < _outside(plain[start:end]) <= _FIELD or plain[start] in _LEVELS for start, end in fields)
    return short and "," not in plain[fields[0][0] : part[0]]


def _outside(field: str) -> int:
    """The characters of a field without those in brackets: 住房城乡建设(城市管理)."""
    return len(field.partition("(")[0])


def _is_field_too(plain: str, fields: list[tuple[int, int]], part: tuple[int, int], last: tuple[int, int]) -> bool:
    """Whether a name among fields is meant as one: 财政、人民银行、市场监管等部门."""
    name, tail = plain[slice(*part)], plain[slice(*last)]
    return bool(fields) and part != last and not LEVEL_PREFIX.match(name) and "等" in tail and tail.endswith(OF_FIELDS)


def _goes_on(last: str, name: str, *, listed: bool) -> bool:
    if _TOWN_OR_ZONE.fullmatch(last) and _TOWN_OR_ZONE.fullmatch(name):
        return False  # 街道、|乡镇, but not 各乡镇、街道
    if _EACH_OFFICE.fullmatch(last) and known(name).elided:
        return True  # 各县区司法局、|财政局, but not 市财政局
    if (listed and _EACH_DEPARTMENT.fullmatch(last) and _DEPARTMENT.fullmatch(name)) or (
        _EACH_MASS.fullmatch(last) and _MASS.fullmatch(name)
    ):
        return True
    governs = last.endswith(("政府", "党委")) and not (last.endswith("党委") and name in ("政府", "人民政府"))
    bare = not governs and bool(_BARE_PART.fullmatch(last) or _OF_PLACES.fullmatch(last))
    # 乡(镇)人民政府、街道办事处 are two, 区县党委、政府 one
    if (_EACH_AT_LEVEL.match(last) and _TOWNS_TOO.fullmatch(name)) or (last.endswith(OF_FIELDS) and name.endswith("政府")):
        return False  # 区各有关部门、|镇街园区 · 市政府各部门、|县(区)政府
    kinds = name in OF_FIELDS and last.endswith(OF_FIELDS)  # 有关部门、单位
    if len(name) == 1 and _BODIES.fullmatch(f"{last}、{name}"):
        return True
    nation = bool(_EACH_PROVINCE.fullmatch(last)) and name.startswith(_CORPS) and len(name) > len(_CORPS)
    each = "各" in last or last.startswith("每个") or ("个" in last and COUNT.match(last))
    return nation or kinds or bool((each or bare) and _COLLECTIVE_TAIL.fullmatch(name))


def _steps_down(last: str, name: str) -> bool:
    """各市、县政务服务中心, 各地市、县级税务部门: a bare level under 各, then a name at a lower level."""
    level = last.removeprefix("各").removeprefix("地").removeprefix("辖")
    return last[0] == "各" and level in _LEVELS and name[0] in _LEVELS and _LEVELS.find(level) < _LEVELS.find(name[0])


def _without_others(plain: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A、B等 is A and B; A、B等有关部门 is A, B and the collective 有关部门."""
    others = _AND_OTHERS.search(plain, start, end) if "等" in plain[start:end] else None
    name = plain[start : others.start()] if others else ""
    if others is None or "、" in name or not is_unit(name):
        yield start, end
        return
    yield start, others.start()
    if others["named"]:
        yield others.start("rest"), end
