"""cypher/*.cypher -> typed Query objects -> rows. A file's header is its signature; drift is refused when it is loaded.

A file opens with `//` lines (DESIGN.md, 'Canned queries'):

    // One sentence that says what it answers.
    // GET /path/{parameter}
    // param name: type = default  -- meaning; 例 an example
    // returns name: type  -- meaning; 例 an example
    // example --name value …            (the arguments of `kg query NAME`)
    // :param {name: value, …}           (for Neo4j Browser; names every parameter)

Any other `//` line above the statement is a note. A parameter without default is required; one whose default is null is
sent as null, so a statement says `$x IS NULL OR …`. Types:

    text  integer (0 or more)  number (0 or more)  boolean  date (ISO 8601, or the word today)  A|B|C (one of these words)
    agency  function  place  document  task      parameters only: an id or exact name; the statement gets the id
    {name: type, …}                              columns only: a map; its first field is what a terminal shows
    type[]  a list          type?  columns only: may be null
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeAlias

from kg.ask import names
from kg.ask.signature import SCALARS, Column, Parameter, Type, Value, coerce
from kg.engine.store import Answer, Store
from kg.errors import BadParameter, BadQueryFile, NotFound
from kg.packaged import packaged

DEFAULT_LIMIT: Final = 500
MAX_LIMIT: Final = 100_000
RESERVED: Final = frozenset({"limit", "format"})
"""Options of every query, so no parameter may be called so."""

Given: TypeAlias = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Query:
    """One file of cypher/; `name` is its stem, `example` the parameters of its example, `notes` its other comment lines."""

    name: str
    answers: str
    notes: str
    path: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    example: Mapping[str, str | list[str]]
    cypher: str

    def run(self, store: Store, given: Given, limit: int = DEFAULT_LIMIT) -> Answer:
        """bind, then fetch."""
        return self.fetch(store, self.bind(store, given), limit)

    def bind(self, store: Store, given: Given) -> dict[str, Value]:
        """Every declared parameter with the value to send: checked, defaults filled in, names resolved to ids.

        A value may be of its own type or text; None is not given. Raises BadParameter, NotFound, and what Store.read raises.
        """
        checked = self.check(given)
        return {p.name: _resolved(store, p, checked[p.name]) for p in self.parameters}

    def check(self, given: Given) -> dict[str, Value]:
        """bind without a store: names stay names. Raises BadParameter."""
        unknown = [name for name in given if name not in {p.name for p in self.parameters}]
        if unknown:
            takes = tuple(p.name for p in self.parameters)
            raise BadParameter(f"{self.name} takes no parameter {', '.join(unknown)}", "it takes the candidates", takes)
        missing = [p for p in self.parameters if p.required and given.get(p.name) is None]
        if missing:
            hint = "; ".join(f"{p.name}: {p.describe}" for p in missing)
            raise BadParameter(f"{self.name} needs {', '.join(p.name for p in missing)}", hint)
        return {p.name: coerce(p, p.default if given.get(p.name) is None else given[p.name]) for p in self.parameters}

    def fetch(self, store: Store, bound: Given, limit: int = DEFAULT_LIMIT) -> Answer:
        """Runs the statement with what bind gave. Fields of maps come in the order of the header, whatever the engine's.

        Raises BadParameter for a limit out of range, BadQueryFile where the columns are not those of the header, and what
        Store.read raises.
        """
        if not 1 <= limit <= MAX_LIMIT:
            raise BadParameter(f"limit={limit} is out of range", f"give a whole number from 1 to {MAX_LIMIT}")
        answer = store.read(self.cypher, bound, limit=limit)
        if answer.columns or answer.rows:  # the embedded engine names none where no row is
            self._check_columns(answer.columns)
        rows = [self._ordered(row) for row in answer.rows]
        return Answer(tuple(c.name for c in self.columns), rows, answer.truncated)

    def stream(self, store: Store, bound: Given) -> Iterator[dict[str, Any]]:
        """All rows of what bind gave, as fetch gives them, of which only some are in memory at once: for exports.

        Raises BadQueryFile where the columns are not those of the header, and what Store.stream raises.
        """
        for number, row in enumerate(store.stream(self.cypher, bound)):
            if number == 0:
                self._check_columns(tuple(row))
            yield self._ordered(row)

    def _check_columns(self, given: tuple[str, ...]) -> None:
        declared = tuple(c.name for c in self.columns)
        if given != declared:
            raise BadQueryFile(
                f"{self.name}.cypher declares the columns {', '.join(declared)} but returns {', '.join(given)}",
                "make its `// returns` lines say what its RETURN gives, in the same order",
            )

    def _ordered(self, row: dict[str, Any]) -> dict[str, Any]:
        """`row`, the fields of its maps in the order of the header."""
        row.update({c.name: _in_order(c.type, row[c.name]) for c in self.columns if c.type.fields})
        return row

    def as_json(self) -> dict[str, Any]:
        """Its entry in the catalogue."""
        return {
            "name": self.name,
            "answers": self.answers,
            "notes": self.notes,
            "path": self.path,
            "parameters": [
                {"name": p.name, "type": str(p.type), "required": p.required, "default": p.default, "describe": p.describe}
                for p in self.parameters
            ],
            "columns": [{"name": c.name, "type": str(c.type), "describe": c.describe} for c in self.columns],
            "example": self.command,
        }

    @property
    def command(self) -> str:
        """The example as a command line."""
        words = ["kg", "query", self.name]
        for name, value in self.example.items():
            words += [option(name), *(value if isinstance(value, list) else [value])]
        return " ".join(word if re.fullmatch(r"[\w.:〔〕-]+", word) else shlex.quote(word) for word in words)


class Catalogue(Mapping[str, Query]):
    """Queries by name, in the order of their names."""

    def __init__(self, queries: Sequence[Query]) -> None:
        """Raises BadQueryFile where two have one name, or one path."""
        self._queries = {q.name: q for q in sorted(queries, key=lambda q: q.name)}
        if len(self._queries) < len(queries):
            raise BadQueryFile("two query files have one name", "rename one of them")
        held: dict[str, str] = {}
        for query in self._queries.values():
            shape = re.sub(r"\{\w+\}", "{}", query.path)
            if shape in held:
                raise BadQueryFile(
                    f"{query.name}.cypher has the path of {held[shape]}.cypher: {query.path}", "change one of them"
                )
            held[shape] = query.name

    def __getitem__(self, name: str) -> Query:
        """Raises NotFound, which says what there is."""
        if name not in self._queries:
            raise NotFound(
                f"there is no query {name}", "`kg queries` lists them", names.near(name, list(self._queries)) or tuple(self)
            )
        return self._queries[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._queries)

    def __len__(self) -> int:
        return len(self._queries)

    def __contains__(self, name: object) -> bool:
        return name in self._queries


def query_folder() -> Path:
    """Where the canned queries lie."""
    return packaged("cypher")


def load_queries(folder: Path | None = None) -> Catalogue:
    """All .cypher files of `folder` (default: our own). Raises BadQueryFile naming the file and the line."""
    files = sorted((folder or query_folder()).glob("*.cypher"))
    if not files:
        raise BadQueryFile(f"there is no .cypher file in {folder or query_folder()}", "install the package again")
    return Catalogue([read_query(file) for file in files])


def option(parameter: str) -> str:
    """The command-line option of a parameter: --due-before for due_before."""
    return "--" + parameter.replace("_", "-")


def _resolved(store: Store, parameter: Parameter, value: Value) -> Value:
    if value is None or parameter.type.name not in names.KINDS:
        return value
    if isinstance(value, list):
        return [*names.resolve(store, parameter.type.name, [str(one) for one in value])]
    return names.resolve(store, parameter.type.name, [str(value)])[0]


def _in_order(type_: Type, value: object) -> object:
    if isinstance(value, list) and type_.fields:
        return [_in_order(type_, one) for one in value]
    if isinstance(value, dict):
        return {name: _in_order(inner, value[name]) for name, inner in type_.fields}
    return value


# Files

_KEYWORDS: Final = frozenset({"GET", "param", "returns", "example", ":param"})
_PARAMETER: Final = re.compile(r"(?P<name>[a-z][a-z_]*): (?P<type>[^=]+?)(?: = (?P<default>.+?))?\s+-- (?P<describe>.+)")
_COLUMN: Final = re.compile(r"(?P<name>[a-z][a-z_]*): (?P<type>.+?)\s+-- (?P<describe>.+)")
_PATH: Final = re.compile(r"(?:/[a-z][a-z-]*|/\{[a-z_]+\})+")
_NOT_CODE: Final = re.compile(r"'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"|`(?:``|[^`])*`|//[^\n]*|/\*.*?\*/", re.DOTALL)
_REFUSED: Final = re.compile(
    r"\b(?:CREATE|MERGE|INSERT|SET|DELETE|DETACH|REMOVE|DROP|ALTER|GRANT|DENY|REVOKE|RENAME|SHOW|TERMINATE|USE|EXPLAIN|PROFILE"
    r"|FOREACH|LOAD\s+CSV|IN\s+(?:\d+\s+|CONCURRENT\s+)*TRANSACTIONS|CALL(?!\s*[({])|LIMIT|SKIP|OFFSET)\b",
    re.IGNORECASE,
)


def read_query(file: Path) -> Query:
    """One file. Raises BadQueryFile naming the file and the line."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadQueryFile(f"{file.name}: not UTF-8", "save it as UTF-8") from error
    return _Reader(file.name, text).query()


class _Reader:
    """Reads one file; every refusal names its line."""

    def __init__(self, file: str, text: str) -> None:
        self._file = file
        self._text = text
        lines = text.split("\n")
        opening = next((i for i, line in enumerate(lines) if not line.startswith("//")), len(lines))
        self._header = [(number, line.removeprefix("//").strip()) for number, line in enumerate(lines[:opening], 1)]
        # Of the same length as the text, so that an offset in one is an offset in the other.
        self._code = _NOT_CODE.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)

    def query(self) -> Query:
        name = self._file.removesuffix(".cypher")
        if not re.fullmatch("[a-z][a-z0-9-]*", name):
            raise self._bad(1, "a query's name is lower-case letters, digits and -")
        if not self._header or not self._header[0][1].endswith((".", "?")):
            raise self._bad(1, "the first line is no `//` sentence that says what the query answers")
        parameters = tuple(self._parameter(number, said) for number, said in self._lines("param"))
        columns = tuple(self._column(number, said) for number, said in self._lines("returns"))
        if not columns:
            raise self._bad(1, "no `// returns` line")
        self._check_code(parameters)
        self._check_browser_line(parameters)
        notes = " ".join(said for _, said in self._header[1:] if said.partition(" ")[0] not in _KEYWORDS)
        path = self._path(parameters)
        return Query(name, self._header[0][1], notes, path, parameters, columns, self._example(parameters), self._text)

    def _bad(self, line: int, message: str) -> BadQueryFile:
        return BadQueryFile(f"{self._file}:{line}: {message}", "the form of a query file is described in kg/queries.py")

    def _bad_at(self, offset: int, message: str) -> BadQueryFile:
        return self._bad(self._text.count("\n", 0, offset) + 1, message)

    def _lines(self, keyword: str) -> list[tuple[int, str]]:
        parts = [(number, *said.partition(" ")) for number, said in self._header]
        return [(number, rest.strip()) for number, word, _, rest in parts if word == keyword]

    def _only(self, keyword: str) -> tuple[int, str]:
        found = self._lines(keyword)
        if len(found) != 1:
            raise self._bad(found[1][0] if found else 1, f"one `// {keyword} …` line is needed, not {len(found)}")
        return found[0]

    def _parameter(self, line: int, said: str) -> Parameter:
        found = _PARAMETER.fullmatch(said)
        if not found:
            raise self._bad(line, "not `param name: type = default  -- meaning`")
        name, default = found["name"], found["default"]
        type_ = self._type(line, found["type"])
        if name in RESERVED:
            raise self._bad(line, f"every query has a {name} already")
        if type_.nullable or type_.name == "map":
            raise self._bad(line, f"no parameter can be {type_}")
        parameter = Parameter(name, type_, default is None, _default(default), *_described(found["describe"]))
        if type_.name not in names.KINDS:
            try:
                coerce(parameter, parameter.default)
            except BadParameter as error:
                raise self._bad(line, f"the default is not {type_.allowed}") from error
        return parameter

    def _column(self, line: int, said: str) -> Column:
        found = _COLUMN.fullmatch(said)
        if not found:
            raise self._bad(line, "not `returns name: type  -- meaning`")
        type_ = self._type(line, found["type"])
        if type_.name in names.KINDS:
            raise self._bad(line, f"no column can be {type_}; an id is text")
        return Column(found["name"], type_, *_described(found["describe"]))

    def _type(self, line: int, said: str) -> Type:
        inner = said.removesuffix("?")
        nullable = inner != said
        many = inner.endswith("[]")
        inner = inner.removesuffix("[]")
        if inner.startswith("{") and inner.endswith("}"):
            fields = [part.partition(": ") for part in re.split(r", (?=[a-z_]+: )", inner[1:-1])]
            inside = tuple((name, self._type(line, type_)) for name, _, type_ in fields)
            return Type("map", fields=inside, many=many, nullable=nullable)
        if re.fullmatch(r"\w+(?:\|\w+)+", inner):
            return Type("enum", options=tuple(inner.split("|")), many=many, nullable=nullable)
        if inner in SCALARS | names.KINDS:
            return Type(inner, many=many, nullable=nullable)
        raise self._bad(line, f"{said} is no type")

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
        line, said = self._only("example")
        options = {option(p.name): p for p in parameters}
        example: dict[str, str | list[str]] = {}
        words = shlex.split(said)
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

    def _check_browser_line(self, parameters: tuple[Parameter, ...]) -> None:
        line, said = self._only(":param")
        keys = set(re.findall(r"[{,]\s*([a-z_]+):", _NOT_CODE.sub("", said)))
        different = keys ^ {p.name for p in parameters}
        if different:
            raise self._bad(line, f"the :param line and the param lines differ in {', '.join(sorted(different))}")

    def _check_code(self, parameters: tuple[Parameter, ...]) -> None:
        if found := re.search(r"\\u", self._text):
            # Neo4j turns \u0027 into ' before it looks for strings, so our reading of them would not be its.
            raise self._bad_at(found.start(), "\\u escapes are not accepted; write the character")
        if found := _REFUSED.search(self._code):
            raise self._bad_at(found.start(), f"{found[0]} is not accepted: a query reads, and the store limits its rows")
        if found := re.search(r"['\"`]|/\*|;(?=\s*\S)", self._code):
            raise self._bad_at(found.start(), f"{found[0]} is unclosed, or ends the first of two statements")
        if found := re.search(r"\$(?![a-z_]+\b)", self._code):
            raise self._bad_at(found.start(), "a parameter is $ and lower-case letters")
        declared = {p.name for p in parameters}
        if len(declared) < len(parameters):
            raise self._bad(1, "a parameter is declared twice")
        for found in re.finditer(r"\$([a-z_]+)", self._code):
            if found[1] not in declared:
                raise self._bad_at(found.start(), f"${found[1]} is not declared")
        used = set(re.findall(r"\$([a-z_]+)", self._code))
        for number, said in self._lines("param"):
            if said.partition(":")[0] not in used:
                raise self._bad(number, f"${said.partition(':')[0]} is declared but not used")
        self._check_order()

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


def _default(said: str | None) -> str | list[str] | None:
    if said is None or said == "null":
        return None
    if said.startswith("[") and said.endswith("]"):
        return [part.strip() for part in said[1:-1].split(",")]
    return said


def _described(said: str) -> tuple[str, str | None]:
    """The meaning, and the example that may follow it."""
    describe, _, example = said.partition("; 例 ")
    return describe.strip(), example.strip() or None
