"""How fast Library.loading writes, beside the bare UNWIND-MERGE statements of the same rows, one transaction a document, and
beside itself with one file a transaction: python -m benchmarks.load

Runs on the embedded engine in a folder of its own, or on the Neo4j of KG_URI if that is empty, and empties it again. Documents
are those of benchmarks/archive.py, their facts ready made, so that no parsing counts; what counts is the CPU of this process
(Python, and the engine where it is embedded), for the machine may be busy. Load also hashes and keeps the bytes, asks what is
held, finds tasks that are alike and settles citations.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median
from unittest.mock import patch

from neo4j import ManagedTransaction

from benchmarks import archive
from kg import schema
from kg.decide.entries import NONE
from kg.engine.store import Store, open_store
from kg.graph import batch
from kg.graph.rows import GraphRows, make_rows
from kg.library import Library
from kg.model import Extraction
from kg.settings import Settings
from loaders.extract import extract as read
from tests.samples import Cited, Doc, Unit

DOCUMENTS, TASKS, ROUNDS = 300, 20, 2
UNITS = ("司法局", "财政局", "教育局", "公安局", "民政局", "水务局", "统计局", "审计局", "各县区")


def document(number: int) -> Doc:
    """A document of 20 tasks with 4 units each, which cites the one before it and a law."""
    tasks = tuple(tuple(Unit(UNITS[(number + task + n) % len(UNITS)]) for n in range(4)) for task in range(TASKS))
    cites = (Cited(None, f"长发〔2022〕{number - 1}号"), Cited("国务院通知", "国发〔2020〕1号"))
    return Doc(f"第{number}号通知", f"长发〔2022〕{number}号", tasks=tasks, cites=cites, issuers=("政府",), due=2022)


def bare(store: Store, batches: list[GraphRows]) -> None:
    """The statements alone, one transaction a batch."""

    def work(tx: ManagedTransaction, rows: GraphRows) -> None:
        for label, nodes in rows.nodes.items():
            tx.run(schema.merge_nodes(label), rows=list(nodes.values())).consume()
        for ends, relationships in rows.relationships.items():
            tx.run(schema.merge_relationships(*ends), rows=list(relationships.values())).consume()

    for rows in batches:
        store.write(lambda tx, rows=rows: work(tx, rows))  # type: ignore[misc]


def seconds(work: Callable[[], object]) -> float:
    """Of CPU."""
    began = time.process_time()
    work()
    return time.process_time() - began


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        files = archive.write(home / "files", DOCUMENTS)
        ready = {file.name: read(file.read_bytes(), file.name) for file in files}
        each = [make_rows(e, e.documents, rules="1", loaded_at="") for e in ready.values()]
        with open_store(replace(Settings.from_environment(os.environ), data=home / "base")) as store:
            if store.read("MATCH (n) RETURN n.id AS id", limit=1).rows:
                sys.exit("the base is not empty, and this would empty it")
            store.ensure_schema()
            measure(store, home / "sources", files, ready, each)


def measure(store: Store, sources: Path, files: list[Path], ready: dict[str, Extraction], each: list[GraphRows]) -> None:
    """Takes turns, so that a warmer engine favours none; the first round only warms it up."""

    library = Library(lambda: store, sources, lambda _, name: ready[name], lambda: "1", lambda: NONE)

    def load() -> None:
        for result in library.loading(files):
            assert result.outcome == "added", result

    def load_each() -> None:
        with patch.object(batch, "_ROWS", 1):
            load()

    works = {"bare UNWIND-MERGE": lambda: bare(store, each), "a file each": load_each, "Library.loading": load}
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(1 + ROUNDS):
        for name, work in works.items():
            times[name].append(seconds(work))
            library.reset()
    assignments = sum(len(rows.relationships[role, "Agency", "Task"]) for rows in each for role in ("LEADS", "PARTICIPATES"))
    print(f"{store.engine}: {DOCUMENTS} documents, {assignments} assignments, median of {ROUNDS}")
    taken = {name: median(seconds[1:]) for name, seconds in times.items()}
    for name, cost in taken.items():
        share = taken["bare UNWIND-MERGE"] / cost
        print(f"{name:18} {1000 * cost / DOCUMENTS:6.1f} ms a document, {share:.2f} times the speed of the bare statements")


if __name__ == "__main__":
    main()
