"""What ends as the name of an agency does and is none: 领导干部, 责任单位, 加强社会部门, 协办. The words stand in
lexicon/phrases.tsv.
"""

from __future__ import annotations

import re
from typing import Final

from loaders.lexicon.table import pattern_of, words_by_class

PHRASES: Final = {kind: pattern_of(words) for kind, words in words_by_class("phrases.tsv").items()}

# ---- never a unit, whatever it ends in ------------------------------------------------------------------------------

# 例 专家组 · 机组 · 村民小组 · 项目组
_GROUPS: Final = (
    "^.?组$|(?:专家|项目|班|词|数|机|电池|模|套|基因|村民|居民|党|学习|兴趣|互助|评审|课题|研究|分|编|重|审核|审查)[小]?组$"
)
# 例 两级 · 牵头单位 · 相关 · 第3办
_PARTS_OF_LISTS: Final = (
    r"(?<![省市县区州乡镇村)])[两三四]级$|^(?:牵头|责任|配合)单位$|[相有无事]关$|[查惩到好益难用]处$|^\("
    r"|(?<!\d)\d{1,3}(?!\d)|^坚持|-"
)
# 例 主办 · 交办 · 民办 · 补办
_VERBS_IN_BAN: Final = "(?:主|承|协|督|交|经|领|查|联|代|(?<!社)会|民|公|举|创|申|筹|停|补|通)办$"
# 例 上海也会 · 小区会 · 密切关, but not 常委会 · 协会 · 海关: what they end in is the verb, or begins another word
_VERBS_AT_END: Final = "(?<!委员)(?<![委协学商工总合监金字促事究谊筹董本)])会$|(?<![海机])关$|带队$"
# 例 到市司法局 · 自然灾害类由市民政局 · 市司法局会市财政局 · 市审计局对市财政局 · 上述单位 · 2022年各部门
_OF_A_SENTENCE: Final = (
    r"^[到在向去凭持于至]|^(?:下列|上述|以下|前款)|[。:;!?《》…\"<>%+=×*]|\d{4}年|[^自]由[省市县区州国各]"
    r"|[局委部厅](?<![管居村]委)[会对][省市县区各]"
)
# A heading, glued to a name. 例 指挥机构|省政府
_GLUED: Final = "(?:机构|组|体系|保障|处置|职责|发布|分工)[省市县区](?:委|政府|[\u4e00-\u9fff]{2,8}[厅局委办])$"
NOT_UNIT = re.compile(
    "|".join((PHRASES["people"], _GROUPS, _PARTS_OF_LISTS, _VERBS_IN_BAN, _VERBS_AT_END, _OF_A_SENTENCE, _GLUED))
)

# ---- words that no name of an agency opens with ---------------------------------------------------------------------

# 例 本部门 · 本地区
_OWN: Final = "本(?:部门|单位|机关|地区|行业|领域|系统|辖区)$|本(?:办法|条例|规定|细则|方案)"
# 例 指导|各部门, but not 指导中心
_UPON: Final = f"{PHRASES['upon']}(?!部门|单位|机关|机构|小组|组|部|办|局|中心|委|室|领导)"
OPENS_NO_ACTOR = re.compile(f"(?:{PHRASES['opens']}|{_OWN}|{_UPON})")

# ---- words that none holds: what has them is a phrase that merely ends like one --------------------------------------

# 例 企业|的部门 · 由|各部门 · 申|请, but not 有条件的地方 · 设区的市 · 供应 · 许可
_PARTICLES: Final = (
    "(?<!有条件)(?<!设区)的|[将把是也已仍]|(?<!自)由|(?<!植)被|(?<![无行人作华])为(?!民)|(?<![供适对反响感])应(?![急对用收届])"
    "|(?<!申)请|[团会]交(?!通|易|警|管|流)|[部局委厅署院门关府](?:商(?!务|会|贸|业)|[同与](?![级等心业步]))"
    "|(?<!供)给(?!水|排)|(?<!许)可(?!持续|再生|克)|(?<!财)经(?!济|信|贸|营|开|委|发|办|合|协|侦|纪)"
)
# 例 要|各部门, but not 机要局 · 主要责任单位
_MUST: Final = "(?<!机)要(?!闻|害)(?<!主要(?=责任|牵头))"
# 例 副区长介绍了|浦东新区 · 水价在|地方人民政府 · 申请人到|区分局 · 补贴以|广州市 · 项目报|财政部, but not 所在地
_PREPOSITIONS: Final = (
    "了(?!解)|(?<![所驻])在(?![建京地线校职])|(?<![直报])到(?!期|位)|从(?![业化])|以(?![上下内外及])|不(?!动产|锈|良)"
    "|而(?!立)|还(?![款建贷原迁])|(?<=.)(?<!各)自(?![治贸然主由贡流行助动来学强愿营查身])|指(?![挥导定数办中]|$)"
    "|(?<![情海日晚电预申上通简测])报(?!业|社|告|刊|道|名|废|备|警)"
)
# 例 要求组织|各部门 · 研究成立|机构, but not 村(居)组织 · 各级党组织 · 区残联组织 · 组织部
_IN_ITS_MIDST: Final = (
    r"(?<!\))(?<!各级党)(?<!\)党)(?<![残妇工文科侨]联)组织(?!部|机构|委|人事|局)"
    r"|(?<=.)联合(?!会|社|国|体|办|工|采|惩)|(?<=.)成立(?!大会)"
    r"|(?<=.)申报(?=地方)|(?<![受其])委托(?!机关|机构|单位|部门)|(?<=[门局委厅部])指导(?!中心|委|站|组|处|小组|科|司)"
)
# 例 各方面 · 全市 · 为政府, but not 有关方面 · 市政府
_ENDS: Final = (
    "上市(?<!以上市)|方面(?<!有关方面)(?<!各方面)(?<!相关方面)|全[省市县区]|(?<![省市县区州盟旗乡镇级民地方道)、委和])政府"
)
# 例 智慧城市 · 社区 · 东西部 · 隔离病区 · 候车室, but not 试点城市 · 各社区
_NO_PLACE: Final = (
    "^[^各]{0,2}(?:城市|社区)$(?<!试点城市)(?<!各社区)|(?:智慧|数字|开源|网络)社区$|[东西背腰腹]部$|病[区房室]|诊[区室]"
    "|候[车船机]室"
)
_HELD: Final = (
    f"{PHRASES['holds']}|{_PARTICLES}|{_MUST}|{_PREPOSITIONS}|{_IN_ITS_MIDST}|(?:{PHRASES['ends']}|{_ENDS})(?:[(][^()]*[)])?$"
)
NOT_ACTOR = re.compile(f"^{OPENS_NO_ACTOR.pattern}|{_HELD}|^{PHRASES['alone']}$|{_NO_PLACE}")
