"""Packages: each file in one is taken in by itself, known by its path in the package."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest

from kg.decide.entries import NONE
from kg.engine.store import Store
from kg.errors import KgError, UnreadableFile
from kg.graph.packages import contents, name_of
from kg.graph.result import Result
from kg.library import Library
from kg.model import OwnWords
from tests.kg.small_graph import emptied
from tests.samples import Doc, as_bytes, extract, whole_graph

LAW, PLAN, NOTE = Doc("甲法", "甲发〔2022〕1号"), Doc("乙方案", "乙发〔2022〕2号"), Doc("丙通知", "丙发〔2022〕3号")


def unpack(data: bytes, name: str) -> Iterator[tuple[str, bytes | KgError]] | None:
    """Of a sample package: a file that says which sample files are in it, and which are not read."""
    if not name.endswith(".zip"):
        return None
    held = json.loads(data)
    return (
        (path, UnreadableFile(f"{name}/{path}: a password") if docs is None else json.dumps(docs, ensure_ascii=False).encode())
        for path, docs in held.items()
    )


class Base:
    def __init__(self, store: Store, folder: Path) -> None:
        self.store, self.folder = store, folder
        self.library = Library(lambda: store, folder / "sources", extract, lambda: "rules", lambda: NONE, unpack=unpack)

    def pack(self, name: str = "包.zip", **files: Doc | None) -> Path:
        path = self.folder / name
        held = {f"{key}.json": None if doc is None else [asdict(doc)] for key, doc in files.items()}
        path.write_text(json.dumps(held, ensure_ascii=False), encoding="utf-8")
        return path

    def load(self, *files: Path, replace: bool = False) -> list[tuple[str, str]]:
        """What became of each, by its path below the folder."""
        return [self._named(result) for result in self.library.loading(files, replace=replace)]

    def _named(self, result: Result) -> tuple[str, str]:
        return Path(result.file).relative_to(self.folder).as_posix(), result.outcome

    def documents(self) -> dict[str, str]:
        rows = self.store.read("MATCH (d:Document)-[:FROM]->(s:Source) RETURN d.title AS title, s.name AS name").rows
        return {row["title"]: row["name"] for row in rows}


@pytest.fixture
def base(store: Store, tmp_path: Path) -> Iterator[Base]:
    yield Base(store, tmp_path)
    emptied(store)


def test_each_file_is_one_of_its_own_and_is_unchanged_the_second_time(base: Base) -> None:
    package = base.pack(law=LAW, locked=None, plan=PLAN)
    first = [("包.zip/law.json", "added"), ("包.zip/locked.json", "failed"), ("包.zip/plan.json", "added")]
    assert base.load(package) == first
    assert base.documents() == {"甲法": "包.zip/law.json", "乙方案": "包.zip/plan.json"}
    whole = whole_graph(base.store)
    assert [outcome for _, outcome in base.load(package)] == ["unchanged", "failed", "unchanged"]
    assert {result.outcome for result in base.library.rebuilding()} == {"replaced"}
    assert whole_graph(base.store) == whole


def test_new_bytes_replace_and_what_left_the_package_is_removed(base: Base) -> None:
    base.load(base.pack("other.zip", note=NOTE))
    alone = whole_graph(base.store)
    base.load(base.pack(law=LAW, plan=PLAN))
    again = base.load(base.pack(law=Doc("甲法", LAW.number, tasks=()), plan=Doc("乙方案", PLAN.number, due=2023)))
    assert again == [("包.zip/law.json", "failed"), ("包.zip/plan.json", "replaced")]  # what cannot be read stays as it was
    assert base.load(base.pack(plan=PLAN)) == [("包.zip/law.json", "removed"), ("包.zip/plan.json", "replaced")]
    assert set(base.documents()) == {"乙方案", "丙通知"}
    assert base.load(base.pack()) == [("包.zip/plan.json", "removed")]
    assert whole_graph(base.store) == alone
    assert len(base.library.kept.sources()) == 1


def test_a_file_that_moved_in_its_package_stays_and_may_change_later(base: Base) -> None:
    base.load(base.pack(law=LAW))
    assert base.load(base.pack(moved=LAW)) == [("包.zip/moved.json", "unchanged")]
    edited = Doc("甲法", LAW.number, due=2023)
    assert base.load(base.pack(moved=edited)) == [("包.zip/law.json", "removed"), ("包.zip/moved.json", "added")]
    assert base.documents() == {"甲法": "包.zip/moved.json"}


def test_a_package_that_cannot_be_read_any_more_keeps_its_documents(base: Base) -> None:
    package = base.pack(law=LAW)
    base.load(package)
    package.write_text("{", encoding="utf-8")
    assert base.load(package) == [("包.zip", "failed")]
    package.write_text(json.dumps({"": None}), encoding="utf-8")
    assert base.load(package) == [("包.zip", "failed")]
    package.unlink()
    assert base.load(package) == [("包.zip", "failed")]
    assert set(base.documents()) == {"甲法"}


def test_a_part_that_is_not_read_keeps_its_documents(base: Base) -> None:
    package = base.folder / "包.zip"
    package.write_text(json.dumps({"内.zip/law.json": [asdict(LAW)], "plan.json": [asdict(PLAN)]}), encoding="utf-8")
    base.load(package)
    package.write_text(json.dumps({"内.zip": None}), encoding="utf-8")
    assert base.load(package) == [("包.zip/plan.json", "removed"), ("包.zip/内.zip", "failed")]
    assert set(base.documents()) == {"甲法"}


def test_an_upload_answers_for_each_file(base: Base) -> None:
    data = base.pack(law=LAW, locked=None).read_bytes()
    result = base.library.load_bytes(data, "上传.zip")
    assert (result.file, result.outcome, result.documents, result.tasks) == ("上传.zip", "added", (LAW.id,), 1)
    assert [(member.file, member.outcome) for member in result.members] == [
        ("上传.zip/law.json", "added"),
        ("上传.zip/locked.json", "failed"),
    ]
    assert result.reason == "上传.zip/locked.json: a password"
    assert base.library.load_bytes(base.pack(locked=None).read_bytes(), "b.zip").outcome == "failed"


@pytest.mark.parametrize(("beside", "outcome"), [(PLAN, "added"), (None, "failed")])
def test_what_a_letter_says_beside_its_files_may_be_no_document(beside: Doc | None, outcome: str, base: Base) -> None:
    letter, none = base.folder / "报送.eml", Doc("见附件", tasks=())
    said, attached = OwnWords(as_bytes(none)), as_bytes(beside or none)
    base.library = Library(
        lambda: base.store, base.folder / "sources", extract, lambda: "rules", lambda: NONE,
        unpack=lambda *_: iter([("报送.txt", said), ("方案.json", attached)]),
    )  # fmt: skip
    letter.write_bytes(b"")
    assert base.load(letter) == [("报送.eml/报送.txt", "letter"), ("报送.eml/方案.json", outcome)]
    account = base.library.account(list(base.library.loading([letter])))
    assert account.complete == (outcome == "added")
    assert base.library.load_bytes(b"", "报送.eml").outcome == ("unchanged" if beside else "failed")


def test_a_defect_in_what_unpacks_is_one_failed_file(tmp_path: Path) -> None:
    def broken(data: bytes, name: str) -> Iterator[tuple[str, bytes | KgError]]:
        yield "a.json", b"x"
        raise RuntimeError(name)

    file = tmp_path / "a.zip"
    file.write_bytes(b"x")
    (first, _), (second, error) = contents(file, broken)
    assert (first, second) == (file / "a.json", file)
    assert "defect" in str(error)


def test_names() -> None:
    assert name_of(Path("/a/b.txt")) == "b.txt"
    assert name_of(Path("/a/包.ZIP/内.zip/表.docx")) == "包.ZIP/内.zip/表.docx"
    assert name_of(Path("/a/包.zip")) == "包.zip"
