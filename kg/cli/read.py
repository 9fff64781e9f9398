"""What needs no store: `kg extract`, `kg resolve`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.cli.command import CommandParser, library
from kg.cli.output import print_json, print_table, say
from kg.errors import BadParameter, KgError, UnreadableFile
from kg.graph.packages import contents, name_of
from kg.rules import unpack

if TYPE_CHECKING:
    from kg.model import Document, Extraction

_SHOWN: Final = 20  # files of a package that an error names
_MOST_RESIDUE: Final = 12  # unexplained words that the last line of `kg extract` shows


def extract(parser: CommandParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--format", choices=("table", "json"), default="table")
    parser.set_defaults(run=_extract)


def resolve(parser: CommandParser) -> None:
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--file", metavar="FILE", help="read names from FILE, one a line; - is standard input")
    parser.add_argument("--place", metavar="PLACE", help="the place that the names are read at, by code or name; 例 长治市")
    parser.add_argument("--year", type=int, metavar="YEAR", help="say what the agency was called in that year")
    parser.add_argument("--format", choices=("table", "json"), default="table")
    parser.set_defaults(run=_resolve)


def _extract(arguments: argparse.Namespace) -> int:
    path: Path = arguments.file
    with library() as base:
        extraction = base.extract(*_one_file(path))
    if arguments.format == "json":
        print_json(extraction.as_json())
    else:
        _print_extraction(extraction)
    return 0


def _one_file(path: Path) -> tuple[bytes, str]:
    """The bytes and the name of the file that `path` names; 包.zip/附件1.docx names a file in a package, and a package that
    holds a single file names that. Raises UnreadableFile, where more than one may be meant with their paths."""
    file = next((place for place in (path, *path.parents) if place.is_file()), path)
    held: list[str] = []
    chosen: tuple[Path, bytes | KgError] | None = None
    for place, content in contents(file, unpack):
        held.append(str(place))
        if place == path or (path == file and len(held) == 1):
            chosen = place, content
    if chosen is None or (path == file and len(held) > 1):
        what = f"it holds {len(held)} files" if path == file else f"there is no such file in {file}"
        shown = (*held[:_SHOWN], "…") if len(held) > _SHOWN else tuple(held)
        raise UnreadableFile(f"{path}: {what}", "name one of them, or kg load them all", shown)
    place, content = chosen
    if isinstance(content, KgError):
        raise content
    return content, name_of(place)


def _print_extraction(extraction: Extraction) -> None:
    from kg.words.zh import word

    for document in extraction.documents:
        say(document.title, f"{document.doc_number or '(no 文号)'}  {document.issued_on or ''}  {document.id}")
        if not document.certain:
            say("(nothing in the text says for certain what document this is)")
        elif "place" in document.inferred:
            say("(the place is inferred from those that the text names)")
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
                f"LEADS {word('role', 'LEADS')}": by_task.get(task.id, {}).get("LEADS", []),
                f"PARTICIPATES {word('role', 'PARTICIPATES')}": by_task.get(task.id, {}).get("PARTICIPATES", []),
                "deadlines": due.get(task.id, []),
            }
            for task in document.tasks
        ]
        print_table(tuple(rows[0]) if rows else (), rows)
        for label, values in (
            ("principles", [p.text for p in document.principles]),
            ("deadlines of the document", due.get(None, [])),
            ("cites", [c.title or c.doc_number or "" for c in document.citations]),
        ):
            if values:
                say(f"{label}: {'; '.join(values)}")
        say(_residue(document))
        say()


def _residue(document: Document) -> str:
    """How much of a document gave no fact, and what of it nothing explains."""
    mentions = sum(left.kind == "mention" for left in document.residue)
    others = len(document.residue) - mentions
    line = f"residue: {mentions} mentions{f' and {others} others' if others else ''}, {document.unexplained} unexplained"
    shown = [f"{left.kind} {left.surface}" for left in document.residue if left.reason is None]
    more = ["…"] if len(shown) > _MOST_RESIDUE else []
    return f"{line} ({'; '.join(shown[:_MOST_RESIDUE] + more)})" if shown else line


def _resolve(arguments: argparse.Namespace) -> int:
    from loaders.names.surfaces import place_code

    place = place_code(arguments.place) if arguments.place else None
    names = [*arguments.names, *(_lines(arguments.file) if arguments.file else ())]
    if not names:
        raise BadParameter("no name is given", "say kg resolve NAME…, or --file FILE with a name a line")
    answers = [answer.as_json() for answer in library().resolve(*names, place=place, year=arguments.year)]
    if arguments.format == "json":
        for line in answers:
            print_json(line)
    else:
        print_table(tuple(answers[0]), answers, ("surface", "name", "id", "level", "kind", "evidence"))
    return 0


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
