"""What the store holds: `kg load`, `remove`, `rebuild`, `reset`, `status`."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, get_args

from kg.cli import bulk, warm
from kg.cli.command import CommandParser, library, settings
from kg.cli.output import say
from kg.errors import BadParameter, BadSettings
from kg.library import Library
from kg.rules import EXTRACT, files

if TYPE_CHECKING:
    from kg.graph.account import Account
    from kg.graph.result import Result

_SHOWN: Final = 20  # lines of one kind in the account
_MANY: Final = 8  # from so many files on, parsing on all cores pays for starting the processes


def load(parser: CommandParser) -> None:
    parser.add_argument("paths", type=Path, nargs="+", metavar="PATH")
    parser.add_argument("--replace", action="store_true", help="take over documents that another file holds")
    parser.add_argument("--report", type=Path, metavar="FILE", help="keep the account: .xlsx, .html or .json")
    parser.add_argument(
        "--scheduler", metavar="ADDRESS", help="read on the dask cluster of this scheduler: tcp://10.0.0.5:8786"
    )
    parser.add_argument(
        "--bulk", action="store_true", help="fill an empty base at once: for a first archive of many files; it makes no news"
    )
    home = "with --bulk: the home of a Neo4j that does not run, whose own importer makes its base"
    parser.add_argument("--neo4j-home", type=Path, metavar="DIR", help=home)
    parser.set_defaults(run=_load)


def remove(parser: CommandParser) -> None:
    parser.add_argument("document", metavar="DOCUMENT", help="its id, exact title or 文号")
    parser.set_defaults(run=_remove)


def rebuild(parser: CommandParser) -> None:
    parser.set_defaults(run=_rebuild)


def reset(parser: CommandParser) -> None:
    parser.add_argument("--yes", action="store_true", help="really do it")
    parser.set_defaults(run=_reset)


def status(parser: CommandParser) -> None:
    parser.set_defaults(run=_status)


def _load(arguments: argparse.Namespace) -> int:
    write = _writer_of(arguments.report)
    if arguments.neo4j_home and not arguments.bulk:
        raise BadParameter("--neo4j-home is for a first archive", "say --bulk too; KG_URI names a Neo4j that runs")
    if arguments.bulk and arguments.replace:
        raise BadParameter("--bulk fills an empty base: there is nothing to --replace", "leave one of them out")
    found = files(arguments.paths)
    base = library(brief=len(found.files) < _MANY)
    with _readers(base, len(found.files), arguments.scheduler) as (workers, ahead), base:
        with bulk.archive(base, arguments.neo4j_home) if arguments.bulk else nullcontext() as into:
            loading = base.loading(found.files, replace=arguments.replace, workers=workers, ahead=ahead, into=into)
            done = _report(loading, len(found.files))
        account = base.account(done, found.skipped, of=into)
        _print_account(account)
        owned = False
        if arguments.neo4j_home:
            say(f"start the Neo4j of {arguments.neo4j_home} and name it by KG_URI: `kg status` makes its indexes and counts")
        else:
            _print_unmet(base)
            _print_unexplained(base)
            owned = base.store.engine == "embedded" and not base.store.attached
    if write:
        write(account)
    if owned and (cache := settings().engine_cache):
        warm.behind(cache)
    return 0 if account.complete else 65


def _rebuild(_: argparse.Namespace) -> int:
    return read_kept(library(brief=False))


def read_kept(base: Library) -> int:
    """Reads all kept files again, says what became of each, and gives the exit code."""
    kept = len(base.kept.sources())
    with _readers(base, kept) as (workers, _), base:
        done = _report(base.rebuilding(workers=workers), kept)
        _print_unmet(base, each=True)
        _print_unexplained(base)
    return 65 if any(result.outcome == "failed" for result in done) else 0


def _writer_of(report: Path | None) -> Callable[[Account], None] | None:
    """What keeps the account in a file. Raises BadParameter for an ending that it has no form for: before anything is read."""
    if report is None:
        return None
    from exports.account import FORMS, write

    if report.suffix.lower() not in FORMS:
        raise BadParameter(f"--report {report}: no such form of report", f"give a file that ends in {', '.join(FORMS)}")
    return partial(write, path=report)


@contextmanager
def _readers(base: Library, files: int, scheduler: str | None = None) -> Iterator[tuple[Executor | None, int | None]]:
    """What reads so many files, and how many are read ahead: the cluster of the scheduler, which the library reads by from now
    on, or threads that each wait for a process, one a core; None where it would not pay."""
    if scheduler:
        from kg.apart.cluster import Distant, cluster
        from loaders.version import rules_version

        base.extract = Distant(EXTRACT, settings().read_memory, settings().read_seconds)
        with cluster(scheduler, rules_version) as (workers, threads):
            yield workers, 2 * threads
        return
    if files < _MANY:
        yield None, None
        return
    pool = ThreadPoolExecutor(os.cpu_count())
    try:
        yield pool, None
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _report(results: Iterable[Result], total: int) -> list[Result]:
    """Draws a progress bar on stderr, then says on stdout what became of each file."""
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    done: list[Result] = []
    try:
        done.extend(track(results, "loading", total=total, console=console, transient=True, disable=not console.is_terminal))
    finally:  # what was loaded is said even where something unforeseen ends the rest
        _print_results(done)
    return done


def _print_account(account: Account) -> None:
    """Says what was not read: files of other kinds, parts of files, annexes that were announced, and what demands nothing."""
    documents = [(line.file, given) for line in account.files for given in line.documents]
    _print_some("not read", [f"{line.file}: {line.reason}" for line in account.files if line.outcome == "skipped"])
    unread = [(file, part) for file, given in documents for part in given.unread]
    _print_some("parts not read", [f"{file}: {part.name}{f' ({part.reason})' if part.reason else ''}" for file, part in unread])
    missing = [(file, part) for file, given in documents for part in given.annexes if part.reason is None]
    _print_some("annexes announced, not here", [f"{file}: {part.name}" for file, part in missing])
    _print_some("no duties", [f"{file}: {given.title or given.id}" for file, given in documents if given.no_duties])


def _print_some(what: str, lines: list[str]) -> None:
    if lines:
        more = [f"  … and {len(lines) - _SHOWN} more; `kg load --report FILE` keeps them all"] if len(lines) > _SHOWN else []
        say(f"{what}: {len(lines)}", *(f"  {line}" for line in lines[:_SHOWN]), *more)


def _print_results(done: Sequence[Result]) -> None:
    from kg.graph.result import Outcome

    for result in done:
        facts = f"  {result.tasks} tasks, {result.assignments} assignments" if result.outcome in ("added", "replaced") else ""
        say(f"{result.outcome:<9} {result.file}{facts}")
        if result.reason:
            say(*(f"          {line}" for line in result.reason.split("\n")))
    counts = {o: sum(r.outcome == o for r in done) for o in get_args(Outcome)}
    if counts["same"]:
        say("what another file holds was left to it; `kg load --replace` takes it from the file named here")
    say(", ".join(f"{n} {o}" for o, n in counts.items() if n) or "no files")
    for result in done:
        for problem in result.problems:
            say(f"correction not applied: {problem}", err=True)


def _print_unmet(base: Library, *, each: bool = False) -> None:
    """Says on stderr how many entries no document held here has met, and which, if `each`: new rules may read a document
    otherwise, and a misspelt 文号 shows nowhere else."""
    if base.corrections().entries:
        unmet = [finding for finding in base.findings(frozenset({"correction"})) if finding.document_id is None]
        for finding in unmet if each else ():
            say(f"correction met nothing: {finding.what}: {finding.why}", err=True)
        if unmet:
            say(f"{len(unmet)} corrections met nothing here; `kg audit --check correction` lists them", err=True)


def _print_unexplained(base: Library) -> None:
    """Says how much of what the base holds a person should read."""
    from kg.decide.audit.unexplained import count

    if sentences := count(base.store):
        say(f"{sentences} sentences name agencies and gave nothing: kg audit --check unexplained")


def _remove(arguments: argparse.Namespace) -> int:
    with library() as base:
        shared = base.shared_file(arguments.document)
        say(f"removed {base.remove(arguments.document)}")
    if shared:
        say(f"{shared} gives other documents too, so the next kg rebuild, or load of it, brings this one back")
        say("to keep it out, take its words out of that file, and load the file again from where it was")
    return 0


def _reset(arguments: argparse.Namespace) -> int:
    with library() as base:
        if not arguments.yes:
            raise BadSettings(f"this empties the store and {base.kept.folder}", "say --yes if you mean it")
        base.reset()
    say("the store is empty")
    return 0


def _status(_: argparse.Namespace) -> int:
    named = settings()
    with Library.at(named, brief=True) as base:
        held = base.status()
        documents = base.queries()["documents"].run(base.store, {}, limit=100_000).rows
        engine = f"Neo4j at {named.uri}" if base.store.engine == "neo4j" else "embedded"
        say(f"engine     {engine}{' (guest of a running kg serve)' if base.store.attached else ''}")
        due = base.check_due
    say(f"data       {named.data}")
    say(f"rules      {base.rules_version()}")
    say(f"documents  {held.documents} from {held.sources} files; {held.cited} more are cited")
    say(f"facts      {held.tasks} tasks, {held.assignments} assignments, {held.agencies} agencies, {held.deadlines} deadlines")
    if due:
        say(f"check      is due, for {due}: kg check")
    for document in documents:
        say(f"  {document['document_id']}  {document['document']}  ({document['source']})")
    for name in held.outdated:
        say(f"  read by other rules, `kg rebuild` reads it again: {name}")
    for name in held.unkept:
        say(f"  its bytes are not kept here, load it again before `kg rebuild`: {name}")
    for name in held.aside:
        say(f"  set aside, for no document comes from it; load it again, or remove it from {base.kept.aside_folder}: {name}")
    return 0
