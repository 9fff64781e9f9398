"""Who may ask over HTTP, and who did what: `kg key`, `acts`. No store is opened."""

from __future__ import annotations

import argparse

from kg.cli.command import CommandParser, day, settings
from kg.cli.output import print_rows, say
from kg.errors import BadParameter
from kg.library import Library


def key(parser: CommandParser) -> None:
    from kg.people.keys import ROLES

    parser.add_argument("do", choices=("add", "list", "remove"))
    parser.add_argument("name", nargs="?", metavar="NAME", help="of a post rather than of a person, such as 督查室-1")
    parser.add_argument("--role", choices=ROLES, help="with add; each may do what those before it may")
    parser.add_argument(
        "--unit", metavar="UNIT", help="with --role report: the only unit that it reports for, by full name or id"
    )
    parser.add_argument("--replace", action="store_true", help="with add: in place of the key of that name, which ends")
    parser.add_argument("--format", choices=("table", "json", "csv"), default="table")
    parser.set_defaults(run=_key)


def acts(parser: CommandParser) -> None:
    parser.add_argument("--who", metavar="NAME", help="only what was done with the key of this name; owner: on this machine")
    parser.add_argument("--document", metavar="ID", help="only what was done to this document")
    parser.add_argument("--limit", type=int, default=50, metavar="N", help="the last N [default 50]")
    parser.add_argument("--format", choices=("table", "json", "csv"), default="table")
    instead = parser.add_mutually_exclusive_group()
    instead.add_argument("--drop-before", type=day, metavar="DAY", help="drop what was done before that day")
    instead.add_argument("--forget", metavar="NAME", help="write `removed` for a name whose key is removed")
    parser.set_defaults(run=_acts)


def _key(arguments: argparse.Namespace) -> int:
    from kg.people.keys import digest

    base = Library.at(settings())
    name = arguments.name
    if arguments.do == "list":
        rows = [key.model_dump(mode="json", exclude={"sha256"}) for key in base.keys.all()]
        print_rows(arguments.format, ("name", "role", "unit", "made_on"), rows, truncated=False)
        return 0
    if name is None or (arguments.do == "add" and arguments.role is None):
        raise BadParameter(f"kg key {arguments.do} needs more", "kg key add NAME --role ROLE, kg key remove NAME")
    if arguments.do == "remove":
        name = base.keys.remove(name)
        base.acts.note("key", note=f"{name}: removed")
        say(f"removed: {name}; with that key nobody gets in from now on")
        return 0
    made = base.keys.add(name, arguments.role, unit=arguments.unit, replace=arguments.replace)
    person = base.keys.known_by(digest(made))
    unit = person.unit if person else None
    base.acts.note("key", note=f"{name}{f' ({unit})' if unit else ''}: {arguments.role}")
    say(made)
    whose = f" for {unit}" if unit else ""
    say(f"that is the key of {name}, which may {arguments.role}{whose}; it is shown this once", err=True)
    return 0


def _acts(arguments: argparse.Namespace) -> int:
    from kg.people.acts import COLUMNS

    base = Library.at(settings())
    if arguments.drop_before:
        say(f"{base.acts.drop_before(arguments.drop_before)} acts dropped")
    elif arguments.forget:
        if arguments.forget in {key.name for key in base.keys.all()}:
            raise BadParameter(f"there is a key {arguments.forget}", "first kg key remove it, or what it does is noted again")
        say(f"{base.acts.forget(arguments.forget)} acts changed")
    else:
        rows = base.acts.last(arguments.limit, who=arguments.who, document=arguments.document)
        print_rows(arguments.format, COLUMNS, rows, truncated=False)
    return 0
