"""Names by their pinyin, without tones: by whole syllables, by their initials, or by a mixture (czsifaju).

Only who loads documents needs a dictionary for it; whoever searches compares with what was made then. readings.tsv says what
the dictionary gets wrong.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, pairwise
from pathlib import Path
from typing import Final

from kg.model import Span
from kg.words.folding import find, fold, joined

_SPOKEN: Final = re.compile("[a-z〇\u3400-\u9fff\U00020000-\U0003ffff]")
_LEFT_OUT: Final = (re.compile("(?<=..)[省市县区]"), re.compile("(?<=[0-9])年"))  # the first of each: 长治司法局, 长治2022要点
_CUT: Final = re.compile("(?<=[省市年])(?=长.[市县区])")  # 山西省|长治市: no 省长 there
_SYLLABLE: Final = re.compile("[a-z]*")
_PINYIN: Final = re.compile("[a-z]{2,40}")
_TWO_LETTERS: Final = {"zh", "ch", "sh"}
_SECOND: Final = "aehiouv"  # a syllable's second letter, where it has one; ng apart
_LONGEST: Final = 6  # zhuang


def sounds(*names: str) -> str:
    """How each name is said, a line each: 'chang'zhi,shi'si'fa'ju. Chinese characters and Latin letters have one syllable each,
    which is empty where nobody knows it, and begins with a comma where one may leave it out; all others are silent."""
    return "\n".join(map(_sounds, map(fold, names)))


def find_said(words: Iterable[str], text: str, sounds: str) -> list[Span]:
    """Where `words`, each folded, stand in `text` or are the pinyin of a part of it, as folding.find gives it. `sounds`: the
    line of `text`; empty, only the words themselves are looked for."""
    words = list(words)
    if not sounds:
        return find(words, text)
    spoken = [at for at, character in enumerate(text) if _SPOKEN.match(fold(character))]  # a syllable each, in their order
    heard = chain.from_iterable(_heard(word, sounds) for word in words if is_pinyin(word))
    return joined([*find(words, text), *(Span(spoken[first], spoken[last] + 1) for first, last in heard)])


def is_pinyin(word: str) -> bool:
    """Whether a word, folded, can be pinyin."""
    return bool(_PINYIN.fullmatch(word))


def sound(pinyin: str) -> str:
    """A regular expression, of Python and of Java, for where `pinyin` is in a line of `sounds`: of each syllable it has all, or
    the initial (z or zh); of the last, what there is. Syllables are left out only from a name's begin on: what would be found
    within it is mostly something else. ü is v there, and may be looked for as u.

    A name is read in one way only, or text made for it would cost exponential time: an initial stands for no syllable that
    stands there whole and is followed by what comes next.
    """
    letters = ["[uv]" if letter == "u" else letter for letter in pinyin]
    ends = [_end(pinyin, letters, at) for at in range(len(letters) - 1)] + [""]
    at_once = "".join(f"{letter}(?:{end}[',])?" if end else letter for letter, end in zip(letters, ends, strict=True))
    later = "".join(f"{letter}(?:{end}(?:,[a-z]*)*[',])?" if end else letter for letter, end in zip(letters, ends, strict=True))
    return f"(?:(?m:^)'{later}|[',]{at_once})"


def _end(pinyin: str, letters: Sequence[str], at: int) -> str:
    """What a syllable may have left where its last letter looked for is that `at`: nothing, or what follows the initial."""
    initial = "(?<=[',][a-z])"
    if pinyin[max(0, at - 1) : at + 1] in _TWO_LETTERS:
        initial = f"(?:{initial}|(?<=[',][zcs]h))"
    whole = ""
    if pinyin[at + 1] in _SECOND:
        for letter, after in reversed([*pairwise(letters[at + 1 : at + 1 + _LONGEST])]):
            whole = f"{letter}(?:[',]{after}{whole and '|'}{whole})"
    return f"(?:{f'(?!{whole})' if whole else ''}{initial}[a-z]+)?"


def _sounds(name: str) -> str:
    left_out = {match.start() for pattern in _LEFT_OUT if (match := pattern.search(name))}
    syllables = chain.from_iterable(map(_syllables(), _CUT.split(name)))
    return "".join(
        ("," if at in left_out else "'") + (_SYLLABLE.match(syllable) or "")[0]
        for at, syllable in enumerate(syllables)
        if _SPOKEN.match(name[at])
    )


def _heard(pinyin: str, sounds: str) -> Iterator[tuple[int, int]]:
    """The first and the last syllable of each place where `pinyin` is."""
    begins = [at for at, mark in enumerate(sounds) if mark in "',"]
    for match in re.finditer(sound(pinyin), sounds):
        yield bisect_left(begins, match.start()), bisect_left(begins, match.end()) - 1


@functools.cache
def _syllables() -> Callable[[str], list[str]]:
    """What gives each character its syllable, or itself."""
    import pypinyin  # noqa: PLC0415 - loads its dictionaries, which only loading needs

    table = Path(__file__).with_name("readings.tsv").read_text(encoding="utf-8")
    readings = dict(line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    pypinyin.load_single_dict({ord(word): reading for word, reading in readings.items() if len(word) == 1})
    pypinyin.load_phrases_dict({word: [[s] for s in reading.split()] for word, reading in readings.items() if len(word) > 1})
    return functools.partial(pypinyin.lazy_pinyin, errors=list)  # type: ignore[arg-type]  # a list is welcome
