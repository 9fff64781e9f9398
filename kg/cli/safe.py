"""What keeps a base safe: `kg check`, `backup`, `restore`."""

from __future__ import annotations

import argparse
from pathlib import Path

from kg import atomic
from kg.cli.command import CommandParser, library, settings
from kg.cli.keep import read_kept
from kg.cli.output import say
from kg.errors import BadParameter
from kg.library import Library


def check(parser: CommandParser) -> None:
    parser.add_argument("--files", action="store_true", help="read the kept files once more, and compare: as long as a rebuild")
    parser.set_defaults(run=_check)


def backup(parser: CommandParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE.zip")
    parser.set_defaults(run=_backup)


def restore(parser: CommandParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE.zip")
    parser.set_defaults(run=_restore)


def _check(arguments: argparse.Namespace) -> int:
    with Library.at(settings(), even_damaged=True) as base:
        damage = base.check(files=arguments.files)
        guest, held = base.store.attached, base.status()
    for what, hint in damage:
        say(f"damaged: {what}", f"         {hint}", err=True)
    if guest:
        say("the engine's own check was left out: end `kg serve` for it")
    if damage:
        say(f"{len(damage)} findings", err=True)
        return 65
    say(f"no damage: {held.documents} documents, {held.tasks} tasks, {held.assignments} assignments, every quote and kept file")
    return 0


def _backup(arguments: argparse.Namespace) -> int:
    with library() as base:
        try:
            count = base.backup(arguments.file)
        except OSError as error:
            raise BadParameter(f"{arguments.file}: {error.strerror}", "name a file that may be written") from error
        unkept = base.status().unkept
    say(f"{arguments.file}: {count} files")
    for name in unkept:
        say(f"not in it, for its bytes are not kept here: {name}", err=True)
    return 65 if unkept else 0


def _restore(arguments: argparse.Namespace) -> int:
    """Unpacks, then makes the graph of it."""
    from kg.graph.backup import restore as unpack

    named = settings()
    about = unpack(arguments.file, named.data, {"corrections.yaml": named.corrections_file})
    news = named.data / "news.jsonl"
    known = news.read_bytes() if news.exists() else b""
    say(f"{arguments.file}: of {about['at']}, {len(about['sha256'])} files")
    base = library(brief=False)
    if about["rules"] != base.rules_version():
        say("it was read by other rules than these, which may read its files otherwise", err=True)
    code = read_kept(base)
    atomic.write(news, known)  # what is restored is none
    return code
