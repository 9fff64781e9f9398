"""The patterns of the loaders, compiled once on a machine: to compile them takes seconds, in each process that reads, to take
them from a file a tenth of one.

What is kept is what CPython's own compiler made, by the text that it made it of, so no change of the rules can make it wrong;
another version of Python has a file of its own.
"""

from __future__ import annotations

import hashlib
import marshal
import sys
import zlib
from array import array
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from kg.atomic import write
from kg.errors import DiskFull

_COMPILER: Final[Any] = import_module("re._compiler")  # makes of a pattern its code,
_MACHINE: Final[Any] = import_module("_sre")  # and this an object of that
_FASTEST: Final = 1  # of zlib's levels
_MOST: Final = 4000  # patterns in a file, of several versions of the rules, before it holds only those that are used


@contextmanager
def kept(folder: Path | None) -> Iterator[None]:
    """Patterns that are compiled in the block are those of the file in `folder`; what it lacks it holds afterwards. For blocks
    that run alone: it is the compiler of the whole process that is replaced."""
    if folder is None:
        yield
        return
    file = folder / f"patterns-{sys.implementation.name}-{sys.hexversion:x}"
    held, used = _read(file), dict[bytes, tuple[Any, ...]]()
    compile_, make = _COMPILER.compile, _MACHINE.compile

    def compiled(pattern: str | bytes, flags: int = 0) -> object:
        key = hashlib.sha256(f"{flags} {pattern!r}".encode()).digest()

        def noting(_: object, flags: int, code: list[int], *rest: object) -> object:
            used[key] = (flags, array("I", code).tobytes(), *rest)
            return make(pattern, flags, code, *rest)

        if key in held:
            found, code, *rest = used[key] = held[key]
            with suppress(TypeError, ValueError, RuntimeError):  # no code that this machine takes: it is compiled
                return make(pattern, found, array("I", code).tolist(), *rest)
        _MACHINE.compile = noting
        try:
            return compile_(pattern, flags)
        finally:
            _MACHINE.compile = make

    _COMPILER.compile = compiled
    try:
        yield
    finally:
        _COMPILER.compile = compile_
    if not used.keys() <= held.keys():
        with suppress(OSError, DiskFull):
            folder.mkdir(parents=True, exist_ok=True)
            write(file, zlib.compress(marshal.dumps(held | used if len(held) < _MOST else used), _FASTEST))


def _read(file: Path) -> dict[bytes, tuple[Any, ...]]:
    """What is in it, if it is whole."""
    try:
        found: dict[bytes, tuple[Any, ...]] = marshal.loads(zlib.decompress(file.read_bytes()))
    except (OSError, zlib.error, ValueError, TypeError, EOFError):
        return {}
    return found
