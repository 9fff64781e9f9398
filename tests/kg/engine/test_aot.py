"""What makes a brief command start soon."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from kg.engine import aot


def test_a_cache_is_used_once_it_is_there(tmp_path: Path) -> None:
    file = aot.cache(tmp_path)
    assert aot.options(tmp_path) == list(aot.BRIEF)
    file.touch()
    assert f"-XX:AOTCache={file}" in aot.options(tmp_path)


def test_it_is_made_by_one_process_and_of_one_engine(tmp_path: Path) -> None:
    """Of a module that starts no engine nothing comes, and nothing stays behind."""
    former = tmp_path / "engine-0123456789abcdef.aot"
    former.touch()
    assert not aot.make(tmp_path, "this")
    assert [file.name for file in tmp_path.iterdir() if file.suffix != ".lock"] == [former.name]
    aot.cache(tmp_path).touch()
    assert aot.make(tmp_path, "kg.no_such_module")


def test_the_driver_brings_no_tables_and_they_can_still_be_imported() -> None:
    code = """
import sys, kg.engine.store
assert not {"numpy", "pandas", "pyarrow"} & sys.modules.keys(), "a command waits for them"
import pyarrow
"""
    subprocess.run([sys.executable, "-c", code], check=True)
