"""Lines: characters that stand side by side, in pieces where wide blanks part them."""

from __future__ import annotations

from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Final, NamedTuple

from loaders.text.items import MARKER
from loaders.text.view import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from loaders.formats.layout.shapes import Char

_STOPS: Final = "。；：;:）)"
_APART = 0.75  # em: what is further apart may be cells of a table, or columns
_SAME_LINE = 0.3  # em between the middles of characters of one line
_SPACED = 4.0  # em: letters of one word are not spaced further apart


class Piece(NamedTuple):
    """Words of a line without a wide blank in them."""

    words: str
    x0: float
    x1: float


class Line(NamedTuple):
    """`em` is the height of its characters."""

    pieces: tuple[Piece, ...]
    top: float
    em: float

    @property
    def words(self) -> str:
        return " ".join(piece.words for piece in self.pieces)

    @property
    def x0(self) -> float:
        return self.pieces[0].x0

    @property
    def x1(self) -> float:
        return max(piece.x1 for piece in self.pieces)

    @property
    def bottom(self) -> float:
        return self.top + self.em


def lines_of(chars: Iterable[Char], *, letters_spaced: bool = False) -> list[Line]:
    """The lines that `chars` stand in, from top to bottom. `letters_spaced`: a line of characters set wide apart, as evenly as
    the letters of a title are, is one word."""
    rows: list[list[Char]] = []
    for char in sorted(chars, key=lambda c: c.top + c.bottom):
        middle = (char.top + char.bottom) / 2
        last = rows[-1][-1] if rows else None
        if last and middle - (last.top + last.bottom) / 2 < _SAME_LINE * (char.bottom - char.top):
            rows[-1].append(char)
        else:
            rows.append([char])
    return [_line(sorted(row, key=lambda c: c.x0), letters_spaced) for row in rows]


def _line(row: list[Char], letters_spaced: bool) -> Line:
    em = median(char.bottom - char.top for char in row)
    one_word = letters_spaced and _is_spaced(row, em)
    pieces: list[Piece] = []
    words, start, end = [row[0].words], row[0].x0, row[0].x1
    for before, char in pairwise(row):
        if char.words == before.words and char.x0 - before.x0 < 0.3 * (char.x1 - char.x0):
            continue  # printed twice to look bold
        gap = 0.0 if one_word else char.x0 - before.x1
        if gap > _APART * em:
            pieces.append(Piece("".join(words), start, end))
            words, start, end = [], char.x0, char.x1
        elif gap > (0.5 if min(before.words, char.words) >= "\u2e80" else 0.2) * em:
            words.append(" ")
        words.append(char.words)
        end = max(end, char.x1)
    return Line((*pieces, Piece("".join(words), start, end)), min(char.top for char in row), em)


def _is_spaced(row: list[Char], em: float) -> bool:
    gaps = [char.x0 - before.x1 for before, char in pairwise(row)]
    even = bool(gaps) and max(gaps) < min(_SPACED * em, min(gaps) + 0.3 * em)
    return even and min(gaps) > 0.2 * em and all(char.words >= "\u2e80" for char in row)


def cell_words(lines: Sequence[Line]) -> str:
    """The words of a cell; a line that reaches the cell's edge goes on in the next one."""
    words = lines[0].words if lines else ""
    right = max((line.x1 for line in lines), default=0)
    for line, following in pairwise(lines):
        full = line.x1 > right - 1.5 * line.em
        words += ("" if full and not begins_item(line, following) else "\n") + following.words
    return words


def begins_item(above: Line, line: Line) -> bool:
    """Whether `line` begins a numbered item behind the end of a sentence or a heading."""
    return above.pieces[-1].words[-1] in _STOPS and bool(MARKER.match(plain(line.words)))
