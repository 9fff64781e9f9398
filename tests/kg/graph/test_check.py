"""Damage is found and named, backups give the same base in either engine, and nothing damaged answers as if it were whole."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from neo4j import ManagedTransaction

from kg.decide.file import make
from kg.engine import left
from kg.engine.store import Store, open_store
from kg.errors import BadParameter, DamagedBase, UnreadableFile
from kg.graph.backup import backup, restore
from kg.library import Library
from kg.model import Extraction
from kg.settings import Settings
from loaders.extract import extract as read_text
from tests.kg.graph import test_identity as identity
from tests.kg.small_graph import emptied
from tests.neo4j_server import USER, Server
from tests.samples import Doc, Unit, extract, library, whole_graph, write
from tests.test_cli import guest

DOC = Doc(
    "节水要点", "长政办发〔2023〕5号", tasks=((Unit("水利局"), Unit("财政局", "PARTICIPATES")), (Unit("各县区"),)), due=2023
)
OTHER = replace(DOC, title="节电要点", number="长政办发〔2023〕6号")


@pytest.fixture
def base(store: Store, tmp_path: Path) -> Library:
    made = library(store, tmp_path / "sources")
    made.load([write(tmp_path / "a.json", DOC), write(tmp_path / "b.json", OTHER)])
    return made


def said(base: Library, *, files: bool = False) -> list[str]:
    return [what for what, hint in base.check(files=files) if hint]


def changed(base: Library, statement: str) -> None:
    def run(tx: ManagedTransaction) -> None:
        tx.run(statement).consume()

    base.store.write(run)


def test_a_whole_base_has_no_damage(base: Library) -> None:
    assert said(base, files=True) == []


def test_what_the_text_does_not_say_is_named(base: Library) -> None:
    changed(base, "MATCH (:Agency)-[r:LEADS]->(t:Task) WHERE t.id ENDS WITH ':1' SET r.quote = '别的话'")
    changed(base, "MATCH (l:Deadline) SET l.end = l.end + 1")
    assert said(base) == [
        f"{DOC.id}: 3 of 5 quotes are not in its text, such as of {DOC.id}:1",
        f"{OTHER.id}: 3 of 5 quotes are not in its text, such as of {OTHER.id}:1",
    ]


def test_what_the_file_says_and_the_base_does_not_is_named(base: Library) -> None:
    changed(base, "MATCH (:Agency)-[r:PARTICIPATES]->(t:Task) DELETE r")
    miscounted = "the workload of 1 agencies is not what their tasks say, such as of 140400:财政局"
    assert said(base) == [miscounted]
    assert said(base, files=True) == [
        *(f"{id_}: of what its file says 1 facts are not held, and 0 are held beside" for id_ in (DOC.id, OTHER.id)),
        miscounted,
    ]


def test_a_workload_that_is_not_kept_right_is_named(base: Library) -> None:
    changed(base, "MATCH (a:Agency) WHERE a.short IN ['水利局', '财政局'] SET a.workload = [n IN a.workload | 0]")
    assert said(base) == ["the workload of 2 agencies is not what their tasks say, such as of 140400:水利局"]


def test_kept_files_that_changed_or_went_are_named(base: Library) -> None:
    one, two = (base.kept.folder / source for source in base.kept.sources())
    one.write_bytes(b"[]")
    two.unlink()
    assert sorted(said(base)) == [
        f"{DOC.id}: the kept bytes of a.json have changed",
        f"{OTHER.id}: the bytes of b.json are not kept",
    ]


def test_a_backup_gives_the_same_base(base: Library, tmp_path: Path) -> None:
    """Whatever engine it is restored into: the graph is made of what it holds."""
    base.progress.report(f"{DOC.id}:1", "长治市水利局", state="done")
    (tmp_path / "elsewhere.yaml").write_text("corrections: []\n")
    whole = whole_graph(base.store)
    base._corrections_file = tmp_path / "elsewhere.yaml"
    base.kept.set_aside(base.kept.sources()[:1])  # as a removal leaves it that was killed before its commit
    count = base.backup(tmp_path / "b.zip")
    new = tmp_path / "new"
    about = restore(tmp_path / "b.zip", new, {})
    assert (about["rules"], len(about["sha256"])) == ("rules 1", count)
    assert (new / "corrections.yaml").read_text() == "corrections: []\n"
    emptied(base.store)
    again = library(base.store, new / "sources")
    assert [result.outcome for result in again.rebuild()] == ["added", "added"]
    again.progress.report(f"{DOC.id}:2", "长治市水利局", state="on hold")
    changed(again, "MATCH (r:Report {state: 'on hold'}) DETACH DELETE r")
    assert whole_graph(base.store) == whole
    with pytest.raises(BadParameter, match="is in use"):
        restore(tmp_path / "b.zip", new, {})


TEXT = """\
长治市人民政府办公室关于印发节水方案的通知

长政办发〔2023〕5号

一、主要任务
1.开展节水改造。2023年12月底前完成。（牵头单位：市水利局；配合单位：市财政局、市教育局）
2.公布用水定额。2023年6月底前完成。（牵头单位：市审计局）

长治市人民政府办公室
2023年3月4日
"""


def over(store: Store, data: Path) -> Library:
    """As a command opens it, but over an open store, and reading in this process."""
    base = Library.at(Settings(data))
    base._open_store, base.extract = lambda: store, read_text
    return base


def test_what_people_said_of_an_embedded_base_is_restored_into_neo4j(
    embedded_store: Store, neo4j_store: Store, neo4j_server_: Server, tmp_path: Path
) -> None:
    """Their decisions, signatures and reports; and what it answers is the same."""
    base = over(emptied(embedded_store), tmp_path / "here")
    (tmp_path / "节水.txt").write_text(TEXT, encoding="utf-8")
    base.load(tmp_path / "节水.txt")
    key = {"document": DOC.id, "reason": "核对", "date": "2026-01-05", "by": "王"}
    base.decisions.keep(make(change="delete", quote="市教育局", **key))
    base.decisions.keep(make(change="unit", quote="市审计局", agency="长治市统计局", **key))
    base.decisions.review(DOC.id, "checked", by="王")
    base.progress.report(f"{DOC.id}:1.1", "长治市水利局", state="in progress", text="建成3处")
    base.backup(tmp_path / "b.zip")
    emptied(neo4j_store)
    there = {"KG_URI": neo4j_server_.uri, "KG_USER": USER, "KG_PASSWORD": neo4j_server_.password}
    done = guest(tmp_path / "there", "restore", tmp_path / "b.zip", **there)
    assert (done.returncode, done.stderr) == (0, "")
    again = over(neo4j_store, tmp_path / "there")
    assert whole_graph(neo4j_store) == whole_graph(embedded_store)
    desk = again.decisions.of(DOC.id)
    assert (desk, desk.review, len(desk.decisions)) == (base.decisions.of(DOC.id), "checked", 2)
    for query, name, value in (
        ("ledger", "document", DOC.id),
        ("deadline-board", "document", DOC.id),
        ("progress", "task", f"{DOC.id}:1.1"),
    ):
        rows = again.query(query, limit=None, **{name: value})
        assert rows == base.query(query, limit=None, **{name: value})
        assert rows


def test_a_damaged_backup_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    data, file = tmp_path / "data", tmp_path / "b.zip"
    data.mkdir()
    (data / "reports.jsonl").write_text("{}\n")
    backup(data, file, {}, {})
    with zipfile.ZipFile(file) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    about = parts["backup.json"]
    for broken, why in (
        ({**parts, "reports.jsonl": b"{ }\n"}, "is damaged"),
        ({**parts, "backup.json": about.replace(b'"version": 1', b'"version": 9')}, "a later release"),
        ({"../x": b"{}\n", "backup.json": about.replace(b"reports.jsonl", b"../x")}, "must not"),
        ({"reports.jsonl": b""}, "no backup"),
    ):
        with zipfile.ZipFile(file, "w") as packed:
            for name, content in broken.items():
                packed.writestr(name, content)
        with pytest.raises(UnreadableFile, match=why):
            restore(file, tmp_path / "new", {})
        assert not (tmp_path / "new").exists()
    file.write_bytes(b"PK")
    with pytest.raises(UnreadableFile, match="no backup"):
        restore(file, tmp_path / "new", {})


def test_a_restore_that_was_cut_off_is_done_again_and_answers_nothing_before(tmp_path: Path) -> None:
    data, file = tmp_path / "data", tmp_path / "b.zip"
    for name in ("corrections.yaml", "reports.jsonl"):
        (data / name).parent.mkdir(exist_ok=True)
        (data / name).write_text("\n")
    backup(data, file, {}, {})
    new, full = tmp_path / "new", {"reports.jsonl": tmp_path / "b.zip" / "no folder"}
    with pytest.raises(OSError, match="File exists"):
        restore(file, new, full)
    assert (new / "corrections.yaml").exists()
    with pytest.raises(DamagedBase, match="its restore was cut off"):
        open_store(Settings(new))
    restore(file, new, {})
    assert sorted(path.name for path in new.iterdir()) == ["corrections.yaml", "reports.jsonl"]


def opened(data: Path, *, even_damaged: bool = False) -> Library:
    store = open_store(Settings(data), even_damaged=even_damaged)
    store.ensure_schema()
    return Library(lambda: store, data / "sources", extract, lambda: "rules 1", lambda: library(store, data).corrections())


def test_a_base_whose_files_have_gone_does_not_answer(tmp_path: Path) -> None:
    data = tmp_path / "base"
    with opened(data) as base:
        base.load(write(tmp_path / "a.json", DOC))
    (gone,) = (data / "engine" / "databases").rglob("LEADS_0.*")
    gone.unlink()
    with pytest.raises(DamagedBase, match=r"files of the base have gone or changed since it was closed: .*LEADS_0"):
        open_store(Settings(data))
    with opened(data, even_damaged=True) as base:
        assert any("not found" in what for what in said(base))
    with pytest.raises(DamagedBase):  # it was looked at, and is as it was
        open_store(Settings(data))


def test_a_check_is_due_after_a_kill(tmp_path: Path) -> None:
    data = tmp_path / "base"
    with opened(data) as base:
        base.load(write(tmp_path / "a.json", DOC))
        assert base.check_due is None
    (data / "left.json").unlink()  # what a kill leaves none of
    with opened(data) as base:
        assert base.check_due == "the process that held it last did not end in order"
        assert said(base) == []
        assert base.check_due is None
    assert left.due(data) is None


def test_a_document_of_a_changed_id_and_a_file_that_reads_no_more_are_told(store: Store, tmp_path: Path) -> None:
    """Two texts of one title: the second has an id of its own, which its file does not say."""
    for name, text in (("a", identity.FIRST), ("b", identity.OTHER)):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    base = library(store, tmp_path / "sources", read_text)
    base.load([tmp_path / "a.txt", tmp_path / "b.txt"])
    assert said(base, files=True) == []
    changed(base, "MATCH (a:Agency)-[r:LEADS]->(t:Task) WHERE t.id CONTAINS '~' AND a.short = '审计局' DELETE r")
    lost, miscounted = said(base, files=True)
    assert "~" in lost
    assert miscounted.startswith("the workload of 1 agencies")
    assert lost.endswith("of what its file says 1 facts are not held, and 0 are held beside")

    def refuse(_: bytes, name: str) -> Extraction:
        raise UnreadableFile(f"{name}: it is broken now")

    told = said(library(store, tmp_path / "sources", refuse), files=True)
    assert [what.rpartition(": ")[2] for what in told] == [*["it is broken now"] * 2, miscounted]
