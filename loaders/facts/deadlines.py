"""Deadlines: the times (loaders/facts/times.py) at which work is due.

The others bind nobody: no_deadline.py says why.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from loaders.facts.measures import only_measures
from loaders.facts.no_deadline import binds_nobody
from loaders.facts.private import is_private
from loaders.facts.setting import Reading, Setting, Time
from loaders.facts.times import RHYTHMIC, RULES, Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["Time", "find_times", "is_told"]

_BEFORE, _AFTER = 12, 48  # code points around a time that are looked at
_SENTENCE = 72  # the same where a demand is looked for
# A bracket that closes the sentence above a time. 例 。|(市水利局、各县(市、区))|2025年,建成
_CLOSING = re.compile(r"(?<=。)\((?:[^()\n]|\([^()\n]{1,12}\)){2,78}\)\Z")
_CLOSED = 80  # code points of the longest of them
_SAYING = 30  # code points of the longest saying before a time in it
# 例 “年初建账、年底交账”制度
_OF_A_SAYING = re.compile(r"“(?:[\u4e00-\u9fff]{3,8}、){1,4}[\u4e00-\u9fff]{3,8}”(?:的?[\u4e00-\u9fff]{0,4}(?:制度|机制|原则))")
_TITLE = 162  # code points of the longest title, its marks included

_RULES_AT: Final[dict[str, tuple[Rule, ...]]] = {
    opening: tuple(rule for rule in RULES if opening in rule.opens) for rule in RULES for opening in rule.opens
}
# A time that is a deadline wherever it stands. 例 到2027年 · 6月底前
FIRM_TIME = re.compile(r"^[到至]|[前底末]$")
# A year that the text sets itself. 例 。|到2025年,覆盖率达到80%, but not 增长到2021年的 · 到2021年底,已建成
GOAL_YEAR = re.compile(r"到(?<![^,。;:\n]到)((?:19|20)\d\d)年(?:[底末])?,?(?![^,。;\n]{0,20}(?:已|累计|了))")
# Where a time may begin; the rules are tried only there, which is far faster than searching for each.
# (One set of characters first: of a choice of words every character of the text would be asked.)
TIME_CUE = re.compile(
    rf"[{''.join(_RULES_AT)}](?<!\d\d)"
    r"(?=[0-9一二两三四五六七八九十百廿〇○零O]{0,6}[ ]?(?:[年月日天周星工小季半学内底末终期至到-]|自然|分钟"
    rf"|个[年月日天周星工自小分季半]|(?<=[周月季])度?{RHYTHMIC}|次|[”规]{{1,2}}划?期?(?:间|末))|\d{{3}}[./]\d)"
)


# 按月 is a rhythm of work only before it. 例 按季度|通报 · 按月|向市政府报告, but not 按月缴纳
_RHYTHM_OF = re.compile(
    r"(?![^,。;]{0,40}的(?:企业|单位|职工),)[^,。;]{0,12}(?:统计|调度|通报|做好|报[送告]|上报|汇总|公[布示开]|更新|检查|考核"
    r"|开展|组织|审核|监测|分析|梳理|督[查导]|发布|跟踪|评估|召开|推进|研判|反馈|总结|划转|划拨|代扣代缴|实施|巡查|排查|会商"
    r"|晾晒|排名|点评|监督|发放|拨付|进行(?!缴))"
)
# A period from day to day that only bounds a benefit. 例 2019年1月1日至12月31日|,对…企业,返还
_BENEFIT = re.compile(
    r"^,?(?:期间)?,?(?:对|困难|将|企业|参保|减|免|缓|可|期间|内|按|给予|新|有效|施行|执行)"
    r"|返还|补贴|减免|阶段性|(?:试点|优惠|扶持)政策|免[征收税]|减征|减半|放宽|优惠|贴息|缓缴|税前|扣除|下调"
    r"|购[买房置]|[居市]民|家庭|房地产|允许|核发|认定标准"
)
_FROM_TODAY = 60  # code points behind 即日起至…, in which such words stand
# A month, a day or a quarter alone is a deadline only before the end of a work. 例 力争2022年10月|建成通车
_DONE = re.compile(
    r",?(?:计划|力争|争取)?(?:全面|基本|全部|正式)?(?:完成|立项(?!的)|取得(?=[^,。;]{0,6}成效)|建成|投入|投用|竣工|实现|上线"
    r"|通车|交付|启用|达到|报送|上报)"
    r"|将?[^,。;]{2,20}(?:压减|压缩|缩短|下降)[到至]"
)
# 例 |四季度|白酒增加值增长15%以上
_AIMS_AT = re.compile(r"[^,。;\n]{2,20}\d[\d.]{0,8}[亿万%％家个户千瓦时吨座]{1,4}(?:以上|左右)")
_CLAUSE_HEAD = re.compile(r"(?:^|[。;,\n])$")
# A year alone is one at the head of a clause, before the work. 例 。|2022年|全区…率达90%以上
_GOAL_BEFORE = re.compile(
    r"(?:^|[。;:,、(\n\"“ ]|[\d一二三四五六七八九十](?:[).]|、)|力争|确保|争取|计划|预计|展望|在|于|其中|是|,到|和|并)$"
)
_GOAL_AFTER = re.compile(r"[,、]?[\u4e00-\u9fff“(]|、\d{4}年分别|\d{1,3}[%％]以上(?!完成)")
# 例 2022年|的 · 2022年|春节前, but not 2022年|达到3000吨的规模
_OF_THAT_YEAR = r"(?!达到|建成|完成)[^,。;]{0,6}(?:的|目标(?:指标)?表|[节庆旦][之以]?前)"
# 例 2022年|是攻坚之年 · 2018年|,共抽查 · 2018年|我局还部署 · 2020年|监测产品以核桃为主
_NO_GOAL = re.compile(
    r"(?!、\d{4}年分别)[,、]?(?:年|\d(?!\d{0,2}[%％]以上(?!完成))|[底末初是至到首与还]|(?<![,、])为|共(?![同建享])|先后"
    r"|各项(?:年度|目标|指标)|我[局厅委部](?![^,。;]{0,4}[将要拟])|GDP|[^,。;]{0,14}=(?!\d[\d.,]{0,8}[亿万元%])"
    rf"|{_OF_THAT_YEAR}|[^,。;]{{0,16}}了|[^,。;]{{2,24}}以[^,。;]{{2,20}}为主(?!的))"
)
# 例 2020年|新增贷款的数据 · 2021年|预算执行情况 · 2022年|全市生产总值增长
_TOLD_OF = re.compile(
    r"[,、]?[^,。;]{0,10}(?:以来|数据|基数|同期|为基|水平|印发|公布|规划|要点|计划$|总体要求|工作思路"
    r"|增长|预算|决算|回顾|总结|情况\n)"
)
# 例 2022年|老旧小区改造项目\n, but not 2022年|完成老旧小区改造项目
_A_PROJECT = r"(?!完成|启动|实施|推进|建成|开展|开工|加快|基本|全面)[^,。;\n]{2,24}(?:建设|改造|整治)项目[ ]{0,4}(?:\n|\Z)"
# 例 2022年|全县主要目标\n · 2018年|智慧法院评价工作由… · 2022年|,在市委领导下
_HEADS = re.compile(
    r"[^,。;\n]{0,32}(?:目标|清单|表|台账|名单|安排|的单位|重点(?:工作|任务)|奖补项目|申[报请]书|承诺书|指[标南]|内容与?)"
    rf"[ ]{{0,4}}(?:\n|\Z)|{_A_PROJECT}|[^,。;\n]{{2,24}}(?:工作|评审|考核|评价)(?:由|采取|采用|按)"
    r"|重点工作任务\(一\)|[,、]?在[^,。;]{2,30}(?:领导|指导|支持|关心)下"
)
# 例 2021年|,启动智慧教育建设, but not 2021年,全市收入完成186.2亿元
_PLANNED = re.compile(
    r",?(?:全[国省市县区]全?面?推[行开]|力争|确保|争取|[将要]|围绕|聚焦|制[定订]|出台|启动|建[成立设]|构建|开展|推[进动]"
    r"|形成|实施|成立|举办|支持|探索|明确|梳理|汇集|优化|完善|组织|进一步|(?:总体|基本|全面|初步)建成"
    r"|(?:基本|全面)?(?:完成|实现)(?!\d|[^,。;]{0,16}\d))"
)
_AIMED = re.compile(r"(?:力争|确保|争取)[在到于]?$")
# 例 储备能力2021年|确保达到800万吨 · 2024年|、2025年分别突破2亿元
_SURE = re.compile(
    r"(?:(?:、\d{4}年)?(?:力争|确保|分别)(?:达到|突破|建成|完成|实现|形成)|(?:总体|基本|全面|初步)建成(?!的))"
    r"(?![^,。;]{0,12}了)"
)
# The years of a plan. 例 “十四五”时期|(2021-2025年), but not 第一阶段(2021-2022年)
_PLAN_YEARS = re.compile(r"(?<!阶段)(?<!目标)\((?:19|20)\d\d年?-(?:19|20)\d\d年\)")
# 例 各县应建立台账,|每周更新 · 确保|每日上报 · 市督查室|每月督查, but not 专班成立,|每天巡查
_DEMANDED = re.compile(
    r"(?:应当?|(?<![需重主必])要(?!求|素|点)|[须请]|将(?!近)|确保|务必|做到|[实执]行)[^。;\n]{0,60}$"
    r"|(?:[局委厅办部室府]|单位|指挥部|专班|街道|[乡镇]|各[省市县区]{1,3})[在于]?$"
)
_NUMBERED = re.compile(r"(?:\n[ ]{0,8}|[;。:])\d{1,2}[、.]$")  # 例 1、|11月1日召开动员会
# The head of a line, or what opens a list there. 例 分两批审批:|2月10日-12日,重点企业
_AT_HEAD = re.compile(rf"(?:^|\n[ ]{{0,8}}|[;)])$|{_NUMBERED.pattern}")
_DATED = re.compile(r"(?:19|20)\d\d年")
_SENTENCE_HEAD = re.compile(r"(?:^|[。;\n][ ]{0,8})$")
# Which days a rhythm means. 例 每季度末|(分别在3月、6月和9月底)
_WHICH_DAYS = re.compile(r"\((?:分别)?[在于为][^()]{2,30}\)")
# Days that share what stands behind the last of them. 例 4月10日|、7月10日和2024年1月10日前
_SHARED = re.compile(r"(?:[、,和及]{1,2}(?:\d{4}年)?\d{1,2}月(?:\d{1,2}[日号]|[底末])?){1,5}[之以]?前")
# 例 定于|10月22日 · 将于|5月6-12日
_FIXED = re.compile(r"(?<!原)(?<!曾)(?:定|安排|计划|拟)[于在]$|(?<!预计)(?<!国家)将[于在]$")
# 例 要在|三月二十八日到四月15日|完成 · 请于|9月16日-23日|,登录平台
_SET = re.compile(r"[在于从自]$")
_SENT = re.compile(r",?(?:登录|提交|报送|填报|上[传报])")


def find_times(plain: str, start: int, end: int, year: int | None, issued_on: str | None) -> Iterator[Time]:
    """Deadlines in `plain[start:end]`, in order. 6月底前 takes the year that its sentence named, else `year`, the document's;
    印发之日起30日内 counts from `issued_on`, a date as ISO 8601 writes it.
    """
    goals = frozenset(goal[1] for goal in GOAL_YEAR.finditer(plain, start, end))
    setting = Setting(plain, year, issued_on, taiwan=plain.find("中华民国", start, end) >= 0, goals=goals)
    reached = start
    for cue in TIME_CUE.finditer(plain, start, end):
        if cue.start() < reached:
            continue
        setting.begin(cue.start())
        reading = _read(plain, cue.start(), end, setting)
        if reading:
            reached = reading.time.span.end
            if reading.time.every and (details := _WHICH_DAYS.match(plain, reached)):
                reached = details.end()
            at = reading.time.span.start
            aimed = _AIMED.search(plain, max(start, at - 3), at)  # 对…企业,可展期,确保|2020年信贷余额不低于上年
            binds = (
                not _in_name(plain, at) and _binds(reading, setting) and (bool(aimed) or not is_private(plain, at, start, end))
            )
            setting.remember(reading, binds=binds)
            if binds:
                yield reading.time


def _read(plain: str, at: int, end: int, setting: Setting) -> Reading | None:
    """What the first rule that knows the words at `at` makes of them."""
    for rule in _RULES_AT[plain[at]]:
        match = rule.pattern.match(plain, at, end)
        if match and (reading := rule.read(match, setting, rule.name)):
            return reading
    return None


def is_above_all(plain: str, time: Time) -> bool:
    """Whether it is a deadline even in the lead-in above all items, where the dates of the document itself stand."""
    start = time.span.start
    since = time.start is not None and plain[start] in "从自"  # 自4月20日至6月19日在全区开展整治
    said = _FIXED.search(plain, max(0, start - 3), start) or _AIMED.search(plain, max(0, start - 3), start)
    return bool(time.every or since or FIRM_TIME.search(time.span.of(plain)) or said)


def is_told(plain: str, time: Time) -> bool:
    """Whether a rhythm of days, weeks or months outside all items is only told of: nothing before it demands it."""
    start = time.span.start
    return time.every in ("day", "week", "month") and not _DEMANDED.search(plain, max(0, start - _SENTENCE), start)


def _in_name(plain: str, at: int) -> bool:
    """Whether the time at `at` stands in a title 《…》 or in a saying, or is that of a plan, “十四五”(2021-2025年)."""
    saying = plain.rfind("“", max(0, at - _SAYING), at)
    if saying >= 0 and (said := _OF_A_SAYING.match(plain, saying)) and said.end() > at:
        return True
    opened = plain.rfind("《", max(0, at - _TITLE), at)
    in_title = opened >= 0 and plain.find("》", opened, opened + _TITLE) > at
    return in_title or bool(at and _PLAN_YEARS.match(plain, at - 1))


def _binds(reading: Reading, setting: Setting) -> bool:
    """Whether work is due then: nothing around the time says otherwise, and what it needs yet is there."""
    plain, (start, end) = setting.plain, reading.time.span
    closing = _CLOSING.search(plain, max(0, start - _CLOSED), start) if plain.startswith(")", max(0, start - 1)) else None
    head = closing.start() if closing else start
    before, after = plain[max(0, head - _BEFORE) : head], plain[end : end + _AFTER]
    if binds_nobody(plain, start, end, before, after):
        return False
    if plain.startswith("即日", start + (plain[start] in "自从")) and _BENEFIT.search(after[:_FROM_TODAY]):
        return False
    if reading.needs is None or _SHARED.match(after):
        return True
    dated = bool(_DATED.match(plain, start, end))
    return _NEEDED[reading.needs](_Around(before, after, reading.time.start, reading.time.due, setting, dated))


class _Around(NamedTuple):
    """A time among the words before and after it."""

    before: str
    after: str
    start: str | None
    due: str | None
    setting: Setting
    dated: bool  # with its year

    def is_phase(self) -> bool:
        before, after = self.before.replace(" ", ""), self.after.replace(" ", "")
        set_to_work = bool(_SET.search(before) and (_DONE.match(after) or _SENT.match(after)))
        bracketed = self.before.endswith("(") or self.after.startswith(")")
        return set_to_work or bool(_FIXED.search(before)) or bracketed or self.is_on_schedule()

    def is_on_schedule(self) -> bool:
        """Whether days to come head a line, and what is done on them follows."""
        head = _NUMBERED if self.start is None else _AT_HEAD
        follows = self.after.startswith((",", ":")) if self.start else not self.after.startswith(("开始", "起", "以"))
        return bool(self.is_to_come() and follows and head.search(self.before))

    def is_planned(self) -> bool:
        """Whether a time with its year, which is to come, opens a sentence. 例 。|2025年6月,市水务局会同市发展改革委出台办法"""
        return bool(self.is_to_come() and self.dated and self.after.startswith(",") and _SENTENCE_HEAD.search(self.before))

    def is_aimed_at(self) -> bool:
        """Whether a part of a year to come heads a clause that says how much is wanted by its end."""
        return bool(self.is_to_come() and _CLAUSE_HEAD.search(self.before) and _AIMS_AT.match(self.after))

    def is_to_come(self) -> bool:
        """Whether it ends no sooner than the document was made, whose date is known."""
        return bool(self.due and self.setting.issued_on and self.due >= self.setting.issued_on)

    def is_past(self) -> bool:
        """Whether it ends before the document was made."""
        return bool(self.due and self.setting.issued_on and self.due < self.setting.issued_on)

    def is_of_years_gone(self) -> bool:
        return bool(self.due and self.setting.year and self.due < str(self.setting.year))

    def is_of_years_to_come(self) -> bool:
        """Whether a time has not ended, and years are those of a plan: they did not begin long before the document."""
        if not self.start and _DONE.match(self.after):
            return True
        if not self.setting.year:
            return bool(not self.start or self.is_phase() or self.before.endswith(("为", "展望")) or _PLANNED.match(self.after))
        began_long_ago = self.start and self.start < str(self.setting.year - 1)
        return not (began_long_ago or self.is_past() or self.is_of_years_gone())

    def is_years_goal(self) -> bool:
        """In a text without a date a year may be long past: there it must be one of plans."""
        later = bool(self.due and self.setting.said and self.due > f"{self.setting.said}-12-31")  # 2021年,…;2022年,…
        planned = (
            later
            or _AIMED.search(self.before)
            or _SURE.match(self.after)
            or (self.due or "")[:4] in self.setting.goals
            or _PLANNED.match(self.after)
        )
        timely = not (self.is_of_years_gone() or self.is_past()) if self.setting.year else planned
        aims = _GOAL_BEFORE.search(self.before) or _SURE.match(self.after)
        told_of = (
            _NO_GOAL.match(self.after)
            or (_TOLD_OF.match(self.after) and not _AIMED.search(self.before))
            or _HEADS.match(self.after)
        )
        return bool(timely and not told_of and _GOAL_AFTER.match(self.after) and aims)


# What a time needs yet, and how the words around it show that.
_NEEDED: Final[dict[str, Callable[[_Around], bool]]] = {
    "a work done": lambda time: bool(
        (_DONE.match(time.after) and not (time.dated and time.is_of_years_gone()))
        or _AIMED.search(time.before)
        or _FIXED.search(time.before)
        or time.is_on_schedule()
        or time.is_planned()
        or time.is_aimed_at()
    ),
    "a goal": lambda time: bool(_GOAL_BEFORE.search(time.before) or _SURE.match(time.after)),
    "a year's goal": _Around.is_years_goal,
    "a phase": _Around.is_phase,
    "years to come": _Around.is_of_years_to_come,
    "no benefit": lambda time: not (time.is_past() or _BENEFIT.search(time.after[:30])),
    "a rhythm": lambda time: bool(_RHYTHM_OF.match(time.after)) and not time.before.endswith("未"),
    "no limit": lambda time: not only_measures(time.before, time.after),
}
