"""`import kg`: what docs/python.md shows, and what it promises."""

from __future__ import annotations

import datetime
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.ask.frames import AnswerRows
from kg.ask.queries import load_queries
from kg.ask.signature import Column, Type
from kg.decide.entries import Corrections
from kg.decide.file import make
from kg.engine.store import Answer, Store
from kg.errors import BadParameter, BadSettings, NotFound, UnreadableFile
from kg.library import Library, settings_for
from kg.settings import Settings
from tests.samples import agency, extract

ROOT = Path(__file__).parents[2]
SEED = ROOT / "seed"


def python(*arguments: str | Path, cwd: Path = ROOT) -> str:
    done = subprocess.run([sys.executable, *arguments], cwd=cwd, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_page_shows_what_happens(tmp_path: Path) -> None:
    (tmp_path / "seed").symlink_to(SEED)
    assert python("-m", "doctest", ROOT / "docs" / "python.md", cwd=tmp_path) == ""


def test_importing_it_does_no_work() -> None:
    loaded = python("-c", "import sys, kg; print(*sorted(sys.modules))").split()
    rooms = {name.partition(".")[0] for name in loaded}
    assert not rooms & {"loaders", "api", "exports", "neo4j", "networkx", "pandas", "mcp", "jpype"}
    assert [name for name in loaded if name.startswith("kg.")] == []


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """One document, 长治's; tests leave it as it is."""
    with kg.open(tmp_path_factory.mktemp("base")) as found:
        assert [result.outcome for result in found.load(SEED / "changzhi-2022-governance.txt")] == ["added"]
        yield found


def test_loading_again_and_what_is_not_there(base: Library) -> None:
    assert [result.outcome for result in base.load([str(SEED / "changzhi-2022-governance.txt")])] == ["unchanged"]
    with pytest.raises(UnreadableFile, match="no such file"):
        base.load("nowhere")


def test_a_file_that_cannot_be_read_is_a_warning(base: Library, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    with pytest.warns(UserWarning, match=r"empty\.txt"):
        (result,) = base.load(tmp_path)
    assert result.outcome == "failed"


def test_rows(base: Library) -> None:
    rows = base.query("agency-obligations", agency="长治市司法局", role="LEADS", basis="clause")
    assert (len(rows), rows.truncated) == (9, False)
    assert rows.columns == tuple(rows[0])
    assert base.query("agency-obligations", agency="长治市司法局", limit=2).truncated
    with pytest.raises(NotFound, match="长治市司法局"):
        base.query("agency-obligations", agency="市司法局")
    with pytest.raises(BadParameter, match="colour"):
        base.query("documents", colour="red")
    with pytest.raises(NotFound, match="agency-obligations"):
        base.query("agency-obligation")


def test_rows_as_csv(base: Library, tmp_path: Path) -> None:
    rows = base.query("documents")
    assert rows.to_csv(tmp_path / "documents.csv") == rows.to_csv()
    written = (tmp_path / "documents.csv").read_bytes()
    assert written.startswith(b"\xef\xbb\xbfplace,")
    assert written.count(b"\r\n") == 2


def test_the_network_is_the_caller_s_own(base: Library) -> None:
    graph = base.network(place="长治市")
    assert graph.nodes["140400:司法局"]["degree"] == 19
    graph.clear()
    assert len(base.network(place="长治市")) == 33


def test_queries(base: Library) -> None:
    assert list(base.queries()) == list(load_queries())


def test_the_store_is_opened_when_it_is_first_needed(tmp_path: Path) -> None:
    def open_store() -> Store:
        raise AssertionError

    merge = make(change="merge", place="140400", surface="市普法办", into="市司法局", reason="设在市司法局", date="2026-01-05")
    merged = Corrections((merge,), lambda _, place, __: (agency("司法局", place), ()))
    with Library(open_store, tmp_path, extract, lambda: "rules", lambda: merged) as base:
        (answer,) = base.resolve("市普法办", place="长治市")
        assert answer.agency.id == "140400:司法局"
        assert answer.evidence.startswith("corrected: 2026-01-05 merge 市普法办")
        assert base.resolve() == []
        with pytest.raises(BadParameter, match="没有"):
            base.resolve("市司法局", place="没有")
        with pytest.raises(AssertionError):
            base.load([])


def frame(*columns: tuple[str, str, list[Any]]) -> Any:
    """A data frame of rows whose columns have a name, a type and values."""
    names = tuple(name for name, *_ in columns)
    rows = [dict(zip(names, values, strict=True)) for values in zip(*(values for *_, values in columns), strict=True)]
    declared = [Column(name, Type(type_, nullable=True), "", None) for name, type_, _ in columns]
    return AnswerRows(Answer(names, rows, False), declared).to_pandas()


def test_a_data_frame_keeps_types() -> None:
    found = frame(
        ("year", "integer", [2022, None]),
        ("collective", "boolean", [True, None]),
        ("due_on", "date", ["2022-12-31", None]),
        ("task", "text", ["公开", None]),
    )
    assert found["year"].tolist()[0] == 2022
    assert [str(dtype) for dtype in found.dtypes][:2] == ["Int64", "boolean"]
    assert found["due_on"][0].date() == datetime.date(2022, 12, 31)
    assert found.isna().iloc[1].all()


def test_a_data_frame_without_rows_has_its_columns() -> None:
    found = frame(("year", "integer", []), ("due_on", "date", []))
    assert (list(found.columns), len(found)) == (["year", "due_on"], 0)


@pytest.mark.parametrize(
    ("given", "uri", "data"),
    [
        ((None, None, None), "bolt://elsewhere:7687", "/kg"),
        (("here", None, None), None, "here"),
        ((Path("~/here"), None, None), None, str(Path.home() / "here")),
        (("neo4j+s://there:7687", "me", "mine"), "neo4j+s://there:7687", "/kg"),
    ],
)
def test_where_a_base_is(
    monkeypatch: pytest.MonkeyPatch, given: tuple[Any, str | None, str | None], uri: str | None, data: str
) -> None:
    for name, value in (
        ("KG_DATA", "/kg"),
        ("KG_URI", "bolt://elsewhere:7687"),
        ("KG_USER", "neo4j"),
        ("KG_PASSWORD", "theirs"),
    ):
        monkeypatch.setenv(name, value)
    settings = settings_for(*given)
    assert (settings.uri, settings.data) == (uri, Path(data))
    if given[1]:
        assert (settings.user, settings.password) == ("me", "mine")


def test_a_server_reads_by_the_rules_that_it_began_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A child that is started later would read by what lies on the disk then."""
    data = (SEED / "guangan-2022-openness.txt").read_bytes()
    with Library.at(Settings(tmp_path), serve=True) as base:
        assert base.extract(data, "a.txt").documents
        monkeypatch.setattr("loaders.version.current_version", lambda: "another")
        assert base.extract(data, "a.txt").documents  # by a child that is there
    with Library.at(Settings(tmp_path), serve=True) as base, pytest.raises(BadSettings, match="the rules have changed"):
        base.extract(data, "a.txt")


def test_what_is_passed_over_in_a_folder_is_a_warning(base: Library, tmp_path: Path) -> None:
    (tmp_path / "图\u202e.mp4").write_bytes(b"")
    with pytest.warns(UserWarning, match=r"图\\u202e\.mp4: not read: its ending \.mp4 is none that is read"):
        assert base.load(tmp_path) == []


def test_a_neo4j_needs_a_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KG_PASSWORD", raising=False)
    with pytest.raises(BadSettings, match="KG_PASSWORD"):
        kg.open("bolt://localhost:7687")
