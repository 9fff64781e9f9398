"""The fields of a web page's 信息公开 header: 索引号, 发布日期, 发文机关 … with their values."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from loaders.formats.written import BLANK_ENDS
from loaders.text.view import squeezed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# 例 索 引 号： · 【发布日期】 · 发文机关 (the labels of a web page's 信息公开 header, in brackets, with or without a colon)
_OF_NUMBERS = "索引号|信息索取号|信息索引号|发文字号|文件编号|文号|发布文号"
_OF_ISSUERS = (
    "发文机关|发文机构|发文单位|制发机关|发布机构|发布单位|公开机构|公开主体|所属机构|联合发文单位|发布机关|公开责任部门"
)
_OF_DATES = (
    "成文日期|成文时间|发文日期|发文时间|生成日期|发布日期|发布时间|公开日期|公开时间|印发日期|印发时间|制发日期|登记日期"
    "|生效日期|实施日期|废止日期|失效日期"
)
_OF_OTHERS = (
    "标题|名称|信息名称|文件名称|主题分类|公文名称|公文种类|体裁分类|组配分类|主题词|关键词|公开类别|公开形式|公开方式|公开范围"
    "|发布形式|有效性|效力状态"
)
_NAMES = "|".join((_OF_NUMBERS, _OF_ISSUERS, _OF_DATES, _OF_OTHERS))
_SPACED_NAMES = re.sub(r"(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])", r"[ \\u3000\\xa0]{0,6}", _NAMES)
FIELD = re.compile(
    rf"(?<![\u4e00-\u9fff])[\[【（(]?[ \u3000\xa0]{{0,4}}(?P<label>{_SPACED_NAMES})"
    r"[ \u3000\xa0]{0,4}(?P<mark>[\]】）)]?[ \u3000\xa0]{0,2}[:：]|[\]】]|$)"
)
# Where the value of a field ends: at the next label. 例 2022-03-05| 来源：市政府办 · 2022-03-05| 【字体：大 中 小】
FIELD_END = re.compile(
    r"[ \u3000\xa0|]{1,20}[\[【（(]?[\u4e00-\u9fff][\u4e00-\u9fff \u3000\xa0]{1,10}[:：]|[ \u3000\xa0|]{1,20}[\[【]"
)

_VALUE = 120  # characters of the longest value
_COMMON_WORDS = frozenset({"标题", "名称", "关键词", "主题词"})  # labels only with a colon


def fields_in(pieces: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Label and value of each field, the first of each label; the value stands behind the label or in the next piece."""
    seen: set[str] = set()
    waiting: str | None = None
    for piece in pieces:
        labels = list(FIELD.finditer(piece))
        if waiting and not labels and _fits(waiting, piece):
            seen.add(squeezed(waiting))
            yield waiting, piece[:_VALUE]
        waiting = None
        for label in labels:
            name = squeezed(label["label"])
            limit = min(len(piece), label.end() + _VALUE)
            stop = FIELD_END.search(piece, label.end(), limit)
            value = piece[label.end() : stop.start() if stop else limit].strip(BLANK_ENDS)
            if name in seen:
                continue
            if value and _fits(name, value):
                seen.add(name)
                yield label["label"], value
            elif not value and (label["mark"] or name not in _COMMON_WORDS):
                waiting = label["label"]


def _fits(label: str, value: str) -> bool:
    """Dates and numbers have digits; a page's search form has such labels too, with other words behind them."""
    return not squeezed(label).endswith(("日期", "时间", "号")) or any(c.isdecimal() for c in value)
