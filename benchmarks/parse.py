"""Characters parsed per second of this process's own time, against two baselines over the same text in the same run:
jieba.cut, and a bare pass of twelve of our patterns over the whole text.

Names recur in official texts, so the loaders remember what they read in them. A warm pass knows all names of the corpus
from the pass before, down to the agencies of its documents; a cold one begins as a new process does, its tables read, and
meets each name for the first time. A folder of new texts is read at a speed between the two.
"""

from __future__ import annotations

import logging
import statistics
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

import jieba

from loaders.extract import extract
from loaders.facts.citations import CITATION
from loaders.facts.clauses import BRACKET, CLAUSE_LABEL, STATEMENT
from loaders.facts.deadlines import TIME_CUE
from loaders.facts.statements import CLAUSE_TOKEN
from loaders.facts.wording import HEAD, SET_UP, WITH
from loaders.text.numbering import CANDIDATE
from loaders.text.tables import TABLE_CUE
from loaders.text.view import plain

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Sequence

ROUNDS = 7
SWEEPS: Final[tuple[re.Pattern[str], ...]] = (
    STATEMENT, CANDIDATE, BRACKET, CLAUSE_LABEL, CLAUSE_TOKEN, HEAD, SET_UP, WITH, TIME_CUE, CITATION, TABLE_CUE,
)  # fmt: skip


def main(folders: Sequence[Path]) -> None:
    """Prints the three speeds and our ratio to each; a round times all, so that the machine's mood falls on all."""
    files = [(f.name, f.read_bytes()) for folder in folders for f in sorted(folder.glob("*.txt"))]
    if not files:
        sys.exit(f"no .txt file in {', '.join(map(str, folders))}: name folders with documents, or none for seed/")
    texts = [extract(data, name).source.text for name, data in files]
    views = [plain(text) for text in texts]
    jieba.setLogLevel(logging.ERROR)
    jieba.initialize()

    def parse() -> None:
        for name, data in files:
            extract(data, name)

    def parse_cold() -> None:
        for forget in _forget_names():
            forget()
        parse()

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
    runs = (parse_cold, parse, segment, sweep)
    rounds = [[_speed(run, chars) for run in runs] for _ in range(ROUNDS)]
    cold, warm, cut, bare = (statistics.median(column) for column in zip(*rounds, strict=True))
    cold_to_cut, warm_to_cut, to_bare = (statistics.median(r[a] / r[b] for r in rounds) for a, b in ((0, 2), (1, 2), (1, 3)))
    print(f"parse   {len(files)} files, {chars:,} characters: extract {warm:,.0f}/s warm, {cold:,.0f}/s cold")
    print(f"        jieba.cut {cut:,.0f}/s, ratio {warm_to_cut:.2f} warm, {cold_to_cut:.2f} cold")
    print(f"        {len(SWEEPS)} patterns alone {bare:,.0f}/s, ratio {to_bare:.2f} warm")


def _forget_names() -> list[Callable[[], None]]:
    """What empties the loaders' memory of names: their bounded caches. The tables of data/ are in unbounded ones."""
    modules = [module for name, module in sys.modules.items() if name.startswith("loaders.")]
    caches = [f for module in modules for f in vars(module).values() if hasattr(f, "cache_parameters")]
    return [f.cache_clear for f in caches if f.cache_parameters()["maxsize"] is not None]


def _speed(run: Callable[[], None], chars: int) -> float:
    begin = time.process_time()
    run()
    return chars / (time.process_time() - begin)
