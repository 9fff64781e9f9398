"""A time before it is hung on its task, and what it may lean on: the text, the document's year and date, the time before it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from kg.model import DeadlineKind, Period, Span

_SENTENCE, _SENTENCE_END = 200, re.compile(r"[。\n]")  # code points in which a sentence names its year
_LINE_END = re.compile("\n")
# 例 纳入2023年|开工计划 · 落实《某规划(2016-2020年|)》
_OF_A_PLAN = re.compile(r"[^,。;\n]{0,10}(?:计划|规划|预算|方案)|[^《》。;\n]{0,20}》")
_UP_TO_IT = re.compile(r"[到至] ?$")
_SINCE_IT = re.compile(r"[从自] ?$")
_FROM_TODAY = re.compile(r"[从自]?即日起,?[到至] ?$")
_LABEL = re.compile(
    r"(?:时限|期限|时限要求|完成时间|时间节点|办结时间|截[止至](?:时间|日期)|完成日期|整改时间|时间安排): ?$"
    r"|(?:督查|检查|巡查|暗访|考核|验收|调研|评估|活动|培训|笔试|面试|考试)时间[:\n ]{1,2}$"
)


@dataclass(frozen=True, slots=True)
class Time:
    """One deadline before it is hung on its task: what is due when, and the name of the rule that read it."""

    kind: DeadlineKind
    span: Span
    rule: str
    start: str | None = None
    due: str | None = None
    every: Period | None = None
    within: str | None = None


@dataclass(slots=True)
class Setting:
    """What a time may lean on: the text, its document's year and date, the year that its sentence named last."""

    plain: str
    year: int | None
    issued_on: str | None
    taiwan: bool
    said: int | None = None
    goals: frozenset[str] = frozenset()  # years that the text names as goals: 到2025年
    yearly: Span | None = None  # the time before it in the sentence, where that comes round every year
    last: int = 0  # where the time before it ends

    def begin(self, start: int) -> None:
        """Forget what stands before the sentence that holds `start`; before its line, in a text whose own year nobody knows."""
        stop = _SENTENCE_END if self.year else _LINE_END  # (2021年10月)。|10月15日前
        if (self.said or self.yearly) and (start - self.last > _SENTENCE or stop.search(self.plain, self.last, start)):
            self.said = self.yearly = None

    def remember(self, reading: Reading, *, binds: bool) -> None:
        """What the rest of the sentence may lean on. 例 2021年6月底前…,|12月底前"""
        self.last = reading.time.span.end
        if binds:
            self.yearly = reading.time.span if reading.time.every == "year" else None
        if reading.year and (
            binds or (self.year and reading.year >= self.year and not _OF_A_PLAN.match(self.plain, self.last))
        ):
            self.said = reading.year

    def labelled(self, start: int) -> bool:
        """Whether 完成时限: or the like stands before `start`."""
        return bool(_LABEL.search(self.plain, max(0, start - 8), start))

    def from_today(self, span: Span) -> Span | None:
        """`span` with the 自即日起至 before it, None where that does not stand there."""
        match = _FROM_TODAY.search(self.plain, max(0, span.start - 6), span.start)
        return Span(match.start(), span.end) if match else None

    def up_to(self, span: Span) -> Span:
        """`span` with the 到 or 至 before it."""
        return self._with(span, _UP_TO_IT)

    def since(self, span: Span) -> Span:
        """`span` with the 从 or 自 before it."""
        return self._with(span, _SINCE_IT)

    def _with(self, span: Span, word: re.Pattern[str]) -> Span:
        match = word.search(self.plain, max(0, span.start - 2), span.start)
        return Span(match.start(), span.end) if match else span


# What the words around a time must show before anything is due then; None where its own words say so: 前, 底, 内.
Needs: TypeAlias = (
    Literal["a work done", "a goal", "a year's goal", "a phase", "years to come", "no benefit", "a rhythm", "no limit"] | None
)


class Reading(NamedTuple):
    """A time with what it needs yet, and the year that it names by itself."""

    time: Time
    needs: Needs = None
    year: int | None = None
