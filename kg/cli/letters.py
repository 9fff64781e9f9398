"""Letters as Word documents: `kg notice`, `bulletin`, `templates`."""

from __future__ import annotations

import argparse
import shutil
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from kg.cli.ask import add_header, catalogue, given_of
from kg.cli.command import CommandParser, library
from kg.cli.output import say, written
from kg.errors import BadParameter, KgError

if TYPE_CHECKING:
    from exports.letters import Kind


def notice(parser: CommandParser) -> None:
    from exports.letters import notice_query

    what = "Write a 督办通知单: what one unit has to do, with whom, by when, and the sentence that says so."
    add_header(parser, notice_query(catalogue()), what, "kg notice --agency 长治市司法局 --sender 市政府督查室")
    _add(parser, "notice")


def bulletin(parser: CommandParser) -> None:
    from exports.letters import bulletin_query

    what = "Write a 通报: how far each unit has come, what is done and what is late."
    add_header(parser, bulletin_query(catalogue()), what, "kg bulletin --place 长治市 --output 通报.docx")
    _add(parser, "bulletin")


def _add(parser: CommandParser, kind: Kind) -> None:
    parser.add_argument("--sender", default="", metavar="NAME", help="who sends it (发文单位)")
    parser.add_argument("--contact", default="", metavar="WHO", help="whom to ask (联系人), by name and telephone")
    parser.add_argument("--output", type=Path, metavar="FILE", help="the .docx to write [default: named by what it holds]")
    parser.set_defaults(run=partial(_write, kind))


def _write(kind: Kind, arguments: argparse.Namespace) -> int:
    from exports import letters

    make, query = (letters.notice, letters.notice_query) if kind == "notice" else (letters.bulletin, letters.bulletin_query)
    asked = query(catalogue())
    given = given_of(asked, arguments)
    asked.check(given)  # before the engine starts, which takes longer
    output: Path | None = arguments.output
    if output and output.suffix.lower() != ".docx":
        raise BadParameter(f"{output}: a letter is a Word document", "name a file that ends in .docx")
    with library() as base:
        sent = {"sender": arguments.sender, "contact": arguments.contact}
        letter = make(base.queries(), base.store, given, base.templates, **sent)
    output = output or Path(letter.name)
    with written(output) as out:
        out.write(letter.data)
    say(str(output))
    return 0


def templates(parser: CommandParser) -> None:
    parser.add_argument("--write", action="store_true", help="write ours into KG_DATA/templates, where they are edited")
    parser.set_defaults(run=_templates)


def _templates(arguments: argparse.Namespace) -> int:
    """Says which template each letter is made from, and whether it can be filled in; 65 where one cannot."""
    from exports import letters

    own, wrong = library().templates, 0
    kinds: tuple[Kind, ...] = get_args(letters.Kind)
    for kind in kinds:
        if arguments.write and not (own / letters.name_of(kind)).exists():  # what a clerk has made is never written over
            own.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(letters.template(kind), own / letters.name_of(kind))
        file = letters.template(kind, own)
        try:
            letters.check(kind, file)
            say(f"{file}: in order")
        except KgError as error:
            wrong += 1
            say(*f"{file}: {error}".split("\n"))
            say(*(f"    {{{{ {name} }}}}" for name in error.candidates))
    return 65 if wrong else 0
