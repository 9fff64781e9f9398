"""What children read by in tests: each file says in its words what becomes of its reader."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import SimpleNamespace

from kg.apart import child
from kg.errors import NothingFound
from kg.model import Extraction, Source
from tests.clock import until


def read(data: bytes, name: str, pages: Callable[[Callable[[], str]], str]) -> Extraction:
    """Does as `data` says, then says what it was asked and by which process; of pages, what was found on them."""
    what, _, rest = data.decode().partition(" ")
    if what == "pages":
        found = [pages(partial(_page, n, deed)) for n, deed in enumerate(rest.split(","))]
        return Extraction(Source(str(os.getpid()), name, "text/plain", "|".join(found)), ())
    if what in _DEEDS:
        _DEEDS[what](rest)
    return Extraction(Source(str(os.getpid()), name, "text/plain", data.decode()), ())


def _page(number: int, what: str) -> str:
    deed, _, rest = what.partition(" ")
    if deed in _DEEDS:
        _DEEDS[deed](rest)
    return f"{number} {deed} {os.getpid()}"


def _refuse(_: str) -> None:
    raise NothingFound("nothing", "try another", ("甲", "乙"))


def _stumble(_: str) -> None:
    raise ZeroDivisionError("by zero")


def _crash(_: str) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def _spin(_: str) -> None:
    while True:
        pass


def _burn(seconds: str) -> None:
    end = time.process_time() + float(seconds)
    while time.process_time() < end:
        pass


def _print(words: str) -> None:
    print(words)
    subprocess.run([sys.executable, "-c", "print('from below')"], check=True)


def _say_pickle(_: str) -> None:
    """What a reader that was taken over might do: it writes to every pipe it finds."""
    for pipe in range(3, 20):
        try:
            os.write(pipe, (7).to_bytes(8) + b"\x80\x04N. []")
        except OSError:
            continue
    time.sleep(600)


def _leave_behind(file: str) -> None:
    process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    Path(file).write_text(str(process.pid), encoding="utf-8")
    time.sleep(600)


class _Resident:
    """What this process holds, as getrusage(2) tells it on macOS; Linux begins with what the parent held."""

    RUSAGE_SELF = 0

    @staticmethod
    def getrusage(_: int) -> SimpleNamespace:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        return SimpleNamespace(ru_maxrss=pages * (resource.getpagesize() // 1024))


def _guard(megabytes: str) -> None:
    """Holds so much more than it holds now, where a thread watches for half of that."""
    vars(child)["resource"] = _Resident
    most = _Resident.getrusage(0).ru_maxrss * 1024 + int(megabytes) * 1_000_000 // 2
    threading.Thread(target=child._end_beyond, args=(most,), daemon=True).start()
    _keep(megabytes)
    time.sleep(600)


_kept: list[bytearray] = []


def _keep(megabytes: str) -> None:
    _kept.append(bytearray(b"x" * int(megabytes) * 1_000_000))


def _meet(folder: str) -> None:
    """Waits until another process is there too."""
    Path(folder, str(os.getpid())).touch()
    until(lambda: len(list(Path(folder).iterdir())) > 1)


_DEEDS: dict[str, Callable[[str], object]] = {
    "refuse": _refuse,
    "stumble": _stumble,
    "crash": _crash,
    "spin": _spin,
    "burn": _burn,
    "print": _print,
    "pickle": _say_pickle,
    "leave": _leave_behind,
    "sleep": lambda seconds: time.sleep(float(seconds)),
    "exit": lambda code: os._exit(int(code)),
    "keep": _keep,
    "meet": _meet,
    "guard": _guard,
    "hold": lambda megabytes: bytearray(int(megabytes) * 1_000_000),
}
