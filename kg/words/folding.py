"""Words as search compares them: simplified or traditional, half or full width, broken over lines or not is no difference.

Each character is replaced by one that stands for all its forms, alone, without a look at its neighbours. That is not how
one writes simplified Chinese (著名 becomes 着名), but both the words looked for and the text go through it, and so they meet;
and as no character ever becomes two, what is found is found at its place.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Callable, Iterable
from itertools import chain, islice
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

_CHINESE: Final = re.compile("[一-龥]{2,}")  # the characters that both engines' analyzers know to be Chinese
_PAIRS: Final = 32  # of a long question; the rest of it is compared anyway


def fold(text: str) -> str:
    """`text` as it is compared. Blanks, line ends and characters that one does not see are left out."""
    return text.translate(_TABLE)


def simplified(text: str) -> str:
    """`text` as one writes it in simplified characters, by its phrases: 乾縣 becomes 乾县, which fold makes 干县."""
    return _simplifier()(text)


def find(words: Iterable[str], text: str) -> list[Span]:
    """Where `words`, each folded, stand in `text`: in order, and one span where they overlap or touch."""
    folded = fold(text)
    kept = [at for at, character in enumerate(text) if _TABLE[ord(character)]]  # folded[i] is text[kept[i]]
    stands = chain.from_iterable(_all(word, folded) for word in words)
    return joined(Span(kept[start], kept[end - 1] + 1) for start, end in stands)


def joined(spans: Iterable[Span]) -> list[Span]:
    """`spans` in order, and one where they overlap or touch."""
    made: list[Span] = []
    for span in sorted(spans):
        if made and span.start <= made[-1].end:
            made[-1] = Span(made[-1].start, max(span.end, made[-1].end))
        else:
            made.append(span)
    return made


def words_of(question: str) -> list[str]:
    """The words of a question, which blanks part: folded, each once."""
    return [*dict.fromkeys(word for word in map(fold, question.split()) if word)]


def pairs(words: Iterable[str]) -> str:
    """The pairs of neighbouring Chinese characters in `words`, as a query of Lucene: what holds the words holds all of these.
    Empty where there are none."""
    runs = [run for word in words for run in _CHINESE.findall(word)]
    found = dict.fromkeys(run[at : at + 2] for run in runs for at in range(len(run) - 1))
    return " ".join(f"+{pair}" for pair in islice(found, _PAIRS))


def lines(*fields: str | None) -> str:
    """What is searched of a thing: its fields folded, one a line."""
    return "\n".join(fold(field or "") for field in fields)


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
    character = _if_one(simplified(character), character)
    return _FORMS.get(character, character)


def _if_one(changed: str, character: str) -> str:
    """`changed`, unless that is more than one character, as m2 is for ㎡."""
    return changed if len(changed) == 1 else character


@functools.cache
def _simplifier() -> Callable[[str], str]:
    import opencc  # noqa: PLC0415 - loads its dictionaries, which only search and loading need

    return cast("Callable[[str], str]", opencc.OpenCC("t2s").convert)
