"""Each API route's p50 over loopback, against the statements that it takes, with their parameters, through the raw driver."""

from __future__ import annotations

import http.client
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, LiteralString
from unittest.mock import patch
from urllib.parse import quote, urlencode

from neo4j import Driver, ManagedTransaction

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

    statements = _statements(store, query, bound)
    driver: Driver = store._driver  # the bare baseline, under all of our guards

    with driver.session(database=store._database) as session:

        def raw() -> None:
            for statement, parameters in statements:
                session.execute_read(_rows, statement, parameters)

        rounds = []
        for _ in range(WARM_UP + ROUNDS):
            connection.close()  # the server ends one that is idle for as long as raw() may take
            connection.connect()
            rounds.append((_time(ask), _time(raw)))
    connection.close()
    route, bare = (statistics.median(r[i] for r in rounds[WARM_UP:]) * 1000 for i in (0, 1))
    print(f"route   {query.path:<36} {route:7.1f} ms, raw driver {bare:7.1f} ms, ratio {route / bare:.2f}")


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
