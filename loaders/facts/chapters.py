"""What stands under a heading: tasks, safeguards, steps, or no work at all."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from loaders.facts.principles import HEADING, PRINCIPLE_HEAD
from loaders.lexicon.predicates import ADVERBS, VERBS
from loaders.text.items import ROW
from loaders.text.view import within
from loaders.text.work import asks_for_work, no_work_of, opens_with_duty, wants_work

if TYPE_CHECKING:
    from kg.model import Span, TaskKind
    from loaders.text.items import Item

# Chapters whose items are no tasks.
# 例 指导思想 · 工作原则 · 重大意义
_WHY = (
    "指导思想|总体要求|总体思路|总体考虑|(?:基本|工作|主要)原则|基本思路|必要性|紧迫性"
    "|(?:重[大要](?:政治|现实|战略|历史)?意义|重要性)(?!的?认识)|^[\u4e00-\u9fff]{0,4}目的(?:[和与]?(?:意义|原则))?$"
)
# 例 实施原则 · 清理整顿的原则, but not 落实属地管理原则
_PRINCIPLES = (
    "^(?!(?:坚持|遵循|把握|明确|按照?|贯彻|落实|执行|实[行施]|践行|确立|体现|细化|完善)(?!原则))[\u4e00-\u9fff]{2,12}的?原则$"
)
# 例 总体目标 · 目标要求, but not 目标任务, which names tasks too
_GOALS = (
    "目标(?:要求|$(?<=^目标)"
    "|(?<=(?:工作|总体|发展|主要|行动|试点|具体|建设|培养|科学|年度|环境|规划|整治|整改|治理|改革|创建)目标)"
    "(?!任务|责任|考核|管理))"
)
# 例 推荐单位 · 修筑设施申请材料 · 申报材料清单 · 申报材料内容及装订要求
_PAPERS = (
    f"^(?!{ADVERBS}|审(?!批)|核|受理|提交|准备|规范|精简|报送|明确|界定|扩大|[精压]减|减少|统一|优化|清理|取消|简化)"
    "[^,。]{0,10}(?:推荐单位|审批范围|支持范围|申[报请]材料)(?:清单|内容)?(?:[及和与][^,。]{0,4}要求)?$"
)
# 例 完成时限 · 适用范围 · 编制依据 · 名词术语的定义 · 重点支持方向 · 联系方式
_TERMS = (
    "^(?:名词|术语)[^。,]{0,10}$|时限(?<=(?:落实|完成)时限)|时间安排$(?<=^时间安排)|试点范围|实施范围"
    "|支持对象|适用范围(?![及和与、][^,。]{0,6}(?:职责|任务|分工))|(?:编制(?:目的|依据)|等级划分|事件分级|预案解释)$"
    "|支持(?:方向|领域)$(?<=重点支持..)|^(?!公[布示开]|畅通|建立|更新|完善)[^,。]{0,16}联系(?:方式|电话)$|^咨询(?:方式|电话)"
)
# 例 存在的主要问题 · 检查情况 · 自查范围 · 执法重点 · 主要成效
_FINDINGS = (
    "存在的?(?:主要|突出)?问题|(?:判定|工作)依据$|主要(?:成效|做法|进展[和与及]成效)$|工作[和与及](?:主要)?成效$|成效显著$"
    "|(?:抽查|检查|督查|检测|总体|基本|执行|完成|落实|推进|进展|发生|分布)(?:结果|情况|内容|项目)$"
    "|(?:[自督巡核]查|督导|走访|暗访|抽查|检查|执法|整治|治理|排查)(?:重点)?(?:内容|范围|对象|时间|重点|分组|目的)$"
)
# 例 优化营商环境典型做法 · 督查发现的典型经验做法(共30项), but not 推广典型经验
_TOLD = (
    "^(?!推广|复制|总结|宣传|提炼|[选树]树|培育|打造|借鉴|加强|强化|[报上][送报]|征集|[挖发]掘|发布|评选|交流|学习|推[行介]"
    "|落实)[^。,]{0,16}典型(?:经验)?(?:做法|经验|案例)"
    r"(?:\([^()]{1,8}\))?$"
)
# 例 对涉事企业查处情况 · 某县案件查处和问责情况, but not 公开查处情况
_CASES = (
    f"^(?!{VERBS}|{ADVERBS}|[上呈]?报|通报|公[开布示告]|反馈|掌握|汇总)[^。,]{{0,24}}"
    "(?:查处|问责|处罚|责任追究|处分)[^,。]{0,6}(?:情况|结果)$"
)
# 例 填表说明 · 相关定义 · 基础与优势 · 地位和作用 · 活动主题 · 奖项设置 · 办公地点和咨询电话
_EXPLAINED = (
    "^(?:活动|大赛|竞赛|比赛|参赛)(?:主题|对象|时间)$|^奖项设置$"
    "|^(?!调整|变更|公布)[^,。]{0,8}地[点址][和及、](?:咨询|联系)?电话$|"
    "^(?:(?:填[表写报]|名词|相关)说明|注释?|(?:相关|有关|名词|术语)定义|(?:现有|发展|产业)?基础[与和、]优势|地位[与和]作用)$"
)
# 例 标准体系框架 · 战略态势
_HOW_IT_IS = (
    "^(?!构建|开展|实施|严格|落实|执行|细化|建[立设]|健全|完善|优化|推[进动]|打造|形成|加[快强]|编制|制[定订]|提升|改善|创新"
    "|发展)[^,。]{0,12}(?:体系(?:结构|框架)图?|标准子体系|风险分类)$"
    "|^(?:产业|行业|发展|战略|总体){0,2}(?:现状|态势|背景)$"
)
_BACKGROUND = "(?:政策|工作|起草|实施|编制|出台|制定|修订)背景$"  # 例 起草背景
# 例 发展现状 · 面临形势 · 起草背景 · 2021年预算执行情况
_STATE_OF_THINGS = (
    r"^(?:发展)?现状|^(?!认|通报|听取|充分|准确|科学|深刻|分析|研判|切实|加强|密切)[^。,]{0,16}形势(?:[和及]特点)?$"
    rf"|{_BACKGROUND}|^(?!夯实|[筑打]牢|巩固|强化)[^。,]{{0,6}}(?:发展|工作)基础$"
    r"|\d{4}年[^,。]{0,10}(?:决算|预算(?:草案)?|收支)(?:情况)?$"
)
# 例 补贴对象 · 申请资料 · 薪酬待遇 · 先进集体
_WHO_GETS = (
    "^(?:[补津]贴|资助|补助|救助|扶持|保障|奖补|适用|申[请报])(?:对象|条件|资料|标准)$|^(?:申请|申报|认定|入选)?基本条件$"
    "|^(?:福利|薪酬|工资|相关)?待遇$|^(?:先进|优秀)(?:集体|个人|单位)(?:名单)?$"
)
# 例 考核对象 · 准入条件 · 重大处罚的范围 · 收支范围的划分 · 不予受理的情形 · 总投资及资金来源
_FACTS = (
    "(?:考核|考评|评[价选])(?:对象|指标(?:设定|体系|说明)?|标准)$|^(?:考核|评[分价]|计分|奖励)标准$"
    "|(?:准入|启动|响应)条件$|(?:的|收支|使用)范围$|的(?:主要)?情形$|范围的划分$|^(?:主要)?技术标准$"
    "|^(?:项目)?总?投资(?:概算|估算)?(?:[及和与、]资金来源)?$|^资金来源$|(?:施行日期|实施时间)$"
)
# 例 号牌编码规则 · 图1 证件式样 · 租赁期限 · 招生对象, but not 统一证件式样
_OF_THINGS = (
    "^(?!统一|规范|制[定作]|设计|明确|优化|调整)[^,。:]{2,12}(?:编码规则|规格尺寸|[式图]样|外形尺寸)(?:对比)?$"
    "|^(?:租赁|租期|合同|聘用|试用)期限$|^(?:租金|租赁费用)(?:标准|[及和与]期限)?$|^参加(?:企业|单位|人员)$|^招生对象$"
    "|[^。,]{2,16}(?:委员|成员|名单)\\(按[^()]{2,16}\\)$"
)
# 例 事故控制指标, but not 分解约束性指标
_LIMITS = "^(?!完善|建立|健全|制[定订]|分解|下达|明确|优化)[^,。]{0,6}(?:控制|约束)性?指标$"
# 例 笔试内容 · 报名办法 · 测试费用 · 资助期限和资助强度
_OF_A_CONTEST = (
    "^(?:[笔面口考测]试|试讲|体检)(?:方[式法]|内容|时间|地点|科目|费用|开考比例|成绩[^,。]{0,6})(?:[及和、][^,。]{1,8})?$"
    "|^报名(?:方式|办法|材料|条件|费用)(?:[及和与、][^,。]{1,8})?$|^资助(?:期限|强度|额度)[^,。]{0,6}$"
    "|^(?!优化|简化|规范|压|完善)[^,。]{0,6}缴费(?:时间|标准|方式|操作流程|流程)$"
)
# 例 单位简介 · 信息发布地址 · 限项申请规定 · 核心科学问题
_OF_A_NOTICE = (
    "^(?:单位|学校|产品|公司|机构|项目|企业)简介$|^申[报请](?:主体|时间|类[型别])$"
    "|^联系人(?:[及和]?(?:电话|联系方式))?$|^信息(?:发布|公布|公告)(?:地址|网站|渠道|平台)$"
    "|^(?:限项|申请|申报)[^,。]{0,4}规定$|^(?:核心)?(?:科学|核心)问题$"
)
# 例 所需条件 · 选派人数 · 修订内容 · 《规划》编制过程
_OF_PERSONS = "^(?:所需|应聘|报考|入选|任职|选派)条件$|^选派(?:人数|名额)|^修订内容$|^(?:《?规划》?|方案)?编制过程$"
# 例 建设规模及主要内容 · 项目法人
_OF_A_PROJECT = (
    "^(?:项目)?建设(?:规模|地[点址]|期限|工期|性质)(?:[及和与、][^。,]{1,12})?$|^项目(?:法人|业主|名称|概况)(?:单位)?$"
)
_OF_PLANS = (_WHY, _PRINCIPLES, _GOALS, _TERMS, _PAPERS, _EXPLAINED, _FINDINGS, _TOLD, _CASES, _HOW_IT_IS, _STATE_OF_THINGS)
NO_TASK_HEAD = re.compile(
    "|".join((*_OF_PLANS, _OF_THINGS, _FACTS, _LIMITS, _WHO_GETS, _OF_A_CONTEST, _OF_A_NOTICE, _OF_PERSONS, _OF_A_PROJECT))
)
_NO_TASK_WITHIN = within(
    r"指总基工主重必目成时试适实支编等事预施存抽检督执完落推进自走暗判政起发考准的收范安分使启响环规出制修0-9",
    NO_TASK_HEAD.pattern,
)
# Such a heading, glued to the first words under it. 例 成员组成|联席会议由 · 工作目标|以消除隐患为目标 · 适用范围|本预案
GLUED_HEAD = re.compile(
    r"(?:编制目的|编制依据)(?=[\u4e00-\u9fff《])|(?:准确|全面)?把握[\u4e00-\u9fff]{0,6}总体要求(?=坚持|以)"
    r"|(?:成员组成|组成人员|人员组成)(?=[^,。;:]{2,16}由)|(?:(?:工作|总体|主要|整治)(?:目标|思路)|总体要求|指导思想|适用范围)"
    r"(?=[以为本]|根据|通过|按照|到20|全面|坚持|结合)|整治范围(?=[^,。;:]{2,24}范围内,)|必要性[和与]紧迫性(?=[^,。]{2,24}是)"
)
# The same of a heading of any length. 例 充分认识做好防汛工作的重要性
_WHY_AT_LENGTH = re.compile(r"(?:充分|深刻|切实|准确)认识[^。;]{2,50}(?:重要性|必要性|紧迫性|(?:重[大要]|现实)意义)$")
# Who a body is made up of, and no more. 例 二、成员单位
MEMBERS_HEAD = re.compile(
    r"(?:[\u4e00-\u9fff]{0,12}(?:小组|会议|指挥部|委员会))?(?:组成)?(?:成员单位|组成人员|成员名单|人员组成|成员组成)"
)
# Who may apply, and for what; a chapter of articles on it has duties too.
# 例 二、选拔条件 · 申报范围、对象 · 考核聘用岗位及人数 · 招商对象及条件
_OF_WHAT = "(?:对象|单位|机关|岗位|名额|人数|费用|强度|领域|时间|范围|名称)(?:[、和及与][^。,:]{1,8}){0,2}(?=:|$)"
TERMS_HEAD = re.compile(
    r"(?:选拔|申[报请]|推荐|评选|参评|招[聘录]|报名|资助|奖励|认定|表彰|评比)的?(?:基本)?(?:范围|对象|条件|名额|规模|资格)"
    r"|(?:招商|征集|受理|审查|申报|办理)(?:对象|条件|方向|标准|地址|地点|部门及咨询电话)(?=$|[及和与、])"
    rf"|(?:申报|评审|考核|聘用|招[聘录]|选拔|引进|资助|委托|受托|许可){{1,2}}的?{_OF_WHAT}"
)
# The chapter of a law on offences; 责任追究 of a plan is work. 例 第五章 法律责任
PENALTIES_HEAD = re.compile(r"(?:法律责任|罚[ ]{0,4}则|处罚)")
SILENT_HEAD = re.compile(
    rf"存在的?(?:主要|突出)?问题|{_BACKGROUND}|(?:抽查|检查|督查|检测|总体|基本|执行|完成|进展)(?:情况|结果|内容)$"
    rf"|指导思想|(?:重[大要](?:政治|现实|战略|历史)?意义|重要性)(?!的?认识)|必要性|{PRINCIPLE_HEAD.pattern}"
)
SAFEGUARD_HEAD = re.compile(
    r"保障措施|组织保障|工作要求|组织实施|实施保障|工作保障|保障机制|相关要求|有关要求"
    r"|组织领导$(?:(?<=^组织领导)|(?<=^加强组织领导))|强化保障$(?<=^强化保障)|有关事项$(?<=^有关事项)|保障$(?<=^保障)"
)
STEP_HEAD = re.compile(r"实施步骤|阶段安排|工作步骤|方法步骤|时间安排|步骤安排|实施阶段|进度安排|推进步骤")

_TELLS_CASES = re.compile(f"{_TOLD}|{_CASES}")
# What a meeting talks about; under it is what it was told. 例 一、审议《…》
_TALKED_OF = re.compile(r"(?:书面)?审议|听取|传达|学习|审定|通报")
_FOUND = re.compile(_FINDINGS)
_AIMED_AT = re.compile(_GOALS)

# What has been or is, which is work only where something is asked. 例 城市节水情况 · 地震趋势 · 关于今年危险区的判定
_REPORTED = re.compile(
    rf"(?!{VERBS}|{ADVERBS})(?:(?!应(?![用急])|须|需|向|要|了解|公开|掌握|报告|汇报)[^。,:]){{2,28}}(?:情况|趋势|态势|的判定)$"
)
# 例 城区古树长势情况。|完成剩余体检
_OPENS_WITH_WORK = re.compile(rf"[。;\n][ ]{{0,4}}(?:{ADVERBS}){{0,2}}{VERBS}")

# What is work though it ends as a head of findings does. 例 各县区每月25日前|报送进展情况 · |督促检查各部门政策落实情况
_TO_BE_TOLD = re.compile(
    "(?:报送|上报|汇报|掌握|了解|(?:^|日前|及时|定期|主动|如实|按[时期月季]|向[^。,]{2,16})(?:报告|反馈|公开|公布|通报))"
    "[^。,]{0,10}(?:情况|结果)$|^(?:督促|监督)[^。,]{2,40}(?:落实|执行|完成|整改)情况$"
)


class Chapter(NamedTuple):
    """What stands under a heading: its kind, and whether it is tasks at all; the number and the titles above it, as printed;
    whether it is of offences, and whether a meeting only talked of it."""

    kind: TaskKind
    of_tasks: bool
    number: str
    titles: tuple[str, ...]
    of_offences: bool = False
    is_talk: bool = False

    def numbered(self, item: Item) -> str:
        """The number of an item behind those above it: 2.1.3."""
        if item.number is None:
            return self.number
        return f"{self.number}.{item.number}" if self.number else str(item.number)


WHOLE = Chapter("task", True, "", ())  # what stands under no heading


def chapter_under(heading: Item, above: Chapter, text: str, *, assigns: bool, assigns_each: bool) -> Chapter:
    """What stands under `heading`, by its title in the `text` of the source and by what stands `above` it; what is looked into
    (整治重点) is tasks where a clause `assigns` some of it, and goals are where clauses assign each item of them."""
    short = len(heading.title) <= HEADING
    kind: TaskKind = "step" if short and STEP_HEAD.search(heading.title) else above.kind
    if above.kind == "safeguard" or (short and SAFEGUARD_HEAD.search(heading.title)):
        kind = "safeguard"
    return Chapter(
        kind,
        above.of_tasks
        and (
            heading.title == "时间安排"
            or (assigns and bool(_FOUND.search(heading.title)))
            or (assigns_each and bool(_AIMED_AT.search(heading.title)))
            or not _says_no_tasks(heading)
        ),
        above.numbered(heading),
        (*above.titles, heading.title_span.of(text)),
        above.of_offences or bool(PENALTIES_HEAD.fullmatch(heading.title)),
        bool(_TALKED_OF.match(heading.title)),
    )


def _says_no_tasks(heading: Item) -> bool:
    if heading.style not in ("chapter", "section", "article") and TERMS_HEAD.match(heading.title):
        return True
    if len(heading.title) > HEADING and not NO_TASK_HEAD.match(heading.title):
        return False  # the sentence behind it holds such a word: 推进应用|按照“一批”总体思路,…
    return _heads_no_task(heading.title)


@lru_cache(maxsize=1 << 12)
def _heads_no_task(title: str) -> bool:
    return bool(NO_TASK_HEAD.match(title) or _NO_TASK_WITHIN.search(title)) and not _TO_BE_TOLD.search(title)


def states_no_work(plain: str, item: Item, above: Chapter, *, of_rules: bool, of_minutes: bool) -> bool:
    """Whether an item without others under it is no task; `of_rules`: in a text of rules (loaders.text.work.are_rules);
    `of_minutes`: in those of a meeting."""
    alone = (item.style in ("chapter", "section") or item.number is None) and item.end <= item.first_line.end
    if alone and len(item.title) <= HEADING and "," not in item.title:
        return True  # a heading with nothing under it, as in a table of contents
    if not above.of_tasks or (item.style == "article" and above.of_offences and not opens_with_duty(plain, item)):
        return True
    of_members = "成" in item.title and MEMBERS_HEAD.fullmatch(item.title)
    if of_members or GLUED_HEAD.match(item.title) or _WHY_AT_LENGTH.match(item.title):
        return True
    if len(item.title) <= HEADING and _says_no_tasks(item):
        return True  # a longer title is a sentence of work that holds such a word
    if of_minutes and above.is_talk:
        return not wants_work(plain, item)
    return _only_reports(plain, item) or bool(no_work_of(plain, item, of_rules=of_rules))


def _only_reports(plain: str, item: Item) -> bool:
    """Whether `item` tells under a heading how things are, asks for nothing, and no sentence of it opens with work."""
    headed = item.title_span.end + HEADING < item.end
    if not (headed and _REPORTED.match(item.title)) or asks_for_work(plain, item):
        return False
    return not _OPENS_WITH_WORK.search(plain, item.title_span.end, item.end)


def tells_cases(item: Item | None) -> bool:
    """Whether a heading of `item` or above it says that what stands there was done: 典型案例 · 对涉事企业查处情况."""
    path = item.path() if item else ()
    return any(len(heading.title) <= HEADING and _TELLS_CASES.match(heading.title) for heading in path)


def is_silent(item: Item) -> bool:
    """指导思想 or principles, alone in their chapter: with goals beside them only their own part of it is silent."""
    silent = SILENT_HEAD.search(item.title) and not _TO_BE_TOLD.search(item.title)
    if len(item.title) > HEADING or "应当" in item.title or not silent:
        return bool(_WHY_AT_LENGTH.match(item.title))
    return not any(_heads_no_task(child.title) for child in item.children)


def is_caption(item: Item, words: Span) -> bool:
    """Whether `words` stand in the title of a table, whose year is no deadline. 例 2023年重点任务分工表"""
    above_rows = next(item.leaves()).style == ROW != item.style
    return not item.printed and above_rows and words.end <= item.first_line.end
