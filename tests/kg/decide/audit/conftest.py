"""Bases to look at, on both engines."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kg.decide.audit import Finding, audit
from kg.decide.entries import NONE, Corrections
from kg.engine.store import Store
from kg.model import Extraction
from tests.samples import Doc, Unit, extract, library, write

Look = Callable[..., list[Finding]]


@pytest.fixture
def look(store: Store, tmp_path: Path) -> Look:
    """Loads documents, each from a file of its own, and looks at them."""

    def look_(
        *docs: Doc,
        check: str,
        corrections: Corrections = NONE,
        extract: Callable[[bytes, str], Extraction] = extract,
        later: Corrections | None = None,
    ) -> list[Finding]:
        files = [write(tmp_path / f"{n}.json", doc) for n, doc in enumerate(docs)]
        list(library(store, tmp_path / "sources", extract, corrections=corrections).loading(files))
        return audit(store, later or corrections, frozenset({check}))

    return look_


def units(*names: str) -> tuple[Unit, ...]:
    return tuple(Unit(name) for name in names)
