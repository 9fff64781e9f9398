"""Hostile files: time and memory are bounded, each is named, the others are read, and a server goes on."""

from __future__ import annotations

import json
import os
import re
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pytest

from kg.apart.readers import Readers
from kg.errors import UnreadableFile
from tests.clock import PATIENCE
from tests.kg.apart import hostile
from tests.test_cli import SEED, kg, serving

pytestmark = pytest.mark.hostile

CACHE = Path(os.environ["KG_ENGINE_CACHE"])  # of all tests

MEMORY, SECONDS = 500_000_000, 100
LIMITS = {"KG_READ_MEMORY": "500M", "KG_READ_SECONDS": str(SECONDS)}

FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "draws-itself.pdf": (
        hostile.pdf_that_draws_itself,
        "the process that read it died of it|takes more memory|not read within",
    ),
    "doublings.pdf": (
        lambda: hostile.pdf_of_doublings(25),
        "the process that read it died of it|takes more memory|not read within",
    ),
    "characters.pdf": (lambda: hostile.pdf_of_characters(2_000_000, 20), "page 1 has 90,000 characters, more than fit on one"),
    "pages.pdf": (lambda: hostile.pdf_of_pages(20_000), "20000 pages, more than 1000"),
    "attributes.html": (lambda: hostile.html_of_attributes(100_000), "an element <p> with over 500 attributes"),
    "elements.docx": (hostile.docx_of_many_elements, "its XML has over 3,000,000 tags"),
    "cells.docx": (lambda: hostile.docx_of_cells(1_000_000), "its XML has over 3,000,000 tags"),
    "blanks.docx": (lambda: hostile.docx(" " * 1_000_000 for _ in range(310)), "unpacked it is larger than 300,000,000 bytes"),
    "lies.docx": (lambda: hostile.docx_that_lies(600), r"the file is broken \(BadZipFile in word/document\.xml\)"),
    "lies-well.docx": (lambda: hostile.docx_that_lies(600, well=True), "takes more memory|the file is broken|died of it"),
}
"""By name: how it is made, and what is said of it."""
SOME = ("doublings.pdf", "attributes.html", "lies-well.docx")
"""What ends its process, what is refused, and what takes too much memory: all the same to who has them read."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some of them, with a fifo, and two seeds, first and last."""
    folder = tmp_path_factory.mktemp("files")
    for name in SOME:
        (folder / name).write_bytes(FILES[name][0]())
    os.mkfifo(folder / "pipe.txt")
    (folder / "0.txt").write_bytes((SEED / "guangan-2022-openness.txt").read_bytes())
    (folder / "z.txt").write_bytes((SEED / "changzhi-2022-governance.txt").read_bytes())
    return folder


@pytest.fixture(scope="module")
def readers() -> Iterator[Readers]:
    with closing(Readers("loaders.extract:extract", memory=MEMORY, seconds=SECONDS, cache=CACHE)) as made:
        yield made


@pytest.mark.parametrize("name", FILES)
def test_each_is_named_in_time_and_the_next_is_read(readers: Readers, folder: Path, name: str) -> None:
    make, says = FILES[name]
    data, began = make(), time.monotonic()
    with pytest.raises(UnreadableFile, match=rf"{re.escape(name)}: .*({says})"):
        readers(data, name)
    assert time.monotonic() - began < SECONDS + 20
    assert readers((folder / "z.txt").read_bytes(), "z.txt").documents


def test_what_is_just_not_refused_is_read_within_the_limits() -> None:
    """As many tags, and as many characters on each page, as are taken."""
    readers = Readers("loaders.extract:extract", memory=1_000_000_000, seconds=PATIENCE, cache=CACHE)
    for name, data in (("cells.docx", hostile.docx_of_cells(300_000)), ("a.pdf", hostile.pdf_of_characters(150_000, 5))):
        with pytest.raises(Exception, match="no task was found"):
            readers(data, name)
    readers.close()


def test_a_folder_of_them_is_loaded_as_far_as_it_can_be(folder: Path, tmp_path: Path) -> None:
    done = kg(tmp_path, "load", folder, **LIMITS)
    assert done.returncode == 65
    assert f"2 added, {len(SOME)} failed" in done.stdout
    for name in SOME:
        says = FILES[name][1]
        assert re.search(rf"failed    {re.escape(str(folder / name))}\n          .*{re.escape(name)}: .*({says})", done.stdout)
    assert f"{folder / 'pipe.txt'}: a named pipe, not a file" in done.stdout
    assert "documents  2 from 2 files" in kg(tmp_path, "status").stdout


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(tmp_path_factory.mktemp("served"), KG_API_KEY="key", KG_ALLOW_UPLOAD="1", **LIMITS) as (_, address):
        yield address


def send(address: str, path: str, data: bytes | None = None) -> tuple[int, dict[str, object]]:
    request = urllib.request.Request(f"{address}{path}", data=data, headers={"X-API-Key": "key"})
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


@pytest.mark.parametrize("path", ["/extract", "/documents"])
def test_a_server_goes_on(folder: Path, address: str, path: str) -> None:
    for name in SOME:
        says = FILES[name][1]
        status, told = send(address, f"{path}?name={quote(name)}", (folder / name).read_bytes())
        assert status == 422
        assert re.search(f"{re.escape(name)}: .*({says})", str(told["detail"]))
        assert send(address, "/readyz") == (200, {"status": "ready", "engine": "embedded"})
    status, _ = send(address, f"{path}?name=z.txt", (folder / "z.txt").read_bytes())
    assert status == 200
