"""Patterns of loaders/lexicon/predicates.tsv: what a predicate may begin with, by class."""

from __future__ import annotations

from typing import Final

from loaders.lexicon.table import firsts_of, pattern_of, words_by_class

_WORDS: Final = words_by_class("predicates.tsv")

_OPENING: Final = ("adverb", "opener", "verb", "weak", "event")
FIRSTS: Final = "".join(sorted({word[0] for kind in _OPENING for word, *_ in _WORDS[kind]}))
"""The first characters of them all."""
ADVERB_FIRSTS: Final = firsts_of(_WORDS["adverb"])
ADVERBS: Final = pattern_of(_WORDS["adverb"])
OPENERS: Final = pattern_of(_WORDS["opener"])
VERBS: Final = pattern_of(_WORDS["verb"])
WEAK: Final = pattern_of(_WORDS["weak"])
EVENTS: Final = pattern_of(_WORDS["event"])
