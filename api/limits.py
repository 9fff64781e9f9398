"""How much one may ask: requests a minute, wrong keys a minute, how many wait, and how large a body may be."""

from __future__ import annotations

from typing import Final

import anyio
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from kg.errors import TooManyQueries, TooManyRequests

MAX_UPLOAD: Final = 2_000_000
"""Bytes of one file to extract; its facts take a hundred times as many in memory."""
_WRONG: Final = 20
"""Wrong keys a minute from one address. After these KG_API_KEY is not accepted either, so that a weak one is not found by
trying; named keys, which nobody finds so, and sessions are: nobody can lock others out."""
WAITING: Final = 16
"""Requests that may wait for a thread."""
_FILES: Final = 8
"""Files that may wait for those before them, each of which is in memory."""


class Limits:
    """Counts in the memory of this process. `a_minute`: requests with one key from one address; 0 is no limit."""

    def __init__(self, a_minute: int = 0) -> None:
        self._counts = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._requests = RateLimitItemPerMinute(a_minute) if a_minute else None
        self._wrong = RateLimitItemPerMinute(_WRONG, namespace="WRONG")

    def ask(self, name: str, address: str) -> None:
        """Counts a request. Raises TooManyRequests."""
        if self._requests and not self._counts.hit(self._requests, name, address):
            raise TooManyRequests(f"more than {self._requests.amount} requests in a minute", "ask more slowly")

    def try_key(self, address: str) -> None:
        """Before a key is compared with the shared one. Raises TooManyRequests after too many wrong ones."""
        if not self._counts.test(self._wrong, address):
            raise TooManyRequests("too many wrong keys", "wait a minute")

    def wrong_key(self, address: str) -> None:
        """Counts one."""
        self._counts.hit(self._wrong, address)


def queues() -> dict[str, anyio.CapacityLimiter]:
    """By route, how many files are read, loaded, or kept as reports at once; the others wait."""
    at_once = {"/extract": 2, "/documents": 1, "/reports": 1}
    return {route: anyio.CapacityLimiter(n) for route, n in at_once.items()}


def queue(limiter: anyio.CapacityLimiter, most: int = _FILES) -> None:
    """Before more is taken on that will wait for others. Raises TooManyQueries where so many wait."""
    if limiter.statistics().tasks_waiting >= most:
        raise TooManyQueries("too many others are waiting", "send it again in a moment")
