"""What people decide: `kg correct`, `kg review`, `kg audit`."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict

from kg.cli.command import CommandParser, library, settings
from kg.cli.output import print_rows, say
from kg.days import today
from kg.errors import BadParameter
from kg.library import Library


def correct(parser: CommandParser) -> None:
    """One form a kind of entry; its options are the entry's fields."""
    of_facts = ("add", "delete", "role", "unit", "deadline", "task", "new-task", "principle", "citation", "confirm", "aside")
    parser.add_argument("change", choices=("merge", "split", "place", *of_facts, "undo"))
    parser.add_argument("options", nargs=argparse.REMAINDER, help="kg correct merge --help says what it takes")
    parser.set_defaults(run=_correct)


def review(parser: CommandParser) -> None:
    from kg.decide.reviews import STATES

    parser.epilog = "example: kg review 长政办发〔2022〕14号 --state checked --by 王"
    parser.add_argument("document", metavar="DOCUMENT", help="its id, 文号 or exact title")
    parser.add_argument("--state", choices=STATES, help="checked (已核) signs the facts as they are now; checking (核对中)")
    parser.add_argument("--by", metavar="NAME", help="who says so")
    parser.add_argument("--format", choices=("table", "json"), default="table")
    parser.set_defaults(run=_review)


def audit(parser: CommandParser) -> None:
    parser.add_argument("--check", nargs="+", metavar="NAME", help="only these checks, such as duplicate unresolved")
    parser.add_argument("--format", choices=("table", "json", "csv"), default="table")
    parser.set_defaults(run=_audit)


def _correct(arguments: argparse.Namespace) -> int:
    from kg.decide.file import forms, make
    from loaders.names.agencies import NATION
    from loaders.names.surfaces import place_code

    if arguments.change == "undo":
        return _undo(arguments.options)
    model = forms()[arguments.change]
    parser = argparse.ArgumentParser(prog=f"kg correct {arguments.change}", description=model.__doc__, allow_abbrev=False)
    for name, about in model.model_fields.items():
        if name != "change":
            parser.add_argument(f"--{name}", required=about.is_required() and name != "date", metavar="VALUE")
    parser.add_argument("--no-check", action="store_true", help="write it even if nothing held here matches")
    given = vars(parser.parse_args(arguments.options))
    unchecked = given.pop("no_check")
    given["date"] = given["date"] or today().isoformat()
    if given.get("place"):
        code = place_code(given["place"])
        given["place"] = "-" if code == NATION else code
    entry = make(change=arguments.change, **given)

    named = settings()
    with Library.at(named) as base:
        if unchecked:
            base.decisions.keep_unchecked(entry)
            say(f"written to {named.corrections_file}; `kg load` of the file applies it")
            return 0
        kept = base.decisions.keep(entry)
    for document, changes in kept.changes.items():
        say(document, *(f"  {change.sign} {change.fact.line(document)}" for change in changes))
    say(f"written to {named.corrections_file} and applied; `kg correct undo {kept.entry.id}` takes it back")
    return 0


def _undo(options: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="kg correct undo", description="Takes a decision back.", allow_abbrev=False)
    parser.add_argument("id", help="`kg review DOCUMENT` lists them")
    with library() as base:
        entry = base.decisions.undo(parser.parse_args(options).id)
    say(f"taken back: {entry.label}")
    return 0


def _review(arguments: argparse.Namespace) -> int:
    from kg.words.zh import word

    with library() as base:
        if arguments.state:
            desk = base.decisions.review(arguments.document, arguments.state, by=arguments.by)
        else:
            desk = base.decisions.of(arguments.document)
    if arguments.format == "json":
        say(json.dumps(desk.as_json(), ensure_ascii=False))
        return 0
    said = ", ".join(filter(None, (desk.reviewed_by, desk.reviewed_on)))
    lines = [f"{desk.document_id}: {word('review', desk.review)} {desk.review}{f' ({said})' if said else ''}"]
    lines += [f"  {' '.join(line.split())}" for line in desk.review_changes]
    lines.append(f"  to be decided: {desk.doubtful} doubtful facts, {desk.unexplained} unexplained sentences")
    for decision in desk.decisions:
        lines.append(
            f"{decision.entry.id}  {decision.entry.label}{f' NOT APPLIED: {decision.problem}' * bool(decision.problem)}"
        )
    say(*lines)
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
