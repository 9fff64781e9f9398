"""Why a file was not read, in Chinese: a sentence of an error, as the command line says it, -> as people read it.

zh.tsv holds the sentences with {} for what is named in them, which may be such words again.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from kg.words.zh import table

_LONGEST: Final = 2000  # of a line that is looked up
_MOST_COLONS: Final = 8  # of a name before the sentence


def in_chinese(message: str) -> str:
    """`message`, line by line; what the table does not know stays as it is. 例 a.txt: the file is empty -> a.txt：文件是空的"""
    return "\n".join(_line(line) if len(line) <= _LONGEST else line for line in message.split("\n"))


def _line(line: str) -> str:
    if known := _known(line):
        return known
    colons = [match.start() for match in re.finditer(": ", line)][:_MOST_COLONS]
    return next((f"{line[:at]}：{known}" for at in colons if (known := _known(line[at + 2 :]))), line)


def _known(sentence: str) -> str | None:
    for pattern, zh in _sentences():
        if match := pattern.fullmatch(sentence):
            return zh.format(*(_known(part) or part for part in match.groups()))
    return None


@cache
def _sentences() -> list[tuple[re.Pattern[str], str]]:
    """Those that say more first: `this is {}: each file …` before `this is {}`."""
    rows = sorted(table()["failure"].items(), key=lambda row: -len(row[0].replace("{}", "")))
    return [(re.compile(re.escape(key).replace(r"\{\}", "((?:(?!: ).){1,500}?)")), zh) for key, zh in rows]
