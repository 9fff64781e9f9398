"""The command line, and the composition root: the one place where loaders, store, queries and API meet.

Rooms that take long to import (the database driver, the web framework) are imported by the command that needs them.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime
import json
import multiprocessing
import os
import signal
import socket
import sys
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg.errors import BadParameter, BadSettings, KgError, UnreadableFile, outcome
from kg.settings import Settings
from loaders.agencies import NATION, Scope, places, resolve
from loaders.extract import extract, rules_version
from loaders.patterns import COLLECTIVE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.corrections import Corrections
    from kg.graph import Result
    from kg.model import Agency, Extraction, Place
    from kg.queries import Catalogue, Query
    from kg.store import Store
    from loaders.surfaces import Answer

SUFFIXES: Final = frozenset({".txt", ".md", ".markdown", ".html", ".htm", ".shtml", ".docx", ".pdf"})
"""Endings of the files that a folder is searched for."""

_WIDEST: Final = 44  # terminal columns of the widest cell of a table
_SHORT: Final = 12  # no cell of a column that is no wider is broken
_MANY: Final = 8  # from so many files on, parsing on all cores pays for starting the processes


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code: 0, or that of the error's class (kg/errors.py)."""
    # The id of a document without a place begins with -, which argparse would take for an option.
    words = [f" {word}" if word.startswith("-:") else word for word in (sys.argv[1:] if argv is None else argv)]
    try:
        if words[:1] == ["query"]:
            return _query(words[1:])
        if words[:1] == ["network"]:
            return _network(words[1:])
        arguments = _parser().parse_args(words or ["--help"])
        code: int = arguments.run(arguments)
        return code
    except KgError as error:
        print(f"kg: {error}", file=sys.stderr)
        return outcome(error).exit_code
    except BrokenPipeError:  # the reader of our output (head, less) has gone
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kg", description="Who must do what: Chinese government documents as a graph.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, run: object, help_: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=help_, description=help_)
        sub.set_defaults(run=run)
        return sub

    sub = command("extract", _extract, "Print what one file demands; nothing is stored.")
    sub.add_argument("file", type=Path, metavar="FILE")
    sub.add_argument("--format", choices=("table", "json"), default="table")

    sub = command("resolve", _resolve, "Say which agency each name means; no store is needed.")
    sub.add_argument("names", nargs="*", metavar="NAME")
    sub.add_argument("--file", metavar="FILE", help="read names from FILE, one a line; - is standard input")
    sub.add_argument("--place", metavar="PLACE", help="the place that the names are read at, by code or name; 例 长治市")
    sub.add_argument("--year", type=int, metavar="YEAR", help="say what the agency was called in that year")
    sub.add_argument("--format", choices=("table", "json"), default="table")

    sub = command("load", _load, "Load files, and the texts, web pages, .docx and PDF files of folders, into the store.")
    sub.add_argument("paths", type=Path, nargs="+", metavar="PATH")
    sub.add_argument("--replace", action="store_true", help="take over documents that another file holds")

    _add_correct(command("correct", _correct, "Write a correction that lasts: docs/corrections.md shows every form."))

    sub = command("audit", _audit, "List what a person should look at: doubtful agencies, likely duplicates, odd documents.")
    sub.add_argument("--check", nargs="+", metavar="NAME", help="only these checks, such as duplicate unresolved")
    sub.add_argument("--format", choices=("table", "json", "csv"), default="table")

    sub = command("remove", _remove, "Remove one document.")
    sub.add_argument("document", metavar="DOCUMENT", help="its id, exact title or 文号")

    command("rebuild", _rebuild, "Extract all kept files again, whole: after new rules, or into another engine.")
    sub = command("reset", _reset, "Empty the store and its kept files.")
    sub.add_argument("--yes", action="store_true", help="really do it")
    command("status", _status, "Say what is loaded, by which rules, in which engine.")
    command("queries", _queries, "List the canned queries with an example each.")

    commands.add_parser("query", help="Ask a canned query: kg query NAME --help says what it takes.")  # read by _query
    commands.add_parser("network", help="Measure who shares tasks with whom: kg network --help.")  # read by _network

    sub = command("serve", _serve, "Serve the HTTP API until Ctrl-C.")
    sub.add_argument("--host", default="127.0.0.1", help="address to listen on; others than loopback need KG_API_KEY")
    sub.add_argument("--port", type=int, default=8000)
    return parser


# ---- extract --------------------------------------------------------------------------------------------------------


def _extract(arguments: argparse.Namespace) -> int:
    path: Path = arguments.file
    try:
        extraction = extract(path.read_bytes(), path.name)
    except OSError as error:
        raise UnreadableFile(f"{path}: {error.strerror}", "name a file that exists and may be read") from error
    if arguments.format == "json":
        json.dump(extraction.as_json(), sys.stdout, ensure_ascii=False)
        print()
    else:
        _print_extraction(extraction)
    return 0


def _print_extraction(extraction: Extraction) -> None:
    for document in extraction.documents:
        print(f"{document.title}\n{document.doc_number or '(no 文号)'}  {document.issued_on or ''}  {document.id}")
        by_task: dict[str, dict[str, list[str]]] = {}
        for a in document.assignments:
            mark = a.agency.name + ("" if a.basis == "clause" else f" ({a.basis})")
            units = by_task.setdefault(a.task, {}).setdefault(a.role, [])
            if mark not in units:
                units.append(mark)
        due: dict[str | None, list[str]] = {}
        for d in document.deadlines:
            due.setdefault(d.task, []).append(f"{d.surface} ({d.due or d.every or d.within or d.kind})")
        rows = [
            {
                "number": task.number,
                "kind": task.kind,
                "task": task.title,
                "LEADS 牵头": by_task.get(task.id, {}).get("LEADS", []),
                "PARTICIPATES 配合": by_task.get(task.id, {}).get("PARTICIPATES", []),
                "deadlines": due.get(task.id, []),
            }
            for task in document.tasks
        ]
        _print_table(tuple(rows[0]) if rows else (), rows)
        for label, values in (
            ("principles", [p.text for p in document.principles]),
            ("deadlines of the document", due.get(None, [])),
            ("cites", [c.title or c.doc_number or "" for c in document.citations]),
        ):
            if values:
                print(f"{label}: {'; '.join(values)}")
        print()


# ---- resolve --------------------------------------------------------------------------------------------------------


def _resolve(arguments: argparse.Namespace) -> int:
    from loaders.surfaces import answer, place_code

    place = place_code(arguments.place) if arguments.place else None
    names = [*arguments.names, *(_lines(arguments.file) if arguments.file else ())]
    if not names:
        raise BadParameter("no name is given", "say kg resolve NAME…, or --file FILE with a name a line")
    corrections = _corrections(_settings())
    answers = [_corrected(answer(name, place, arguments.year), place, corrections).as_json() for name in names]
    if arguments.format == "json":
        for line in answers:
            print(json.dumps(line, ensure_ascii=False))
    else:
        _print_table(tuple(answers[0]), answers, ("surface", "name", "id", "level", "kind", "evidence"))
    return 0


def _corrected(given: Answer, place: str | None, corrections: Corrections) -> Answer:
    """The answer after people's merges and splits."""
    found = corrections.identify(given.agency, (given.surface,), None if place == NATION else place)
    if found.problem or found.agency == given.agency:
        return given
    why = "; ".join(entry.label for entry in found.entries)
    return replace(given, agency=found.agency, evidence=f"corrected: {why}; by the rules {given.agency.id}, {given.evidence}")


def _lines(file: str) -> list[str]:
    """The lines of a UTF-8 file, or of standard input, that are not blank."""
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise UnreadableFile(f"{file}: {error.strerror}", "name a file that exists and may be read") from error
    except UnicodeDecodeError as error:
        raise UnreadableFile(f"{file}: not UTF-8 text", "save it as UTF-8, a name a line") from error
    return [line.strip() for line in text.splitlines() if line.strip()]


# ---- load and its kin -----------------------------------------------------------------------------------------------


def _load(arguments: argparse.Namespace) -> int:
    from kg import graph

    files, corrections = list(_files(arguments.paths)), _corrections(_settings())
    with _workers(len(files)) as workers, _base() as (store, sources):
        results = graph.load(
            store,
            sources,
            files,
            extract,
            rules_version(),
            corrections=corrections,
            replace=arguments.replace,
            workers=workers,
        )
        code = _report(results, len(files))
        _print_unmet(store, corrections)
        return code


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    """Files as named, and those of folders that have one of our endings. Raises UnreadableFile for a path that is not there."""
    for path in paths:
        if path.is_dir():
            yield from sorted(p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file())
        elif path.exists():
            yield path
        else:
            raise UnreadableFile(f"{path}: there is no such file or folder", "check the path")


@contextlib.contextmanager
def _workers(files: int) -> Iterator[Executor | None]:
    """A pool that parses on all cores, spawned before the engine starts; None where it would not pay."""
    if files < _MANY:
        yield None
        return
    with ProcessPoolExecutor(mp_context=multiprocessing.get_context("spawn"), initializer=_ignore_interrupt) as pool:
        yield pool


def _ignore_interrupt() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to the whole group; the parent ends the pool


def _report(results: Iterable[Result], total: int) -> int:
    """Draws a progress bar on stderr, then says on stdout what became of each file. Returns the exit code."""
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    done: list[Result] = []
    try:
        done.extend(track(results, "loading", total=total, console=console, transient=True, disable=not console.is_terminal))
    finally:  # what was loaded is said even where something unforeseen ends the rest
        _print_results(done)
    return 65 if any(result.outcome == "failed" for result in done) else 0


def _print_results(done: Sequence[Result]) -> None:
    for result in done:
        facts = f"  {result.tasks} tasks, {result.assignments} assignments" if result.outcome in ("added", "replaced") else ""
        print(f"{result.outcome:<9} {result.file}{facts}")
        if result.reason:
            print("          " + result.reason.replace("\n", "\n          "))
    counts = {o: sum(r.outcome == o for r in done) for o in ("added", "replaced", "unchanged", "same", "failed")}
    if counts["same"]:
        print("what another file holds was left to it; `kg load --replace` takes it from the file named here")
    print(", ".join(f"{n} {o}" for o, n in counts.items() if n) or "no files")
    for result in done:
        for problem in result.problems:
            print(f"correction not applied: {problem}", file=sys.stderr)


def _print_unmet(store: Store, corrections: Corrections) -> None:
    """Says on stderr how many entries no document held here has met; a misspelt 文号 shows nowhere else."""
    from kg.audit import audit

    if corrections.entries:
        findings = audit(store, corrections, frozenset({"correction"}))
        unmet = sum(finding.document_id is None for finding in findings)
        if unmet:
            print(f"{unmet} corrections met nothing here; `kg audit --check correction` lists them", file=sys.stderr)


def _remove(arguments: argparse.Namespace) -> int:
    from kg import graph

    with _base() as (store, sources):
        print("removed", graph.remove(store, sources, arguments.document))
    return 0


def _rebuild(_: argparse.Namespace) -> int:
    from kg import graph

    kept, corrections = len(graph.kept(_sources(_settings()))), _corrections(_settings())
    with _workers(kept) as workers, _base() as (store, sources):
        results = graph.rebuild(store, sources, extract, rules_version(), corrections=corrections, workers=workers)
        code = _report(results, kept)
        _print_unmet(store, corrections)
        return code


def _reset(arguments: argparse.Namespace) -> int:
    from kg import graph

    if not arguments.yes:
        raise BadSettings(f"this empties the store and {_sources(_settings())}", "say --yes if you mean it")
    with _base() as (store, sources):
        graph.reset(store, sources)
    print("the store is empty")
    return 0


def _status(_: argparse.Namespace) -> int:
    from kg import graph

    settings = _settings()
    with _base() as (store, sources):
        held = graph.status(store, sources, rules_version())
        documents = _catalogue()["documents"].run(store, {}, limit=100_000).rows
        engine = f"Neo4j at {settings.uri}" if store.engine == "neo4j" else "embedded"
        print(f"engine     {engine}{' (guest of a running kg serve)' if store.attached else ''}")
    print(f"data       {settings.data}")
    print(f"rules      {rules_version()}")
    print(f"documents  {held.documents} from {held.sources} files; {held.cited} more are cited")
    print(
        f"facts      {held.tasks} tasks, {held.assignments} assignments, {held.agencies} agencies, {held.deadlines} deadlines"
    )
    for document in documents:
        print(f"  {document['document_id']}  {document['document']}  ({document['source']})")
    for name in held.outdated:
        print(f"  read by other rules, `kg rebuild` reads it again: {name}")
    for name in held.unkept:
        print(f"  its bytes are not kept here, load it again before `kg rebuild`: {name}")
    return 0


def _settings() -> Settings:
    return Settings.from_environment(os.environ)


def _sources(settings: Settings) -> Path:
    return settings.data / "sources"


@contextlib.contextmanager
def _base(*, serve: bool = False) -> Iterator[tuple[Store, Path]]:
    """The store that the settings name, with its schema, and the folder of the kept files."""
    from kg.store import open_store

    settings = _settings()
    with open_store(settings, serve=serve) as store:
        store.ensure_schema()
        yield store, _sources(settings)


# ---- corrections and audit ------------------------------------------------------------------------------------------


def _named(name: str, place: str | None, document: str) -> tuple[Agency, tuple[Place, ...]]:
    """How the rules understand a name in a correction (kg.corrections.Named)."""
    scope = Scope(document, NATION if place == "-" else place)
    agency = resolve(name, scope, bool(COLLECTIVE.search(name)))
    return agency, places([agency.place] if agency.place else [])


def _corrections(settings: Settings) -> Corrections:
    """People's corrections; none where there is no file. Raises BadCorrections, and BadSettings where the file that
    KG_CORRECTIONS names is not there: without it the base would forget them all."""
    from kg.corrections_file import read

    file = settings.corrections_file
    if settings.corrections and not file.exists():
        raise BadSettings(f"KG_CORRECTIONS={file}: there is no such file", "make it, if only empty")
    return read(file, _named)


def _add_correct(parser: argparse.ArgumentParser) -> None:
    """One subcommand a form of entry; its options are the entry's fields."""
    parser.add_argument("change", choices=("merge", "split", "place", "add", "delete", "role", "deadline", "task"))
    parser.add_argument("options", nargs=argparse.REMAINDER, help="kg correct merge --help says what it takes")


def _correct(arguments: argparse.Namespace) -> int:
    from filelock import FileLock

    from kg.corrections_file import append, forms, make
    from kg.preview import preview
    from loaders.surfaces import place_code

    model = forms()[arguments.change]
    parser = argparse.ArgumentParser(prog=f"kg correct {arguments.change}", description=model.__doc__, allow_abbrev=False)
    for name, about in model.model_fields.items():
        if name != "change":
            parser.add_argument(f"--{name}", required=about.is_required() and name != "date", metavar="VALUE")
    parser.add_argument("--no-check", action="store_true", help="write it even if nothing held here matches")
    said = vars(parser.parse_args(arguments.options))
    unchecked = said.pop("no_check")
    said["date"] = said["date"] or datetime.date.today().isoformat()
    if said.get("place"):
        code = place_code(said["place"])
        said["place"] = "-" if code == NATION else code
    entry = make(change=arguments.change, **said)

    settings = _settings()
    file = settings.corrections_file
    held = _corrections(settings)
    changes: dict[str, list[str]] = {}
    if not unchecked:
        with _base() as (store, sources):
            found = preview(store, sources, extract, held, entry)
        entry, changes = found.entry, found.changes
    settings.data.mkdir(parents=True, exist_ok=True)
    with FileLock(settings.data / "corrections.lock"):
        append(file, entry)
    for document, lines in changes.items():
        print("\n".join([document, *(f"  {line}" for line in lines)]))
    print(f"written to {file}; `kg rebuild` applies it, and so does every later `kg load` of the file")
    return 0


def _audit(arguments: argparse.Namespace) -> int:
    from kg.audit import CHECKS, COLUMNS, audit

    checks = frozenset(arguments.check) if arguments.check else None
    if unknown := sorted((checks or frozenset()) - CHECKS.keys()):
        raise BadParameter(f"there is no check {', '.join(unknown)}", "choose from the candidates", tuple(CHECKS))
    corrections = _corrections(_settings())
    with _base() as (store, _):
        findings = audit(store, corrections, checks)
    if arguments.format == "table":
        for finding in findings:
            print(f"{finding}\n")  # a table's narrow columns would break the commands, which are there to be pasted
        print(f"{len(findings)} findings")
    else:
        _print_rows(arguments.format, COLUMNS, [asdict(finding) for finding in findings], truncated=False)
    return 0


# ---- queries --------------------------------------------------------------------------------------------------------


def _catalogue() -> Catalogue:
    from kg.queries import load_queries

    return load_queries()


def _queries(_: argparse.Namespace) -> int:
    for query in _catalogue().values():
        print(f"{query.name}\n    {query.answers}\n    {query.command}")
    return 0


def _query(words: Sequence[str]) -> int:
    """Its options come from the header of the query that the first word names."""
    from kg.queries import DEFAULT_LIMIT

    catalogue = _catalogue()
    if not words or words[0] in ("-h", "--help"):
        print("usage: kg query NAME [--parameter VALUE …] [--format table|json|csv] [--columns A,B] [--limit N]\n")
        return _queries(argparse.Namespace())
    query = catalogue[words[0]]
    options = vars(_query_parser(query, DEFAULT_LIMIT).parse_args(words[1:]))
    form, limit, only = options.pop("format"), options.pop("limit"), options.pop("columns")
    given = {name: value for name, value in options.items() if value is not None}
    names = tuple(column.name for column in query.columns)
    if unknown := set(only or ()) - set(names):
        raise BadParameter(f"there is no column {', '.join(sorted(unknown))}", "choose from the candidates", names)
    query.check(given)  # before the engine starts, which takes longer
    with _base() as (store, _):
        answer = query.run(store, given, limit)
    _print_rows(form, answer.columns, answer.rows, only, truncated=answer.truncated)
    if form == "table":
        print(f"{len(answer.rows)} rows{f', more were left out: give --limit over {limit}' if answer.truncated else ''}")
    return 0


def _print_rows(
    form: str, columns: Sequence[str], rows: Sequence[dict[str, Any]], only: Sequence[str] | None = None, *, truncated: bool
) -> None:
    """Rows as a table for people, JSON or CSV."""
    from kg.tables import to_csv

    shown = only or columns
    if form == "json":
        chosen = [{c: row[c] for c in shown} for row in rows]
        json.dump({"columns": shown, "rows": chosen, "truncated": truncated}, sys.stdout, ensure_ascii=False)
        print()
    elif form == "csv":
        sys.stdout.reconfigure(newline="")  # type: ignore[union-attr]
        print(to_csv(shown, rows), end="")
    else:
        _print_table(columns, rows, only)


def _network(words: Sequence[str]) -> int:
    """Its options are those of the query of its edges, by the same header."""
    from kg.network import EDGE_COLUMNS, EDGES, NODE_COLUMNS, Networks

    edges = _catalogue()[EDGES]
    parser = argparse.ArgumentParser(
        prog="kg network",
        description="Who shares tasks with whom: degree, betweenness, communities, bridges. docs/network.md says what they mean.",
        epilog="example: kg network --place 长治市",
        allow_abbrev=False,
    )
    _add_parameters(parser, edges)
    parser.add_argument("--format", choices=("table", "json", "graphml"), default="table")
    options = vars(parser.parse_args(words))
    form = options.pop("format")
    edges.check(options)  # before the engine starts, which takes longer
    with _base() as (store, _):
        network = Networks(store, edges).network(options)
    if form == "json":
        json.dump(network.as_json(), sys.stdout, ensure_ascii=False)
        print()
    elif form == "graphml":
        sys.stdout.buffer.write(network.as_graphml())
    else:
        _print_table(NODE_COLUMNS, network.nodes)
        print()
        _print_table(EDGE_COLUMNS, network.edges)
        print(f"{len(network.nodes)} nodes, {len(network.edges)} edges, {network.communities} communities")
    return 0


def _query_parser(query: Query, default_limit: int) -> argparse.ArgumentParser:
    """The options of one query."""
    parser = argparse.ArgumentParser(
        prog=f"kg query {query.name}",
        description=query.answers,
        epilog=f"example: {query.command}",
        allow_abbrev=False,
    )
    _add_parameters(parser, query)
    parser.add_argument("--format", choices=("table", "json", "csv"), default="table")
    parser.add_argument("--columns", type=lambda said: said.split(","), help="only these columns, such as agency,task,quote")
    parser.add_argument("--limit", type=int, default=default_limit, help=f"most rows to return [default {default_limit}]")
    return parser


def _add_parameters(parser: argparse.ArgumentParser, query: Query) -> None:
    """An option for each parameter of the query's header."""
    from kg.queries import option

    for p in query.parameters:
        words = f"{p.describe} [{p.type}{'' if p.required or p.default is None else f', default {p.default}'}]".replace(
            "%", "%%"
        )
        parser.add_argument(
            option(p.name), dest=p.name, required=p.required, nargs="+" if p.type.many else None, help=words, metavar="VALUE"
        )


def _print_table(columns: Sequence[str], rows: Sequence[dict[str, Any]], only: Sequence[str] | None = None) -> None:
    """A table for people: the columns `only`, else all but ids and those that say nothing; a quote with its span behind it.
    As wide as the terminal, piped as wide as it needs to be."""
    from rich.cells import cell_len
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from kg.tables import cell

    spanned = {"quote", "start", "end"} <= set(columns)
    cells = [
        {c: f"{row[c]} [{row['start']}:{row['end']}]" if spanned and c == "quote" else cell(row[c]) for c in columns}
        for row in rows
    ]
    hidden = {"start", "end"} if spanned else set()
    shown = only or [
        c
        for c in columns
        if c not in hidden and not c.endswith(("_id", "_code")) and (not rows or any(row[c] for row in cells))
    ]
    table = Table(show_edge=False, pad_edge=False)
    for column in shown:
        short = max((cell_len(row[column]) for row in cells), default=0) <= _SHORT
        table.add_column(column, overflow="fold", max_width=_WIDEST, no_wrap=short)
    for row in cells:
        table.add_row(*(Text(row[c]) for c in shown))
    needed = sum(min(_WIDEST, max([cell_len(c), *(cell_len(row[c]) for row in cells)])) + 3 for c in shown)
    Console(width=None if sys.stdout.isatty() else max(needed, 80)).print(table)


# ---- serve ----------------------------------------------------------------------------------------------------------


def _serve(arguments: argparse.Namespace) -> int:
    import uvicorn

    from api.access import check_bind
    from api.app import create_app

    settings = _settings()
    check_bind(arguments.host, settings.api_key)
    listener = _listen(arguments.host, arguments.port)
    for number in (signal.SIGINT, signal.SIGTERM):  # while the engine starts; uvicorn raises it again once it has shut down
        signal.signal(number, lambda *_: sys.exit(0))
    with listener, _base(serve=True) as (store, _):
        app = create_app(store, _catalogue(), extract, settings.api_key)
        host, port = listener.getsockname()[:2]
        where = f"[{host}]" if ":" in host else host
        print(f"serving http://{where}:{port}/docs; Ctrl-C ends it", flush=True)
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False, timeout_graceful_shutdown=5))
        server.run(sockets=[listener])
    return 0


def _listen(host: str, port: int) -> socket.socket:
    """A listening socket, before anything slow is started. Raises BadSettings where the address cannot be had."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
        if os.name == "posix":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(128)
    except (OSError, OverflowError) as error:
        hint = "end what uses that port, or choose another: kg serve --port 8001"
        raise BadSettings(f"cannot listen on {host} port {port}: {error}", hint) from error
    return listener


if __name__ == "__main__":
    sys.exit(main())
