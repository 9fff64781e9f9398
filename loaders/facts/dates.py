"""The days that words name: 6月底, 三季度, 上半年, 二〇二二年 -> the first and the last day of them."""

from __future__ import annotations

import datetime
import re
from calendar import monthrange
from typing import Final, NamedTuple

_ONES: Final = {digit: value for value, digits in enumerate(("〇○零O", *"一二三四五六七八九")) for digit in digits}
_THIRDS: Final = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31)}
# The first and the last month of what needs no number; of what is not here (年底, 年内) they are those of the year.
_FIXED: Final = {"上半年": (1, 6), "前半年": (1, 6), "下半年": (7, 12), "后半年": (7, 12), "首月": (1, 1)}
_REPUBLIC = 1911  # the year before the first of the Republic of China
_NEAR = 10  # years between a year of two digits and that of its document

# ---- patterns, for the rules to be put together from ----

# A number of one or two digits. 例 6 · 06 · 十二 · 三十一 · 廿
N = r"(?:\d{1,2}|三十一?|二?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|[一二三四五六七八九])"
# 例 2022 · 二〇二二 · 111 (of the Republic) · 22, where a month, an end or a quarter follows
YEAR = (
    r"(?:(?:19|20)\d\d|1\d\d|(?:一九|二[〇○零O0])[〇○零一二三四五六七八九]{2}"
    rf"|[0-39]\d(?=[ ]?年(?:{N}月|[底末]|第?[一二三四1-4]季度)))"
)
_OF_MONTH = rf"{N}[ ]?月(?:[ ]?{N}[ ]?[日号]|月?份?(?:[底末]|初(?=[之以]?前))|份?的?[上中下]旬|份)?"
_OF_YEAR = r"第?[一二三四1-4首]季度[末底]?|前[一两二三四1-4]个?季度|[上下前后]半年(?!度)"
# A part of a year. 例 6月30日 · 6月底 · 6月份 · 6月中旬 · 三季度末 · 前两个季度 · 上半年 · 前五个月 · 年底 · 年内
PART = rf"(?:{_OF_MONTH}|{_OF_YEAR}|前[一两二三四五六七八九十\d]{{1,2}}个?月|首月|年?[底末]|年内|年?初(?=[之以]?前))"
MONTH_PART = rf"(?:{_OF_MONTH})"
YEAR_PART = rf"(?:{_OF_YEAR})"

_MONTH_WORDS = re.compile(
    rf"(?P<month>{N})月(?:(?P<day>{N})[日号]|份?的?(?P<third>[上中下]旬)|月?份?(?P<early>初)|月?份?[底末]?)"
)
_QUARTER_WORDS = re.compile(r"(?P<all_to>前)?第?(?P<quarter>[一两二三四1-4首])个?季度[末底]?")
_MONTHS_WORDS = re.compile(r"前(?P<months>[^个月]{1,2})个?月")


class Days(NamedTuple):
    first: datetime.date
    last: datetime.date


def days(year: int, part: str) -> Days | None:
    """The days of a part of `year`, of all of it where `part` is empty; None where there are none (2月30日) or nobody can
    say which (年初).
    """
    part = part.replace(" ", "")
    try:
        if match := _MONTH_WORDS.fullmatch(part):
            return _of_month(year, number(match["month"]), match)
        if match := _QUARTER_WORDS.fullmatch(part):
            quarter = 1 if match["quarter"] == "首" else number(match["quarter"])
            return _months(year, 1 if match["all_to"] else 3 * quarter - 2, 3 * quarter)
        if match := _MONTHS_WORDS.fullmatch(part):
            return _months(year, 1, number(match["months"]))
        return None if part.endswith("初") else _months(year, *_FIXED.get(part, (1, 12)))
    except ValueError:
        return None  # no such month or day


def _of_month(year: int, month: int, match: re.Match[str]) -> Days | None:
    whole = _months(year, month, month)
    if match["early"]:
        return None
    if match["third"]:
        first, last = _THIRDS[match["third"]]
        return Days(whole.first.replace(day=first), whole.last.replace(day=min(last, whole.last.day)))
    if match["day"]:
        day = whole.first.replace(day=number(match["day"]))
        return Days(day, day)
    return whole


def _months(year: int, first: int, last: int) -> Days:
    begin = datetime.date(year, first, 1)
    return Days(begin, datetime.date(year, last, monthrange(year, last)[1]))


def year_of(words: str, year: int | None, *, taiwan: bool) -> int | None:
    """The year that `words` name in a document of `year`: 2022, 二〇二二, in a text of Taiwan 111, near 2022 also 22."""
    value = number(words)
    if value >= 2000:
        return value
    if value >= 1900:
        return value if year is not None and year < 2000 else None  # to a later document it is long past
    if value >= 100:
        return value + _REPUBLIC if taiwan else None
    if year is None:
        return None
    value += year - year % 100
    return value if abs(value - year) <= _NEAR else None


def number(words: str) -> int:
    """12 -> 12, 十二 -> 12, 廿三 -> 23, 一百二十 -> 120, 二〇二二 -> 2022, 两 -> 2."""
    if words.isdigit():
        return int(words)
    words = words.replace("两", "二").replace("廿", "二十").replace("卅", "三十")
    if not any(c in "十百" for c in words):
        return int("".join(c if c.isdigit() else str(_ONES[c]) for c in words))
    value = ones = 0
    for c in words:
        if c in "十百":
            value += max(ones, 1) * (10 if c == "十" else 100)
            ones = 0
        else:
            ones = int(c) if c.isdigit() else _ONES[c]
    return value + ones


def later(day: datetime.date, count: int, unit: str) -> datetime.date:
    """`count` days, weeks, months or years (D, W, M, Y) after `day`; a day that its month lacks is the month's last."""
    if unit in "DW":
        return day + datetime.timedelta(days=count * (7 if unit == "W" else 1))
    months = day.month - 1 + count * (12 if unit == "Y" else 1)
    year, month = day.year + months // 12, months % 12 + 1
    return day.replace(year=year, month=month, day=min(day.day, monthrange(year, month)[1]))
