"""Deadlines: what must be done by when, normalised to ISO 8601. Times that bind nobody are left out: see _binds."""

from __future__ import annotations

import calendar
import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.model import DeadlineKind, Period, Span
from loaders.patterns import (
    AFTER_BARE_YEAR,
    BEFORE_BARE_YEAR,
    BENEFIT,
    COMPLETED,
    EVENT,
    NO_DEADLINE_AFTER,
    NO_DEADLINE_BEFORE,
    PLAN_YEARS,
    RECURRING_LIMIT,
    RHYTHM_OF,
    TIME,
    TIME_CUE,
    TIME_LABEL,
)
from loaders.text.numerals import value_of
from loaders.text.view import squeezed

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

_EVERY: Final[dict[str, Period]] = {
    "半年": "half-year", "年": "year", "学年": "year", "学期": "half-year", "季度": "quarter", "季": "quarter",
    "月": "month", "个月": "month", "周": "week", "星期": "week", "日": "day", "天": "day",
}  # fmt: skip
_ISO_UNIT: Final = {"日": "D", "天": "D", "自然日": "D", "工作日": "D", "周": "W", "星期": "W", "月": "M", "年": "Y"}
_TITLE = 162  # code points of the longest title, its marks included
_TENTH, _TWENTIETH = 10, 20  # the last days of 上旬 and 中旬
_OPEN_ENDED = ("月", "月份", "日")  # what a date ends in that names no end: 12月, 12月1日, but not 12月底


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
    reached = start
    for cue in TIME_CUE.finditer(plain, start, end):
        at = cue.start()
        found = TIME.match(plain, at, end) if at >= reached else None
        if not found:
            continue
        reached = found.end()
        time = _read(plain, found, year, issued_on)
        if time and _binds(plain, found, time, year) and not _in_name(plain, at):
            yield time


def _in_name(plain: str, at: int) -> bool:
    """Whether the year at `at` stands in a title 《…》 or is that of a plan, “十四五”(2021-2025年)."""
    opened = plain.rfind("《", max(0, at - _TITLE), at)
    in_title = opened >= 0 and plain.find("》", opened, opened + _TITLE) > at
    return in_title or bool(at and PLAN_YEARS.match(plain, at - 1))


def _read(plain: str, found: re.Match[str], year: int | None, issued_on: str | None) -> Time | None:
    span = Span(*found.span())
    if found["year"]:
        return _dated(plain, found)
    if every := _rhythm(found):
        return Time("recurring", span, every=every)
    if found["unit"] or found.group() == "任期内":
        return _within(plain, found, issued_on)
    if found["own_month"]:
        return _in_own_year(plain, found, year)
    due = _single_day(plain, found, year)
    return Time("by", span, due=due) if due else None


def _rhythm(found: re.Match[str]) -> Period | None:
    if every := found["every"] or found["by_rhythm"]:
        return _EVERY.get(every) or _EVERY[every.removesuffix("度")]
    if each := found["daily"] or found["each"]:
        return _EVERY["日" if each == "一日一调度" else each if each == "半年" else each[1]]
    return None


def _single_day(plain: str, found: re.Match[str], year: int | None) -> str | None:
    """2022.12.31前, 上半年, 明年6月底前, 年内: a date without 年 in it, or one that goes by the document's year."""
    start, end = found.span()
    if dotted := found["dotted"]:
        y, m, d = (int(part) for part in dotted.replace("/", "-").replace(".", "-").split("-"))
        return _last_day(y, None, f"{m}月{d}日") if found["dotted_before"] or _labelled(plain, start) else None
    if year is None:
        return None
    if part := found["own_part"]:
        ends = found["part_before"] or part[-1] in "末底" or _labelled(plain, start)
        completes = COMPLETED.match(plain, end + (plain[end : end + 1] == ","))
        return _last_day(year, part, None) if ends or completes else None
    return _last_day(year + (found["rel"] == "明年"), found["this_end"], found["this_month"])


def _dated(plain: str, found: re.Match[str]) -> Time | None:
    """A date, or a period where a second one or 起,实施三年 follows."""
    year, end, month = value_of(found["year"]), found["end"], found["month"]
    span = Span(*found.span())
    if found["on"]:
        years = value_of(found["on"].strip("起,实施开展用年左右时间"))
        first = datetime.date.fromisoformat(_first_day(year, end, month))
        leap_day = (first.month, first.day) == (2, 29)
        last = first.replace(year=first.year + years, day=28 if leap_day else first.day) - datetime.timedelta(days=1)
        start = span.start - (plain[span.start - 1 : span.start] in ("从", "自"))
        return Time("period", Span(start, span.end), first.isoformat(), last.isoformat())
    if last_year := found["last_year"]:
        return Time("period", span, _first_day(year, None, None), _last_day(int(last_year), end, month))
    if found["to_year"] or found["to_month"] or found["to_end"]:
        first_day = _first_day(year, end, f"{found['from_month']}月" if found["from_month"] else month)
        start = span.start - (plain[span.start - 1 : span.start] in ("从", "自"))
        to_years = (value_of(found["to_year"]),) if found["to_year"] else (year, year + 1)
        return _period(Span(start, span.end), first_day, to_years, found["to_end"], found["to_month"])
    start = span.start - (plain[span.start - 1 : span.start] in ("到", "至"))
    if month and month.endswith(("月", "月份")) and not found["before"] and not _labelled(plain, start):
        if plain[span.end : span.end + 1] == ")":  # 2023年3月 alone is a date of something, in brackets it is a phase
            return Time("period", span, _first_day(year, None, month), _last_day(year, None, month))
        if start == span.start and not COMPLETED.match(plain, span.end):
            return None
    return Time("by", Span(start, span.end), due=_last_day(year, end, month))


def _in_own_year(plain: str, found: re.Match[str], year: int | None) -> Time | None:
    """A month or day without a year is one of the document's: 6月底前, (3月至5月)."""
    if year is None:
        return None
    span, month = Span(*found.span()), found["own_month"]
    month = month if "月" in month else f"{month}月"
    if to_month := found["own_to"]:
        phase = plain[span.start - 1 : span.start] == "(" or plain[span.end : span.end + 1] == ")"
        if not (phase or found["own_to_before"] or _labelled(plain, span.start)):
            return None
        return _period(span, _first_day(year, None, month), (year, year + 1), None, to_month)
    ends = found["own_before"] or month[-1] in "底末旬"
    return Time("by", span, due=_last_day(year, None, month)) if ends or _labelled(plain, span.start) else None


def _period(span: Span, first: str, years: tuple[int, ...], end: str | None, month: str | None) -> Time | None:
    """A period up to the first of `years` in which it does not end before it begins: (12月至2月) goes on into the next."""
    last_days = (_last_day(year, end, month) for year in years)
    last = next((day for day in last_days if day and first <= day), None)
    return Time("period", span, first, last) if last else None


def _labelled(plain: str, start: int) -> bool:
    return bool(TIME_LABEL.search(plain, max(0, start - 8), start))


def _last_day(year: int | None, end: str | None, month: str | None) -> str | None:
    """The last day that the words allow, None without a year."""
    if year is None:
        return None
    if month:
        number, _, rest = squeezed(month).partition("月")
        last = calendar.monthrange(year, value_of(number))[1]
        day = value_of(rest[:-1]) if rest.endswith("日") else {"上旬": _TENTH, "中旬": _TWENTIETH}.get(rest, last)
        return f"{year}-{value_of(number):02}-{min(day, last):02}"
    if end and "季度" in end:
        return _last_day(year, None, f"{3 * value_of(end.lstrip('第')[0])}月")
    return f"{year}-06-30" if end == "上半年" else f"{year}-12-31"


def _first_day(year: int, end: str | None, month: str | None) -> str:
    if month:
        number, _, rest = squeezed(month).partition("月")
        day = value_of(rest[:-1]) if rest.endswith("日") else 1
        last = calendar.monthrange(year, value_of(number))[1]
        return f"{year}-{value_of(number):02}-{min(day, last):02}"
    if end and "季度" in end:
        return f"{year}-{3 * value_of(end.lstrip('第')[0]) - 2:02}-01"
    return f"{year}-07-01" if end == "下半年" else f"{year}-01-01"


def _within(plain: str, found: re.Match[str], issued_on: str | None) -> Time | None:
    """A limit relative to an event; one that counts from 印发之日 is a date."""
    span = Span(*found.span())
    if found["count"] is None:
        return Time("within", span)  # 任期内
    if not found["inside"] and found["unit"] != "工作日":
        return None
    half = found["count"] == "半"
    count, unit = (0, found["unit"]) if half else (value_of(found["count"]), found["unit"])
    if half:
        count, unit = {"年": (6, "月"), "月": (15, "日"), "天": (12, "小时"), "小时": (30, "分钟")}.get(unit, (0, unit))
    event = EVENT.search(plain, max(0, span.start - 12), span.start)
    if event and issued_on and unit in _ISO_UNIT and unit != "工作日":
        due = _after(datetime.date.fromisoformat(issued_on), count, _ISO_UNIT[unit])
        return Time("by", Span(event.start(), span.end), due=due.isoformat())
    if unit in ("小时", "分钟"):
        return Time("within", span, within=f"PT{count}{'H' if unit == '小时' else 'M'}")
    return Time("within", span, within=f"P{count}{_ISO_UNIT[unit]}")  # working days are counted as days


def _after(day: datetime.date, count: int, unit: str) -> datetime.date:
    """`count` days, weeks, months or years after `day`; a day that its month lacks is the month's last."""
    if unit in "DW":
        return day + datetime.timedelta(days=count * (7 if unit == "W" else 1))
    months = day.month - 1 + count * (12 if unit == "Y" else 1)
    year, month = day.year + months // 12, months % 12 + 1
    return day.replace(year=year, month=month, day=min(day.day, calendar.monthrange(year, month)[1]))


def _binds(plain: str, found: re.Match[str], time: Time, year: int | None) -> bool:
    """Whether work is due then: not a report on the past, a validity, a start, or a bound on a benefit."""
    before = plain[max(0, time.span.start - 12) : time.span.start]
    after = plain[time.span.end : time.span.end + 48]
    up_to = plain[time.span.start] in "到至"
    if NO_DEADLINE_BEFORE.search(before + plain[time.span.start] * up_to) or NO_DEADLINE_AFTER.match(after):
        return False
    if time.kind == "recurring":
        return bool(RHYTHM_OF.match(after)) if found["by_rhythm"] else not RECURRING_LIMIT.match(after)
    if time.kind == "period":
        return bool(found["on"]) or not (found["month"] and found["month"].endswith("日") and BENEFIT.search(after[:30]))
    if time.kind == "within" or up_to or not (found["year"] or found["rel"]):
        return True
    return _is_completion(found, before, after, year)


def _is_completion(found: re.Match[str], before: str, after: str, year: int | None) -> bool:
    """Whether a date or a year is when a work is done: by its 前 or 底, else by the words around it."""
    month = found["month"] or ""
    if month.endswith(_OPEN_ENDED) and not found["before"]:
        return bool(TIME_LABEL.search(before) or COMPLETED.match(after))
    if month or found["end"] or found["before"] or found["this_end"] or found["this_before"] or found["this_month"]:
        return True
    past = year is not None and found["year"] and value_of(found["year"]) < year
    return not past and bool(BEFORE_BARE_YEAR.search(before) and AFTER_BARE_YEAR.match(after))
