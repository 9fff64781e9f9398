"""What a rhythm only limits, measures or names: 每人每年只享受一次, 每日交易量, 每月通报制度.
A duty to be fulfilled every year is none of these."""

from __future__ import annotations

import re
from typing import Final

from loaders.lexicon.predicates import ADVERBS, VERBS

# 每人每年只享受一次, 每年补助10万元, 每年保持增长: a limit, an amount or a measure.
_AMOUNT: Final = r"(?:分别)?为?[ ]?\d[\d,.]{0,8}[ ]?[万亿]?元"
_LIMIT: Final = re.compile(
    r"(?:最[高多]|加[收处]|不[得可]?超过|不得多于|为(?:公司|企业|工厂)(?:节|创|增|减|带)|用于|补[助贴]|额度|给予[^,。;]{0,12}"
    rf"(?:津贴|补[贴助]|奖励)|只|限(?!期)|可(?!研|持续)|享受|累计(?:最高|不超过)|保持|递增|增长|{_AMOUNT})"
    r"|(?!(?:共同)?投入)[^,。;]{0,30}(?:最高|不超过|给予|资助|享受|补|奖|返还|不[低高]于)[^,。;]{0,16}(?:元|[%％]的|工资标准)"
)
# Hours in which something may be. 例 每天|7时至22时|禁止通行, but not 每日|8时至18时|开展巡查
_HOURS: Final = r"\d{1,2}[时:点][^,。;\n]{0,6}[至到-](?:次日|凌晨){0,2}[\d:时点分至到-]{1,12}(?:[,。;\n禁限]|\Z)"
_OF_AMOUNTS: Final = r"[出坐开]诊(?![一两三\d]次)|交易量|[产销总]量|时长|营业时间|服务时间|保障标准|调整水平|人次|月度考"
# 例 每月|通报制度 · 每日|动态评估机制
_REGIME: Final = (
    r"(?:调度|通报|报告|统计|例会|会商|督查)[^,。;\n]{0,8}制度(?=[,。;、 \n”)])"
    rf"|(?!{VERBS}|{ADVERBS}|[对向将把由从按])[^,。;\n]{{2,14}}(?:制度|机制)(?=[,。;、 \n”])"
)
# What a rhythm only measures or names. 例 每年|1000名左右 · 每日|交易量达6000吨 · 每日|动态评估制度 · 每年|举行会议的时候
_MEASURED: Final = re.compile(
    rf"\d{{1,6}}(?:[万余多]{{0,2}})[名人家套吨辆]|[按以][^,。;]{{1,12}}计算|标准(?![化地])|{_HOURS}"
    rf"|[^,。;\n]{{0,8}}(?:{_OF_AMOUNTS})|(?:月度?)?考[核评](?:的结果|表|评表)(?!报|进行)"
    rf"|{_REGIME}|[^,。;\n]{{2,12}}的(?:时候|因素)"
)
# 例 根据|每日动态评估结果 · 各县的|每日风险等级 · 打破|每年集中评审的做法
_OF_MEASURE: Final = re.compile(r"(?:的|根据|依据|与|打破|改变|[增改]为|达到|提高到|每[生户亩])$")


def only_measures(before: str, after: str) -> bool:
    """Whether a rhythm between these words is no duty."""
    return bool(_LIMIT.match(after) or _MEASURED.match(after) or _OF_MEASURE.search(before))
