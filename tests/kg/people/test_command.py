"""`kg key` and `kg acts`, without a store."""

from __future__ import annotations

import json
from pathlib import Path

from tests.test_cli import guest


def test_a_key_is_made_shown_once_and_removed(tmp_path: Path) -> None:
    made = guest(tmp_path, "key", "add", "督查室-1", "--role", "check")
    (key,) = made.stdout.split()
    assert (made.returncode, "shown this once" in made.stderr) == (0, True)
    listed = guest(tmp_path, "key", "list", "--format", "json").stdout
    assert [(row["role"], row.get("unit")) for row in json.loads(listed)["rows"]] == [("check", None)]
    assert guest(tmp_path, "key", "add", "水利局-1", "--role", "report", "--unit", "长治市水利局").returncode == 0
    assert "长治市水利局" in guest(tmp_path, "key", "list").stdout
    assert guest(tmp_path, "key", "remove", "水利局-1").returncode == 0
    assert guest(tmp_path, "acts", "--forget", "督查室-1").returncode == 2
    assert guest(tmp_path, "key", "remove", "督查室-1").returncode == 0
    assert guest(tmp_path, "key", "remove", "督查室-1").returncode == 66
    for wrong in (("key", "add", "甲"), ("key", "remove"), ("key", "add", "a/b", "--role", "read")):
        assert guest(tmp_path, *wrong).returncode == 2
    acts = json.loads(guest(tmp_path, "acts", "--who", "owner", "--format", "json").stdout)["rows"]
    noted = [act["note"] for act in acts]
    assert noted == ["督查室-1: removed", "水利局-1: removed", "水利局-1 (长治市水利局): report", "督查室-1: check"]
    assert guest(tmp_path, "acts", "--forget", "督查室-1").stdout == "2 acts changed\n"
    kept = "".join(file.read_text(encoding="utf-8") for file in tmp_path.iterdir())
    assert key not in kept
    assert "督查室" not in kept


def test_a_key_is_shown_whatever_way_its_name_is_written(tmp_path: Path) -> None:
    made = guest(tmp_path, "key", "add", "水利局－１", "--role", "report", "--unit", "长治市水利局")
    assert (made.returncode, made.stdout.startswith("kg_"), made.stderr.count("长治市水利局")) == (0, True, 1)
    assert "水利局-1" in guest(tmp_path, "key", "list").stdout


def test_a_file_that_cannot_be_read_is_named_without_a_traceback(tmp_path: Path) -> None:
    (tmp_path / "acts.jsonl").mkdir()
    refused = guest(tmp_path, "acts")
    assert refused.returncode == 78
    assert refused.stderr.startswith(f"kg: {tmp_path / 'acts.jsonl'}: ")
