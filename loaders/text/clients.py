"""The kinds of sentences in which only those act whom a rule gives something or asks for it, and no agency does: applicants,
taxpayers, the insured. loaders.text.work judges items by them beside those of loaders.text.no_work.
"""

from __future__ import annotations

import re
from typing import Final

from loaders.lexicon.predicates import ADVERBS, VERBS
from loaders.lexicon.table import pattern_of, words_by_class
from loaders.text.things import NO_BODY

_WORDS: Final = {
    kind: pattern_of((word, "", "") for word, *_ in words) for kind, words in words_by_class("clients.tsv").items()
}
_CLIENT: Final = _WORDS["client"]
_BOON: Final = _WORDS["boon"]
# An agency that opens a part of the sentence, or is left out, and acts. 例 ,|登记机关依法登记 · 由|区民政局核定 · |停止发放
_AGENCY_ACTS: Final = (
    r"[^。]{0,300}(?:(?:,|由)(?!(?:应当?|须|可以?|依法){0,2}(?:[经向与从在按报]|提交|递交|配合))"
    r"[^。,]{0,16}(?:部门|机关|机构|政府|委员会|[局厅]|街道|(?:公司|企业|学校|医院|单位)应当?)|停止(?!缴)|发放|收回|退还"
    r"|(?<!国家)给予(?![^。,]{1,12}的,)|牵头|(?<!性)负责(?!任)|责任单位)"
)
# Its head is no order, but may tell which clients: |领取|护理费的残疾人
_ALONE: Final = rf"^(?:(?=(?:[^。,;:]{{2,100}}的)?{_CLIENT})|(?!{VERBS}|{ADVERBS}))"


def _alone(words: str) -> re.Pattern[str]:
    """`words` from the head of a sentence on, in which no agency acts: that is asked last, for few get so far."""
    return re.compile(rf"{_ALONE}(?={words})(?!{_AGENCY_ACTS})")


# What makes a client the subject. 例 纳税人|应当 · 申请人|在网上提交 · 残疾人|,可同时申请 · 市场主体|设立分支机构,应当
_MUST: Final = "(?:应当?|须|必须|不得|不能|只能|可以?|不?享[受有]|无需)"
_DOES: Final = (
    "(?:及其|和|或者?|本人|、|接受|购[置买]|取得|获得|提[出交]|变更|设立|注销|办理|持有|未|需要|因|对|按|在|就|申[请报领]|入住"
    "|参加|请求|要求|符合|使用|租赁|发生|达到|子女)(?:(?!企业|单位|机构|公司|组织|职工|部门)[^。;:])"
)
_ACTS: Final = (
    rf"(?:\([^()]{{1,40}}\))?(?={_MUST}|{_DOES}{{1,60}}?(?:依法)?{_MUST}"
    "|,|的下列|首次|变更|设立|实行|进行|凭|持|在|向|按|通过|自|除|索取|申[请报领])"
)
# Those whom a rule allows or asks for something without giving any agency work; what they must do is a task.
_PRIVATE = (
    "(?:企业|个人|公民|法人|(?:社会|其他|的)组织|村民|居民|业主|住户|当事人|[申请报]{1,2}(?:人|单位|主体|企业)|(?:建设|施工"
    "|使用|经营|生产|用人|投资)单位"
    "|经营者|生产者|从业者|投资者|消费者|(?:普查|调查)对象|机动车|驾驶人|单位[和或者及、]{1,2}个人)"
)
# Behind what an applicant is like, nothing that it is asked for, and no work: 项目已列入规划,|加快实施
_ASKS_NOBODY = (
    "^(?=[^。,]{0,30}(?:申[报请]|项目[已符]|具有|未))"
    "(?![^。]{0,200}(?:请(?!人|主|单)|应|须|登录|填报|,(?:逐|加快|加强|强化|推进|纳入|减少)))"
)
# 例 个人|享有 · 申请单位|应当提交
_ACTS_AS_PRIVATE = (
    "(?:(?<![许认])可以?(?!能)|都有|承诺|提出(?!的)|提交|享受|享有|提供(?=[^。,]{0,16}(?:材料|资料|证明|文件|凭证)))"
)
# 例 |主管部门不予受理 · 材料齐全|的,应当受理
_AGENCY_MUST = "(?:(?:部门|机关|政府|[局厅委])(?:应当?|要|负责|不?予)|的,应当?(?:受理|核实|作出|办结))"
# 例 需要变更的,应当依法向登记机关申请
_APPLIES = rf"^(?=[^。]{{2,60}}的,应当){NO_BODY}{{2,60}}的,应当[^。]{{0,20}}向[^。]{{2,40}}(?:申请|申报|提出|办理)"
CLIENTS: Final[tuple[tuple[str, str, re.Pattern[str]], ...]] = (
    # 例 纳税人应当留存资料备查 · 在一个年度内,参保人员只能享受一次
    (
        "client",
        "",
        _alone(
            rf"(?:[^。,;:]{{2,60}},)?(?![向由给把让使以])"
            rf"(?:(?!应(?!届)|须|将|为|对|部门|机关|政府)[^。,;:]){{0,100}}?{_CLIENT}{_ACTS}"
        ),
    ),
    # 例 租金支出由承租人扣除
    (
        "client",
        "",
        _alone(rf"[^。;:]{{2,160}}由[^。,;:]{{0,24}}{_CLIENT}[^。]{{0,60}}(?:扣除|承担|支付|缴纳|负担|申报)"),
    ),
    # 例 领取护理费的残疾人,不享受补贴 · 年满60周岁的公民,享受本办法规定的优待 · 补贴不计入家庭收入 · 支出按照标准定额扣除
    (
        "boon",
        "",
        _alone(
            rf"(?![对将为给把让使以])[^。]{{2,200}}(?:不享受[^。,]{{0,16}}{_BOON}|[^不]享受[^。,]{{0,16}}(?:优待|优惠)$"
            rf"|(?:同时|重复|择高)享受|(?:定额|据实|限额)扣除)"
        ),
    ),
    ("boon", "", _alone(rf"[^。,]{{0,30}}{_BOON}[^。,]{{0,6}}(?:不计入|不缴纳)[^。]{{2,40}}$")),
    # 例 财务审计类专家应当是熟悉经费管理的会计师
    ("persons", "", re.compile(r"^[^。,:]{2,16}(?:专家|人员|人才|候选人|[查导委]员)应当?(?:是|具[有备]|熟悉)")),
    # 例 申报主体具有独立法人资格 · 项目已建成投产 · 未被列入失信名单
    (
        "applicant",
        "",
        re.compile(
            rf"{_ASKS_NOBODY}(?:[^。,]{{0,12}}(?:申[报请](?:主体|单位|企业|人|装备|产品)|项目(?=[已符]))[^。,]{{0,16}}"
            r"(?:具有|具备|已|未|为|符合|满足|愿意|注册)|具有[^。]{2,60}(?:资格|资质|制度|能力|条件|经历|机构)"
            r"|(?:[^。,]{0,8}(?:近[^。,]{1,4}年|期间|以来)[^。,]{0,6})?未(?:被列入|发生|出现))"
        ),
    ),
    # 例 申请单位或者个人应当提交申请表 · 严禁破坏、盗捞水下文物等行为
    (
        "private",
        "",
        re.compile(
            rf"^(?=[^。]{{1,100}}[可都承提享])(?![^。]{{0,200}}{_AGENCY_MUST})"
            rf"{NO_BODY}{{0,60}}{_PRIVATE},?(?:[^。,]{{0,20}}[^。,负])?{_ACTS_AS_PRIVATE}"
            rf"|^(?:严禁|禁止|任何){NO_BODY}*$|{_APPLIES}"
        ),
    ),
)
