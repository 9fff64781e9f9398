"""Cards: a 交办单, a 督办单, any run of label lines (交办事项: · 承办单位: · 办结时限:) that puts one matter to its units."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from loaders.facts.labels import part_of
from loaders.text.items import Part
from loaders.text.view import squeezed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.model import Span

# What is to be done. 例 交办事项:关于解决供水问题 · 督办内容:… · 任务名称:…
MATTER_LINE = re.compile(
    r"(?:(?:[交督承转]办|办理|协调|议定|工作|重点)(?:事项|内容|任务)|(?:任务|事项)(?:名称|内容)) {0,2}: {0,4}"
    r"(?P<matter>[^\n]{2,400})"
)
# 例 承办单位:市水务局 · 主办部门:… · 办结时限:…
LABEL_LINE = re.compile(r"(?P<label>[\u4e00-\u9fff](?: {0,4}[\u4e00-\u9fff]){1,9}) {0,2}:")
_BODY = ("单位", "部门", "机构", "机关")

CARD: Final = "card"  # the style of an item that is one
_LONGEST: Final = 16  # lines


def cards_in(plain: str, lines: Sequence[Span]) -> dict[int, Part]:
    """The cards in `lines`, by the index of the line that each opens with."""
    opened = [n for n, line in enumerate(lines) if MATTER_LINE.match(plain, *line)]
    found: dict[int, Part] = {}
    for n, following in zip(opened, [*opened[1:], len(lines)], strict=False):
        labels = [line for line in lines[n + 1 : min(following, n + _LONGEST)] if LABEL_LINE.match(plain, *line)]
        matter = MATTER_LINE.match(plain, *lines[n])
        if matter and any(_assigns(plain, line) for line in labels):
            found[n] = Part(matter.start("matter"), labels[-1].end)
    return found


def _assigns(plain: str, line: Span) -> bool:
    """Whether the label of a line says by whom: 承办单位:市水务局."""
    found = LABEL_LINE.match(plain, *line)
    label = squeezed(found["label"]) if found else ""
    return label.endswith(_BODY) and part_of(label) in ("lead", "plain")


def is_of_a_card(plain: str, lines: Sequence[Span], n: int) -> bool:
    """Whether the line `n`, 承办单位:…, is no web chrome but part of a card."""
    return any(MATTER_LINE.match(plain, *line) for line in lines[max(0, n - _LONGEST) : n])
