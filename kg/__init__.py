"""Who must do what: Chinese government documents as a graph. `kg.open()` is the door for notebooks; docs/python.md shows it.

Importing this package does no work: what a base needs is imported when one is opened.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from kg.library import Library


def open(path_or_uri: str | Path | None = None, *, user: str | None = None, password: str | None = None) -> Library:  # noqa: A001
    """Opens a base: that of the `kg` command (the KG_ variables), or that in a folder, which is made where there is none, or a
    Neo4j given as bolt://… or neo4j://…, where `user` and `password` stand in for KG_USER and KG_PASSWORD.

    Close it, or use it in a with statement. Raises BadSettings, EngineUnavailable, StoreLocked (kg.errors).
    """
    from kg.library import Library, settings_for  # noqa: PLC0415

    return Library.at(settings_for(path_or_uri, user, password)).open()
