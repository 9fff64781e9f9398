"""Time and memory of every export of 20,000 assignments, beside the same rows written by the library alone, from memory, in the
same run: python -m benchmarks.exports

Memory is Python's own (tracemalloc), from the store to the file, at 2,000 and 20,000 rows, and by how much the whole process
grew, the engine in it included.
"""

from __future__ import annotations

import csv
import json
import resource
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any

import networkx as nx
import pyarrow as pa
import pyarrow.parquet as pq
from xlsxwriter import Workbook

from benchmarks.load import bare, document
from exports.formats import FORMATS
from exports.graphml import write_graphml
from exports.neo4j_import import write_import
from exports.node_link import write_node_link
from exports.parquet import arrow
from exports.table import Table
from kg.ask.queries import Given, Query, load_queries
from kg.engine.store import Store, open_store
from kg.graph.elements import nodes, relationships
from kg.graph.rows import make_rows
from kg.settings import Settings
from tests.samples import as_bytes, extract

DOCUMENTS, FEW, MANY, ROUNDS = 290, 2_000, 20_000, 3

Row = dict[str, Any]


def main() -> None:
    """Makes a base of its own on the embedded engine."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        read = [extract(as_bytes(document(number)), str(number)) for number in range(DOCUMENTS)]
        with open_store(Settings(data=home / "base", timeout=300)) as store:
            store.ensure_schema()
            # Without kg.graph.intake, which would find all these tasks alike.
            bare(store, [make_rows(e, e.documents, rules="1", loaded_at="") for e in read])
            read.clear()
            tables(store, home)
            graphs(store, home)


def assignments() -> Query:
    """The query of one line of work, of all lines of work: one row an assignment."""
    query = load_queries()["obligations-across-places"]
    return replace(query, cypher=query.cypher.replace("{id: $function}", ""))


def tables(store: Store, home: Path) -> None:
    query, ledger = assignments(), load_queries()["ledger"]
    bound = query.check({"function": "司法"})
    held: list[Row] = []
    read = seconds(lambda: held.extend(islice(query.stream(store, bound), MANY)))
    assert len(held) == MANY, len(held)
    print(f"reading {MANY} assignments: {read:.2f} s")
    names = [column.name for column in query.columns]
    alone: dict[str, Callable[[], None]] = {
        "csv": lambda: csv_alone(home / "alone", names, held),
        "json": lambda: json_alone(home / "alone", held),
        "xlsx": lambda: xlsx_alone(home / "alone", names, held),
        "parquet": lambda: parquet_alone(home / "alone", query, held),
    }

    def save(form: str, table: Table) -> None:
        with (home / form).open("w+b") as out:
            FORMATS[form].write(table, out)

    for form, library in alone.items():
        rounds = [
            (seconds(lambda: save(form, Table("", query.columns, held))), seconds(library))  # noqa: B023
            for _ in range(ROUNDS)
        ]
        ours, theirs = (median(times) for times in zip(*rounds, strict=True))
        print(f"{form:9} {ours:5.2f} s beyond reading, library alone {theirs:5.2f} s, ratio {ours / theirs:.2f}")
    held.clear()
    for form in alone:
        print(f"{form:9} {memory(lambda most: save(form, streamed(store, query, bound, most)))}")  # noqa: B023
    everything = ledger.check({})
    print(f"ledger    {memory(lambda most: save('xlsx', streamed(store, ledger, everything, most // 4)))}")  # four a task


def streamed(store: Store, query: Query, bound: Given, rows: int) -> Table:
    return Table(query.name, query.columns, query.stream(store, bound), limit=rows)


def graphs(store: Store, home: Path) -> None:
    def export(form: str, most: int) -> None:
        elements = islice(nodes(store), most), islice(relationships(store), most)
        if form == "neo4j csv":
            (home / "import").mkdir(exist_ok=True)
            write_import(*elements, home / "import")
        else:
            with (home / form).open("w+b") as out:
                (write_graphml if form == "graphml" else write_node_link)(*elements, out)

    whole = 10**9
    held: Any = nx.node_link_graph(held_graph(store))
    alone: dict[str, Callable[[], object]] = {
        "graphml": lambda: nx.write_graphml(held, home / "alone"),
        "json": lambda: (home / "alone").write_text(json.dumps(nx.node_link_data(held))),
    }
    read = median(seconds(lambda: drain(nodes(store), relationships(store))) for _ in range(ROUNDS))
    print(f"reading {len(held.nodes)} nodes and {len(held.edges)} relationships: {read:.2f} s")
    for form in ("graphml", "json", "neo4j csv"):
        ours = median(seconds(lambda: export(form, whole)) for _ in range(ROUNDS))  # noqa: B023
        line = f"{form:9} {ours:5.2f} s"
        if form in alone:
            theirs = seconds(alone[form])
            line += f"; networkx alone {theirs:5.2f} s; ratio to reading + networkx {ours / (read + theirs):.2f}"
        print(line)
    held.clear()
    for form in ("graphml", "json", "neo4j csv"):
        print(f"{form:9} {memory(lambda most: export(form, most))}")  # noqa: B023


def held_graph(store: Store) -> Row:
    """The graph as node-link data, lists as JSON: GraphML has none."""

    def plain(properties: Row) -> Row:
        return {
            k: json.dumps(v) if isinstance(v, list) else v for k, v in properties.items() if v is not None and k != "source"
        }

    return {
        "directed": True,
        "multigraph": True,
        "nodes": [{"id": n.id, **plain(n.properties)} for n in nodes(store)],
        "edges": [
            {"source": r.start, "target": r.end, "key": at, **plain(r.properties)} for at, r in enumerate(relationships(store))
        ],
    }


def csv_alone(path: Path, names: list[str], rows: list[Row]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(names)
        writer.writerows([text(row[name]) for name in names] for row in rows)


def json_alone(path: Path, rows: list[Row]) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(json.dumps(rows, ensure_ascii=False))


def xlsx_alone(path: Path, names: list[str], rows: list[Row]) -> None:
    with Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, names)
        for at, row in enumerate(rows, 1):
            sheet.write_row(at, 0, [text(row[name]) for name in names])


def parquet_alone(path: Path, query: Query, rows: list[Row]) -> None:
    fields = [(c.name, arrow(c.type)) for c in query.columns]
    as_text = pa.schema([(name, pa.string() if type_ == pa.date32() else type_) for name, type_ in fields])
    undated = [{**row, "deadlines": []} for row in rows]  # their days would have to be made dates first
    pq.write_table(pa.Table.from_pylist(undated, schema=as_text), path, compression="zstd")


def text(value: object) -> object:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value


def seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def drain(*iterables: Iterable[object]) -> None:
    for iterable in iterables:
        for _ in iterable:
            pass


def memory(export: Callable[[int], None]) -> str:
    """The peak of few and of many."""
    (few, few_grown), (many, many_grown) = peak(export, FEW), peak(export, MANY)
    return (
        f"peak {few:5.1f} MB at {FEW}, {many:5.1f} MB at {MANY}, ratio {many / few:.2f}; "
        f"process grew by {few_grown:.0f} and {many_grown:.0f} MB"
    )


def peak(export: Callable[[int], None], rows: int) -> tuple[float, float]:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    tracemalloc.start()
    export(rows)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most / 1e6, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1e3


if __name__ == "__main__":
    main()
