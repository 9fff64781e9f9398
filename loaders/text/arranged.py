"""Texts arranged by agency: headings that name those whose duties they list."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from kg.model import Span
from loaders.names.actors import AD_HOC_BODY
from loaders.names.units import Unit, are_sure, only_units
from loaders.text.items import AGENCY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loaders.text.items import Item

# What may follow the name of an agency in a heading under which its duties are listed.
# 例 市司法局|职责: · 领导小组|(以下简称小组)的主要职责是: · 河长办|按照权限依法履行下列职责:
AGENCY_HEAD_END: Final = re.compile(
    r"(?:\(以下[简统]?称[^()]{2,20}\))?"
    r"(?:(?P<alone>(?:的|(?:按照?[^,。;:]{2,12})?(?:依法)?履行(?:下列|以下))?(?:主要|工作|具体)?职责(?:[是为]|如下)?)"
    r"|(?:在[^,。;:]{2,16}(?:方面|工作中))?的?(?:主要|共同|工作|具体)?(?:职责|任务|分工){1,2})?[ ]{0,2}:?$"
)
# What makes a sentence of such a heading. 例 第八条 市司法局|履行下列职责: · 教育督导机构的|职责是:, but not 领导小组工作职责:
IN_PROSE: Final = re.compile("履行|职责(?:[是为]|包括)")
# What an item opens with whose own agency has the work. 例 (1)财政部|负责… · 1.建设管理局|:牵头…
OWN_AGENCY: Final = re.compile(r"(?P<units>[^:,。;\n]{2,40}?)(?::|负责|牵头|承担|职责|是(?=[^,。;:]{2,40}(?:主体|部门|机构)))")
# A heading glued to the duties it heads. 例 2.2.1政府办公室职责|组织应急处置
_GLUED: Final = re.compile(r"(?P<units>[^:,。;\n]{2,24}?)(?:主要|工作)?职责(?=[\u4e00-\u9fff])(?![是为分范清落])")

# What ends a sentence under which duties are listed. 例 …,认定机构|主要职责为: · 成立领导小组(以下简称小组),|其|职责是:
_LED_IN: Final = re.compile(
    r"(?:\A|[。;,])(?P<units>[\u4e00-\u9fff、]{1,30}?)的?(?:主要|具体|基本)?(?:工作)?职[责能](?:[是为]|如下|包括):\Z"
)
# Whom 其 takes up there. 例 成立|工作领导小组|(以下简称小组) · 市联席会议|是…
_TAKEN_UP: Final = re.compile(
    r"(?:组成|[成设]立|下?设)(?P<set_up>[\u4e00-\u9fff]{2,30}?(?:小组|指挥部|委员会|专班|办公室|联席会议))(?=[(,])"
    r"|\A(?P<units>[\u4e00-\u9fff]{1,24}?(?:小组|指挥部|委员会|联席会议))(?:\(以下[^()]{2,20}\))?(?:是|为|作为|在)"
)

# What is no duty but says how to reach somebody. 例 1.省慈善总会\n张某某|电话:6310
_CONTACT: Final = re.compile(
    r"\n[ ]{0,4}(?:[\u4e00-\u9fff]{2,4}[ ]{0,4})?(?:电话|手机|传真|邮箱|微信|账号|户名)[^。;,:\n]{0,6}:"
)

# The heading beside one, of bodies that are no agencies. 例 县级卫生健康部门和|医疗卫生机构。
_OTHERS: Final = re.compile(r"(?:部门|机构|单位|学校|医院|企业|组织)。?\Z")
_SET_UP: Final = ("联席会议", "小组", "专班", "指挥部")

# 例 部门|职责 · 指挥部成员单位|职责 · 适用范围及部门|职责
_ANYBODY: Final = re.compile("(?:.{0,12}[及和与、])?(?:有关|相关|工作)?(?:部门|单位|机构)|.{0,20}成员单位")

_HEADING: Final = 40  # code points of the longest heading
_LED_IN_END: Final = 60
_HEAD_END: Final = 36  # code points of the longest end of a heading that is no part of the name of an agency


def agencies_of(plain: str, words: Span) -> list[Unit]:
    """The agencies that a heading consists of, none if it says anything else."""
    return _heading_of(plain, words)[0]


def _heading_of(plain: str, words: Span) -> tuple[list[Unit], bool]:
    """The same, and whether the heading says that its agencies have what follows: …履行下列职责:"""
    if plain[words.end - 1] == "。":  # 1.乡镇职责。
        words = Span(words.start, words.end - 1)
    tail = None
    if plain[words.end - 1] in "责务工是为下: ":
        tail = AGENCY_HEAD_END.search(plain, max(words.start, words.end - _HEAD_END), words.end)
    end = tail.start() if tail else words.end
    units = only_units(plain, words.start, end)
    body = AD_HOC_BODY.fullmatch(plain, words.start, end) if tail else None  # 省药品、医疗器械安全领导小组
    set_up = tail is not None and bool(units) and all(unit.name.endswith(_SET_UP) for unit in units)  # 领导小组主要任务
    if not (tail and (tail["alone"] or body or set_up)):
        towns = bool(units) and all(unit.collective and unit.name.endswith(")") for unit in units)  # 街道(乡镇)和社区(村)
        return (units if towns or are_sure(units) else []), False
    if any(_ANYBODY.fullmatch(unit.name) for unit in units):
        return [], True  # 部门职责 · 成员单位职责
    return (units or ([Unit(words.start, end, body.group(), collective=False)] if body else [])), True


def by_agency(plain: str, items: Sequence[Item]) -> list[tuple[Item, list[Unit]]]:
    """Headings that are agencies whose duties they list, with them: those without a number, and those with one where two
    or more of the kind stand side by side some of them with items, or that say so; not one whose items name their own."""
    headings = [item for item in items if item.style not in ("chapter", "section") and _is_heading_only(item)]
    found = [(item, *_heading_of(plain, Span(item.body, item.first_line.end))) for item in headings]
    glued = ((item, _GLUED.match(plain, item.body, item.first_line.end)) for item in items if item.style.startswith("dec"))
    found += [(item, only_units(plain, *head.span("units")), True) for item, head in glued if head and not item.children]
    headed = {id(item) for item, units, _ in found if units}
    lead_ins = ((item, _led_in(plain, item)) for item in items if item.children and id(item) not in headed)
    found += [(item, units, True) for item, units in lead_ins if units]
    named = [
        (item, units, alone)
        for item, units, alone in found
        if units and not (_name_their_own(plain, item) or _CONTACT.search(plain, item.first_line.end, item.end))
    ]
    others = (item for item, units, _ in found if not units and _OTHERS.search(plain, item.body, item.first_line.end))
    beside = Counter(id(item.parent) for item in (*(item for item, *_ in named), *others))
    lists = {id(item.parent) for item, *_ in named if item.children}  # 1.市水利局。负责巡查: each opens its own prose
    return [
        (item, units)
        for item, units, alone in named
        if alone
        or item.style == AGENCY
        or (beside[id(item.parent)] > 1 and (id(item.parent) in lists or _is_line(plain, item)))
    ]


def _is_line(plain: str, item: Item) -> bool:
    """Whether a heading is one by its line, which ends in no full stop: 1.市水利局\n负责巡查."""
    return plain[item.first_line.end - 1] != "。"


def _led_in(plain: str, item: Item) -> list[Unit]:
    """The bodies whose duties are the items under `item`, as the end of its own words says."""
    begin, end = item.body, item.children[0].start
    while end > begin and plain[end - 1].isspace():
        end -= 1
    words = plain[max(begin, end - _LED_IN_END) : end]
    says = _LED_IN.search(words) if words.endswith(":") else None
    if says is None:
        return []
    if says["units"] != "其":
        first = end - len(words)
        return only_units(plain, first + says.start("units"), first + says.end("units"))
    told = plain[begin : end - len(words) + says.start()]
    taken_up = list(_TAKEN_UP.finditer(told))
    if not taken_up or "办公室" in told[taken_up[-1].end() :]:
        return []  # 成立领导小组,下设办公室,其职责是: those of the office
    first, last = taken_up[-1].span(taken_up[-1].lastgroup or 0)
    return only_units(plain, begin + first, begin + last)


def _name_their_own(plain: str, item: Item) -> bool:
    """Whether the items under a heading open with agencies of their own, most of them; or its words, if it has no items."""
    if not item.children:
        words = plain[item.first_line.end : item.end].lstrip()
        opens = OWN_AGENCY.match(plain, item.end - len(words), item.end)
        return bool(opens and are_sure(only_units(plain, *opens.span("units"))))
    opened = [OWN_AGENCY.match(plain, leaf.body, leaf.first_line.end) for leaf in item.leaves()]
    own = sum(bool(one and are_sure(only_units(plain, *one.span("units")))) for one in opened)
    return bool(item.children) and 2 * own >= len(opened)


def _is_heading_only(item: Item) -> bool:
    return bool(item.children or item.paragraphs > 1) and item.first_line.end - item.body <= _HEADING
