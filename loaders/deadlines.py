"""Deadlines: what must be done by when, normalised to ISO 8601. Times that bind nobody are left out: see _binds."""

from __future__ import annotations

import calendar
import datetime
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.model import DeadlineKind, Period, Span
from loaders.patterns import (
    AFTER_BARE_YEAR,
    BEFORE_BARE_YEAR,
    BENEFIT,
    CN,
    EVENT,
    NO_DEADLINE_AFTER,
    NO_DEADLINE_BEFORE,
    QUOTED,
    RECURRING_LIMIT,
    TIME,
    TIME_CUE,
    TIME_LABEL,
)

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

_EVERY: Final[dict[str, Period]] = {
    "半年": "half-year", "年": "year", "学年": "year", "学期": "half-year", "季度": "quarter", "季": "quarter",
    "月": "month", "个月": "month", "周": "week", "星期": "week", "日": "day", "天": "day",
}  # fmt: skip
_EACH: Final[dict[str, Period]] = {"逐月": "month", "逐季": "quarter", "一日一调度": "day"}
_ISO_UNIT: Final = {"日": "D", "天": "D", "自然日": "D", "周": "W", "月": "M", "年": "Y"}
_QUARTER_END: Final = {
    "一": (3, 31),
    "1": (3, 31),
    "二": (6, 30),
    "2": (6, 30),
    "三": (9, 30),
    "3": (9, 30),
    "四": (12, 31),
    "4": (12, 31),
}


@dataclass(frozen=True, slots=True)
class Time:
    """One deadline before it is hung on its task."""

    kind: DeadlineKind
    span: Span
    start: str | None = None
    due: str | None = None
    every: Period | None = None
    within: str | None = None


def find_times(plain: str, start: int, end: int, year: int | None, issued_on: str | None) -> Iterator[Time]:
    """Deadlines in `plain[start:end]`. 6月底前 takes `year`, the document's; 印发之日起30日内 counts from `issued_on`."""
    quoted = deque(m.span() for m in QUOTED.finditer(plain, start, end))
    reached = start
    for cue in TIME_CUE.finditer(plain, start, end):
        at = cue.start()
        found = TIME.match(plain, at, end) if at >= reached else None
        if not found:
            continue
        reached = found.end()
        while quoted and quoted[0][1] <= at:
            quoted.popleft()
        if quoted and quoted[0][0] <= at:
            continue
        time = _read(plain, found, year, issued_on)
        if time and _binds(plain, found, time):
            yield time


def _read(plain: str, found: re.Match[str], year: int | None, issued_on: str | None) -> Time | None:
    span = Span(*found.span())
    if found["year"]:
        return _dated(plain, found)
    if found["own_month"]:
        return Time("by", span, due=_day(year, None, found["own_month"])) if year else None
    if found["this"] or found["this_end"] or found.group()[0] in "今本":
        return Time("by", span, due=_day(year, found["this_end"], None)) if year else None
    if every := found["every"]:
        return Time("recurring", span, every=_EVERY.get(every) or _EVERY[every.removesuffix("度")])
    if found["daily"]:
        return Time("recurring", span, every=_EACH[found["daily"]])
    return _within(plain, found, issued_on)


def _dated(plain: str, found: re.Match[str]) -> Time | None:
    """A date, or a period where a second one or 起,实施三年 follows."""
    first_year = int(found["year"])
    start = found.start() - (plain[found.start() - 1 : found.start()] in ("到", "至"))
    if found["on"]:
        years = _count(found["on"].strip("起,实施开展用年左右时间"))
        first = datetime.date.fromisoformat(_first_day(first_year, found["end"], found["month"]))
        leap_day = (first.month, first.day) == (2, 29)
        last = first.replace(year=first.year + years, day=28 if leap_day else first.day) - datetime.timedelta(days=1)
        start = found.start() - (plain[found.start() - 1 : found.start()] in ("从", "自"))
        return Time("period", Span(start, found.end()), first.isoformat(), last.isoformat())
    if found["to_year"] or found["to_month"] or found["to_end"]:
        last_year = int(found["to_year"] or first_year)
        due = _day(last_year, found["to_end"], found["to_month"])
        return Time("period", Span(*found.span()), _first_day(first_year, found["end"], found["month"]), due)
    labelled = TIME_LABEL.search(plain, max(0, start - 8), start)
    if found["month"] and not labelled and not found["before"] and found["month"].endswith(("月", "月份")):
        if plain[found.end() : found.end() + 1] != ")":
            return None  # 2023年3月 alone is a date of something, in brackets it is a phase
        begin, due = _first_day(first_year, None, found["month"]), _day(first_year, None, found["month"])
        return Time("period", Span(*found.span()), begin, due)
    return Time("by", Span(start, found.end()), due=_day(first_year, found["end"], found["month"]))


def _day(year: int | None, end: str | None, month: str | None) -> str | None:
    """The last day that the words allow, None if there is no such day."""
    if year is None:
        return None
    if month:
        number, _, rest = month.partition("月")
        last = calendar.monthrange(year, int(number))[1]
        digits = rest.rstrip("日")
        day = int(digits) if digits.isdigit() else {"上旬": 10, "中旬": 20}.get(rest, last)
        return f"{year}-{int(number):02}-{min(day, last):02}"
    if end and "季度" in end:
        quarter_month, quarter_day = _QUARTER_END[end.lstrip("第")[0]]
        return f"{year}-{quarter_month:02}-{quarter_day}"
    return f"{year}-06-30" if end == "上半年" else f"{year}-12-31"


def _first_day(year: int, end: str | None, month: str | None) -> str:
    if month:
        number, _, rest = month.partition("月")
        digits = rest.rstrip("日")
        day = int(digits) if digits.isdigit() else 1
        return f"{year}-{int(number):02}-{min(day, calendar.monthrange(year, int(number))[1]):02}"
    return f"{year}-07-01" if end == "下半年" else f"{year}-01-01"


def _within(plain: str, found: re.Match[str], issued_on: str | None) -> Time | None:
    """A limit relative to an event; one that counts from 印发之日 is a date."""
    span = Span(*found.span())
    if found["count"] is None:
        return Time("within", span)  # 任期内
    if not found["inside"] and found["unit"] != "工作日":
        return None
    event = EVENT.search(plain, max(0, span.start - 12), span.start)
    count, unit = _count(found["count"]), found["unit"]
    if event and issued_on and unit in ("日", "天", "自然日"):
        due = datetime.date.fromisoformat(issued_on) + datetime.timedelta(days=count)
        return Time("by", Span(event.start(), span.end), due=due.isoformat())
    if unit == "小时":
        return Time("within", span, within=f"PT{count}H")
    return Time("within", span, within=f"P{count}{_ISO_UNIT.get(unit, 'D')}")  # working days are counted as days


def _count(number: str) -> int:
    if number.isdigit():
        return int(number)
    value = 0
    for c in number.replace("两", "二"):
        digit = CN.find(c) + 1
        value = max(value, 1) * 10 if digit == 10 else value + digit
    return value


def _binds(plain: str, found: re.Match[str], time: Time) -> bool:
    """Whether work is due then: not a report on the past, a validity, a start, or a bound on a benefit."""
    before = plain[max(0, time.span.start - 12) : time.span.start]
    after = plain[time.span.end : time.span.end + 30]
    up_to = plain[time.span.start] if plain[time.span.start] in "到至" else ""
    if NO_DEADLINE_BEFORE.search(before + up_to) or NO_DEADLINE_AFTER.match(after):
        return False
    if time.kind == "recurring":
        return not RECURRING_LIMIT.search(before + found.group() + after)
    if time.kind == "period" and found["month"] and found["month"].endswith("日") and not found["on"]:
        return not BENEFIT.search(after)
    if time.kind == "by" and found["year"] and not found["end"] and not found["month"] and not found["before"]:
        to_the_year = plain[time.span.start] in "到至"
        return to_the_year or bool(BEFORE_BARE_YEAR.search(before) and AFTER_BARE_YEAR.match(after))
    if time.kind == "by" and found["month"] and not found["before"] and found["month"].endswith(("月", "月份", "日")):
        return plain[time.span.start] in "到至" or bool(TIME_LABEL.search(before))
    return True
