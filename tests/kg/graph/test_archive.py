"""A first archive, made at once: it is the graph that loading its files into an empty base gives, element by element."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from kg.engine.store import Store, open_store
from kg.graph.archive import Archive
from kg.graph.direct import filling
from kg.graph.elements import Node, Relationship, nodes, relationships
from kg.graph.result import Result
from kg.settings import Settings
from tests.kg.small_graph import emptied
from tests.samples import HENGYANG, HUNAN, Cited, Doc, Unit, library, write

WHOLE = (Unit("司法局"), Unit("财政局", "PARTICIPATES"), Unit("审计局", basis="narrative"), Unit("各县区", "PARTICIPATES"))
CITES = (Cited(None, "长发〔2022〕2号"), Cited("审计条例"))
DOCS: tuple[tuple[Doc, ...], ...] = (
    (Doc("治理要点", "长发〔2022〕1号", tasks=(WHOLE, WHOLE), cites=CITES, due=2023),),
    (Doc("普法通知", "长发〔2022〕2号", cites=(Cited("旧题", "国发〔2020〕9号"), Cited("治理要点", "长发〔2022〕1号"))),),
    (
        Doc("审计通知", None, HENGYANG, (WHOLE,), (Cited("一题", "国发〔2020〕9号"),), ("政府",), ("坚持公开",)),
        Doc("普法", None, None),
    ),
    (Doc("普法通知", "长发〔2022〕2号", tasks=((Unit("财政局"),),)),),  # the first of its 文号 is held
    (Doc("审计通知", None, HENGYANG, ((Unit("财政局"),),) * 9),),  # another text of the same title
    (Doc("全省审计", "湘发〔2022〕3号", HUNAN, ((Unit("各市审计局"),),)),),
    (Doc("各部门审计", "国办发〔2022〕4号", None, ((Unit("各市审计局"), Unit("司法部")),)),),
)


class Taken:
    """Elements, as they are compared: without the time of loading."""

    def __init__(self) -> None:
        self.held: list[str] = []

    def node(self, node: Node) -> None:
        properties = {name: value for name, value in node.properties.items() if name != "loaded_at"}
        self.held.append(_line(node.labels, node.id, properties))

    def relationship(self, joined: Relationship) -> None:
        ends = (joined.start_label, joined.start, joined.end_label, joined.end)
        self.held.append(_line((joined.type,), ends, joined.properties))

    @classmethod
    def of(cls, store: Store) -> list[str]:
        taken = cls()
        for node in nodes(store):
            taken.node(node)
        for joined in relationships(store):
            taken.relationship(joined)
        return sorted(taken.held)


def _line(labels: Sequence[str], id_: object, properties: dict[str, object]) -> str:
    return json.dumps((labels, id_, dict(sorted(properties.items()))), ensure_ascii=False)


def told(results: Sequence[Result]) -> list[tuple[object, ...]]:
    return [(r.outcome, r.documents, r.tasks, r.assignments, r.left) for r in results]


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    files = [write(tmp_path / f"{n}.json", *docs) for n, docs in enumerate(DOCS)]
    (tmp_path / "none.json").write_text("no sample", encoding="utf-8")
    return [*files, files[0], tmp_path / "none.json"]


def test_it_is_what_a_base_would_hold(store: Store, tmp_path: Path, files: list[Path]) -> None:
    base = library(store, tmp_path / "sources")
    loaded = list(base.loading(files))
    account = base.account(loaded)
    held = Taken.of(store)
    taken = Taken()
    archive = Archive(taken, io.BytesIO())
    results = list(library(store, tmp_path / "others").loading(files, into=archive))
    archive.finish()
    assert sorted(taken.held) == held
    assert told(results) == told(loaded)
    assert [r.outcome for r in results] == [*["added"] * 3, "same", *["added"] * 3, "unchanged", "failed"]
    assert base.account(results, of=archive).files == account.files
    assert {"MEMBER_OF", "SUCCEEDED_BY", "SIMILAR_TO", "CITES"} <= {json.loads(line)[0][0] for line in held}


def test_the_embedded_engine_is_filled_with_it(embedded_store: Store, tmp_path: Path, files: list[Path]) -> None:
    base = library(emptied(embedded_store), tmp_path / "sources")
    list(base.loading(files))
    held = Taken.of(embedded_store)
    with filling(emptied(embedded_store), tmp_path) as elements:
        archive = Archive(elements, io.BytesIO())
        list(base.loading(files, into=archive))
        archive.finish()
    assert Taken.of(embedded_store) == held
    assert [result.outcome for result in base.loading(files)][:2] == ["unchanged", "unchanged"]
    assert len(base.query("documents")) == 7


def test_a_base_that_was_not_filled_to_the_end_is_empty_again(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    with (
        pytest.raises(KeyboardInterrupt),
        open_store(settings) as store,
        filling(store, tmp_path) as elements,
    ):
        elements.node(Node("Place", ("Place",), "140000", {"name": "山西省"}))
        elements.finish()
        raise KeyboardInterrupt
    with open_store(settings) as store:
        assert store.read("MATCH (n) RETURN n.id").rows == []
        with filling(store, tmp_path) as elements:
            elements.node(Node("Place", ("Place",), "140000", {"name": "山西省"}))
    with open_store(settings) as store:
        assert store.read("MATCH (n) RETURN n.id AS id").rows == [{"id": "140000"}]


def test_what_is_given_on_is_not_taken_back(embedded_store: Store, tmp_path: Path) -> None:
    """Two files of one name, as a package may hold them."""
    archive = Archive(Taken(), io.BytesIO())
    base = library(embedded_store, tmp_path / "sources")
    file = write(tmp_path / "a.json", Doc("甲", "长发〔2022〕1号"))

    def twice() -> Iterator[Path]:
        yield file
        yield write(file, Doc("乙", "长发〔2022〕2号"))

    first, second = base.loading(twice(), into=archive)
    assert (first.outcome, second.outcome) == ("added", "failed")
    assert "load this file without --bulk" in second.reason
