"""The cells of tables that stand in plain text, in lines parted by tabs, rules or wide blanks. What its columns hold heads.py
says; text that has lost its ruling unruled.py reads.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.model import Span
from loaders.text.cells import names_units
from loaders.text.heads import ANSWERS, MOST_COLUMNS, Kind, columns_of, head_words
from loaders.text.items import row_value

# The second line of a head that is printed on two. 例 完成|时限 · 牵头|单位
HEAD_TAIL = re.compile(r"(?:单位|部门|时限|时间|任务|内容|举措|措施|范围|安排|要求|类别|号|位)$")
# What parts the cells of a line, in the text itself: a tab, a rule, wide blanks.
CELL_BREAK = (re.compile(r"\t"), re.compile(r"[|｜]"), re.compile(r"[ \u3000\xa0]{2,200}"))
# 例 | :--- | --- |
RULE_CELL = re.compile(r":?-{1,200}:?")
# 例 - 5 - at the foot of a page
PAGE_LINE = re.compile(r"- {0,4}\d{1,4} {0,4}-")
SENTENCE_MARK = re.compile(r"[,。;:]")

Row = list[Span]

EMPTY = Span(0, 0)
GROUP = 60  # code points of the longest heading between rows
ROW_LINE = 20_000  # code points of the longest line that is a row
ROW_LINES = 20  # lines over which the cells of one row may run


@dataclass(frozen=True, slots=True)
class Grid:
    """`rows` below a head; all are as wide as `kinds`. A heading between them is one cell repeated."""

    span: Span
    head: Row
    kinds: list[Kind]
    rows: list[Row]


@dataclass(slots=True)
class Page:
    """Lines of a text, with their outer blanks (a tab at the end is an empty cell), in which a table may stand."""

    text: str
    plain: str
    lines: list[Span]


def trimmed(plain: str, start: int, end: int) -> Span:
    words = plain[start:end]
    begin = start + len(words) - len(words.lstrip(" \t|｜"))
    return Span(begin, max(begin, start + len(words.rstrip(" \t|｜"))))


# ---- cells parted by tabs, rules or wide blanks ---------------------------------------------------------------------


def ruled(page: Page, n: int) -> Grid | None:
    """The grid whose head is line `n`, None where that is no head."""
    for mark in CELL_BREAK:
        head = cells_of(page, page.lines[n], mark)
        if not 2 <= len(head) <= MOST_COLUMNS:
            continue
        names = [head_words(page.plain, cell) for cell in head]
        kinds = columns_of(names)
        own = head[-1].of(page.plain).partition(" ")[0]
        if kinds and kinds[-1] == "other" and (alone := columns_of([*names[:-1], own])) and alone[-1] != "other":
            kinds = alone  # 完成时限| 一、强化保障: the first heading between the rows, in one line with the head
        if kinds:
            rows, stop = _ruled_rows(page, n + 1, mark, head, kinds)
            span = Span(trimmed(page.plain, *page.lines[n]).start, trimmed(page.plain, *page.lines[stop - 1]).end)
            return Grid(span, head, kinds, rows)
    return None


def cells_of(page: Page, line: Span, mark: re.Pattern[str]) -> Row:
    """The cells of a line; a rule before the first and behind the last one is no cell."""
    cells: Row = []
    begin = line.start
    if line.end - line.start <= ROW_LINE:
        for gap in mark.finditer(page.text, *line):
            cells.append(trimmed(page.plain, begin, gap.start()))
            begin = gap.end()
    cells.append(trimmed(page.plain, begin, line.end))
    if cells[0].start == cells[0].end and page.text[line.start : line.end].lstrip().startswith(("|", "｜")):
        del cells[0]
        if len(cells) > 1 and cells[-1].start == cells[-1].end:
            del cells[-1]
    return cells


def _ruled_rows(page: Page, n: int, mark: re.Pattern[str], head: Row, kinds: list[Kind]) -> tuple[list[Row], int]:
    """Rows from line `n` on below `head`, and the line behind the last of them."""
    rows: list[Row] = []
    width, stop = len(kinds), n
    while n < len(page.lines):
        cells = cells_of(page, page.lines[n], mark)
        after = n + 1
        if rows and 1 < len(cells) < width and _shares_first(page.plain, cells, kinds):
            cells = rows[-1][: width - len(cells)] + cells
        elif 1 < len(cells) < width:
            cells, after = _joined(page, n, cells, mark, kinds)
        if len(cells) == 1:
            below = [cells_of(page, line, mark) for line in page.lines[after : after + 2]]
            if not any(len(row) > max(1, width // 2) for row in below) or any(_is_other_head(page, row, head) for row in below):
                break  # no heading between rows: the table has ended
            cells = cells * width
        if len(cells) != width and not rows:
            break
        if rows and len(cells) == width and cells[-1].start == cells[-1].end and _is_shifted(page.plain, cells, kinds):
            cells = [rows[-1][0], *cells[:-1]]
        if len(cells) == width and not _is_rule(page, cells):
            rows.append(cells)
        n = stop = after
    return rows, stop


def _is_other_head(page: Page, row: Row, head: Row) -> bool:
    """Whether a row is the head of another table than the one below `head`."""
    words, above = ([head_words(page.plain, cell) for cell in cells] for cells in (row, head))
    return words != above and columns_of(words) is not None


def _is_rule(page: Page, cells: Row) -> bool:
    """例 | --- | :-: |, and a page number between rows."""
    rule = all(RULE_CELL.fullmatch(page.plain, *cell) for cell in cells)
    return rule or (len(set(cells)) == 1 and bool(PAGE_LINE.fullmatch(page.plain, *cells[0])))


def _shares_first(plain: str, cells: Row, kinds: list[Kind]) -> bool:
    """Whether a short row shares its first cells with the one above: its last ones are units, in the columns of these."""
    last = kinds[-len(cells) :]
    return kinds[-1] in ANSWERS and all(
        names_units(plain, cell) == (kind in ANSWERS) for cell, kind in zip(cells, last, strict=True)
    )


def _is_shifted(plain: str, cells: Row, kinds: list[Kind]) -> bool:
    """Whether the cells of a row, the last of which is empty, stand one column before their own: its units do."""
    own = [n for n, kind in enumerate(kinds) if kind in ANSWERS and n]
    return bool(own) and all(names_units(plain, cells[n - 1]) and not names_units(plain, cells[n]) for n in own)


def _joined(page: Page, n: int, cells: Row, mark: re.Pattern[str], kinds: list[Kind]) -> tuple[Row, int]:
    """A row whose cells run over several lines, and the line behind it. One that stays short has lost its last cells, which
    were empty: what stands under 责任单位 is kept only if it is a list of units."""
    joined = list(cells)
    for after, line in enumerate(page.lines[n + 1 : n + ROW_LINES], n + 2):
        more = cells_of(page, line, mark)
        begins = len(more) > 1 and row_value(more[0].of(page.plain)) is not None
        if begins or len(joined) + len(more) - 1 > len(kinds):
            break
        joined[-1:] = [Span(joined[-1].start, more[0].end), *more[1:]]
        if len(joined) == len(kinds):
            return joined, after
    padded = cells + [EMPTY] * (len(kinds) - len(cells))
    sure = (kind not in ANSWERS or names_units(page.plain, cell) for cell, kind in zip(padded, kinds, strict=True))
    return [cell if keep else EMPTY for cell, keep in zip(padded, sure, strict=True)], n + 1
