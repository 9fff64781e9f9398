"""A folder is walked once and never left; what is no file is named and not opened."""

from __future__ import annotations

import os
import socket
import threading
from pathlib import Path

import pytest

from kg import folders
from kg.errors import UnreadableFile
from kg.folders import Found, read_file, walk
from kg.rules import files

ENDINGS = frozenset({".txt", ".pdf"})


def made(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(path.name, encoding="utf-8")
    return path


def skipped(found: Found, folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): reason for path, reason in found.skipped}


def test_files_come_in_the_order_of_their_paths(tmp_path: Path) -> None:
    expected = [made(tmp_path / name) for name in ("a.txt", "b/a.PDF", "b/c/d.txt", "b.txt")]
    assert walk([tmp_path], ENDINGS) == Found(sorted(expected), [])
    assert walk([expected[2], tmp_path / "b"], ENDINGS).files == [expected[2], expected[1], expected[2]]


def test_what_is_not_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made(tmp_path / "a.txt")
    made(tmp_path / "图.png")
    made(tmp_path / "Makefile")
    os.mkfifo(tmp_path / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as server:
        monkeypatch.chdir(tmp_path)  # the name of a socket may not be long
        server.bind("socket.txt")
    found = walk([tmp_path], ENDINGS)
    assert found.files == [tmp_path / "a.txt"]
    assert skipped(found, tmp_path) == {
        "图.png": "its ending .png is none that is read",
        "Makefile": "it has no ending",
        "pipe.txt": "a named pipe, not a file",
        "socket.txt": "a socket, not a file",
    }


def test_links_lead_out_of_no_folder_and_around_in_none(tmp_path: Path) -> None:
    inside, outside = tmp_path / "in", tmp_path / "out"
    made(inside / "a.txt")
    made(inside / "deep" / "data")
    made(outside / "secret.txt")
    for name, target in (
        ("again", inside),
        ("deep/up", inside / "deep"),
        ("there", outside),
        ("secret.txt", outside / "secret.txt"),
        ("gone.txt", inside / "nothing"),
        ("circle.txt", inside / "circle.txt"),
        ("twice.txt", inside / "a.txt"),
        ("named.txt", inside / "deep" / "data"),
        ("null.txt", Path("/dev/null")),
    ):
        (inside / name).symlink_to(target)
    found = walk([inside], ENDINGS)
    assert found.files == [inside / "a.txt", inside / "named.txt"]
    assert skipped(found, inside) == {
        "circle.txt": "a link to nothing",
        "deep/data": "it has no ending",
        "gone.txt": "a link to nothing",
        "null.txt": "a link out of the folder",
        "secret.txt": "a link out of the folder",
        "there": "a link out of the folder",
    }


def test_a_folder_that_is_named_by_a_link_is_walked(tmp_path: Path) -> None:
    made(tmp_path / "in" / "a.txt")
    (tmp_path / "link").symlink_to(tmp_path / "in")
    assert walk([tmp_path / "link"], ENDINGS).files == [tmp_path / "link" / "a.txt"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every folder")
def test_a_folder_that_may_not_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "shut").mkdir(mode=0)
    assert "Permission denied" in skipped(walk([tmp_path], ENDINGS), tmp_path)["shut"]


def test_a_folder_that_goes_away_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made(tmp_path / "a" / "a.txt")

    def gone(_: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", gone)
    assert skipped(walk([tmp_path], ENDINGS), tmp_path) == {".": "the folder cannot be read: Permission denied"}


@pytest.mark.parametrize("name", ["nowhere", "a" * 300, "a\x00b"])
def test_a_path_that_is_not_there_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnreadableFile, match="check the path"):
        files([tmp_path / name])
    with pytest.raises(UnreadableFile, match="may be read"):
        read_file(tmp_path / name)


def test_a_pipe_that_nobody_writes_to_holds_nobody_up(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    errors: list[str] = []

    def read() -> None:
        try:
            read_file(tmp_path / "a.txt")
        except UnreadableFile as error:
            errors.append(error.message)

    thread = threading.Thread(target=read, daemon=True)
    thread.start()
    thread.join(60)
    assert errors == [f"{tmp_path / 'a.txt'}: a named pipe, not a file"]


def test_a_file_is_read_whole_up_to_the_largest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"0123456789")
    monkeypatch.setattr(folders, "LARGEST", 10)
    assert read_file(file) == b"0123456789"
    file.write_bytes(b"0123456789a")
    with pytest.raises(UnreadableFile, match="larger than 10 bytes"):
        read_file(file)
    with pytest.raises(UnreadableFile, match="a folder, not a file"):
        read_file(tmp_path)
    with pytest.raises(UnreadableFile, match="a device, not a file"):
        read_file(Path("/dev/zero"))
