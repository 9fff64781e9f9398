"""The whole graph as files: `kg export`."""

from __future__ import annotations

import argparse
import shlex
from pathlib import Path

from kg import atomic
from kg.cli.command import CommandParser, library
from kg.cli.output import say, written
from kg.errors import BadParameter


def export(parser: CommandParser) -> None:
    parser.add_argument("--format", choices=("graphml", "csv", "json", "parquet"), required=True)
    help_ = "the file to write; for csv and parquet an empty or new folder"
    parser.add_argument("--output", type=Path, required=True, metavar="PATH", help=help_)
    parser.set_defaults(run=_export)


def _export(arguments: argparse.Namespace) -> int:
    from exports.graphml import write_graphml
    from exports.neo4j_import import write_import
    from exports.node_link import write_node_link
    from exports.star import write_star
    from kg.graph.elements import nodes, relationships

    output: Path = arguments.output
    folder = arguments.format in ("csv", "parquet")
    if folder and output.exists() and (not output.is_dir() or any(output.iterdir())):
        raise BadParameter(f"{output} is no empty folder", "name a new one: what else is in it would be read too")
    with library() as base, base.store.writing(), atomic.as_usual():  # nothing changes between one statement and the next
        elements = nodes(base.store), relationships(base.store)
        if not folder:
            with written(output) as out:
                (write_graphml if arguments.format == "graphml" else write_node_link)(*elements, out)
            say(str(output))
            return 0
        try:
            output.mkdir(parents=True, exist_ok=True)
            if arguments.format == "parquet":
                say(*(f"{output / name}.parquet: {rows} rows" for name, rows in write_star(base.store, output).items()))
                return 0
            command = write_import(*elements, output)
        except OSError as error:
            raise BadParameter(f"{output}: {error.strerror}", "name a folder that may be written") from error
    say(shlex.join(["neo4j-admin", *command]))
    return 0
