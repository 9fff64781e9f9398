"""The account of a load: what is in it, when it is complete, and how it is kept."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from kg.engine.store import Store
from kg.folders import Skipped
from kg.graph.account import Account, keep, kept, of_store, take
from kg.graph.intake import Extract
from kg.graph.result import Result
from kg.model import Extraction, Residue, Span
from tests.samples import Doc, extract, library, write

AT = "2026-01-05T08:00:00+00:00"
PAGE, HIDDEN = Residue("page", Span(0, 0), "第 2 页", None), Residue("sheet", Span(0, 0), "表「旧」", "hidden")
ANNEX, FORM = Residue("annex", Span(0, 2), "任务清单", None), Residue("annex", Span(0, 2), "回执", "form")


def _with_parts(*residue: Residue) -> Extract:
    def read(data: bytes, name: str) -> Extraction:
        extraction = extract(data, name)
        return replace(extraction, documents=tuple(replace(d, residue=residue) for d in extraction.documents))

    return read


def test_each_file_has_its_line(store: Store, tmp_path: Path) -> None:
    base = library(store, tmp_path / "sources", _with_parts(PAGE, HIDDEN, ANNEX, FORM))
    (tmp_path / "b.json").write_text("no sample", encoding="utf-8")
    files = [write(tmp_path / "a.json", Doc("甲")), tmp_path / "b.json"]
    taken = take(list(base.loading(files)), (), AT, partial(of_store, store))
    first, second = taken.files
    (given,) = first.documents
    assert (first.outcome, given.title, given.tasks, given.assignments, given.no_duties) == ("added", "甲", 1, 1, False)
    assert [(part.name, part.reason) for part in given.unread] == [("第 2 页", None), ("表「旧」", "hidden")]
    assert [(part.name, part.reason) for part in given.annexes] == [("任务清单", None), ("回执", "form")]
    assert (second.outcome, second.documents) == ("failed", ())
    assert "not a sample file" in second.reason
    assert (taken.complete, taken.counts()) == (False, {"added": 1, "failed": 1})


def test_it_is_complete_where_nothing_was_left_out_but_on_purpose(store: Store, tmp_path: Path) -> None:
    other = Skipped(tmp_path / "c.mp4", "its ending .mp4 is none that is read")
    cases: list[tuple[str, tuple[Residue, ...], tuple[Skipped, ...], bool]] = [
        ("hidden", (HIDDEN, ANNEX), (), True),
        ("page", (PAGE,), (), False),
        ("other", (), (other,), False),
    ]
    for name, residue, skipped, complete in cases:
        folder = tmp_path / name
        folder.mkdir()
        base = library(store, folder / "sources", _with_parts(*residue))
        done = list(base.loading([write(folder / "a.json", Doc(name))]))
        assert take(done, skipped, AT, partial(of_store, store)).complete is complete, name


def test_files_of_a_package_have_lines_of_their_own(store: Store, tmp_path: Path) -> None:
    (member,) = list(library(store, tmp_path / "sources").loading([write(tmp_path / "a.json", Doc("甲"))]))
    package = Result("包.zip", "added", members=(member, Result("包.zip/b", "failed", "broken")))
    assert [line.file for line in take([package], (), AT, partial(of_store, store)).files] == [member.file, "包.zip/b"]


def test_the_last_hundred_are_kept_the_newest_first(tmp_path: Path) -> None:
    folder = tmp_path / "loads"
    assert kept(folder, 5) == []
    for n in range(103):
        keep(folder, Account(f"2026-01-05T08:{n // 60:02}:{n % 60:02}+00:00", complete=True, files=()))
    keep(folder, Account("2026-01-05T08:01:42+00:00", complete=False, files=()))  # a second one in the same second
    assert len(list(folder.iterdir())) == 100
    newest, before = kept(folder, 2)
    assert (newest["at"], newest["complete"], newest["counts"]) == ("2026-01-05T08:01:42+00:00", False, {})
    assert before["complete"] is True


def test_names_that_are_no_utf8_are_kept_readable(store: Store, tmp_path: Path) -> None:
    """As in a folder that came from a GBK system (PEP 383), in the name as in the ending."""
    path = tmp_path / "附件.\udcb8\udcbd"
    gone = tmp_path / "\udcb8.json"
    (failed,) = library(store, tmp_path / "sources").loading([gone])
    keep(
        tmp_path / "loads",
        take([failed], [Skipped(path, f"its ending {path.suffix} is none that is read")], AT, partial(of_store, store)),
    )
    (account,) = kept(tmp_path / "loads", 1)
    assert [line["file"][len(str(tmp_path)) :] for line in account["files"]] == ["/\ufffd.json", "/附件.\ufffd\ufffd"]
    assert account["files"][1]["reason"] == "its ending .\ufffd\ufffd is none that is read"
