"""What a growing base costs: python -m benchmarks.growth [--documents SIZE …] [--bulk]; --write FOLDER only writes documents.

For each size, in one base on the embedded engine that holds the seeds and so many documents of benchmarks/archive.py: CPU of
this process (Python and engine) to read and to write a document, how much memory it took at most, the disk, and for the example
of each canned query its rows and the CPU of the whole process for one more run, the best of three. The exponent is that of CPU
over size, from the first to the last: 0 where the size is no matter, 1 where it is proportional. With --bulk each size is a
base of its own that `kg load --bulk` makes, whose CPU and memory count; without, one base grows by the ordinary path.
"""

from __future__ import annotations

import argparse
import math
import os
import resource
import subprocess
import sys
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
    parser = argparse.ArgumentParser(prog="python -m benchmarks.growth", description="What a growing base costs.")
    sizes = [100, 300, 1000]
    parser.add_argument("--documents", nargs="+", type=int, default=sizes, metavar="SIZE", help="how many, one size or more")
    parser.add_argument("--bulk", action="store_true", help="make each base by `kg load --bulk`")
    parser.add_argument("--write", type=Path, metavar="FOLDER", help="write the documents there, and measure nothing")
    given = parser.parse_args(argv)
    if given.write:
        archive.write(given.write, max(given.documents))
        return
    with tempfile.TemporaryDirectory() as folder:
        settings = replace(Settings.from_environment(os.environ), data=Path(folder) / "base", uri=None, timeout=300)
        if given.bulk:
            measure_bulk(settings, Path(folder), sorted(given.documents))
            return
        with open_store(settings) as store:
            store.ensure_schema()
            measure(store, Path(folder), sorted(given.documents))


def measure_bulk(settings: Settings, home: Path, sizes: list[int]) -> None:
    costs: dict[str, list[tuple[int, float]]] = {}
    for size in sizes:
        folder, data = home / f"files-{size}", home / f"base-{size}"
        archive.write(folder, size)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        load = [sys.executable, "-m", "kg.cli", "load", "--bulk", str(folder), str(_SEED)]
        environ = {**os.environ, "KG_DATA": str(data), "KG_URI": ""}
        subprocess.run(load, env=environ, check=True, stdout=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        print(
            f"{size} documents: {1000 * seconds / size:.1f} ms of CPU a document by kg load --bulk; "
            f"{after.ru_maxrss / 1000:.0f} MB of memory; {disk(data):.0f} MB on disk"
        )
        with open_store(replace(settings, data=data)) as store:
            ask(store, costs)
    report(sizes, costs)


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
        ask(store, costs)
    report(sizes, costs)


def ask(store: Store, costs: dict[str, list[tuple[int, float]]]) -> None:
    """Adds what each example gives and takes."""
    for query in (*load_queries().values(), SEARCH):
        costs.setdefault(query.name, []).append(cost(store, query))


def report(sizes: list[int], costs: dict[str, list[tuple[int, float]]]) -> None:
    """A line for each query."""
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


if __name__ == "__main__":
    main(sys.argv[1:])
