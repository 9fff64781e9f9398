"""Each API route's p50 over loopback, against the same statement with the same parameters through the raw driver."""

from __future__ import annotations

import http.client
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from neo4j import Driver

from kg.ask.queries import load_queries
from kg.engine.store import Store, open_store
from kg.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kg.ask.queries import Query

WARM_UP = 60  # runs until Java has compiled what it runs
ROUNDS = 60


def main(folders: Sequence[Path]) -> None:
    """Loads the folders into a base of its own, serves it by `kg serve`, attaches as a guest, and prints a line a route."""
    with tempfile.TemporaryDirectory() as data:
        environ = {**os.environ, "KG_DATA": data}
        kg = [sys.executable, "-m", "kg.cli"]
        subprocess.run([*kg, "load", *folders], env=environ, check=True, stdout=subprocess.DEVNULL)
        with subprocess.Popen([*kg, "serve", "--port", "0"], env=environ, stdout=subprocess.PIPE, encoding="utf-8") as server:
            try:
                said = server.stdout.readline() if server.stdout else ""
                port = int(said.partition("127.0.0.1:")[2].partition("/")[0])
                with open_store(Settings.from_environment(environ)) as store:
                    for query in load_queries().values():
                        _compare(store, query, port)
            finally:
                server.terminate()


def _compare(store: Store, query: Query, port: int) -> None:
    bound = query.bind(store, query.example)
    given = {name: value for name, value in bound.items() if value is not None}
    path = query.path.format(**{name: quote(str(value), safe=":") for name, value in given.items()})
    rest = {name: value for name, value in given.items() if f"{{{name}}}" not in query.path}
    connection = http.client.HTTPConnection("127.0.0.1", port)
    target = f"{path}?{urlencode({**rest, 'limit': 100_000}, doseq=True)}"

    def ask() -> None:
        connection.request("GET", target)
        response = connection.getresponse()
        body = response.read()
        if response.status != 200:
            raise RuntimeError(f"{target}: {body.decode()}")

    driver: Driver = store._driver  # the bare baseline, under all of our guards

    with driver.session(database=store._database) as session:

        def raw() -> None:
            session.execute_read(lambda tx: list(tx.run(query.cypher, dict[str, Any](bound))))

        for _ in range(WARM_UP):
            ask()
            raw()
        rounds = [(_time(ask), _time(raw)) for _ in range(ROUNDS)]
    connection.close()
    route, bare = (statistics.median(r[i] for r in rounds) * 1000 for i in (0, 1))
    print(f"route   {query.path:<36} {route:7.1f} ms, raw driver {bare:7.1f} ms, ratio {route / bare:.2f}")


def _time(run: Callable[[], None]) -> float:
    begin = time.perf_counter()
    run()
    return time.perf_counter() - begin
