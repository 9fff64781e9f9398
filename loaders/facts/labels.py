"""Labels: 牵头单位: · 任务承接单位: · 责任科室: — words before a colon that say what part those named behind it have.

They are an open class: up to twelve characters that end in 单位, 部门, 机构, 机关, 主体, 分工, 处室, 科室. Which part is said
by the words in them (loaders/lexicon/labels.tsv). One without any known word assigns as a plain one does, but only where
nothing else assigns its item: 工作片单位: may name those who do the work, or those whom it is done to.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final, Literal

from loaders.lexicon.table import rows

Mark = Literal["lead", "support", "plain", "unknown"]
Part = Literal["lead", "support", "plain", "unknown", "other"]

_CLASSES: Final[tuple[Part, ...]] = ("lead", "support", "plain", "other")
# 例 牵头考核单位|: · 责任单位| : · 牵头处(室)|:, but not 各省(自治区、直辖市)|民爆行业主管部门:
# Behind anything but a word; all of its characters are taken at once, none given back.
OPEN_LABEL: Final = (
    r"(?<![\u4e00-\u9fff])(?<![省市区县州旗]\))[\u4e00-\u9fff]{2,12}+(?:(?<=单位|部门|机构|机关|主体|[处科股]室)"
    r"|(?<=部门分工|任务分工|责任分工)(?=[ ]?:(?![^\n。]{0,60}(?:要|应|须|分管|联系)))"
    r"|(?<=[处科股])\(室\)|(?<=单位|部门)\((?:部门|单位|处室)\))(?=[ ]{0,2}:)"
)
# What one without its colon ends in, where it is a heading.
OPEN_LABEL_END: Final = re.compile(r"(?:单位|部门|机构|机关|主体|[处科股]室)\Z")
_EACH: Final = re.compile(r"^(?:各|全体|所有|有关|相关|其他)")
_ADDRESSEE: Final = re.compile(r"^(?:市政府|省政府|区政府|县政府|国务院|[省市区县州]直|[省市区县州]级|上述|以上)|所属")


@lru_cache(maxsize=1 << 12)
def part_of(label: str) -> Part:
    """What part a label without its colon gives to those behind it: by the first class that a word in it has."""
    if _EACH.search(label):
        return "other"
    words = _words()
    said = next((part for part in _CLASSES if any(word in label for word in words[part])), None)
    return said or ("other" if _ADDRESSEE.search(label) else "unknown")


@cache
def _words() -> dict[Part, tuple[str, ...]]:
    """The words of each class in labels.tsv."""
    table = list(rows("lexicon", "labels.tsv", 2))
    return {part: tuple(word for word, class_ in table if class_ == part) for part in _CLASSES}
