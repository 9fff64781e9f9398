"""Characters parsed per second of this process's own time, against two baselines over the same text in the same run:
jieba.cut, and a bare pass of the twelve patterns that sweep a whole text."""

from __future__ import annotations

import logging
import statistics
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

import jieba

from loaders import patterns as p
from loaders.extract import extract
from loaders.view import plain

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Sequence

ROUNDS = 7
SWEEPS: Final[tuple[re.Pattern[str], ...]] = (
    p.STATEMENT, p.INNER_ITEM, p.BRACKET, p.CLAUSE_LABEL, p.CLAUSE_TOKEN, p.DUTY, p.BY_AGENCY, p.ALONG, p.QUOTED, p.TIME,
    p.CITATION, p.TABLE_CUE,
)  # fmt: skip


def main(folders: Sequence[Path]) -> None:
    """Prints the three speeds and our ratio to each; a round times all, so that the machine's mood falls on all."""
    files = [(f.name, f.read_bytes()) for folder in folders for f in sorted(folder.glob("*.txt"))]
    texts = [extract(data, name).source.text for name, data in files]
    views = [plain(text) for text in texts]
    jieba.setLogLevel(logging.ERROR)
    jieba.initialize()

    def parse() -> None:
        for name, data in files:
            extract(data, name)

    def segment() -> None:
        for text in texts:
            for _ in jieba.cut(text):
                pass

    def sweep() -> None:
        for view in views:
            for pattern in SWEEPS:
                for _ in pattern.finditer(view):
                    pass

    chars = sum(map(len, texts))
    rounds = [[_speed(run, chars) for run in (parse, segment, sweep)] for _ in range(ROUNDS)]
    ours, cut, bare = (statistics.median(column) for column in zip(*rounds, strict=True))
    to_cut = statistics.median(r[0] / r[1] for r in rounds)
    to_bare = statistics.median(r[0] / r[2] for r in rounds)
    print(f"parse   {len(files)} files, {chars:,} characters: extract {ours:,.0f}/s")
    print(
        f"        jieba.cut {cut:,.0f}/s, ratio {to_cut:.2f}; {len(SWEEPS)} patterns alone {bare:,.0f}/s, ratio {to_bare:.2f}"
    )


def _speed(run: Callable[[], None], chars: int) -> float:
    begin = time.process_time()
    run()
    return chars / (time.process_time() - begin)
