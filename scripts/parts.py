"""What the program is made of beside our own code: each package that a lock pins, each library in web/vendor, with its licence
and the hashes of its files. docs/licences.md lists them, and scripts/dist.py writes the bill of materials from them."""

from __future__ import annotations

import base64
import json
import re
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Final

ROOT = Path(__file__).parents[1]

# 例 pywin32==312 ; sys_platform == 'win32' \⏎    --hash=sha256:…
_LOCKED = re.compile(r"^([\w.-]+)==([^\s;]+)[^\n]*((?:\n +--hash=sha256:[0-9a-f]{64}(?: \\)?)+)", re.MULTILINE)
_HASH = re.compile(r"sha256:([0-9a-f]{64})")
_VENDORED = re.compile(r"^(@?[\w/.-]+) (\d+\.\d+\.\d+) \((.+)\)$", re.MULTILINE)  # 例 preact 11.2.0 (MIT)
_LONGEST: Final = 60
"""Characters of the name of a licence; where more stand there, it is its text."""

_STATED: Final = {
    "axe-playwright-python": "MIT",
    "colorama": "BSD-3-Clause",
    "httpx2-jsfetch": "BSD-3-Clause",
    "importlib-metadata": "Apache-2.0",
    "lazy-importer": "Apache-2.0",
    "networkx-stubs": "none named",
    "pywin32": "PSF-2.0",
    "zipp": "MIT",
}
"""Of what is not for every system and Python, and of what names its licence only in a file of its release."""


@dataclass(frozen=True, slots=True)
class Part:
    """A package, as the Package URL specification names it. `hashes`: algorithm and hexadecimal digest of each file of its
    release. `needed_by`: what of ours it is for."""

    purl: str
    name: str
    version: str
    licence: str
    hashes: tuple[tuple[str, str], ...]
    needed_by: str


def parts() -> list[Part]:
    """All of them: those of the program first, then those of the page and those of the tests and extras. Raises LookupError
    where the licence of one is not known: install what the locks pin, else say it in _STATED."""
    program = _locked("requirements.lock", "the program")
    ours = {part.name for part in program}
    others = [part for part in _locked("requirements-test.lock", "tests and extras") if part.name not in ours]
    return [*program, *_vendored(), *others]


def _locked(lock: str, needed_by: str) -> list[Part]:
    return [
        Part(
            f"pkg:pypi/{name}@{version}",
            name,
            version,
            _licence(name),
            tuple(("SHA-256", digest) for digest in _HASH.findall(hashes)),
            needed_by,
        )
        for name, version, hashes in _LOCKED.findall((ROOT / lock).read_text(encoding="utf-8"))
    ]


def _licence(name: str) -> str:
    """As the package says it: as an SPDX expression, else in words of its own, else by the classifiers of PyPI."""
    if name in _STATED:
        return _STATED[name]
    try:
        said = metadata(name)
    except PackageNotFoundError as error:
        raise LookupError(f"{name} is not installed: make .venv/test, or say its licence in {__file__}") from error
    expression, words = (", ".join(said.get_all(field, ())) for field in ("License-Expression", "License"))
    classes = [one.rpartition(" :: ")[2] for one in said.get_all("Classifier", ()) if one.startswith("License ::")]
    named = expression or (words if len(words) <= _LONGEST else "") or ", ".join(classes)
    if not named:
        raise LookupError(f"{name} names no licence: say it in {__file__}")
    return named


def _vendored() -> list[Part]:
    """The libraries of the page, by the licences that were written with them."""
    locked = json.loads((ROOT / "scripts/vendor/package-lock.json").read_text(encoding="utf-8"))["packages"]
    listed = _VENDORED.findall((ROOT / "web/vendor/LICENSES.txt").read_text(encoding="utf-8"))
    return [
        Part(
            f"pkg:npm/{name.replace('@', '%40')}@{version}",
            name,
            version,
            licence,
            (_integrity(locked[f"node_modules/{name}"]["integrity"]),),
            "the page",
        )
        for name, version, licence in listed
    ]


def _integrity(said: str) -> tuple[str, str]:
    """Of what npm calls integrity, as in Subresource Integrity: sha512-, then base64."""
    algorithm, _, digest = said.partition("-")
    return algorithm.upper().replace("SHA", "SHA-"), base64.b64decode(digest).hex()
