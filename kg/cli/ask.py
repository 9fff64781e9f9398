"""What is asked: `kg queries`, `query`, `ledger`, `search`, `network`, `calendar`."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.cli.command import CommandParser, library
from kg.cli.output import print_json, print_rows, print_table, say, written
from kg.errors import BadParameter

if TYPE_CHECKING:
    from kg.ask.queries import Catalogue, Query
    from kg.ask.reviewed import Reviewed


def queries(parser: CommandParser) -> None:
    parser.set_defaults(run=_print_queries)


def catalogue() -> Catalogue:
    from kg.ask.queries import load_queries

    return load_queries()


def _print_queries(_: argparse.Namespace) -> int:
    for query in catalogue().values():
        say(query.name, f"    {query.answers}", f"    {query.command}")
    return 0


# Commands whose options come from the header of a query


def query(parser: CommandParser) -> None:
    """The first word names the query."""
    from kg.ask.queries import DEFAULT_LIMIT

    if not parser.words or parser.words[0] in ("-h", "--help"):
        parser.words = []
        parser.set_defaults(run=_explain_query)
        return
    asked = catalogue()[parser.words.pop(0)]
    parser.prog = f"kg query {asked.name}"
    add_header(parser, asked, asked.answers, asked.command)
    from exports.formats import forms

    parser.add_argument(
        "--format", choices=("table", *forms(asked.name)), help="[default: what the file's ending says, else table]"
    )
    parser.add_argument("--output", type=Path, metavar="FILE", help="the file to write; csv and json go to standard output too")
    parser.add_argument("--chinese", action="store_true", help="of csv: headings and words in Chinese, as in a workbook")
    parser.add_argument("--columns", type=lambda names: names.split(","), help="only these columns, such as agency,task,quote")
    parser.add_argument("--limit", type=int, help=f"most rows [default {DEFAULT_LIMIT} of a table, else all]")
    parser.set_defaults(run=partial(_query, asked))


def ledger(parser: CommandParser) -> None:
    asked = catalogue()["ledger"]
    add_header(
        parser,
        asked,
        "Write the 责任清单 for a meeting: a workbook with a summary and a sheet per unit, or a Word document to print.",
        "kg ledger --place 长治市 --output 责任清单.xlsx",
    )
    parser.add_argument("--all", action="store_true", help="all documents, where nothing else is asked for")
    parser.add_argument("--output", type=Path, required=True, metavar="FILE", help="the file to write, .xlsx or .docx")
    parser.set_defaults(run=partial(_ledger, asked))


def network(parser: CommandParser) -> None:
    from kg.ask.network import EDGES

    edges = catalogue()[EDGES]
    add_header(
        parser,
        edges,
        "Who shares tasks with whom: degree, betweenness, communities, bridges. docs/network.md explains them.",
        "kg network --place 长治市",
    )
    parser.add_argument("--format", choices=("table", "json", "graphml"), default="table")
    parser.set_defaults(run=partial(_network, edges))


def calendar(parser: CommandParser) -> None:
    from exports import ics

    asked = ics.of_any(catalogue()[ics.BOARD], "calendar", "/calendar.ics")
    add_header(
        parser,
        asked,
        "Write the deadlines of a unit, a place or a line of work as an iCalendar file; recurring duties repeat for a year.",
        "kg calendar --agency 长治市司法局 --output 长治市司法局.ics",
    )
    parser.add_argument("--output", type=Path, metavar="FILE", help="the .ics file to write; standard output if left out")
    parser.set_defaults(run=partial(_calendar, asked))


def add_header(parser: CommandParser, query: Query, description: str, example: str) -> None:
    """An option for each parameter of the query's header."""
    from kg.ask.signature import option

    parser.description, parser.epilog = description, f"example: {example}"
    parser.allow_abbrev, parser.strict = False, True
    for p in query.parameters:
        words = f"{p.describe} [{p.type}{'' if p.required or p.default is None else f', default {p.default}'}]".replace(
            "%", "%%"
        )
        parser.add_argument(
            option(p.name), dest=p.name, required=p.required, nargs="+" if p.type.many else None, help=words, metavar="VALUE"
        )


def given_of(query: Query, arguments: argparse.Namespace) -> dict[str, Any]:
    """The parameters of the query that are given."""
    values = {p.name: getattr(arguments, p.name) for p in query.parameters}
    return {name: value for name, value in values.items() if value is not None}


def _explain_query(arguments: argparse.Namespace) -> int:
    say("usage: kg query NAME [--parameter VALUE …] [--format FORM] [--output FILE] [--columns A,B] [--limit N]", "")
    return _print_queries(arguments)


def _query(query: Query, arguments: argparse.Namespace) -> int:
    from kg.ask.queries import DEFAULT_LIMIT
    from kg.ask.reviewed import of_answer

    only: list[str] | None = arguments.columns
    output: Path | None = arguments.output
    form, limit = _form(query, arguments.format, output), arguments.limit
    given = given_of(query, arguments)
    names = tuple(column.name for column in query.columns)
    if unknown := set(only or ()) - set(names):
        raise BadParameter(f"there is no column {', '.join(sorted(unknown))}", "choose from the candidates", names)
    query.check(given)  # before the engine starts, which takes longer
    if arguments.chinese and form != "csv":
        raise BadParameter(f"--chinese is of csv, not of {form}", "xlsx is in Chinese always")
    if form != "table":
        return _write_answer(query, given, form, output, limit=limit, only=only, chinese=arguments.chinese)
    limit = DEFAULT_LIMIT if limit is None else limit
    with library() as base:
        bound = query.bind(base.store, given)
        answer = query.fetch(base.store, bound, limit)
        total = query.count(base.store, bound) if answer.truncated else len(answer.rows)
        share = of_answer(base.store, query, bound, answer.rows)
    print_table(answer.columns, answer.rows, only)
    _say_checked(share)
    say(f"the first {limit} of {total} rows: --limit, or --output, gives more" if answer.truncated else f"{total} rows")
    return 0


def _say_checked(share: Reviewed | None) -> None:
    if share and share.checked:
        say(f"{share.checked} of {share.documents} documents are checked (已核)")


def _ledger(query: Query, arguments: argparse.Namespace) -> int:
    given = given_of(query, arguments)
    if bool(given) == arguments.all:
        raise BadParameter("of what?", "give --document, --place, --agency or --function, or else --all")
    query.check(given)
    return _write_answer(query, given, _form(query, None, arguments.output), arguments.output)


def _form(query: Query, named: str | None, output: Path | None) -> str:
    """The form that is asked for, by its name or by the ending of the file. Raises BadParameter."""
    form = named or (output.suffix.removeprefix(".").lower() if output else "table")
    if output:
        from exports.formats import forms

        if form not in (known := forms(query.name)):
            raise BadParameter(f"{output}: {form or 'a file without ending'} is no form of a file", "", tuple(known))
    if not output and form in ("xlsx", "parquet", "docx"):
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
    chinese: bool = False,
) -> int:
    """The answer as a file, or on standard output: all rows, if there is no limit."""
    from exports.formats import forms
    from exports.table import Table
    from kg.ask.reviewed import reviewed

    if limit is not None and limit < 1:
        raise BadParameter(f"limit={limit} is out of range", "give a whole number from 1")
    by_name = {column.name: column for column in query.columns}
    columns = [by_name[name] for name in only] if only else query.columns
    with library() as base, written(output) as out:
        bound = query.bind(base.store, given)
        table = Table(query.name, columns, query.stream(base.store, bound), bound, limit, chinese=chinese)
        table.named = bound.named
        table.ask_reviewed = partial(reviewed, base.store, query, bound)
        forms(query.name)[form].write(table, out)
        share = table.reviewed
    if output:
        _say_checked(share)
        say(f"{output}: {table.count} rows{', more were left out by --limit' if table.truncated else ''}")
    return 0


def _network(edges: Query, arguments: argparse.Namespace) -> int:
    from kg.ask.network import EDGE_COLUMNS, NODE_COLUMNS

    given = given_of(edges, arguments)
    edges.check(given)  # before the engine starts, which takes longer
    with library() as base:
        network = base.networks.network(given)
    if arguments.format == "json":
        print_json(network.as_json())
    elif arguments.format == "graphml":
        with written(None) as out:
            out.write(network.as_graphml())
    else:
        without = {"id", "place"} if arguments.by == "function" else {"id"}
        print_table(NODE_COLUMNS, network.nodes, [column for column in NODE_COLUMNS if column not in without])
        say()
        print_table(EDGE_COLUMNS, network.edges)
        say(f"{len(network.nodes)} nodes, {len(network.edges)} edges, {network.communities} communities")
    return 0


def _calendar(query: Query, arguments: argparse.Namespace) -> int:
    from exports import ics
    from kg.ask.queries import MAX_LIMIT

    given, output = given_of(query, arguments), arguments.output
    ics.check_whose(given)
    query.check(given)  # before the engine starts, which takes longer
    with library() as base:
        bound = query.bind(base.store, given)
        made = ics.calendar(query.fetch(base.store, bound, MAX_LIMIT), bound, bound.named)
    with written(output) as out:
        out.write(made)
    if output:
        say(f"{output}: {made.count(b'BEGIN:VEVENT')} events")
    return 0


# Search


def search(parser: CommandParser) -> None:
    from kg.ask.hits import KINDS

    parser.add_argument("words", nargs="+", metavar="WORD", help="all of them must be there; 例 执法公示")
    parser.add_argument("--kind", choices=KINDS, help="only hits of this kind")
    parser.add_argument("--place", metavar="PLACE", help="only of this place and those below it, by code or name; 例 长治市")
    parser.add_argument("--limit", type=int, default=20, help="most hits to return [default 20]")
    parser.add_argument("--format", choices=("table", "json", "csv"), default="table")
    parser.add_argument("--facets", action="store_true", help="how many hits there are, by kind, place and year")
    parser.set_defaults(run=_search)


def _search(arguments: argparse.Namespace) -> int:
    from kg.ask.search import FACETS, SEARCH

    query = FACETS if arguments.facets else SEARCH
    given = {"q": " ".join(arguments.words), "kind": arguments.kind, "place": arguments.place}
    SEARCH.check(given)  # before the engine starts, which takes longer
    with library() as base:
        answer = query.run(base.store, given, arguments.limit)
    if arguments.format != "table":
        flat = [c.name for c in query.columns if arguments.format == "json" or not c.type.fields]
        print_rows(arguments.format, answer.columns, answer.rows, flat, truncated=answer.truncated)
        return 0
    if arguments.facets:
        print_table(answer.columns, answer.rows, answer.columns)
        return 0
    marked = [row | {"snippet": "".join(_marked(s["text"], match=s["match"]) for s in row["segments"])} for row in answer.rows]
    print_table(answer.columns, marked, ("kind", "name", "number", "document", "snippet"))
    more = f", more were left out: give --limit over {arguments.limit}" if answer.truncated else ""
    say(f"{answer.rows[0]['total'] if answer.rows else 0} hits{more}")
    return 0


def _marked(text: str, *, match: bool) -> str:
    """One segment of a snippet, on one line."""
    text = re.sub(r"\s+", " ", text)
    return f"【{text}】" if match else text
