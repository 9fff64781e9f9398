"""What a Word 97-2003 binary file says of its characters and paragraphs: Sprm and its operands, in the names of [MS-DOC]."""

from __future__ import annotations

from struct import unpack_from
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

KEPT, DELETED, HIDDEN, CODE = range(4)
"""What may be said of a character: it is printed; deleted under tracked changes; hidden; no word of the text at all."""

# Single property modifiers (Sprm) that say something of the words
_DELETED, _VANISH, _SYMBOL, PICTURE = 0x0800, 0x083C, 0x6A09, 0x6A03
_IN_TABLE, _ROW_END, _INNER_ROW_END = 0x2416, 0x2417, 0x244C
_LEVEL, _LIST, HUGE, _ROW = 0x260A, 0x460B, 0x6646, 0xD608
_TABS = 0xC615
_SIZES: Final = (1, 1, 2, 4, 2, 2, 0, 3)  # bytes of an operand by spra; 6 has its size before it


class Paragraph(NamedTuple):
    """What is said of a paragraph. `list_id` is 0 for one that is no item of a list; `edges` are those of the cells of the row
    that it ends, in twips, `across` and `down` which cells go on the one before or above."""

    in_table: bool = False
    row_end: bool = False
    inner_row_end: bool = False
    list_id: int | None = None
    level: int | None = None
    edges: tuple[int, ...] = ()
    across: tuple[bool, ...] = ()
    down: tuple[bool, ...] = ()


def sprms(modifiers: bytes) -> Iterator[tuple[int, bytes]]:
    """Sprm, each with its operand; what is cut off is left out."""
    at = 0
    while at + 3 <= len(modifiers):
        (sprm,) = unpack_from("<H", modifiers, at)
        at += 2
        size = _SIZES[sprm >> 13]
        if sprm == _ROW and at + 2 <= len(modifiers):
            size = 1 + unpack_from("<H", modifiers, at)[0]
        elif sprm == _TABS and modifiers[at] == 255 and at + 2 <= len(modifiers):  # PChgTabsOperand: its size is not said
            closed = 4 * modifiers[at + 1]
            size = 2 + closed + 1 + (3 * modifiers[at + 2 + closed] if at + 2 + closed < len(modifiers) else 0)
        elif size == 0:
            size = 1 + modifiers[at]
        if at + size <= len(modifiers):
            yield sprm, modifiers[at : at + size]
        at += size


def mark_of(modifiers: bytes) -> int:
    """What modifiers of characters say of them: KEPT or another."""
    mark = KEPT
    for sprm, operand in sprms(modifiers):
        if sprm == _SYMBOL:
            mark = mark or CODE  # the character itself only holds the place of one in a font of symbols
        elif sprm == _VANISH and operand[0] & 1:
            mark = mark or HIDDEN
        elif sprm == _DELETED and operand[0]:
            return DELETED
    return mark


def said_of(modifiers: bytes) -> Paragraph:
    """What modifiers of a paragraph say of it."""
    changes: dict[str, Any] = {}
    for sprm, operand in sprms(modifiers):
        if sprm == _IN_TABLE:
            changes["in_table"] = operand[0] != 0
        elif sprm == _ROW_END:
            changes["row_end"] = operand[0] != 0
        elif sprm == _INNER_ROW_END:
            changes["inner_row_end"] = operand[0] != 0
        elif sprm == _LEVEL:
            changes["level"] = operand[0]
        elif sprm == _LIST:
            changes["list_id"] = unpack_from("<H", operand)[0]
        elif sprm == _ROW:
            changes |= _row(operand)
    return Paragraph(**changes)


def _row(operand: bytes) -> dict[str, Any]:
    """TDefTableOperand: the edges of a row's cells, and which are merged (TC80)."""
    count = operand[2]
    edges = unpack_from(f"<{count + 1}h", operand, 3)
    cells = operand[5 + 2 * count :]
    flags = [unpack_from("<H", cells, 20 * n)[0] if 20 * n + 2 <= len(cells) else 0 for n in range(count)]
    return {"edges": edges, "across": tuple(f & 3 == 1 for f in flags), "down": tuple(f >> 5 & 3 == 1 for f in flags)}
