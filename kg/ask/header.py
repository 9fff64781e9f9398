"""The header of a query file: what the query answers, takes and gives. A file that does not do what it says is refused.

A file opens with `//` lines (DESIGN.md, 'Canned queries'):

    // One sentence that says what it answers.
    // GET /path/{parameter}
    // param name: type = default  -- meaning; 例 an example
    // returns name: type  -- meaning; 例 an example
    // likeness name: one, other  -- meaning     (optional)
    // example --name value …            (the arguments of `kg query NAME`)
    // :param {name: value, …}           (for Neo4j Browser; names every parameter)

A statement that has much to say of each row may sort first, and go on with those only that are asked for: `ORDER BY … LIMIT
$most`, the one LIMIT there may be. Each that is left must give one row, in the same order.

What `likeness` names is sent to the statement beside the parameters: how alike the tasks of two documents are, which the
parameters `one` and `other` give (kg/ask/likeness.py); null, as in Neo4j Browser, where only the links held tell.

Any other `//` line above the statement is a note. A parameter without default is required; one whose default is null is
sent as null, so a statement says `$x IS NULL OR …`. A statement about very much may say `// in parts: name` where the ids of
its parts are known (kg.ask.queries.InParts). Types:

    text  integer (0 or more)  number (0 or more)  boolean  date (ISO 8601, or the word today)  A|B|C (one of these words)
    agency  function  place  document  task      parameters only: an id or exact name; the statement gets the id
    words                                        parameters only: one text; the statement gets a list of its words, as search
                                                 compares them (`all(word IN $q WHERE t.words CONTAINS word)`)
    {name: type, …}                              columns only: a map; its first field is what a terminal shows
    type[]  a list          type?  columns only: may be null
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from kg.ask import names
from kg.ask.signature import RESERVED, SCALARS, Column, Parameter, Type, coerce, option
from kg.errors import BadParameter, BadQueryFile

MOST: Final = "most"
"""What a statement is sent beside its parameters: how many rows are asked for."""

LIMITED: Final = f" LIMIT ${MOST}"
"""What is left out of it where all are."""

_KEYWORDS: Final = frozenset({"GET", "param", "returns", "likeness", "example", ":param"})
_PARAMETER: Final = re.compile(r"(?P<name>[a-z][a-z_]*): (?P<type>[^=]+?)(?: = (?P<default>.+?))?\s+-- (?P<describe>.+)")
_COLUMN: Final = re.compile(r"(?P<name>[a-z][a-z_]*): (?P<type>.+?)\s+-- (?P<describe>.+)")
_LIKENESS: Final = re.compile(r"(?P<name>[a-z][a-z_]*): (?P<one>[a-z_]+), (?P<other>[a-z_]+)\s+-- .+")
_PATH: Final = re.compile(r"(?:/[a-z][a-z-]*|/\{[a-z_]+\})+")
_NOT_CODE: Final = re.compile(r"'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"|`(?:``|[^`])*`|//[^\n]*|/\*.*?\*/", re.DOTALL)
_REFUSED: Final = re.compile(
    r"\b(?:CREATE|MERGE|INSERT|SET|DELETE|DETACH|REMOVE|DROP|ALTER|GRANT|DENY|REVOKE|RENAME|SHOW|TERMINATE|USE|EXPLAIN|PROFILE"
    r"|FOREACH|LOAD\s+CSV|IN\s+(?:\d+\s+|CONCURRENT\s+)*TRANSACTIONS|CALL(?!\s*[({])|LIMIT(?! \$most\b)|SKIP|OFFSET)\b",
    re.IGNORECASE,
)


class Likeness(NamedTuple):
    """What a statement is sent beside its parameters, by `name`, and which of these give the two documents."""

    name: str
    one: str
    other: str


@dataclass(frozen=True, slots=True)
class Header:
    """What the header of one file says; the Query that it becomes has these fields, and the statement."""

    name: str
    answers: str
    notes: str
    path: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    example: Mapping[str, str | list[str]]
    likeness: Likeness | None


def read_header(file: str, text: str) -> Header:
    """The header of a file's text, held against its statement; `file` is its name. Raises BadQueryFile naming the line."""
    return _Reader(file, text).header()


class _Reader:
    """Reads one file; every refusal names its line."""

    def __init__(self, file: str, text: str) -> None:
        self._file = file
        self._text = text
        lines = text.split("\n")
        opening = next((i for i, line in enumerate(lines) if not line.startswith("//")), len(lines))
        self._header = [(number, line.removeprefix("//").strip()) for number, line in enumerate(lines[:opening], 1)]
        # Of the same length as the text, so that an offset in one is an offset in the other.
        self._code = _NOT_CODE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)

    def header(self) -> Header:
        name = self._file.removesuffix(".cypher")
        if not re.fullmatch("[a-z][a-z0-9-]*", name):
            raise self._bad(1, "a query's name is lower-case letters, digits and -")
        if not self._header or not self._header[0][1].endswith((".", "?")):
            raise self._bad(1, "the first line is no `//` sentence that says what the query answers")
        parameters = tuple(self._parameter(number, line) for number, line in self._lines("param"))
        columns = tuple(self._column(number, line) for number, line in self._lines("returns"))
        if not columns:
            raise self._bad(1, "no `// returns` line")
        likeness = self._likeness(parameters)
        sent = {p.name for p in parameters} | ({likeness.name} if likeness else set()) | ({MOST} & self._used())
        self._check_code(parameters, sent)
        self._check_browser_line(sent)
        notes = " ".join(line for _, line in self._header[1:] if line.partition(" ")[0] not in _KEYWORDS)
        path = self._path(parameters)
        return Header(name, self._header[0][1], notes, path, parameters, columns, self._example(parameters), likeness)

    def _bad(self, line: int, message: str) -> BadQueryFile:
        return BadQueryFile(f"{self._file}:{line}: {message}", "the form of a query file is described in kg/ask/header.py")

    def _bad_at(self, offset: int, message: str) -> BadQueryFile:
        return self._bad(self._text.count("\n", 0, offset) + 1, message)

    def _lines(self, keyword: str) -> list[tuple[int, str]]:
        parts = [(number, *line.partition(" ")) for number, line in self._header]
        return [(number, rest.strip()) for number, word, _, rest in parts if word == keyword]

    def _only(self, keyword: str) -> tuple[int, str]:
        lines = self._lines(keyword)
        if len(lines) != 1:
            raise self._bad(lines[1][0] if lines else 1, f"one `// {keyword} …` line is needed, not {len(lines)}")
        return lines[0]

    def _parameter(self, line: int, declared: str) -> Parameter:
        match = _PARAMETER.fullmatch(declared)
        if not match:
            raise self._bad(line, "not `param name: type = default  -- meaning`")
        name, default = match["name"], match["default"]
        type_ = self._type(line, match["type"])
        if name in RESERVED | {MOST}:
            raise self._bad(line, f"every query has a {name} already")
        if type_.nullable or type_.name == "map":
            raise self._bad(line, f"no parameter can be {type_}")
        parameter = Parameter(name, type_, default is None, _default(default), *_described(match["describe"]))
        if type_.name not in names.KINDS:
            try:
                coerce(parameter, parameter.default)
            except BadParameter as error:
                raise self._bad(line, f"the default is not {type_.allowed}") from error
        return parameter

    def _likeness(self, parameters: tuple[Parameter, ...]) -> Likeness | None:
        if not self._lines("likeness"):
            return None
        line, declared = self._only("likeness")
        match = _LIKENESS.fullmatch(declared)
        if not match:
            raise self._bad(line, "not `likeness name: one, other  -- meaning`")
        documents = {p.name for p in parameters if p.required and p.type == Type("document")}
        if not {match["one"], match["other"]} <= documents:
            raise self._bad(line, f"{match['one']} and {match['other']} are no two required documents")
        return Likeness(match["name"], match["one"], match["other"])

    def _column(self, line: int, declared: str) -> Column:
        match = _COLUMN.fullmatch(declared)
        if not match:
            raise self._bad(line, "not `returns name: type  -- meaning`")
        type_ = self._type(line, match["type"])
        if type_.name in names.KINDS:
            raise self._bad(line, f"no column can be {type_}; an id is text")
        return Column(match["name"], type_, *_described(match["describe"]))

    def _type(self, line: int, written: str) -> Type:
        inner = written.removesuffix("?")
        nullable = inner != written
        many = inner.endswith("[]")
        inner = inner.removesuffix("[]")
        if inner.startswith("{") and inner.endswith("}"):
            fields = [part.partition(": ") for part in re.split(r", (?=[a-z_]+: )", inner[1:-1])]
            inside = tuple((name, self._type(line, type_)) for name, _, type_ in fields)
            return Type("map", fields=inside, many=many, nullable=nullable)
        if re.fullmatch(r"\w+(?: \w+)*(?:\|\w+(?: \w+)*)+", inner):
            return Type("enum", options=tuple(inner.split("|")), many=many, nullable=nullable)
        if inner in SCALARS | names.KINDS:
            return Type(inner, many=many, nullable=nullable)
        raise self._bad(line, f"{written} is no type")

    def _path(self, parameters: tuple[Parameter, ...]) -> str:
        line, path = self._only("GET")
        if not _PATH.fullmatch(path):
            raise self._bad(line, f"{path} is no path of /words and /{{parameters}}")
        required = {p.name for p in parameters if p.required and not p.type.many}
        for name in re.findall(r"\{(\w+)\}", path):
            if name not in required:
                raise self._bad(line, f"{{{name}}} in the path is no required parameter")
        return path

    def _example(self, parameters: tuple[Parameter, ...]) -> dict[str, str | list[str]]:
        line, command = self._only("example")
        options = {option(p.name): p for p in parameters}
        example: dict[str, str | list[str]] = {}
        words = shlex.split(command)
        for at, word in enumerate(words):
            if not word.startswith("--"):
                continue
            if word not in options or options[word].name in example:
                raise self._bad(line, f"{word} is no parameter, or stands there twice")
            parameter = options[word]
            end = next((i for i in range(at + 1, len(words)) if words[i].startswith("--")), len(words))
            values = words[at + 1 : end]
            try:
                coerce(parameter, values if parameter.type.many else " ".join(values))
            except BadParameter as error:
                raise self._bad(line, f"{word} in the example is not {parameter.type.allowed}") from error
            example[parameter.name] = values if parameter.type.many else " ".join(values)
        missing = [option(p.name) for p in parameters if p.required and p.name not in example]
        if missing or (words and not words[0].startswith("--")):
            raise self._bad(line, f"the example is no list of options with {', '.join(missing) or 'values'}")
        return example

    def _check_browser_line(self, sent: set[str]) -> None:
        line, map_ = self._only(":param")
        keys = set(re.findall(r"[{,]\s*([a-z_]+):", _NOT_CODE.sub("", map_)))
        different = keys ^ sent
        if different:
            raise self._bad(line, f"the :param line and the param lines differ in {', '.join(sorted(different))}")

    def _check_code(self, parameters: tuple[Parameter, ...], sent: set[str]) -> None:
        if match := re.search(r"\\u", self._text):
            # Neo4j turns \u0027 into ' before it looks for strings, so our reading of them would not be its.
            raise self._bad_at(match.start(), "\\u escapes are not accepted; write the character")
        if match := _REFUSED.search(self._code):
            raise self._bad_at(match.start(), f"{match[0]} is not accepted: a query reads, and the store limits its rows")
        if match := re.search(r"['\"`]|/\*|;(?=\s*\S)", self._code):
            raise self._bad_at(match.start(), f"{match[0]} is unclosed, or ends the first of two statements")
        if match := re.search(r"\$(?![a-z_]+\b)", self._code):
            raise self._bad_at(match.start(), "a parameter is $ and lower-case letters")
        if len({p.name for p in parameters}) < len(parameters):
            raise self._bad(1, "a parameter is declared twice")
        for match in re.finditer(r"\$([a-z_]+)", self._code):
            if match[1] not in sent:
                raise self._bad_at(match.start(), f"${match[1]} is not declared")
        used = self._used()
        for number, line in self._lines("param") + self._lines("likeness"):
            name = line.partition(":")[0]
            if name not in used:
                raise self._bad(number, f"${name} is declared but not used")
        self._check_order()

    def _used(self) -> set[str]:
        return set(re.findall(r"\$([a-z_]+)", self._code))

    def _check_order(self) -> None:
        """The statement itself, not one inside its braces, must be sorted."""
        outer, before = self._code, ""
        while outer != before:
            outer, before = re.sub(r"\{[^{}]*\}", "", outer), outer
        _, returns, end = re.sub(r"\s+", " ", outer).upper().rpartition("RETURN ")
        if not returns or " ORDER BY " not in end:
            raise self._bad(self._text.rstrip().count("\n") + 1, "the statement does not end in RETURN … ORDER BY …")
        if re.search(r"\bUNION\b", outer, re.IGNORECASE):
            raise self._bad(
                self._text.rstrip().count("\n") + 1, "ORDER BY sorts the last part of a UNION only: put it in CALL () { }"
            )


def _default(written: str | None) -> str | list[str] | None:
    if written is None or written == "null":
        return None
    if written.startswith("[") and written.endswith("]"):
        return [part.strip() for part in written[1:-1].split(",")]
    return written


def _described(words: str) -> tuple[str, str | None]:
    """The meaning, and the example that may follow it."""
    describe, _, example = words.partition("; 例 ")
    return describe.strip(), example.strip() or None
