"""The base of each module: the seeds, and the documents that its MORE names."""

from __future__ import annotations

import pytest

from kg.engine.store import Store
from tests.recomputed.facts import Facts, loaded


@pytest.fixture(scope="module")
def facts(request: pytest.FixtureRequest, embedded_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Facts:
    return loaded(embedded_store, tmp_path_factory.mktemp("kept"), request.module.MORE)


@pytest.fixture(scope="module")
def store(facts: Facts, embedded_store: Store) -> Store:
    """With those in it."""
    assert facts.documents
    return embedded_store
