"""What is given out: the wheel works from an empty folder, is the same byte by byte when it is built again, and the bill of
materials names all that it needs."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.dist import bill_of_materials
from scripts.parts import parts

ROOT = Path(__file__).parents[1]


def build(folder: Path, **environ: str) -> dict[str, bytes]:
    """The wheel and the source archive, by name, as `make dist` builds them."""
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, env=os.environ | environ, check=True, capture_output=True)
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_a_wheel_is_built_twice_alike_and_works_from_an_empty_folder(tmp_path: Path) -> None:
    first = build(tmp_path / "wheel", SOURCE_DATE_EPOCH="1700000000", TZ="Asia/Shanghai")
    umask = os.umask(0o077)
    try:
        assert build(tmp_path / "again", SOURCE_DATE_EPOCH="1700000000", TZ="UTC", PYTHONHASHSEED="7") == first
    finally:
        os.umask(umask)
    (wheel,) = (tmp_path / "wheel").glob("*.whl")
    pip = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check")
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
    code = "import kg, loaders, api, exports.formats; from kg.packaged import packaged"
    found = python("-c", f"{code}; print(kg.__file__, *map(packaged, {files}), sep='\\n')")
    expected = [tmp_path / "site" / "kg" / file for file in ("__init__.py", *files)]
    assert [Path(line) for line in found.splitlines()] == expected
    queries = python("-m", "kg.cli", "queries")
    assert all(file.stem in queries for file in (ROOT / "cypher").glob("*.cypher"))
    assert "长治市司法局" in python("-m", "kg.cli", "extract", str(tmp_path / "site/kg/seed/changzhi-2022-governance.txt"))


def test_the_bill_of_materials_names_all_that_is_needed() -> None:
    text = bill_of_materials(1700000000)
    assert text == bill_of_materials(1700000000)
    bill = json.loads(text)
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    named = {part["purl"] for part in bill["components"]}
    locked = re.findall(r"^([\w.-]+)==([^\s;]+)", (ROOT / "requirements.lock").read_text(encoding="utf-8"), re.MULTILINE)
    assert {f"pkg:pypi/{name}@{version}" for name, version in locked} | {"pkg:npm/preact@11.2.0"} <= named
    assert all(part["licenses"] and part["externalReferences"][0]["hashes"] for part in bill["components"])
    assert "tests" not in text


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-test.lock"])
def test_every_package_is_pinned_with_the_hashes_of_its_files(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text  # the address of an index
    entries = re.split(r"\n(?=\S)", text.strip())
    assert len(entries) > 50
    assert [entry for entry in entries if not re.match(r"[\w.-]+==[^\n]+\\\n +--hash=sha256:", entry)] == []


def test_no_licence_binds_the_program() -> None:
    """One of several to choose from binds nobody; MPL and LGPL bind the files of the package alone."""
    for part in parts():
        if part.needed_by != "tests and extras":
            assert not re.search(r"(?<!L)GPL", part.licence) or " OR " in part.licence, part
