"""What every command begins with: its parser, and the library that the settings name."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Sequence

from kg.library import Library
from kg.settings import Settings


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


def settings() -> Settings:
    """Those of the environment. Raises BadSettings."""
    return Settings.from_environment(os.environ)


def library(*, serve: bool = False, brief: bool = True) -> Library:
    """The library of these settings, for `brief` commands unless they say otherwise. Raises BadSettings."""
    return Library.at(settings(), serve=serve, brief=brief and not serve)
