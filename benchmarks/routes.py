"""Each API route's p50 over loopback, against the same statement with the same parameters through the raw driver."""

from __future__ import annotations

import http.client
import socket
import statistics
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

import uvicorn
from neo4j import Driver

from api.app import create_app
from kg import graph
from kg.queries import load_queries
from kg.settings import Settings
from kg.store import Store, open_store
from loaders.extract import extract, rules_version

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kg.queries import Query

ROUNDS = 30


def main(folders: Sequence[Path], environ: dict[str, str]) -> None:
    """Loads the folders into a base of its own on the embedded engine, serves it, and prints a line a route."""
    with tempfile.TemporaryDirectory() as data, open_store(Settings.from_environment({**environ, "KG_DATA": data})) as store:
        store.ensure_schema()
        files = [p for folder in folders for p in sorted(folder.glob("*.txt"))]
        for _ in graph.load(store, Path(data) / "sources", files, extract, rules_version()):
            pass
        queries = load_queries()
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)  # else asyncio sets no TCP_NODELAY
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        server = uvicorn.Server(uvicorn.Config(create_app(store, queries), log_level="error", access_log=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            for query in queries.values():
                _compare(store, query, listener.getsockname()[1])
        finally:
            server.should_exit = True
            thread.join()


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

        for run in (ask, raw):
            run()
        rounds = [(_time(ask), _time(raw)) for _ in range(ROUNDS)]
    connection.close()
    route, bare = (statistics.median(r[i] for r in rounds) * 1000 for i in (0, 1))
    print(f"route   {query.path:<36} {route:7.1f} ms, raw driver {bare:7.1f} ms, ratio {route / bare:.2f}")


def _time(run: Callable[[], None]) -> float:
    begin = time.perf_counter()
    run()
    return time.perf_counter() - begin
