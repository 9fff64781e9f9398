"""The wheel holds all rooms, the queries and the seeds: installed, it works from an empty folder."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_an_installed_wheel_works_from_an_empty_folder(tmp_path: Path) -> None:
    pip = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check")
    subprocess.run([*pip, "wheel", "--no-deps", "--no-build-isolation", "-w", tmp_path / "wheel", ROOT], check=True)
    (wheel,) = (tmp_path / "wheel").iterdir()
    subprocess.run([*pip, "install", "--no-deps", "--target", tmp_path / "site", wheel], check=True)
    empty = tmp_path / "empty"
    empty.mkdir()

    def python(*arguments: str) -> str:
        env = {**os.environ, "PYTHONPATH": str(tmp_path / "site")}  # before this checkout's editable install
        done = subprocess.run(
            [sys.executable, *arguments], cwd=empty, env=env, capture_output=True, encoding="utf-8", check=True
        )
        return done.stdout

    files = ("web/index.html", "web/vendor", "docs/scorecard.json", "words/readings.tsv", "cypher", "templates")
    found = python("-c", f"from kg.packaged import packaged; print(*map(packaged, {files}), sep='\\n')")
    assert [Path(line) for line in found.splitlines()] == [tmp_path / "site" / "kg" / file for file in files]
    assert python("-c", "import kg, loaders, api, exports.formats; print(kg.__file__)").startswith(str(tmp_path / "site"))
    queries = python("-m", "kg.cli", "queries")
    assert all(file.stem in queries for file in (ROOT / "cypher").glob("*.cypher"))
    assert "长治市司法局" in python("-m", "kg.cli", "extract", str(tmp_path / "site/kg/seed/changzhi-2022-governance.txt"))
