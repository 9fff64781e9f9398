"""What is followed: `kg feed`, and `kg watch`, which loads what is put into a folder."""

from __future__ import annotations

import argparse
import signal
import threading
import time
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.cli.ask import add_header, catalogue, given_of
from kg.cli.command import CommandParser, library
from kg.cli.output import say, written
from kg.errors import BadParameter, KgError
from kg.library import Library
from kg.rules import SUFFIXES, files

if TYPE_CHECKING:
    from kg.ask.queries import Query
    from kg.graph.news import News

_QUIET: Final = 1.0
"""Seconds for which a file must stay as it is before it counts as written."""
_AGAIN: Final = 30.0
"""Seconds after which files are tried again for which the base was not to be had."""
_SHOWN: Final = 20


def feed(parser: CommandParser) -> None:
    from exports import ics

    asked = ics.of_any(catalogue()[ics.BOARD], "feed", "/feed.atom")
    what = "Write what is new, changed, near or overdue for a unit, a place or a line of work as an Atom feed."
    add_header(parser, asked, what, "kg feed --agency 长治市司法局 --output 司法局.atom")
    parser.add_argument("--home", default="", metavar="URL", help="the address of the page, to which the entries lead")
    parser.add_argument("--output", type=Path, metavar="FILE", help="the file to write; standard output if left out")
    parser.set_defaults(run=partial(_feed, asked))


def _feed(query: Query, arguments: argparse.Namespace) -> int:
    from exports import feed, ics
    from kg.ask.queries import MAX_LIMIT
    from kg.ask.reviewed import reviewed

    given = given_of(query, arguments)
    ics.check_whose(given)
    query.check(given)  # before the engine starts, which takes longer
    with library() as base:
        bound = query.bind(base.store, given)
        news = base.news(agency=given.get("agency"), place=given.get("place"), function=given.get("function"))
        rows = query.fetch(base.store, bound, MAX_LIMIT)
        made = feed.feed(rows, news, bound, bound.named, partial(reviewed, base.store, query, bound), home=arguments.home)
    with written(arguments.output) as out:
        out.write(made)
    if arguments.output:
        say(f"{arguments.output}: {made.count(b'<entry>')} entries")
    return 0


def watch(parser: CommandParser) -> None:
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.set_defaults(run=_watch)


def _watch(arguments: argparse.Namespace) -> int:
    """Loads what lies there, then what is put there. A file that is taken away stays loaded: `kg remove` removes it."""
    folder: Path = arguments.folder
    if not folder.is_dir():
        raise BadParameter(f"{folder} is no folder", "name the folder into which files are put")
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    say(f"watching {folder}; Ctrl-C ends it", flush=True)
    left: set[Path] = set()
    tried = 0.0
    for paths in _put_into(folder, ended):
        due = left if time.monotonic() - tried > _AGAIN else set()
        for whole in _settled((path for path in sorted(paths | due) if _is_ours(path)), ended):
            left = left.difference(whole) | _load(whole)
            tried = time.monotonic()
    say("ended", flush=True)
    return 0


def _put_into(folder: Path, ended: threading.Event) -> Iterator[set[Path]]:
    """What lies in the folder, listed once changes in it are seen, so that none falls between; then every second what was put
    there since. The same again for a folder that was taken away and made anew."""
    from watchfiles import Change, watch

    while not ended.is_set():
        listed = False
        for changed in watch(folder, stop_event=ended, raise_interrupt=False, rust_timeout=1000, yield_on_timeout=True):
            if (Change.deleted, str(folder)) in changed:
                break
            paths = {Path(path) for change, path in changed if change != Change.deleted}
            yield paths if listed else paths.union(files([folder]).files)
            listed = True
        while not folder.is_dir() and not ended.wait(_QUIET):
            pass


def _is_ours(path: Path) -> bool:
    """Whether it is a file of one of our endings, and not what an office program keeps beside one that is open."""
    return path.suffix.lower() in SUFFIXES and not path.name.startswith((".", "~$")) and path.is_file()


def _settled(paths: Iterable[Path], ended: threading.Event) -> Iterator[list[Path]]:
    """The files once they are whole, those together that are so at once: a copy under way grows. One that is gone again is left
    out."""
    waiting = {path: _state(path) for path in paths}
    while waiting and not ended.wait(_QUIET):
        now = {path: _state(path) for path in waiting}
        whole = [path for path, state in now.items() if state is not None and state == waiting[path]]
        waiting = {path: state for path, state in now.items() if state is not None and path not in whole}
        if whole:
            yield whole


def _state(path: Path) -> tuple[int, float] | None:
    """Its size, and when it was written last."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime


def _load(paths: Iterable[Path]) -> set[Path]:
    """Loads files and says what became of them and whose obligations changed; those that are to be tried again, as the base was
    not to be had.

    The store is held only for as long as it takes: others may use it between one file and the next.
    """
    named = list(paths)
    if not named:
        return set()
    try:
        with library() as base:
            since = _now()
            done = list(base.loading(named))
            base.account(done)
            for result in done:
                say(f"{result.outcome:<9} {result.file}{f': {result.reason}' if result.reason else ''}", flush=True)
            _say_news(base, since)
    except KgError as error:
        say(*str(error).split("\n"), f"tried again in {_AGAIN:.0f} s", err=True, flush=True)
        return set(named)
    return set()


def _now() -> str:
    from datetime import UTC, datetime

    return datetime.now(UTC).isoformat(timespec="microseconds")


def _say_news(base: Library, since: str) -> None:
    """A line for each unit: how many obligations are new, changed, gone, and which."""
    by_unit: dict[str, list[News]] = {}
    for one in base.news(since):
        by_unit.setdefault(one.agency, []).append(one)
    for agency, news in list(by_unit.items())[:_SHOWN]:
        counts = ", ".join(f"{n} {kind}" for kind in ("new", "changed", "gone") if (n := sum(one.kind == kind for one in news)))
        say(f"  {agency}: {counts}", *(f"    {one.kind:<7} {one.task}" for one in news[:3] if one.kind != "new"), flush=True)
    if len(by_unit) > _SHOWN:
        say(f"  … and {len(by_unit) - _SHOWN} more units", flush=True)
