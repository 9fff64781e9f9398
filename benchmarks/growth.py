"""What a growing base costs: python -m benchmarks archive [SIZE …]; --write FOLDER only writes so many documents.

For each size, in one base on the embedded engine that holds the seeds and so many documents of benchmarks/archive.py: CPU of
this process (Python and engine) to read and to write a document, how much memory it took at most, the disk, and for the example
of each canned query its rows and the CPU of the whole process for one more run, the best of three. The exponent is that of CPU
over size, from the first to the last: 0 where the size is no matter, 1 where it is proportional.
"""

from __future__ import annotations

import argparse
import math
import os
import resource
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from benchmarks import archive
from kg.ask.queries import Query, load_queries
from kg.ask.search import SEARCH
from kg.decide.entries import NONE
from kg.engine.store import Store, open_store
from kg.errors import KgError
from kg.library import Library
from kg.model import Extraction
from kg.settings import Settings
from loaders.extract import extract

_SEED = Path(__file__).parent.parent / "seed"
_LEAST = 0.01  # seconds: below, the clock says nothing of growth
_ROUNDS = 3


def main(argv: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks archive", description="What a growing base costs.")
    parser.add_argument("sizes", nargs="*", type=int, default=[100, 300, 1000], metavar="SIZE", help="numbers of documents")
    parser.add_argument("--write", type=Path, metavar="FOLDER", help="write the documents there, and measure nothing")
    given = parser.parse_args(argv)
    if given.write:
        archive.write(given.write, max(given.sizes))
        return
    with tempfile.TemporaryDirectory() as folder:
        settings = replace(Settings.from_environment(os.environ), data=Path(folder) / "base", uri=None, timeout=300)
        with open_store(settings) as store:
            store.ensure_schema()
            measure(store, Path(folder), sorted(given.sizes))


def measure(store: Store, home: Path, sizes: list[int]) -> None:
    reading = 0.0

    def read(data: bytes, name: str) -> Extraction:
        nonlocal reading
        began = time.process_time()
        try:
            return extract(data, name)
        finally:
            reading += time.process_time() - began

    library = Library(lambda: store, home / "base" / "sources", read, lambda: "1", lambda: NONE)
    library.load(_SEED)
    costs: dict[str, list[tuple[int, float]]] = {}
    held = 0
    for size in sizes:
        files, reading = archive.write(home / "files", size - held, held), 0.0
        writing = cpu(lambda: [result.outcome for result in library.loading(files)]) - reading  # noqa: B023
        made, held = size - held, size
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
        print(
            f"{size} documents: {1000 * reading / made:.1f} ms of CPU a document to read, "
            f"{1000 * writing / made:.1f} ms to write; {memory:.0f} MB of memory; {disk(home / 'base'):.0f} MB on disk"
        )
        for query in (*load_queries().values(), SEARCH):
            costs.setdefault(query.name, []).append(cost(store, query))
    print(f"{'query':30} {'rows':>{7 * len(sizes)}} {'ms of CPU':>{8 * len(sizes)}}  exponent")
    for name, taken in costs.items():
        rows, milliseconds = (
            " ".join(f"{n:6.0f}" for n in column) for column in zip(*((r, 1000 * s) for r, s in taken), strict=True)
        )
        (_, first), (_, last) = taken[0], taken[-1]
        grown = math.log(max(last, _LEAST) / max(first, _LEAST)) / math.log(sizes[-1] / sizes[0]) if len(sizes) > 1 else 0
        print(f"{name:30} {rows} {milliseconds}  {grown:5.2f}")


def cost(store: Store, query: Query) -> tuple[int, float]:
    """Rows of the example, and the seconds of CPU that it takes; none and infinitely many where it fails."""
    try:
        rows = len(query.run(store, query.example).rows)
        return rows, min(cpu(lambda: query.run(store, query.example)) for _ in range(_ROUNDS))
    except KgError as error:
        print(f"{query.name} fails: {error.message}")
        return 0, math.inf


def cpu(work: Callable[[], object]) -> float:
    """Seconds of all threads of this process, the engine's among them."""
    began = time.process_time()
    work()
    return time.process_time() - began


def disk(folder: Path) -> float:
    """Megabytes."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6
