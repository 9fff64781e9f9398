"""The Chinese words that people see, each once: the page, the workbooks, the calendar and the command line read them here.

zh.tsv has a row for each: where it stands (a column, a role, a basis …), the name it stands for, and the word. `count` has the
names of columns that are a list in some answers, and in others how many. The page reads web/zh.js, made from it by `make docs`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from pathlib import Path


def word(where: str, name: str) -> str:
    """The word for `name` where it stands: word("role", "LEADS") is 牵头. Raises KeyError if the table has none."""
    return table()[where][name]


@cache
def table() -> Mapping[str, Mapping[str, str]]:
    """Where it stands -> name -> word, in the order of the file."""
    words: dict[str, dict[str, str]] = defaultdict(dict)
    _, *lines = Path(__file__).with_name("zh.tsv").read_text(encoding="utf-8").splitlines()
    for line in lines:
        where, name, said = line.split("\t")
        words[where][name] = said
    return dict(words)
