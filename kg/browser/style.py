"""How Neo4j Browser draws each label and type: a colour, a size, a caption. Made from kg/schema.py."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kg import schema
from kg.words import zh


@dataclass(frozen=True, slots=True)
class Look:
    """How a label or a type is drawn. `size`: a node's diameter or a relationship's width, in pixels."""

    colour: str
    size: int


# After Okabe and Ito, darker where white words stand on it: told apart by people who see fewer colours, and on white.
LOOKS: Final = {
    "Source": Look("#D5D9E0", 60),
    "Document": Look("#00735A", 115),
    "Task": Look("#E69F00", 105),
    "Principle": Look("#F0E442", 100),
    "Deadline": Look("#B5460F", 95),
    "Agency": Look("#00629B", 105),
    schema.COLLECTIVE: Look("#8CC8EE", 115),
    "Function": Look("#CC79A7", 85),
    "Place": Look("#5B6270", 75),
    "Report": Look("#4E7D1E", 70),
    "Total": Look("#D5D9E0", 60),
}
LINES: Final = {
    "FROM": Look("#A5ABB6", 1),
    "ISSUED": Look("#A5ABB6", 1),
    "CONCERNS": Look("#A5ABB6", 1),
    "HAS_TASK": Look("#A5ABB6", 1),
    "STATES": Look("#A5ABB6", 1),
    "DUE": Look("#B5460F", 2),
    "LEADS": Look("#00416A", 6),
    "PARTICIPATES": Look("#7FA8C4", 2),
    "PERFORMS": Look("#CC79A7", 1),
    "IN": Look("#A5ABB6", 1),
    "PART_OF": Look("#A5ABB6", 1),
    "MEMBER_OF": Look("#5B6270", 2),
    "SUCCEEDED_BY": Look("#5B6270", 2),
    "CITES": Look("#00735A", 2),
    "SIMILAR_TO": Look("#B07A00", 3),
    "ON": Look("#4E7D1E", 2),
    "REPORTED": Look("#4E7D1E", 2),
}

_DARK, _LIGHT = "#1B1F24", "#FFFFFF"
_NAMES: Final = ("name", "title", "state", "quote", "text")
"""Which property says what a node is, the best first."""


def rules() -> dict[str, dict[str, str]]:
    """The style: what each selector sets."""
    selectors = {
        "node": {"diameter": "60px", "color": "#A5ABB6", "border-color": "#8A919C", "border-width": "2px"}
        | {"text-color-internal": _DARK, "font-size": "12px"},
        "relationship": {"color": "#A5ABB6", "shaft-width": "1px", "font-size": "11px", "padding": "3px"}
        | {"text-color-external": _DARK, "text-color-internal": _LIGHT, "caption": "<type>"},
    }
    properties = {node.label: node.properties for node in schema.NODES}
    for label, look in LOOKS.items():
        collective = label == schema.COLLECTIVE
        named = properties["Agency" if collective else label]
        caption = "{" + next(name for name in _NAMES if name in named) + "}"
        selectors[f"node.{label}"] = {
            "color": look.colour,
            "border-color": LOOKS["Agency"].colour if collective else _darker(look.colour),
            "border-width": "6px" if collective else "2px",
            "text-color-internal": _ink(look.colour),
            "diameter": f"{look.size}px",
            "font-size": "14px" if caption == "{name}" else "12px",  # titles are longer than names
            # A caption is broken at blanks only, of which Chinese names have none: a task's number gets a line of its own.
            "caption": f"{{number}} {caption}" if "number" in named else caption,
        }
    for type_, line in LINES.items():
        selectors[f"relationship.{type_}"] = {"color": line.colour, "shaft-width": f"{line.size}px", "caption": called(type_)}
    return selectors


def called(type_: str) -> str:
    """What a relationship is called, with its score where it has one."""
    word = zh.table()["role"].get(type_) or zh.word("relationship", type_)
    return f"{word} {{score}}%" if type_ == "SIMILAR_TO" else word


def style() -> str:
    """The style sheet, in the Browser's own language (grass)."""
    return "".join(f"{selector} {{\n{_declarations(rule)}}}\n" for selector, rule in rules().items())


def inline_style() -> str:
    """The command that holds the style itself: as JSON, for a setting ends a command at a semicolon, and the editor spoils
    grass of several lines, which then breaks the Browser.
    """
    return f"style {json.dumps(rules())}"


def _declarations(rule: Mapping[str, str]) -> str:
    return "".join(f"  {name}: {repr(value) if name == 'caption' else value};\n" for name, value in rule.items())


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _darker(colour: str) -> str:
    return "#" + "".join(f"{round(part * 0.8):02X}" for part in _rgb(colour))


def _luminance(colour: str) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (part / 255 for part in _rgb(colour))]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG counts it, from 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _ink(ground: str) -> str:
    return max(_DARK, _LIGHT, key=lambda ink: contrast(ink, ground))
