"""corrections.yaml: read with the line of every mistake, written without loss of comments and order."""

from __future__ import annotations

import re
from functools import lru_cache
from io import StringIO
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from kg import atomic
from kg.decide.entries import ENTRY, ChangePlace, ChangeTask, Corrections, Entry, Merge, Named, Split
from kg.errors import BadCorrections

HEADER: Final = "What people know better than the rules; docs/corrections.md shows every form. `kg correct` adds entries."


def read(file: Path, named: Named) -> Corrections:
    """The entries of a file; none where there is no such file. Raises BadCorrections naming the line."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return Corrections((), named)
    except (OSError, UnicodeDecodeError) as error:
        raise BadCorrections(f"{file}: {error}", "it must be a readable file in UTF-8") from error
    return Corrections(parse(text, str(file)), named)


def parse(text: str, file: str = "corrections.yaml") -> tuple[Entry, ...]:
    """The entries of a file's text. Raises BadCorrections naming the line."""
    try:
        entries = tuple(map(_alone, _chunks(text)))
        if len({about(entry) for entry in entries}) == len(entries) > 0:
            return entries
    except BadCorrections:
        pass
    return _parse(text, file)


_ENTRY: Final = re.compile(r"^- ", re.MULTILINE)
_PLAIN: Final = re.compile(r"(?:- |  |#|$)")


def _chunks(text: str) -> list[str]:
    """The entries of a list whose lines begin where they should, each by itself, with the comments behind it; none where it is
    another list."""
    if not all(map(_PLAIN.match, text.split("\n"))):
        return []
    starts = [match.start() for match in _ENTRY.finditer(text)]
    return [text[start:end] for start, end in pairwise([*starts, len(text)])]


@lru_cache(maxsize=100_000)
def _alone(chunk: str) -> Entry:
    """Entries are read anew each time, and seldom others than before. Raises BadCorrections."""
    (entry,) = _parse(chunk, "")
    return entry


def _parse(text: str, file: str) -> tuple[Entry, ...]:
    try:
        root = YAML().compose(StringIO(text))
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise BadCorrections(f"{file}:{line}: not YAML: {error.problem or error.context}", "mend that line") from error
    except YAMLError as error:
        raise BadCorrections(f"{file}: not YAML: {error}", "mend it") from error
    if root is None or (isinstance(root, ScalarNode) and not root.value):
        return ()
    if not isinstance(root, SequenceNode):
        raise _bad(file, root, "the file is no list of entries", "begin each entry with `- change: …`")
    entries: dict[str, int] = {}
    for node in root.value:
        entry = _entry(file, node)
        key = about(entry)
        line = node.start_mark.line + 1
        if key in entries:
            raise _bad(file, node, f"the entry of line {entries[key]} speaks of the same", "leave one of the two")
        entries[key] = line
    return tuple(_entry(file, node) for node in root.value)


def about(entry: Entry) -> str:
    """What only one entry can speak of."""
    match entry:
        case ChangePlace():
            return f"the place of {entry.document}"
        case Merge() | Split():
            return f"{entry.surface} of {entry.place}"
        case ChangeTask(kind="none"):  # said again, it would strike another task of the same title
            return entry.model_dump_json(exclude={"reason", "date", "by"})
        case _:
            return entry.model_dump_json()


def _entry(file: str, node: Node) -> Entry:
    if not isinstance(node, MappingNode):
        raise _bad(file, node, "this entry is no list of `key: value`", "begin it with `- change: …`")
    said: dict[str, str | None] = {}
    marks: dict[str, Node] = {}
    for key, value in node.value:
        if not isinstance(value, ScalarNode):
            raise _bad(file, value, f"{key.value} is a list or has keys of its own", "give one value")
        if key.value in said:
            raise _bad(file, key, f"{key.value} stands here twice", "leave one of the two")
        # Plain scalars stay as they are written: the task 3.10 is not 3.1.
        said[key.value] = None if value.tag == "tag:yaml.org,2002:null" else value.value
        marks[key.value] = value
    try:
        return ENTRY.validate_python(said)
    except ValidationError as error:
        first = min(error.errors(), key=lambda e: e["type"] != "extra_forbidden")  # a misspelt key is what another lacks
        name = str(first["loc"][1]) if len(first["loc"]) > 1 else "change"
        if first["type"] == "missing":
            raise _bad(file, node, f"{name} is missing", "add it") from error
        if first["type"] == "extra_forbidden":
            known = forms()[said["change"] or ""].model_fields
            raise _bad(file, marks[name], f"there is no {name} here", f"choose from {', '.join(known)}") from error
        if first["type"] in ("union_tag_invalid", "union_tag_not_found"):
            raise _bad(file, marks.get("change", node), "change is unknown", f"choose from {', '.join(forms())}") from error
        raise _bad(file, marks.get(name, node), f"{name}: {_said(first)}", "mend that line") from error


def _said(error: ErrorDetails) -> str:
    """What is wrong, in our own words where they are ours."""
    return error["msg"].removeprefix("Value error, ")


def _bad(file: str, node: Node, message: str, hint: str) -> BadCorrections:
    return BadCorrections(f"{file}:{node.start_mark.line + 1}: {message}", hint)


def forms() -> dict[str, type[BaseModel]]:
    """The kinds of entries, by what stands in `change`."""
    models: tuple[type[BaseModel], ...] = get_args(Entry)
    return {get_args(model.model_fields["change"].annotation)[0]: model for model in models}


def make(typed: bool = False, /, **said: Any) -> Entry:  # noqa: ANN401 (pydantic says what is accepted)
    """An entry from its fields, those that are None left out. `typed`: a text is no number. Raises BadCorrections."""
    try:
        return ENTRY.validate_python({name: value for name, value in said.items() if value is not None}, strict=typed)
    except ValidationError as error:
        first = error.errors()[0]
        raise BadCorrections(f"{first['loc'][-1] if first['loc'] else 'entry'}: {_said(first)}", "mend that value") from error


def append(file: Path, entry: Entry) -> None:
    """Writes an entry behind the others; comments and order stay, and a reader meets the old file or the new one. Raises
    BadCorrections where the file is broken, holds such an entry, or cannot be written."""
    former, entries = _plain(file)
    head = former.rstrip() if former.strip() else f"# {HEADER}"
    if not entries:  # the comments of a file without entries belong to none
        head = "\n".join(line for line in head.split("\n") if line.startswith("#"))
    text = f"{head}\n{_dumped(entry)}"
    if parse(text, str(file))[-1] != entry:  # YAML folds some line ends of Unicode
        raise BadCorrections("this would be read otherwise than it is written", "leave out its unusual characters")
    _write(file, text)


def remove(file: Path, entry: Entry) -> None:
    """Takes an entry out again, in the same way. Raises BadCorrections where the file is broken or cannot be written."""
    former, entries = _plain(file)
    chunks, at = _chunks(former), entries.index(entry)
    lines = chunks[at].splitlines(keepends=True)
    behind = next((n for n, line in enumerate(lines) if n and not line.startswith(" ")), len(lines))  # comments
    chunks[at] = "".join(lines[behind:])
    _write(file, former[: _ENTRY.search(former).start()] + "".join(chunks))  # type: ignore[union-attr]


def _plain(file: Path) -> tuple[str, tuple[Entry, ...]]:
    """The text of a file, its list as one entry below the other, and the entries. Raises BadCorrections."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return "", ()
    entries = parse(text, str(file))
    if len(_chunks(text)) != len(entries):  # a list in brackets
        yaml = _yaml()
        held = yaml.load(text)
        held.fa.set_block_style()
        out = StringIO()
        yaml.dump(held, out)
        text = out.getvalue()
    return text, entries


def _yaml() -> YAML:
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 10_000
    return yaml


def _dumped(entry: Entry) -> str:
    """An entry as a person would write it: what it says, and last why."""
    said: dict[str, object] = {"change": entry.change}
    said |= entry.model_dump(exclude={"reason", "date", "by"}, exclude_defaults=True)
    said |= entry.model_dump(include={"reason", "date", "by"}, exclude_none=True)
    out = StringIO()
    _yaml().dump([said], out)
    return out.getvalue()


def _write(file: Path, text: str) -> None:
    """It is on the disk when this returns, or the file is as it was."""
    file = file.resolve()  # a link stays a link
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        atomic.sweep(file)
        with atomic.replacing(file, private=not file.parent.stat().st_mode & 0o077) as draft:  # as the folder is
            draft.write(text.encode())
    except OSError as error:
        raise BadCorrections(f"{file}: {error.strerror}", "nothing was written") from error
