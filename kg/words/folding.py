"""Words as search compares them: simplified or traditional, half or full width, broken over lines or not is no difference.

Each character is replaced by one that stands for all its forms, alone, without a look at its neighbours. That is not how
one writes simplified Chinese (著名 becomes 着名), but both the words looked for and the text go through it, and so they meet;
and as no character ever becomes two, what is found is found at its place.

A name is found by its pinyin too, without tones: by whole syllables, by their initials, or by a mixture (czsifaju).
"""

from __future__ import annotations

import functools
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, pairwise
from pathlib import Path
from typing import Final, cast

from kg.model import Span

_FORMS: Final = {
    **dict.fromkeys("[〔﹝【", "("),  # a 文号 is printed with any of them
    **dict.fromkeys("]〕﹞】", ")"),
    **dict.fromkeys("“”„«»「」『』", '"'),
    **dict.fromkeys("‘’", "'"),
    **dict.fromkeys("—–‐‑―−", "-"),
    **dict.fromkeys("•‧・∙", "·"),
    **dict.fromkeys("○◯", "〇"),  # 二○二二年
    "著": "着",  # 著力, which OpenCC leaves as it is
}
"""What neither OpenCC nor Unicode's compatibility forms make one."""


def fold(text: str) -> str:
    """`text` as it is compared. Blanks, line ends and characters that one does not see are left out."""
    return text.translate(_TABLE)


def find(words: Iterable[str], text: str, said: str = "") -> list[Span]:
    """Where `words`, each folded, stand in `text`: in order, and one span where they overlap or touch. `said`: how the text is
    said, if it is to be found by its pinyin too."""
    words, folded = list(words), fold(text)
    kept = [at for at, character in enumerate(text) if _TABLE[ord(character)]]  # folded[i] is text[kept[i]]
    found = [(kept[start], kept[end - 1]) for start, end in chain.from_iterable(_all(word, folded) for word in words)]
    if said:
        spoken = [at for at in kept if _SPOKEN.match(_TABLE[ord(text[at])])]  # the first syllable is that of text[spoken[0]]
        found += [(spoken[first], spoken[last]) for word in words if is_pinyin(word) for first, last in _heard(word, said)]
    spans: list[Span] = []
    for start, last in sorted(found):
        span = Span(start, last + 1)
        if spans and span.start <= spans[-1].end:
            span = Span(spans[-1].start, max(span.end, spans.pop().end))
        spans.append(span)
    return spans


def lines(*fields: str | None) -> str:
    """What is searched of a thing: its fields folded, one a line."""
    return "\n".join(fold(field or "") for field in fields)


# Pinyin. Only who loads documents needs a dictionary for it; whoever searches compares with what was made then.

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
    return "\n".join(map(_said, map(fold, names)))


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


def _said(name: str) -> str:
    left_out = {found.start() for pattern in _LEFT_OUT if (found := pattern.search(name))}
    syllables = chain.from_iterable(map(_pinyin(), _CUT.split(name)))
    return "".join(
        ("," if at in left_out else "'") + (_SYLLABLE.match(syllable) or "")[0]
        for at, syllable in enumerate(syllables)
        if _SPOKEN.match(name[at])
    )


def _heard(pinyin: str, said: str) -> Iterator[tuple[int, int]]:
    """The first and the last syllable of each place where `pinyin` is."""
    begins = [at for at, mark in enumerate(said) if mark in "',"]
    for match in re.finditer(sound(pinyin), said):
        yield bisect_left(begins, match.start()), bisect_left(begins, match.end()) - 1


@functools.cache
def _pinyin() -> Callable[[str], list[str]]:
    """What gives each character its syllable, or itself."""
    import pypinyin  # noqa: PLC0415 - loads its dictionaries, which only loading needs

    table = Path(__file__).with_name("readings.tsv").read_text(encoding="utf-8")
    readings = dict(line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    pypinyin.load_single_dict({ord(word): said for word, said in readings.items() if len(word) == 1})
    pypinyin.load_phrases_dict({word: [[s] for s in said.split()] for word, said in readings.items() if len(word) > 1})
    return functools.partial(pypinyin.lazy_pinyin, errors=list)  # type: ignore[arg-type]  # a list is welcome


def _all(word: str, text: str) -> Iterable[tuple[int, int]]:
    at = text.find(word)
    while at >= 0:
        yield at, at + len(word)
        at = text.find(word, at + len(word))


class _Table(dict[int, str]):
    """Code point -> what stands for it, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = _stands_for(chr(code))
        return self[code]


_TABLE: Final = _Table()


def _stands_for(character: str) -> str:
    """One character, or none for a blank, a control or a mark on the character before it."""
    if character.isspace() or unicodedata.category(character) in {"Cc", "Cf", "Cs", "Mn", "Mc", "Me"}:
        return ""
    character = _if_one(unicodedata.normalize("NFKC", character), character)
    character = _if_one(character.casefold(), character)
    character = _if_one(_simplified()(character), character)
    return _FORMS.get(character, character)


def _if_one(changed: str, character: str) -> str:
    """`changed`, unless that is more than one character, as m2 is for ㎡."""
    return changed if len(changed) == 1 else character


@functools.cache
def _simplified() -> Callable[[str], str]:
    import opencc  # noqa: PLC0415 - loads its dictionaries, which only search and loading need

    return cast("Callable[[str], str]", opencc.OpenCC("t2s").convert)
