"""Which tasks of different documents are the same work: they have many pairs of neighbouring characters (bigrams) in common.

The score of two tasks is Dice's measure over their bigrams, in percent; a bigram of the title counts for several of the text.
It depends on the two tasks alone, so that no score changes with what else is held or came first. The responsibility clause
and the phrases that stand in every plan are left out before.

All pairs of many tasks would take hours. A task that is similar to another shares so much with it that it must hold some of
the other's rarest bigrams, and only tasks that do are compared (the prefix filter of similarity joins: Chaudhuri, Ganti and
Kaushik, 'A Primitive Operator for Similarity Joins in Data Cleaning', ICDE 2006). It leaves no similar pair out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from itertools import chain
from sys import intern
from typing import Final

from kg.words.folding import fold

THRESHOLD: Final = 34
"""The least score, in percent, by which two tasks are the same work; found by reading pairs."""

TITLE: Final = 4
"""How many bigrams of the text one of the title counts for, beside itself."""

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
    """Those of a task: of its `title`, and `all`."""

    title: frozenset[str]
    all: frozenset[str]

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


class Index:
    """Tasks, and which of them hold a bigram."""

    def __init__(self) -> None:
        self._tasks: list[tuple[str, str, Bigrams] | None] = []  # document, id; None for one that is gone
        self._weights: list[int] = []
        self._of_document: dict[str, list[int]] = {}
        self._with: dict[str, list[int]] = {}
        self._titled: dict[str, list[int]] = {}

    def add(self, document: str, id_: str, held: Bigrams) -> None:
        """`held` are the bigrams of the task `id_` of `document`."""
        number = len(self._tasks)
        self._tasks.append((document, id_, held))
        self._weights.append(held.weight)
        self._of_document.setdefault(document, []).append(number)
        for holders, pairs in ((self._with, held.all), (self._titled, held.title)):
            for pair in pairs:
                holders.setdefault(pair, []).append(number)

    def drop(self, documents: Iterable[str]) -> None:
        """Forgets the tasks of these documents."""
        for document in documents:
            for number in self._of_document.pop(document, ()):
                self._tasks[number] = None

    def similar(self, document: str, wanted: Bigrams) -> dict[str, int]:
        """Ids and scores of the tasks of other documents that are similar to one of `document`."""
        near = (task for number in self._candidates(wanted) if (task := self._tasks[number]) and task[0] != document)
        scores = {id_: score(wanted, held) for _, id_, held in near}
        return {id_: likeness for id_, likeness in scores.items() if likeness >= THRESHOLD}

    def _candidates(self, wanted: Bigrams) -> list[int]:
        """Every task that may be similar, and some that are not.

        The many holders of the most frequent bigrams are not looked at: one that has no others, and none of the title, has
        less than `needed` in common.
        """
        weight, weights = wanted.weight, self._weights
        needed = -(-THRESHOLD * weight // (200 - THRESHOLD))  # for the other weighs at least what they share
        frequent = needed // 2
        holders = sorted((self._with.get(pair, []) for pair in wanted.all), key=len)
        shared = Counter(chain.from_iterable(holders[: len(holders) - frequent]))
        titled = Counter(chain.from_iterable(self._titled.get(pair, ()) for pair in wanted.title))
        most = {number: count + frequent for number, count in shared.items() if count >= needed - frequent}
        most |= {number: shared.get(number, 0) + frequent + TITLE * count for number, count in titled.items()}
        return [number for number, common in most.items() if 200 * common >= THRESHOLD * (weight + weights[number])]


@cache
def _formulas() -> re.Pattern[str]:
    return re.compile("|".join(sorted(_FORMULAS.split(), key=len, reverse=True)))


def _pairs(text: str) -> frozenset[str]:
    runs = re.findall(r"[\u3400-\u9fff]+", _formulas().sub(" ", fold(text)))
    return frozenset(intern(run[i : i + 2]) for run in runs for i in range(len(run) - 1))
