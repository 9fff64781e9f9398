"""Deadlines: what must be done by when, normalised to ISO 8601. Times that bind nobody are left out: see _binds."""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.model import DeadlineKind, Period, Span
from loaders.text.numerals import value_of
from loaders.text.view import squeezed

if TYPE_CHECKING:
    from collections.abc import Iterator

# A year in Arabic digits or, as in older and in traditional texts, in Chinese ones.
# 例 2022年 · 2022 年 · 二〇二二年 · 二○二二年
_YEAR = r"(?:20\d\d|二[〇○零O0][〇○零一二三四五六七八九]{2})"
_MONTHS = r"(?:1[0-2]|0?[1-9]|十[一二]|[一二三四五六七八九十])"
_DAYS = r"(?:[12]\d|3[01]|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])"
_END = r"(?:年?底|年?末|年内|上半年|下半年|第?[一二三四1-4]季度(?:末|底)?)"
_MONTH = rf"{_MONTHS}[ ]?月(?:[ ]?{_DAYS}[ ]?日|份?(?:底|末)|[上中下]旬|份)?"
_BEFORE = r"(?:\d{1,2}(?:时|点|:\d\d))?(?:之前|以前|[ ]?前|之内|内)?"
_UP_TO = r"[ ]?起?[ ]?(?:至|到|-{1,2})[ ]?"

# The period of a plan or a title, whose years are no deadlines. 例 “十四五”时期|(2021-2025年)
PLAN_YEARS = re.compile(r"\((?:19|20)\d\d年?-(?:19|20)\d\d年\)")
# Before a time: reports, validity, delays granted, what is allowed.
# 例 截至2021年底 · 有效期至2025年12月31日 · 延长至6月底 · 企业可在2月24日前
NO_DEADLINE_BEFORE = re.compile(
    r"(?:(?:截至|截止到?|有效期(?:限)?(?:至|到|为)?|执行(?:期限)?至|去年|不超过|不少于|最长|未来|低于|超过|参保|有效|延长|延期"
    r"|延续|顺延|缓缴|延后|推迟|暂定为|之日起[至到])[^,。;:]{0,2}|[自从较比满近]|连续|以(?!后)|(?<!财)经|相比|持平"
    r"|可[在于]?(?:每)?)$"
)
# Before a time that is one of completion by its label. 例 完成时限:2019年12月取得阶段性成果
TIME_LABEL = re.compile(
    r"(?:时限|期限|时限要求|完成时间|时间节点|办结时间|截[止至](?:时间|日期)|完成日期|整改时间|时间安排): ?$"
)
# After a time: what has been done, a start, a condition, a permission. 例 起施行 · 以来 · 完成了 · 能够完成…的企业 · 可减半
NO_DEADLINE_AFTER = re.compile(
    r"(?:起(?!,?(?:实施|开展|用))|以来|以?[后後]|度|版|第|全国[^,。;]{0,6}会议|会议|施行|,?已(?!批)|[^,。;]{0,16}了(?!解)|以上"
    r"|工作要点|《|期|级|制(?![定订])|年度|\]|及以|至今|左右的?历史|的(?!任务|工作|目标)|能够|有望|仍未?|未能?"
    r"|,?可(?!持续|再生|靠)|有效|止)"
)
# 每人每年只享受一次, 每年补助10万元: a limit or the amount of a benefit. A duty to be fulfilled every year is none.
RECURRING_LIMIT = re.compile(
    r"(?:最高|不超过|补助|补贴|额度|只|限|可?享受|可|累计(?:最高|不超过)|\d{1,6}(?:\.\d)?万?元)"
    r"|[^,。;]{0,30}(?:最高|不超过|给予|补助|补贴|奖励|资助|享受|补|奖|返还|不低于|不高于)[^,。;]{0,16}(?:元|[%％]的)"
)
# 按月 and the like are a rhythm of work only before it. 例 按季度|通报 · 按月|向市政府报告, but not 按月缴纳
RHYTHM_OF = re.compile(
    r"[^,。;]{0,12}(?:统计|调度|通报|报[送告]|上报|汇总|公[布示开]|更新|检查|考核|开展|组织|审核|监测|分析|梳理|督[查导]|发布"
    r"|跟踪|评估|召开|推进|研判|反馈|总结|巡查|排查|会商|晾晒|排名|点评|监督)"
)
# A period to the day that only bounds a benefit. 例 2019年1月1日至12月31日,对…企业,返还
BENEFIT = re.compile(
    r"^,?(?:期间)?,?(?:对|困难|将|企业|参保|减|免|缓|可|期间|内|按|给予|新|有效|施行|执行)|返还|补贴|减免|免收|减半|放宽|优惠"
    r"|贴息|缓缴"
)
# A year or a month alone is the time of completion at the head of a clause, before the work. 例 。2022年全区…率达90%以上
BEFORE_BARE_YEAR = re.compile(r"(?:^|[。;:,、(\n\"“ ]|力争|确保|争取|计划|预计|在|于|其中|是|,到|和|并)$")
AFTER_BARE_YEAR = re.compile(
    r"[,、]?(?!年|\d|底|末|初|是|为|[^,。;]{0,6}的|GDP|[^,。;]{0,10}(?:以来|数据|基数|同期|为基|水平|印发|公布|规划|要点|计划$"
    r"|总体要求|工作思路|增长)|[^,。;]{0,16}了)[\u4e00-\u9fff“(]"
)
# A month alone is one only before the end of a work. 例 力争2022年10月|建成通车
COMPLETED = re.compile(r"(?:全面|基本|全部|正式)?(?:完成|建成|投入|投用|竣工|实现|上线|通车|交付|启用|达到|报送|上报)")
# 例 自本意见印发之日起30日内 · 在本意见印发之日起 · 本方案印发后
EVENT = re.compile(r"(?:自|从|在)?(?:本[\u4e00-\u9fff]{1,4})?(?:印发|发布|公布|下发|出台)(?:之日起|之日后|后)的?$")

# A year, a part of it, a month or a day: 例 2022年底前 · 2019年上半年 · 2023年6月底前 · 2022年8月10日前 · 2022.12.31前 · 年内
# A period joins two: 例 2022年3月至2025年12月底前 · 2022年8月-12月 · 2023年1-6月 · 2019-2021年 · 2019年1月1日起,实施三年
# A recurring duty: 例 每年4月1日前 · 每季度 · 逐月 · 一月一调度 · 按季度
# A limit relative to an event: 例 5个工作日内 · 3年内 · 任期内
TIME = re.compile(
    rf"""(?P<year>{_YEAR})(?:-(?P<last_year>20\d\d))?[ ]?年[ ]?
      (?:(?P<end>{_END})|(?P<from_month>{_MONTHS})(?=[-至到]{_MONTHS}月)|(?P<month>{_MONTH}))?(?P<before>{_BEFORE})
      (?:{_UP_TO}(?:(?P<to_year>{_YEAR})[ ]?年[ ]?)?(?:(?P<to_end>{_END})|(?P<to_month>{_MONTH}))?(?P<to_before>{_BEFORE}))?
      (?P<on>起,?(?:实施|开展|用)[一二三四五两\d]{{1,2}}年(?:左右)?时?间?)?
    | (?P<dotted>20\d\d[-./](?:1[0-2]|0?[1-9])[-./](?:[12]\d|3[01]|0?[1-9])(?!\d))(?P<dotted_before>之前|以前|前)?
    | (?P<each>半年|一[日天周月季年])一
      (?:次|调度|通报|报告?|汇总|总结|考核|评估|督查|更新|研判|会商|排名|分析|巡查|检查|评比|点评|督导|上报)
    | (?<![\d年月每上])(?P<own_month>{_MONTHS}(?=[-至到]{_MONTHS}月)|{_MONTHS}月(?:{_DAYS}日|份?(?:底|末)|[上中下]旬|份)?)
      (?P<own_before>之前|以前|前)?(?:{_UP_TO}(?P<own_to>{_MONTH})(?P<own_to_before>{_BEFORE}))?
    | (?<![\d年一-龥])(?P<own_part>第?[一二三四1-4]季度(?:末|底)?|[上下]半年(?!度))(?P<part_before>之前|以前|前|内)?
    | (?P<rel>今年|明年|本年度?(?=年?底|年?末|内|[\d上下第前]))
      (?:(?P<this_end>{_END})|(?P<this_month>{_MONTH}))?(?P<this_before>{_BEFORE})
    | (?<![去上前近多几历往岁壮\d])年(?P<this>内|(?:底|末)(?:之前|以前|前)?)(?![^,。;]{{0,6}}考核|述职|评)
    | 每(?P<every>半年度?|年度?|季度|季|个?月|周|星期|日|天|学年|学期)
      (?P<day>(?:年?(?:底|末)|(?:(?:1[0-2]|[1-9])月)?(?:\d{{1,2}}日|底|末)?){_BEFORE})?
    | (?P<daily>逐[月季周日]|一日一调度)
    | 按(?P<by_rhythm>季度|季|月|周|半年|日)
    | (?P<count>\d{{1,3}}|[一二两三四五六七八九十]{{1,3}}|半)个?
      (?P<unit>工作日|自然日|日|天|周|星期|月|年|小时|分钟)(?P<inside>[之以]?内)?
    | 任期内
    """,
    re.VERBOSE,
)
# What a time begins with, looked for first: TIME is matched only there, which is faster than searching for it.
TIME_CUE = re.compile(
    r"[2每年今明本逐任按半上下第1-9一二两三四五六七八九十]"
    r"(?=[0-9一二两三四五六七八九十〇○零年月日个季度周天半底末内星学工小自分明终旬期 O-])"
)

# A time that is a deadline even in the lead-in above all items, where the dates of the document itself stand. 例 到2027年
FIRM_TIME = re.compile(r"^[到至]|[前底末]$")

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
        printed = TIME.match(plain, at, end) if at >= reached else None
        if not printed:
            continue
        reached = printed.end()
        time = _read(plain, printed, year, issued_on)
        if time and _binds(plain, printed, time, year) and not _in_name(plain, at):
            yield time


def _in_name(plain: str, at: int) -> bool:
    """Whether the year at `at` stands in a title 《…》 or is that of a plan, “十四五”(2021-2025年)."""
    opened = plain.rfind("《", max(0, at - _TITLE), at)
    in_title = opened >= 0 and plain.find("》", opened, opened + _TITLE) > at
    return in_title or bool(at and PLAN_YEARS.match(plain, at - 1))


def _read(plain: str, printed: re.Match[str], year: int | None, issued_on: str | None) -> Time | None:
    span = Span(*printed.span())
    if printed["year"]:
        return _dated(plain, printed)
    if every := _rhythm(printed):
        return Time("recurring", span, every=every)
    if printed["unit"] or printed.group() == "任期内":
        return _within(plain, printed, issued_on)
    if printed["own_month"]:
        return _in_own_year(plain, printed, year)
    due = _single_day(plain, printed, year)
    return Time("by", span, due=due) if due else None


def _rhythm(printed: re.Match[str]) -> Period | None:
    if every := printed["every"] or printed["by_rhythm"]:
        return _EVERY.get(every) or _EVERY[every.removesuffix("度")]
    if each := printed["daily"] or printed["each"]:
        return _EVERY["日" if each == "一日一调度" else each if each == "半年" else each[1]]
    return None


def _single_day(plain: str, printed: re.Match[str], year: int | None) -> str | None:
    """2022.12.31前, 上半年, 明年6月底前, 年内: a date without 年 in it, or one that goes by the document's year."""
    start, end = printed.span()
    if dotted := printed["dotted"]:
        y, m, d = (int(part) for part in dotted.replace("/", "-").replace(".", "-").split("-"))
        return _last_day(y, None, f"{m}月{d}日") if printed["dotted_before"] or _labelled(plain, start) else None
    if year is None:
        return None
    if part := printed["own_part"]:
        ends = printed["part_before"] or part[-1] in "末底" or _labelled(plain, start)
        completes = COMPLETED.match(plain, end + (plain[end : end + 1] == ","))
        return _last_day(year, part, None) if ends or completes else None
    return _last_day(year + (printed["rel"] == "明年"), printed["this_end"], printed["this_month"])


def _dated(plain: str, printed: re.Match[str]) -> Time | None:
    """A date, or a period where a second one or 起,实施三年 follows."""
    year, end, month = value_of(printed["year"]), printed["end"], printed["month"]
    span = Span(*printed.span())
    if printed["on"]:
        years = value_of(printed["on"].strip("起,实施开展用年左右时间"))
        first = datetime.date.fromisoformat(_first_day(year, end, month))
        leap_day = (first.month, first.day) == (2, 29)
        last = first.replace(year=first.year + years, day=28 if leap_day else first.day) - datetime.timedelta(days=1)
        start = span.start - (plain[span.start - 1 : span.start] in ("从", "自"))
        return Time("period", Span(start, span.end), first.isoformat(), last.isoformat())
    if last_year := printed["last_year"]:
        return Time("period", span, _first_day(year, None, None), _last_day(int(last_year), end, month))
    if printed["to_year"] or printed["to_month"] or printed["to_end"]:
        first_day = _first_day(year, end, f"{printed['from_month']}月" if printed["from_month"] else month)
        start = span.start - (plain[span.start - 1 : span.start] in ("从", "自"))
        to_years = (value_of(printed["to_year"]),) if printed["to_year"] else (year, year + 1)
        return _period(Span(start, span.end), first_day, to_years, printed["to_end"], printed["to_month"])
    start = span.start - (plain[span.start - 1 : span.start] in ("到", "至"))
    if month and month.endswith(("月", "月份")) and not printed["before"] and not _labelled(plain, start):
        if plain[span.end : span.end + 1] == ")":  # 2023年3月 alone is a date of something, in brackets it is a phase
            return Time("period", span, _first_day(year, None, month), _last_day(year, None, month))
        if start == span.start and not COMPLETED.match(plain, span.end):
            return None
    return Time("by", Span(start, span.end), due=_last_day(year, end, month))


def _in_own_year(plain: str, printed: re.Match[str], year: int | None) -> Time | None:
    """A month or day without a year is one of the document's: 6月底前, (3月至5月)."""
    if year is None:
        return None
    span, month = Span(*printed.span()), printed["own_month"]
    month = month if "月" in month else f"{month}月"
    if to_month := printed["own_to"]:
        phase = plain[span.start - 1 : span.start] == "(" or plain[span.end : span.end + 1] == ")"
        if not (phase or printed["own_to_before"] or _labelled(plain, span.start)):
            return None
        return _period(span, _first_day(year, None, month), (year, year + 1), None, to_month)
    ends = printed["own_before"] or month[-1] in "底末旬"
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


def _within(plain: str, printed: re.Match[str], issued_on: str | None) -> Time | None:
    """A limit relative to an event; one that counts from 印发之日 is a date."""
    span = Span(*printed.span())
    if printed["count"] is None:
        return Time("within", span)  # 任期内
    if not printed["inside"] and printed["unit"] != "工作日":
        return None
    half = printed["count"] == "半"
    count, unit = (0, printed["unit"]) if half else (value_of(printed["count"]), printed["unit"])
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


def _binds(plain: str, printed: re.Match[str], time: Time, year: int | None) -> bool:
    """Whether work is due then: not a report on the past, a validity, a start, or a bound on a benefit."""
    before = plain[max(0, time.span.start - 12) : time.span.start]
    after = plain[time.span.end : time.span.end + 48]
    up_to = plain[time.span.start] in "到至"
    if NO_DEADLINE_BEFORE.search(before + plain[time.span.start] * up_to) or NO_DEADLINE_AFTER.match(after):
        return False
    if time.kind == "recurring":
        return bool(RHYTHM_OF.match(after)) if printed["by_rhythm"] else not RECURRING_LIMIT.match(after)
    if time.kind == "period":
        return bool(printed["on"]) or not (printed["month"] and printed["month"].endswith("日") and BENEFIT.search(after[:30]))
    if time.kind == "within" or up_to or not (printed["year"] or printed["rel"]):
        return True
    return _is_completion(printed, before, after, year)


def _is_completion(printed: re.Match[str], before: str, after: str, year: int | None) -> bool:
    """Whether a date or a year is when a work is done: by its 前 or 底, else by the words around it."""
    month = printed["month"] or ""
    if month.endswith(_OPEN_ENDED) and not printed["before"]:
        return bool(TIME_LABEL.search(before) or COMPLETED.match(after))
    if month or printed["end"] or printed["before"] or printed["this_end"] or printed["this_before"] or printed["this_month"]:
        return True
    past = year is not None and printed["year"] and value_of(printed["year"]) < year
    return not past and bool(BEFORE_BARE_YEAR.search(before) and AFTER_BARE_YEAR.match(after))
