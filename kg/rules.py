"""The rules of loaders/, as a library needs them: which files they read, how they read a file, a package and a name, and which
rules they are. No other room of kg but the commands asks them anything.

What takes long to import is imported by what needs it, as in kg/cli.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace as with_changes
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.errors import BadSettings, KgError
from kg.folders import Found, walk

if TYPE_CHECKING:
    from kg.decide.entries import Corrections
    from kg.model import Agency, Place
    from loaders.names import surfaces

SUFFIXES: Final = frozenset(
    {
        *(".txt", ".md", ".markdown", ".html", ".htm", ".shtml", ".xhtml", ".mht", ".mhtml", ".pdf", ".ofd", ".zip", ".eml"),
        *(".docx", ".doc", ".wps", ".xlsx", ".xlsm", ".xls", ".et", ".csv", ".tsv"),
        *(".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp"),
    }
)
"""Endings of the files that a folder is searched for."""

EXTRACT: Final = "loaders.extract:extract"
"""What reads a file, for kg.apart."""


def files(paths: Iterable[Path]) -> Found:
    """Files as named, and those of folders that have one of our endings, with what else lies there (kg.folders). Raises
    UnreadableFile for a path that is not there."""
    return walk(paths, SUFFIXES)


def unpack(data: bytes, name: str) -> Iterator[tuple[str, bytes | KgError]] | None:
    """The files in a package (kg.graph.packages.Unpack)."""
    from loaders.read import is_package

    if not is_package(data, name):
        return None
    from loaders.packages import members

    return members(data, name)


def version() -> str:
    """Of the rules, as they were when this process first asked."""
    from loaders.version import rules_version

    return rules_version()


def stay() -> None:
    """The rules are those of now, whatever becomes of their files."""
    import loaders.names.surfaces  # noqa: F401

    version()


def check() -> None:
    """Raises BadSettings where their files have changed, which others would read by from now on."""
    from loaders.version import current_version

    if current_version() != version():
        raise BadSettings("the rules have changed since this was started", "end it and start it again, then kg rebuild")


def named(name: str, place: str | None, document: str) -> tuple[Agency, tuple[Place, ...]]:
    """How the rules understand a name in a correction (kg.decide.entries.Named)."""
    from loaders.names.agencies import NATION, Scope, places, resolve
    from loaders.names.collectives import COLLECTIVE

    scope = Scope(document, NATION if place == "-" else place)
    agency = resolve(name, scope, bool(COLLECTIVE.search(name)))
    return agency, places([agency.place] if agency.place else [])


def resolve(names: Iterable[str], place: str | None, year: int | None, corrections: Corrections) -> list[surfaces.Answer]:
    """Which agency each name means, as kg.library.Library.resolve says it."""
    from loaders.names.surfaces import answer, place_code

    code = place_code(place) if place else None
    return [_corrected(answer(name, code, year), code, corrections) for name in names]


def _corrected(given: surfaces.Answer, place: str | None, corrections: Corrections) -> surfaces.Answer:
    """The answer after people's merges and splits."""
    from kg.decide.identify import identify
    from loaders.names.agencies import NATION

    identity = identify(corrections, given.agency, (given.surface,), None if place == NATION else place)
    if identity.problem or identity.agency == given.agency:
        return given
    why = "; ".join(entry.label for entry in identity.entries)
    evidence = f"corrected: {why}; by the rules {given.agency.id}, {given.evidence}"
    return with_changes(given, agency=identity.agency, evidence=evidence)
