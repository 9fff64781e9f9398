"""The version of the rules: another one after any change of a file in any room of the loaders, and after no other change."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import loaders
from loaders.formats import recognised
from loaders.version import current_version, hash_of, rules_version

LOADERS = Path(loaders.__file__).parent
ROOMS = sorted({path.parent.relative_to(LOADERS).as_posix() for path in LOADERS.rglob("*") if path.suffix in (".py", ".tsv")})


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the loaders, which may be changed."""
    return shutil.copytree(LOADERS, tmp_path / "loaders", ignore=shutil.ignore_patterns("__pycache__"))


def test_the_rooms_that_there_are() -> None:
    assert {".", "text", "names", "names/data", "facts", "formats"} <= set(ROOMS)


def test_it_does_not_depend_on_where_the_loaders_stand(copy: Path) -> None:
    assert hash_of(copy) == rules_version().removesuffix("-ocr")


def test_what_is_read_with_text_recognition_is_read_again_once_it_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    versions = set()
    for installed in (False, True):
        monkeypatch.setattr(recognised, "is_installed", lambda installed=installed: installed)
        versions.add(current_version())
    assert len(versions) == 2


@pytest.mark.parametrize("room", ROOMS)
def test_a_changed_file_in_any_room_changes_it(room: str, copy: Path) -> None:
    seen = {hash_of(copy)}
    for path in [path for path in sorted((copy / room).iterdir()) if path.is_file()]:
        path.write_bytes(path.read_bytes() + b"\n# changed\n")
        assert hash_of(copy) not in seen, path
        seen.add(hash_of(copy))


@pytest.mark.parametrize("room", ROOMS)
def test_a_file_added_to_a_room_renamed_or_taken_away_changes_it(room: str, copy: Path) -> None:
    before = hash_of(copy)
    added = copy / room / "added.tsv"
    added.write_bytes(b"")
    with_it = hash_of(copy)
    renamed = added.rename(added.with_name("renamed.tsv"))
    assert len({before, with_it, hash_of(copy)}) == 3
    renamed.unlink()
    assert hash_of(copy) == before


def test_a_file_moved_to_another_room_changes_it(copy: Path) -> None:
    before = hash_of(copy)
    (copy / "facts" / "duties.py").rename(copy / "text" / "duties.py")
    assert hash_of(copy) != before


@pytest.mark.parametrize("room", ROOMS)
def test_what_python_compiles_does_not_change_it(room: str, copy: Path) -> None:
    before = hash_of(copy)
    compiled = copy / room / "__pycache__" / "lines.cpython-311.pyc"
    compiled.parent.mkdir(exist_ok=True)
    compiled.write_bytes(b"compiled")
    (copy / room / "lines.pyc").write_bytes(b"compiled")
    assert hash_of(copy) == before
