"""What the head of a table says that its columns hold, and headings that are fields of a task: (一)责任单位 (二)工作内容."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal

from loaders.facts.labels import part_of
from loaders.text.view import squeezed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.model import Span
    from loaders.text.items import Item

_HEADING: Final = 40  # code points of the longest heading
# The words of a head are read without blanks and brackets. 责任人, 责任领导 and 牵头领导 are people, not units.
_BODY = r"(?:单位|部门|机构|主体|处室|科室|股室)"
# 例 序号 · 任务编号
HEAD_NUMBER = re.compile(r"^(?:任务|工作|项目)?(?:序号|编号|项次|序)$")
# 例 牵头单位 · 主办部门 · 主要责任单位 · 牵头责任单位
HEAD_LEAD = re.compile(rf"(?:牵头|主办|主责|主要责任|主要负责|第一责任)[^领人同]{{0,4}}{_BODY}|^(?:牵头|主办|主责)$")
# 例 配合单位 · 协同配合单位 · 参与部门
HEAD_SUPPORT = re.compile(rf"(?:配合|参与|参加|协办|协助|协同|协作|支持)[^领人同]{{0,4}}{_BODY}|^(?:配合|协办|参与)$")
# 例 责任单位 · 指导部门 · 实施单位及时限 · 责任分工
HEAD_PLAIN = re.compile(
    rf"(?:责任|负责|实施|指导|落实|执行|承办|承担)[^领人同]{{0,4}}(?:{_BODY}|地区)|^(?:责任|职责|部门|单位)分工$|^分工$"
)
# A label of another word, which labels.tsv may know. 例 任务承接单位 · 领办单位
HEAD_LABEL = re.compile(rf"(?!.{{0,10}}(?:领导|同志|人))[\u4e00-\u9fff]{{2,10}}{_BODY}$")
# 例 责任单位(列第一位者为牵头单位)
HEAD_FIRST_LEADS = re.compile(r"(?:第一|首位|首个|列首|排首)[^牵]{0,10}牵头")
# 例 完成时限 · 时间节点 · 计划完成时间 · 进度安排
HEAD_DUE = re.compile(
    r"^(?:计划|预计|拟|工作|任务|推进)?(?:完成|办结|落实|整改|实施|推进|办理)?(?:时限|期限|时间|日期|进度安排|进度"
    r"|节点)(?:节点|安排|要求|进度|期限)?$"
)
# 例 工作任务 · 改革举措 · 主要内容 · 重点工作
HEAD_TASK = re.compile(
    r"(?:职权|权力|事项)名称|任务|举措|措施|内容|事项|重点工作|工作要点|主要工作|职责|工作要求|项目名称|^工作$|^项目$"
)
# What a table without 责任单位 must have beside 序号 to be one of tasks.
HEAD_OF_TASKS = re.compile(r"任务(?!数|量)|举措|措施|重点工作|工作要点|主要工作")
# What makes it another table. 例 指标名称 · 收费标准 · 联系电话
HEAD_NO_TASK = re.compile(
    r"指标|金额|资金|投资|电话|标准|依据|收费|姓名|职务|得分|分值|数量|面积|材料|许可|流程|处罚|联系|单价|地址|面积|规模"
)
# 例 单位 | 主要职责: a table of the duties of each agency
HEAD_UNIT = re.compile(r"(?:成员|被?考核|牵头考核|市直|区直|县直|省直)?(?:单位|部门)(?:名称)?")
HEAD_DUTIES = re.compile(r"职责|任务|分工|考核内容")
# 例 序号 | 考核单位 | 分值 | 考核内容
HEAD_OF_ASSESSMENT = re.compile(r"考核(?:内容|项目|单位|事项|指标)|评[分价](?:内容|项目)")

# What else a card has. 例 预期成果 · 进度安排 · 目标
FIELD = re.compile(r"(?:目标|成果|成效|要求|安排|进度|时限|时间|经费|保障|步骤|背景|意义|联系人|责任人|范围)$")

Kind = Literal["number", "task", "lead", "support", "plain", "first leads", "due", "other"]

ANSWERS: Final = frozenset({"lead", "support", "plain", "first leads"})
LONGEST_HEAD: Final = 30  # code points of the longest cell of a head
MOST_COLUMNS: Final = 16
_LONGEST_FIELD: Final = 10  # code points of a heading that is a field
_MOST_OF: Final = 0.7
_OTHER_HEADS: Final[tuple[tuple[re.Pattern[str], Kind], ...]] = (
    (HEAD_NUMBER, "number"),
    (HEAD_PLAIN, "plain"),
    (HEAD_DUE, "due"),
    (HEAD_TASK, "task"),
)


def head_words(plain: str, cell: Span) -> str:
    """The words of a head without blanks and brackets: 完 成\\n时 限 is 完成时限, 责任(牵头)单位 is 责任牵头单位."""
    return "".join(c for c in squeezed(cell.of(plain)) if c not in "()[]")


def columns_of(heads: Sequence[str]) -> list[Kind] | None:
    """What the columns under `heads` hold, None if they are not those of a table of tasks.

    Beside a 牵头 column the units of a 责任 column take part; alone they all lead.
    """
    if not 2 <= len(heads) <= MOST_COLUMNS or any(len(head) > LONGEST_HEAD for head in heads):
        return None
    kinds = [kind_of(head) for head in heads]
    assessment = any(HEAD_OF_ASSESSMENT.search(head) for head in heads)
    unwelcome = not assessment and any(HEAD_NO_TASK.search(head) for head in heads)
    if not ANSWERS.intersection(kinds):
        unit = next((n for n, head in enumerate(heads) if HEAD_UNIT.fullmatch(head)), None)
        if unwelcome:
            return None
        if unit is not None and any(HEAD_DUTIES.search(head) for head in heads) and len(heads) <= 4:
            kinds[unit] = "plain"
        elif "number" not in kinds or not any(HEAD_OF_TASKS.search(head) for head in heads):
            return None
    if all(kind in ("number", "due", *ANSWERS) for kind in kinds):
        return None  # nothing says what is to be done
    if "lead" in kinds:
        kinds = ["support" if kind == "plain" else kind for kind in kinds]
    return kinds


def kind_of(head: str) -> Kind:
    """What a column under `head` holds, by its own words alone."""
    lead, support = HEAD_LEAD.search(head), HEAD_SUPPORT.search(head)
    if HEAD_FIRST_LEADS.search(head) or (lead and support):
        return "first leads"
    if lead:
        return "lead"
    if support:
        return "plain" if "责任" in head else "support"
    if HEAD_LABEL.match(head):
        part = part_of(head)
        if part in ("lead", "support", "plain"):
            return part
    return next((kind for pattern, kind in _OTHER_HEADS if pattern.search(head)), "other")


@lru_cache(maxsize=1 << 12)
def field_of(heading: str) -> Kind | None:
    """What a heading says of one task, "other" of what no table has a column for, None where it is no field of one."""
    kind = kind_of(squeezed(heading)) if len(heading) <= _LONGEST_FIELD else "other"
    return kind if kind != "other" or FIELD.search(heading) else None


def fields_of(headings: Sequence[str]) -> list[Kind | None] | None:
    """`field_of` each of the headings beside each other, None where they are not those of one task: one names units, and most
    of the others say what is to be done, or by when. 例 试点单位 · 试点内容 · 预期目标 · 时间进度
    """
    if all(len(heading) > _LONGEST_FIELD for heading in headings):
        return None
    kinds = [field_of(heading) for heading in headings]
    fields = sum(kind is not None for kind in kinds)
    says_what = any(kind and kind not in ANSWERS for kind in kinds)  # 组织机构 · 职责分工 are chapters
    return kinds if ANSWERS.intersection(kinds) and says_what and fields >= max(2, _MOST_OF * len(headings)) else None


def without_fields(plain: str, items: list[Item]) -> list[Item]:
    """`items` without those that are fields of a task, as in a card: (一)责任单位 (二)工作内容 (三)完成时限. The field
    that says what is to be done is the task; where none is, what they stand in."""
    gone: set[int] = set()
    for item in items:
        if gone and item.parent and id(item.parent) in gone:
            gone.add(id(item))
        elif len(item.children) > 1 and (kinds := fields_of([heading_of(plain, child) for child in item.children])):
            item.of_fields = True
            gone.update(id(child) for child, kind in zip(item.children, kinds, strict=True) if kind != "task")
            item.children = [child for child in item.children if id(child) not in gone]
    return [item for item in items if id(item) not in gone] if gone else items


def heading_of(plain: str, item: Item) -> str:
    """The first line of an item if it is no more than a heading."""
    words = plain[item.body : min(item.first_line.end, item.body + _HEADING)]
    return words.rstrip(" 。:;") if ":" not in words[:-1] else words.partition(":")[0]
