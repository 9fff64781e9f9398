"""Lists that state no work: the conditions, papers, offences, objects or names under an item, which is then the task itself;
registers of firms."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from kg.model import Span
from loaders.facts.clauses import find_clauses
from loaders.facts.duties import find_duties
from loaders.lexicon.predicates import ADVERBS, OPENERS, VERBS, WEAK
from loaders.text.items import ROW

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from loaders.text.items import Item
    from loaders.text.tables import TaskTable

_NOUN = (
    "(?:情形|情况|行为|条件|材料|文件|资料|证明|证件|标准|内容|因素|条款|信息|物品|费用|数据|区域|水域|单位|对象|人员|企业"
    "|资格|权利|功能|工程|处罚|要件|要素|类型|类别|特征|范围|收入|奖项?(?!励))"
)
_NOUN_OF_EITHER = "(?:方式|形式|途径|渠道|线索|原则|规范)"
# 例 有下列情形之一的,由A责令改正
_CASES = "(?:有|存在|出现)(?:下列|以下|如下)[^。;,:]{0,16}之一的(?:单位|企业|个人|[和或、]){0,4},[^。:]{0,80}"
_WHO = "下列(?:单位|企业|场所|人员)应当[^。:]{0,80}"  # 例 下列单位应当建立巡检制度
_CONTAINS = "(?<!责任)(?<!职责)(?<!责任主要)(?<!职责主要)包括(?![^:]{0,8}(?:方面|任务|工作|措施))"  # 例 材料包括:
# 例 培训内容为: · 合同应当载明下列事项: · 履行下列职责时,应当听取意见:
_SAYS = (
    "登记的?主要事项|(?:学习|培训|宣讲|检查)的?内容[为是]|(?:载明|注明|写明|列明|标明|记[载录])(?:下列|以下|如下)"
    "|下列[^。;:,]{0,16}时,"
)
# 例 符合下列条件的,由兽医出具证明。 · 一般应符合以下条件。 · 可适用以下政策措施。 · 符合下列要求的合作社予以保留。
_FITS = (
    "符合(?:下列|以下)[^。;,:]{0,8}条件(?:之一)?(?:的?,)[^。;:]{2,60}。$"
    "|(?:符合|存在)(?:下列|以下)[^。;,:]{0,8}(?:要求|问题)的[^。;:]{2,40}(?:予以|准予)[^。;:]{1,20}[。:]$"
    "|(?:符合|具备|满足|享受|适用)(?:下列|以下|如下)[^。;,:]{0,8}(?:条件|政策|政策措施)[。:]$"
)
# 例 禁止进行下列活动: · 进行下列活动,应当办理手续:
_BANS = "(?:禁止|严禁|不得|允许)[^。;:]{0,8}(?:下列|以下)|(?:进行|从事)(?:下列|以下)[^。;:]{0,8}活动(?:的|,应当)"
_MAY = "可以?(?:依法)?(?:采取|行使)(?:下列|以下)[^。;:,]{0,16}"  # 例 可以采取下列紧急措施: · 可以行使下列职权:
_PENALTY = "的,[^。;:,]{0,8}(?:追究[^。;:,]{2,12}责任|给予[^。;:,]{0,8}处分):$"  # 例 构成犯罪的,依法追究刑事责任:
_WITH_PAPERS = "(?:提[供交]|随同)(?:下列|以下)[^。;:]{0,8}材料[^。;:]{0,40}。$"  # 例 声明应随同以下材料提交至主管部门。
_LISTED = "(?<!实现)(?:下列|以下|如下|上述)(?!规定|程序|步骤|要求)[^。;:]{0,16}"  # but not 依照下列规定向有关单位备案
# What comes under an item whose lead-in ends so is a list of conditions, papers, offences.
# 例 应符合以下条件: · 有下列行为之一的,由A责令改正:
NO_WORK_LIST: Final = re.compile(
    rf"(?:{_LISTED}{_NOUN}|(?:基本|申请|申报|认定|准入|定性|定量|下列|[足备合]的)条件"
    rf"|(?:提交|提供|报送|申报|申请|递交)[^。;:]{{0,16}}材料|{_CONTAINS}|分为|是指"
    rf"|{_SAYS}|{_CASES}|{_BANS}|{_MAY}|从(?:下列|以下)渠道)[^。;:]{{0,60}}:$|{_FITS}|{_PENALTY}|{_WITH_PAPERS}"
)
# What the work is done to. 例 负责下列评价报告的审定: · 对下列场所进行检查:
_DONE_TO = (
    "(?:配备|设置|安装)(?:下列|以下)|负责(?:对)?(?:下列|以下)[^。;:]{2,24}的"
    "|对(?:下列|以下)[^。;:]{1,24}(?:进行|实施|开展|予以|给予|征收|[免减]征)"
    "|(?:下列|以下)事项,?应当?[^。;:]{0,24}(?:备案|登记|公示|报告)"
)
# What is looked into, and an end of its parts. 例 对社团进行检查。重点是: · 4.参加国际组织情况。
_LOOKED_INTO: Final = re.compile("(?:检查|督查|核查|调查|审计|评估)[^:]{0,20}(?:重点|内容)[^。:]{0,6}[是为包]括?:$")
_MATTER: Final = re.compile(
    "(?!排查|整[改治]|解决|清理|治理|核[查实]|查[处清]|督促|纠正|落实|加强|完善|推[进动]|建立)"
    "[^。;]{2,120}(?:情况|问题|记录|资料|结果)[。;]?$"
)
# Who fits, told before the list of them. 例 对符合以下条件之一的购房人,实施购房补贴。…\n|(一)就业群体 …的人员; (二)人才群体
_WHO_FITS: Final = re.compile("符合(?:下列|以下)[^。;,:]{0,8}条件之一的[^。;,:]{2,16},")
# Work, whatever its lead-in. 例 对政策进行调整。具体内容包括:(一)|提高贷款额度,…; (二)|调整认定标准,…;
_WORK_PART: Final = re.compile(rf"(?:{ADVERBS}){{0,2}}{VERBS}[^。;,]{{2,60}}(?<!的)(?<!条件),[^。;]{{2,80}}[;。]$")
# What is to be done in each case. 例 应当根据下列情况分别作出处理:
_BY_CASE: Final = re.compile(
    "(?:情况|情形),?分别(?:作出|予以|进行|按)[^。:]{0,12}:$"
    "|按照?(?:以下|下列)(?:情形|情况|方式)[^。:]{0,4}(?:确定|处理|执行|承担|办理):$"
)
# The same of one that may be a list of work too. 例 委托范围如下: · 情节严重的,吊销许可证: · 下列单位应当建立安全巡检制度:
_LIST_OF_EITHER: Final = re.compile(
    rf"(?:(?:下列|以下|如下|上述)[^。;:]{{0,16}}{_NOUN_OF_EITHER}|{_WHO}|{_DONE_TO}|罚款|吊销|没收|拘留"
    r"|(?:范围|条件|材料|情形|名单)如下)[^。;:]{0,40}:$"
)
_TO_APPLY: Final = f"(?!{VERBS}|{ADVERBS}|审|把|汇|精|减|规)[\u4e00-\u9fff]{{0,12}}的申报材料"  # 例 需装订的申报材料
# A heading of no work. 例 (一)定性条件 · (二)申报材料 · (三)政策咨询
NO_WORK_HEAD: Final = re.compile(
    rf"(?:[\u4e00-\u9fff]{{0,30}}(?:报送|提交|提供)材料|{_TO_APPLY}"
    r"|(?:申[报请领]|认定|准入|招[商生]|入驻|受理|享受|补[助贴]|支持|奖励|基本|必备|定性|定量|推荐|评审|适用|办理)?"
    r"(?:条件|材料|对象|情形|范围|标准|依据|要件|流程图)|政策咨询|咨询(?:电话|方式)|联系方式)(?=[。:(\n]|$)"
)
# The last line above a list. 例 一次性创业资助\n|补贴条件:
_LABEL: Final = re.compile(r"\n[ ]{0,20}(?P<words>[^\n,。;:()]{2,8}(?:\([^\n()]{2,12}\))?:)\Z")
# 例 1.就业网平台 联系人:某某 · 1.企业:提供营业执照等材料。
_NO_VERB = f"(?!{VERBS}|{ADVERBS}|(?!为){OPENERS})"
_WHOM_TO_ASK = (
    rf"{_NO_VERB}[^。;,]{{2,60}}(?:联系人|(?:联系|咨询)?电话|邮箱|开户行|账号|地址|网址)[ ]{{0,2}}:"
    "|[^。,;:]{2,16}(?<![局委办厅部府院门位会]):提供[^。;]{2,200}(?:资料|材料)(?=[,。;])"
)
# 例 1.为大型商超配送的物流企业; · 1.管壁外缘两侧3米范围内的区域; · (六)经有关部门认定的创业人才。
_WHO_IT_IS = (
    rf"{_NO_VERB}(?:[为在从][^。;:]{{2,80}}的|[^。;:]{{2,80}}范围[内外]的?)"
    r"(?:[\u4e00-\u9fff]{0,8}企业|区域|家庭|项目)(?:、[^;。]{2,12})?[;。]"
    rf"|(?!{VERBS}|{ADVERBS})[^。;:]{{4,80}}的[\u4e00-\u9fff]{{0,8}}(?:人员|人才|专家)(?:、[^;。]{{2,24}}人员)?[;。]$"
)
# A part of such a list. 例 (一)泄露数据的; · (二)宽于1米的,可计入面积; · 2.项目投入证明材料;
_NO_WORK_PART: Final = re.compile(
    r"^[^。]{2,200}(?<!目)的[;。]?$|^[^。;]{2,60}的,可(?!持续|靠)[^。;]{2,80}[;。]?$"
    r"|^[^。,;]{2,40}(?:申请[表书]|证明(?:材料)?|报告|复印件|合同|凭证|承诺书|许可证|执照)(?:\([^()]{0,60}\))?[;。]?$"
    rf"|^(?:{_WHOM_TO_ASK}|{_WHO_IT_IS})"
)

# 例 1|某某工业(集团)有限责任公司(曾:某某公司)
_FIRM: Final = re.compile(
    rf"{_NO_VERB}[\u4e00-\u9fffA-Za-z\d()]{{4,40}}(?:公司|集团|[工农林]?[厂场]|合作社|研究[院所]|大学|学院|学校|医院)"
    r"(?:\([^()]{2,40}\))?"
)
# The head of a table that says who does what for each of them. 例 企业|责任单位|完成时限
_ASSIGNS_ROWS: Final = re.compile("牵头|责任|配合|落实|时限|时间|包联|任务|措施")
# What names something, and ends as no work does. 例 1.|内蒙古自治区某旗国家沙化土地封禁保护区
_NAME: Final = re.compile(rf"{_NO_VERB}(?:(?!{VERBS})[\u4e00-\u9fffA-Za-z\d()“”]){{4,60}}[。;,]?")
_WORK_END: Final = re.compile(f"{VERBS}|{WEAK}|工作|任务|行动|工程|项目|机制|制度|体系|能力|水平|管理|问题")


def without_lists(plain: str, items: list[Item]) -> list[Item]:
    """`items` without those that are conditions, papers or offences in the list of another."""
    gone: set[int] = set()
    for item in items:
        if gone and item.parent and id(item.parent) in gone:
            gone.add(id(item))
        elif item.children and item.style != ROW and id(item) not in gone and _lists_no_work(plain, item):
            gone.update(map(id, item.children))
            *_, last = item.leaves()
            item.aside = Span(item.children[0].start, last.first_line.end)
            item.children = []
    if not gone:
        return items
    kept = [item for item in items if id(item) not in gone]
    for item in kept:
        item.children = [child for child in item.children if id(child) not in gone]
    return kept


def _lists_no_work(text: str, item: Item) -> bool:
    """Whether the items right under `item` are conditions, papers, offences or the like, so that it is the task itself."""
    if item.children[0].style in ("article", "section", "chapter"):
        return False
    lead_in = text[item.body : item.children[0].start].rstrip()
    parts = [text[child.body : child.end].strip() for child in item.children]
    ends = max(0, len(lead_in) - 120)
    listed = lead_in.endswith((":", "。")) and bool(NO_WORK_LIST.search(lead_in, ends) or _WHO_FITS.search(lead_in))
    # (一)企业登记数据,由市场监督管理部门负责; · 预案包括:(一)部门预案,由市政府部门制定;
    given = [part for part in parts if "负责" in part or "牵头" in part or (listed and _assigns(part))]
    works = 0 if lead_in.endswith("原则:") else sum(bool(_WORK_PART.match(part)) for part in parts)
    if 2 * max(len(given), works) > len(parts) or _BY_CASE.search(lead_in, ends):
        return False
    matters = sum(bool(_MATTER.match(part)) for part in parts) if _LOOKED_INTO.search(lead_in, ends) else 0
    label = _LABEL.search(lead_in, ends)
    if (
        NO_WORK_HEAD.match(lead_in)
        or (label and NO_WORK_HEAD.match(lead_in, label.start("words")))
        or listed
        or 2 * matters > len(parts)
    ):
        return True
    if lead_in.endswith(":") and _LIST_OF_EITHER.search(lead_in, ends):
        last = item.children[-1]
        return not any(_assigns(part) for part in (*parts[:-1], text[last.body : last.first_line.end].strip()))
    no_work = [part for part in parts if _NO_WORK_PART.match(part) or NO_WORK_HEAD.match(part)]
    return 2 * len(no_work) > len(parts) or _are_names(parts)


def registers_in(plain: str, tables: Iterable[TaskTable]) -> set[int]:
    """Where the rows of those `tables` begin that are registers of firms and the like, which state no work."""
    rows: set[int] = set()
    for table in tables:
        if _ASSIGNS_ROWS.search(plain, *table.head):
            continue
        firms = sum(bool(_FIRM.fullmatch(row.title.of(plain).partition("\n")[0].strip())) for row in table.rows)
        if 10 * firms >= 8 * len(table.rows):
            rows.update(row.span.start for row in table.rows)
    return rows


def _are_names(parts: Sequence[str]) -> bool:
    """Whether `parts` are names of one kind: 1.某县某某自然保护区 2.某市某某自然保护区 3.…"""
    if len(parts) <= 3:
        return False
    ends = [part.rstrip("。;, ")[-2:] for part in parts]
    end, times = Counter(ends).most_common(1)[0]
    if 10 * times < 8 * len(parts) or _WORK_END.match(end):
        return False
    names = sum(own == end and bool(_NAME.fullmatch(part)) for own, part in zip(ends, parts, strict=True))
    return 10 * names >= 8 * len(parts)


def _assigns(part: str) -> bool:
    """Whether an agency has work in `part`, which is no case: 1.市公安局组织摸排线索, but not 未经市水务局组织论证的;"""
    whole = (part, 0, len(part))
    return not part.rstrip("。;").endswith(("的", "前", "情况", "情形", "项目")) and any(
        (*find_duties(*whole), *find_clauses(*whole, ()))
    )
