"""Many files a transaction: none is written twice, none waits for ever, and one that is refused costs none of the others."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from neo4j import ManagedTransaction

from kg.engine.store import Store
from kg.errors import BadQueryFile, EngineUnavailable
from kg.graph import batch
from kg.graph.kept import Kept
from kg.graph.rows import GraphRows
from kg.graph.transactions import change
from kg.library import Library
from tests.samples import Doc, library, whole_graph, write

FILES = 7


Base = tuple[Library, list[Path]]


@pytest.fixture
def base(store: Store, tmp_path: Path) -> Base:
    """An empty library, and files to load into it."""
    files = [write(tmp_path / f"{n}.json", Doc(f"第{n}号通知", f"长办〔2023〕{n}号")) for n in range(FILES)]
    return library(store, tmp_path / "sources"), files


def counted(monkeypatch: pytest.MonkeyPatch, refused: dict[str, Exception]) -> list[int]:
    """How many documents each transaction from now on writes; it raises where it holds one of the `refused`."""
    written: list[int] = []

    def counting(tx: ManagedTransaction, rows: GraphRows, **more: Any) -> list[str]:
        for id_ in rows.nodes["Document"]:
            if error := refused.get(id_.rpartition(":")[2]):
                raise error
        written.append(len(rows.nodes["Document"]))
        return change(tx, rows, **more)

    monkeypatch.setattr(batch, "change", counting)
    return written


@pytest.mark.parametrize(("limits", "transactions"), [((8_000, 60.0), [7]), ((40, 60.0), [3, 3, 1]), ((8_000, 0.0), [1] * 7)])
def test_how_many_are_written_at_once(
    base: Base, monkeypatch: pytest.MonkeyPatch, limits: tuple[int, float], transactions: list[int]
) -> None:
    monkeypatch.setattr(batch, "_ROWS", limits[0])
    monkeypatch.setattr(batch, "_WAIT", limits[1])
    written = counted(monkeypatch, {})
    kept, files = base
    results = list(kept.loading([*files, files[0]]))
    assert [result.outcome for result in results] == ["added"] * FILES + ["unchanged"]
    assert [Path(result.file).name for result in results] == [file.name for file in [*files, files[0]]]
    assert written == transactions


def test_one_that_the_store_refuses(base: Base, monkeypatch: pytest.MonkeyPatch) -> None:
    kept, files = base
    refused: dict[str, Exception] = {"长办〔2023〕3号": BadQueryFile("the database refuses it")}
    with monkeypatch.context() as patch:
        counted(patch, refused)
        results = list(kept.loading(files))
    assert [result.outcome for result in results] == ["added"] * 3 + ["failed"] + ["added"] * 3
    assert results[3].reason == "the database refuses it"
    assert kept.status().documents == FILES - 1
    assert [result.outcome for result in kept.loading(files)] == ["unchanged"] * 3 + ["added"] + ["unchanged"] * 3


def test_a_store_that_fails_ends_the_load_after_what_it_wrote(base: Base, monkeypatch: pytest.MonkeyPatch) -> None:
    kept, files = base
    with monkeypatch.context() as patch:
        counted(patch, {"长办〔2023〕4号": EngineUnavailable("it is gone")})
        with pytest.raises(EngineUnavailable):
            list(kept.loading(files))
    assert kept.status().documents == 4
    assert [result.outcome for result in kept.loading(files)] == ["unchanged"] * 4 + ["added"] * 3


def test_a_reset_that_is_cut_off_leaves_documents_as_they_were(base: Base, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that went with its first transactions are gone, and the others count as read by other rules."""
    kept, files = base
    list(kept.loading(files))
    with monkeypatch.context() as patch:
        patch.setattr(Kept, "set_aside", failing)
        with pytest.raises(EngineUnavailable):
            kept.reset()
    assert kept.status().outdated == ()
    assert [result.outcome for result in kept.loading(files)] == ["unchanged"] * FILES
    with monkeypatch.context() as patch:
        patch.setattr("kg.library._BATCH", 5)
        patch.setattr(Kept, "forget", failing)
        with pytest.raises(EngineUnavailable):
            kept.reset()
    assert kept.status().outdated == tuple(file.name for file in files[5:])


def failing(*_: object) -> None:
    raise EngineUnavailable("it is gone")


def test_a_document_that_is_changed_again_in_one_load(base: Base, store: Store, tmp_path: Path) -> None:
    kept, files = base
    again = write(tmp_path / "again.json", Doc("第1号通知", "长办〔2023〕1号", tasks=()), Doc("另一份", "长办〔2023〕99号"))
    for file in (*files, again):
        list(kept.loading([file], replace=True))
    one_by_one = whole_graph(store)
    kept.reset()
    assert [result.outcome for result in kept.loading([*files, again], replace=True)] == ["added"] * FILES + ["replaced"]
    assert whole_graph(store) == one_by_one
