"""What a full-text index finds Latin letters and pinyin by. Such an index compares words as wholes, but a name is looked for by
the initials of its syllables, by a part of it, or by any mixture; so a name is put down as small keys, and a question as those
that each of its readings must meet. Whatever kg.words.pinyin finds meets one of them; what meets one is compared anyway.

q and two letters: syllables that follow each other begin with them (qcz: 长治). p and a syllable: the name has it (pchang).
w and two characters: they stand side by side in a word of Latin letters or digits (w20: 2022). No such key is one of the
English words that analyzers leave out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from kg.words.pinyin import is_pinyin

_WRITTEN: Final = re.compile("[a-z0-9]{2,}")
_SPOKEN: Final = re.compile("([',])([a-z]*)")
_WHOLE: Final = re.compile("(?:(?:[zcs]h|[b-df-hj-np-tw-z])[iuv]?|(?=[aeo]))[aeiouv]{1,2}(?:ng|[nr])?|h?ng|hm")
_BEGUN: Final = re.compile("(?:(?:[zcs]h|[b-df-hj-np-tw-z])[iuv]?|(?=[aeo]))[aeiouv]{0,2}(?:ng?|r)?")
_LONGEST: Final = 6  # zhuang
_LOOKED_AT: Final = 3  # syllables of a question
_PAIRS: Final = 8  # of a word


def letters(words: str, sounds: str) -> str:
    """The keys of what is searched by `words` (kg.words.folding.lines) and `sounds` (kg.words.pinyin.sounds), in one order."""
    keys = {key for line in sounds.split("\n") for key in _said(_SPOKEN.findall(line))}
    keys |= {f"w{a}{b}" for word in _WRITTEN.findall(words) for a, b in pairwise(word)}
    return " ".join(sorted(keys))


def readings(word: str) -> list[frozenset[str]]:
    """What a word, folded, may mean: of one reading all keys are held by whatever has it. A key that ends in * is the begin of
    one. None where the word has no two letters or digits side by side."""
    literal = [f"w{a}{b}" for run in _WRITTEN.findall(word) for a, b in pairwise(run)][:_PAIRS]
    if not literal:
        return []
    found = {frozenset(literal), *(map(frozenset, _heard(word, 0)) if is_pinyin(word) else ())}
    return sorted((one for one in found if not any(other < one for other in found)), key=sorted)


def question(words: Sequence[str]) -> str:
    """All of these words, folded, as a query of Lucene; empty where none has a reading."""
    each = [" ".join(f"({' '.join(f'+{key}' for key in sorted(keys))})" for keys in readings(word)) for word in words]
    return " ".join(f"+({one})" for one in each if one)


def _said(syllables: Sequence[tuple[str, str]]) -> Iterator[str]:
    for at, (_, syllable) in enumerate(syllables):
        if syllable:
            yield f"p{syllable}"
        for mark, after in syllables[at + 1 :]:
            if syllable and after:
                yield f"q{syllable[0]}{after[0]}"
            if mark != ",":  # which one may leave out
                break


def _heard(word: str, at: int, count: int = 0) -> Iterator[tuple[str, ...]]:
    """The keys of each way to cut `word` from `at` on into initials and whole syllables, the last of which may be begun."""
    if _BEGUN.fullmatch(word, at):
        yield _syllable(word[at:], "*") if len(word) - at > 1 or not at else ()
    for end in range(at + 1, min(at + _LONGEST, len(word) - 1) + 1):
        piece = word[at:end]
        if len(piece) == 1 or piece in ("zh", "ch", "sh"):
            keys: tuple[str, ...] = ()
        elif _WHOLE.fullmatch(piece):
            keys = _syllable(piece)
        else:
            continue
        pairs = [f"q{a}{b}" for a in _initials(word[at]) for b in _initials(word[end])]
        rest = _heard(word, end, count + 1) if count + 1 < _LOOKED_AT else [()]
        yield from ((pair, *keys, *more) for more in rest for pair in pairs)


def _syllable(piece: str, more: str = "") -> tuple[str, ...]:
    """u may be looked for where ü is, which is a v: then its begin must do."""
    return (f"p{piece.split('u', maxsplit=1)[0]}*" if "u" in piece else f"p{piece}{more}",)


def _initials(letter: str) -> str:
    return "uv" if letter == "u" else letter
