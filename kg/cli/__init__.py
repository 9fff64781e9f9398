"""The command line, and the composition root: where loaders, store, queries, exports and API meet.

Rooms that take long to import (the database driver, the web framework) are imported by the command that needs them.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime
import json
import multiprocessing
import os
import re
import shlex
import signal
import socket
import sys
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from kg import library as base
from kg.errors import BadParameter, BadSettings, KgError, UnreadableFile, outcome
from kg.settings import Settings
from loaders.extract import extract, rules_version
from loaders.names.agencies import NATION

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.ask.queries import Catalogue, Query
    from kg.decide.entries import Corrections
    from kg.engine.store import Store
    from kg.graph.loading import Result
    from kg.model import Extraction
    from loaders.names.surfaces import Answer

_WIDEST: Final = 44  # terminal columns of the widest cell of a table
_SHORT: Final = 12  # no cell of a column that is no wider is broken
_MANY: Final = 8  # from so many files on, parsing on all cores pays for starting the processes


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code: 0, or that of the error's class (kg/errors.py)."""
    # The id of a document without a place begins with -, which argparse would take for an option.
    words = [f" {word}" if word.startswith("-:") else word for word in (sys.argv[1:] if argv is None else argv)]
    try:
        if words and words[0] in _BY_HEADER:
            return _BY_HEADER[words[0]](words[1:])
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

    sub = command("export", _export, "Write the whole graph: GraphML for Gephi, CSV for Neo4j's importer, or JSON.")
    sub.add_argument("--format", choices=("graphml", "csv", "json"), required=True)
    help_ = "the file to write; for csv an empty or new folder"
    sub.add_argument("--output", type=Path, required=True, metavar="PATH", help=help_)

    sub = command("remove", _remove, "Remove one document.")
    sub.add_argument("document", metavar="DOCUMENT", help="its id, exact title or 文号")

    command("rebuild", _rebuild, "Extract all kept files again, whole: after new rules, or into another engine.")
    sub = command("reset", _reset, "Empty the store and its kept files.")
    sub.add_argument("--yes", action="store_true", help="really do it")
    command("status", _status, "Say what is loaded, by which rules, in which engine.")
    command("queries", _queries, "List the canned queries with an example each.")

    # What these take stands in the header of a query; each reads it for itself.
    commands.add_parser("query", help="Ask a canned query: kg query NAME --help says what it takes.")
    commands.add_parser("ledger", help="Write the 责任清单 as a workbook for a meeting: kg ledger --help.")
    commands.add_parser("network", help="Measure who shares tasks with whom: kg network --help.")
    commands.add_parser("calendar", help="Write one agency's deadlines as an iCalendar file: kg calendar --help.")

    sub = command("search", _search, "Find tasks, documents and agencies by words or names, simplified or traditional.")
    sub.add_argument("words", nargs="+", metavar="WORD", help="all of them must be there; 例 执法公示")
    sub.add_argument("--kind", choices=("agency", "document", "task"), help="only hits of this kind")
    sub.add_argument("--place", metavar="PLACE", help="only of this place and those below it, by code or name; 例 长治市")
    sub.add_argument("--limit", type=int, default=20, help="most hits to return [default 20]")
    sub.add_argument("--format", choices=("table", "json", "csv"), default="table")

    sub = command("serve", _serve, "Serve the HTTP API until Ctrl-C.")
    sub.add_argument("--host", default="127.0.0.1", help="address to listen on; others than loopback need KG_API_KEY")
    sub.add_argument("--port", type=int, default=8000)

    _add_browser(command("browser", _browser, "Serve Neo4j Browser a style, a guide and queries, and say how to load them."))

    sub = command("mcp", _mcp, "Serve the canned queries to an agent as MCP tools, on stdin and stdout until it closes them.")
    sub.add_argument("--http", action="store_true", help="serve HTTP at http://127.0.0.1:PORT/mcp instead, until Ctrl-C")
    sub.add_argument("--port", type=int, default=8001)
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
    from loaders.names.surfaces import answer, place_code

    place = place_code(arguments.place) if arguments.place else None
    names = [*arguments.names, *(_lines(arguments.file) if arguments.file else ())]
    if not names:
        raise BadParameter("no name is given", "say kg resolve NAME…, or --file FILE with a name a line")
    corrections = base.corrections(_settings())
    answers = [_corrected(answer(name, place, arguments.year), place, corrections).as_json() for name in names]
    if arguments.format == "json":
        for line in answers:
            print(json.dumps(line, ensure_ascii=False))
    else:
        _print_table(tuple(answers[0]), answers, ("surface", "name", "id", "level", "kind", "evidence"))
    return 0


def _corrected(given: Answer, place: str | None, corrections: Corrections) -> Answer:
    """The answer after people's merges and splits."""
    from kg.decide.identify import identify

    found = identify(corrections, given.agency, (given.surface,), None if place == NATION else place)
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
    from kg.graph import loading as graph

    files, corrections = list(base.files(arguments.paths)), base.corrections(_settings())
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
    from kg.decide.audit import audit

    if corrections.entries:
        findings = audit(store, corrections, frozenset({"correction"}))
        unmet = sum(finding.document_id is None for finding in findings)
        if unmet:
            print(f"{unmet} corrections met nothing here; `kg audit --check correction` lists them", file=sys.stderr)


def _remove(arguments: argparse.Namespace) -> int:
    from kg.graph import loading as graph

    with _base() as (store, sources):
        print("removed", graph.remove(store, sources, arguments.document))
    return 0


def _rebuild(_: argparse.Namespace) -> int:
    from kg.graph import loading as graph

    kept, corrections = len(graph.kept(_sources(_settings()))), base.corrections(_settings())
    with _workers(kept) as workers, _base() as (store, sources):
        results = graph.rebuild(store, sources, extract, rules_version(), corrections=corrections, workers=workers)
        code = _report(results, kept)
        _print_unmet(store, corrections)
        return code


def _reset(arguments: argparse.Namespace) -> int:
    from kg.graph import loading as graph

    if not arguments.yes:
        raise BadSettings(f"this empties the store and {_sources(_settings())}", "say --yes if you mean it")
    with _base() as (store, sources):
        graph.reset(store, sources)
    print("the store is empty")
    return 0


def _status(_: argparse.Namespace) -> int:
    from kg.graph import loading as graph

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
    from kg.engine.store import open_store

    settings = _settings()
    with open_store(settings, serve=serve) as store:
        store.ensure_schema()
        yield store, _sources(settings)


# ---- corrections and audit ------------------------------------------------------------------------------------------


def _add_correct(parser: argparse.ArgumentParser) -> None:
    """One subcommand a form of entry; its options are the entry's fields."""
    parser.add_argument("change", choices=("merge", "split", "place", "add", "delete", "role", "deadline", "task"))
    parser.add_argument("options", nargs=argparse.REMAINDER, help="kg correct merge --help says what it takes")


def _correct(arguments: argparse.Namespace) -> int:
    from filelock import FileLock

    from kg.decide.file import append, forms, make
    from kg.decide.preview import preview
    from loaders.names.surfaces import place_code

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
    held = base.corrections(settings)
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
    from kg.decide.audit import CHECKS, COLUMNS, audit

    checks = frozenset(arguments.check) if arguments.check else None
    if unknown := sorted((checks or frozenset()) - CHECKS.keys()):
        raise BadParameter(f"there is no check {', '.join(unknown)}", "choose from the candidates", tuple(CHECKS))
    corrections = base.corrections(_settings())
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
    from kg.ask.queries import load_queries

    return load_queries()


def _queries(_: argparse.Namespace) -> int:
    for query in _catalogue().values():
        print(f"{query.name}\n    {query.answers}\n    {query.command}")
    return 0


def _query(words: Sequence[str]) -> int:
    """Its options come from the header of the query that the first word names."""
    from kg.ask.queries import DEFAULT_LIMIT

    catalogue = _catalogue()
    if not words or words[0] in ("-h", "--help"):
        print("usage: kg query NAME [--parameter VALUE …] [--format FORM] [--output FILE] [--columns A,B] [--limit N]\n")
        return _queries(argparse.Namespace())
    query = catalogue[words[0]]
    options = vars(_query_parser(query, DEFAULT_LIMIT).parse_args(words[1:]))
    only, output = options.pop("columns"), options.pop("output")
    form, limit = _form(options.pop("format"), output), options.pop("limit")
    given = {name: value for name, value in options.items() if value is not None}
    names = tuple(column.name for column in query.columns)
    if unknown := set(only or ()) - set(names):
        raise BadParameter(f"there is no column {', '.join(sorted(unknown))}", "choose from the candidates", names)
    query.check(given)  # before the engine starts, which takes longer
    if form != "table":
        return _write_answer(query, given, form, output, limit=limit, only=only)
    limit = DEFAULT_LIMIT if limit is None else limit
    with _base() as (store, _):
        answer = query.run(store, given, limit)
    _print_table(answer.columns, answer.rows, only)
    print(f"{len(answer.rows)} rows{f', more were left out: give --limit over {limit}' if answer.truncated else ''}")
    return 0


def _ledger(words: Sequence[str]) -> int:
    """Its options are those of the query ledger, and the file."""
    query = _catalogue()["ledger"]
    parser = _by_header(
        query,
        "kg ledger",
        "Write the 责任清单 as a workbook for a meeting: all tasks, a summary with a chart, a sheet per unit.",
        "kg ledger --place 长治市 --output 责任清单.xlsx",
    )
    parser.add_argument("--all", action="store_true", help="all documents, where nothing else is asked for")
    parser.add_argument("--output", type=Path, required=True, metavar="FILE", help="the file to write; .xlsx is the workbook")
    options = vars(parser.parse_args(words))
    output, everything = options.pop("output"), options.pop("all")
    given = {name: value for name, value in options.items() if value is not None}
    if bool(given) == everything:
        raise BadParameter("of what?", "give --document, --agency or --place, or else --all")
    query.check(given)
    return _write_answer(query, given, _form(None, output), output)


def _form(said: str | None, output: Path | None) -> str:
    """The form that is asked for, by its name or by the ending of the file. Raises BadParameter."""
    from exports.formats import FORMATS

    form = said or (output.suffix.removeprefix(".").lower() if output else "table")
    if output and form not in FORMATS:
        raise BadParameter(f"{output}: {form or 'a file without ending'} is no form of a file", "", tuple(FORMATS))
    if not output and form in ("xlsx", "parquet"):
        raise BadParameter(f"{form} is nothing for a terminal", f"name a file: --output FILE.{form}")
    return form


def _write_answer(
    query: Query,
    given: dict[str, Any],
    form: str,
    output: Path | None,
    *,
    limit: int | None = None,
    only: Sequence[str] | None = None,
) -> int:
    """The answer as a file, or on standard output: all rows, if there is no limit."""
    from exports.formats import FORMATS
    from exports.table import Table

    if limit is not None and limit < 1:
        raise BadParameter(f"limit={limit} is out of range", "give a whole number from 1")
    by_name = {column.name: column for column in query.columns}
    columns = [by_name[name] for name in only] if only else query.columns
    with _base() as (store, _), _written(output) as out:
        bound = query.bind(store, given)
        table = Table(query.name, columns, query.stream(store, bound), bound, limit)
        FORMATS[form].write(table, out)
    if output:
        print(f"{output}: {table.count} rows{', more were left out by --limit' if table.truncated else ''}")
    return 0


@contextlib.contextmanager
def _written(output: Path | None) -> Iterator[BinaryIO]:
    """A file that is there when it is complete, or standard output. Raises BadParameter where it cannot be written."""
    if output is None:
        yield sys.stdout.buffer
        return
    draft = output.with_name(f".{output.name}.{os.getpid()}")
    try:
        with draft.open("w+b") as file:
            yield file
        draft.replace(output)
    except OSError as error:
        raise BadParameter(f"{output}: {error.strerror}", "name a file that may be written") from error
    finally:
        draft.unlink(missing_ok=True)


def _export(arguments: argparse.Namespace) -> int:
    from exports.graphml import write_graphml
    from exports.neo4j_import import write_import
    from exports.node_link import write_node_link
    from kg.graph.elements import nodes, relationships

    output: Path = arguments.output
    if arguments.format == "csv" and output.exists() and (not output.is_dir() or any(output.iterdir())):
        raise BadParameter(f"{output} is no empty folder", "name a new one: the importer would read what else is in it")
    with _base() as (store, _), store.writing():  # nothing changes between one statement and the next
        elements = nodes(store), relationships(store)
        if arguments.format != "csv":
            with _written(output) as out:
                (write_graphml if arguments.format == "graphml" else write_node_link)(*elements, out)
            print(output)
            return 0
        try:
            output.mkdir(parents=True, exist_ok=True)
            command = write_import(*elements, output)
        except OSError as error:
            raise BadParameter(f"{output}: {error.strerror}", "name a folder that may be written") from error
    print(shlex.join(["neo4j-admin", *command]))
    return 0


def _search(arguments: argparse.Namespace) -> int:
    from kg.ask.search import SEARCH

    given = {"q": " ".join(arguments.words), "kind": arguments.kind, "place": arguments.place}
    SEARCH.check(given)  # before the engine starts, which takes longer
    with _base() as (store, _):
        answer = SEARCH.run(store, given, arguments.limit)
    if arguments.format != "table":
        flat = [c.name for c in SEARCH.columns if arguments.format == "json" or not c.type.fields]
        _print_rows(arguments.format, answer.columns, answer.rows, flat, truncated=answer.truncated)
        return 0
    marked = [row | {"snippet": "".join(_marked(s["text"], match=s["match"]) for s in row["segments"])} for row in answer.rows]
    _print_table(answer.columns, marked, ("kind", "name", "number", "document", "snippet"))
    more = f", more were left out: give --limit over {arguments.limit}" if answer.truncated else ""
    print(f"{len(answer.rows)} hits{more}")
    return 0


def _marked(text: str, *, match: bool) -> str:
    """One segment of a snippet, on one line."""
    text = re.sub(r"\s+", " ", text)
    return f"【{text}】" if match else text


def _print_rows(
    form: str, columns: Sequence[str], rows: Sequence[dict[str, Any]], only: Sequence[str] | None = None, *, truncated: bool
) -> None:
    """Rows as a table for people, JSON or CSV."""
    from kg.ask.tables import to_csv

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
    from kg.ask.network import EDGE_COLUMNS, EDGES, NODE_COLUMNS, Networks

    edges = _catalogue()[EDGES]
    parser = _by_header(
        edges,
        "kg network",
        "Who shares tasks with whom: degree, betweenness, communities, bridges. docs/network.md explains them.",
        "kg network --place 长治市",
    )
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
        without = {"id", "place"} if options["by"] == "function" else {"id"}
        _print_table(NODE_COLUMNS, network.nodes, [column for column in NODE_COLUMNS if column not in without])
        print()
        _print_table(EDGE_COLUMNS, network.edges)
        print(f"{len(network.nodes)} nodes, {len(network.edges)} edges, {network.communities} communities")
    return 0


def _calendar(words: Sequence[str]) -> int:
    """Its options are those of the query deadline-board, and the file."""
    from exports import ics
    from kg.ask.queries import MAX_LIMIT

    query = ics.of_one_agency(_catalogue()[ics.BOARD])
    parser = _by_header(
        query,
        "kg calendar",
        "Write one agency's deadlines as an iCalendar file, an event each; recurring duties repeat for a year.",
        "kg calendar --agency 长治市司法局 --output 长治市司法局.ics",
    )
    parser.add_argument("--output", type=Path, metavar="FILE", help="the .ics file to write; standard output if left out")
    options = vars(parser.parse_args(words))
    output: Path | None = options.pop("output")
    query.check(options)  # before the engine starts, which takes longer
    with _base() as (store, _):
        asked = query.bind(store, options)
        made = ics.calendar(query.fetch(store, asked, MAX_LIMIT), asked)
    with _written(output) as out:
        out.write(made)
    if output:
        print(f"{output}: {made.count(b'BEGIN:VEVENT')} events")
    return 0


def _query_parser(query: Query, default_limit: int) -> argparse.ArgumentParser:
    """The options of one query."""
    parser = _by_header(query, f"kg query {query.name}", query.answers, query.command)
    forms = ("table", "csv", "xlsx", "json", "parquet")
    parser.add_argument("--format", choices=forms, help="[default: what the file's ending says, else table]")
    parser.add_argument("--output", type=Path, metavar="FILE", help="the file to write; csv and json go to standard output too")
    parser.add_argument("--columns", type=lambda said: said.split(","), help="only these columns, such as agency,task,quote")
    parser.add_argument("--limit", type=int, help=f"most rows [default {default_limit} of a table, else all]")
    return parser


def _by_header(query: Query, command: str, description: str, example: str) -> argparse.ArgumentParser:
    """A command with an option for each parameter of the query's header."""
    from kg.ask.signature import option

    parser = argparse.ArgumentParser(prog=command, description=description, epilog=f"example: {example}", allow_abbrev=False)
    for p in query.parameters:
        words = f"{p.describe} [{p.type}{'' if p.required or p.default is None else f', default {p.default}'}]".replace(
            "%", "%%"
        )
        parser.add_argument(
            option(p.name), dest=p.name, required=p.required, nargs="+" if p.type.many else None, help=words, metavar="VALUE"
        )
    return parser


def _print_table(columns: Sequence[str], rows: Sequence[dict[str, Any]], only: Sequence[str] | None = None) -> None:
    """A table for people: the columns `only`, else all but ids and those that say nothing; a quote with its span behind it.
    As wide as the terminal, piped as wide as it needs to be."""
    from rich.cells import cell_len
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from kg.ask.tables import cell

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
    from api.upkeep import Keeping

    settings = _settings()
    check_bind(arguments.host, settings.api_key)
    listener = _listen(arguments.host, arguments.port)
    for number in (signal.SIGINT, signal.SIGTERM):  # while the engine starts; uvicorn raises it again once it has shut down
        signal.signal(number, lambda *_: sys.exit(0))
    with listener, _base(serve=True) as (store, sources):
        keeping = Keeping(extract, rules_version(), sources, lambda: base.corrections(settings))
        local = not settings.api_key  # check_bind has seen to it that then nobody else can connect
        app = create_app(store, _catalogue(), extract, settings.api_key, keeping=keeping, upload=settings.upload, local=local)
        host, port = listener.getsockname()[:2]
        where = f"[{host}]" if ":" in host else host
        print(f"serving http://{where}:{port}/ (API: /docs); Ctrl-C ends it", flush=True)
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False, timeout_graceful_shutdown=5))
        server.run(sockets=[listener])
    return 0


def _add_browser(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--output", type=Path, metavar="FOLDER", help="write them there instead")
    parser.add_argument("--port", type=int, default=7475)


def _browser(arguments: argparse.Namespace) -> int:
    from kg.browser import server as browser

    files = browser.files(_catalogue())
    if output := arguments.output:
        try:
            output.mkdir(parents=True, exist_ok=True)
            for name, content in files.items():
                (output / name).write_bytes(content)
        except OSError as error:
            raise BadParameter(f"{output}: {error.strerror}", "name a folder that may be written") from error
        print(f"Onto Neo4j Browser's window drop {output / browser.STYLE}; for saved queries {output / browser.FAVOURITES}.")
        print(f"It takes {browser.GUIDE} from a server only: put it on one, or run kg browser without --output.")
        return 0
    try:
        server = browser.server(files, arguments.port)
    except (OSError, OverflowError) as error:
        hint = "end what uses that port, or choose another: kg browser --port 7476"
        raise BadSettings(f"cannot listen on port {arguments.port}: {error}", hint) from error
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: sys.exit(0))
    with server:
        print(f"{browser.explained(arguments.port)}\nCtrl-C ends this", flush=True)
        server.serve_forever()
    return 0


def _mcp(arguments: argparse.Namespace) -> int:
    if arguments.http:
        return _mcp_http(arguments.port)
    import anyio

    from kg.mcp.server import create_server, serve_stdio

    with _base(serve=True) as (store, _):

        def end(*_: object) -> None:  # an ordinary exit would wait for the thread that reads stdin
            store.close()
            os._exit(0)

        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, end)
        anyio.run(serve_stdio, create_server(store, _catalogue()))
    return 0


def _mcp_http(port: int) -> int:
    """On loopback only, and with KG_API_KEY only for those who have the key."""
    import uvicorn

    from api.access import KeyRequired
    from kg.mcp.server import create_server, http_app

    settings = _settings()
    listener = _listen("127.0.0.1", port)
    for number in (signal.SIGINT, signal.SIGTERM):  # as in _serve
        signal.signal(number, lambda *_: sys.exit(0))
    with listener, _base(serve=True) as (store, _):
        app = http_app(create_server(store, _catalogue()))
        if settings.api_key:
            app = KeyRequired(app, settings.api_key)
        print(f"serving MCP at http://127.0.0.1:{listener.getsockname()[1]}/mcp; Ctrl-C ends it", flush=True)
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


_BY_HEADER: Final = {"query": _query, "ledger": _ledger, "network": _network, "calendar": _calendar}
"""Commands whose options come from the header of a query."""
