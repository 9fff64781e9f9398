"""Time in tests. What is measured is the CPU time of the thread, which no other program changes. A wait has a condition; its
seconds are only there to end a test that would wait for ever."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable
from pathlib import Path

PATIENCE = 200.0
"""Seconds: below the limit of pytest, and far above what anything takes on a busy machine."""


def cpu_seconds(work: Callable[[], object], times: int = 3) -> float:
    """The least that it takes this thread, of so many times."""
    taken = []
    gc.collect()
    gc.freeze()  # what other tests left is not looked through any more: neither while this one is timed nor later
    for _ in range(times):
        began = time.thread_time()
        work()
        taken.append(time.thread_time() - began)
    return min(taken)


def until(condition: Callable[[], object]) -> None:
    """Returns once it holds."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.02)


def tell(pipe: Path, words: str) -> None:
    """Says `words` to the first process that reads this named pipe, once it does, and takes the pipe away."""
    ends: list[int] = []

    def is_read() -> bool:
        try:
            ends.append(os.open(pipe, os.O_WRONLY | os.O_NONBLOCK))
        except OSError:  # nobody reads it yet
            return False
        return True

    until(is_read)
    pipe.unlink()
    with os.fdopen(ends[0], "w", encoding="utf-8") as end:
        end.write(words)
