"""How people name a task by its words: what corrections and reports are matched by, so that both outlive new rules."""

from __future__ import annotations


def squeezed(words: str) -> str:
    """`words` without white space, in which copies of a text differ."""
    return "".join(words.split())


def is_named(quote: str, number: str, title: str, words: str) -> bool:
    """Whether a task has the title `quote`, or its words begin with it, behind its number or with it; white space aside."""
    quote = squeezed(quote)
    return squeezed(title) == quote or squeezed(words).startswith((quote, squeezed(number) + quote))
