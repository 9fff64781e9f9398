"""Where the pages of scans are recognised: here, or where whoever calls says, such as in several processes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

ByPages = Callable[[Callable[[], str]], str]
"""Is given what recognises a page, in words of its own, and gives these words, or "" for a page that is not read. It is called
for the pages of a file in an order that is always the same."""

_ELSEWHERE: Final[ContextVar[ByPages | None]] = ContextVar("_ELSEWHERE", default=None)


@contextmanager
def recognising(pages: ByPages | None) -> Iterator[None]:
    """Within, `by_pages` asks `pages`."""
    token = _ELSEWHERE.set(pages)
    try:
        yield
    finally:
        _ELSEWHERE.reset(token)


def by_pages() -> ByPages | None:
    return _ELSEWHERE.get()
