"""The page's libraries are those that scripts/vendor.sh wrote, with their licences; the page asks no other host for more."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WEB = ROOT / "web"
VENDOR = WEB / "vendor"
LICENCES = (VENDOR / "LICENSES.txt").read_text(encoding="utf-8")
PACKAGES = json.loads((ROOT / "scripts" / "vendor" / "package.json").read_text(encoding="utf-8"))["dependencies"]
LOCKED = json.loads((ROOT / "scripts" / "vendor" / "package-lock.json").read_text(encoding="utf-8"))["packages"]
CHECKS_LOCKED = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]

OURS = sorted(
    path for kind in ("html", "css", "js", "svg") for path in WEB.rglob(f"*.{kind}") if not path.is_relative_to(VENDOR)
)
# What a browser fetches by itself: src="…", href="…" of link and use, url(…), import "…", from "…", fetch("…").
FETCHED = re.compile(
    r"""(?: \bsrc(?:set)?\s*=\s* | <(?:link|use|image)[^>]*\bhref\s*=\s* | \b(?:url|fetch)\( | \bimport\s*\(?\s* | \bfrom\s* )
        \s* ["'`]? \s* (?:https?:)?//[^\s"'`)]+""",
    re.VERBOSE | re.IGNORECASE,
)


def test_every_file_is_the_one_that_was_written() -> None:
    lines = (VENDOR / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    listed = dict(line.split("  ")[::-1] for line in lines)
    present = {path.relative_to(VENDOR).as_posix(): path for path in VENDOR.rglob("*") if path.is_file()}
    del present["SHA256SUMS"]
    assert listed == {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in present.items()}


@pytest.mark.parametrize("package", PACKAGES)
def test_every_package_has_its_licence(package: str) -> None:
    assert LOCKED[f"node_modules/{package}"]["version"] == PACKAGES[package]
    assert re.search(rf"^{re.escape(package)} {re.escape(PACKAGES[package])} \(.+\)\n\n\S", LICENCES, re.MULTILINE)


def test_no_licence_binds_the_page() -> None:
    found = set(re.findall(r"^@?[\w/.-]+ \d+\.\d+\.\d+ \((.+)\)$", LICENCES, re.MULTILINE))
    assert found <= {"MIT", "ISC", "BSD-3-Clause", "Apache-2.0"}


@pytest.mark.parametrize("locked", [LOCKED, CHECKS_LOCKED], ids=["page", "checks"])
def test_a_lock_names_no_registry(locked: dict[str, dict[str, object]]) -> None:
    assert not [name for name, entry in locked.items() if "resolved" in entry]
    assert "://" not in json.dumps(locked)  # nor anyone who asks for money


def test_types_are_checked_with_the_libraries_of_the_page() -> None:
    both = LOCKED.keys() & CHECKS_LOCKED.keys() - {""}
    assert {"node_modules/preact", "node_modules/cytoscape"} <= both
    assert [name for name in both if LOCKED[name]["version"] != CHECKS_LOCKED[name]["version"]] == []


def test_the_page_is_what_the_browser_reads() -> None:
    held = [path for path in WEB.rglob("*") if path.is_file() and not path.is_relative_to(VENDOR)]
    assert sorted(held) == OURS  # nothing of its checks, which a wheel would carry along


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.relative_to(WEB).as_posix())
def test_the_page_asks_no_other_host(path: Path) -> None:
    assert FETCHED.findall(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "line",
    [
        '<script src="https://x.org/a.js">',
        '<link rel="stylesheet" href="//x.org/a.css">',
        "background: url(http://x.org/a.png)",
        'import { a } from "https://x.org/a.js";',
        'const a = await import("https://x.org/a.js");',
        "fetch(`https://x.org/`)",
    ],
)
def test_asking_another_host_is_seen(line: str) -> None:
    assert FETCHED.search(line)
    assert not FETCHED.search(line.replace("https://x.org/", "/").replace("http://x.org/", "/").replace("//x.org/", "/"))
