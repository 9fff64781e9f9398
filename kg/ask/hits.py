"""What a search answers of each hit: the field that matched best, where the words stand in it, and in the source."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from kg.model import Span
from kg.words.folding import find, fold
from kg.words.pinyin import find_said, is_pinyin, sound

KINDS: Final = ("agency", "place", "function", "document", "task")
"""What can be found; of two hits that are equally good, in this order."""

HOW: Final = ("whole", "name", "text")
"""How it was found, the best first."""

_CONTEXT: Final = 24  # characters of a snippet before its first match
_SNIPPET: Final = 120  # its characters in all


@dataclass(frozen=True, slots=True)
class _Field:
    """What may have been matched. `sounds`: how it is said, where that was looked at."""

    name: str
    value: str
    sounds: str = ""


def hit_of(row: Mapping[str, Any], words: Sequence[str]) -> dict[str, Any]:
    """What search says of a hit, its total apart. `row`: of the statement; `words`: of the question, folded."""
    kind = KINDS[row["kind"]]
    field = _best_field(_fields(kind, row), words)
    spans = find_said(words, field.value, field.sounds)
    window = _window(field.value, spans)
    by_sound = any(word not in fold(field.value) and _is_said(word, field) for word in words)
    return {
        "kind": kind,
        "name": row["title"] if kind in ("document", "task") else row["name"],
        "id": row["id"],
        "place": row["place"],
        "place_code": row["place_code"],
        "number": row["doc_number"] if kind == "document" else row["number"],
        "leads": [*{unit["agency_id"]: unit for unit in row["leads"]}.values()],
        "tasks": row["tasks"],
        "document": row["document"],
        "document_id": row["document_id"],
        "found": HOW[row["rank"]],
        "field": "pinyin" if by_sound else field.name,
        "value": field.value,
        "spans": _maps(spans),
        "snippet": _one_line(field.value, window),
        "segments": _segments(field.value, spans, window),
        "source": row["source"],
        "source_id": row["source_id"],
        "source_spans": _maps(_in_source(kind, row, field, words)),
    }


def _fields(kind: str, row: Mapping[str, Any]) -> list[_Field]:
    """What may have been matched, the best first."""
    if kind == "agency":
        names = [("name", row["name"]), ("short", row["short"]), *(("printed", name) for name in row["printed"] or ())]
    else:
        names = [("title", row["title"])] if kind in ("document", "task") else [("name", row["name"])]
    lines = (row.get("sounds") or "").split("\n")  # a line for each name, the same name once
    sounds = dict(zip(dict.fromkeys(value for _, value in names), lines, strict=False))
    fields = [_Field(name, value, sounds.get(value, "")) for name, value in names if value]
    if kind not in ("document", "task"):
        return fields
    other = _Field("text", row["text"]) if kind == "task" else _Field("doc_number", row["doc_number"])
    return [*fields, other] if other.value else fields


def _best_field(fields: Sequence[_Field], words: Sequence[str]) -> _Field:
    """The one that is the question, else the first with most of the words, written rather than said."""
    whole = "".join(words)

    def merit(field: _Field) -> tuple[bool, int, int]:
        folded = fold(field.value)
        written = [word in folded for word in words]
        said = [_is_said(word, field) for word in words]
        is_whole = folded == whole or (is_pinyin(whole) and bool(re.fullmatch(sound(whole) + "[a-z]*", field.sounds)))
        return is_whole, sum(map(max, written, said)), sum(written)

    return max(fields, key=merit)


def _is_said(word: str, field: _Field) -> bool:
    return is_pinyin(word) and bool(re.search(sound(word), field.sounds))


def _in_source(kind: str, row: Mapping[str, Any], field: _Field, words: Sequence[str]) -> list[Span]:
    """Where the matches stand in the source's text; what was found by its pinyin, in the title there."""
    if kind == "task":
        text, at = row["text"], Span(0, len(row["text"]))
        spans = find(words, text)
        if not spans and field.sounds:
            at = next(iter(find([fold(field.value)], text)), Span(0, 0))
            spans = find_said(words, at.of(text), field.sounds)
        return [Span(row["start"] + at.start + start, row["start"] + at.start + end) for start, end in spans]
    if kind == "document" and (text := row["source_text"]):
        at = _printed(field.value, text, Span(row["start"], row["end"]))
        return [Span(at.start + start, at.start + end) for start, end in find_said(words, at.of(text), field.sounds)]
    return []


def _printed(value: str, text: str, document: Span) -> Span:
    """Where a title or 文号 first stands in its document, else last before it: portals print a list of such facts there."""
    if inside := find([fold(value)], document.of(text)):
        return Span(document.start + inside[0].start, document.start + inside[0].end)
    return next(reversed(find([fold(value)], text[: document.start])), Span(0, 0))  # a title we made up stands nowhere


def _window(value: str, spans: Sequence[Span]) -> Span:
    """The part of `value` that a snippet shows."""
    start = max(0, spans[0].start - _CONTEXT) if spans else 0
    return Span(start, min(len(value), max(start + _SNIPPET, spans[0].end if spans else 0)))


def _segments(value: str, spans: Sequence[Span], window: Span) -> list[dict[str, Any]]:
    cuts = [(max(start, window.start), min(end, window.end)) for start, end in spans]
    segments, at = [], window.start
    for start, end in [cut for cut in cuts if cut[0] < cut[1]]:
        segments += [(value[at:start], False), (value[start:end], True)]
        at = end
    return [{"text": text, "match": match} for text, match in [*segments, (value[at : window.end], False)] if text]


def _one_line(value: str, window: Span) -> str:
    before, after = "…" if window.start else "", "…" if window.end < len(value) else ""
    return before + " ".join(value[window.start : window.end].split()) + after


def _maps(spans: Sequence[Span]) -> list[dict[str, int]]:
    return [{"start": start, "end": end} for start, end in spans]
