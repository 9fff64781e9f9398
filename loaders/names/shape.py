"""Whether words have the shape of the name of one agency: what they end in, and what they hold. Works on the plain view."""

from __future__ import annotations

import re
from functools import lru_cache

from loaders.names.endings import ends_as_unit
from loaders.names.phrases import NOT_UNIT

OF_FIELDS = ("部门", "机关", "单位", "机构")
# Quotes belong to a name where they stand around a few words of it. 例 省“十强产业”协调推进机制牵头部门
_NAME_QUOTES = re.compile(r"“[^“”、,]{1,12}”")
_QUOTE = frozenset("“”")
# 例 市委宣传部|(市新闻出版局): one body under two names
_NAMEPLATE = re.compile(r"[(\[]")
# 例 各成员单位|(名单附后) · 市公安局|(含各分局) · 县人社局|(列第一位者为牵头单位,下同), but not 市总工会|(共青团市委)
REMARK = re.compile(
    r"[(\[](?:(?:以[上下]|[上下]同|详?见|附[件后表]|列[第首为]|排[第在名]|除|共\d|名单|不?含[^(),]{2}|包括)[^()]{0,60}"
    r"|[^()]{1,20},下同)[)\]]"
)
# 例 镇(街) · 各县(市、区) · 区(市、县、开发区) · 社区(村)
TOWNS = re.compile(
    r"(?:各?(?:有关|相关)?[省市县区州乡镇村地]|各?街道|各?社区)\((?:[省市县区州乡镇村街道居委、,]|开发区|园区|社区){1,10}\)"
)
_MOST, _MOST_FIELDS = 40, 150  # characters of the longest name that is read as one unit, and of fields: 发展改革、…等部门


# What a document calls a body, in its name. 例 防汛联席会议|(以下简称联席会议)|办公室 · 各省(自治区、直辖市|,以下简称省|)
_ALIAS = re.compile(r"\(以下[简统]?称[^()]{1,20}\)|,以下[简统]?称[^()]{1,20}(?=\))")
# What a name shares with the next. 例 |省级|能源主管部门、煤矿监管部门 · |街道|党工委、办事处
_OF_LEVEL = re.compile("(?:[省市县区]级)(?!以上)(?=[\u4e00-\u9fff]{2,12}部门$)")
_OF_TOWN = re.compile(".{0,6}街道(?=党工委$)")
_WITHOUT_LEVEL = re.compile("(?![省市县区各其有相国全])[\u4e00-\u9fff]{2,12}部门")


# A name that is beyond doubt that of an agency. 例 市司法局 · 各县区 · 应急管理部
SURE_UNIT = re.compile(r"^(?:[省市县区州盟旗]|各|国家|中央|全国)|[局委部署厅会院办]$|政府$")
# How many a collective means. 例 13个|街道 · 17个|市级帮扶集团牵头单位
COUNT = re.compile(
    r"(?:全[省市区县州])?\d{1,3}个"
    r"(?=(?:[省市县区州镇乡街道园(),、]{1,14}(?:人民政府|政府)?|[\u4e00-\u9fff]{2,20}(?:单位|部门))\Z)"
)


def without_alias(name: str) -> str:
    return _ALIAS.sub("", name) if "称" in name else name


def shared(last: str, name: str) -> str:
    """What `name`, which follows `last` in a list, shares with it; "" where nothing."""
    if name == "办事处":
        before = _OF_TOWN.match(last)
    else:
        before = _OF_LEVEL.match(last) if name.endswith("部门") and _WITHOUT_LEVEL.fullmatch(name) else None
    return before.group() if before else ""


@lru_cache(maxsize=1 << 14)
def is_unit(name: str) -> bool:
    """Whether `name` can be an agency, or a body named by its field or role."""
    if "个" in name and (counted := COUNT.match(name)):
        name = "各" + name[counted.end() :]
    bracketed = name[-1:] in (")", "]")
    if (
        not 2 <= len(name) <= (_MOST_FIELDS if name.endswith(OF_FIELDS) else _MOST)
        or not (bracketed or ends_as_unit(name))
        or NOT_UNIT.search(name)
    ):
        return False
    if ("“" in name or "”" in name) and not _QUOTE.isdisjoint(_NAME_QUOTES.sub("", name)):
        return False
    if not bracketed:
        return True
    if TOWNS.fullmatch(name):
        return True
    if not (bracket := _NAMEPLATE.search(name)) or REMARK.match(name, bracket.start()):
        return False
    return any(len(outside) > 1 and ends_as_unit(outside) for outside in (name[: bracket.start()], name[: name.rfind("(")]))
