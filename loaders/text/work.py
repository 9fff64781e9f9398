"""What states work: an item is a task unless all it says is of another kind: purpose, definition, scope, principles, effect,
permission, conditions, papers, offences. Each kind is one row of a table; an item is judged sentence by sentence.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from loaders.text.items import Item

_THIS = (
    "(?:本|该|此|这个?)(?:办法|条例|规定|细则|实施细则|方案|意见|规则|规范|措施|通知|制度|规划|计划|预案|政策|要点|法|标准"
    "|规程|指南|公告|决定)"
)

# The kind of a sentence that states no work, and how it is known.
# (Before a choice of words stand their first characters, which are asked far faster.)
NO_WORK: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    # 例 为规范…管理,根据《…》,制定本办法 · 根据《…》,结合本市实际,制定此实施细则
    ("purpose", re.compile(rf"^(?:为|根据|依据|依照|按照|按)[^。]{{2,400}}(?:制定|制订|特制定|订定)(?:了)?(?:{_THIS}|之)?$")),
    ("purpose", re.compile(rf"^{_THIS}依[^。]{{2,200}}[制订]定之$")),
    # 例 本办法所称…,是指… · 前款所称 · …包括:
    (
        "definition",
        re.compile(
            rf"(?:{_THIS}|本条|前款|上款)[^。,]{{0,12}}(?:所称|所指|所规定的|中的?用[语词])|^[^。,:]{{2,40}},?(?:是指|系指|指的是|即指)"
        ),
    ),
    (
        "definition",
        re.compile(r"^(?:[^。,:]{2,20},)?[^。,:]{2,30}(?:分为|划分为|由[^。]{2,60}(?:构成|组成)$)|^凡?符合[^。]{2,60}的,为"),
    ),
    # 例 本办法适用于… · …,适用本办法
    (
        "scope",
        re.compile(
            rf"(?=[适不参依按遵本该此这从另])(?:适用于|(?:不?适用|参照(?:执行)?|依照|按照|遵守|依){_THIS}|{_THIS}[^。]{{0,6}}适用"
            r"|适用前款|从其规定|另有规定的除外)"
        ),
    ),
    # 例 …应当遵循统筹规划、依法管理的原则
    (
        "principle",
        re.compile(
            r"(?:遵循|坚持|按照|贯彻|实行|遵守|体现)[^。]{2,120}原则(?:进行|执行|开展|实施)?$|^[^。]{2,30}坚持[^。]{2,120}(?:方针|原则)$"
        ),
    ),
    # 例 本办法自2021年1月1日起施行 · 由市司法局负责解释 · …同时废止
    (
        "effect",
        re.compile(
            rf"(?=[自从于本该此这解有同即试])(?:[自从于][^。,]{{2,40}}[起日后](?:正式)?(?:施行|执行|实施|生效)|{_THIS}由[^。]{{2,40}}解释"
            rf"|解释权|有效期|同时废止|即行废止|{_THIS}(?:的解释|与[^。]{{1,40}}不一致)|试行期)"
        ),
    ),
    (
        "effect",
        re.compile(
            rf"(?=[负不停本该此这])(?:负责{_THIS}?的?解释|(?:不再执行|停止执行)$|^{_THIS}[^。]{{0,8}}(?:未尽事宜|未作规定))"
        ),
    ),
    # 例 …可以向…申请 · 有权
    (
        "permission",
        re.compile(
            r"^(?:(?!应当?|必须|不得|负责|要)[^。]){0,80}(?:可以?(?!能|靠|行|持|见)|有权|得(?!到|出|当|分|知|益|失|以))(?:(?!应当|必须|不得|负责)[^。]){0,200}$"
        ),
    ),
    # 例 违反本办法规定,…的,依法给予处分 · 构成犯罪的,依法追究刑事责任
    (
        "penalty",
        re.compile(
            r"(?:^|,)(?:违反|构成|有[^。,]{0,20}(?:行为|情形)|对[^。]{2,60}的,)[^。]{0,200}(?:处分|处罚|罚款|追究|责任|惩处|查处|处理|责令)|依法(?:给予|追究)[^。]{0,40}(?:处分|处罚|责任)"
        ),
    ),
)
_NOUN = (
    "(?:情形|情况|行为|条件|材料|文件|资料|证明|证件|标准|内容|因素|条款|信息|物品|费用|数据|区域|水域|单位|对象|人员|企业"
    "|资格|要件|要素|类型|类别|特征|范围)"
)
# What comes under an item whose lead-in ends so is a list of conditions, papers, offences.
# 例 应符合以下条件: · 有下列行为之一的,由A责令改正:
NO_WORK_LIST: Final = re.compile(
    rf"(?:(?:下列|以下|如下|上述)[^。;:]{{0,16}}{_NOUN}|(?:基本|申请|申报|认定|准入|定性|定量|下列)条件|(?:提交|提供|报送|申报|申请|递交)[^。;:]{{0,16}}材料|包括|分为)[^。;:]{{0,40}}:$"
)
# A heading of no work. 例 (一)定性条件 · (二)申报材料 · (三)政策咨询
NO_WORK_HEAD: Final = re.compile(
    r"(?:(?:申[报请领]|认定|准入|受理|享受|补[助贴]|支持|奖励|基本|定性|定量|推荐|评审|适用|办理)?(?:条件|材料|对象|情形|范围|标准|依据|要件|流程图)|政策咨询|咨询(?:电话|方式)|联系方式)(?=[。:\n]|$)"
)
# A part of such a list. 例 (一)泄露数据的; · 2.项目投入证明材料;
_NO_WORK_PART: Final = re.compile(
    r"^[^。]{2,200}(?<!目)的[;。]?$|^[^。,;]{2,40}(?:申请[表书]|证明(?:材料)?|报告|复印件|合同|凭证|承诺书|许可证|执照)(?:\([^()]{0,60}\))?[;。]?$"
)
_SENTENCE: Final = re.compile(r"[^。;\n]{2,600}")


def no_work_of(text: str, item: Item) -> str:
    """The kind of what `item` says if none of it is work, else ""."""
    of_an_article = item.style == "article" or item.style.startswith("dec")
    first = ""
    for sentence in _SENTENCE.finditer(text, item.body, item.own_end or item.end):
        kind = _kind(sentence.group().strip(), of_an_article=of_an_article)
        if not kind:
            return ""
        first = first or kind
    return first


def _kind(sentence: str, *, of_an_article: bool) -> str:
    kinds = NO_WORK if of_an_article else _OF_PLANS
    return next((kind for kind, pattern in kinds if pattern.search(sentence)), "")


_OF_ARTICLES: Final = frozenset({"permission", "penalty", "principle", "definition"})  # what the items of a plan may say too
_OF_PLANS: Final = tuple((kind, pattern) for kind, pattern in NO_WORK if kind not in _OF_ARTICLES)


def lists_no_work(text: str, item: Item) -> bool:
    """Whether the items right under `item` are conditions, papers, offences or the like, so that it is the task itself."""
    if item.children[0].style in ("article", "section", "chapter"):
        return False
    lead_in = text[item.body : item.children[0].start].rstrip()
    if NO_WORK_HEAD.match(lead_in) or NO_WORK_LIST.search(lead_in, max(0, len(lead_in) - 120)):
        return True
    parts = [text[child.body : child.end].strip() for child in item.children]
    return 2 * sum(bool(_NO_WORK_PART.search(part) or NO_WORK_HEAD.match(part)) for part in parts) > len(parts)
