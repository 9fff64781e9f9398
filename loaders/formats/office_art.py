"""Pictures in the binary records of Office drawings ([MS-ODRAW]): the .jpg, .png or .tif as it was put in."""

from __future__ import annotations

from struct import iter_unpack, unpack_from
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_CONTAINER: Final = 15  # recVer of a record that holds others
_STORE_ENTRY: Final = 0xF007  # OfficeArtFBSE: a head, and the blip
_STORE_HEAD: Final = 36  # bytes
_BLIPS: Final = frozenset({0xF01D, 0xF01E, 0xF029, 0xF02A})  # OfficeArtBlipJPEG, -PNG, -TIFF, -JPEG
_LEAST: Final = 0xF000  # of the kinds of records
_SHAPE: Final = 0xF00A  # OfficeArtFSP
_PROPERTIES: Final = 0xF00B  # OfficeArtFOPT: six bytes each
_PICTURE: Final = 0x0104  # that of a picture, pib: which entry of the store it is, counted from 1
_DIGEST: Final = 16  # bytes of rgbUid; of one whose recInstance is odd there are two


def picture_in(records: bytes) -> bytes:
    """The first picture among `records`, empty where there is none of these kinds: a drawing of lines (.emf, .wmf) is none."""
    at = 0
    while at + 8 <= len(records):
        head, kind, length = unpack_from("<HHI", records, at)
        at += 8
        if kind in _BLIPS:
            skipped = _DIGEST * (1 + (head >> 4 & 1)) + 1
            return records[at + skipped : at + length]
        if kind == _STORE_ENTRY and at + _STORE_HEAD <= len(records):
            at += _STORE_HEAD + records[at + 33]  # its name
        elif head & 15 != _CONTAINER:
            at += length
    return b""


def pictures_of_shapes(drawings: bytes) -> dict[int, int]:
    """By shape in the `drawings` of a .doc (OfficeArtContent), where its picture begins in the stream WordDocument."""
    stored: list[int] = []
    found: dict[int, int] = {}
    shape = 0
    for kind, body in _records(drawings):
        if kind == _STORE_ENTRY and len(body) >= _STORE_HEAD:
            stored += unpack_from("<I", body, 28)  # foDelay
        elif kind == _SHAPE and len(body) >= 4:
            (shape,) = unpack_from("<I", body)
        elif kind == _PROPERTIES:
            for name, value in iter_unpack("<HI", body[: len(body) // 6 * 6]):
                if name & 0x3FFF == _PICTURE and 0 < value <= len(stored):
                    found[shape] = stored[value - 1]
    return found


def _records(drawings: bytes) -> Iterator[tuple[int, bytes]]:
    """Kind and body of each record that holds no others."""
    at = odd = 0
    while at + 8 <= len(drawings) and odd < 2:
        head, kind, length = unpack_from("<HHI", drawings, at)
        if kind < _LEAST:
            at, odd = at + 1, odd + 1  # one byte stands before each drawing (OfficeArtWordDrawing)
            continue
        at, odd = at + 8, 0
        if head & 15 != _CONTAINER:
            yield kind, drawings[at : at + length]
            at += length
