"""Files that are replaced in one step: who reads one meets what it was or what it is, never a part."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

from kg.errors import disk_full, is_full

_NEW: Final = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)  # a link that lies there is not followed


@contextmanager
def replacing(path: Path, *, private: bool = False) -> Iterator[BinaryIO]:
    """A file to write and read back, which takes the place of `path` when the block ends; where the block raises, `path` stays
    as it was. `private`: only this user may read it. Raises DiskFull, OSError.

    Two processes may do so at once: the last to end wins. What one that is killed leaves behind is a hidden file beside `path`.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        draft.unlink(missing_ok=True)  # of a process that was killed
        with os.fdopen(os.open(draft, _NEW, 0o600 if private else 0o666), "w+b") as file:
            yield file
        draft.replace(path)
    except OSError as error:
        if is_full(error):
            raise disk_full(path.parent) from error
        raise
    finally:
        draft.unlink(missing_ok=True)


def write(path: Path, content: bytes, *, private: bool = False) -> None:
    """Replaces what `path` holds, as `replacing` does. Raises DiskFull, OSError."""
    with replacing(path, private=private) as file:
        file.write(content)
