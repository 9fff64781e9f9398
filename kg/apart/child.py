"""The child: reads the files that its parent sends it, one after the other, within limits."""

from __future__ import annotations

import gc
import math
import os
import signal
import sys
import threading
import time
from functools import partial
from importlib import import_module
from pathlib import Path
from queue import SimpleQueue
from typing import IO, TYPE_CHECKING, Final

try:
    import resource
except ImportError:  # Windows has no limits of this kind
    resource = None  # type: ignore[assignment]

from kg.apart.cells import read_cells
from kg.apart.patterns import kept
from kg.apart.wire import MOST, NO_MEMORY, Answer, Cells, Failure, Page, Pages, Work, receive, send
from kg.errors import KgError, broken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.model import Extraction

    Read = Callable[[bytes, str, Callable[[Callable[[], str]], str]], Extraction]

_MOST_FILES: Final = 200  # read by one child: what libraries leak ends with it
_YOUNG: Final = 20_000  # objects made before garbage is looked for: most live as long as their file is read
_LOOK: Final = 0.05  # seconds between two looks at what is held
_MOST_HELD: Final = 1 / 3  # of its memory: a child that still holds so much is replaced, for the next file needs it


def main(function: str, memory: int, seconds: float, cache: str | None) -> None:
    """Reads by `function`, given as module:name, with `memory` bytes and `seconds` of CPU time for each file; its patterns are
    kept in the folder `cache`. Ends with its parent, whatever it is doing then."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent
    if hasattr(os, "nice"):
        os.nice(10)  # who asks comes first
    answers = _take_stdout()
    files: SimpleQueue[tuple[str, bytes, Work]] = SimpleQueue()
    threading.Thread(target=_take_files, args=(files,), daemon=True).start()
    _limit_memory(memory)
    with kept(Path(cache) if cache else None):
        read = _reader(function)
    if isinstance(read, Failure):
        send(answers, Answer(read, last=True).as_json())
        return
    gc.set_threshold(_YOUNG)
    send(answers, Answer(None).as_json())

    for n in range(1, _MOST_FILES + 1):
        name, data, work = files.get()
        _limit_time(seconds)
        how = partial(_read_cells, data, name) if work.cells else partial(_read, read, data, name, _ByPages(work, answers))
        frames = _answer(how, last=n == _MOST_FILES, memory=memory)
        del data, work, how
        for frame in frames:
            send(answers, frame)
        del frames
        if n == 1:
            gc.collect()
            gc.freeze()  # the tables, loaded by the first file, are needed to the end


def _take_stdout() -> IO[bytes]:
    """The pipe to the parent, which no library can print to any more."""
    pipe = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return pipe


def _take_files(files: SimpleQueue[tuple[str, bytes, Work]]) -> None:
    """Waits for files in a thread of its own, so that the parent's end is noticed while one is read."""
    pipe = sys.stdin.buffer
    while (name := receive(pipe)) is not None and (data := receive(pipe)) is not None and (work := receive(pipe)) is not None:
        files.put((name.decode(), data, Work.of_json(work)))
    if os.name == "posix" and os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)  # with whatever was started to convert a file
    os._exit(0)


def _reader(function: str) -> Read | Failure:
    module, _, name = function.partition(":")
    try:
        read: Read = getattr(import_module(module), name)
    except Exception as error:
        return Failure.of(broken(f"what reads files ({function})", error))
    return read


class _EndOfShareError(BaseException):
    """Not to be taken for an error of the file."""


class _ByPages:
    """What is asked, page by page, to recognise one: `asked` counts those that are left to others."""

    def __init__(self, work: Work, answers: IO[bytes]) -> None:
        self._found, self._share = iter(work.found), set(work.share)
        self._is_share, self._answers = bool(work.share), answers
        self._number, self.asked = -1, 0

    def __call__(self, recognise: Callable[[], str]) -> str:
        """What is found on the next page; "" where it is not known yet, or nothing. Raises _EndOfShareError."""
        self._number += 1
        if (found := next(self._found, None)) is not None:
            return found
        if not self._is_share:
            self.asked += 1
        elif self._number in self._share:
            self._share.remove(self._number)
            try:
                found = recognise()
            except KgError:
                found = ""
            send(self._answers, Answer(Page(self._number, found)).as_json())
            if not self._share:
                raise _EndOfShareError
        return ""


def _read(read: Read, data: bytes, name: str, pages: _ByPages) -> Extraction | Failure | Pages | None:
    try:
        outcome = _outcome(partial(read, data, name, pages), name)
    except _EndOfShareError:
        return None
    return Pages(pages.asked) if pages.asked else outcome


def _read_cells(data: bytes, name: str) -> Cells | Failure:
    try:
        return Cells(read_cells(data, name))
    except KgError as error:
        return Failure.of(error)


def _answer(read: Callable[[], Extraction | Cells | Failure | Pages | None], *, last: bool, memory: int) -> Iterator[bytes]:
    size, answer = 0, None
    try:
        answer = Answer(read(), last or _held() > _MOST_HELD * memory)
        del read  # with the file's bytes
        for frame in answer.frames():
            size += len(frame)
            if size > MOST:
                raise MemoryError
            yield frame
        return
    except MemoryError:
        answer = None  # nothing is left of what was made
    yield Answer("no memory", last=True).as_json()


def _outcome(read: Callable[[], Extraction], name: str) -> Extraction | Failure:
    try:
        return read()
    except KgError as error:
        return Failure.of(error)
    except MemoryError:
        raise
    except Exception as error:
        return Failure.of(broken(name, error))


# ---- limits ---------------------------------------------------------------------------------------------------------


def _limit_memory(memory: int) -> None:
    """On what the child writes to, heap and private mappings, which is what is resident but for code. Linux holds to it. macOS
    does not, so there the child looks after itself, as often as a library lets others run. On Windows there is none."""
    if resource:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        _limit(resource.RLIMIT_DATA, memory)
    if sys.platform == "darwin":
        threading.Thread(target=_end_beyond, args=(memory,), daemon=True).start()


def _end_beyond(memory: int) -> None:
    """Ends the child when it has held more than `memory` bytes at once (getrusage(2): bytes on macOS, elsewhere kB)."""
    unit = 1 if sys.platform == "darwin" else 1024
    while resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit <= memory:
        time.sleep(_LOOK)
    os._exit(NO_MEMORY)


def _limit_time(seconds: float) -> None:
    """The system counts over the child's whole life, and ends it by SIGXCPU."""
    if resource:
        _limit(resource.RLIMIT_CPU, math.ceil(time.process_time() + seconds))


def _limit(kind: int, most: int) -> None:
    _, hard = resource.getrlimit(kind)
    resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _held() -> int:
    """Bytes that are resident now (proc_pid_statm(5)); 0 where that is not known. Not what getrusage says: the most that ever
    was counts that of the parent, from before the child was a program of its own."""
    try:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0
