"""Threads that ask the engine: kept for the next query, for to begin one takes longer than most queries do."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from queue import SimpleQueue
from threading import Thread

Work = Callable[[], None]


class Threads:
    """As many as were ever busy at once. Daemons, unlike those of Python's pools: a query given up would hold up the exit."""

    def __init__(self) -> None:
        self._idle = deque[SimpleQueue[Work | None]]()
        self._closed = False

    def run(self, work: Work) -> None:
        """Begins `work`, which raises nothing, on a thread that is idle or new."""
        try:
            inbox = self._idle.pop()
        except IndexError:
            inbox = SimpleQueue()
            Thread(target=self._live, args=(inbox,), daemon=True).start()
        inbox.put(work)

    def close(self) -> None:
        """Ends those that are idle, and each other once it would be."""
        self._closed = True
        while self._idle:
            self._idle.pop().put(None)

    def _live(self, inbox: SimpleQueue[Work | None]) -> None:
        while work := inbox.get():
            work()
            del work  # with what it holds
            self._idle.append(inbox)
            if self._closed:
                self.close()
