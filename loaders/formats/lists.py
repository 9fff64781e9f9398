"""The numbers that a word processor prints before the paragraphs of its lists, counted as it counts them (.docx, .doc)."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from loaders.text.numerals import numeral

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

# 例 %1、 · （%2） (the text of a numbering level in WordprocessingML, ECMA-376, 17.9.11)
LEVEL_NUMBER = re.compile(r"%([1-9])")

DEEPEST_STYLE: Final = 100
"""Styles that may be based on one another: a hostile file may say so of all that it has, which are asked for each paragraph."""
_LONGEST = 255  # characters of the text around a number; a hostile file may have many for each paragraph


class Level(NamedTuple):
    """One level of a list: where it starts to count, its numerals (ST_NumberFormat), the text around them (第%1条), whether
    a gap follows them, and whether the numbers of levels above are in it in plain figures."""

    start: int
    form: str
    text: str
    gap: bool
    plain: bool = False


@dataclass(slots=True)
class Lists:
    """The lists of a document and how far each has counted; those of one abstract definition (the key) count on together."""

    lists: dict[Hashable, tuple[Hashable, Mapping[int, Level]]] = field(default_factory=dict)
    restarts: set[tuple[Hashable, int]] = field(default_factory=set)  # levels that a list begins anew when it is first used
    counts: dict[Hashable, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    def next(self, list_id: Hashable, at: int) -> str:
        """The number of the next paragraph in a list at a level as it is printed, empty for one without; it counts on."""
        if list_id not in self.lists:
            return ""
        key, levels = self.lists[list_id]
        if at not in levels:
            return ""
        counts = self.counts[key]
        if (list_id, at) in self.restarts:
            self.restarts.discard((list_id, at))
            counts.pop(at, None)
        counts[at] = counts.get(at, levels[at].start - 1) + 1
        for deeper in [level for level in counts if level > at]:
            del counts[deeper]
        level = levels[at]
        if level.form in ("bullet", "none"):
            return ""

        def printed(match: re.Match[str]) -> str:
            n = int(match[1]) - 1
            other = levels.get(n, level)
            return numeral(counts.get(n, other.start), "decimal" if level.plain else other.form)

        number = LEVEL_NUMBER.sub(printed, level.text[:_LONGEST])
        return f"{number} " if level.gap and number[-1:].isalnum() else number
