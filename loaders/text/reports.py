"""Reports of newspapers and agencies: they tell what was done, and demand only what they say is demanded.

A bare verb (市水利局建立台账) is a report there; 要, 应, 将, 不得, 由A办理 and 要求A… are none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from loaders.names.units import Unit

# 例 本报讯 · 新华社上海2月11日电 · 央广网上海2月18日消息 · (记者 李荣) · (记者李荣)
_DATELINE: Final = re.compile(
    r"本报讯|本报记者|(?:新华社|中新社|中新网|央视网?)[^。,]{0,16}[电讯]|[日早晚]报讯|网讯"
    r"|\((?:通讯员|(?:见习)?记者)(?:[ :]|[\u4e00-\u9fff]{2,4}\))|[网台报][^。,\n]{0,6}\d{1,2}月\d{1,2}日(?:消息|电|讯)"
)
# How newspapers head them. 例 某省:防汛生产两不误 · 文旅集团在行动
_HEADLINE: Final = re.compile(
    r"[^。《]{0,60}?(?:在行动|侧记|纪实|综述|两不误|字诀|组合拳|进行时|最新消息|驰援)[^。,;: \n]{0,24}[ \n]"
)
# Who asks and who answers. 例 记者从会上|获悉 · 据介绍, · 王某告诉记者
_TELLS: Final = re.compile(
    r"记者(?:[^,。;:\n]{0,30}(?:获悉|了解到|看到|来到|发现|采访)|专访)|告诉[^,。;\n]{0,10}记者"
    r"|接受[^,。;\n]{0,10}记者|据(?:悉|介绍|了解)[,:]"
)
_PRESS: Final = re.compile(r"新闻发布会(?=[^,。;\n]{0,6},)")  # 例 在新闻发布会上,|甲某说, but a plan holds one too
_OF_PRESS: Final = re.compile(r"新闻发布会(?:[ \n。]|视频|实录)")  # at the head: 复工复产保障工作新闻发布会|
# When it was, at the head of the first sentences. 例 。|近日,市水利局发布… · 。|2月7日,市政府召开会议
_DAY: Final = r"(?:(?:20\d\d年)?\d{1,2}月)?\d{1,2}日(?:[上下]午|晚上?)?"
_OF_LATE: Final = re.compile(
    rf"(?:^|[。\n ?!”:])(?:近日来?|最近|日前|[昨今]天|昨日|连日来|{_DAY}),(?!(?:现|经))"
    r"|(?<!现)(?:近日|日前)(?:联合)?(?:印发|发布|召开|出台|公布|下发)"
)
# The same of what may stand above a paper, too. 例 市水利局|2月7日召开会议 · 疫情发生以来,
_HAPPENED: Final = re.compile(
    rf"(?:{_DAY}|[昨今]天)(?:在[^,。;\n]{{2,24}})?(?:主持)?(?:召开|举行|举办|下发|印发|发出|发布|出台|开通|奔?赴)"
    r"|(?:^|[。\n ])[^,。;:\n]{2,12}发生以?[来后],"
)
# What tells of a paper, in whose words. 例 《通知》要求
_RETELLS: Final = re.compile(r"《(?:通知|意见|方案|办法|规定|措施|条例|指南|规划|决定)》|以下简称[“《]")
# 例 截至目前,|已走访企业
_SO_FAR: Final = re.compile(r"截[至止](?:目前|(?:20\d\d年)?\d{1,2}月\d{1,2}日),")
# 例 各区人民政府,各有关单位: · 市水利局: · 现将《…》印发 · 现提出如下要求
_TO_SOMEBODY: Final = re.compile(
    r"(?:^|[\n ])各[^。\n]{2,400}:|(?:^|\n)[^。,;:\n]{2,40}(?:[局委办厅部院]|政府|街道|中心|公司):\n"
    r"|现(?:将|就|印发|提出)|特此(?:通[知报告]|公告)|请(?:认真)?(?:遵照|贯彻)"
)
# 例 通知全文如下: a report that goes on with the document itself
_IN_FULL: Final = re.compile(r"全文如下|通知如下|内容如下")
# What stands before a unit of whom a report demands something.
# 例 通知要求,|各地建立台账 · 由|市水利局办理, but not 按照要求,各地
_DEMANDED: Final = re.compile(
    r"(?:(?:^|[。;,:\n ])(?:(?!按|根据|依据|依照|落实|贯彻|结合)[^,。;:\n]){0,16}(?:要求|责成|(?:会议|通知)》?强调)[,:]?"
    r"|由(?!于|此))(?:[^,。;:\n]{2,24}(?:[局厅委办]|政府|部门|单位),){0,4}[^,。;:\n]{0,40}\Z"
)
# 例 市水利局|、市农业局应在6月底前
_MUST: Final = re.compile(r"(?:[、和及][\u4e00-\u9fff]{2,20}){0,6}(?:[对在就][^,。;:\n]{2,24})?(?:应|要|须|必须)")
# 例 市水利局要会同|市农业局
_MUST_WITH: Final = re.compile(r"(?:应当?|要(?!求)|须|将)[^,。;:\n]{0,8}(?:会同|联合|商)[^,。;:\n]{0,40}\Z")
# 例 本届大赛由|市水利局、市农业局共同主办
_WAS_HELD: Final = re.compile(r"[^,。;:\n]{0,80}(?:主办|承办|协办|发起|主持召开)")
_DEMANDS: Final = frozenset({"prose-must", "prose-must-not", "prose-will", "prose-event"})
_HEAD: Final = 300  # code points in which the dateline of a report stands, and its day
_BACK: Final = 60


def is_report(plain: str, start: int, end: int, *, numbered: bool) -> bool:
    """Whether the text at `plain[start:end]`, whose title is none of a 公文, is a report, by its dateline, its headline or how
    it tells; a `numbered` one may only say when something was published."""
    head = min(end, start + _HEAD)
    if _DATELINE.search(plain, start, head):
        return not _IN_FULL.search(plain, start, min(end, start + 4 * _HEAD))
    if _HEADLINE.match(plain, start, head):
        return True
    if _TO_SOMEBODY.search(plain, start, min(end, start + 4 * _HEAD)):
        return False
    told = not numbered and (
        _OF_LATE.search(plain, start, head)
        or _PRESS.search(plain, start, end)
        or _SO_FAR.search(plain, start, end)
        or (_HAPPENED.search(plain, start, head) and not _RETELLS.search(plain, start, end))
    )
    return bool(told or _OF_PRESS.search(plain, start, head) or _TELLS.search(plain, start, end))


def is_demanded(plain: str, unit: Unit, rule: str) -> bool:
    """Whether a report demands what the `rule` read of the `unit` in it."""
    if rule in _DEMANDS or _MUST.match(plain, unit.end):
        return True
    if _WAS_HELD.match(plain, unit.end):
        return False
    back = max(0, unit.start - _BACK)
    along = rule == "prose-along" and _MUST_WITH.search(plain, back, unit.start)
    return bool(along or _DEMANDED.search(plain, back, unit.start))


def is_dated(plain: str, start: int, end: int) -> bool:
    """Whether `plain[start:end]`, above what looks like a title, already tells what was done when."""
    return bool(_DATELINE.search(plain, start, end) or _OF_LATE.search(plain, start, end))
