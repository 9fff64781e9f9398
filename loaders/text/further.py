"""Where in a text a further document begins: at a title of its own behind numbered items."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from loaders.names.places import mention
from loaders.text.frame import ATTACHMENT, PREAMBLE, ends_as_title

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.model import Span
    from loaders.text.items import Numbers
    from loaders.text.tables import TaskTable

# What the title of a further document says, where it does not open with a place. 例 关于…的通知 · 2022年工作要点
_OF_ITS_OWN = re.compile(r"关于|印发|转发|20\d\d年")
_ABOUT = re.compile("关于[^。]{4,80}的[一-鿿]{2,4}$")  # 例 关于加强防汛,确保安全的通知
_NAMED = re.compile("《([^《》]{4,60})》")
_PRINTED_NEAR = 50_000  # code points before a title in which it may have been announced


def later_starts(plain: str, lines: list[Span], numbers: Numbers, tables: Mapping[int, TaskTable]) -> Iterator[int]:
    """Indices of the lines that are the title of a further document: after numbered items, not under 附件, not that of a
    table or of a plan that this document prints, nor in a list of titles, and followed by text or by items that count from one
    again."""
    begin, seen_item = 0, False
    for n, line in enumerate(lines):
        if line.start in numbers or line.start in tables:
            seen_item = True
        elif seen_item and n + 1 < len(lines) and lines[n + 1].start not in tables and _is_title(plain, line):
            title = line.of(plain)
            under_attachment = bool(ATTACHMENT.match(plain, *lines[n - 1]))
            announced = plain.find(title, max(lines[begin].start, line.start - _PRINTED_NEAR), line.start) >= 0
            if not under_attachment and not announced and _is_own_title(title) and not _is_listed(plain, lines, n):
                yield n
                begin, seen_item = n, False


def _is_title(plain: str, line: Span) -> bool:
    return line.end - line.start <= 120 and ends_as_title(plain, line) and not PREAMBLE.match(plain, *line)


def _is_own_title(title: str) -> bool:
    """Whether a title in the midst of a text is one of a document: no sentence, no cell of a table, no name of a box."""
    whole = ("," not in title or _ABOUT.search(title)) and all(
        title.count(opens) == title.count(ends) for opens, ends in ("《》", "〈〉")
    )
    return bool(whole) and bool(_OF_ITS_OWN.search(title) or mention(title))


def _is_listed(plain: str, lines: list[Span], n: int) -> bool:
    """Whether the title in the line `n` stands right above or below that of another document."""
    title = lines[n].of(plain)
    beside = (line.of(plain) for line in (lines[n - 1], lines[n + 1]) if _is_title(plain, line))
    return not all(_names(title, other) or _names(other, title) for other in beside)


def _names(one: str, other: str) -> bool:
    """Whether a title names the other: 关于印发《抗旱方案》的通知 stands above 江海市抗旱方案."""
    return other in one or any(other.endswith(name[1]) for name in _NAMED.finditer(one))
