"""A picture in the binary records of Office drawings ([MS-ODRAW]): the .jpg, .png or .tif as it was put in."""

from __future__ import annotations

from struct import unpack_from
from typing import Final

_CONTAINER: Final = 15  # recVer of a record that holds others
_STORE_ENTRY: Final = 0xF007  # OfficeArtFBSE: a head, and the blip
_STORE_HEAD: Final = 36  # bytes
_BLIPS: Final = frozenset({0xF01D, 0xF01E, 0xF029, 0xF02A})  # OfficeArtBlipJPEG, -PNG, -TIFF, -JPEG
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
