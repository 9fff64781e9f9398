"""How duties are worded: where a segment of a sentence begins, what follows its subject, who goes along.
What tells that nothing is to be done is in no_duty.py.
Each pattern is made of parts with names; duties.py reads them one behind the other.

Many open with one set of characters, which is found far faster than a choice of words.
"""

from __future__ import annotations

import re
from typing import Final

from loaders.facts.subjects import DUTY, MUST
from loaders.lexicon.predicates import ADVERB_FIRSTS, ADVERBS, EVENTS, FIRSTS, OPENERS, VERBS, WEAK
from loaders.names.endings import NAME_LAST

# Where a segment begins. 例 。| ;| :| ,| 由| 2023年| 6月底前|
# 例 2023年|市司法局将 · 6月30日前|各县区完成 · 6月底|各县区完成
_BEHIND_TIME: Final = (
    r"(?<=\d{4}年)(?=[^,。;\n]{2,30}[将要应])|(?<=\d[年月日]前)|(?<=[年月]底前)|(?<=[年月]底)(?=[省市县区各全])"
    r"|(?<=\d年内)(?=[省市县区各])"
)
# 例 会议要求|各地 · ,要求|各县区 · 公安部要求|各地 · 文件要求|有关部门, but not 按照要求各地
_ASKS: Final = (
    r"(?=[各省市县区所有相全政地低中高])(?:(?<=[,。;\n》]要求)(?<![批指]示,要求)|(?<=[,。;\n]并要求)"
    r"|(?<=[一二三四五六七八九]是要求)|(?<=[部局厅委办府门院议知案件]要求)|(?<=议强调)|(?<=[,。;\n]强调))"
)
# What may be asked. 例 可以根据需要,|要求有关部门报告
MAY_ASK: Final = re.compile(r"(?:可以?|有权)[^。;:\n]{0,40}(?:要求|指定)\Z")
# The same that somebody meets. 例 按照省教育厅|要求
BY_REQUEST: Final = re.compile(r"(?:[据照按]|落实|贯彻|符合|达到|满足|执行)[\u4e00-\u9fff]{2,20}要求\Z")
# (This pattern, and others here, open with one set of characters, which is found far faster than a choice of words.)
HEAD: Final = re.compile(
    r"[。;:!?\n\"“”'》,.年月底前内由权定成令求调-](?:(?<![”,.年月底前内由权定成令求调])|(?<=,)(?![^()]{0,10}\))"
    rf"|(?<=”)(?<!“[\u4e00-\u9fff]”)|(?<=由)(?<![自理缘事]由)|(?<=[\u4e00-\u9fff][.])(?=[省市县区各国请])|{_BEHIND_TIME}"
    rf"|(?<=授权|指定|责成|责令)(?=[^,。;]{{2,30}}(?:负责|牵头|承担|组织|统筹|办理))|{_ASKS})"
)
# A line that is a title, which holds what looks like a duty.
# 例 某县|处置森林火灾应急预案 · 试点城市|征集遴选程序, but not 市水利局|制定实施方案
_MAKES: Final = "制[定订]|编制|起草|印发|出台|修[订改]|完善|落实|执行|报|提[出交]|建立|健全"
_OF_A_PAPER: Final = (
    rf"(?:关于|(?![^,。;:\n]*(?:{_MAKES})))[^,。;:\n]*(?:方案|预案|办法|规则|细则|意见|要点|的通知|的通报)"
    r"(?:\([^()\n]{1,10}\))?(?:[ ]?[\u4e00-\u9fff]{2,8}\[\d{4}\]\d{1,4}号)?"
)
_SETS: Final = "明确|确定|公[布示开]|规范|优化|[简压]化|压缩|扩大|[细量]化|延长|调整|严格|把握|加强|[要应须]"
TITLE_LINE: Final = re.compile(
    rf"{_OF_A_PAPER}|(?![^\n]*(?:{_MAKES}|{_SETS}))[^,。;:\n]{{4,20}}(?:范围|程序|流程|名额)(?:[和及与][^,。;:\n]{{2,8}})?"
)
# A line end where none may: behind a long line that ends in no mark. 例 …加强组织领导和统筹|\n|协调
BROKEN: Final = re.compile(r"\n(?<=[ \u4e00-\u9fff]\n)(?<=[^\n]{42}\n)")
# Quotes inside a name, behind a word and before what it ends in. 例 省|“放管服”|改革协调小组办公室 · 市|“两新”|工委
IN_QUOTES: Final = re.compile(
    r"(?<=[\u4e00-\u9fff])“[^“”,。;:、\n]{1,12}”(?=[^,。;:“”\n的]{0,20}?(?:小组|专班|指挥部|委员会|联席会议|[工党]委"
    r"|办(?![理法公事])|[局厅]|中心))"
)
FRAGMENT_END: Final = re.compile(r"[,。;:\n!?]")
# 例 可|由, 不再|由, 经|由, 原|由, but not 三是|由
NOT_BY: Final = re.compile(
    r"(?:(?<!基)本(?:指南|导则|标准|规程|规范|手册)|[可经转改得对原曾]|(?<![一二三四五六七八九])是"
    r"|取消|原规定|可以|请求|不(?:再|应|得)?)$"
)
# Before a subject: it is helped, told, judged or measured. 例 指|县(市、区)开展 · 经|市政府 · 鼓励|各地
NOT_SUBJECT: Final = re.compile(
    r"(?:鼓励|支持|推动|推广|创新|督促|要求|指导|引导|允许|请求|同意|发挥|抢抓|抓住|协调(?!组)|经|向|对|被|为|让"
    r"|(?<!举)报(?!告的|的)|由于|如|若|凡|因|供|除|指|即)[^,。;:由\n]{0,4}\Z"
    r"|(?:担任|组成|成员(?:单位)?)(?:为|包括)?:\Z|附件\d{0,2}[:.]\d{0,2}[.]?\Z"
)
# 例 不再|单独受理 · 不再|现场审核, but not 不再是 · 不再安排的资金
_NO_MORE: Final = rf"不再(?=单独|另行|重复|要求|审批|审核|出具|(?!进行)(?:{ADVERBS})?(?:{VERBS})(?!的|(?<=设立)[,。;]))"
_MUST_NOT: Final = f"(?:不得|不准|不予|严禁|禁止|一律不|不可|不能|{_NO_MORE})"
_ASKED: Final = (
    "请(?=[于在按将]|结合|认真|及时|抓紧|高度|严格|切实|对照|遵照|尽快)(?![^,。;]{0,24}(?:拨打|致电|来电|登录|前往|扫码))"
)
# 例 教育部|将 · 教育部|拟联合中宣部, but not 市水利局|拟出台的办法
_PLANS: Final = (
    rf"拟(?=会同|定于|联合|[对于向在]|(?:{ADVERBS})?(?:{VERBS}))(?![^,。;:]{{0,16}}(?:(?:{VERBS})的[^,。;]{{0,8}}[,。;]|的,))"
)
_WILL: Final = f"(?:将(?!来|领|军)|{_PLANS})"
MAY: Final = re.compile(
    rf"(?=[{ADVERB_FIRSTS}还也可有得能])(?:{ADVERBS}){{0,3}}[还也]?"
    r"(?:可(?!能|靠|行|持|视|再|比|操|复|追|见|信|控|及)|可以|有权|得(?!到|出|当|分|知|益|失|以)|能够?)"
)
# 例 镇政府|可根据项目情况分别|设立工作专班,负责
MAY_BEFORE: Final = re.compile(r"(?<![不许认])可(?![靠行持再])[^,。;:\n]{0,24}\Z")

# ---- what follows a subject: (?:…|) is tried faster than (?:…)? ------------------------------------------------------

_NO_END: Final = (  # 例 关|于 · 所|在 · 办|理
    r"(?<![关处](?=于))(?<!所(?=[在有需属以]))(?<!关(?=注))(?<!处(?=[在置理]))"
    r"(?<!委(?=[托员]|派(?!出)|会(?![同商])))(?<!办(?=[学理法]))"
)
# Where a subject may end: at the last character of a name, before the first of a predicate.
_SUBJECT_END: Final = (
    f"[{NAME_LAST}业院校会户员织学体]"
    rf"(?=[{FIRSTS}0-9要应须必务需不严禁将拟可负牵承履主协会商是为按依根每在通作分遇之除经今明年接如,: (]|的[主基工职])"
    rf"{_NO_END}"
)
# 例 领导小组|(以下简称“小组”)|负责 · 各成员单位|(详见附件)|要
_CALLED: Final = r"(?:之间(?=[要应须])|\([以下无详见含共名附](?:[^()]|\([^()]{0,8}\)){1,40}\)(?:,(?=负责|承担))?|)"
# 例 市司法局|:|负责… · 市司法局|:一是|负责…
_BY_COLON: Final = rf"(?:(?P<by_colon>[ ]?:[ ]?(?:一是)?(?!鼓励|支持)(?=(?:主要|具体|{ADVERBS})?(?:{DUTY}|{VERBS}|{WEAK})))|)"
# 例 市司法局|作为牵头单位,|应当 · 各单位|,|按照职责分工推进 · 各地|,|在保供的同时,要
_BY_ITS_DUTIES: Final = (
    rf"(?:按照?|根据|依据)(?:各自)?的?职[责能](?:分工)?,?(?:共同|分别)?(?:{VERBS}|{OPENERS}|[配联]合|协助|对)"
)
# 例 其他有关部门|,|依照本条例的规定和各自的职责负责监督
_BY_ITS_RULES: Final = (
    r"(?:按照?|依照?据?|根据)[^,。;:]{2,24}(?:规定|要求|职责|权限|分工)(?:和各自的?职责)?"
    r"(?:负责(?!人)|履行|承担|制定|组织实施|做好)"
)
_MUST_TOO: Final = rf"(?:{ADVERBS}){{0,2}}(?:也|都|均)?(?:{MUST}|{_MUST_NOT})"
_COMMA_WILL: Final = f"(?<=[门位],){_WILL}"
_BY_COMMA: Final = (
    rf"(?:(?P<comma>(?:作为[^,。;]{{2,40}}|),(?={_MUST_TOO}|{_BY_ITS_DUTIES}|(?<=的机构,|[的管]部门,)负责|{_COMMA_WILL}"
    rf"|在[^,。;]{{2,24}}(?:同时|前提下|基础上|情况下|[后时]),(?:{MUST})|{_BY_ITS_RULES})"
    r"|作为[^,。;]{2,40}(?:机构|部门|单位|主体),(?:在[^,。;]{2,30},)?(?=负责|承担|牵头|统筹))|)"
)
# 例 收到材料后|登记 · 接文后,|实施 · 遇有突发情况|及时报告
_ON_RECEIPT: Final = (
    "(?:(?:接[到报]|收到|受理|发现)[^,。;:的]{2,20}|[接收]文|会商|接此[令文函件通知]{1,2})后,?(?!如)"
    "|遇有?[^,。;:的]{2,20}(?:情况|状况|问题|事件),?(?=[要应须及立第])"
    r"|如有?[^,。;:的]{2,20},(?=[要应须])(?![^。;\n]{0,16}(?:责任|追究|问责|处[理分]))"
)
# 例 市交通局|接调运单后,协调车辆
_DONE_FIRST: Final = f"接[^,。;:的到报收]{{2,8}}后,(?=(?:{ADVERBS})?(?:{VERBS})|报[省市县区国])"
# 例 市水利局|除落实上述任务外,|还要 · 市水利局|经审核评估后,|确定名单
_ALL_BUT: Final = (
    rf"除[^。;:\n]{{2,60}}外,(?=(?:还|也|均|都)?(?:{MUST}|{_MUST_NOT}))"
    rf"|经(?:审[核查议]|研究|评[估审]|核实|调查|论证|会商|审议)[^,。;:的]{{0,8}}后,?(?=(?:{ADVERBS})?(?:{VERBS}|{MUST})(?!为))"
)
# 例 在6月底前|完成 · 6月底前|完成 · 每季度|通报 · 按照各自职责|推进 · 通过竞争性选拔,|确定
_MEANWHILE: Final = "(?:后|时|前|同时|期间|基础上|前提下|情况下)(?:,(?=[应要须必不]))?"
_WITHIN: Final = (
    f"[应要]?[在于](?:[^,。;]{{2,24}}(?:前|内,?|时间里,?|等方面|{_MEANWHILE}|[导持筹织助]下)|[^,。;的]{{2,24}}[中上下])"
)
_BY_A_TIME: Final = (
    r"(?:20\d\d年)?\d{1,2}月(?:[底中上下旬末]{1,2}|\d{1,2}日)?前"
    rf"|(?:[今明]年)?年(?:[底末]前|内)(?=(?:{ADVERBS})?(?:{VERBS}|{MUST}))"
)
_WHEN: Final = (
    rf"{_ON_RECEIPT}|{_DONE_FIRST}|{_ALL_BUT}|{_WITHIN}"
    r"|每(?:[两二三]?年|季度|半年|[月周])(?:[^,。;]{0,8}?(?:前|[月年]?底|末|\d{1,2}日)|[^,。;]{0,8}?份?)"
    rf"|{_BY_A_TIME}|通过(?!了)[^,。;的]{{2,12}},(?={VERBS})"
)
_AS_ASSIGNED: Final = "按照?(?:各自)?(?:职责|职能|分工|权限)(?:分工)?|根据(?:各自)?职[责能](?:分工)?|依照?职责"
_ADVERBS: Final = (
    rf"(?:(?P<adverbs>(?=[{ADVERB_FIRSTS}按根依应要在于每通接收受发遇如除经今明年0-9])"
    rf"(?:{ADVERBS}|按照?各自的?职责,(?=(?:共同|分别)?(?:对|{VERBS}))|{_WHEN}|{_AS_ASSIGNED}){{1,4}})|)"
)
# Behind an adverb any verb is work, but for what is none. 例 及时|会诊, but not 主要|负责人
_NO_VERB: Final = (
    "[的了之和与及最可]|不超过|累计|[遵参]照执行|公开(?:内容|信息|事项|目录)|负责|领导|同志|人员|职责|任务|目标"
    "|原则|存在|工作(?!开展)|指标|指设|下设|由|是|包括|为"
)
_OPEN: Final = rf"(?(adverbs)(?P<open>(?!{_NO_VERB})[\u4e00-\u9fff]{{2}}(?=[\u4e00-\u9fff]{{2}}))|(?!))"
# What it must do beside what it may. 例 可以|终止,并将公告 · 可以|委托检查,但应当加强监督
_TOO: Final = r"[^。;:\n]{2,60}?,(?:并且?|但|同时){1,2}(?!将(?:结果|情况|[^,。;]{1,24}[成为到]))"
_SHALL: Final = "应当?(?!急|用|对)|必须|须"
_MAY_TOO: Final = rf"(?P<may>可以?(?={_TOO}(?:{_SHALL}|不得|{_WILL})))"
MUST_TOO: Final = re.compile(rf"{_TOO}(?:(?P<must>{_SHALL})|(?P<must_not>不得)|(?P<will>{_WILL}))")
# The kinds of predicates. 例 要 · 请于6月底前 · 不得 · 将 · 负责 · 建立 · 监督 · 接到
_KINDS: Final = (
    rf"(?=[要应须必务需请不严禁一将拟])(?:(?P<must>{MUST}|{_ASKED})|(?P<must_not>{_MUST_NOT})|(?P<will>{_WILL}))"
    rf"|(?P<duty>{DUTY})|(?P<work>{VERBS}|{OPENERS})|(?P<weak>{WEAK})|(?P<event>{EVENTS})|{_MAY_TOO}|{_OPEN}"
)
# What follows a subject, whose last character it opens with: adverbs, then the kind of predicate.
PREDICATE: Final = re.compile(
    rf"{_SUBJECT_END}(?=(?!.{{2}}阶段(?:[。;,\n]|\Z)){_CALLED}{_BY_COLON}{_BY_COMMA}{_ADVERBS}(?:{_KINDS})(?![的)”》]))"
)
_DOES_WORK: Final = rf"(?:{ADVERBS}){{0,2}}(?:{MUST}|{_MUST_NOT}|{_WILL}|{DUTY}|{VERBS}|{OPENERS})"
OBLIGES: Final = re.compile(f"{MUST}|{_MUST_NOT}|{_WILL}")
# A party that the document defines, by its last character. 例 赔偿权利|人|及其|指定的部门或机构|应当
_ITS: Final = "(?:及其(?P<its>指定的(?:部门|机构)(?:或者?(?:部门|机构))?))?"
TERM: Final = re.compile(
    rf"[人方](?<!负责人)(?<!责任人)(?<!双方){_ITS},?(?!为|[^,。;:]{{0,3}}的)"
    rf"(?={_DOES_WORK}|在[^,。;]{{2,20}}(?:内|后|前|时)(?:{MUST}|{VERBS}|将))"
)
# Where something is, before what would be its subject. 例 在图书馆,档案馆,|乡镇(街道)设置查阅点
IN_PLACES: Final = re.compile(r"(?<![\u4e00-\u9fff])在(?:[^。;:\n,、]{2,8}(?<![中间时后上下面内前际期])[,、]){1,5}\Z")
# The last character of the ministry, or of the centre, that issues the text. 例 |部|将组织验收 · ,中|心|应及时沟通
BARE: Final = re.compile(rf"(?:部(?<=[。;\n, 由]部)(?![署分门队])|心(?<=[。;,由]中心))(?={_DOES_WORK})")
# Another that is meant there. 例 建设便民服务|中心|,中心要配备人员, but not 未向中心申请的,中心应
OTHER_CENTRE: Final = re.compile(r"[\u4e00-\u9fff](?<![向由经与对到和])中心[^。;\n]{0,40}\Z")
# Where a list of those who go along may end.
LIST_END: Final = re.compile(
    rf"(?<=[{NAME_LAST}业院校会户员体家])(?=[{FIRSTS}要应须必务需不严禁将把负牵承履主协会商是为等对按根在到赴、,。;: (\n]|$)"
)
# A part of a body. 例 水利部|规划计划司联系方式, but not 市公安局|取缔占道停车处,
_ITS_PART: Final = (
    r"派出机构|督[查办](?:检查)?室|(?![设建新增]|取缔|整[治改]|清理|查处|加固|消除|封堵|联系)[\u4e00-\u9fff]{2,6}[司处科]"
    r"(?<!公司)(?=[联负:,。 \n(])"
)
# A body named by its field. 例 国务院|投资主管部门|会同有关部门 · 县级以上人民政府|处置非法集资牵头部门|、
_BY_ITS_FIELD: Final = (
    "(?!指导|督促|协调|配合|协助|加强|落实|完善|明确|支持|监督|推[动进])"
    "(?:(?!有关|相关|[各的了在由向对与和将所按据])[\u4e00-\u9fff]){2,12}(?:主管|牵头|监督管理|行政管理)部门"
    rf"(?=[、和及或,;。()]|(?:{ADVERBS})?(?:{MUST}|{_MUST_NOT}|{_WILL}|{DUTY}|{VERBS}|根据|按照|依法|审))"
)
# Either, or a body set up for the work that follows.
# 例 国务院|推进政府职能转变协调小组办公室|要, but not 市政府|成立领导小组
OF_A_BODY: Final = re.compile(
    rf"{_ITS_PART}|{_BY_ITS_FIELD}|(?!成立|设立|组建|建立|组织|会同|联合|指导|督促|协调|配合|协助|召开)[^,。;:\n的]{{2,40}}?"
    rf"(?:[导调作]小组|专班|指挥部|委员会|联席会议)(?:办公室|办)?"
    rf"(?={MUST}|{_MUST_NOT}|{DUTY}|会同|由[^,。;]{{2,160}}组成|(?<=办公室)、)"
)
# A body told by its duty. 例 县级以上人民政府|负责残疾人工作的机构|,负责协调 · 市政府|负责管理地震工作的部门或者机构|应当
OF_A_DUTY: Final = re.compile(
    "(?:负责|负有|主管|承担)[^,。;:]{2,20}的(?:工作|有关|相关)?(?:机构|部门|单位)(?:或者?(?:机构|部门))?"
    "(?=[,。;、和与或按依应要须必不负将(])"
)
# A body of each level that is named by its work. 例 各级|审计机关|要
LEVEL_BODY: Final = re.compile(
    r"(?!组织|推[行动])[\u4e00-\u9fff]{2,8}(?:机关|机构|部门)"
    rf"(?=(?:{ADVERBS})?(?:{MUST}|{_MUST_NOT}|{_WILL}|{DUTY}|{VERBS})|[、和及])"
)
# What an employer does, whoever that is. 例 由|所在单位|或者有关部门依法给予处分 · 成员变动的,由|所在单位|提出,报联席会议确定
EMPLOYER_ACTS: Final = re.compile("[^,。;:]{0,24}(?:处分|批评教育|处理)|提出,报")
# A subject that only helps. 例 各参加单位|要积极配合 · 市财政局|要协助市司法局 · 海关|对税务机关的工作提供协助
_WILLINGLY: Final = (
    "积极|主动|全力|大力|依法|认真|做好|切实|及时|支持|和|、|(?:按照?|依据|根据)(?:各自)?的?职[责能](?:分工)?,?"
    "|在(?:各自)?职责范围内|予以|予|具体|给予|共同"
)
_HELPING = (
    "(?:配合(?!、主动)|协同(?=[^,。;:、]{2,12}(?:部门|单位|机关|[局委厅]|办(?!法)))|(?<=协同)支持|协助"
    "|参加(?=[^,。;]{0,16}(?:牵头|组织|机制|[局委厅办府部]))|协办|(?<=范围内)参与|(?<=分工)参与|(?<![极动])参与(?=[。;\n]))"
)
_TO_A_BODY = r",?对[^,。;:\n]{0,30}(?:部门|机关|机构|政府|[局厅委办]|工作)[^,。;:\n]{0,10}"
_GIVES_HELP = (
    rf"(?:{MUST})?(?:{_WILLINGLY}){{0,2}}(?:履行|做好)(?:相关|有关)?(?:配合|协助)"
    rf"|(?:(?!对)[^,。;:\n]){{0,24}}(?:{_TO_A_BODY})?(?:提供|给予|予以)(?:必要的?)?(?:支持、)?(?:协助|配合)(?=[,。;\n])"
)
# 例 负责|在本行政区域内|组织有关部门
IN_ITS_AREA: Final = re.compile(r"负责在[^,。;:]{2,12}内")
HELPS: Final = re.compile(
    rf"(?:{MUST}|{_WILL}|负责)?(?:(?:{_WILLINGLY}){{0,3}}|在[^,。;:]{{2,24}}[领指]导下,?(?:积极|主动)(?=配合)){_HELPING}"
    r"(?!单位|部门|[^,。;]{0,6}(?:企业|市场主体|群众|个人|农户)|解决|化解|调解)"
    rf"|{_GIVES_HELP}"
)
# Work behind it, what names nobody, and who is meant without a name. 例 配合|做好调查 · 积极配合|有关工作 · 协助|党和政府
HELPS_WORK: Final = re.compile(
    rf"(?:{ADVERBS})?(?:{VERBS}|{WEAK}|{OPENERS})|(?:有关|相关|其他|各项|此项|该项)?(?:工作|事项|职责)|、|其|党|上级|各|你|我"
    "|[^,。;:]{0,16}(?:部门|机关|政府)|[省市县区州盟旗镇乡国][^,。;:]{2,14}[局厅委办部院会]"
)
# 协助 that names nobody. 例 协助|做好防台风工作, but not 协助市司法局做好普法
ALONE: Final = re.compile(
    r"(?:积极|主动|依法|认真){0,2}协助做好(?!(?:相关|有关|上述|该项?|此项|各项)|[^,。;\n]{0,40}(?:部门|单位|政府|[局委厅]|机关"
    r"|指挥部|小组|办公室))[^,。;\n]{2,40}(?=[,。;\n])"
)
# Who leads, before those who help. 例 市文旅局|牵头|办好节会,
SAYS_WHO: Final = re.compile(r"(?:牵头|负责|组织)[^。;\n]{0,60}\Z")
OWN_DUTY: Final = re.compile(
    r"[^,。;\n]{0,60},(?:[^,。;\n]{2,12},)?(?:并|及时|抓紧|认真)?(?:要|应当?|须)?(?:将[^,。;]{2,20}(?:[报函][告送]|送|交)"
    r"|负责|制定|对照|准备|建立|落实|完善|(?<!,)(?:加强|做好|抓好)|开展|组织|出台|明确|细化|巩固|统筹|总结|提出|协调解决|修复)"
)
# One that another has do its part. 例 宣传部组织,|各单位开展竞赛 · 指定|专门机构负责
ORGANISED: Final = re.compile(r"[部局委厅处办室]组织,$|指定$")
# A group that opens a line, glued to who leads it; a leader with those who make the group up. 例 综合协调组|省交通运输厅牵头
GLUED_GROUP: Final = re.compile(r"组(?=[省市县区州国][^,。;:\n]{2,40}牵头[,。])")
# A heading glued to who must act under it. 例 加强调度|地方各级财政部门要
EACH_MUST: Final = re.compile(
    r"[地各中](?:(?<=地)方各级|(?<=各)(?:级(?<!地方各级)|地区?(?:、各(?:有关)?)?|有关|成员|(?=部门|单位)"
    r"|[县市区]{1,2}(?:\([市区县旗、,]{1,8}\))?)|(?<=中)央有关)[\u4e00-\u9fff]{0,14}(?:部门|单位|政府|[局委])"
    r"(?:在[^,。;]{2,24}[时中],)?(?:要(?!求)|应当?(?!急)|须|必须)"
)
GLUED_HEADING: Final = re.compile(
    rf"(?<=[\n,、])工作要求\Z|(?<=[\n,])(?:{VERBS})[\u4e00-\u9fff]{{2,16}}(?<![和与及])\Z"
    r"|(?<=\n)[\u4e00-\u9fff]{0,8}(?:监测|预警|响应|处置|保障|报告|机制|措施|评估|恢复|宣传|培训|演练)\Z"
)
# What is told first, before the one who does it. 例 评审结果|我局将予以公布
FRONTED: Final = re.compile(
    r"我(?<=[\u4e00-\u9fff]我)(?<![由经向与和对同给为报请及至到]我)(?=(?:[局委厅部办]|(?:中心)?[支分]局)(?:将|负责|予以))"
)
# Any heading of a line, glued to who must act under it. 例 工作要求|交通运输部要 · 组织指挥机构|省政府负责
_HEADING_ENDS: Final = "(?:要求|措施|机制|制度|领导|机构|分工|职责|体系|保障|处置|发布|组)(?!办公室|小组|部门|单位)"
_UNIT: Final = r"(?P<unit>[\u4e00-\u9fff]{1,12}?(?:[局厅委办部室]|政府|部门|单位|机关))"
GLUED_LINE: Final = re.compile(
    rf"[\n ][\u4e00-\u9fff]{{2,14}}?{_HEADING_ENDS}(?={_UNIT}(?:要(?!求)|应当?(?!急)|须|必须|负责(?!人)|牵头))"
)
# Behind who leads, those who join. 例 市医保局牵头|、|市财政局配合
JOINED_BY: Final = re.compile(r"、(?<=牵头、|主办、)(?<![院业校]..、)(?=[^,。;:\n]{2,40}?(?:参与|配合|参加|协助|协办|协同))")
OF_GROUP: Final = re.compile(
    r"组[。:]?(?:由|(?=[省市县区州国]))(?P<led>[^,。;:\n]{2,60})牵头,(?P<joined>[^。;:\n]{2,400}?)(?:组成|参与|参加)[,。;]"
)
# 例 由市司法局牵头,|市财政局参加
LEADER_BEFORE: Final = re.compile(r"(?:牵头|负责|主办|带队)[,、]?$")
JOINS: Final = re.compile(r"(?:积极|共同)?(?:参加|参与|配合|协助|协办)")
# 例 建立由A牵头、B、C参与的制度 · 设立由A、B组成的工作组 · 建立A、B共同组成的指导小组 · 建立A牵头,B、C参加的机制
_MADE_BY: Final = "(?=[^,。;由]{3,60}(?:共同组成|牵头,[^。;由]{2,60}(?:参加|参与|配合))的)"
SET_UP: Final = re.compile(
    rf"(?:建立|成立|组建|设立|新增|派出|健全|完善|形成|构建)(?:[^,。;由]{{0,6}}由|{_MADE_BY})"
    r"(?:(?P<led>[^,。;]{2,60}?)(?:总?牵头|负责)[、,]|(?P<people>[^,。;]{2,30}(?:负责人|领导|同志)牵头)[、,])?"
    r"(?P<joined>[^。;]{2,200}?)(?:共同)?(?:参与|参加|配合|组成)的"
)
# An item that opens with its unit, by what follows that; `any` where that might follow an addressee too.
# 例 3.市场监督管理所|。由分管领导带队负责走访 · (1)市林业局|。\n负责扑救 · 县级路长办公室|:承担… · 市商务局|:按照分工推进
ITS_ITEM: Final = re.compile(
    rf"[。:\n](?=(?:(?<=。)\n)?[ ]{{0,4}}(?:由[^,。;]{{0,14}}(?:领导|负责人|负责同志|专人|干部|校长|所长|[^,。;]{{0,8}}负责)"
    rf"|(?:主要|具体|必要时)?(?:负责|承担|牵头|组织|统筹|协调|指导|配合|协助|包联|落实|制定|做好|开展)"
    rf"|(?<=:)(?![为现]|鼓励|支持|引导)(?P<any>会同|参与|{OPENERS}|{VERBS})))"
)
OPENS_LINE: Final = re.compile(r"(?<![^\n])[^。:;\n]{2,60}\Z")
DONE: Final = re.compile(r"[定订立展成施布署查究出]了(?!解)|已经?(?!批)")  # 例 会同A、B制|定了《…》
# 例 ,|并应当|会同市财政局 · ,|积极|会同 · ,|于每年5月1日前|组织各镇 · |2018年|组织各地区
LED_BY: Final = re.compile(
    r"(?:[于在]?(?:每年|20\d\d年)?[\d月日至到-]{0,12}(?:底?前|底|内)?)?(?:并|同时|还|及时|适时|积极|定期){0,2}"
    r"(?:我们)?(?:应当?|要|须|将)?\Z"
)
# 例 联合|市财政局, but not 联合行文上报
_JOINTLY: Final = "联合(?![会社国体]|[行发]文|[印下]发|[上申]报)"
# 例 会同|市财政局制订 · 统筹|相关责任单位制订 · ,协同|公安机关疏导
_TOGETHER_WITH: Final = (
    r"(?<=牵头)[会商](?=[省市县区国自])|组织或会同|会同(?:(?!县)|(?<=[部局委厅署办院室要应须当,;。\n ]会同))"
    rf"|{_JOINTLY}|协同(?<=,协同)(?!配合)(?=[^,。;、]{{2,10}}(?:机关|部门|单位|[局委厅]))"
    r"|统筹(?:协调)?(?=(?:各|相关|有关)[\u4e00-\u9fff]{0,4}(?:单位|部门))"
)
_NOT_ORGANISED: Final = r"程序|机构\s|架构|体系|形式|部|[一两]次|[初复终评][审核]"  # 例 组织|机构 · 组织|初审
# Those who go along. 例 会同|B、C等部门筛选 · 组织|相关部门成立 · 与|国家林草局共同
WITH: Final = re.compile(
    rf"(?:{_TOGETHER_WITH}|会(?=[省市县区国])(?<=[部局委厅署办院]会)"
    rf"|组织(?!{_NOT_ORGANISED})(?:[、和]?(?:协调|指挥|动员|指导|督促)){{0,3}}(?=[\u4e00-\u9fff])"
    r"|商(?!务|会|贸|业|品|标)(?<=[局委部厅办署院门关室应要须]商))(?P<units>[^,。;:\n]{2,160})"
)
# Those who look at it one after another: where they are told, and each but the first. 例 由县水利局组织初审、|市水利局|复审
BY_TURNS: Final = re.compile(r"(?<![经须])由[^。;:\n]{4,160}")
IN_TURN: Final = re.compile(
    r"、(?<=[审核]、)(?P<units>[^,。;:、\n]{2,40}?)(?:组织|负责|进行){0,2}(?:[初复终会评][审核]|审[核查定批])(?=[、,。;]|\Z)"
)
# 例 县公安局负责维护秩序、|县卫健局|负责医疗救护
EACH_A_PART: Final = re.compile(
    r"(?:负责|牵头|承担)[^,。;:\n]{2,40}?、(?P<units>[省市县区州国各镇乡][^,。;:、\n]{1,20}?)(?=(?:负责|牵头|承担)(?![人单部]))"
)
# 例 与市财政局、市民政局等部门|形成工作合力 · 与经办机构|建立协调机制
TOGETHER: Final = re.compile(
    r"[与同](?P<units>[^,。;:\n]{2,60}?)(?:联合|共同|协同|一[道起]|密切协作|形成(?:工作)?合力|建立[^,。;:\n]{2,12}机制)"
)
TOLD_TO: Final = re.compile(rf"(?:{MUST}|将)(?:积极|主动|及时|加强)?")  # 例 市水利局|应主动|与市财政局共同
# 例 市水利局|应积极协调|市财政局落实资金
COORDINATES: Final = re.compile(rf"(?:{MUST}|将|负责)?(?:积极|主动|及时|加强){{0,2}}协调")
# Behind 由 or 请, a list of names that are beyond doubt, and any verb. 例 由市财政局|据实补贴 · 请各乡镇|紧扣目标
BY_NAMES: Final = re.compile(
    r"(?:由(?<![自理缘事可经转改得指].)|请(?<![\u4e00-\u9fff].)(?=各|贵|有关|相关))(?P<names>[^。;:\n由]{3,120})"
)
_IN_A_WORD: Final = (  # ends of names that are part of a longer word: 财政部|门, 常务会|议, 市财政科|技
    "部(?=[门长署分队])|会(?=[议同员计])|委(?=[员托]|派(?!出)|会(?!同))|院(?=[士长校])|协(?=[商议调同会])|府(?=[全常][体务]会)"
    "|科(?=[技学研所])|社(?=[会区])|组(?=[成织建合长])|[厅校所站园馆队](?=长)|局(?=[长部面])"
    "|办(?=[理公法事])|处(?=[理罚置])|[市区县省州](?=[场级区县域长政])|所(?=[有需在])|联(?=[系络])|心(?=小学)"
)
# What behind a name says that it is no agency told to act. 例 由市司法局|主要领导带队
_OF_PERSONS: Final = (
    "领导|同志|主任|主席|总理|书记|人员|干部|[市县区省部局厅]长|任组|专人|负责人|牵头人|组成|担任|兼任|解释"
    "|联系人|联络员|收件人|经办人|会计"
)
# 例 由市、区|两级财政共同承担 · 由区县|总河长确定
_PURSE: Final = "镇?(?:[两三四]级)?(?:财政(?![局厅部所])|总?[河湖林路田链]长(?![办制会]))"
_NOT_TOLD: Final = (
    "[的和及与或等]|[^,。;、]{0,6}会议[^,。;、]{0,6}通过|组成|担任|[控参]股|[兼分]任|构成|引起|造成|导致|代表|党"
    r"|主任|副|主要|相关|有关|负责|章程|[\u4e00-\u9fff]{0,4}(?:细则|规则)规定"
    f"|{_PURSE}|联系[,。;(]|[^,。;、]{{0,8}}(?:{_OF_PERSONS})|[^,。;]{{0,16}}的|(?!报)[^,。;、]{{0,14}}[{NAME_LAST}]、"
)
BY_END: Final = re.compile(rf"(?!{_IN_A_WORD})[{NAME_LAST}](?=[\u4e00-\u9fff]{{2}})(?!{_NOT_TOLD})")
# Those who are named by what they do or have. 例 接受投诉的部门 · 自然条件好的地区 · 灾情重的县(市、区), but not 违反规定的单位
_COUNTIES: Final = "区县|县区|县市区?|旗县|市县"
_TOWNS: Final = r"(?:\([省市县区旗乡镇街道、,]{1,8}\))?"
_NOT_THESE: Final = "(?!违反|未|不|拒|逾期|对|在|要求|支持|鼓励|通知|会议|除|全)"
ONE_THAT: Final = re.compile(
    rf"{_NOT_THESE}[^,。;:\n()其]{{2,24}}(?<![有之])的(?:有关|相关|其他|中央|主管|成员)?"
    rf"(?:部门(?:、单位)?|地区|地方|省份|{_COUNTIES}|(?:[省县]|乡镇|区市?){_TOWNS}(?:、(?:县|乡镇|街道){_TOWNS}){{0,2}}"
    "|(?<=中央)单位|(?<=主管)单位|(?<=成员)单位)"
)
# 例 划定和调整保护区的单位, but not 申请许可的单位
DECIDES: Final = re.compile("(?:划定|批准|核准|核定|审批|审定|公布|发证|作出)[^,。;:\n]{2,20}的单位")
# What a body does next with what another has done. 例 由所在单位提出,|联席会议确定。
NEXT_STEP: Final = re.compile(
    r"由[^。;:\n]{2,60}(?:提出|起草|拟[订定]|受理|初审|审[核查议]|编制|汇总|申报|推荐|提名|评[审估]|研究)[^,。;:\n]{0,12},\Z"
)
# Those who are banned from something. 例 严禁|各地违规设卡, but not 严禁各类企业
BANS: Final = re.compile(
    r"[禁准](?:(?<=严禁)|(?<=禁止)|(?<=不准))(?P<units>(?:各(?!类|种|项|自)|政府部门|行政机关|有关部门)[^,。;:\n]{1,60})"
)
# What they are banned from, whatever the verb; a ban that is only told of. 例 严禁各地区新增产能|的部署
WRONGLY: Final = re.compile("擅自|无故|违[规法反]|以任何|层层|随意|巧立|虚报|插手|截留|挪用|搞")
BAN_TOLD: Final = re.compile("的(?:部署|要求|规定|精神)")
# Where the list of those who go along may end: before what they do.
DOES: Final = re.compile(
    rf"(?:{MUST}|[将把与对按赴]|批准|分工|加大|根据|在(?!内)|到(?!位)|前往|组成|规定(?=[,。;\n]|$)|{DUTY}|{ADVERBS}"
    rf"|{VERBS}|{OPENERS}|{WEAK}|[,。;、]|等|$)"
)
# 例 区残联组织|应当 · 会同, but not 区残联组织|培训
DOES_NEXT: Final = re.compile(f"{MUST}|{_MUST_NOT}|{DUTY}|{MAY.pattern}")
SETS_UP: Final = re.compile("成立|组[建成]|设立|下设|新增")
# 例 成立|国务院工作组|,负责 · 下设|办公室|,主要负责 · 组成|评审委员会和监督委员会|,负责
_IN_CHARGE: Final = "(?:由[^,。;]{2,30}(?:担任|任)[^,。;]{2,12},)?"
_AD_HOC: Final = "指挥部|工作组|小组|专班|办公室|委员会|联席会议"
SET_UP_FOR: Final = re.compile(
    rf"(?:成立|组建|设立|下设|组成|新增)(?!了)(?:[^,。;]{{0,30}}的)?(?P<units>[^,。;的]{{0,24}}?(?:{_AD_HOC})),"
    rf"(?:(?:设在|在)[^,。;]{{2,24}},)?{_IN_CHARGE}(?=(?:主要|具体|统一)?(?:负责|承担|领导|统筹|指导))"
)
# 例 下设|综合协调组、医疗救治组|等10个工作组,分别承担相关任务
SET_UP_MANY: Final = re.compile(
    r"(?:成立|组建|设立|下设)(?!了)(?P<units>[^,。;:\n的]{2,160}?组)(?:等)?(?:[\d一二三四五六七八九十]{1,2}个[^,。;]{0,4}组)?,"
    r"(?:分别|按照?(?:各自)?(?:职责|分工))[^,。;]{0,8}(?:负责|承担|开展|做好)"
)
# 例 办公室|设在市司法局,由某某兼任主任,负责 · 领导小组办公室|设在市司法局,承担日常工作
SEATED: Final = re.compile(
    r"(?P<office>(?<=[,。;\n])[\u4e00-\u9fff]{0,24}?(?:工作)?办公室)(?:设在|设于)[^,。;]{2,30},"
    r"(?:由?[^,。;]{2,30}(?:担任|任)[^,。;]{2,12},)?(?=(?:主要|具体|统一)?(?:负责|承担|会同|统筹|协调))"
)
