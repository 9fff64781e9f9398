"""Files replaced in one step."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from kg import atomic


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def test_a_file_is_the_old_one_until_the_new_one_is_complete(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    atomic.write(path, b"old")
    with atomic.replacing(path) as file:
        file.write(b"new")
        file.flush()
        assert path.read_bytes() == b"old"
        file.seek(0)
        assert file.read() == b"new"
    assert path.read_bytes() == b"new"
    assert names(tmp_path) == ["a.txt"]


def test_what_fails_leaves_the_file_as_it_was_and_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    for _ in range(2):
        with pytest.raises(ZeroDivisionError), atomic.replacing(path) as file:
            file.write(b"half")
            raise ZeroDivisionError
        assert names(tmp_path) == []
    with pytest.raises(OSError, match="nowhere"):
        atomic.write(tmp_path / "nowhere" / "a.txt", b"")


@pytest.mark.skipif(os.name != "posix", reason="only POSIX puts a folder on the disk")
def test_a_file_is_on_the_disk_before_it_has_its_name_and_its_name_behind_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, done = tmp_path / "a.txt", list[tuple[str, int, bool]]()

    def fsync(opened: int) -> None:
        status = os.fstat(opened)
        done.append(("folder", 0, path.exists()) if stat.S_ISDIR(status.st_mode) else ("file", status.st_size, path.exists()))

    monkeypatch.setattr(os, "fsync", fsync)
    atomic.write(path, b"new")
    assert done == [("file", 3, False), ("folder", 0, True)]
    path.unlink()
    done.clear()
    atomic.append(path, b"one\n")
    atomic.append(path, b"two\n")
    assert done == [("file", 4, True), ("folder", 0, True), ("file", 8, True)]


def test_what_killed_writers_left_goes_and_nothing_else(tmp_path: Path) -> None:
    for name in (".a[1].yaml.4711", ".a[1].yaml.bak", ".b.yaml.4711", "a[1].yaml"):
        (tmp_path / name).touch()
    atomic.sweep(tmp_path / "a[1].yaml")
    assert names(tmp_path) == [".a[1].yaml.bak", ".b.yaml.4711", "a[1].yaml"]


@pytest.mark.parametrize(("held", "after"), [(b"", b""), (b"one\n", b"one\n"), (b"one\ntw", b"one\n"), (b"on", b"")])
def test_lines_stand_behind_whole_ones(held: bytes, after: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    on_disk: list[int] = []
    monkeypatch.setattr(os, "fsync", on_disk.append)
    path = tmp_path / "new" / "a.jsonl"
    path.parent.mkdir()
    path.write_bytes(held)
    atomic.append(path, b"three\nfour\n")
    assert path.read_bytes() == after + b"three\nfour\n"
    assert len(on_disk) == (1 if b"\n" in held else 2)  # the folder too, where the file is new


@pytest.mark.skipif(os.name != "posix", reason="modes and links are those of POSIX")
def test_a_private_file_is_for_its_owner_and_no_link_is_followed(tmp_path: Path) -> None:
    path, elsewhere = tmp_path / "password", tmp_path / "elsewhere"
    (tmp_path / f".password.{os.getpid()}").symlink_to(elsewhere)  # as one who knows the name of the draft might put there
    atomic.write(path, b"secret")
    assert path.stat().st_mode & 0o077 == 0
    assert names(tmp_path) == ["password"]
    umask = os.umask(0o022)
    try:
        with atomic.replacing(path) as file:
            file.write(b"open")
    finally:
        os.umask(umask)
    assert path.stat().st_mode & 0o777 == 0o644
