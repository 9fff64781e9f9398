"""Patterns that are taken from a file are those that were compiled."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from kg.apart import patterns
from kg.apart.patterns import kept

PATTERNS: tuple[tuple[str | bytes, int], ...] = (
    (r"(?P<unit>[\u4e00-\u9fff]{2,8}局)(?:牵头|(?P<rest>配合))(?<!不配合)", 0),
    (r"(a)(?=\1)|[^b-dé]+?", re.IGNORECASE | re.MULTILINE),
    (rb"(a)(?=\1)|[^b-d]+?", re.IGNORECASE),
    (r"(?x) a  # so", re.ASCII),
)
TEXT = "市司法局牵头,市财政局配合。aAé"


def compiled(folder: Path | None) -> list[object]:
    """What is to be seen of them."""
    re.purge()
    with kept(folder):
        made: list[re.Pattern[Any]] = [re.compile(pattern, flags) for pattern, flags in PATTERNS]
    found = [
        [(m.span(), m.groupdict(), m.lastgroup) for m in one.finditer(TEXT if isinstance(one.pattern, str) else TEXT.encode())]
        for one in made
    ]
    return [*((one.pattern, one.flags, one.groups, dict(one.groupindex)) for one in made), *found]


def test_they_are_compiled_once(tmp_path: Path) -> None:
    folder, expected = tmp_path / "cache", compiled(None)
    assert compiled(folder) == expected
    (file,) = folder.iterdir()
    before = file.stat()
    with patch.object(patterns._COMPILER, "_code", side_effect=AssertionError("compiled again")):
        assert compiled(folder) == expected
    assert (file.stat().st_ino, file.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert compiled(None) == expected


def test_those_of_others_stay_until_they_are_too_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled(tmp_path)
    (file,) = tmp_path.iterdir()
    for most, expected in ((4000, len(PATTERNS) + 1), (1, 1)):
        monkeypatch.setattr(patterns, "_MOST", most)
        with kept(tmp_path):
            re.compile(f"another|{most}")
        assert len(patterns._read(file)) == expected


@pytest.mark.parametrize("left", [0, 1, -1])
def test_a_file_that_is_not_whole_is_made_anew(tmp_path: Path, left: int) -> None:
    expected = compiled(tmp_path)
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    file.write_bytes(whole[:left])
    assert compiled(tmp_path) == expected
    assert file.read_bytes() == whole


def test_a_folder_that_cannot_be_made_is_gone_without(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert compiled(tmp_path / "file" / "cache") == compiled(None)


def test_what_is_no_pattern_is_refused_as_ever(tmp_path: Path) -> None:
    for _ in range(2):
        with pytest.raises(re.error, match="unterminated"), kept(tmp_path):
            re.compile("(市司法局")
    assert compiled(tmp_path) == compiled(None)
