"""What a page shows: characters, and lines drawn straight."""

from __future__ import annotations

from typing import NamedTuple

_STRAIGHT = 0.5  # points by which a rule may be aslant
_SHORTEST = 1.0  # points

Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


class Char(NamedTuple):
    """A character and its box."""

    words: str
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def is_known(self) -> bool:
        """Whether its font says which character it is, and not only which of its glyphs."""
        return not ("\ue000" <= self.words <= "\uf8ff" or self.words == "\ufffd")

    def stands_in(self, box: Box) -> bool:
        x, y = (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2
        return box[0] <= x <= box[2] and box[1] <= y <= box[3]


class Rule(NamedTuple):
    """A line drawn across (top == bottom) or down (x0 == x1)."""

    x0: float
    top: float
    x1: float
    bottom: float

    @classmethod
    def between(cls, start: Point, end: Point) -> Rule | None:
        """None for a line that is aslant, or no longer than it is wide."""
        (ax, ay), (bx, by) = start, end
        across, down = abs(bx - ax), abs(by - ay)
        if max(across, down) < _SHORTEST or min(across, down) > _STRAIGHT:
            return None
        if across > down:
            return cls(min(ax, bx), (ay + by) / 2, max(ax, bx), (ay + by) / 2)
        return cls((ax + bx) / 2, min(ay, by), (ax + bx) / 2, max(ay, by))

    @property
    def across(self) -> bool:
        return self.bottom - self.top <= self.x1 - self.x0
