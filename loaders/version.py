"""Which rules these are, apart from the rules themselves: who only asks for their version need not make their patterns."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path


@cache
def rules_version() -> str:
    """A hash over the loaders, all their rooms and data, and -ocr where text recognition is installed: the same version reads
    the same in a file."""
    return current_version()


def current_version() -> str:
    """That of the files as they are now, which may have changed since the rules were imported."""
    from loaders.formats.recognised import is_installed  # noqa: PLC0415 - for those who only ask for hash_of

    return f"{hash_of(Path(__file__).parent)}{'-ocr' if is_installed() else ''}"


def hash_of(folder: Path) -> str:
    """A hash over the names and bytes of all files in `folder` and its folders but what Python compiles from them."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
