"""What is asked in Neo4j Browser: a guide for its side bar, and saved queries. Made from cypher/.

A paste of several statements shows no result there, so a saved query holds its parameters as literals, and a canned file is
pasted after its `:param` line has been run.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

from kg import schema
from kg.ask.queries import Catalogue, query_folder
from kg.browser.style import LINES, LOOKS, Look, called, inline_style
from kg.words import zh


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


def with_literals(text: str) -> str:
    """The statement of a query file with the values of its `:param` line in it, without the filters that are null."""
    values: dict[str, str] = dict(re.findall(r"([a-z_]+): (\[[^\]]*\]|'[^']*'|[^\s,}]+)", _param(text)))
    statement = "\n".join(line for line in text.splitlines() if not line.startswith("//")).strip()
    for name in (name for name, value in values.items() if value == "null"):
        statement = re.sub(rf"\n +AND \(\${name} IS NULL OR .*\)(?=\n)", "", statement)
    return re.sub(r"\$([a-z_]+)", lambda name: values[name[1]], statement)


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
    lines = "".join(f"<li>{_bar(LINES[role])}{called(role)} <code>{role}</code></li>" for role in ("LEADS", "PARTICIPATES"))
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
