"""Whose own dates bind no agency: firms, building sites, persons; and the guides that are written for them."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from typing import Final

from loaders.lexicon.predicates import ADVERBS, OPENERS, VERBS

# 例 企业|于2月10日前 · 各申报主体|须在6月底前
PARTY: Final = (
    "(?:企业|公司|金融机构|个人|公民|居民|市民|员工|申[请报领](?:人|主体|家庭|单位)|考生|学生|家长|(?<!企)业主|农户|持[证卡]人"
    "|(?:用[人工能]|借款|施工|建设|进口|生产|经营|参建|物业|餐饮(?:服务)?|住宿)单位|经营者|当事人|离?退休人员|代表机构|总承包"
    "|物业|项目部|(?:测试|示范|应用|经营|市场|运营)主体|施工现场|工地|商户|商场|超市|宾馆|酒店|餐厅|网点)"
)
# 例 返京人员 · 各项目
_PERSONS: Final = "(?:(?:返[京岗工乡]|务工|隔离|从业|司乘|配送|送餐|普通|观察|服务)人员|各项目|食堂|宿舍)"
# What makes a party the subject. 例 企业|应 · 企业复工后|, · 代表机构的代表|每年 · 企业|通过平台填报
_SETS_OUT: Final = (
    "按(?=要求|规定|[期时])|通过(?=[^,。;:]{0,24}(?:平台|系统|网|邮))|登录|填[写报]|提交|编制|对照|参考|在线|将(?!其)"
)
_ACTS: Final = (
    rf"(?:[^,。;:\n]{{0,6}}?(?=应|要|[必都]须|须|需|坚持|不得|主动|自(?!愿)|实行|落实|{_SETS_OUT})"
    r"|[^,。;:\n]{2,16}后,(?:应当?|必?须|需)?\Z|后?(?=,)|后?(?:(?!.?(?:信息|情况|数据|名单))的?[^,。;:\n]{2,3})?\Z)"
)
_CHOSEN: Final = r"(?:(?:获得|符合|通过|列入)[^,。;:\n]{1,12}的)?"  # 例 符合条件的|申报单位
# A party, or persons, at the head of a clause. 例 1.|企业要落实“日报告”制度,|每日 · 三是|返岗人员|每日, but not 督促企业|每日
_SUBJECT: Final = re.compile(
    rf"(?:^|[。;\n:,( ]|[一二三四五六七八九]是)(?:[\d一二三四五六七八九十]{{1,3}}[.、)])?+{_CHOSEN}"
    rf"(?!{VERBS}|{ADVERBS}|{OPENERS}|[对向将为把使让给按要应须])[^,。;:\n对向为督把将与指]{{0,10}}?"
    rf"(?<!事)(?:{PARTY}|{_PERSONS}){_ACTS}"
)
# What only their employers do. 例 每天|对返岗员工测温 · 对员工|每日2次测温
_STAFF: Final = re.compile(r"[对给为](?:[返复到在]岗|全体|所有)?员工")
# Who else may be meant. 例 部门 · 街道 · 各单位
_PUBLIC: Final = re.compile(
    r"政府|部门|机关|指挥部|小组|工作组|专班|各地|(?<!其他)地区|社区|街道|乡镇|镇街|[村居]委|各单位"
    r"|(?:管理|推荐|归口|责任|成员)单位"
    r"|[\u4e00-\u9fff]{2}[局厅](?!部)|委员会|[健改]委|总工会|[妇残]联|(?<!金融)(?<!代表)机构|学校|医院|办公室|[各全][省市县区]"
)
# A guide for them, by its name or by what it says of itself. 例 建筑工地防控|指引 · 本指引适用于|工地, but not 编制企业指南
_NAMED: Final = r"(?:指引|指南|须知|倡议书|告知书|温馨提示|守则|公约|手册)(?:\([^()\n]{1,12}\))?(?=》?(?:[\n ]|的通知|\Z))"
_GUIDE: Final = re.compile(
    rf"(?:^[ ]{{0,8}}(?:附件\d{{0,2}}:?[ ]{{0,2}})?|印发)《?(?!{VERBS}|[\d(]|[一二三四五六七八九十]{{1,3}}、)"
    rf"(?P<for>[^,。;:《》\n ]{{2,40}}?){_NAMED}"
    r"|本(?:指引|指南|预案|规范|规程)适用于(?P<scope>[^,。;\n]{2,40})",
    re.M,
)
_GUIDE_WORD: Final = re.compile("指引|指南|须知|倡议书|告知书|温馨提示|守则|公约|手册|本(?:预案|规范|规程)适用于")
_OF_PARTY: Final = re.compile(
    rf"(?!.{{0,40}}(?:事业|机关|学校|机构)).{{0,40}}(?:{PARTY}|(?<!工作|执法|公职|管理)人员|消毒|家庭)"
)
# 例 企业参考|《指引》(工信厅函[2024]361号)|编制申报书
_CITED: Final = re.compile(r"\((?:附件|[^()]{0,40}(?:\]|号))[^()]{0,20}\)|《[^《》]{1,80}》")
_TOLD: Final = re.compile(r"向[^,。;\n]{2,60}")  # 例 向|社区报告
_ITEM: Final = re.compile(r"[ ]{0,4}\([一二三四五六七八九十]{1,3}\)")
_BACK, _LIST = 160, 600  # code points in which the subject of a sentence is looked for, and the lead-in of a list


@lru_cache(maxsize=1)  # which keeps the text, too
def _guides(plain: str, start: int, end: int) -> list[tuple[int, bool]]:
    """Where a guide is named in `plain[start:end]`, and whether it is for private parties."""
    found = _GUIDE.finditer(plain, start, end) if _GUIDE_WORD.search(plain, start, end) else ()
    return [(guide.end(), bool(_OF_PARTY.match(guide["for"] or guide["scope"]))) for guide in found]


def is_private(plain: str, at: int, start: int, end: int) -> bool:
    """Whether a private party is the subject of the sentence before the time at `at`, or its guide in `plain[start:end]` is
    for one, and no agency is named there."""
    before = _sentence(plain, at)
    if _ITEM.match(before) and (lead := plain.rfind(":\n", max(0, at - _LIST), at)) >= 0:
        before = _sentence(plain, lead)  # 矿山企业应当定期检测:\n(一)粉尘作业点,|每月
    before = _CITED.sub("", before)
    if _PUBLIC.search(_TOLD.sub("", before)):
        return False
    if _STAFF.search(plain, max(start, at - 6), min(end, at + 10)):
        return True
    named = _guides(plain, start, end)
    last = bisect_right(named, (at, True))
    return (last > 0 and named[last - 1][1]) or bool(_SUBJECT.search(before))


def _sentence(plain: str, end: int) -> str:
    """The sentence that ends at `end`, so far."""
    return re.split(r"[。;\n]", plain[max(0, end - _BACK) : end])[-1]
