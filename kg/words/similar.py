"""Which tasks of different documents are alike, and which are the same work: they have many pairs of neighbouring characters
(bigrams) in common.

The score of two tasks is Dice's measure over their bigrams, in percent; a bigram of the title counts for several of the text.
It depends on the two tasks alone, so that no score changes with what else is held or came first. The responsibility clause
and the phrases that stand in every plan are left out before.

Two tasks are **the same work** where each is the likest to the other of all tasks of the other's document (reciprocal best
hits, as genomes are compared: Tatusov, Koonin and Lipman, 'A genomic perspective on protein families', Science 1997), their
score is THRESHOLD or more, and they have PROOF bigrams in common beside those that prove nothing. That depends on the two
documents alone. So a task is the same work as one task of another document at most.

A **Work** is a task, its centre, with all tasks that are the same work as it: one of a document at most, each held against
the centre, so that it never grows by a chain. Every task that is the same work as another stands in the Work around that one,
of itself and these, which is the same work as most; of several the first by id. So Works cover all such tasks, follow from
what is held whatever is asked, and a task may stand in several. What joins them are the links that are kept (BEST): of work
that more documents share, a Work shows those.
"""

from __future__ import annotations

import re
import struct
from base64 import b64decode, b64encode
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import islice, pairwise
from typing import Final, NamedTuple
from zlib import crc32

from kg.words.folding import fold

THRESHOLD: Final = 34
"""The least score, in percent, by which two tasks are alike; found by reading pairs."""

PROOF: Final = 8
"""How many bigrams two tasks have in common at least that are the same work: two or three words prove nothing."""

TITLE: Final = 4
"""How many bigrams of the text one of the title counts for, beside itself."""

BEST: Final = 15
"""How many of other places, and how many others, a task is linked to because they are the most like it (kg.graph.links)."""

NUMBERS: Final = 65521
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

_COMMONPLACES: Final = """
任何单位和个人 都有权向有关部门举报 检举 接到举报的部门应当及时调查处理 为举报人保密 依法查处
本办法 本条例 本法 本规定 本细则 自公布之日起施行 自印发之日起实施 有效期 同时废止 由解释 公开方式 主动公开
国务院 省 自治区 直辖市 人民政府 县级以上地方各级人民政府 行政主管部门 行政部门 行政管理部门 主管部门 管理部门
全国人民代表大会常务委员会 本行政区域内 国民经济和社会发展规划 所需经费列入本级财政预算 纳入 负责全国的监督管理工作
分别由 另行规定 依照 法律 行政法规 法规 规章 规定的 其他职责 其他事项 其他职权 其他有关 国家有关规定 具体办法由制定
违反本条例的规定 有下列情形之一的 有下列行为之一的 责令改正 责令停止 给予警告 没收违法所得 处以万元以上万元以下的罚款
情节严重的 吊销许可证 构成犯罪的 追究刑事责任 给予处分 违法行为 法定代表人 直接负责的主管人员和其他直接责任人员
中华人民共和国 中国人民解放军 中国人民武装警察部队 中央军事委员会 现场检查 封存扣押 可能被转移隐匿销毁 调查了解情况
查阅复制 与有关的合同发票账簿账册 文件资料 单据记录 询问当事人 向提出申请 应当自收到申请之日起 个工作日内 审查完毕
作出决定 予以许可的 颁发 不予许可的 书面通知申请人并说明理由 提交材料 符合条件 作出突出贡献的单位和个人
按照国家有关规定给予表彰奖励 工作人员 不得从事或者变相从事 不得参与 经营活动 诚实信用 遵守
国家税务总局 公告 关于 印发 的通知 新型冠状病毒感染的肺炎疫情防控工作 新冠肺炎 防控疫情
"""
"""What regulations say of any matter, and titles of any: two tasks are not the same work for having it."""


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


class Match(NamedTuple):
    """Two tasks by id, of which one at least is the likest to the other in its document. `paired`: each is, and they are alike;
    `same`: and they have enough in common to be the same work whatever their documents are."""

    one: str
    other: str
    score: int
    paired: bool
    same: bool


def matches(ones: Mapping[str, Bigrams], others: Mapping[str, Bigrams]) -> list[Match]:
    """The likest of the other document for each task of two that is like any, the best first; of those as like the first.
    Both are given in the order of their document."""
    import numpy as np  # noqa: PLC0415 - slow to import, and two of all the questions need it

    columns = {number: n for n, number in enumerate(sorted({number for one in ones.values() for number in one.all}))}
    beside, titled = (np.zeros((len(others), len(columns)), np.int32) for _ in range(2))
    for row, other in enumerate(others.values()):
        beside[row, [columns[number] for number in other.all if number in columns]] = 1
        titled[row, [columns[number] for number in other.title if number in columns]] = TITLE
    weights = np.array([other.weight for other in others.values()], np.int64)
    scores = np.zeros((len(ones), len(others)), np.int64)
    for row, one in enumerate(ones.values()):
        common = beside[:, [columns[number] for number in one.all]].sum(1) + titled[:, [columns[n] for n in one.title]].sum(1)
        scores[row] = 200 * common // np.maximum(weights + one.weight, 1)
    if not scores.any():
        return []
    a_s, b_s = list(ones), list(others)
    of_one, of_other = scores.argmax(1).tolist(), scores.argmax(0).tolist()  # the first of those that are as like
    pairs = {*enumerate(of_one), *((a, b) for b, a in enumerate(of_other))}
    matched = []
    for a, b in sorted(pairs, key=lambda pair: (-scores[pair], pair)):
        if value := int(scores[a, b]):
            paired = of_one[a] == b and of_other[b] == a and value >= THRESHOLD
            same = paired and proven(ones[a_s[a]].all & others[b_s[b]].all)
            matched.append(Match(a_s[a], b_s[b], value, paired, same))
    return matched


def proven(common: frozenset[int]) -> bool:
    """Whether two tasks that have this in common may be the same work."""
    return len(common - commonplaces()) >= PROOF


@cache
def commonplaces() -> frozenset[int]:
    """The bigrams that prove nothing."""
    return frozenset(number for said in _COMMONPLACES.split() for number in _numbers(said))


def version() -> str:
    """Changes with what scores and links depend on."""
    return f"{crc32(repr((THRESHOLD, PROOF, TITLE, BEST, _FORMULAS, _COMMONPLACES, NUMBERS)).encode()):08x}"


def packed(place: str | None, tasks: Mapping[str, Bigrams]) -> str:
    """Those of the tasks of a document, by the last part of their ids, in one line each for a person and a machine.

    The version, the document's place or -, and the parts of the ids; then in base64, as numbers of 16 bits, little-endian: how
    many bigrams each title has and how many each task has beside them, then these bigrams, task by task.
    """
    groups = [sorted(group) for held in tasks.values() for group in (held.title, held.all - held.title)]
    numbers = [*map(len, groups), *(number for group in groups for number in group)]
    return f"{' '.join((version(), place or '-', *tasks))}\n{b64encode(struct.pack(f'<{len(numbers)}H', *numbers)).decode()}"


def unpacked(line: str) -> dict[str, Bigrams]:
    """What `packed` was given: the bigrams of each task by the last part of its id, in the order of the document."""
    head, _, body = line.partition("\n")
    _, _, *parts = head.split(" ")
    raw = b64decode(body)
    numbers = iter(struct.unpack(f"<{len(raw) // 2}H", raw))
    counts = [*islice(numbers, 2 * len(parts))]
    groups = [frozenset(islice(numbers, count)) for count in counts]
    return {part: Bigrams(title, title | beside) for part, title, beside in zip(parts, groups[::2], groups[1::2], strict=True)}


@cache
def _formulas() -> re.Pattern[str]:
    return re.compile("|".join(sorted(_FORMULAS.split(), key=len, reverse=True)))


def _pairs(text: str) -> frozenset[int]:
    runs = re.findall(r"[\u3400-\u9fff]+", _formulas().sub(" ", fold(text)))
    return frozenset(number for run in runs for number in _numbers(run))


def _numbers(run: str) -> Iterator[int]:
    return ((ord(one) * 31337 + ord(other)) % NUMBERS for one, other in pairwise(run))
