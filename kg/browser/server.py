"""What makes Neo4j Browser show the graph well: a style, a guide and saved queries, made from kg/schema.py and cypher/.

How Neo4j Browser 5.24 takes them (tried): `:style URL` and `:guide URL` fetch from the hosts that it allows, of which localhost
is one; a file is dropped onto its window, one at a time. A paste of several statements shows no result, so a saved query holds
its parameters as literals, and a canned file is pasted after its `:param` line has been run.
"""

from __future__ import annotations

import html
import io
import json
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final

from kg import schema
from kg.ask.queries import Catalogue, query_folder
from kg.words import zh

HOST: Final = "localhost"
PORT: Final = 7475
STYLE, GUIDE, FAVOURITES = "style.grass", "guide.html", "favourites.zip"


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
}

_DARK, _LIGHT = "#1B1F24", "#FFFFFF"
_NAMES: Final = ("name", "title", "quote", "text")
"""Which property says what a node is, the best first."""


@dataclass(frozen=True, slots=True)
class Graph:
    """One file of cypher/graph/: the twin, of the same name, of a canned query, which returns a graph instead of rows.

    It opens with `// what it shows, in Chinese` and a `// :param {…}` line; its parameters are those of its twin that it uses.
    """

    name: str
    shows: str
    param: str
    cypher: str


def graphs(folder: Path | None = None) -> list[Graph]:
    """All files of `folder` (default: our own), by name."""
    return [_graph(file) for file in sorted((folder or query_folder() / "graph").glob("*.cypher"))]


def _graph(file: Path) -> Graph:
    text = file.read_text(encoding="utf-8")
    return Graph(file.stem, text.partition("\n")[0].removeprefix("// "), _param(text), text)


def _param(text: str) -> str:
    return re.search(r"^// (:param \{.*\})$", text, re.MULTILINE)[1]  # type: ignore[index] # every file has it, tested


def rules() -> dict[str, dict[str, str]]:
    """The style: what each selector sets."""
    found = {
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
        found[f"node.{label}"] = {
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
        found[f"relationship.{type_}"] = {"color": line.colour, "shaft-width": f"{line.size}px", "caption": _word(type_)}
    return found


def _word(type_: str) -> str:
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


def with_literals(text: str) -> str:
    """The statement of a query file with the values of its `:param` line in it, without the filters that are null."""
    values: dict[str, str] = dict(re.findall(r"([a-z_]+): (\[[^\]]*\]|'[^']*'|[^\s,}]+)", _param(text)))
    statement = "\n".join(line for line in text.splitlines() if not line.startswith("//")).strip()
    for name in (name for name, value in values.items() if value == "null"):
        statement = re.sub(rf"\n +AND \(\${name} IS NULL OR .*\)(?=\n)", "", statement)
    return re.sub(r"\$([a-z_]+)", lambda found: values[found[1]], statement)


def favourites(queries: Catalogue) -> bytes:
    """Saved queries as a zip file: a folder of graphs, a folder of tables. The first line of each is its title."""
    scripts = {f"关系图/{graph.name}": f"// {graph.shows}\n{with_literals(graph.cypher)}\n" for graph in graphs()}
    for query in queries.values():
        scripts[f"表格/{query.name}"] = f"// {query.name}: {query.answers}\n{with_literals(query.cypher)}\n"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, script in scripts.items():
            packed.writestr(
                zipfile.ZipInfo(f"{name}.cypher"), script
            )  # of no date, so that the same queries give the same file
    return out.getvalue()


def guide() -> str:
    """The guide as a page for the Browser's side bar. A click on a question puts its query into the editor."""
    nodes = "".join(f"<li>{_dot(look)}{zh.word('node', label)} <code>{label}</code></li>" for label, look in LOOKS.items())
    lines = "".join(f"<li>{_bar(LINES[role])}{_word(role)} <code>{role}</code></li>" for role in ("LEADS", "PARTICIPATES"))
    asked = "".join(
        f'<li><a class="remove-play-icon" style="cursor: pointer" '
        f'data-populate="{html.escape(with_literals(graph.cypher))}">{html.escape(graph.shows)}</a></li>'
        for graph in graphs()
    )
    return f"""\
<!DOCTYPE html>
<html lang="zh-CN">
<head><meta charset="utf-8"><title>责任图谱</title></head>
<body>
<slide><div style="padding: 0 15px">
<h3>看什么</h3>
<p>点一个问题，查询就进入上方的编辑框；按 Ctrl+Enter 运行。引号里的值可以改：
单位是“行政区划代码:名称”，如 <code>140400:司法局</code>。</p>
<ul>{asked}</ul>
</div></slide>
<slide><div style="padding: 0 15px">
<h3>怎么看</h3>
<ul style="list-style: none; padding: 0">{nodes}</ul>
<p>粗线是牵头，细线是配合：</p>
<ul style="list-style: none; padding: 0">{lines}</ul>
<p>点线，看依据的原话（<code>quote</code>、<code>clause</code>）；双击圆，展开与它相连的一切。</p>
<p>图上会补齐各圆之间的其他连线。只想看查询返回的，在左下角的设置里关掉 Connect result nodes。</p>
<p>样式不对时：<a style="cursor: pointer" data-exec="{html.escape(inline_style())}">重新载入样式</a></p>
</div></slide>
</body>
</html>
"""


def _dot(look: Look) -> str:
    rim = f"4px solid {LOOKS['Agency'].colour}" if look is LOOKS[schema.COLLECTIVE] else "0"
    return _mark("width: 16px; height: 16px; box-sizing: border-box; border-radius: 8px", look, rim)


def _bar(look: Look) -> str:
    return _mark(f"width: 32px; height: {look.size}px", look, "0")


def _mark(size: str, look: Look, border: str) -> str:
    around = (
        "display: inline-block; vertical-align: middle; margin-right: 10px; box-shadow: 0 0 0 1px #FFFFFF"  # on dark ground
    )
    return f'<span style="{around}; {size}; background: {look.colour}; border: {border}"></span>'


def files(queries: Catalogue) -> dict[str, bytes]:
    """What the Browser is to be given, by file name."""
    return {STYLE: style().encode(), GUIDE: guide().encode(), FAVOURITES: favourites(queries)}


def at_start(port: int) -> str:
    """What Neo4j's setting browser.post_connect_cmd is to be, while `server` runs: the style, an empty stream, the guide."""
    return f"{inline_style()}; clear; guide http://{HOST}:{port}/{GUIDE}"


def explained(port: int) -> str:
    """How to load them while `server` runs, in two lines."""
    at = f"http://{HOST}:{port}"
    return f"""\
In Neo4j Browser run :style {at}/{STYLE} and then :guide {at}/{GUIDE}
For saved queries download {at}/{FAVOURITES} and drop it onto the Browser's window."""


def server(given: Mapping[str, bytes], port: int) -> ThreadingHTTPServer:
    """Serves these files to pages of any origin on this machine: they hold no data. Raises OSError where the port is taken."""
    return ThreadingHTTPServer(("127.0.0.1", port), partial(_Files, given))


class _Files(BaseHTTPRequestHandler):
    _TYPES: Final = {"grass": "text/plain; charset=utf-8", "html": "text/html; charset=utf-8", "zip": "application/zip"}

    def __init__(self, given: Mapping[str, bytes], *rest: object) -> None:
        self._given = given
        super().__init__(*rest)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """A file."""
        name = self.path.removeprefix("/").partition("?")[0]
        body = self._given.get(name)
        self.send_response(404 if body is None else 200)
        self._allow()
        self.send_header("Content-Type", self._TYPES[name.rpartition(".")[2]] if body else "text/plain")
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        self.wfile.write(body or b"")

    def do_OPTIONS(self) -> None:
        """What the Browser asks before it fetches a guide."""
        self.send_response(204)
        self._allow()
        self.end_headers()

    def _allow(self) -> None:
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("Access-Control-Allow-Headers", "*")
        self.send_header("Access-Control-Allow-Private-Network", "true")

    def log_message(self, *_: object) -> None:
        """Says nothing."""
