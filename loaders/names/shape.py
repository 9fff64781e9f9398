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
# 例 镇(街) · 各县(市、区) · 区(市、县、开发区)
TOWNS = re.compile(r"各?[省市区县州乡镇村]\((?:[省市区县州乡镇村街道居、,]|开发区|园区){1,10}\)")
_MOST, _MOST_FIELDS = 40, 100  # characters of the longest name that is read as one unit, and of fields: 发展改革、…等部门


@lru_cache(maxsize=1 << 14)
def is_unit(name: str) -> bool:
    """Whether `name` can be an agency, or a body named by its field or role."""
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
    outside = name[: bracket.start()]
    return len(outside) > 1 and ends_as_unit(outside)
