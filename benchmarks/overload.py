"""A server that more ask than it can answer, while its documents change: python -m benchmarks.overload

On loopback, by `kg serve` over the seeds and a made-up archive: so many clients ask the examples of all queries for so many
seconds, each the next as soon as one is answered, later where the server says so (Retry-After). A guest loads two versions
of the archive by turns. Somebody asks /healthz all the time, and before, when nobody else asks. A server's clients are on other
machines: here they keep to one core, and the server to the others; with --shared, and where a core is all there is, to none.
Prints how long answers took, what else was answered, the memory, and /healthz against its idle self; its exit status is 1 where
that took over five times as long at its p99, where an answer was none of 200, 429 and 503, or where a load failed.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Final
from urllib.parse import quote, urlencode

from benchmarks import archive
from kg.ask.queries import load_queries

_SEED: Final = Path(__file__).parent.parent / "seed"
_LOOPBACK: Final = "127.0.0.1"
_PROBES: Final = 300
_EVERY: Final = 0.05  # seconds from one probe to the next
_FINE: Final = frozenset({200, 429, 503})
_WORSE: Final = 5
_CUT: Final = 400  # characters that a document loses from its first to its second version


class Client:
    """A connection that is kept; `ask` gives the status, the seconds it took, how long to wait, and the body."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, target: str) -> tuple[int, float, float, bytes]:
        began = time.perf_counter()
        try:
            if self._streams is None:
                self._streams = await asyncio.open_connection(_LOOPBACK, self._port)
            reader, writer = self._streams
            writer.write(f"GET {target} HTTP/1.1\r\nHost: {_LOOPBACK}:{self._port}\r\n\r\n".encode())
            head = (await reader.readuntil(b"\r\n\r\n")).lower()
            body = await reader.readexactly(int(_header(head, "content-length")))
        except (OSError, EOFError):
            self.close()
            return 0, time.perf_counter() - began, 0.1, b""
        return int(head.split()[1]), time.perf_counter() - began, float(_header(head, "retry-after")), body

    def close(self) -> None:
        if self._streams:
            self._streams[1].close()
        self._streams = None


def _header(head: bytes, name: str) -> str:
    found = re.search(rf"\r\n{name}: ([0-9]+)\r\n".encode(), head)
    return found[1].decode() if found else "0"


def targets() -> list[str]:
    """The example of each query."""
    asked = []
    for query in load_queries().values():
        path = query.path.format(**{name: quote(str(value), safe=":") for name, value in query.example.items()})
        rest = {name: value for name, value in query.example.items() if f"{{{name}}}" not in query.path}
        asked.append(f"{path}?{urlencode(rest, doseq=True)}")
    return asked


def probe(port: int, times: int, until: float) -> list[float]:
    """Asks /healthz so many times, or until then, by a connection of its own each time; how many seconds each took. For a
    process of its own: the crowd keeps this one busy too."""
    return asyncio.run(_probe(port, times, until))


async def _probe(port: int, times: int, until: float) -> list[float]:
    took: list[float] = []
    while len(took) < times and time.monotonic() < until:
        client = Client(port)
        status, seconds, *_ = await client.ask("/healthz")
        client.close()
        took.append(seconds if status == 200 else float("inf"))
        await asyncio.sleep(_EVERY)
    return took


def crowd(port: int, clients: int, until: float) -> tuple[list[float], Counter[int]]:
    """What so many clients met until then: how long it took what was answered, and the statuses."""
    return asyncio.run(_crowd(port, clients, until))


async def _crowd(port: int, clients: int, until: float) -> tuple[list[float], Counter[int]]:
    asked = targets()
    took: list[float] = []
    statuses: Counter[int] = Counter()

    async def one(draw: random.Random) -> None:
        client = Client(port)
        while time.monotonic() < until:
            status, passed, wait, _ = await client.ask(draw.choice(asked))
            statuses[status] += 1
            if status == 200:
                took.append(passed)
            await asyncio.sleep(wait * draw.uniform(1, 2))
        client.close()

    await asyncio.gather(*(one(random.Random(n)) for n in range(clients)))
    return took, statuses


def reload(environ: dict[str, str], folders: list[Path], until: float) -> Counter[str]:
    """Loads the folders by turns until then; what became of their files."""
    became: Counter[str] = Counter()
    turn = 0
    while time.monotonic() < until:
        words = [sys.executable, "-m", "kg.cli", "load", "--replace", str(folders[turn % len(folders)])]
        said = subprocess.run(words, env=environ, capture_output=True, encoding="utf-8", timeout=300, check=False)
        became.update(line.split()[0] for line in said.stdout.splitlines() if line.endswith("assignments"))
        became["loads"] += 1
        became["loads that failed"] += said.returncode not in (0, 65)
        turn += 1
    return became


def memory(pid: int) -> tuple[float, float]:
    """Megabytes that a process holds now, and held at most."""
    told = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    now, most = (float(re.findall(rf"{name}:\s+([0-9]+) kB", told)[0]) / 1000 for name in ("VmRSS", "VmHWM"))
    return now, most


def cores() -> tuple[set[int], set[int]]:
    """Those of the server, and those of its clients; none where they cannot be parted."""
    ours = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
    return (set(ours[:-1]), set(ours[-1:])) if len(ours) > 1 else (set(), set())


def keep_to(cores: set[int]) -> None:
    """This process, and those that it starts, keep to these cores; to any, if there are none."""
    if cores:
        os.sched_setaffinity(0, cores)


def at(share: float, took: list[float]) -> float:
    """Milliseconds."""
    return 1000 * sorted(took)[int(share * (len(took) - 1))]


async def measure(
    port: int, pid: int, given: argparse.Namespace, apart: ProcessPoolExecutor, reloading: Callable[[float], Counter[str]]
) -> bool:
    """Prints what is met; whether it is what it should be. `apart`: where the clients live; `reloading`: loads until then."""
    clients, seconds = given.clients, given.seconds
    for target in targets():  # Java compiles what is asked
        await Client(port).ask(target)
    loop = asyncio.get_running_loop()
    idle = await loop.run_in_executor(apart, probe, port, _PROBES, time.monotonic() + 300)
    before, _ = memory(pid)
    until = time.monotonic() + seconds
    loading = asyncio.create_task(asyncio.to_thread(reloading, until))
    asking = loop.run_in_executor(apart, probe, port, sys.maxsize, until)
    took, statuses = await loop.run_in_executor(apart, crowd, port, clients, until)
    became, busy = await loading, await asking
    now, most = memory(pid)
    worse = at(0.99, busy) / at(0.99, idle)
    print(f"{clients} clients, {seconds:g} s: {len(took) / seconds:.0f} answers/s, statuses {dict(sorted(statuses.items()))}")
    print(f"answers   p50 {at(0.5, took):7.1f} ms, p99 {at(0.99, took):7.1f} ms")
    print(f"/healthz  p50 {at(0.5, busy):7.1f} ms, p99 {at(0.99, busy):7.1f} ms ({len(busy)})")
    print(f"    idle  p50 {at(0.5, idle):7.1f} ms, p99 {at(0.99, idle):7.1f} ms ({len(idle)}); ratio of p99 {worse:.1f}")
    print(f"memory    {before:.0f} MB before, {now:.0f} MB after, {most:.0f} MB at most; loads meanwhile: {dict(became)}")
    return worse <= _WORSE and statuses.keys() <= _FINE and became["replaced"] > 0 and not became["loads that failed"]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.overload", description=__doc__)
    parser.add_argument("--clients", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--documents", type=int, default=10, metavar="N", help="of the archive [default 10]")
    parser.add_argument("--shared", action="store_true", help="the server and its clients take whatever core is free")
    given = parser.parse_args()
    servers, clients = (set[int](), set[int]()) if given.shared else cores()
    with tempfile.TemporaryDirectory() as name:
        folders = [Path(name) / "first", Path(name) / "second"]
        for folder in folders:
            files = archive.write(folder, given.documents)
        for path in files:
            path.write_text(path.read_text(encoding="utf-8")[:-_CUT], encoding="utf-8")
        environ = {**os.environ, "KG_DATA": f"{name}/base", "KG_URI": ""}
        kg = [sys.executable, "-m", "kg.cli"]
        subprocess.run([*kg, "load", _SEED, folders[0]], env=environ, stdout=subprocess.DEVNULL, timeout=600, check=False)
        keep_to(servers)
        server = subprocess.Popen([*kg, "serve", "--port", "0"], env=environ, stdout=subprocess.PIPE, encoding="utf-8")
        keep_to(servers | clients)
        with server, ProcessPoolExecutor(2, initializer=keep_to, initargs=(clients,)) as apart:
            try:
                said = server.stdout.readline() if server.stdout else ""
                port = int(said.partition(f"{_LOOPBACK}:")[2].partition("/")[0])
                loading = partial(reload, environ, folders)
                return int(not asyncio.run(measure(port, server.pid, given, apart, loading)))
            finally:
                server.terminate()
                with suppress(subprocess.TimeoutExpired):
                    server.wait(30)
                server.kill()


if __name__ == "__main__":
    sys.exit(main())
