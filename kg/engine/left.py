"""Whether the files of the embedded engine are still those that it left: said when it opens, for its own answers would not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from kg import atomic
from kg.errors import DamagedBase

RESTORING: Final = "restoring"
"""A file in the data folder for as long as a backup is being unpacked there."""
_NOT_ENDED: Final = "the process that held it last did not end in order"
_SHOWN: Final = 3  # files


def refuse_half(data: Path) -> None:
    """Raises DamagedBase where only a part of a backup was unpacked."""
    if (data / RESTORING).exists():
        raise DamagedBase(f"{data} holds a part of a backup: its restore was cut off", "kg restore the same backup again")


def take(data: Path, *, even_damaged: bool = False) -> bool:
    """For who opens the base under `data`, which it locks: whether its files are to be noted again when it is closed. They
    are not where one is gone or of another size; then DamagedBase is raised, unless `even_damaged`. Where it was not closed, a
    check is due."""
    note = data / "left.json"
    if not _files(data):
        note.unlink(missing_ok=True)
        return True
    try:
        left: dict[str, int] = json.loads(note.read_bytes())
    except FileNotFoundError:
        atomic.write(_due_file(data), _NOT_ENDED.encode())
        return True
    now = _files(data)
    changed = sorted(name for name in left.keys() | now.keys() if left.get(name) != now.get(name))
    if changed and not even_damaged:
        more = f" and {len(changed) - _SHOWN} more" if len(changed) > _SHOWN else ""
        raise DamagedBase(
            f"files of the base have gone or changed since it was closed: {', '.join(changed[:_SHOWN])}{more}",
            f"`kg check` says what is damaged; to make it anew from the kept files, move {_home(data)} away, then `kg rebuild`",
        )
    if changed:
        return False
    note.unlink()
    return True


def leave(data: Path) -> None:
    """For who has closed it."""
    atomic.write(data / "left.json", json.dumps(_files(data)).encode())


def due(data: Path) -> str | None:
    """Why `kg check` is due, if it is."""
    try:
        return _due_file(data).read_text(encoding="utf-8")
    except FileNotFoundError:
        return None


def checked(data: Path) -> None:
    """Nothing was damaged."""
    _due_file(data).unlink(missing_ok=True)


def _files(data: Path) -> dict[str, int]:
    home = _home(data)
    return {str(file.relative_to(home)): file.stat().st_size for file in (home / "databases").rglob("*") if file.is_file()}


def _home(data: Path) -> Path:
    return data / "engine"


def _due_file(data: Path) -> Path:
    return data / "check-due"
