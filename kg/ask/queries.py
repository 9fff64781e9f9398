"""Canned queries: the files of cypher/ -> typed Query objects -> rows. header.py says what a file must look like."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any, Final, TypeAlias

from kg.ask import names
from kg.ask.header import LIMITED, MOST, Likeness, read_header
from kg.ask.likeness import likeness
from kg.ask.signature import Column, Parameter, Value, check_ranges, coerce, option
from kg.engine.store import Answer, Store
from kg.errors import BadParameter, BadQueryFile, NotFound, TooLarge
from kg.packaged import packaged

DEFAULT_LIMIT: Final = 500
MAX_LIMIT: Final = 100_000
_AT_ONCE: Final = 40  # parts
_PARTS: Final = re.compile(r"^// in parts: (\w+)(?: by (.+))?\n", re.MULTILINE)  # 例 // in parts: works

Given: TypeAlias = Mapping[str, object]


class Bound(dict[str, Any]):
    """What a query is sent, by parameter. `named`: what the ids in it are called, by id, such as {"140400": "长治市"}; what has
    no name beside its id is left out."""

    named: Mapping[str, str]


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
    likeness: Likeness | None = None

    def run(self, store: Store, given: Given, limit: int = DEFAULT_LIMIT) -> Answer:
        """bind, then fetch."""
        return self.fetch(store, self.bind(store, given), limit)

    def bind(self, store: Store, given: Given) -> Bound:
        """Every declared parameter with the value to send: checked, defaults filled in, names resolved to ids.

        A value may be of its own type or text; None is not given. Raises BadParameter, NotFound, and what Store.read raises.
        """
        bound = Bound(self.check(given))
        found: dict[str, set[names.Named]] = {}  # by kind
        for p in self.parameters:
            value = bound[p.name]
            if value is not None and p.type.name in names.KINDS:
                texts = [str(one) for one in value] if isinstance(value, list) else [str(value)]
                meant = names.find(store, p.type.name, texts)
                found.setdefault(p.type.name, set()).update(meant)
                bound[p.name] = [one.id for one in meant] if isinstance(value, list) else meant[0].id
        bound.named = {id_: name for of_kind in found.values() for id_, name in sorted(of_kind) if name not in (None, id_)}
        return bound

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
        values = {p.name: coerce(p, p.default if given.get(p.name) is None else given[p.name]) for p in self.parameters}
        check_ranges(values)
        return values

    def fetch(self, store: Store, bound: Given, limit: int = DEFAULT_LIMIT) -> Answer:
        """Runs the statement with what bind gave. Fields of maps come in the order of the header, whatever the engine's.

        Raises BadParameter for a limit out of range, BadQueryFile where the columns are not those of the header, and what
        Store.read raises.
        """
        check_limit(limit)
        with self._narrower(bound):
            answer = store.read(self.cypher, {**self._sent(store, bound), MOST: limit + 1}, limit=limit)
        if answer.columns or answer.rows:  # the embedded engine names none where no row is
            self._check_columns(answer.columns)
        return Answer(tuple(c.name for c in self.columns), [*self._ordered(answer.rows)], answer.truncated)

    def count(self, store: Store, bound: Given) -> int:
        """How many rows there are in all to what bind gave; costs what reading them all does. Raises what stream raises."""
        return sum(1 for _ in self.stream(store, bound))

    def stream(self, store: Store, bound: Given) -> Iterator[dict[str, Any]]:
        """All rows of what bind gave, as fetch gives them, of which only some are in memory at once: for exports.

        Raises BadQueryFile where the columns are not those of the header, and what Store.stream raises.
        """
        with self._narrower(bound):
            rows = store.stream(self.cypher.replace(LIMITED, ""), self._sent(store, bound))
            if first := next(rows, None):
                self._check_columns(tuple(first))
                yield from self._ordered(chain([first], rows))

    def _sent(self, store: Store, bound: Given) -> Given:
        if self.likeness is None:
            return bound
        name, *documents = self.likeness
        return {**bound, name: likeness(store, *(str(bound[document]) for document in documents))}

    @contextmanager
    def _narrower(self, bound: Given) -> Iterator[None]:
        """Says of a question that is too large what would narrow it."""
        try:
            yield
        except TooLarge as error:
            filters = [p.name for p in self.parameters if bound[p.name] is None]
            narrow = f"narrow it by {', '.join(filters)}; or {error.hint}" if filters else error.hint
            raise TooLarge(f"{self.name}: {error.message}", narrow, error.candidates) from error

    def _check_columns(self, given: tuple[str, ...]) -> None:
        declared = tuple(c.name for c in self.columns)
        if given != declared:
            raise BadQueryFile(
                f"{self.name}.cypher declares the columns {', '.join(declared)} but returns {', '.join(given)}",
                "make its `// returns` lines say what its RETURN gives, in the same order",
            )

    def _ordered(self, rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        """`rows`, the fields of their maps in the order of the header."""
        maps = [(c.name, [field for field, _ in c.type.fields]) for c in self.columns if c.type.fields]
        for row in rows:
            row.update({name: _in_order(fields, row[name]) for name, fields in maps})
            yield row

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


@dataclass(frozen=True, slots=True)
class InParts(Query):
    """A question about very much, which no engine could hold the whole answer of: first it is asked what its parts are, then
    for some of them at a time, only as many as are read. Parts may have parts.

    Its file says `// in parts: NAME by ORDER` where their `id`s are known: NAME is the parameter that gives them instead, and
    its rows are in this ORDER of theirs (that of tasks if left out). `firsts` are the file up to each such line.
    """

    parts: tuple[str, ...] = ()
    firsts: tuple[str, ...] = ()

    def fetch(self, store: Store, bound: Given, limit: int = DEFAULT_LIMIT) -> Answer:
        """As of every query."""
        check_limit(limit)
        rows = list(islice(self.stream(store, bound), limit + 1))
        return Answer(tuple(c.name for c in self.columns), rows[:limit], len(rows) > limit)

    def stream(self, store: Store, bound: Given) -> Iterator[dict[str, Any]]:
        """As of every query."""
        with self._narrower(bound):
            yield from self._of_parts(store, bound, 0)

    def _of_parts(self, store: Store, bound: Given, level: int) -> Iterator[dict[str, Any]]:
        if level == len(self.parts):
            yield from Query.stream(self, store, bound)
            return
        name = self.parts[level]
        if bound[name] is not None:  # what is named is little, and the statement puts it in order
            yield from self._of_parts(store, bound, level + 1)
            return
        ids = list(dict.fromkeys(row["id"] for row in store.read(self.firsts[level], bound).rows))
        begin, size = 0, _AT_ONCE if level else 1  # who asks for a few rows has them soon
        while begin < len(ids):
            yield from self._of_parts(store, {**bound, name: ids[begin : begin + size]}, level + 1)
            begin, size = begin + size, min(2 * size, _AT_ONCE)


def check_limit(limit: int) -> None:
    """Raises BadParameter for one that is out of range."""
    if not 1 <= limit <= MAX_LIMIT:
        raise BadParameter(f"limit={limit} is out of range", f"give a whole number from 1 to {MAX_LIMIT}")


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


def read_query(file: Path) -> Query:
    """One file. Raises BadQueryFile naming the file and the line."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadQueryFile(f"{file.name}: not UTF-8", "save it as UTF-8") from error
    header = read_header(file.name, text)
    said = (header.name, header.answers, header.notes, header.path, header.parameters, header.columns, header.example)
    parts = [*_PARTS.finditer(text)]
    if not parts:
        return Query(*said, text, header.likeness)
    # A task's id begins with its document's and a colon.
    orders = [part[2] or ("id" if part is parts[-1] else "id + ':'") for part in parts]
    firsts = tuple(f"{text[: part.start()]}RETURN id ORDER BY {order}" for part, order in zip(parts, orders, strict=True))
    return InParts(*said, text, header.likeness, tuple(part[1] for part in parts), firsts)


def _in_order(fields: list[str], value: object) -> object:
    """`value`, each map in it with its fields in this order; the embedded engine gives them so."""
    if isinstance(value, list):
        return [_in_order(fields, one) for one in value]
    if not isinstance(value, dict) or list(value) == fields:
        return value
    return {field: value[field] for field in fields}
