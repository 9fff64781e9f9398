"""Which tasks of different documents are the same work: they have many pairs of neighbouring characters (bigrams) in common.

The score of two tasks is Dice's measure over their bigrams, in percent; a bigram of the title counts for several of the text.
It depends on the two tasks alone, so that no score changes with what else is held or came first. The responsibility clause
and the phrases that stand in every plan are left out before.
"""

from __future__ import annotations

import re
import struct
from base64 import b64encode
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Final
from zlib import crc32

from kg.words.folding import fold

THRESHOLD: Final = 34
"""The least score, in percent, by which two tasks are the same work; found by reading pairs."""

TITLE: Final = 4
"""How many bigrams of the text one of the title counts for, beside itself."""

BEST: Final = 15
"""How many of other places, and how many others, a task is linked to because they are the most like it (kg.graph.links)."""

_NUMBERS: Final = 65521
"""How many numbers there are for bigrams: a prime, so that all fit into 16 bits. Two bigrams of one number are taken for the
same: of 6,625 scores of 34 and more over real documents it changed 44, 9 of them by more than 2."""

_FORMULAS: Final = """
加强 加大 加快 强化 推进 推动 促进 提升 提高 增强 完善 健全 建立 构建 打造 落实 贯彻 实施 开展 组织 领导 做好 抓好 优化
深化 深入 进一步 全面 积极 大力 切实 持续 不断 充分 发挥 作用 引导 鼓励 支持 力度 水平 能力 工作 机制 体系 制度 建设
发展 实现 形成 保障 确保 坚持 按照 根据 要求 有关 相关 部门 单位 各级 各地 各类 政府 人民政府 责任 牵头 负责 配合 职责
重点 领域 重大 重要 方面 问题 情况 措施 政策 方案 行动 计划 任务 目标 管理 全省 全市 全区 全县 全国 我省 我市 我区 我县
国家 省级 市级 进行 通过 以及 及其 符合 条件 给予 予以 提供 依法 统筹 协调 及时 有效 严格 规范 明确 制定 营造 良好 氛围
环境 探索 创新 服务 企业 中小企业 小微企业 中小微企业 平台 项目 统一 综合 基础 一批 推广 推行 主体 社会 参与 加以 围绕
结合 依托 利用 运用 使用 应用 积极性 指导 监督 督促 检查 考核 宣传 机构 群众 人民群众 要点 基本 主要 相应 更多 更加 必须
应当 可以 不得 不少于 以上 以下
"""
"""Words that any plan says of any task: two tasks are not alike for having them."""


@dataclass(frozen=True, slots=True)
class Bigrams:
    """Those of a task, as numbers: of its `title`, and `all`."""

    title: frozenset[int]
    all: frozenset[int]

    @property
    def weight(self) -> int:
        """What they count for together."""
        return len(self.all) + TITLE * len(self.title)


def bigrams(title: str | None, text: str, clauses: Collection[str] = ()) -> Bigrams:
    """Those of the Chinese characters of a task, whatever script and lines it is set in. `clauses`: what of it says whose it
    is."""
    for clause in sorted(clauses, key=len, reverse=True):
        text = text.replace(clause, "。")
    of_title = _pairs(title or "")
    return Bigrams(of_title, of_title | _pairs(text))


def score(one: Bigrams, other: Bigrams) -> int:
    """How alike two tasks are: 0 to 100."""
    common = len(one.all & other.all) + TITLE * len(one.title & other.title)
    return 200 * common // ((one.weight + other.weight) or 1)


def version() -> str:
    """Changes with what scores and links depend on."""
    return f"{crc32(repr((THRESHOLD, TITLE, BEST, _FORMULAS, _NUMBERS)).encode()):08x}"


def packed(place: str | None, tasks: Mapping[str, Bigrams]) -> str:
    """Those of the tasks of a document, by the last part of their ids, in one line each for a person and a machine.

    The version, the document's place or -, and the parts of the ids; then in base64, as numbers of 16 bits, little-endian: how
    many bigrams each title has and how many each task has beside them, then these bigrams, task by task.
    """
    groups = [sorted(group) for held in tasks.values() for group in (held.title, held.all - held.title)]
    numbers = [*map(len, groups), *(number for group in groups for number in group)]
    return f"{' '.join((version(), place or '-', *tasks))}\n{b64encode(struct.pack(f'<{len(numbers)}H', *numbers)).decode()}"


@cache
def _formulas() -> re.Pattern[str]:
    return re.compile("|".join(sorted(_FORMULAS.split(), key=len, reverse=True)))


def _pairs(text: str) -> frozenset[int]:
    runs = re.findall(r"[\u3400-\u9fff]+", _formulas().sub(" ", fold(text)))
    return frozenset((ord(one) * 31337 + ord(other)) % _NUMBERS for run in runs for one, other in pairwise(run))
