"""Markdown -> its words: without heading marks and emphasis, with the numbers of its lists, pipe tables as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from kg.errors import UnreadableFile
from loaders.formats.html import write_markup
from loaders.formats.written import BLANK_ENDS, Cell, Written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token


def read_markdown(text: str, name: str) -> Written:
    """The words of `text` as CommonMark with pipe tables; a line of a paragraph stays a line, as writers of tasks mean it.

    Raises UnreadableFile where there are none.
    """
    # Chinese paragraphs are indented by four spaces, so indentation makes no code.
    tokens = MarkdownIt("commonmark").enable("table").disable("code").parse(text)
    written = Written()
    number = ""
    rows: list[list[Cell]] = []
    for token in tokens:
        if token.type == "list_item_open":
            number = f"{token.info}{token.markup}" if token.info else ""
        elif token.type == "tr_open":
            rows.append([])
        elif token.type == "table_close":
            written.table(rows)
            rows = []
        elif token.type == "inline" and rows:
            rows[-1].append(Cell(_words(token.children or ()).strip(BLANK_ENDS).replace("\t", " ")))
        elif token.type == "html_block":
            write_markup(token.content, written, name)
        elif token.type in ("inline", "fence"):
            words = _words(token.children or ()) if token.type == "inline" else token.content
            for line in words.split("\n"):
                if printed := line.strip(BLANK_ENDS):
                    written.line(number + printed)
                    number = ""
    if not written.length:
        raise UnreadableFile(f"{name}: the file holds no text", "give a file with text in it")
    return written


def _words(tokens: Sequence[Token]) -> str:
    return "".join(_word(token) for token in tokens)


def _word(token: Token) -> str:
    if token.type in ("softbreak", "hardbreak"):
        return "\n"
    if token.type == "html_inline":
        return "\n" if token.content.lower().startswith("<br") else ""
    return "" if token.type == "image" else token.content
