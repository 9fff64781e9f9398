"""Each test may make an app."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.dependencies import models


@pytest.fixture(autouse=True)
def let_apps_go() -> Iterator[None]:
    """FastAPI remembers what kind of function each handler is, and so keeps its app: 30,000 objects a test, which each
    collection looks through."""
    yield
    for cached in vars(models).values():
        if hasattr(cached, "cache_clear"):
            cached.cache_clear()
