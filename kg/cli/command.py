"""What every command begins with: its parser, and the library that the settings name."""

from __future__ import annotations

import argparse
import datetime
import os
import time
from collections.abc import Callable, Sequence
from typing import Final

from kg import atomic
from kg.cli.output import say
from kg.days import written
from kg.library import Library
from kg.settings import Settings

_APART: Final = 5.0  # seconds between two lines that say how far recognition has come


class CommandParser(argparse.ArgumentParser):
    """The parser of one command. Its options are declared when the command is chosen, so that no command pays for another's.

    `words` stand behind the command; what declares the options may take some off, such as the name of a query. `strict`: an
    unknown option is answered by the usage of this command, else by that of all.
    """

    words: list[str]
    strict = False

    def __init__(self, *, declare: Callable[[CommandParser], None], **settings: object) -> None:
        super().__init__(**settings)  # type: ignore[arg-type]
        self._declare = declare

    def parse_known_args(  # type: ignore[override] # of its overloads the one that subparsers are called by
        self, args: Sequence[str], namespace: None = None
    ) -> tuple[argparse.Namespace, list[str]]:
        """Declares the options, then reads them."""
        self.words = list(args)
        self._declare(self)
        arguments, unknown = super().parse_known_args(self.words, namespace)
        if unknown and self.strict:
            self.error(f"unrecognized arguments: {' '.join(unknown)}")
        return arguments, unknown


def day(said: str) -> datetime.date:
    """The day that an option names."""
    try:
        return written(said)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def settings() -> Settings:
    """Those of the environment; what is made from now on is the user's own (kg.atomic). Raises BadSettings."""
    atomic.keep_private()
    return Settings.from_environment(os.environ)


def library(*, serve: bool = False, brief: bool = True) -> Library:
    """The library of these settings, for `brief` commands unless they say otherwise. Raises BadSettings."""
    return Library.at(settings(), serve=serve, brief=brief and not serve, on_page=None if serve else Pages())


class Pages:
    """Says on stderr how far text recognition has come (kg.apart.readers.OnPage), where it takes long."""

    def __init__(self) -> None:
        self._said = time.monotonic()

    def __call__(self, name: str, done: int, pages: int) -> None:
        if time.monotonic() - self._said >= _APART:
            self._said = time.monotonic()
            say(f"{name}: {done} of {pages} pages recognised", err=True, flush=True)
