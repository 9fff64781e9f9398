"""Two data directories on one Neo4j: one writes, and who comes second is told who that is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kg.engine import lease
from kg.engine.store import Store, open_store
from kg.errors import StoreLocked
from kg.settings import Settings
from tests import neo4j_server
from tests.clock import until
from tests.kg.small_graph import emptied


def test_one_of_two_servers_writes_to_a_neo4j(
    neo4j_store: Store, neo4j_server_: neo4j_server.Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, writers = emptied(neo4j_store), "MATCH (w:Writer) RETURN w.until > timestamp() AS lasts"
    settings = Settings(data=tmp_path, uri=neo4j_server_.uri, user=neo4j_server.USER, password=neo4j_server_.password)
    with ours.writing(), ours.writing():
        pass
    assert ours.read(writers).rows == []  # who does not serve gives it back at once
    with open_store(settings, serve=True) as server:
        with server.writing():
            pass
        refused = rf"process {os.getpid()} on .* since 20.*\n.*KG_DATA"
        with pytest.raises(StoreLocked, match=refused), ours.writing():
            pass
        with open_store(settings) as command, command.writing():  # of the same data: the lock there is enough
            pass
        assert ours.read(writers).rows == [{"lasts": True}]
    with ours.writing():
        pass

    monkeypatch.setattr(lease, "LASTS", 0.3)
    with open_store(settings, serve=True) as server, server.writing():
        monkeypatch.setattr(lease, "LASTS", 60.0)
        assert server._lease and server._lease._ended
        server._lease._ended.set()  # as if it were killed: nothing renews it, nothing gives it back
        server._lease._ended = None
    until(lambda: ours.read(writers).rows == [{"lasts": False}])
    with ours.writing():
        pass
    assert ours.read(writers).rows == []
