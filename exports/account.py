"""The account of a load as a file: a workbook or a page for people, JSON for programs."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from exports.xlsx import HEADING_STYLE, fitting, width, workbook
from kg import atomic
from kg.words.failures import in_chinese
from kg.words.zh import word

if TYPE_CHECKING:
    from typing import BinaryIO

    from kg.graph.account import Account, Given, Part

FORMS: Final = (".xlsx", ".html", ".json")
COLUMNS: Final = ("file", "outcome", "reason", "document", "tasks", "assignments", "unread", "annexes", "notes")
_WIDEST: Final = 60


def write(account: Account, path: Path) -> None:
    """Writes the account to `path`, in the form that its ending says (FORMS). Raises OSError."""
    with atomic.replacing(path) as out:
        {".xlsx": _xlsx, ".html": _html, ".json": _json}[path.suffix.lower()](account, out)


def _headings() -> tuple[str, ...]:
    return tuple(word("account", column) for column in COLUMNS)


def _rows(account: Account) -> Iterator[tuple[str, ...]]:
    """A row a document, and one for a file that gave none."""
    for line in account.files:
        said = (line.file, word("outcome", line.outcome), in_chinese(line.reason).replace("\n", "；"))
        for given in line.documents:
            yield (*said, *_given(given))
        if not line.documents:
            yield (*said, "", "", "", "", "", "")


def _given(given: Given) -> tuple[str, ...]:
    notes = [word("column", "no_duties")] if given.no_duties else []
    notes += [f"{word('check', 'unexplained')} {given.unexplained} 处"] if given.unexplained else []
    parts, annexes = "；".join(map(_part, given.unread)), "；".join(part.name for part in given.annexes if not part.reason)
    return (given.title or given.id, str(given.tasks), str(given.assignments), parts, annexes, "；".join(notes))


def _part(part: Part) -> str:
    return f"{part.name}（{word('reason', part.reason)}）" if part.reason else part.name


def _xlsx(account: Account, out: BinaryIO) -> None:
    rows, headings = list(_rows(account)), _headings()
    with workbook(out) as book:
        sheet = book.add_worksheet("载入情况")
        for at, name in enumerate(headings):
            cells = [name, *(row[at] for row in rows)]
            sheet.set_column(at, at, min(_WIDEST, max(map(width, cells)) + 2))
        style = book.add_format(HEADING_STYLE)
        for n, row in enumerate([headings, *rows]):
            for at, words in enumerate(row):
                if n and words.isdecimal() and at in (4, 5):
                    sheet.write_number(n, at, int(words))
                elif words:
                    sheet.write_string(n, at, fitting(words), None if n else style)
        sheet.freeze_panes(1, 0)


def _html(account: Account, out: BinaryIO) -> None:
    def row(cells: tuple[str, ...], tag: str) -> str:
        return f"<tr>{''.join(f'<{tag}>{html.escape(words)}</{tag}>' for words in cells)}</tr>"

    counts = "，".join(f"{word('outcome', outcome)} {n} 个" for outcome, n in account.counts().items())
    complete = "全部读出。" if account.complete else "有内容没有读出，见下表。"
    style = (
        "body{font:14px sans-serif}table{border-collapse:collapse}td,th{border:1px solid #999;padding:4px 8px;text-align:left}"
    )
    page = (
        f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>载入情况</title><style>{style}</style>'
        f"<h1>载入情况</h1><p>{html.escape(account.at)}：{counts}。{complete}</p>"
        f"<table>{row(_headings(), 'th')}{''.join(row(cells, 'td') for cells in _rows(account))}</table></html>"
    )
    out.write(page.encode())


def _json(account: Account, out: BinaryIO) -> None:
    out.write(json.dumps(account.as_json(), ensure_ascii=False).encode())
