"""The workers of a dask cluster (docs.dask.org): each reads files in children of its own, within the same limits as here."""

from __future__ import annotations

import atexit
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Final

from kg.apart.readers import Readers
from kg.errors import BadSettings
from kg.model import Extraction

_PATIENCE: Final = "10s"  # to find the scheduler


@dataclass(frozen=True, slots=True)
class Distant:
    """Reads files wherever it is called; what it says is that of kg.apart.readers.Readers."""

    function: str
    memory: int
    seconds: float

    def __call__(self, data: bytes, name: str) -> Extraction:
        return _readers(self)(data, name)


@cache
def _readers(of: Distant) -> Readers:
    """Those of this process."""
    readers = Readers(of.function, memory=of.memory, seconds=of.seconds)
    atexit.register(readers.close)
    return readers


@contextmanager
def cluster(scheduler: str, rules: Callable[[], str]) -> Iterator[tuple[Executor, int]]:
    """The workers of the `scheduler` at this address, and how many files they read at a time. `rules` says by which rules; a
    function that they have too. Raises BadSettings where nothing answers there, it has no workers, or one has other rules."""
    try:
        from distributed import Client  # noqa: PLC0415 - for those alone who have a cluster
    except ImportError as error:
        raise BadSettings("reading on a cluster needs dask's distributed", "pip install 'duty-kg[cluster]'") from error
    try:
        client = Client(scheduler, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise BadSettings(f"no dask scheduler answers at {scheduler}: {error}", "such as tcp://10.0.0.5:8786") from error
    with client:
        threads = client.nthreads()
        if not threads:
            raise BadSettings(f"the scheduler at {scheduler} has no workers", f"start some: dask worker {scheduler}")
        said = client.run(rules, on_error="return")
        if others := sorted(worker for worker, version in said.items() if version != rules()):
            hint = "install the same duty-kg there as here: a base is read by one set of rules"
            raise BadSettings(f"{', '.join(others)}: other rules than here: {said[others[0]]!s:.200}", hint)
        yield client.get_executor(pure=False), sum(threads.values())
