"""What the name of an agency, or of a body named by its field, ends in."""

from __future__ import annotations

import re

UNIT_LAST = frozenset("局委办厅部司院署会社处科所站队台馆团关镇乡县市区州旗盟联协室园校厂组")
# fmt: off
UNIT_END = (
    "中心", "政府", "党组", "单位", "部门", "机构", "公司", "银行", "支行", "分行", "中支", "人大", "组织", "小组",
    "联席会议", "常务会议", "督导组", "督查组", "检查组", "防总", "防指", "两级", "三级", "四级",
    "有关企业", "相关企业", "人行", "工作组", "领导组", "协调组", "专项组", "专班", "街道", "镇街", "大学", "各地", "各省",
    "各级", "各属地", "各村", "、村", "各行政村", "每个行政村", "有关方面", "各方面",
    "条件的地方", "部门和地方", "其他地方", "省份", "团中央",
    "每个省", "有关各方", "受灾地", "事发地",
    "各地方", "警方", "人民团体", "解放军", "信保", "电网", "铁塔", "电信", "移动", "联通", "邮政", "港口", "机场", "林场",
)
# fmt: on
_POWER = re.compile(r"国网[\u4e00-\u9fff]{2,8}电力")  # 例 国网重庆电力
# What a list of names may end in: the last of them, a bracket, or its rest. 例 A、B等方面 · 市司法局等 · 市司法局、
LIST_LAST = UNIT_LAST.union(")]等个面地力 \n\t、,/;", *(end[-1] for end in UNIT_END))
NAME_LAST = "".join(sorted(UNIT_LAST | {end[-1] for end in UNIT_END} | {")", "等"}))
"""What a name, or a list of names, may end in."""


def ends_as_unit(name: str) -> bool:
    return name[-1] in UNIT_LAST or name.endswith(UNIT_END) or bool(_POWER.fullmatch(name))
