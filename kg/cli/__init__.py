"""The command line: `kg COMMAND`. A command is a function of the same name in a module here, which declares its options.

Rooms that take long to import (the database driver, the web framework) are imported by the command that needs them.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from functools import partial
from importlib import import_module
from typing import Final

from kg.cli.command import CommandParser
from kg.cli.output import say
from kg.errors import BadSettings, KgError, disk_full, is_full, outcome

COMMANDS: Final = {
    "extract": ("read", "Print what one file demands; nothing is stored."),
    "resolve": ("read", "Say which agency each name means; no store is needed."),
    "load": ("keep", "Load files, those of folders and those in .zip and .eml files into the store."),
    "correct": ("decide", "Write a correction that lasts: docs/corrections.md shows every form."),
    "review": ("decide", "Say how far a document is checked, sign it, and list what was decided for it."),
    "report": ("progress", "Keep what a unit reports of its task, or of a workbook that it filled in."),
    "audit": ("decide", "List what a person should look at: doubtful agencies, likely duplicates, odd documents."),
    "export": ("write", "Write the whole graph: GraphML for Gephi, CSV for Neo4j's importer, JSON, or Parquet tables."),
    "remove": ("keep", "Remove one document."),
    "rebuild": ("keep", "Extract all kept files again, whole: after new rules, or into another engine."),
    "reset": ("keep", "Empty the store and its kept files."),
    "status": ("keep", "Say what is loaded, by which rules, in which engine."),
    "check": ("safe", "Look for damage: every index, quote and kept file, and what the engine says of itself."),
    "backup": ("safe", "Write all that cannot be read again to one file, also while the base is served."),
    "restore": ("safe", "Make a base of a backup, in either engine."),
    "queries": ("ask", "List the canned queries with an example each."),
    "query": ("ask", "Ask a canned query: kg query NAME --help says what it takes."),
    "ledger": ("ask", "Write the 责任清单 as a workbook for a meeting: kg ledger --help."),
    "network": ("ask", "Measure who shares tasks with whom: kg network --help."),
    "calendar": ("ask", "Write the deadlines of a unit, a place or a line of work as an iCalendar file."),
    "notice": ("letters", "Write a 督办通知单 for one unit as a Word document: kg notice --help."),
    "bulletin": ("letters", "Write a 通报, what is done and what is late, as a Word document: kg bulletin --help."),
    "templates": ("letters", "Check the templates of letters, and write ours to be edited in Word."),
    "feed": ("follow", "Write what is new, changed, near or overdue for a unit, a place or a line of work as an Atom feed."),
    "watch": ("follow", "Load what is put into a folder, until Ctrl-C, and say what it changes for whom."),
    "search": ("ask", "Find tasks, documents and agencies by words or names, simplified or traditional."),
    "key": ("people", "Make, list or remove the keys of those who ask over HTTP, each with a name and a role."),
    "acts": ("people", "List who did what, when, to which document."),
    "serve": ("serve", "Serve the HTTP API until Ctrl-C."),
    "browser": ("serve", "Serve Neo4j Browser a style, a guide and queries, and say how to load them."),
    "mcp": ("serve", "Serve the canned queries to an agent as MCP tools, on stdin and stdout until it closes them."),
}
"""Each command: the module here that it is a function of, and what it does."""


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code: 0, or that of the error's class (kg/errors.py)."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal may know fewer characters
            stream.reconfigure(errors="backslashreplace")
    # The id of a document without a place begins with -, which argparse would take for an option.
    words = [f" {word}" if word.startswith("-:") else word for word in (sys.argv[1:] if argv is None else argv)]
    try:
        arguments = _parser().parse_args(words or ["--help"])
        code: int = arguments.run(arguments)
        return code
    except KgError as error:
        return _refused(error)
    except BrokenPipeError:  # the reader of our output (head, less) has gone
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        if is_full(error):
            return _refused(disk_full(error.filename or "what is written"))
        if error.filename is None:
            raise
        return _refused(BadSettings(f"{error.filename}: {error.strerror}", "see that this user may read and write there"))
    except KeyboardInterrupt:
        return 130


def _refused(error: KgError) -> int:
    say(*f"kg: {error}".split("\n"), err=True)
    return outcome(error).exit_code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kg", description="Who must do what: Chinese government documents as a graph.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=CommandParser)
    for name, (_, purpose) in COMMANDS.items():
        commands.add_parser(name, help=purpose, description=purpose, declare=partial(_declare, name))
    return parser


def _declare(name: str, parser: CommandParser) -> None:
    """The command's own function adds its options, and sets `run` to what runs it."""
    module, _ = COMMANDS[name]
    getattr(import_module(f"kg.cli.{module}"), name)(parser)
