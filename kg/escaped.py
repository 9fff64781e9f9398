"""Words of others on a terminal or in a log, where some characters are orders: they are shown, and do nothing."""

from __future__ import annotations

import re
from typing import Final

# Control characters, line ends of all kinds, and marks that change the direction in which the words around them are set
# (Unicode Standard Annex 9, 2; Unicode Technical Standard 55, 4.1). 例 \x1b[2J · 附件\u202excod.exe
ORDER: Final = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_NO_CHARACTER: Final = re.compile("[\ud800-\udfff]")


def escaped(words: str) -> str:
    """`words` on one line, each character that is an order as \\u202e is written in Python and JSON."""
    return readable(ORDER.sub(_code, words))


def escaped_json(text: str) -> str:
    """The same for a text in JSON, which goes on to mean the same (RFC 8259, 7); its line ends are kept."""
    return re.sub("[\ud800-\udfff]|(?![\n\r\t])" + ORDER.pattern, _code, text)


def readable(name: str) -> str:
    """A file's name that is no UTF-8 (PEP 383) with U+FFFD for each byte that is none: JSON, the database and a terminal take
    no other. The file is still found by the name as it was."""
    return _NO_CHARACTER.sub("\ufffd", name)


def _code(character: re.Match[str]) -> str:
    return f"\\u{ord(character[0]):04x}"
