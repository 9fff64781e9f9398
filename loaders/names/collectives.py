"""Which names are collectives, and whom these mean: 各县（市、区）人民政府 all governments of counties, 市直有关部门 some
departments of the city."""

from __future__ import annotations

import re
from typing import Final, Literal

__all__ = ["COLLECTIVE", "read_members"]

# 例 各县(市、区)人民政府 · 其他部门 · 相关部门, but not 省地方金融监管局
_EACH = (
    "各|每个|其他|其它|有关|相关|相应|地方(?!金融|志|税务|史志|海事|铁路)|全[省市区县]|所属|直属(?!机关工)|成员单位|所在地"
    "|试点|有条件"
)
# 例 市直有关单位 · 公安机关 · 县级以上指挥部 · 疾病预防控制机构, but not 市直属机关工委
_DIRECT = r"^[省市县区州中]?直(?!辖|属机关工|机关工|机关事|工委)|(?:部门|(?<!纪委|监委|委\))机关|单位|组织)$"
_OF_A_ROLE = (
    "^(?![省市县区州国全中]|.{1,4}[省市县区州盟旗]).{2,16}机构$|^街道办事处$"
    "|^[省市县区]级以上.*(?:指挥部|小组|机构|部门|政府|委员会)$"
)
# 例 市、县两级政府 · 县(市、区) · 国家和省
_OF_LEVELS = (
    r"^[省市区县州乡镇村、(), 和街道园直辖自治]{2,}(?:[两三四]级)?(?:党委|人民政府|政府)?$|(?:乡镇|镇街|街镇)$"
    r"|^[省市县区州]\([省市区县旗州、,]{1,6}\)|^(?:[省市县区州]、)?区县\(自治县\)|^(?:国家|中央)[或和及与]|^城市、"
)
# 例 当地政府 · 济南、青岛市政府 · 低风险地区 · 乡镇、街道 · 村(社区) · 县级以上人民政府 · 其指定的部门, but not 龙安街道
_REGIONS = (
    r"(?:[东中西南北]{1,2}[部方]|沿海|边境|边疆|受灾|[\u4e00-\u9fff]{2}(?:较重|严重)|重点|干旱(?:半干旱)?"
    r"|民族|偏远|相邻|毗邻|[高中低]{1,2}风险)地区$"
    r"|风险[县市区](?:\([县市区旗、,]+\))?$"
)
_OF_A_ZONE = (
    "^(?:工业|产业)?园区和.{0,4}区管委会$"
    "|^(?:[\u4e00-\u9fff]{0,4}(?:主产|主销|产销平衡)区|受灾地|事发地|周边地区|(?:工业|产业)园区|港区|风景(?:名胜)?区|景区)$"
)
_OF_A_KIND = (
    "^(?:(?:当地|属地)(?:人民)?)?政府$|、[\u4e00-\u9fff、]{2,12}[市区县州](?:人民)?政府$|(?:^|[乡镇、,和及(])街道$|社区$"
    rf"|{_REGIONS}|{_OF_A_ZONE}"
    "|级(?:以上)?(?:地方)?(?:党委|人民政府|政府)(?:和政府)?$|^其(?:指定|授权|委托|确定)的"
)
_IN_BRACKETS = r"^(?:.{0,8}和)?(?:社区|村|街道|[乡镇]{1,2})\([乡镇村街道社区居委、]{1,8}\)(?:委|委会|办)?$"
COLLECTIVE = re.compile("|".join((_EACH, _DIRECT, _IN_BRACKETS, _OF_A_ROLE, _OF_LEVELS, _OF_A_KIND)))

# These read the name without its place, its brackets and the marks between levels.

# 例 各县市区|人民政府 · 各县区|党委、人民政府 · 各市、州、县|政府 · 各乡镇|人民政府、街道办事处 · 各级|人民政府 · 各地 ·
# 各县市区，园区 · 县级以上地方|人民政府 · 中央和地方各级|人民政府
_LEVEL_WORDS = (
    "级|县级以上(?:地方)?(?:各级)?|地区?|地级以上市|(?:(?:园|开发|功能)区|[省市区县州盟旗乡镇街道自治直辖设的、,，和级]){1,24}"
)
_BODIES = (
    "(?:[、,，和]?(?:地方)?(?:党委|党工委|人民政府|政府|行署|街道办事处|办事处|(?:开发|功能|园|新)?区?管委会"
    "|各?(?:类)?(?:园|开发|功能)区)){0,5}"
)
MEMBERS_LEVELS = re.compile(
    rf"(?:(?:中央和)?地方)?各?(?:有关|相关|其他)?(?P<levels>{_LEVEL_WORDS})(?:有关|相关)?(?P<bodies>{_BODIES})"
    r"(?P<departments>[、，和]?各部门|及其(?:各|工作|组成)?部门)?"
)
# 例 各县区|司法局 · 各级|教育行政部门 · 市县区|公安机关
MEMBERS_OF_A_LINE = re.compile(
    r"(?P<each>各|全[省市])?(?:有关|相关)?(?P<levels>级|[省市区县州旗、,，和设的自治直辖]{1,20}?)"
    r"(?=[^省市区县州旗、,，和设的自治直辖])"
)
# 例 市直各部门 · 市政府各部门、各直属机构 · 各有关部门 · 县直各单位 · 市直有关部门和单位 · 各部门各单位
MEMBERS_DEPARTMENTS = re.compile(
    r"(?:[省市区县州国]?(?:直|级|属)?(?:人民政府|政府|务院)?)(?P<each>各|全体|所有)?(?:[省市区县州](?:直|级))?(?:有关|相关"
    r"|其他)?(?:职能|工作|组成)?(?:部门|单位|部委|委办局)(?P<tail>[、,，和及]?(?:各|有关|相关)?(?:直属|企事业|事业)?(?:部门"
    r"|单位|机构)){0,3}"
)
# 例 有关部门 · 相关县区 · 试点城市 · 其他部门 · 有条件的地区
MEMBERS_SOME = re.compile(r"有关|相关|相应|其他|其它|试点|条件|部分|所在|成员|重点")

Binds = Literal["all", "some"]

_LEVELS: Final = ("nation", "province", "city", "county", "town")
_OF_LEVEL: Final = {"省": "province", "市": "city", "县": "county"}  # 省级有关部门 in a national document
_OWN: Final = {of: word for word, of in _OF_LEVEL.items()}
_ZONES: Final = ("园区", "开发区", "功能区", "管委会")
_BY_WORD: Final = {
    "地级以上市": ("city",),
    "自治区": ("province",),
    "直辖市": ("province",),
    "省": ("province",),
    "设区市": ("city",),
    "设区的市": ("city",),
    "自治州": ("city",),
    "地区": ("city",),
    "州": ("city",),
    "盟": ("city",),
    "自治县": ("county",),
    "县级市": ("county",),
    "县": ("county",),
    "旗": ("county",),
    "区": ("county",),
    "乡": ("town",),
    "镇": ("town",),
    "街道": ("town",),
    "街": ("town",),
    "村": (),
}


def read_members(name: str, level: str, line: str | None = None) -> tuple[tuple[str, ...], Binds | None]:
    """The ranks of the members of a collective at a place of `level` (one of nation, province, city, county), and how many
    of them it binds. Without members where its words do not tell: 科技部门, 成员单位.

    `name` is without its place and without brackets (各县市区人民政府). `line`: the function that all of them have; then the
    members are the departments of it, 司法局 of a county.
    """
    if level not in _LEVELS[:-1]:
        return (), None
    binds: Binds = "some" if MEMBERS_SOME.search(name) else "all"
    if listed := MEMBERS_DEPARTMENTS.fullmatch(name):
        of = next((word for word in "省市县" if name.startswith(word)), "") if level == "nation" else ""
        counted = listed["each"] or "各" in (listed["tail"] or "")
        return (f"{_OF_LEVEL.get(of, level)} department",), binds if counted else "some"
    if listed := MEMBERS_LEVELS.fullmatch(name):
        ranks = _governments(listed["levels"], listed["bodies"], level, among=name.startswith("地方"))
        if ranks and listed["departments"]:
            levels = [rank.split()[0] for rank in ranks] if listed["departments"].startswith("及其") else [level]
            ranks += tuple(f"{of} department" for of in dict.fromkeys(levels))
        return ranks, binds if ranks else None
    if line and line != "人民政府" and (listed := MEMBERS_OF_A_LINE.match(name)):
        ranks = tuple(f"{of} {line}" for of in _levels(listed["levels"], level) if of != "town")
        own = not listed["each"] and level in _OWN and listed["levels"].startswith(_OWN[level])  # 市、县公安机关
        return ((f"{level} {line}",) if own else ()) + ranks, binds if ranks else None
    return (), None


def _governments(words: str, bodies: str, level: str, *, among: bool) -> tuple[str, ...]:
    """Ranks of the governments, party committees and zones that a list of levels, and of their bodies, means."""
    zones = any(zone in words + bodies for zone in _ZONES)
    for zone in _ZONES:
        words = words.replace(zone, "")
    levels = [member for member in _levels(words, level) if not (among and member == "nation")]
    party = any(body in bodies for body in ("党委", "党工委"))
    government = not party or any(body in bodies for body in ("政府", "行署", "办事处"))
    kinds = ["party committee"] * party + ["government"] * government
    return (*(f"{member} {kind}" for member in levels for kind in kinds), *([f"{level} zone"] if levels and zones else []))


def _levels(words: str, level: str) -> tuple[str, ...]:
    """The levels below `level` that a list of them means: in a province 各市、县 cities and counties, 各县市区 counties.

    各市（区） of a province are its cities, and 各省（区、市） of the nation its provinces: 区 is no district there.
    """
    below = _LEVELS[_LEVELS.index(level) + 1 :]
    if words in ("地", "地区"):
        return below[:1]
    if words.startswith("级"):
        return (level, *below)
    if words.startswith("县级以上"):
        return tuple(of for of in (level, *below) if of != "town" and not (of == "nation" and "地方" in words))
    if level == "nation" and words.startswith(("省区市", "省、区、市")):
        return ("province",)
    found: set[str] = set()
    at = 0
    while at < len(words):
        word = next((word for word in _BY_WORD if words.startswith(word, at)), "")
        if words.startswith("市", at):
            word = "市"
            is_city = level in ("nation", "province") and not any(kind in words[:at] for kind in "县区旗")
            found.add("city" if is_city else "county")
        found.update(_BY_WORD.get(word, ()))
        at += len(word) or 1
    if level == "province" and "city" in found and not any(kind in words for kind in "县旗"):
        found.discard("county")
    return tuple(member for member in below if member in found)
