"""What the words of a time mean: an ordered table of named rules.

Whether anything is due then is asked in loaders/facts/deadlines.py.
"""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.model import Period, Span
from loaders.facts.dates import MONTH_PART, PART, YEAR, YEAR_PART, Days, N, days, later, number, year_of
from loaders.facts.setting import Needs, Reading, Setting, Time

if TYPE_CHECKING:
    from collections.abc import Callable

_EVERY: Final[dict[str, Period]] = {
    "半年": "half-year", "学期": "half-year", "年": "year", "学年": "year", "季度": "quarter", "季": "quarter",
    "月": "month", "个月": "month", "周": "week", "星期": "week", "日": "day", "天": "day",
}  # fmt: skip
_ISO: Final = {
    "工作日": "D", "自然日": "D", "日": "D", "天": "D", "周": "W", "星期": "W", "季度": "M", "月": "M", "年": "Y",
    "小时": "H", "分钟": "M",
}  # fmt: skip
_HALF: Final = {"年": (6, "月"), "月": (15, "日"), "天": (12, "小时"), "日": (12, "小时"), "小时": (30, "分钟")}


class Rule(NamedTuple):
    """A way to write a time, by the characters that it may begin with and its pattern.

    `read` makes a reading of what matches; None where it is no such time. `examples` hold | around the words that match where
    others stand beside them.
    """

    name: str
    opens: str
    examples: str
    pattern: re.Pattern[str]
    read: Callable[[re.Match[str], Setting, str], Reading | None]


# ---- parts of patterns; every repeat is bounded ----

# 例 6月30日|(周五) · 6月30日|(周五)下班|前 · 6月30日|下午18:00
_HOUR = r"(?:[(](?:周|星期)[一二三四五六日天][)])?(?:下班(?=[之以]?前))?(?:(?:[上下]午)?\d{1,2}(?:时|点|:\d\d))?"
# 例 6月底|前 · 6月30日|18时之前 · 2022年|内
_BEFORE = (
    rf"{_HOUR}(?:(?:[ ]|(?<=时)[)])?[之以]?前(?![后期列景述款往沿]|[一二三四五六七八九十\d]{{1,2}}[天日])"
    r"|[之以]?内(?!蒙古)|之?间)?"
)
# 例 3月|至|5月 · 3月1日|起至|5月 · 3月1日|开始,至|5月 · 3月|和|9月之间
_UP_TO = r"(?:[ ]?(?:起|开始,?)?[ ]?(?:至|到|-{1,4})[ ]?|[与和](?=[^,。;\n]{2,9}间))"
# The first part of a period may leave its unit to the second. 例 1|-6月 · 4月12|-19日
_FROM_MONTH = rf"(?:{MONTH_PART}|{N}(?={_UP_TO}{N}[ ]?月)|{N}[ ]?月[ ]?{N}(?={_UP_TO}{N}[ ]?[日号]))"
_FROM = rf"(?:{PART}|{_FROM_MONTH})"
_TO = rf"(?:{PART}|{N}[ ]?[日号])"
_DAY = r"20\d\d[-./](?:1[0-2]|0?[1-9])[-./](?:[12]\d|3[01]|0?[1-9])(?!\d)"
_MONTH = r"20\d\d[./](?:1[0-2]|0?[1-9])(?!\d)"
_COUNT = r"(?:\d{1,3}|[一二两三四五六七八九十百]{1,5})"
_LENGTH = (
    rf"(?P<count>{_COUNT}(?:[-至到]{_COUNT})?|半)[ ]?个?(?P<half>半)?(?P<unit>工作日|自然日|日|天|周|星期|季度|月|年|小时|分钟)"
    rf"(?P<more>半|(?<=[年天])零?(?P<more_count>{_COUNT})个?(?P<more_unit>月|小时))?"
)
_DURATION = rf"{_LENGTH}(?:[之以]?内|(?<=工作日))"

# 例 每周|五 · 每日|上午10时前
_AT_HOUR = r"(?:[上下]午)?(?:[下上]班|\d{1,2}[时点])[之以]?前"
_OF_WEEK_OR_DAY = rf"(?<=[周期])[一二三四五六日天](?:{_AT_HOUR})?|(?<=[日天])(?=[上下]午){_AT_HOUR}"
# 例 每年|春、秋季 · 每年|收到指标后30日内
_OF_YEAR = rf"[春夏秋冬]季?(?:[、和][春夏秋冬])?季|(?:终了?|[^,。;:\n每]{{2,24}})后{_COUNT}个?(?:工作)?日内"
# 例 今年|6月底前, but not 今年|夏季 · 次年|1月
_NEAR_YEAR = (
    r"今年(?![春夏秋冬])|明年|本年度?(?=年?[底末]|内|[\d上下第前一二三四])|(?<![一二两三四五六每数多首第\d])[次翌下同当]年度?"
)
RHYTHMIC = "(?:调度|通报|汇总|报告|会商|研判|督[查办导]|排名|点评|总结)"  # 例 月|调度
# 例 自本意见印发之日起|30日内 · 本方案印发后|两周内
_ISSUE = re.compile(r"(?:自|从|在)?(?:本[\u4e00-\u9fff]{1,4})?(?:印发|发布|公布|下发|出台)(?:之日起|之日后|后)的?$")


# ---- what the rules make of their words ----


def _in_year(match: re.Match[str], setting: Setting, rule: str) -> Reading | None:
    """A year, or a part of it, that is named."""
    year = year_of(match["year"], setting.year, taiwan=setting.taiwan)
    if year is None:
        return None
    part, span = match["part"] or "", Span(*match.span())
    found = days(year, part)
    firm = _says_before(match) or setting.up_to(span) != span or setting.labelled(span.start)
    if found and not firm and part.endswith(("月", "份")) and setting.plain[span.end : span.end + 1] == ")":
        return Reading(_period(span, rule, found, found), None, year)  # in brackets a month is a phase
    needs: Needs = "a work done" if _open(part) else "years to come" if _ends(part) else "a goal" if part else "a year's goal"
    return Reading(_by(match, setting, rule, found), None if firm else needs, year)


def _in_near_year(match: re.Match[str], setting: Setting, rule: str) -> Reading | None:
    """今年 and 明年 go by the document's year, 当年 and 次年 by the one that the sentence named before."""
    near, part, span = match["near"], match["part"] or "", Span(*match.span())
    following = near[0] in "次翌下"
    if near[0] == "当" and part and setting.yearly:
        return Reading(Time("recurring", span, rule, every="year"))  # 每年6月自查,当年11月底前报告
    year = setting.said if near[0] in "同当" else (setting.said or setting.year) if following else setting.year
    whole = not part and not _says_before(match)
    if year is None or (whole and near[0] not in "今明本"):
        return None
    if following and setting.yearly:
        if _says_before(match):
            return Reading(Time("recurring", span, rule, every="year"))  # 每年12月底前…,次年3月底前
        return Reading(Time("within", span, rule))  # 每年10月至次年1月: of which year, nobody can say
    found = days(year + (following or near == "明年"), part)
    firm = _says_before(match) or _ends(part) or setting.labelled(span.start)
    needs: Needs = None if firm else "a year's goal" if whole else "a work done"
    return Reading(_by(match, setting, rule, found), needs, found and found.last.year)


def _in_the_year(match: re.Match[str], setting: Setting, rule: str) -> Reading | None:
    """A part of a year: of the one that the sentence named before, else of the document's."""
    year, part, span = setting.said or setting.year, match["part"], Span(*match.span())
    firm = _says_before(match) or _ends(part) or setting.labelled(span.start) or bool(setting.from_today(span))
    if firm and setting.yearly and len(setting.yearly.of(setting.plain)) > len("每年"):
        return Reading(Time("recurring", span, rule, every="year"))  # 每年2月底前…,3月底前
    if year is None:
        return Reading(Time("within", span, rule)) if firm else None  # of which year, nobody can say
    return Reading(_by(match, setting, rule, days(year, part)), None if firm else "a work done")


def _dotted(match: re.Match[str], setting: Setting, rule: str) -> Reading | None:
    """A day or a month in figures."""
    span, found = Span(*match.span()), _of_figures(match["from"])
    firm = _says_before(match) or setting.labelled(span.start)
    return Reading(_by(match, setting, rule, found), None if firm else "a work done", found and found.last.year)


def _between(match: re.Match[str], setting: Setting, rule: str) -> Reading | None:
    """From a part of a year to another, of the same year, the next, or one that is named."""
    words = match.groupdict(default="")
    year, to_year = (
        year_of(words[key], setting.year, taiwan=setting.taiwan) if words.get(key) else None for key in ("year", "to_year")
    )
    if words.get("year") and year is None:
        return None
    first_year = year or setting.said or setting.year
    if first_year is None or (words.get("to_year") and to_year is None):
        return None
    part, to_part = words.get("from", ""), words["to"]
    if part and (part[-1].isdigit() or part[-1] in "一二三四五六七八九十"):
        part += "日" if "月" in part else "月"
    if "月" not in to_part and to_part.endswith(("日", "号")):
        to_part = f"{part.partition('月')[0]}月{to_part}"
    first = None if part.endswith(("底", "末")) else days(first_year, part)
    ends = (days(y, to_part) for y in ((to_year,) if to_year else (first_year, first_year + 1)))
    last = next((end for end in ends if end and first and first.first <= end.last), None)
    time = _period(setting.since(Span(*match.span())), rule, first, last)
    if setting.labelled(match.start()):
        return Reading(time, None, to_year or first_year)
    if not year:
        return Reading(time, None if _says_before(match) else "a phase")
    needs: Needs = "no benefit" if part.endswith(("日", "号")) else None if part else "years to come"
    return Reading(time, needs, to_year or first_year)


def _between_dotted(match: re.Match[str], setting: Setting, rule: str) -> Reading | None:
    firm = _says_before(match) or setting.labelled(match.start())
    time = _period(setting.since(Span(*match.span())), rule, _of_figures(match["from"]), _of_figures(match["to"]))
    return Reading(time, None if firm else "a phase")


def _for_years(match: re.Match[str], setting: Setting, rule: str) -> Reading | None:
    """From a day on, for so many years."""
    year = year_of(match["year"], setting.year, taiwan=setting.taiwan)
    if year is None:
        return None
    first = days(year, match["part"] or "")
    last = later(first.first, number(match["years"] or match["inside"]), "Y") - datetime.timedelta(days=1) if first else None
    return Reading(_period(setting.since(Span(*match.span())), rule, first, Days(last, last) if last else None))


def _every(match: re.Match[str], _: Setting, rule: str) -> Reading:
    word = match["every"]
    time = Time("recurring", Span(*match.span()), rule, every=_EVERY.get(word) or _EVERY[word.removesuffix("度")])
    return Reading(time, "a rhythm" if match[0][0] == "按" else None if rule == "of each" else "no limit")


def _after_issue(match: re.Match[str], setting: Setting, rule: str) -> Reading | None:
    """Days, weeks, months or years after the document's own date."""
    event = _ISSUE.search(setting.plain, max(0, match.start() - 12), match.start())
    duration = _duration(match) or "PT"
    if not (event and setting.issued_on) or "T" in duration or match["unit"] == "工作日":
        return None
    day = datetime.date.fromisoformat(setting.issued_on)
    for count, unit in re.findall(r"(\d{1,4})([YMWD])", duration):
        day = later(day, int(count), unit)
    return Reading(Time("by", Span(event.start(), match.end()), rule, due=day.isoformat()))


def _within(match: re.Match[str], _: Setting, rule: str) -> Reading:
    """So long after something happens."""
    return Reading(Time("within", Span(*match.span()), rule, within=_duration(match)))


def _five_years(match: re.Match[str], setting: Setting, rule: str) -> Reading | None:
    """The last year of a five-year plan of the nation: the 十一五 ended in 2010, and each later one five years on."""
    year = 2005 + 5 * number(match["plan"])
    if year < (setting.year or 0):
        return None  # “十三五”末,达标率为60%
    return Reading(Time("by", Span(*match.span()), rule, due=f"{year}-12-31"), None, year)


def _in_office(match: re.Match[str], _: Setting, rule: str) -> Reading:
    return Reading(Time("within", Span(*match.span()), rule))


def _open(part: str) -> bool:
    """Whether `part` names no end: 12月, 12月1日, but not 12月底."""
    return part.endswith(("月", "份", "日", "号"))


def _says_before(match: re.Match[str]) -> bool:
    return match["before"].endswith(("前", "内", "间")) and not match[0].endswith("年以前")  # 2006年以前发现的


def _ends(part: str) -> bool:
    return part.endswith(("底", "末", "内", "终", "旬"))


def _by(match: re.Match[str], setting: Setting, rule: str, found: Days | None) -> Time:
    """Due on the last of the days; where there are none, no date is better than a wrong one. 即日起至 is a period."""
    span = setting.up_to(Span(*match.span()))
    if found and setting.issued_on and (since := setting.from_today(Span(*match.span()))):
        return Time("period", since, rule, setting.issued_on, found.last.isoformat())
    return Time("by", span, rule, due=found.last.isoformat()) if found else Time("within", span, rule)


def _period(span: Span, rule: str, first: Days | None, last: Days | None) -> Time:
    if not first or not last or last.last < first.first:
        return Time("within", span, rule)
    return Time("period", span, rule, first.first.isoformat(), last.last.isoformat())


def _of_figures(words: str) -> Days | None:
    """2022.12.31, 2022-12, 2022."""
    year, month, day = ([*re.split(r"[-./]", words), "", ""])[:3]
    return days(int(year), f"{month}月{day}日" if day else f"{month}月" if month else "")


def _duration(match: re.Match[str]) -> str | None:
    """An ISO 8601 duration; None for half a week. Working days are counted as days."""
    count, unit = match["count"], match["unit"]
    halved = count == "半" or match["half"] or match["more"] == "半"
    if halved and unit not in _HALF:
        return None
    parts = [] if count == "半" else [(number(re.split("[-至到]", count)[-1]) * (3 if unit == "季度" else 1), unit)]
    if halved:
        parts.append(_HALF[unit])
    elif match["more_unit"]:
        parts.append((number(match["more_count"]), match["more_unit"]))
    dates, hours = ("".join(f"{n}{_ISO[u]}" for n, u in parts if (u in ("小时", "分钟")) == timed) for timed in (False, True))
    return f"P{dates}{'T' * bool(hours)}{hours}"


# ---- the rules, in the order in which they are tried ----

_FIGURES = "0123456789"
_NUMBERS = _FIGURES + "一二三四五六七八九十廿"

# fmt: off
# A rule is tried only where TIME_CUE (deadlines.py) finds one of its first characters and a unit: a new one goes there too.
RULES: Final = (
    Rule("for years", "01239一二", "从|2019年1月1日起,实施三年 · 2012年起5年内", re.compile(
        rf"(?<!\d)(?P<year>{YEAR})年(?P<part>{PART})?(?:起|开始),?"
        r"(?:(?:实施|开展|用)(?P<years>[一二三四五两\d]{1,2})年(?:左右)?时?间?"
        rf"|(?P<inside>[一二三四五两\d]{{1,2}})年内)"
    ), _for_years),
    Rule("part to part", "01239一二",
        "2022年3月至2025年12月底前 · 2022年8月-12月 · 2023年1-6月 · 2022年4月12-19日 · 2022年3月至年底", re.compile(
        rf"(?<!\d)(?P<year>{YEAR})[ ]?年[ ]?(?P<from>{_FROM}){_HOUR}{_UP_TO}(?={YEAR}[ ]?年|{_TO})"
        rf"(?:(?P<to_year>{YEAR})[ ]?年[ ]?)?(?P<to>{_TO})?(?P<before>{_BEFORE})"
    ), _between),
    Rule("year to year", "01239一二", "2022-2024年 · 2022至2025年前 · 2022年到2024年6月底", re.compile(
        rf"(?<!\d)(?P<year>{YEAR})[ ]?年?{_UP_TO}(?P<to_year>{YEAR})[ ]?年[ ]?(?P<to>{PART})?(?P<before>{_BEFORE})"
    ), _between),
    Rule("in a year", "01239一二",
        "2022年底前 · 2022年 · 二〇二二年六月底 · 2019年上半年 · 2022年8月10日前 · 2022年前两个季度 · 111年6月30日", re.compile(
        rf"(?<!\d)(?P<year>{YEAR})[ ]?年[ ]?(?P<part>{PART})?(?P<before>{_BEFORE})"
    ), _in_year),
    Rule("figures to figures", "2", "2024.08-2025.02 · 2020-05-26至2020-05-29", re.compile(
        rf"(?<!\d)(?P<from>{_DAY}|{_MONTH}){_UP_TO}(?P<to>{_DAY}|{_MONTH}|20\d\d(?![\d年]))(?P<before>{_BEFORE})"
    ), _between_dotted),
    Rule("figures", "2", "2022.12.31前 · 2023-02-28 · 2022.12前", re.compile(
        rf"(?<!\d)(?P<from>{_DAY}|{_MONTH}(?![-./]))(?P<before>{_BEFORE})"
    ), _dotted),
    Rule("once in", "一", "各地|一周|通报一次 · 各地|一季度|调度一次", re.compile(
        r"一(?<!最后一)(?P<every>日|天|周|月|季度|年)(?=[\u4e00-\u9fff]{2}一次)"
    ), _every),
    Rule("one a day", "一半1", "一日一调度 · 一日两次 · 半年一考核", re.compile(
        r"[一1]?(?P<every>(?<![一1])半年|(?<=[一1])[日天周月季年])(?:(?<=[日天周月])(?<![同第][一1].)[两三]次"
        r"|[一1](?:次|调度|通报|报告?|汇总|总结|考核|评估|督查|更新|研判|会商|排名"
        r"|分析|巡查|检查|评比|点评|督导|上报|体检|清洗|清扫|消毒|走访|演练))"
    ), _every),
    Rule("of each", "周月季旬年日", "实行|月调度、月通报 · 坚持|周汇总 · 执行|季会商制度 · 实行|季度通报", re.compile(
        rf"(?:(?<=实行|坚持|建立|执行)|(?<=[度报总告导评]、))(?P<every>[日周月季年]|季度|月度)"
        rf"{RHYTHMIC}(?:[、,](?P=every){RHYTHMIC})?(?!会议|机制)(?:制度)?"
    ), _every),
    Rule("end of a five-year plan", "十", "到“|十四五”末 · “|十五五”期末", re.compile(
        "十(?P<plan>[一二三四五六])五”?(?:规划)?(?:期|期间|时期)?末"
    ), _five_years),
    Rule("every", "每", "每年4月1日前 · 每日上午10时前 · 每季度末 · 每周五 · 每年的第一季度 · 每年6月底、12月底前 · 每学期"
        " · 每季终了后3日内 · 每个季度第1个月的20日前 · 每季度最后一个月的30日前",
        re.compile(
        rf"每[1个]?(?P<every>半年度?|年度?|季度|季|个?月|周|星期|日|天|学年|学期)(?:{_OF_WEEK_OR_DAY}|[首末]月|{_OF_YEAR})?"
        rf"(?:的?(?:(?:第{N}|最后[1一])个月的?)?(?:{_TO}|月?[底末])(?:{_UP_TO}{_TO})?"
        rf"{_BEFORE}(?:[、和及]{_TO}{_BEFORE}){{0,3}})?"
    ), _every),
    Rule("at a rhythm", "逐按", "逐月 · 按季度 · |逐年|安排", re.compile(
        "(?:逐(?=[月季周日]|年[安制下分开组])|按)(?P<every>季度?|月度?|周|半年|日"
        "|年度?(?=安排|制[定订]|下达|分解|统计|调度|通报|报[送告]|汇总|公[布示开]|组织|开展|分析|评估|划转|实施))"), _every),
    Rule("in a near year", "今明本次翌下同当",
        "明年6月底前 · 今年前三季度 · 次年年末前 · 本年度内", re.compile(
        rf"(?P<near>{_NEAR_YEAR})(?P<part>{PART})?(?P<before>{_BEFORE})"
    ), _in_near_year),
    Rule("month to month", _NUMBERS, "(3月至5月) · 3月10日至12日 · 5-8月", re.compile(
        rf"(?<![\d年月每上下本次当.])(?P<from>{_FROM_MONTH}){_HOUR}"
        rf"{_UP_TO}(?P<to>{MONTH_PART}|年?[底末]|{N}[ ]?[日号])(?P<before>{_BEFORE})"
    ), _between),
    Rule("month of the year", _NUMBERS, "6月底前 · 9月10号前 · 4月中旬 · 1月19日", re.compile(
        rf"(?<![\d年月每上下本次当.])(?P<part>{MONTH_PART})(?P<before>{_BEFORE})"
    ), _in_the_year),
    Rule("part of the year", "第1234一二三四首上下前后", "三季度末 · 上半年 · 前两个季度", re.compile(
        rf"(?<![\d年每上个本])(?P<part>{YEAR_PART})(?P<before>{_BEFORE})"
    ), _in_the_year),
    Rule("end of the year", "年", "年内 · 年底前", re.compile(
        rf"(?<![去上前近多几历往岁壮今明后次翌同当每\d])(?<!\d[ \n])年(?P<part>内|[底末]|终(?=[之以]?前))(?P<before>{_BEFORE})"
        r"(?![^,。;]{0,6}(?:考核|攻坚|冲刺)|述职|评)"
    ), _in_the_year),
    Rule("all of the year", "全",
        "确保|全年|完成造林 · 带动|全年|完成投资 · |全年|计划造林 · 70亿元,|全年|完成80亿元", re.compile(
        r"(?:(?<=确保)|(?<=力争)|(?<=(?<!努力)争取)|(?<=带动)|(?=全年(?:计划|力争|争取))|(?<=[,。;])(?=全年(?:完成|建成|新增)"
        r"[^,。;\n了]{0,16}\d)(?:(?<=[元个户里亩人吨%],)|(?=[^。\n]{2,60}。?\n?\(?(?:责任|牵头))))"
        "全年(?!目标|任务|工作|最)(?P<part>)(?P<before>)"
    ), _in_the_year),
    Rule("after the issue", _NUMBERS + "两半", "自印发之日起|30日内 · 本通知印发后|两周内", re.compile(
        rf"(?<=[起后的]){_DURATION}"
    ), _after_issue),
    Rule("within", _NUMBERS + "两半",
        "5个工作日内 · 3年内 · 两个半月以内 · 一年六个月内 · 3-5日内", re.compile(
        rf"(?<![第.\d月一二三四五六七八九十]){_DURATION}"
    ), _within),
    Rule("in the course of", _NUMBERS + "两", "力争用|3年时间|建成 · 经过|三年努力 · 通过|3-5年左右的时间", re.compile(
        rf"(?<=[过用]){_LENGTH}(?<=年)(?:左右)?的?(?:时间|努力|发展)(?![^。;\n]{{0,24}}已)"
    ), _within),
    Rule("in office", "任", "任期内", re.compile("任期内"), _in_office),
)
# fmt: on
