"""What people decide: `kg correct`, `kg audit`."""

from __future__ import annotations

import argparse
import datetime
from dataclasses import asdict

from kg.cli.command import CommandParser, library, settings
from kg.cli.output import print_rows, say
from kg.errors import BadParameter
from kg.library import Library


def correct(parser: CommandParser) -> None:
    """One form a kind of entry; its options are the entry's fields."""
    parser.add_argument("change", choices=("merge", "split", "place", "add", "delete", "role", "deadline", "task"))
    parser.add_argument("options", nargs=argparse.REMAINDER, help="kg correct merge --help says what it takes")
    parser.set_defaults(run=_correct)


def audit(parser: CommandParser) -> None:
    parser.add_argument("--check", nargs="+", metavar="NAME", help="only these checks, such as duplicate unresolved")
    parser.add_argument("--format", choices=("table", "json", "csv"), default="table")
    parser.set_defaults(run=_audit)


def _correct(arguments: argparse.Namespace) -> int:
    from filelock import FileLock

    from kg.decide.file import append, forms, make
    from loaders.names.agencies import NATION
    from loaders.names.surfaces import place_code

    model = forms()[arguments.change]
    parser = argparse.ArgumentParser(prog=f"kg correct {arguments.change}", description=model.__doc__, allow_abbrev=False)
    for name, about in model.model_fields.items():
        if name != "change":
            parser.add_argument(f"--{name}", required=about.is_required() and name != "date", metavar="VALUE")
    parser.add_argument("--no-check", action="store_true", help="write it even if nothing held here matches")
    given = vars(parser.parse_args(arguments.options))
    unchecked = given.pop("no_check")
    given["date"] = given["date"] or datetime.date.today().isoformat()
    if given.get("place"):
        code = place_code(given["place"])
        given["place"] = "-" if code == NATION else code
    entry = make(change=arguments.change, **given)

    named = settings()
    changes: dict[str, list[str]] = {}
    with Library.at(named) as base:
        if unchecked:
            base.corrections()  # what is wrong with the file is given before it is written to
        else:
            previewed = base.preview(entry)
            entry, changes = previewed.entry, previewed.changes
    named.data.mkdir(parents=True, exist_ok=True)
    with FileLock(named.data / "corrections.lock"):
        append(named.corrections_file, entry)
    base.acts.note("correct", getattr(entry, "document", None), entry.change)
    for document, lines in changes.items():
        say(document, *(f"  {line}" for line in lines))
    say(f"written to {named.corrections_file}; `kg rebuild` applies it, and so does every later `kg load` of the file")
    return 0


def _audit(arguments: argparse.Namespace) -> int:
    from kg.decide.audit import CHECKS, COLUMNS

    checks = frozenset(arguments.check) if arguments.check else None
    if unknown := sorted((checks or frozenset()) - CHECKS.keys()):
        raise BadParameter(f"there is no check {', '.join(unknown)}", "choose from the candidates", tuple(CHECKS))
    with library() as base:
        findings = base.findings(checks)
    if arguments.format == "table":
        for finding in findings:
            say(*f"{finding}\n".split("\n"))  # a table's narrow columns would break the commands, which are there to be pasted
        say(f"{len(findings)} findings")
    else:
        print_rows(arguments.format, COLUMNS, [asdict(finding) for finding in findings], truncated=False)
    return 0
