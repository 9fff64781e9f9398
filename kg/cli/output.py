"""What commands print and write: lines and tables for people, JSON, CSV, files. All that they print leaves by this door, where
words of others lose what would be an order to a terminal."""

from __future__ import annotations

import contextlib
import io
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO, Final

from kg import atomic
from kg.errors import BadParameter
from kg.escaped import escaped, escaped_json

_WIDEST: Final = 44  # terminal columns of the widest cell of a table
_SHORT: Final = 12  # no cell of a column that is no wider is broken
_TITLES: Final = frozenset({"task", "former_task", "other_task"})
_TITLE: Final = 40  # characters of a task's title in a table: some are whole paragraphs, which a file has


def say(*lines: str, err: bool = False, flush: bool = False) -> None:
    """Prints lines for people on standard output, or else on standard error; whatever is in it, each stays one line."""
    print(*map(escaped, lines or ("",)), sep="\n", file=sys.stderr if err else sys.stdout, flush=flush)


def print_json(value: object) -> None:
    """Prints a value on one line."""
    print(escaped_json(json.dumps(value, ensure_ascii=False)))


def print_table(columns: Sequence[str], rows: Sequence[dict[str, Any]], only: Sequence[str] | None = None) -> None:
    """A table for people: the columns `only`, else all but ids and those that say nothing; a quote with its span behind it.
    As wide as the terminal, piped as wide as it needs to be."""
    from rich.cells import cell_len
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from kg.ask.tables import cell

    spanned = {"quote", "start", "end"} <= set(columns)
    cells = [
        {c: f"{row[c]} [{row['start']}:{row['end']}]" if spanned and c == "quote" else _cut(c, cell(row[c])) for c in columns}
        for row in rows
    ]
    hidden = {"start", "end"} if spanned else set()
    shown = only or [
        c
        for c in columns
        if c not in hidden and not c.endswith(("_id", "_code")) and (not rows or any(row[c] for row in cells))
    ]
    table = Table(show_edge=False, pad_edge=False)
    for column in shown:
        short = max((cell_len(row[column]) for row in cells), default=0) <= _SHORT
        table.add_column(column, overflow="fold", max_width=_WIDEST, no_wrap=short)
    for row in cells:
        table.add_row(*(Text(escaped(row[c])) for c in shown))
    needed = sum(min(_WIDEST, max([cell_len(c), *(cell_len(row[c]) for row in cells)])) + 3 for c in shown)
    Console(width=None if sys.stdout.isatty() else max(needed, 80)).print(table)


def _cut(column: str, words: str) -> str:
    return f"{words[:_TITLE]}…" if column in _TITLES and len(words) > _TITLE else words


def print_rows(
    form: str, columns: Sequence[str], rows: Sequence[dict[str, Any]], only: Sequence[str] | None = None, *, truncated: bool
) -> None:
    """Rows as a table for people, JSON or CSV."""
    from kg.ask.tables import to_csv

    shown = only or columns
    if form == "json":
        chosen = [{c: row[c] for c in shown} for row in rows]
        print_json({"columns": shown, "rows": chosen, "truncated": truncated})
    elif form == "csv":
        with written(None) as out:
            out.write(to_csv(shown, rows).encode())
    else:
        print_table(columns, rows, only)


@contextlib.contextmanager
def written(output: Path | None) -> Iterator[BinaryIO]:
    """A file that is there when it is complete, or standard output. Raises BadParameter where it cannot be written."""
    if output is None and sys.stdout.isatty():
        shown = io.BytesIO()
        yield shown
        say(*shown.getvalue().decode("utf-8", "replace").splitlines())
        return
    if output is None:
        sys.stdout.flush()
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    try:
        with atomic.replacing(output) as file:
            yield file
    except OSError as error:
        raise BadParameter(f"{output}: {error.strerror}", "name a file that may be written") from error
