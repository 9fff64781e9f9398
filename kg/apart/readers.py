"""The parent: keeps children that read files, hands each file to one, and says what became of it."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from kg.apart.wire import MOST, NO_MEMORY, Ahead, Answer, Cells, Facts, Failure, Page, Pages, Work, receive, send
from kg.errors import BrokenExtraction, KgError, UnreadableFile
from kg.model import Extraction

# A program of its own rather than multiprocessing, which would run again the script that a user started without a guard. The
# folder that it is started in is no place to import from unless it was one for the parent (-P).
_START: Final = (
    "import json, sys; told = json.loads(sys.argv[1]); sys.path[:] = told.pop('path'); "
    "from kg.apart.child import main; main(**told)"
)
_STARTING: Final = 120.0  # seconds that a child may take to start, on a busy machine
_AT_ONCE: Final = os.cpu_count() or 1  # pages that are recognised
_NEW_GROUP: Final = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)  # Windows: Ctrl-C is for the parent


Outcome = Extraction | Cells | Failure | Pages | None
OnPage = Callable[[str, int, int], None]
"""What hears that a page was recognised: the name of its file, how many are by now, and of how many."""


class Readers:
    """Reads files in child processes, each file within `memory` bytes and `seconds`, of wall time as of CPU time.

    A child is started when a file comes and none is idle, and serves many. May be called from several threads, which then read
    in parallel. Pages of which text is to be recognised are shared out among children, one a core: a page that kills its child
    is one without words. To be closed; children end with this process in any case. Linux holds to the limit on memory, on macOS
    the child looks after itself, Windows knows none, nor one on CPU time.
    """

    def __init__(
        self,
        function: str,
        *,
        memory: int,
        seconds: float,
        before_start: Callable[[], None] | None = None,
        on_page: OnPage | None = None,
        cache: Path | None = None,
    ) -> None:
        """`function`: what reads, module:name; it takes bytes, a name, and what it asks for each page that is to be recognised,
        in an order that is always the same: it gives that what recognises the page, and gets the words of that, "" for none.
        `before_start` is called before each start of a child, and may raise. `on_page` hears of these pages. `cache`: a
        folder of kg.apart.patterns, with which they start sooner."""
        self._told = {"function": function, "memory": memory, "seconds": seconds, "cache": cache and str(cache.absolute())}
        self._memory, self._seconds = memory, seconds
        self._before_start, self._on_page = before_start, on_page
        self._lock = threading.Lock()
        self._cores = threading.BoundedSemaphore(_AT_ONCE)
        self._children: set[_Child] = set()
        self._idle: list[_Child] = []
        self._closed = False

    def __call__(self, data: bytes, name: str) -> Extraction:
        """What the file says. Raises what the function raises (KgError), UnreadableFile for a file that takes too much or kills
        its reader, BrokenExtraction where our own code fails on it or no child can be started."""
        outcome = self._ask(data, name, Work())
        if isinstance(outcome, Pages):
            outcome = self._ask(data, name, Work(found=self._recognise(data, name, outcome.count)))
        if isinstance(outcome, Failure):
            raise outcome.as_error()
        if not isinstance(outcome, Extraction):
            raise BrokenExtraction(f"{name}: what reads it gave no answer", "this is a defect: report it with the file")
        return outcome

    def cells(self, data: bytes, name: str) -> dict[str, list[list[str]]]:
        """Those of a workbook, as kg.apart.cells. Raises UnreadableFile, BrokenExtraction."""
        outcome = self._ask(data, name, Work(cells=True))
        if isinstance(outcome, Failure):
            raise outcome.as_error()
        assert isinstance(outcome, Cells)
        return outcome.sheets

    def _recognise(self, data: bytes, name: str, count: int) -> tuple[str, ...]:
        """What is found on each of the pages that need recognition."""
        found: dict[int, str] = {}

        def share(numbers: range) -> None:
            left = list(numbers)
            end = time.monotonic() + self._seconds

            def take(page: Page) -> None:
                left.remove(page.number)
                with self._lock:
                    found[page.number] = page.found
                    done = len(found)
                if self._on_page:
                    self._on_page(name, done, count)

            with self._cores:
                while left and time.monotonic() < end:
                    with contextlib.suppress(UnreadableFile):
                        self._ask(data, name, Work(share=tuple(left)), take)
                    del left[:1]  # the one it died of, if not all are done

        with ThreadPoolExecutor(_AT_ONCE) as threads:
            list(threads.map(share, (range(n, count, _AT_ONCE) for n in range(min(_AT_ONCE, count)))))
        return tuple(found.get(n, "") for n in range(count))

    def _ask(self, data: bytes, name: str, work: Work, take: Callable[[Page], None] | None = None) -> Outcome:
        """What a child answers; `take` gets the pages of a share. Raises UnreadableFile where it dies of it."""
        child = self._take()
        try:
            answer = child.read(name, data, work, self._seconds, take)
        except BaseException:
            self._end(child)
            raise
        if answer and not answer.last and not self._closed:
            with self._lock:
                self._idle.append(child)
        else:
            self._end(child)
        if answer is None:
            raise self._death(child, name)
        if answer.outcome == "no memory":
            raise self._no_memory(name)
        assert not isinstance(answer.outcome, Page | Facts)  # those are taken before
        return answer.outcome

    def close(self) -> None:
        """Ends all children, those that read too. Nothing can be read afterwards."""
        with self._lock:
            self._closed = True
            children, idle = [*self._children], [*self._idle]
            self._children.clear()
            self._idle.clear()
        for child in children:
            child.end()
        for child in idle:  # the pipes of others are closed by who waits at them
            child.close_pipes()

    def _take(self) -> _Child:
        with self._lock:
            if self._closed:
                raise BrokenExtraction("the library is closed", "open it again")
            while self._idle:
                child = self._idle.pop()  # the one that was busy last: what it holds is still in memory
                if child.lives():
                    return child
                self._children.discard(child)
        if self._before_start:
            self._before_start()
        child = _Child(self._told)
        with self._lock:
            self._children.add(child)
        return child

    def _end(self, child: _Child) -> None:
        with self._lock:
            self._children.discard(child)
        child.end()
        child.close_pipes()

    def _death(self, child: _Child, name: str) -> KgError:
        """Why a child died while it read `name`."""
        code = child.end()
        if code == NO_MEMORY:
            return self._no_memory(name)
        if child.late or code == -getattr(signal, "SIGXCPU", 0):
            unit = "seconds" if child.late else "seconds of CPU time"
            hint = f"split it, or give more: KG_READ_SECONDS={self._seconds * 4:g}"
            return UnreadableFile(f"{name}: not read within {self._seconds:g} {unit}", hint)
        how = signal.strsignal(-code) if code < 0 else f"exit status {code}"
        hint = (
            f"save it again in its own program, or split it; it may need more memory: KG_READ_MEMORY={_in_mb(self._memory * 2)}"
        )
        return UnreadableFile(f"{name}: the process that read it died of it ({how})", hint)

    def _no_memory(self, name: str) -> KgError:
        hint = f"split it, or give more: KG_READ_MEMORY={_in_mb(self._memory * 2)}"
        return UnreadableFile(f"{name}: reading it takes more memory than {_in_mb(self._memory)}", hint)


class _Child:
    """A child process that can read. `late`: it took too long, and was ended."""

    def __init__(self, told: dict[str, object]) -> None:
        """Starts it. Raises BrokenExtraction where it cannot be started."""
        self.late = False
        path = [str(Path(entry).absolute()) for entry in sys.path]
        environ = {name: value for name, value in os.environ.items() if not name.startswith("KG_")}  # no keys, no passwords
        environ |= {"OPENBLAS_NUM_THREADS": "1"}  # numpy's: each thread of it reserves memory
        environ |= {"MALLOC_MMAP_THRESHOLD_": "262144"}  # glibc's: texts that are done with go back to the system
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-c", _START, json.dumps({"path": path, **told})],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environ,
                start_new_session=True,
                creationflags=_NEW_GROUP,
            )
        except OSError as error:
            raise _not_started(str(error.strerror)) from error
        ready = self._wait(_STARTING)
        if ready is None or ready.outcome is not None:
            code = self.end()
            self.close_pipes()
            failed = ready and isinstance(ready.outcome, Failure) and ready.outcome.message
            raise _not_started(failed or f"exit status {code}")

    def read(self, name: str, data: bytes, work: Work, seconds: float, take: Callable[[Page], None] | None) -> Answer | None:
        """Its answer; None where it dies of the file or takes too long. `take` gets what it recognises before that."""
        return self._wait(seconds, name.encode("utf-8", "replace"), data, work.as_json(), take=take)

    def _wait(self, seconds: float, *frames: bytes, take: Callable[[Page], None] | None = None) -> Answer | None:
        assert self._process.stdin
        assert self._process.stdout
        timer = threading.Timer(seconds, self._end_late)
        timer.daemon = True
        timer.start()
        try:
            send(self._process.stdin, *frames)
            ahead = Ahead()
            left = MOST
            while left > 0 and (frame := receive(self._process.stdout, MOST)):
                answer = Answer.of_json(frame)
                if isinstance(answer.outcome, Facts):
                    ahead.take(answer.outcome)
                    left -= len(frame)
                elif not isinstance(answer.outcome, Page):
                    return ahead.before(answer)
                elif take:
                    take(answer.outcome)
            return None
        except (OSError, ValueError):  # it died before it took the file; what it says is no answer
            return None
        finally:
            timer.cancel()
            timer.join()

    def lives(self) -> bool:
        return not self.late and self._process.poll() is None

    def end(self) -> int:
        """Ends it, with what it has started, and returns its exit status. May be called again, and while another thread waits
        for its answer."""
        if self._process.returncode is None:  # its id is still its own
            self._kill()
        return self._process.wait()

    def _end_late(self) -> None:
        self.late = True
        self._kill()

    def _kill(self) -> None:
        if os.name == "posix":
            with contextlib.suppress(ProcessLookupError, PermissionError):  # macOS: of one that has ended
                os.killpg(self._process.pid, signal.SIGKILL)
        else:
            self._process.kill()

    def close_pipes(self) -> None:
        """When nobody waits for its answer any more."""
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                pipe and pipe.close()


def _not_started(why: str) -> KgError:
    return BrokenExtraction(f"the process that reads files does not start: {why}", "is duty-kg installed whole?")


def _in_mb(memory: int) -> str:
    return f"{memory // 1_000_000}M"
