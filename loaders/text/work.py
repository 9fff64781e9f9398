"""What states work: an item is a task unless all it says is of another kind: purpose, definition, scope, principles, effect,
permission, conditions, papers, offences (loaders.text.no_work). An item is judged sentence by sentence.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from loaders.facts.duties import find_duties
from loaders.lexicon.predicates import ADVERBS, OPENERS, VERBS, WEAK
from loaders.names.actors import is_private
from loaders.names.mentions import find_mentions
from loaders.text.clients import CLIENTS
from loaders.text.no_work import NAMES_NO_BODY, NO_WORK
from loaders.text.view import within

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.model import Span
    from loaders.text.items import Item

# Minutes, and what a meeting resolves in them. 例 现将议定事项|纪要|如下: · 会议原则同意|《…》 · 会议要求|,加快进度
MINUTES: Final = re.compile(r"纪要(?:如下|\n|[〔\[(【])")
RESOLVES: Final = re.compile(r"会议(?:一致|原则)?(?:要求|强调|议定|决定|明确|确定|同意|审定)")
# 例 为此,|要专题向省政府请示 · 一|要用精练的语言 · |立即启动排查 · |不得擅自蓄水
_WANTED: Final = re.compile(
    rf"(?:^|[,。;:\d一二三四五六])(?:要(?![求点素件害])|须|应当?(?![急用])|必须|请|责成|确保|务必|不得|严禁)"
    rf"|^(?:{ADVERBS}){{0,2}}(?:{VERBS}|{OPENERS}|修改|启动)"
)
_SENTENCE: Final = re.compile(r"[^。;\n]{2,600}")
_STOP: Final = re.compile("[。;:,]")
_NO_HEAD: Final = re.compile("[。;:,?]")
_NO_HEADING: Final = re.compile("[。;:,]|由(?![于来])|承担")  # 例 费用由政府承担
_HEADING: Final = 30  # code points of the longest heading
# An item of nothing but names and figures. 例 (二)|机器学习 · 7|某某有限公司\n92.2\n两江新区
_NAMES: Final = re.compile(rf"(?:(?!{VERBS}|{OPENERS}|{WEAK}|工作|整治|行动|实行|履行|丰富)[^。;:,]){{2,120}}")
_LONGEST_NAMES: Final = 120
# Nothing but words of another text. 例 《许可证管理办法》第七条“申请人应当提交下列材料:营业执照。”
_QUOTED: Final = re.compile(r"《[^《》]{2,80}》(?:\([^()]{1,40}\))?(?:第[^“。,\n]{1,16})?“[^”]{2,900}”[。;]?")
_CELLS: Final = 3  # paragraphs without any stop from which on an item is a row of a table, told cell by cell
_SAYS: Final = re.compile("[。;:,]|[^\n]{40}")
# 例 推进河道治理 · 牵头单位 市水利局 · 12月底前
_TELLS_WORK: Final = re.compile(
    rf"(?:(?<=\n)|(?<=[.、) ]))[ ]{{0,4}}(?:{VERBS}|{ADVERBS}|{WEAK})|[年月底日]前|(?:牵头|责任|配合|主管)(?:单位|部门)"
)
_HEAD: Final = 14  # of the longest that is a sentence of its own
# What is no heading: it opens with work, or says what there is to be. 例 履行其他职责 · 国家建立农用地分类管理制度
_WORK: Final = re.compile(
    rf"(?:{ADVERBS}){{0,2}}(?:{VERBS}|{OPENERS}|{WEAK}|订定|划分|履行|承担|负责|决定|审议|批准|实行|其他"
    "|协调|处理|研究|统一|压减|丰富|放宽|延长|承办|办理|指导|监督|受理|审[核查]|编制|牵头|协助|配合)"
    "|[^。]{2,12}(?:实行|实施|建立|推行|开展|设立|制定|负责|应当?|不得|必须|每|可)"
)


# What makes a sentence more than a description. 例 应当 · 由市司法局 · |建立台账
_ORDERS: Final = re.compile(
    r"应|须|必须|不得|要(?![求素件点])|负责|严?禁|将|由(?!于)|请|确保|可"
    r"|鼓励|支持|不再|[关重][键点]是|提供|办理|实行|举[办行]|其他"
    rf"|(?:^|[,;:])(?:{ADVERBS}){{0,2}}(?:{VERBS}|{OPENERS}|{WEAK})"
)
# 例 |企业事业单位应当|储备应急物资, whatever it may do besides
_FIRM_MUST: Final = re.compile("[^。,可]{0,12}(?:企业|单位|公司|业主)(?:应当?|必须)")
_MUST: Final = re.compile("应(?![急用对])|须|不得|严?禁|要(?![求素件点害])|负责")
_LED_IN: Final = 24  # code points of the longest end of a lead-in that _LISTS_WORK knows
# Behind what an article lists duties or measures. 例 采取下列|措施: · 按下列|步骤进行:
_LISTS_WORK: Final = re.compile(
    r"(?:职责|措施|任务|工作|职权|负责|开展|做好|做到|流程|步骤|程序|办法|方式|要求|事项|处置)[^。:]{0,16}:\s{0,4}\Z"
)
_LISTS_END: Final = 48  # code points of the longest end of a lead-in that _LISTS knows
# Behind what an article lists things, and what is one of them. 例 |下列|建设工程必须评价: · (二)开发土地|的成本、费用
_LISTS: Final = re.compile(r"(?:下列|以下|包括)[^。:]{0,40}:\s{0,4}\Z")
_MEMBER: Final = re.compile(
    rf"(?!{ADVERBS}|查处|制止|打击|纠正|处[理罚]|调查|监督|举报|取缔|清理|整治|减免|支付|核定|收取|编制|审[查批核])"
    r"[^。,;:]{2,60}的[\u4e00-\u9fff、]{0,10}(?:金额|费用|行为|情形|建设工程|设施工程|电影|作品)"
)
# What says how things are. 例 编号|为六位 · 分|为两类 · 受法律保护
_STATES: Final = re.compile(
    r"[为是](?!主)|(?<!没)有(?!效|序|力|害|毒|机|关)|指(?![导挥定派])|包括|分为|属于|享[有受]|符合|具有"
    r"|受[^。,]{0,12}(?:法律保护|干涉)|适用|从其|依照|按照|不因|不予|不再"
    r"|的$|与|[和及、]|\d(?:元|%|周岁)|计算|达到"
)
# How work is done, or by when. 例 |逐株|登记 · 险情|即报 · 每月|会商
_HOW: Final = (
    "一律|全[部程员面]|逐|及时|尽快|随时|随到|即[时报]|同步|定期|当[天日]|专人|专班|到位|彻底|优先|就近|统一|集中|严格"
    "|每[年月周日天季半两二三五]|[年月周季]度?(?:调度|通报|[一两二三]次)|[时日]内|小时|[底日]前|年内|全年"
)
# The same, or work that opens no part of the sentence. 例 污染源|登记|造册
_DOES_WORK_SO: Final = re.compile(
    rf"{_HOW}|[上呈]报|公[示开告布]|登记|[存归建立]档|[备存]案|[列纳接]入|上缴|通报|演练|监测|巡[查检]|值[班守]|备份|留痕"
    "|新[建增装]|改造|取消"
)
# What opens with its time is no heading. 例 全年|完成造林任务 · 6月底前|完成改造
_BY_WHEN: Final = re.compile(rf"(?:全年|年内|[^。,]{{1,8}}[底日月年]前|每[年月周日天季半])[^。,]{{0,4}}(?:{VERBS}|{ADVERBS})")
# A heading of who, what, when and how much. 例 编报范围 · 时间范围 · 大赛主题 · 考试科目及时间
_OF_TERMS: Final = re.compile(
    "[\u4e00-\u9fff]{0,8}(?:范围|对象|主题|科目|形式|标准|时间|地点|格式|名额|数量|期限|类[别型]|目的)"
    "(?:[及和与、](?!措施|重点|任务)[\u4e00-\u9fff]{1,6})?"
)
# The title of a text whose items are rules, whatever their numbers. 例 关于印发某补贴|实施办法|的通知
_RULES_TITLE: Final = re.compile(r"(?:办法|细则|条例|规程|规则)(?:\([^()]{1,10}\))?》?(?:的(?:通知|公告))?$")


class _Kinds:
    """The kinds that are asked for, and whether a sentence is of any: most are of none, which two searches tell."""

    def __init__(self, kinds: Sequence[tuple[str, str, re.Pattern[str]]]) -> None:
        self._kinds = [(kind, pattern) for kind, _, pattern in kinds]
        self._at_head = re.compile("|".join(pattern.pattern for _, pattern in self._kinds))
        opens = "".join(sorted({c for _, opens, _ in kinds for c in opens}))
        self._within = within(opens, "|".join(pattern.pattern for _, opens, pattern in kinds if opens))

    def of(self, sentence: str) -> str:
        if not (self._at_head.match(sentence) or self._within.search(sentence)):
            return ""
        return next((kind for kind, pattern in self._kinds if pattern.search(sentence)), "")


# None where an agency opens the sentence or has work in it.
_UNLESS_DUTY: Final = frozenset(
    {
        "applicant",
        "ban",
        "boon",
        "case",
        "client",
        "crime",
        "hand-in",
        "later",
        "levels",
        "members",
        "persons",
        "place",
        "stance",
        "standard",
        "told",
    }
)
_UNLESS_ASSIGNED: Final = frozenset({"contact", "kinds", "permission", "reward"})  # or only has work in it
# What only articles say of no work; the items of a plan may say it of work.
_OF_ARTICLES: Final = frozenset(
    {"ban", "client", "kinds", "levels", "papers", "penalty", "permission", "principle", "private", "reward", "stance"}
)
_ALL: Final = (*CLIENTS, *NO_WORK)
_KINDS_OF_PLANS: Final = _Kinds([row for row in _ALL if row[0] not in _OF_ARTICLES])
_KINDS: Final = _Kinds(_ALL)


def are_rules(title: str | None) -> bool:
    """Whether the text of this title is one of rules: a 办法, 细则, 条例, 规程 or 规则."""
    return bool(title and _RULES_TITLE.search(title))


def are_minutes(plain: str, title: str | None, span: Span) -> bool:
    """Whether the text at `plain[span]`, of this title, is the minutes of a meeting."""
    return bool(title and title.endswith("纪要")) or bool(MINUTES.search(plain, *span))


def no_work_of(text: str, item: Item, *, of_rules: bool = False) -> str:
    """The kind of what `item` says if none of it is work, else "". `of_rules`: as an article says it, whatever its number."""
    numbered_so = item.style == "article" or item.style.startswith("dec") or (item.parent and item.parent.style == "article")
    if _is_names(text, item) or (text.startswith("《", item.body) and _QUOTED.fullmatch(text, item.body, item.end)):
        return "names"
    kinds = _KINDS if of_rules or numbered_so else _KINDS_OF_PLANS
    of_terms = _OF_TERMS.fullmatch(item.title) and not _WORK.match(item.title)
    may_describe = (numbered_so and not _is_asked(text, item)) or of_terms
    of_list = may_describe and _is_of_list(text, item)
    first = ""
    begin = item.first_line.end if _is_headed(text, item) else item.body
    for found in _SENTENCE.finditer(text, begin, item.aside.start if item.aside else item.end):
        sentence = found.group().strip()
        if not sentence:
            continue
        kind = kinds.of(sentence)
        if not kind and found.start() == begin and _heads(sentence):
            first = "heading"
            continue
        if kind == "question" and found.start() == begin:
            first = kind
            break  # what follows is the answer
        if kind == "guide" and item.style != "article" and not (of_rules and item.style == "cn"):
            return ""  # 领导小组职责:(一)以…为指导,研究…
        if kind in _UNLESS_DUTY and _has_duty(sentence):
            return ""
        if kind in _UNLESS_ASSIGNED and any(find_duties(sentence, 0, len(sentence))):
            return ""
        if not kind and may_describe and (_describes(sentence) or (of_list and _MEMBER.fullmatch(sentence))):
            kind = "described"
        if not kind and not _goes_on(sentence, first, later=item.style == "article" and found.start() >= item.first_line.end):
            return ""
        first = kind if first in ("", "heading") else first
    return first


def _is_names(text: str, item: Item) -> bool:
    """Whether `item` is nothing but names and figures, or a row of a table told cell by cell."""
    length = item.end - item.body
    if length <= _LONGEST_NAMES and _NAMES.fullmatch(text, item.body, item.end):
        return True
    if item.paragraphs < _CELLS or length > _CELLS * _LONGEST_NAMES or _SAYS.search(text, item.body, item.end):
        return False
    return not _TELLS_WORK.search(text, item.body, item.end)


def _is_asked(text: str, item: Item) -> bool:
    """Whether `item` is one of the duties or measures that its article lists: 应当采取下列措施:(一)扑杀染疫动物."""
    above = item.parent
    if not above or above.style != "article":
        return False
    first = above.children[0].start
    return bool(_LISTS_WORK.search(text, max(above.body, first - _LED_IN), first))


def _is_of_list(text: str, item: Item) -> bool:
    """Whether `item` is one of what its article lists: 下列建设工程必须进行评价:(一)核电站."""
    above = item.parent
    if not above or not above.children:
        return False
    first = above.children[0].start
    return bool(_LISTS.search(text, max(above.body, first - _LISTS_END), first))


def _describes(sentence: str) -> bool:
    """Whether a sentence only says how things are: nothing must be, nobody acts, and none of its parts opens with work."""
    if not _STATES.search(sentence) or _DOES_WORK_SO.search(sentence) or _ORDERS.search(sentence) or _WORK.match(sentence):
        return False
    return not (find_mentions(sentence, 0, len(sentence)) or any(find_duties(sentence, 0, len(sentence))))


def _heads(sentence: str) -> bool:
    """Whether the first sentence of an item is but its heading: (一)生态宜居。|反映环境要素保护情况"""
    if sentence in ("其他", "其他事项"):
        return True
    if len(sentence) > _HEAD or _NO_HEADING.search(sentence) or _WORK.match(sentence) or _BY_WHEN.match(sentence):
        return False
    return not _has_duty(sentence)


def _is_headed(text: str, item: Item) -> bool:
    """Whether its first line is a heading, which says nothing itself: 10.2 预案的实施"""
    stop = item.first_line.end
    return item.paragraphs > 1 and stop - item.body <= _HEADING and not _NO_HEAD.search(text, item.body, stop)


def _goes_on(sentence: str, first: str, *, later: bool) -> bool:
    """Whether a sentence of no kind says no more than the `first` before it; one of a `later` paragraph of an article where it
    puts a duty on nobody."""
    if (first == "conditions" and sentence.endswith("的")) or (first == "paper" and sentence.startswith("(")):
        return True
    if first in ("definition", "scope") and sentence.startswith("其中"):
        return not _has_duty(sentence)
    if first in ("definition", "reader", "contact", "time", "penalty"):
        return not (_MUST.search(sentence) or _has_duty(sentence))
    if first in ("private", "ban") and NAMES_NO_BODY.match(sentence):
        return True
    if first == "permission" and _FIRM_MUST.match(sentence):
        return False
    return later and first != "described" and not _has_duty(sentence)


def opens_with_duty(text: str, item: Item) -> bool:
    """Whether `item` opens with an agency that has to do something, and no offence is meant: 市统计局应当设立举报电话."""
    first = _SENTENCE.search(text, item.body, item.end)
    sentence = first.group().strip() if first else ""
    duty = next(find_duties(sentence, 0, len(sentence)), None)
    return duty is not None and not duty.unit.start and not _KINDS.of(sentence)


def asks_for_work(text: str, item: Item) -> bool:
    """Whether `item` asks for something: 为此,要专题请示 · 进一步规范程序 · 市水利局巡查."""
    words = text[item.body : item.end]
    return bool(_WANTED.search(words) or any(find_duties(words, 0, len(words))))


def wants_work(text: str, item: Item) -> bool:
    """Whether a meeting wants done what `item` says, of which it was told: 为此,要专题请示 · 会议要求,…"""
    return bool(RESOLVES.search(text, item.body, item.end)) or asks_for_work(text, item)


def _has_duty(sentence: str) -> bool:
    """Whether an agency has to do something in `sentence`, or opens it."""
    first = next(iter(find_mentions(sentence, 0, len(sentence))), None)
    opens = first is not None and not first.start and not is_private(sentence[: first.end])
    return opens or next(find_duties(sentence, 0, len(sentence)), None) is not None


def resolutions(plain: str, span: Span, paragraphs: Sequence[Span]) -> list[Span]:
    """Those of the `paragraphs` in which a meeting resolves on work, if the text at `span` is its minutes."""
    return [line for line in paragraphs if RESOLVES.search(plain, *line)] if MINUTES.search(plain, *span) else []
