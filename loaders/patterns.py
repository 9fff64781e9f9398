"""Every regular expression of the loaders, by kind of fact. All read the plain view (loaders/view.py): simplified
characters, ASCII punctuation. Every repeat is bounded, so that hostile text costs time linear in its length.
"""

from __future__ import annotations

import re

CN = "一二三四五六七八九十百"

# ---- numbered items -------------------------------------------------------------------------------------------------

# 例 一、总体要求 · (一)加强组织领导 · 1.推进 · 12、推进 · (3)推进 · ①推进 · 第三条 · 第一章 · 一,总体要求
MARKER = re.compile(
    rf"""(?=[ {CN}(\d①-⑳第])[ ]{{0,20}}(?:
      (?P<cn>[{CN}]{{1,5}})[、.,](?![{CN}][、是])
    | \((?P<pcn>[{CN}]{{1,5}})\)[、.]?
    | (?P<num>\d{{1,3}})(?:[.](?![\d%])|、)
    | \((?P<pnum>\d{{1,3}})\)[、.]?
    | (?P<circled>[①-⑳])
    | 第(?P<article>[{CN}\d]{{1,5}})条
    | 第(?P<chapter>[{CN}\d]{{1,5}})(?:章|部分)
    )[ ]{{0,4}}""",
    re.VERBOSE,
)

# Where an item begins in the midst of a line: behind a sentence or a clause. 例 …负责)|四、实施 · …措施。|(二)加快
INNER_ITEM = re.compile(rf"[。)\]][ ]{{0,4}}(?=\([{CN}]{{1,3}}\)[ ]{{0,2}}[\u4e00-\u9fff]|[{CN}]{{1,3}}、[\u4e00-\u9fff](?!、))")
# Where a line that holds a whole document may be cut besides: 例 …扶持 1.支持全国性 · …有关单位： 现将 · …意见|渝府发〔2019〕17号|各区县
SOFT_BREAK = re.compile(
    r"(?<=[。:;)号\u4e00-\u9fff])[ ]{1,40}(?=[\u4e00-\u9fff(《]|\d{1,2}[.、]\D|20\d\d年)"
    rf"|(?<=[。:;)])(?=[{CN}]{{1,3}}、|\([{CN}]{{1,3}}\)|\d{{1,2}}[.]\D)"
    r"|(?<=通知|意见|方案|要点|办法|规划|计划|措施|细则|规定|决定|纲要)(?=[\u4e00-\u9fff]{2,8}[\[(](?:19|20)\d\d[\])]\d{1,4}号)"
    r"|(?<=\d号)(?=各[\u4e00-\u9fff(]{1,30}(?:政府|单位|部门|机构))"
)
# In such a line, the first item under a heading that it is glued to. 例 三、主要任务|(一)壮大 · (二)重点工作|1.推进
GLUED_ITEM = re.compile(r"(?=\(一\)|1[.、](?!\d))")

# ---- the frame of a document ----------------------------------------------------------------------------------------

# What a title ends in (GB/T 9704-2012, 7.3.1: 发文机关名称、事由和文种).
KINDS = "通知|通告|公告|决定|意见|方案|要点|办法|规划|计划|措施|细则|规定|条例|纲要|安排|通报|批复|函|清单|规程|制度|举措|政策"

# 例 关于印发长治市…工作方案的通知 · 佛山市高明区建设人民满意政府实施方案(2014-2020年) · 若干措施(试行)
TITLE = re.compile(rf"[^。;:!?]{{4,120}}(?:{KINDS})(?:[(][^()]{{1,30}}[)]){{0,2}}(?:的?(?:通知|函))?$")
# A title has these, or stands alone above the text: 关于印发…, 2021年…工作要点.
TITLE_BROKEN = re.compile(r"(?:关于|印发|转发)[^。;:!?]{0,80}$")

# The first words of a text that is no title though it may end like one. 例 现将…方案 · 根据《…》 · 各县(市、区)人民政府:
PREAMBLE = re.compile(
    r"[ ]{0,20}(?:现将|根据|按照|为(?!民)|经|各[^。]{1,80}:|《[^》]{2,80}》已|附件|当前位置|您当前|中国政府网|来源)"
)
# 例 现将《…方案》|印发给你们, where the file leaves the title out
ANNOUNCED = re.compile(r"(?:现将|现印发)《(?P<title>[^《》]{4,100})》")
TITLE_ISSUER = re.compile(r"(?P<issuer>[^ ,。:]{3,40}?)(?:关于|印发|转发)")
YEAR_IN_TITLE = re.compile(r"(?<!-)((?:19|20)\d\d)(?=年)")

# 例 长政办发〔2022〕14号 · 明府字[2014]27号 · 国办发(2019)54号
DOC_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,12}[\[(](?:19|20)\d\d[\])]第?\d{1,5}号")
DOC_NUMBER_LINE = re.compile(rf"[ (]*(?P<number>{DOC_NUMBER.pattern})[ )]*$")
# 例 黔发改服务〔2020〕111号 at the end of the title's own line
DOC_NUMBER_IN_TITLE = re.compile(rf"[ (]{{0,4}}(?P<number>{DOC_NUMBER.pattern})[)]?$")

# 例 各省、自治区、直辖市人民政府,国务院各部委: whom only a national body addresses
NATIONAL_ADDRESSEES = re.compile(r"(?:^|\n)[ ]{0,20}各省[、,]自治区[、,]直辖市[^\n]{0,120}:")
# 例 (已废止) · [失效], behind or above a title
STATUS = re.compile(r"[(\[](?P<status>(?:已|全文|部分)?(?:废止|失效|修改|修订|有效))[)\]]")

# Where the first words of a text without a title end.
FIRST_WORDS_END = re.compile(r"[。;:,]")
# 例 索 引 号: · 成文日期: · [ 发布机构 ] (版头 and web tables)
LABEL = re.compile(
    r"\[? {0,4}(?P<label>索 {0,2}引 {0,2}号|成 {0,2}文 {0,2}(?:日 {0,2}期|时 {0,2}间)|发 {0,2}布 {0,2}(?:日 {0,2}期|时 {0,2}间|机 {0,2}构)"
    r"|发 {0,2}文 {0,2}(?:字 {0,2}号|机 {0,2}关|日 {0,2}期)|标 {0,4}题|主 {0,2}题 {0,2}词|主题分类|体裁分类|有效性|公文种类|分 {0,4}类"
    r"|信息来源|关键词|文 {0,4}号|生效日期|废止日期|信息名称|效力状态) {0,4}(?:\]|:)"
)

DATE = re.compile(r"(?P<y>(?:19|20)\d\d)(?:年|[-/.])(?P<m>\d{1,2})(?:月|[-/.])(?P<d>\d{1,2})日?")
DATE_LINE = re.compile(rf"[ ]{{0,80}}{DATE.pattern}[ ]{{0,40}}$")

# 例 (此件公开发布) · (此件主动公开) · (本文有删减)
NOTE_LINE = re.compile(r"[ ]{0,20}\((?:此件|本文)[^()]{1,20}\)[ ]{0,20}$")

# 例 附件:1.… · 附件 · 附件2
ATTACHMENT = re.compile(r"[ ]{0,20}附 {0,2}[件表](?: {0,2}[\d一二三四五六七八九十]{1,2})?[ ]{0,4}(?::|$)")

# Web chrome below the text; everything from it on is no part of the document.
FOOTER = re.compile(
    r"[ ]{0,20}(?:扫一扫|主办单位:|承办单位:|主办:|版权所有|Copyright|网站标识码|打印本页|关闭窗口|分享到|上一篇|下一篇|相关附件|智能问答|责任编辑)"
)
# 例 抄送:市委各部门 (GB/T 9704-2012, 7.4.1)
COPY_LINE = re.compile(r"[ ]{0,20}抄送:")

# ---- what a chapter is about ----------------------------------------------------------------------------------------

# 例 基本原则 · 总体要求与工作原则 · 基本原则和主要目标, but not 按照属地管理原则推进
_PRINCIPLE = r"原则(?:$|[和与及、(])"
PRINCIPLE_HEAD = re.compile(_PRINCIPLE)
# Chapters whose items are no tasks. 目标任务 names tasks too, so it stays.
NO_TASK_HEAD = re.compile(
    r"指导思想|总体要求|总体思路|总体考虑|基本原则|工作原则|主要原则|基本思路|重要意义|重大意义|重要性|必要性"
    r"|(?:工作|总体|发展|主要|行动|试点|具体|建设|年度)目标(?!任务)|^目标$|目标要求"
    r"|(?:落实|完成)时限|^时间安排$|^附则$|试点范围|适用范围|实施范围|支持对象"
)
# Articles about the text itself. 例 为规范…,制定本办法 · 本办法所称… · 本办法适用于… · 本方案自印发之日起施行 · 由市司法局负责解释
_THIS = "本(?:办法|条例|规定|细则|方案|意见|规则|措施|通知|制度|规划|计划|预案|政策|要点)"
NO_WORK = re.compile(
    rf"[ ]{{0,4}}(?:为[^。\n]{{4,300}}(?:制定|特制定|制订){_THIS}|{_THIS}(?:所称|适用|自[^。]{{2,40}}(?:施行|执行|实施)|由[^。]{{2,30}}解释|有效期|的解释|与[^。]{{1,40}}不一致))"
)
SILENT_HEAD = re.compile(rf"指导思想|重大意义|重要意义|重要性|必要性|{_PRINCIPLE}")
SAFEGUARD_HEAD = re.compile(
    r"保障措施|组织保障|工作要求|组织实施|实施保障|工作保障|保障机制|相关要求|有关要求|^加强组织领导$|^组织领导$|^强化保障$|^有关事项$|^保障$"
)
STEP_HEAD = re.compile(r"实施步骤|阶段安排|工作步骤|方法步骤|时间安排|步骤安排|实施阶段|进度安排|推进步骤")

# What may follow the name of an agency in a heading under which its duties are listed. 例 市司法局|职责:
AGENCY_HEAD_END = re.compile(r"(?:的?(?:主要|工作|具体)?(?:职责|任务|分工){1,2})?[ ]{0,2}:?$")

# Where the title of an item ends, at the latest before its clause.
TITLE_END = re.compile(r"[。;]|:$|\((?=[^()]{0,200}(?:牵头|负责|责任|单位))")
# 例 坚持问题导向,注重创新驱动。 · ——坚持统筹推进。 · 一是坚持…
PRINCIPLE_START = re.compile(
    r"[ 。:-]{0,20}(?:[一二三四五六七八九十]是)?(?P<headline>(?:坚持|强化|突出|注重|鼓励|遵循|[\u4e00-\u9fff]{2,6}[、,][\u4e00-\u9fff]{2,6}[。,]))"
)
HEADLINE_END = re.compile(r"[。:;\n]")

# ---- responsibility clauses -----------------------------------------------------------------------------------------

# Any of these must stand in a bracket for it to be read as a clause.
CLAUSE_CUE = re.compile("牵头|负责|责任|配合|参加|参与|协助|协办|主办|指导|落实|实施|支持|统筹|主抓|为主|主管|督导|承办|办理")
# A bracket without any of them is one if it is a list of names that closes an item. 例 监督。|(市司法局、市财政局)
BARE_LIST_BEFORE = re.compile(r"[。;!:\n]$")
BARE_LIST_AFTER = re.compile(r"[ 。;]{0,3}(?:\n|$)")

BRACKET = re.compile(r"[()\[\]]")
STATEMENT = re.compile(r"[;。]")

_LEAD = "牵头|主办|主责|主抓|主要责任|第一责任"
_SUPPORT = "配合|协办|参与|参加|协作|协助|支持|协同"
_LABEL_WORDS = (
    rf"(?:[省市县区州镇]级|直接|首要|共同|总)?(?:(?:{_LEAD})|(?:{_SUPPORT})|责任|实施|指导|落实|承办|主管|监管|负责|督导|执行|组织){{1,2}}"
    r"(?:和[^:,\n]{1,6})?(?:单位|部门|机关|机构|主体|科室|处室|股室|地区)?(?:及(?:其)?责任人)?"
)
LEAD_LABEL = re.compile(_LEAD)
SUPPORT_LABEL = re.compile(_SUPPORT)
# What structures a statement: a mark on one name (市司法局(牵头)), the label of another field (完成时限:), a label that opens
# a list of units (责任单位:), a verb that closes one (A、B按职责分工负责), or 会同, which joins the next list to it.
CLAUSE_TOKEN = re.compile(
    rf"""(?=[(\[按根依共分具统要应须总负牵主为参配协支组贯抓落指实承办推督监会联责执完整序时期进节包挂领备工预目成措考验评直首第省市县区州镇])(?:
      [(\[](?P<mark>(?P<lead_mark>总?牵头|主办|主责|第一责任)|(?P<support_mark>配合|协办|参与|协助)|责任|落实)(?:\]|(?:单位|部门)?\))
    | \(?(?P<other>(?:完成|落实|办结|整改|序时|推进)?(?:时限|时间|期限|进度|节点)(?:要求|安排)?[ ]{{0,2}}:
        |(?:牵头|责任|分管|包联|包保|联系|主管|挂钩|督导|[省市县区]级|[市县区])?(?:领导|责任人|负责人|联系人)(?:同志)?[ ]{{0,2}}:
        |备注:|(?:工作|预期)?(?:目标|成果|成效|措施)(?:形式)?:|(?:督查|督办|监督|考核|验收|评估)(?:单位|部门):)
    | \(?(?P<label>\[(?=[^\]]{{1,12}}\])(?:{_LABEL_WORDS})\]:?|(?:{_LABEL_WORDS})(?:[ ]{{0,2}}:|(?<=[位门关体])[为是](?![牵责配])))
    | (?P<verb>(?:按照?(?:各自)?(?:职责|职能|任务|分工){{1,3}}(?:分别|共同)?|(?:根据|依)(?:各自)?职责(?:分工)?|依法|共同|分别|具体|统一|要|应|须|总){{0,3}}
        (?:(?P<lead_verb>(?:负责)?(?:牵头|主办)(?:抓总|负责|落实|实施|推进|办理|组织实施|协调|组织)?|主抓|为主|为总?牵头(?:单位|部门)?)
        |(?P<support_verb>(?:负责)?(?:参加|参与|配合|协助|协办|支持|协同)(?:负责|落实|实施|单位|做好|推进|工作|办理)?|为(?:配合|协办|参与|参加)(?:单位|部门))
        |(?:分工)?负责(?:(?:具体|组织)?(?:落实|实施|推进|指导|协调|统筹|督导|监督|办理)(?:[、和](?:落实|实施|推进|指导|协调|监督|督促))?)?
        |(?:组织|具体)实施|(?:贯彻|抓好)?落实|指导|实施|承办|办理|推进|统筹(?:推进|协调|负责|指导)?|督导|主管|监管|为(?:责任|落实|实施|承办)(?:单位|部门|主体))
      (?=[,;。、()\]\n ]|$))
    | (?P<joint>会同|联合(?![会社国体]))
    )""",
    re.VERBOSE,
)
# 例 ★|责任单位:市教育局 · [牵头单位]市司法局, on a line of its own or behind the last sentence of an item
_LINE_LABEL = rf"(?:\[(?:{_LABEL_WORDS})\]|(?:{_LABEL_WORDS})(?<=[位门关体构室])[ ]{{0,2}}:)"
BRACKET_LABEL = re.compile(rf"\[(?:{_LABEL_WORDS})\]")
CLAUSE_LABEL = re.compile(rf"[\n。;)][ ]{{0,40}}(?:[-★☆●▲◆■□◎※*·>]{{1,2}}[ ]{{0,4}})?(?P<clause>{_LINE_LABEL})")
# The lines below it that go on. 例 参与单位:… · 完成时限:…
CLAUSE_GOES_ON = re.compile(rf"[ \n]{{0,40}}(?:[-★☆●▲◆■□◎※*·>]{{1,2}}[ ]{{0,4}})?(?P<clause>{_LINE_LABEL}|(?:完成|落实|办结)(?:时限|时间|期限):)")

# The values of a label: the rest of its line, or the next line unless that begins an item.
LABEL_VALUES = re.compile(rf"[ ]{{0,10}}(?:[^\n ][^\n]*|\n[ \n]{{0,40}}(?![({CN}\d第①-⑳])[^\n]+)")
# A name that is beyond doubt that of an agency. 例 市司法局 · 各县区 · 应急管理部
SURE_UNIT = re.compile(r"^(?:[省市县区州盟旗]|各|国家|中央|全国)|[局委部署厅会院办]$|政府$")

# 例 列第一位者为牵头单位(下同) · 排在第一位的为牵头单位 · 第一个单位为牵头单位
POSITIONAL = re.compile(
    r"(?:第一位?|首位|第一个|第1位)(?:者|的)?(?:责任|落实)?(?:单位|部门)?(?:即?[为是])总?(?:牵头|主办|主要责任)(?:单位|部门)?"
)

# 例 以下均需试点城市政府落实,不再列出 · 各县市区人民政府均为责任单位,不再单独列出
DEFAULT_RULE = re.compile(
    r"(?:以下|下列|后续)(?:各项|任务|工作|措施){0,2}均?(?:需|须|由|为)(?P<after>[^,。;()]{2,30}?)(?:负责)?(?:落实|负责|实施|组织实施),?不再(?:单独|一一|逐一|另行)?(?:列出|列明|重复)"
    r"|(?P<before>[^,。;()]{2,40}?)均(?:为|是)(?:各项(?:工作|任务)(?:的)?)?(?:责任单位|落实单位|配合单位),?(?:以下)?不再(?:单独|一一|逐一|另行)?(?:列出|列明|重复)"
)
DEFAULT_CUE = "不再"
# What may follow the last verb of a statement and names no unit. 例 A负责|,2023年底前完成 · A牵头|,长期坚持
CLAUSE_REMARK = re.compile(r"[, ]{1,4}(?:力争|于|在|确保)?(?:\d{4}年|\d{1,2}月|年底|年内|长期|持续|立即|适时|(?:各部门)?各司其职)[^,]{0,20}$")

# 例 以上均由市司法局牵头 · 上述任务
ABOVE = re.compile(r"(?:以上|上述)(?:各项|任务|工作|事项|措施|\d{1,2}项)?")

# ---- units ----------------------------------------------------------------------------------------------------------

# What the name of an agency, or of a body named by its field, ends in.
# fmt: off
UNIT_END = (
    "局", "委", "办", "厅", "部", "院", "署", "会", "社", "处", "科", "所", "站", "队", "台", "馆", "团", "关",
    "中心", "政府", "党委", "党组", "党工委", "单位", "部门", "机关", "机构", "公司", "集团", "银行", "支行", "分行", "法院", "检察院", "人大", "政协",
    "组织", "指挥部", "领导小组", "工作组", "领导组", "协调组", "专项组", "专班", "街道", "街镇", "镇街", "乡镇", "镇", "乡", "县", "市", "区", "州", "旗", "盟", "地区", "园区",
    "新区", "景区", "开发区", "委员会", "办公室", "办公厅", "大学", "学院", "党校", "社区", "各地", "行署", "联合社", "总社", "信保", "电网", "铁塔", "电信",
    "移动", "联通", "邮政", "兵团", "城市", "联", "协", "室", "各省", "团中央", "园", "校", "厂", "港口", "机场", "林场",
)
# fmt: on

# Never a unit, whatever it ends in.
NOT_UNIT = re.compile(
    r"责任人|负责人|领导干部|领导班子|主要领导|分管领导|工作人员|联系人|校长|院长|专家|群众|公民|法人|个人|^(?:牵头|责任|配合)单位$|^[相有]关$|^坚持|-"
    r"|[。:;!?《》\"<>%+]|\d{4}年"
)
# Quotes belong to a name where they stand around a few words of it. 例 省“十强产业”协调推进机制牵头部门
NAME_QUOTES = re.compile(r"“[^“”、,]{1,12}”")

# 例 各县(市、区)人民政府 · 市直有关单位 · 其他部门 · 相关部门, but not 省地方金融监管局, 市直属机关工委, 龙安街道
COLLECTIVE = re.compile(
    r"各|每个|其他|其它|有关|相关|相应|地方(?!金融|志|税务|史志|海事|铁路)|全[省市区县]|所属|直属(?!机关工)|成员单位|所在地|试点|有条件"
    r"|^[省市区县州中]?直(?!辖|属机关工|机关工|机关事|工委)|(?:部门|(?<!纪委|监委|委\))机关|单位|组织)$|^[省市区县州乡镇村、(), 和街道园]{2,}(?:[两三四]级)?(?:党委|人民政府|政府)?$|(?:乡镇|镇街|街镇)$|(?:^|[乡镇、,和及(])街道$|社区$"
)
# Parts that go on under one 各: 各县区党委、政府 · 各市、县〔区〕人民政府 · 各县(市,区),园区,乡镇(街道)
COLLECTIVE_TAIL = re.compile(
    r"(?!各|其他|[省市区县州](?:直(?!辖)|级|有关|相关))[省市区县州盟旗乡镇村园街道自治直辖设(),、/\[\] ]{0,16}"
    r"(?:党委|政府|人民政府|管委会|办事处|党工委|园区|开发区|功能区|部门|单位|各部门|直属机构|直属单位|有关单位|有关部门|企事业单位|机构|街道|乡镇|镇街|县级市|机关|(?:开发|管理|功能|园|新)区(?:管理委员会|管委会)?|[委办局部处室])?$"
)
# 例 市委宣传部|(市新闻出版局): one body under two names
NAMEPLATE = re.compile(r"[(\[]")
# What may part two units; 和, 与, 及 and a line end do so only between two whole names.
LIST_TOKEN = re.compile(r"[()\[\]、,/;]|以及|[和与及]|\s")
# A list without any of these is names between marks, no more. 例 市司法局、市财政局, but not 各县区党委、政府 · A和B · 科技、财政等部门
INVOLVED = re.compile(
    r"[()\[\]各和与及以述等由其\s/;]|(?:门|构|位|机关)$"
    r"|(?:^|[、,])(?:[^、,]{0,2}(?:[、,]|$)|单位|部门|机构|机关|地区|乡镇|街道|园区|镇街|直属|企事业)"
)
NAMES = re.compile(r"[^、,]+")
# How a name begins after a line end, where the line above may have been broken inside a name.
LIST_START = re.compile(r"\s{0,40}(?:[省市区县州盟旗各国]|中共|全[省市区县]|其他|有关|相关|[\u4e00-\u9fff]{2,5}[省市区县])")
# No name of its own: the second half of 有关部门和单位, 各地区和部门.
BARE_PART = re.compile(
    r"(?:[省市区县州盟旗乡镇村、,()]{1,12}(?:[两三四]级)?|各?(?:单位|部门|机构|机关|地区|乡镇|街道|园区|镇街)|直属(?:单位|机构)|企事业单位)(?:人民政府|政府|党委)?"
)
# Words before a list that are no part of its first name. 例 由市司法局 · 其中,市财政局
OPENING = re.compile(
    r"[ \n]{0,40}(?:(?:以上|上述)(?:各项|任务|工作|事项|措施){0,2}均?)?(?:(?:并|主要|具体)?由|其中)?[ \n]{0,10}"
)
# 例 市|司法局 · 市委|组织部, but not 市场监管总局
LEVEL_PREFIX = re.compile(r"自治区(?:党委(?=.))?|[省市区县州盟旗]委(?=.)|(?!市[场容]|区域|县域)[省市区县州盟旗](?!直(?!属机关工))")
# A name that stands without the prefix it shares: 省工信厅、|财政厅| · 市委组织部、|宣传部|. Branches of national bodies have none.
ELIDED = re.compile(
    r"(?!.{0,20}(?:海关|银保监|金融监管总局|证监|外汇|铁路|电力|公司|银行|人行|集团|国家|中国|中央|总局|管委会))"
    r"(?!.{1,6}[省市县区州].{0,12}[局厅委])(?:[\u4e00-\u9fff()]{2,14}(?:厅|局|委|办|部|委员会|办公室|支队|中心)|[\u4e00-\u9fff]{0,4}(?:妇联|工商联|残联|科协|文联|侨联|总工会|法院|检察院))$"
)
# 例 市工信局、市委网信办等市直相关单位 · 省财政厅等 · 人力资源社会保障部等有关部门和单位
AND_OTHERS = re.compile(
    r"等(?P<rest>(?:\d{1,2}个)?(?P<named>各|有关|相关|[省市区县州](?:直|级|政府|委)|其他|国务院|中央){0,3}"
    r"(?:部门|单位|机构|地区|方面|地|职能部门)?(?:和(?:部门|单位|机构|地区|县区))?(?:\((?:部门|单位)\))?)$"
)

# ---- whom a collective means ----------------------------------------------------------------------------------------
# These read the name without its place, its brackets and the marks between levels.

# 例 各县市区|人民政府 · 各县区|党委、人民政府 · 各市、州、县|政府 · 各乡镇|人民政府、街道办事处 · 各级|人民政府 · 各地 · 各县市区，园区
MEMBERS_LEVELS = re.compile(
    r"(?:地方)?各?(?:有关|相关|其他)?"
    r"(?P<levels>级|地区?|地级以上市|(?:(?:园|开发|功能)区|[省市区县州盟旗乡镇街道自治直辖设的、,，和级]){1,24})(?:有关|相关)?"
    r"(?P<bodies>(?:[、,，和]?(?:地方)?(?:党委|党工委|人民政府|政府|行署|街道办事处|办事处|(?:开发|功能|园|新)?区?管委会|各?(?:类)?(?:园|开发|功能)区)){0,5})"
    r"(?P<departments>[、，和]?各部门)?"
)
# 例 市直各部门 · 市政府各部门、各直属机构 · 各有关部门 · 县直各单位 · 市直有关部门和单位 · 各部门各单位
MEMBERS_DEPARTMENTS = re.compile(
    r"(?:[省市区县州国]?(?:直|级|属)?(?:人民政府|政府|务院)?)(?P<each>各|全体|所有)?(?:[省市区县州](?:直|级))?(?:有关|相关|其他)?(?:职能|工作|组成)?(?:部门|单位|部委|委办局)"
    r"(?P<tail>[、,，和及]?(?:各|有关|相关)?(?:直属|企事业|事业)?(?:部门|单位|机构)){0,3}"
)
# 例 有关部门 · 相关县区 · 试点城市 · 其他部门 · 有条件的地区
MEMBERS_SOME = re.compile(r"有关|相关|相应|其他|其它|试点|条件|部分|所在|成员|重点")

# ---- duties in prose ------------------------------------------------------------------------------------------------

# A possible end of a subject, right before the verb of its duty. 例 各县区政府|要 · 区司法局|应当 · 区财政局|负责
_ADVERB = r"(?:[也都均仍还]|分别|具体|切实|积极|共同|按照?职责|根据职责|统一|不断|适时|及时|依法|定期|主动|严格|进一步|全面|充分|认真|每年|每月|每季度|每半年){0,2}"
_MODAL = (
    r"要(?!求|素|件|点|闻|地|案)|应当?(?!急|用|对|诉|届|尽|收|公开|税)|须|必须|需要?(?!求)|不得|不予|将(?!来)|牵头"
    r"|负责(?!人|制|同志|[^,。;]{0,8}解释)|会同|联合(?!会|社|惩|体|国|办|执|抽|检)|配合|承担|履行(?!职)|是[^,。;]{2,30}责任主体"
)
_BARE_VERB = (
    r"结合|按照|根据|就|组织|指导|统筹|加强|建立|制定|制订|完善|健全|成立|确定|明确|落实|开展|做好|推进|研究|编制|出台|印发(?!《)|报送|提供"
    r"|设立|安排|督促|协调|完成|推动|加快|优化|配备|加大|对|将|把|梳理|汇总|实施|发挥|深化|强化|细化|参照|依托|作出|筛选|减半|通过|贯彻"
)
DUTY = re.compile(
    r"[局委办厅部院署会府门位关地区县市镇道)心商社站队构协联室城行](?P<verb>"
    rf"{_ADVERB}(?:(?P<modal>{_MODAL})|(?:{_BARE_VERB})(?!的)(?=[^,。;:]{{2}})))"
)
# Words that no name of an agency holds: what has them is a phrase that merely ends like one.
NOT_ACTOR = re.compile(
    r"^(?:经(?![信济贸开发委])|向|对(?!外)|将|被|让|与|同(?![安江德仁心])|为|在|以|按|于|从|把|使|并|且|或|但|如|若|凡|及|其(?!他|它)|该|本(?!市|省|县|区|级)|此|这|那|我(?!市|省|县|区|州)|到|要|由|需|坚持|配合(?!单位|部门)|和(?![平县田龙林静顺])|等|多|建立|可|应(?!急|对)|不|未|无|有(?!关|条件)|促进|加快|加大|协同|依托|引导|动员|督促|发挥|围绕|进一步|抓紧)"
    r"|[的将把]|一个|一件|通过|加强|推动|鼓励|支持|要求|深化|完善|健全|强化|落实|严格|明确|利用|制定|推进(?!办|局|中心|领导|小组|委)|按照|根据|组织(?!部)|办理|承担|拓展|提升|全社会|社会$|专区$|大厅$|内部$|会同(?!县)"
    r"|^(?:政府|党委|部门|单位|机构|机关|中心|街道|社区|社会|国家|城市|办公室|党委、政府)$|^[^各]{0,2}(?:城市|社区)$(?<!试点城市)(?<!各社区)"
)
# Those whose duties are not counted: private actors and service institutions, also state-owned ones.
NO_AGENCY = re.compile(
    r"(?:金融|医疗|中介|养老|培训|检测|评估|科研|新闻|媒体|教育|社会|咨询|运营|慈善|服务(?<!公共就业服务)|专业|第三方|(?<!融资)担保(?<!再担保))机构$"
    r"|(?<!人民)银行(?:[\u4e00-\u9fff]{0,6}[分支]行)?$|医院$|学校$|高校$|院校$|大学$|学院$|事业单位$|企事业单位$|企业|社会组织$|合作社$|会员单位$|主办单位$|用人单位$|运营单位$|建设单位$|施工单位$|项目单位$"
)
# Those who act each for themselves, whose verb needs no 要. 例 各乡镇(街道)建立 · 其他县(区)确定 · 试点城市制定
EVERY = re.compile(r"各|其他|试点")
# Where a subject may begin.
FRAGMENT_START = re.compile(r"[。;:!?\n\"“”'》]|,(?![^()]{0,10}\))")
# Adverbials that may stand before the subject within its own fragment. 例 其中,|各主责单位 · 2022年底前|各级政府
DUTY_OPENING = re.compile(
    r"[ \n]{0,20}(?:其[一二三四五六中],?|[一二三四五六七八九]是|同时,?|此外,?|对此,?|由|[①-⑳]|\(?[一二三四五六七八九十\d]{1,3}[.、)])?[ ]{0,4}"
)
# A helps B: after these words the unit is helped, told or judged, not the one who must act.
NOT_SUBJECT = re.compile(
    r"(?:鼓励|支持|推动|督促|要求|指导|引导|允许|经|向|对|被|为|让|请|报|由于|如|若|凡|因|供|除)[^,。;]{0,4}$"
)
NO_DUTY = re.compile(r".{0,8}(?:可以?(?!靠|行|持|视|再)|已经?(?!批)|曾)|[^,。]{0,4}了(?!解|结|断)|[^,。]{0,40}了[,。]")
# What stands between a sentence's head and its subject may be a time. 例 2021年底前,|各县(区)政府制定
TIME_BEFORE = re.compile(r"(?:前|底|内|年|月|日|后|半年),$")
# 例 由区问责办提起行政问责 · 由市司法局牵头
BY_AGENCY = re.compile(
    r"(?<![自理缘])由(?P<units>[^,。;:由]{2,60}?)(?P<verb>(?:统一|具体|共同|分别)?(?:牵头|负责(?!解释|人)|组织|办理|提起|会同|承担|统筹|推荐|审核|审批|出具|提供|制定|实施|确定|发布|编制))"
)
# Those who go along: 会同 B、C(等部门) before the verb of the work, 组织B做
ALONG = re.compile(
    r"(?:会同|联合|组织)(?P<units>[^,。;:]{2,160}?(?:部门(?:\(单位\))?|单位|机构|各方|地方|[局委办厅部院署会府]))"
    r"(?=(?:按|对|结合|开展|组建|成立|组织|做好|建立|制定|研究|推进|落实|筛选|加强|共同|统筹|完善|指导|负责|进行|实施|抓好|编制|审核|联合|适时|定期|统一|等|在|[,。;]))"
)
FRAGMENT_END = re.compile(r"[。;:,\n]")
# 例 本政策由市商务局会同市财政局|负责解释 (a rule about the text itself)
EXPLAINS = re.compile(r"[^。;:,\n]{0,80}负责[^。;:,\n]{0,8}解释")
# A subject that only helps. 例 各参加单位要积极配合
HELPS = re.compile(r"[^,。;]{0,8}(?:配合|协助|参加(?!单位))(?!单位|[^,。;]{0,6}(?:企业|市场主体|群众|个人|农户))")
# ---- deadlines ------------------------------------------------------------------------------------------------------

# A time that is a deadline even in the lead-in above all items, where the dates of the document itself stand. 例 到2027年
FIRM_TIME = re.compile(r"^[到至]|[前底末]$")

_END = r"(?:年?底|年?末|上半年|下半年|第?[一二三四1-4]季度(?:末|底)?)"
_MONTH = r"(?:1[0-2]|0?[1-9])月(?:(?:[12]\d|3[01]|0?[1-9])日|份?(?:底|末)|[上中下]旬|份)?"
_BEFORE = r"(?:之前|以前|前|内)?"

# Titles of documents and periods of plans, whose years are no deadlines. 例 《…(2021-2025年)》 · “十四五”时期(2021-2025年)
QUOTED = re.compile(
    r"《[^《》]{2,160}》|\((?:19|20)\d\d年?-(?:19|20)\d\d年\)|(?:19|20)\d\d(?:年度|年第(?![一二三四1-4]季度)|年版|年以来)|[\[(](?:19|20)\d\d[\])]\d{1,5}号"
)
# Before a time: reports, validity, the day of an issue or a meeting. 例 截至2021年底 · 有效期至2025年12月31日
NO_DEADLINE_BEFORE = re.compile(
    r"(?:截至|截止到?|有效期(?:限)?(?:至|到|为)?|执行(?:期限)?至|自|从|去年|较|比|以(?!后)|经|不超过|不少于|最长|满|近|连续|未来|低于|超过|参保|有效)[^,。;:]{0,2}$"
)
# Before a time that is one of completion by its label. 例 完成时限:2019年12月取得阶段性成果
TIME_LABEL = re.compile(r"(?:时限|期限|完成时间): ?$")
# After a time: what has been done, a start, a name of a plan. 例 起施行 · 以来 · 印发的 · 完成了
NO_DEADLINE_AFTER = re.compile(
    r"(?:起(?!,?(?:实施|开展|用))|以来|以后|后|度|版|第|印发|发布|出台|修订|全国|会议|施行|,?已|[^,。;]{0,16}了|以上|工作要点|《|期|级|制(?![定订])|年度|\]|及以|至今|左右的?历史|的(?!任务|工作|目标))"
)
# 每人每年只享受一次: a limit of a benefit. A duty to be fulfilled every year is none.
RECURRING_LIMIT = re.compile(
    r"(?:补助|补贴|奖励|奖补|给予|资助|不超过|最高|只享受|每(?:家|户|人|次|吨|亩|平方米)每年(?:不超过|最高|给予|只|补))|万元|每年度?(?:以|考核|报告)?$"
)
# A period to the day that only bounds a benefit. 例 2019年1月1日至12月31日,对…企业,返还
BENEFIT = re.compile(r"^,?(?:对|困难|将|企业|参保|减|免|缓|可|期间|内|按|给予|新)|返还|补贴|减免|免收|减半|放宽|优惠|贴息|缓缴")
# A year alone is the time of completion at the head of a clause, before the work. 例 。2022年全区…率达90%以上
BEFORE_BARE_YEAR = re.compile(r"(?:^|[。;:,、(\n\"“ ]|力争|确保|争取|计划|在|于|其中|是)$")
AFTER_BARE_YEAR = re.compile(
    r"[,、]?(?!年|\d|底|末|[^,。;]{0,10}(?:以来|数据|基数|同期|为基|水平|印发|公布|规划|要点|计划$))[\u4e00-\u9fff“(]"
)
# 例 自本意见印发之日起30日内 · 在本意见印发之日起
EVENT = re.compile(r"(?:自|从|在)?(?:本[\u4e00-\u9fff]{1,4})?(?:印发|发布|公布|下发|出台)之日起$")

# A year, a part of it, a month or a day: 例 2022年底前 · 2019年上半年 · 2023年6月底前 · 2022年8月10日前 · 6月底前 · 年内
# (TIME is matched only where TIME_CUE finds its first character, which is faster than searching for it.)
# A period joins two: 例 2022年3月至2025年12月底前 · 2022年8月-12月 · 2019年1月1日起,实施三年
# A recurring duty: 例 每年4月1日前 · 每季度 · 逐月. A limit relative to an event: 例 5个工作日内 · 3年内 · 任期内
TIME_CUE = re.compile(r"[2每年今本逐任1-9一二两三四五六七八九十]")
TIME = re.compile(
    rf"""(?P<year>20\d\d)年(?:(?P<end>{_END})|(?P<month>{_MONTH}))?(?P<before>{_BEFORE})
      (?:[ ]?(?:至|到|-{{1,2}})[ ]?(?:(?P<to_year>20\d\d)年)?(?:(?P<to_end>{_END})|(?P<to_month>{_MONTH}))?(?P<to_before>{_BEFORE}))?
      (?P<on>起,?(?:实施|开展|用)[一二三四五两\d]{{1,2}}年(?:左右)?时?间?)?
    | (?<![\d年月])(?P<own_month>(?:1[0-2]|[1-9])月(?:(?:[12]\d|3[01]|0?[1-9])日|份?(?:底|末))?)(?P<own_before>之前|以前|前)
    | (?:今年|本年度?)(?P<this_end>{_END})?{_BEFORE}(?<=前|内|底|末|年)
    | (?<![一-龥\d])?年(?P<this>内|底前|底之前|末前|底)
    | 每(?P<every>半年度?|年度?|季度|季|个?月|周|星期|日|天|学年|学期)(?P<day>(?:(?:1[0-2]|[1-9])月)?(?:\d{{1,2}}日|底|末)?{_BEFORE})?
    | (?P<daily>逐月|一日一调度|逐季)
    | (?P<count>\d{{1,3}}|[一二两三四五六七八九十]{{1,3}})个?(?P<unit>工作日|自然日|日|天|周|月|年|小时)(?P<inside>之?内)?
    | 任期内
    """,
    re.VERBOSE,
)

# ---- tables ---------------------------------------------------------------------------------------------------------

# The words of a head are read without blanks and brackets. 责任人, 责任领导 and 牵头领导 are people, not units.
_BODY = r"(?:单位|部门|机构|主体|处室|科室|股室)"
# 例 序号 · 任务编号
HEAD_NUMBER = re.compile(r"^(?:任务|工作|项目)?(?:序号|编号|项次|序)$")
# 例 牵头单位 · 主办部门 · 主要责任单位 · 牵头责任单位
HEAD_LEAD = re.compile(rf"(?:牵头|主办|主责|主要责任|主要负责|第一责任)[^领人同]{{0,4}}{_BODY}|^(?:牵头|主办|主责)$")
# 例 配合单位 · 协同配合单位 · 参与部门
HEAD_SUPPORT = re.compile(rf"(?:配合|参与|参加|协办|协助|协同|协作|支持)[^领人同]{{0,4}}{_BODY}|^(?:配合|协办|参与)$")
# 例 责任单位 · 指导部门 · 实施单位及时限 · 责任分工
HEAD_PLAIN = re.compile(rf"(?:责任|负责|实施|指导|落实|执行|承办|承担)[^领人同]{{0,4}}(?:{_BODY}|地区)|^(?:责任|职责|部门|单位)分工$|^分工$")
# 例 责任单位(列第一位者为牵头单位)
HEAD_FIRST_LEADS = re.compile(r"(?:第一|首位|首个|列首|排首)[^牵]{0,10}牵头")
# 例 完成时限 · 时间节点 · 计划完成时间 · 进度安排
HEAD_DUE = re.compile(
    r"^(?:计划|预计|拟|工作|任务|推进)?(?:完成|办结|落实|整改|实施|推进|办理)?(?:时限|期限|时间|日期|进度安排|进度|节点)(?:节点|安排|要求|进度|期限)?$"
)
# 例 工作任务 · 改革举措 · 主要内容 · 重点工作
HEAD_TASK = re.compile(r"任务|举措|措施|内容|事项|重点工作|工作要点|主要工作|职责|工作要求|项目名称|^工作$|^项目$")
# What a table without 责任单位 must have beside 序号 to be one of tasks.
HEAD_OF_TASKS = re.compile(r"任务(?!数|量)|举措|措施|重点工作|工作要点|主要工作")
# What makes it another table. 例 指标名称 · 收费标准 · 联系电话
HEAD_NO_TASK = re.compile(
    r"指标|金额|资金|投资|电话|标准|依据|收费|姓名|职务|得分|分值|数量|面积|材料|许可|流程|处罚|联系|单价|地址|面积|规模"
)
# 例 单位 | 主要职责: a table of the duties of each agency
HEAD_UNIT = re.compile(r"(?:成员|市直|区直|县直|省直)?(?:单位|部门)(?:名称)?")
HEAD_DUTIES = re.compile(r"职责|任务|分工")
# The second line of a head that is printed on two. 例 完成|时限 · 牵头|单位
HEAD_TAIL = re.compile(r"(?:单位|部门|时限|时间|任务|内容|举措|措施|范围|安排|要求|号|位)$")
# Where a table in text may begin, at the end of a cell: 例 序号 · 责任单位 · 牵头部门
# (It opens with one set of characters, which is found far faster than a choice of words.)
TABLE_CUE = re.compile(r"[序编单部] {0,4}[号位门](?=[ |｜\n]|\Z)")
# What parts the cells of a line, in the text itself: a tab, a rule, wide blanks.
CELL_BREAK = (re.compile(r"\t"), re.compile(r"[|｜]"), re.compile(r"[ \u3000\xa0]{2,200}"))
# 例 | :--- | --- |
RULE_CELL = re.compile(r":?-{1,200}:?")
# 例 - 5 - at the foot of a page
PAGE_LINE = re.compile(r"- {0,4}\d{1,4} {0,4}-")
# 例 12 · 3. · (4) · 2.1 · 三、 · (二)
ROW_NUMBER = re.compile(
    rf"[(]?(?:(?P<digits>\d{{1,4}})(?:[.-]\d{{1,3}}){{0,2}}|(?P<cn>[{CN}]{{1,4}}))[)]?[.、]?"
)
# A cell that names nobody. 例 无 · / · —
CELL_NONE = re.compile(r"[无/\-\s]{1,8}")
# Where a measure holds, which names nobody. 例 全市 · 8个县区
WHOLE_PLACE = re.compile(r"全[国省市区县州]|\d{0,4} {0,2}个.{1,12}")
# 例 2023-06-30 · 2023.6
CELL_DATE = re.compile(r"(?P<y>20\d\d)[-./](?P<m>\d{1,2})(?:[-./](?P<d>\d{1,2}))?")
# 例 一季度 · 上半年, of the document's year
CELL_PART_OF_YEAR = re.compile(r"第?[一二三四1-4]季度(?:末|底)?前?|[上下]半年前?")
# A line that may go on with the name of an office of its own. 例 市委|宣传部 · 市政府|办公室
NAME_GOES_ON = re.compile(r"[\u4e00-\u9fff]{1,8}(?:委|政府)")
SENTENCE_MARK = re.compile(r"[,。;:]")
# The line above a table that is its title. 例 2023年重点任务分工表
TABLE_TITLE = re.compile(r"[^。;:]{2,60}(?:表|清单|台账|分工|方案|安排|任务书?|路线图)(?:[(][^()]{1,20}[)])?$")

# ---- citations ------------------------------------------------------------------------------------------------------

# Behind its 印发, the title of a 通知 names the plan that it prints.
PRINTED = re.compile(r"(?:印发|转发|发布|公布)")
# What a cited document is; a book or a system between 《》 is none.
CITED_KIND = re.compile(
    rf"(?:{KINDS}|法|法典|准则|标准|指引|指南|决议|宣言|报告|合同|协议|目录)(?:[(][^()]{{1,30}}[)]){{0,2}}$"
)
# 例 《国务院办公厅关于…的指导意见》(国办发〔2019〕54号) · 国办发〔2019〕54号
CITATION = re.compile(
    rf"[《\[(](?:(?<=《)(?P<title>[^《》]{{2,120}}(?:<[^<>]{{1,60}}>[^《》]{{0,60}})?)》(?: ?[(](?P<number>{DOC_NUMBER.pattern})[)])?"
    r"|(?<=[\[(])(?:19|20)\d\d[\])]第?\d{1,5}号)"
)
# The letters before the year of a 文号 without a title. 例 根据|国办发 · 》(…号)和|川办函
NUMBER_LETTERS = re.compile(
    r"(?:(?<![\u4e00-\u9fff》)])|(?<=[》)])(?![和与及])|(?<=[》)号][和与及])|(?<=根据)|(?<=按照))(?!根据|按照)[\u4e00-\u9fff]{1,12}$"
)

# ---- formats --------------------------------------------------------------------------------------------------------
# These read files and web pages as they come, not the plain view.

# 例 <div class="TRS_Editor"> · <!DOCTYPE html> · <p>各县区人民政府：</p>
MARKUP = re.compile(
    r"<(?:!doctype html|!--|html|head|body|div|p|br|span|table|tr|td|th|ul|ol|li|h[1-6]|meta|title|script|style|section|article|center|font|strong|b|a)\b",
    re.IGNORECASE,
)
# 例 <meta charset="gb2312"> · <meta http-equiv="Content-Type" content="text/html; charset=GBK"> · <?xml encoding="utf-8"?>
META_CHARSET = re.compile(
    rb"<(?:meta\b[^<>]{0,200}?charset|\?xml\b[^<>]{0,80}?encoding)\s{0,9}=\s{0,9}[\"']?\s{0,9}(?P<charset>[\w.:-]{1,40})", re.IGNORECASE
)
# 例 <div class="box"> · </div>
TAG = re.compile(r"<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]{0,20})")
BLANKS = re.compile(r"[ \t\r\n\f]{1,9999}")
# 例 关于印发工作方案的通知_长治市人民政府 · 通知 - 政策文件 (the title of a page, with the site's name behind)
BAR = re.compile(r"[_|｜]| ?-{1,4} ")
# 例 索 引 号： · 【发布日期】 · 发文机关 (the labels of a web page's 信息公开 header, in brackets, with or without a colon)
_FIELD_NAMES = (
    "索引号|信息索取号|发文机关|发文机构|发文单位|制发机关|发布机构|发布单位|公开机构|公开主体|成文日期|成文时间|发文日期|发文时间|生成日期"
    "|发布日期|发布时间|公开日期|公开时间|发文字号|文件编号|文号|标题|名称|信息名称|文件名称|主题分类|公文种类|体裁分类|主题词|关键词"
    "|有效性|效力状态|生效日期|实施日期|废止日期|失效日期"
)
FIELD = re.compile(
    r"(?<![\u4e00-\u9fff])[\[【（(]?[ \u3000\xa0]{0,4}(?P<label>"
    + re.sub(r"(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])", r"[ \\u3000\\xa0]{0,6}", _FIELD_NAMES)
    + r")[ \u3000\xa0]{0,4}(?P<mark>[\]】）)]?[ \u3000\xa0]{0,2}[:：]|[\]】]|$)"
)
# Where the value of a field ends: at the next label. 例 2022-03-05| 来源：市政府办 · 2022-03-05| 【字体：大 中 小】
FIELD_END = re.compile(r"[ \u3000\xa0|]{1,20}[\[【（(]?[\u4e00-\u9fff][\u4e00-\u9fff \u3000\xa0]{1,10}[:：]|[ \u3000\xa0|]{1,20}[\[【]")
# Lines of a page that are no words of its article. 例 【打印本页】 · 分享到： · 浏览次数：12 · 【字体：大 中 小】 · 扫一扫在手机打开当前页
CHROME_LINE = re.compile(
    r"[\[【（(]?[ ]{0,4}(?:打印(?:本页|此页|正文)?|关闭(?:窗口|本页|页面)?|收藏(?:本页)?|返回(?:顶部|首页|列表)?|分享(?:到)?|我要纠错|纠错|加入收藏"
    r"|扫一扫[^。；]{0,20}|(?:字[体号]|字体大小)[^。；]{0,16}|(?:浏览|点击|阅读|访问)(?:次数|量|数)?[:：][^。；]{0,12}|视力保护色?[:：]?|保护视力色[:：]?"
    r"|当前位置[:：].{0,80}|您(?:的|当前)位置[:：].{0,80})[ ]{0,4}[:：]?[\]】）)]?(?:[ 　【\[|]{1,4}(?:打印(?:本页)?|关闭(?:窗口)?|大|中|小|[+-])[\]】|]{0,2}){0,6}"
)
# 例 - 3 - · — 12 — · 第 3 页 共 12 页 · 3/12 · 3 (the foot of a page; GB/T 9704-2012, 7.5: 页码)
PAGE_NUMBER = re.compile(r"[-—–·－ ]{0,8}(?:第 ?)?\d{1,4}(?: ?页)?(?:[ ,，]{0,2}(?:/|共) ?\d{1,4}(?: ?页)?)?[-—–·－ ]{0,8}")
# 例 %1、 · （%2） (the text of a numbering level in WordprocessingML, ECMA-376, 17.9.11)
LEVEL_NUMBER = re.compile(r"%([1-9])")
