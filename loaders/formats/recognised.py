"""A picture of a page -> the characters and ruling lines on it, by text recognition (OCR): rapidocr, whose models are in its
package. It is an extra: where it is not installed `is_installed` says so, and `remedy` what to do."""

from __future__ import annotations

import importlib.util
import json
import threading
from collections import defaultdict
from functools import cache
from math import atan2, cos, sin
from statistics import median
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from kg.model import Span
from loaders.apart import by_pages
from loaders.formats.layout.shapes import Char, Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy import uint8
    from numpy.typing import NDArray
    from PIL.Image import Image

    Pixels = NDArray[uint8]

LONG_SIDE: Final = 2000
"""Pixels of a page's longer side, A4 at 170 dpi: more makes recognition dearer, not better."""
MOST_PAGES: Final = 60
"""Pages of one file that are recognised; each takes some seconds."""
LARGE_PICTURE: Final = 30.0
"""Square centimetres from which on a picture in a Word file is read; seals and emblems are smaller: 4.5 cm across
(国发〔1999〕25号, 印章 of the State: 5 cm)."""
UNREAD: Final = "识别不出文字"

_ONE_AT_A_TIME: Final = threading.Lock()  # the engine keeps what it works on in itself
_SURE = 0.8  # score of a character, from 0 to 1, below which it may be wrong
_ASKED = 7  # lines that tell whether a page stands on its head
_BODY = 8  # characters of a line that shows how large the text is set
_ALIKE = 0.25  # of the height of such lines: boxes of equal print differ by as much
_WIDE = 5.0  # times the height of a box that shows how the page is turned
_OPENING, _CLOSING = "（《“〔【(", "。，、；：）》”〕】),;:"
_STRAIGHT = 0.003  # radians: 3 mm over the height of a page
# rapidocr's settings. Where lines stand is looked for in less pixels than they are read in (print of 7 points is still found);
# lines are read one by one, and in one thread, for files are read side by side: that takes half of the time and 500 MB less.
_SETTINGS: Final = {
    "Global.log_level": "critical",
    "Global.return_word_box": True,
    "Global.return_single_char_box": True,
    "Det.limit_type": "max",
    "Det.limit_side_len": 1120,
    "Rec.rec_batch_num": 1,
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
}


class Read(NamedTuple):
    """The words of a line as they were recognised, without blanks, and which of its characters may be wrong."""

    words: str
    doubtful: tuple[int, ...]


class Recognised(NamedTuple):
    """What stands on a page: its height, characters and rules in points, what was read, and how many marks as large as
    characters were not."""

    height: float
    chars: list[Char]
    rules: list[Rule]
    lines: list[Read]
    unread: int

    @classmethod
    def of_json(cls, found: str) -> Recognised:
        height, chars, rules, lines, unread = json.loads(found)
        read = [Read(words, tuple(doubtful)) for words, doubtful in lines]
        return cls(height, [Char(*char) for char in chars], [Rule(*rule) for rule in rules], read, unread)


Corners = list[tuple[float, float]]
"""Upper left, upper right, lower right, lower left."""


def is_installed() -> bool:
    return all(importlib.util.find_spec(name) for name in ("rapidocr", "onnxruntime"))


def remedy() -> str:
    """What to do with a scan that was not read."""
    other = "load the text that another program (OCR) recognised"
    return other if is_installed() else f"pip install 'duty-kg[ocr]', which recognises text; or {other}"


def recognise(picture: Callable[[], Image], longest: float) -> Recognised:
    """What `picture` shows, a page whose longer side has so many points, turned upright, held straight and without red seals:
    nothing where it could not be read elsewhere (loaders.apart). Raises MemoryError."""

    def here() -> Recognised:
        shown = picture()
        return _recognised(shown, longest / max(shown.size))

    if not (pages := by_pages()):
        return here()
    found = pages(lambda: json.dumps(here()))
    return Recognised.of_json(found) if found else Recognised(longest, [], [], [], 0)


def _recognised(picture: Image, points: float) -> Recognised:
    """`points` are those of a pixel."""
    import numpy as np  # noqa: PLC0415

    if np.ptp(np.asarray(picture.convert("L"))) < _BLANK:
        return Recognised(picture.height * points, [], [], [], 0)
    pixels = _without_seals(np.asarray(picture.convert("RGB"))[:, :, ::-1].copy())  # BGR, as cv2 has them
    with _ONE_AT_A_TIME:
        pixels, found = _upright(pixels)
        angle = _angle([line.box for line in found])
        turned = [_turned(line.box, angle, points) for line in found]
        size = _Size.of(turned, [line.words for line in found])
        marks = _marks(pixels, [line.box for line in found], size.em / points)
        single = [line for box in marks[:_MOST_MARKS] if (line := _single(pixels, box))] if found else []
    chars: list[Char] = []
    for line, box in zip([*found, *single], [*turned, *(_turned(line.box, angle, points) for line in single)], strict=True):
        places = [_turned(corners, angle, points) for corners in line.places]
        chars += _chars(line.words, [(place[0][0] + place[2][0]) / 2 for place in places], box, size)
    lines = [_read(line) for line in (*found, *single)]
    return Recognised(pixels.shape[0] * points, chars, list(_rules(pixels, angle, points)), lines, len(marks) - len(single))


@cache
def _engine() -> Callable[..., Any]:
    """Made once a process; its models take a second to load, and are no download."""
    from rapidocr import RapidOCR  # noqa: PLC0415 - takes a second

    engine: Callable[..., Any] = RapidOCR(params=_SETTINGS)
    return engine


class _Line(NamedTuple):
    """Words as the engine gives them, in pixels: the corners of their box, and of each character but blanks. `scores` are given
    for as many characters as are no blanks, but begin to count with the blanks (rapidocr 3.10)."""

    words: str
    box: Corners
    places: list[Corners]
    scores: list[float]


def _lines(pixels: Pixels) -> list[_Line]:
    """The lines that the engine finds on a page, from the top down."""
    try:
        result = _engine()(pixels, use_det=True, use_cls=True, use_rec=True)
    except Exception as error:
        if "bad_alloc" in str(error) or "memory" in str(error).lower():
            raise MemoryError from error
        raise
    if result.txts is None:
        return []
    return [
        _Line(words, _corners(box), [_corners(place) for _, _, place in scored], [score for _, score, _ in scored])
        for words, box, scored in zip(result.txts, result.boxes, result.word_results, strict=True)
    ]


def _upright(pixels: Pixels) -> tuple[Pixels, list[_Line]]:
    """The page turned as it is read, and its lines. On its side, its lines stand on end and are read all the same (rapidocr
    turns them); characters below one another are not."""
    found = _lines(pixels)
    if 2 * sum(len(line.words) for line in found if _on_end(line.box)) > sum(len(line.words) for line in found):
        pixels = _quarter(pixels)
        found = _lines(pixels)
    longest = sorted(found, key=lambda line: -len(line.words))[:_ASKED]
    if longest and 2 * sum(_is_upside_down(pixels, line.box) for line in longest) > len(longest):
        pixels = _quarter(_quarter(pixels))
        found = _lines(pixels)
    return pixels, found


def _on_end(box: Corners) -> bool:
    return box[3][1] - box[0][1] > box[1][0] - box[0][0]


def _quarter(pixels: Pixels) -> Pixels:
    import cv2  # noqa: PLC0415

    turned: Pixels = cv2.rotate(pixels, cv2.ROTATE_90_COUNTERCLOCKWISE)
    return turned


def _is_upside_down(pixels: Pixels, box: Corners) -> bool:
    xs, ys = [max(0, round(x)) for x, _ in box], [max(0, round(y)) for _, y in box]
    result = _engine()(pixels[min(ys) : max(ys), min(xs) : max(xs)], use_det=False, use_cls=True, use_rec=False)
    return bool(result.cls_res and result.cls_res[0][0] == "180")


def _single(pixels: Pixels, box: tuple[int, int, int, int]) -> _Line | None:
    """What stands alone in `box`, left, top, right and bottom, too small for the engine to find; None where that is unsure."""
    left, top, right, bottom = box
    result = _engine()(pixels[top:bottom, left:right], use_det=False, use_cls=False, use_rec=True)
    words, score = (result.txts[0], result.scores[0]) if result.txts else ("", 0.0)
    corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
    return _Line(words, _corners(corners), [], [score] * len(words)) if words.strip() and score >= _SURE else None


def _corners(places: Sequence[Sequence[float]]) -> Corners:
    return [(float(x), float(y)) for x, y in places]


def _read(line: _Line) -> Read:
    words = line.words
    sure = [*line.scores, *[1.0] * len(words)]
    printed = [(char, score) for char, score in zip(words, sure, strict=False) if not char.isspace()]
    return Read("".join(char for char, _ in printed), tuple(n for n, (_, score) in enumerate(printed) if score < _SURE))


# ---- places ---------------------------------------------------------------------------------------------------------


def _angle(boxes: Sequence[Corners]) -> float:
    """By how much lines fall to the right, in radians; 0 where the page is straight."""
    long = [box for box in boxes if box[1][0] - box[0][0] > _WIDE * abs(box[3][1] - box[0][1])]
    angle = median([atan2(box[1][1] - box[0][1], box[1][0] - box[0][0]) for box in long] or [0.0])
    return angle if abs(angle) > _STRAIGHT else 0.0


def _turned(corners: Sequence[Sequence[float]], angle: float, points: float) -> Corners:
    across, down = cos(angle) * points, sin(angle) * points
    return [(x * across + y * down, y * across - x * down) for x, y in corners]


class _Size(NamedTuple):
    """How large the text of a page is set: the height of its lines' boxes, and of their characters, in points."""

    box: float
    em: float

    @classmethod
    def of(cls, boxes: Sequence[Corners], words: Sequence[str]) -> _Size:
        body = [(box, line) for box, line in zip(boxes, words, strict=True) if len(line) >= _BODY]
        height = median([_height(box) for box, _ in body] or [_height(box) for box in boxes] or [1.0])
        width = median([(box[1][0] - box[0][0]) / _columns(line) for box, line in body] or [height])
        return cls(height, min(width, height))

    def __call__(self, box: Corners) -> float:
        height = _height(box)
        return self.em if abs(height - self.box) <= _ALIKE * self.box else height * self.em / self.box


def _height(box: Corners) -> float:
    (_, a), (_, b), (_, c), (_, d) = box
    return max(1.0, (c + d - a - b) / 2)


def _columns(words: str) -> float:
    return sum(1.0 if char >= "\u2e80" else 0.5 for char in words)


def _chars(words: str, middles: Sequence[float], box: Corners, size: _Size) -> Iterator[Char]:
    """The characters of a line, each with a box that reaches to the next one: the line is one piece."""
    em = size(box)
    middle = sum(y for _, y in box) / 4
    printed = [n for n, char in enumerate(words) if not char.isspace()]
    left, right = min(box[0][0], box[3][0]), max(box[1][0], box[2][0])
    if len(middles) != len(printed):  # then they stand evenly
        step = (right - left) / max(1, len(words))
        middles = [left + (n + 0.5) * step for n in printed]
    starts = sorted(x - _columns(words[n]) * em / 2 for n, x in zip(printed, middles, strict=True))
    ends = [*starts[1:], starts[-1] + em * _columns(words[printed[-1]])] if starts else []
    if starts:  # a mark has its ink in one half of its square, and its place where its ink is
        starts[0] -= em / 2 if words[printed[0]] in _OPENING else 0
        ends[-1] += em / 2 if words[printed[-1]] in _CLOSING else 0
    for at, (n, x0, x1) in enumerate(zip(printed, starts, ends, strict=True)):
        latin = at + 1 < len(printed) and printed[at + 1] > n + 1 and max(words[n], words[printed[at + 1]]) < "\u2e80"
        yield Char(words[n], x0, middle - em / 2, x0 + 0.4 * (x1 - x0) if latin else x1, middle + em / 2)


def doubtful_in(text: str, page: Span, lines: Sequence[Read]) -> Iterator[Span]:
    """Where the characters of `lines` that may be wrong stand in `text`, of which `page` holds the words of those lines."""
    at = [n for n in range(*page) if not text[n].isspace()]
    words = "".join(text[n] for n in at)
    taken = bytearray(len(words))
    looked: defaultdict[str, int] = defaultdict(int)
    spans: list[Span] = []
    for line in sorted(lines, key=lambda line: -len(line.words)):  # a short one may be part of a longer one
        start = words.find(line.words, looked[line.words])
        while start >= 0 and taken[start]:
            start = words.find(line.words, start + 1)
        if start < 0 or not line.words:  # the number of the page
            continue
        looked[line.words] = start + len(line.words)
        taken[start : start + len(line.words)] = b"\1" * len(line.words)
        spans += [Span(at[start + n], at[start + n] + 1) for n in line.doubtful]
    yield from joined(spans)


def joined(spans: Sequence[Span]) -> list[Span]:
    """`spans` in order, those that meet as one."""
    whole: list[Span] = []
    for span in sorted(spans):
        if whole and span.start <= whole[-1].end:
            whole[-1] = Span(whole[-1].start, max(span.end, whole[-1].end))
        else:
            whole.append(span)
    return whole


# ---- marks, seals, rules -----------------------------------------------------------------------------------------------

_BLANK = 40  # of 255, by which ink is darker than paper
_MARK = (0.7, 1.8)  # em that a character alone is high and wide
_MOST_MARKS = 100
_RED = 40  # by as much red is more than green and blue, of 255
_SEAL = (0.12, 0.4)  # of the page's width: seals are 4 to 5 cm across (国发〔1999〕25号), characters of the 版头 smaller
_ROUND = 1.5  # longer side of a seal against its shorter one
_DARK = 170  # of 255, what is darker is printed
_RULE = 0.04  # of the page's width or height, the shortest rule
_THICK = 0.004  # of its height, the thickest one
_MOST_RULES = 5000


def _marks(pixels: Pixels, boxes: Sequence[Corners], em: float) -> list[tuple[int, int, int, int]]:
    """Where marks as large as characters of `em` pixels stand outside `boxes`: left, top, right and bottom."""
    import cv2  # noqa: PLC0415
    import numpy as np  # noqa: PLC0415

    dark = (cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY) < _DARK).astype(np.uint8)
    for box in boxes:
        cv2.fillPoly(dark, [np.array(box, np.int32)], 0)
    reach = max(2, round(em / 5))  # parts of a character stand so close
    count, _, places, _ = cv2.connectedComponentsWithStats(cv2.dilate(dark, np.ones((reach, reach), np.uint8)))
    height, width = dark.shape
    return [
        (max(0, x - reach), max(0, y - reach), min(width, x + across + reach), min(height, y + down + reach))
        for x, y, across, down, _ in places[1:count].tolist()
        if _MARK[0] * em < down < _MARK[1] * em and _MARK[0] * em < across + reach and across < _MARK[1] * em
    ]


def _without_seals(pixels: Pixels) -> Pixels:
    """The pixels with what is red white where it makes a seal; what is printed under it stays. Headings stay red."""
    import cv2  # noqa: PLC0415
    import numpy as np  # noqa: PLC0415

    blue, green, red = (pixels[:, :, n].astype(np.int16) for n in range(3))
    mask = (red - np.maximum(blue, green) > _RED).astype(np.uint8)
    width = pixels.shape[1]
    reach = max(3, width // 150)  # characters of a seal stand close to its ring
    count, _, boxes, _ = cv2.connectedComponentsWithStats(cv2.dilate(mask, np.ones((reach, reach), np.uint8)))
    for x, y, across, down, _ in boxes[1:count]:
        small, large = sorted((across, down))
        if _SEAL[0] * width < small and large < min(_SEAL[1] * width, _ROUND * small):
            part = pixels[y : y + down, x : x + across]
            part[mask[y : y + down, x : x + across] > 0] = 255
    return pixels


def _rules(pixels: Pixels, angle: float, points: float) -> Iterator[Rule]:
    """The lines across and down that are drawn on the page; none where there are too many."""
    import cv2  # noqa: PLC0415
    import numpy as np  # noqa: PLC0415

    height, width = pixels.shape[:2]
    dark = (cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY) < _DARK).astype(np.uint8)
    if angle:
        turn = np.array([[cos(angle), sin(angle), 0], [-sin(angle), cos(angle), 0]])
        dark = cv2.warpAffine(dark, turn, (width, height), flags=cv2.INTER_NEAREST)
    for across, down in ((int(_RULE * width), 1), (1, int(_RULE * height))):
        thicker = cv2.dilate(dark, np.ones((1 if down > 1 else 2, 1 if across > 1 else 2), np.uint8))  # thin lines break
        lines = cv2.morphologyEx(thicker, cv2.MORPH_OPEN, np.ones((max(2, down), max(2, across)), np.uint8))
        count, _, boxes, _ = cv2.connectedComponentsWithStats(lines)
        if count > _MOST_RULES:
            continue
        for x, y, wide, high, _ in boxes[1:count]:
            if min(wide, high) > max(4, _THICK * height):
                continue
            if across > 1:
                middle = (y + high / 2) * points
                yield Rule(x * points, middle, (x + wide) * points, middle)
            else:
                middle = (x + wide / 2) * points
                yield Rule(middle, y * points, middle, (y + high) * points)
