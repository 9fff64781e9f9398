"""All that cannot be read again from elsewhere, as one file: kept files, decisions, reports, accounts. The graph is made of
these, by either engine, so it is no part of a backup."""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any, Final

from kg import atomic
from kg.engine.left import RESTORING
from kg.errors import BadParameter, UnreadableFile

VERSION: Final = 1
"""Of the form of a backup. One of a later form is refused."""

_ABOUT: Final = "backup.json"
_ENGINE: Final = frozenset({"engine", "engine.log", "logging.properties", "lock", "holder.json", "password"})
_NOT_KEPT: Final = _ENGINE | {"left.json", "check-due", "filling", "aside", "bulk", RESTORING}
"""What the data folder holds of this machine only."""
_BROKEN: Final = (
    *(zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError),  # what zipfile raises of a damaged file
    *(FileNotFoundError, KeyError, ValueError, TypeError),
)


def backup(data: Path, file: Path, about: dict[str, Any], more: dict[str, Path]) -> int:
    """Writes what `data` holds to `file`, a .zip, with `about` it; how many files that is. `more`: files that lie elsewhere, by
    the name that they get in `data`. For when nobody writes to the base. Raises OSError, DiskFull."""
    files = dict(_files(data)) | {name: path for name, path in more.items() if path.exists()}
    with atomic.replacing(file, private=True) as out, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        digests = {}
        for name, path in files.items():
            try:  # what is noted beside the base goes on being written, and old accounts go
                content = path.read_bytes()
            except FileNotFoundError:
                continue
            packed.writestr(name, content)
            digests[name] = hashlib.sha256(content).hexdigest()
        told = {"version": VERSION, **about, "sha256": digests}
        packed.writestr(_ABOUT, json.dumps(told, ensure_ascii=False, indent=1))
    return len(digests)


def restore(file: Path, data: Path, more: dict[str, Path]) -> dict[str, Any]:
    """Unpacks a backup into `data`, which is empty yet, and says what is known about it; `more`: files that go elsewhere, as in
    `backup`. Nothing is written unless all of it is whole; of what was cut off, the same again does the rest. Raises
    BadParameter, UnreadableFile, OSError, DiskFull."""
    cut_off = data / RESTORING
    here = [path for path in (*dict(_files(data)).values(), *more.values()) if path.exists()]
    if here and not cut_off.exists():
        hint = "name an empty one by KG_DATA; if only the reading was cut off, kg rebuild does the rest"
        raise BadParameter(f"{data} is in use: there is {here[0].name}", hint)
    try:
        with zipfile.ZipFile(file) as packed:
            about: dict[str, Any] = json.loads(packed.read(_ABOUT))
            if about["version"] > VERSION:
                raise UnreadableFile(f"{file}: a backup of a later release", "install that release")
            for name, digest in about["sha256"].items():
                if hashlib.sha256(packed.read(name)).hexdigest() != digest:
                    raise UnreadableFile(f"{file}: {name} in it is damaged", "take another backup")
            paths = {name: more.get(name, data / _inside(file, name)) for name in about["sha256"]}
            atomic.private_folder(data)
            cut_off.touch()
            for name, path in paths.items():
                path.parent.mkdir(parents=True, exist_ok=True)
                atomic.write(path, packed.read(name))
            cut_off.unlink()
    except _BROKEN as error:
        raise UnreadableFile(f"{file}: no backup of `kg backup`, or a damaged one", "take another") from error
    return about


def _files(data: Path) -> Iterator[tuple[str, Path]]:
    """The files of a data folder that a backup holds, by their names in it."""
    for path in sorted(data.rglob("*")):
        name = path.relative_to(data)
        hidden = name.suffix in (".lock", ".lck") or any(part.startswith(".") for part in name.parts)
        if path.is_file() and not hidden and name.parts[0] not in _NOT_KEPT:
            yield name.as_posix(), path


def _inside(file: Path, name: str) -> PurePosixPath:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or path.parts[0] in _NOT_KEPT:
        raise UnreadableFile(f"{file}: {name} in it would lie where it must not", "take another backup")
    return path
