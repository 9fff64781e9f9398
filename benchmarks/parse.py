"""Characters parsed per second, against jieba.cut over the same text in the same run."""

from __future__ import annotations

import logging
import statistics
import time
from pathlib import Path
from typing import TYPE_CHECKING

import jieba

from loaders.extract import extract

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROUNDS = 5


def main(folders: Sequence[Path]) -> None:
    """Prints both speeds and their ratio; each round times both, so that the machine's mood falls on both."""
    files = [(p.name, p.read_bytes()) for folder in folders for p in sorted(folder.glob("*.txt"))]
    texts = [extract(data, name).source.text for name, data in files]
    chars = sum(map(len, texts))
    jieba.setLogLevel(logging.ERROR)
    jieba.initialize()

    def parse() -> None:
        for name, data in files:
            extract(data, name)

    def segment() -> None:
        for text in texts:
            for _ in jieba.cut(text):
                pass

    rounds = [(_speed(parse, chars), _speed(segment, chars)) for _ in range(ROUNDS)]
    ours, theirs = (statistics.median(r[i] for r in rounds) for i in (0, 1))
    ratio = statistics.median(a / b for a, b in rounds)
    print(
        f"parse   {len(files)} files, {chars:,} characters: extract {ours:,.0f}/s, jieba.cut {theirs:,.0f}/s, ratio {ratio:.2f}"
    )


def _speed(run: Callable[[], None], chars: int) -> float:
    begin = time.perf_counter()
    run()
    return chars / (time.perf_counter() - begin)
