"""Every word that tells the names of agencies in a text: places, bodies, what names end in and open with, in one automaton."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final

import ahocorasick

from loaders.lexicon.table import words_by_class
from loaders.names import bodies, places

# What a word is.
STOP: Final = 0  # no name, though it holds the last letter of one: 委托
BODY: Final = 1  # a body of a place: 司法局
NATION: Final = 2
PLACE: Final = 3
END: Final = 4  # what a name ends in
BARE: Final = 5  # such an end that may stand alone: 领导小组
HEAD: Final = 6  # what opens a collective: 各
PART: Final = 7  # what a part of a body is called: 支队

_NO_BODY: Final = frozenset({"政府", "党委", "人大", "科学院", "就业局"})  # listed, but no name without a place or level
_PARTY: Final = ("省委", "市委", "县委", "区委", "州委", "旗委", "自治区党委")


@cache
def said(kind: str) -> tuple[str, ...]:
    """The words of a class of lexicon/mentions.tsv, longest first."""
    return tuple(word for word, *_ in words_by_class("mentions.tsv")[kind])


def known_words(text: str, start: int, end: int) -> list[tuple[int, int, int]]:
    """The longest known words in `text[start:end]`, none over another, from left to right: begin, stop, what it is.

    They are looked for from right to left: names begin in thousands of ways and end in some eighty, and the automaton goes
    through the ways out of its first state one by one (measured: eight times as fast).
    """
    backwards = _automaton().iter_long(text[start:end][::-1])
    return [(end - 1 - last, end - 1 - last + length, kind) for last, (length, kind) in backwards][::-1]


@cache
def _automaton() -> ahocorasick.Automaton:
    """All words from right to left, each once, with its length and what it is."""
    local, national = bodies.names()
    known = dict.fromkeys(places.known_names()[0], PLACE)
    known |= dict.fromkeys(said("part"), PART) | dict.fromkeys(said("end"), END)
    known |= dict.fromkeys([*local, *_made()], BODY) | dict.fromkeys(national, NATION)
    party = [name.removeprefix("党委") for name in local if name.startswith("党委")]
    known |= {level + name: BODY for level in _PARTY for name in party}
    for kind, class_ in ((BARE, "bare"), (HEAD, "head"), (STOP, "stop")):
        known |= dict.fromkeys(said(class_), kind)
    known |= dict.fromkeys(_NO_BODY, END)
    automaton = ahocorasick.Automaton()
    for word, kind in known.items():
        automaton.add_word(word[::-1], (len(word), kind))
    automaton.make_automaton()
    return automaton


def _made() -> Iterator[str]:
    """The names that the grammar of fields makes of those that are listed. 例 发展和改革委员会: 发展改革委"""
    for (fields, ending), body in bodies.by_key().items():
        short = [form for form, full in bodies.ENDINGS.items() if full == ending and body.kind != "branch"]
        yield from (stem + end for stem in _spelt(fields) for end in short)


def _spelt(fields: tuple[str, ...]) -> Iterator[str]:
    """The ways to write a row of field words: in each of their forms, with 和 between them or not."""
    if not fields:
        yield ""
    for form, said_by in bodies.forms().items():
        if fields[: len(said_by)] == said_by:
            for rest in _spelt(fields[len(said_by) :]):
                yield from (form + rest, form + "和" + rest) if rest else (form,)
