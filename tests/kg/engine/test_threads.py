"""The threads that ask the engine."""

from __future__ import annotations

from threading import Event, Thread, current_thread

from kg.engine.threads import Threads
from tests.clock import PATIENCE, until


def test_a_thread_is_kept_for_the_next_query_and_ends_with_the_store() -> None:
    threads, ran, go, done = Threads(), list[Thread](), Event(), Event()

    def work() -> None:
        ran.append(current_thread())
        assert go.wait(PATIENCE)
        done.set()

    for _ in range(2):
        done.clear()
        go.set()
        threads.run(work)
        assert done.wait(PATIENCE)
        until(lambda: threads._idle)
    assert ran[0] is ran[1]
    go.clear()
    for _ in range(2):  # at once
        threads.run(work)
    until(lambda: len(ran) == 4)
    assert ran[2] is not ran[3]
    threads.close()
    go.set()
    until(lambda: not any(thread.is_alive() for thread in ran))
