"""Each API route over loopback, against the statements that it takes, with their parameters, through the raw driver:
python -m benchmarks.routes --documents 300

By one client and by four at once: half of all answers come within so many ms, and so many come in a second, for each that comes
through the raw driver. What is well: at most 1.3 times as long where the driver takes 5 ms, else 2 ms more; half as many.
"""

from __future__ import annotations

import argparse
import http.client
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, closing, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, LiteralString
from unittest.mock import patch
from urllib.parse import quote, urlencode

from neo4j import Driver, ManagedTransaction

from benchmarks import archive
from kg.ask.queries import load_queries
from kg.engine.store import Store, open_store
from kg.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kg.ask.queries import Query

WARM_UP = 60  # runs until Java has compiled what it runs
ROUNDS = 60
CLIENTS = (1, 4)


def main(folders: Sequence[Path], names: Sequence[str] = ()) -> None:
    """Loads the folders into a base of its own, serves it by `kg serve`, attaches as a guest, and prints a line a route: of the
    queries of these names, or of all."""
    with tempfile.TemporaryDirectory() as data:
        environ = {**os.environ, "KG_DATA": data}
        kg = [sys.executable, "-m", "kg.cli"]
        subprocess.run([*kg, "load", *folders], env=environ, check=False, stdout=subprocess.DEVNULL)
        with subprocess.Popen([*kg, "serve", "--port", "0"], env=environ, stdout=subprocess.PIPE, encoding="utf-8") as server:
            try:
                said = server.stdout.readline() if server.stdout else ""
                port = int(said.partition("127.0.0.1:")[2].partition("/")[0])
                with open_store(Settings.from_environment(environ)) as store:
                    for query in load_queries().values():
                        if query.name in (names or [query.name]):
                            _compare(store, query, port)
            finally:
                server.terminate()


def _compare(store: Store, query: Query, port: int) -> None:
    bound = query.bind(store, query.example)
    given = {name: value for name, value in bound.items() if value is not None}
    path = query.path.format(**{name: quote(str(value), safe=":") for name, value in given.items()})
    rest = {name: value for name, value in given.items() if f"{{{name}}}" not in query.path}
    target = f"{path}?{urlencode({**rest, 'limit': 100_000}, doseq=True)}"
    route, raw = partial(_asking, port, target), partial(_driving, store, _statements(store, query, bound))
    line = f"route   {query.path:<36}"
    for clients in CLIENTS:
        _times(raw, clients, WARM_UP // clients)
        _times(route, clients, WARM_UP // clients)
        turns = [(_times(route, clients, ROUNDS // 3), _times(raw, clients, ROUNDS // 3)) for _ in range(3)]
        (ours, a_second), (bare, most) = ([statistics.median(turn[i][k] for turn in turns) for k in (0, 1)] for i in (0, 1))
        line += f" {clients}: {ours:7.1f} ms, raw {bare:7.1f} ms, ratio {ours / bare:.2f}, a second {a_second / most:.2f};"
    print(line, flush=True)


@contextmanager
def _asking(port: int, target: str) -> Iterator[Callable[[], None]]:
    """A client of the server."""
    with closing(http.client.HTTPConnection("127.0.0.1", port)) as connection:

        def ask() -> None:
            connection.request("GET", target)
            response = connection.getresponse()
            body = response.read()
            if response.status != 200:
                raise RuntimeError(f"{target}: {body.decode()}")

        yield ask


@contextmanager
def _driving(store: Store, statements: list[tuple[str, dict[str, Any]]]) -> Iterator[Callable[[], None]]:
    """A client of the engine, under all of our guards."""
    driver: Driver = store._driver
    with driver.session(database=store._database) as session:

        def raw() -> None:
            for statement, parameters in statements:
                session.execute_read(_rows, statement, parameters)

        yield raw


def _times(client: Callable[[], AbstractContextManager[Callable[[], None]]], clients: int, rounds: int) -> tuple[float, float]:
    """How many ms half of all take at most, and how many come in a second, where each of so many asks so often."""

    def ask(_: int) -> list[float]:
        with client() as run:
            return [_time(run) for _ in range(rounds)]

    with ThreadPoolExecutor(clients) as pool:
        began = time.perf_counter()
        took = [one for each in pool.map(ask, range(clients)) for one in each]
        return 1000 * statistics.median(took), len(took) / (time.perf_counter() - began)


def _statements(store: Store, query: Query, bound: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """What an answer asks the engine, with the parameters: of one that comes in parts, what it asks for each."""
    sent = []

    def noted(method: Callable[..., Any]) -> Callable[..., Any]:
        def asked(store: Store, cypher: str, parameters: dict[str, Any], **how: object) -> object:
            sent.append((cypher, dict(parameters)))
            return method(store, cypher, parameters, **how)

        return asked

    with patch.multiple(Store, read=noted(Store.read), stream=noted(Store.stream)):
        query.fetch(store, bound, 100_000)
    return sent


def _rows(tx: ManagedTransaction, statement: LiteralString, parameters: dict[str, Any]) -> None:
    list(tx.run(statement, parameters))


def _time(run: Callable[[], None]) -> float:
    begin = time.perf_counter()
    run()
    return time.perf_counter() - begin


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.routes", description=__doc__)
    parser.add_argument("--documents", type=int, default=300, metavar="N", help="of the archive [default 300]")
    parser.add_argument("--only", nargs="+", default=[], metavar="QUERY", help="these queries")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        archive.write(Path(made), asked.documents)
        main([Path(made), Path(__file__).parent.parent / "seed"], asked.only)
