"""Parties that only the document names, by what it says they are: 市政府作为本市损害赔偿权利人."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from loaders.names.mentions import find_mentions

_PARTY_NAME: Final = re.compile(r"(?<=[。;:\n, ])[\u4e00-\u9fff]{2,8}[人方]\Z")
# What makes a body such a party. 例 市政府(下同)|作为|本行政区域内损害赔偿权利人 · 约谈方|为|市政府
_DEFINED: Final = re.compile(
    r"[为(人方](?:(?<=[为(])(?:(?<=为)|(?:以下|下)[简统]?称[“\"]?)(?P<party>[\u4e00-\u9fff]{2,24}[人方])(?=[”\")。,;])"
    r"|(?<=[人方])(?=为(?P<body>[^,。;:\n]{2,30})))"
)
_DEFINES: Final = 60  # code points before what defines a party in which the body is named
_PARTY: Final = 9  # code points of the longest name of a party, and the mark before it, but for its last


def party_at(text: str, last: int) -> re.Match[str] | None:
    """The name that ends with the character at `last`, if a mark stands before it."""
    return _PARTY_NAME.search(text, max(0, last - _PARTY), last + 1)


@lru_cache(maxsize=1)  # which keeps the text, too
def defined_parties(text: str) -> frozenset[str]:
    """The parties that `text` says a body is: 赔偿权利人 in 市政府作为本市损害赔偿权利人."""
    found: set[str] = set()
    for m in _DEFINED.finditer(text):
        named = party_at(text, m.start()) if m["body"] else None
        whole = named.group() if named else m["party"]
        begin, stop = m.span("body") if named else (max(0, m.start() - _DEFINES), m.start())
        before = text[begin:stop].removesuffix("作").rpartition("。")[2].partition("(")[0]
        mentions = find_mentions(before, 0, len(before)) if whole else []
        if mentions and (named or (mentions[-1].end == len(before) and before[-1] != "人")):
            found.update(whole[at:] for at in range(max(0, len(whole) - 9), len(whole) - 2))
    return frozenset(found)
