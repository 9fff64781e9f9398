"""What stands beside the text of a Word file: notes, which follow it, and what is named only: comments, headers, words that are
deleted or hidden."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kg.model import Unread
from loaders.formats.written import BLANK_ENDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loaders.formats.written import Written

# 例 - 3 - · 第 3 页 共 12 页 · Page 2 of 9 (a header or footer with a page number alone)
FURNITURE = re.compile(r"(?:[\W\d_第页共]|Page|of){0,200}")

FOOTNOTES: Final = "脚注"
ENDNOTES: Final = "尾注"
_LONGEST_NAME = 40


@dataclass(slots=True)
class Beside:
    """Adds to `written`, in which the text stands by now."""

    written: Written
    _foot: int = field(init=False)  # in the last line of the text, so that its document names what stands beside it

    def __post_init__(self) -> None:
        self._foot = max(0, self.written.length - len("。\n"))

    def write_notes(self, heading: str, notes: Iterable[Iterable[str]]) -> None:
        """Notes of one kind, each given by its lines, with their numbers, below a line that says that no task goes on there."""
        lines = [f"[{n}]{'；'.join(note)}" for n, note in enumerate(notes, 1)]
        if lines:
            self._name(f"{heading} {len(lines)} 条", "aside")
            self.written.line(f"【{heading}】")
            for line in lines:
                self.written.line(line)

    def name_changes(self, deleted: str, hidden: str) -> None:
        """Words that are deleted under tracked changes, and hidden ones."""
        for what, words, why in (("修订中删除的文字", deleted, "deleted"), ("隐藏的文字", hidden, "hidden")):
            if said := words.strip(BLANK_ENDS):
                self._name(f"{what}「{short(said)}」", why)

    def name_asides(self, comments: Iterable[str], headers: Iterable[str]) -> None:
        """Comments, headers and footers that say more than a page's number."""
        for what, parts in (("批注", comments), ("页眉页脚", headers)):
            words = dict.fromkeys(part.strip(BLANK_ENDS) for part in parts)
            if telling := [part for part in words if not FURNITURE.fullmatch(part[:200])]:
                self._name(f"{what}「{short('，'.join(telling))}」", "aside")

    def _name(self, name: str, why: str) -> None:
        self.written.unread.append(Unread("part", name, self._foot, why))


def short(words: str) -> str:
    """Words by which a part is named."""
    return " ".join(words.split())[:_LONGEST_NAME]
