"""A base as Python uses it: opened, loaded, asked. With kg/cli, a composition root: it brings loaders and store together.

What takes long to import is imported by what needs it, as in kg/cli, which shares the first half of this file.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Self

from kg.errors import BadSettings, UnreadableFile
from kg.settings import Settings

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from kg.ask.network import Networks
    from kg.ask.queries import Catalogue
    from kg.ask.signature import Column
    from kg.decide.entries import Corrections
    from kg.engine.store import Answer
    from kg.graph.loading import Result
    from kg.model import Agency, Place

SUFFIXES: Final = frozenset({".txt", ".md", ".markdown", ".html", ".htm", ".shtml", ".docx", ".pdf"})
"""Endings of the files that a folder is searched for."""


def files(paths: Iterable[Path]) -> Iterator[Path]:
    """Files as named, and those of folders that have one of our endings. Raises UnreadableFile for a path that is not there."""
    for path in paths:
        if path.is_dir():
            yield from sorted(p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file())
        elif path.exists():
            yield path
        else:
            raise UnreadableFile(f"{path}: there is no such file or folder", "check the path")


def corrections(settings: Settings) -> Corrections:
    """People's corrections; none where there is no file. Raises BadCorrections, and BadSettings where the file that
    KG_CORRECTIONS names is not there: without it the base would forget them all."""
    from kg.decide.file import read

    file = settings.corrections_file
    if settings.corrections and not file.exists():
        raise BadSettings(f"KG_CORRECTIONS={file}: there is no such file", "make it, if only empty")
    return read(file, _named)


def _named(name: str, place: str | None, document: str) -> tuple[Agency, tuple[Place, ...]]:
    """How the rules understand a name in a correction (kg.decide.entries.Named)."""
    from loaders.names.agencies import NATION, Scope, places, resolve
    from loaders.patterns import COLLECTIVE

    scope = Scope(document, NATION if place == "-" else place)
    agency = resolve(name, scope, bool(COLLECTIVE.search(name)))
    return agency, places([agency.place] if agency.place else [])


def settings_for(path_or_uri: str | Path | None, user: str | None, password: str | None) -> Settings:
    """The KG_ variables, after what kg.open was given. Raises BadSettings."""
    environ = dict(os.environ)
    if path_or_uri is not None and "://" in str(path_or_uri):
        environ["KG_URI"] = str(path_or_uri)
    elif path_or_uri is not None:
        environ.pop("KG_URI", None)
        environ["KG_DATA"] = str(Path(path_or_uri).expanduser())
    given = {"KG_USER": user, "KG_PASSWORD": password}
    return Settings.from_environment(environ | {name: value for name, value in given.items() if value is not None})


class Rows(list[dict[str, Any]]):
    """The rows of an answer, a dict each. `columns`: their names in order; `truncated`: whether rows were left out."""

    def __init__(self, answer: Answer, columns: Iterable[Column]) -> None:
        super().__init__(answer.rows)
        self.columns = answer.columns
        self.truncated = answer.truncated
        self._types = {column.name: column.type for column in columns}

    def to_pandas(self) -> pd.DataFrame:
        """A data frame: days as dates, whole numbers stay whole where some are missing. Raises ImportError without pandas."""
        try:
            import pandas as pd
        except ImportError as error:
            raise ImportError("pandas is not installed: pip install 'duty-kg[notebook]'") from error
        frame = pd.DataFrame(list(self), columns=list(self.columns))
        for name, type_ in self._types.items():
            if type_.name == "date" and not type_.many:
                frame[name] = pd.to_datetime(frame[name])
            elif type_.name in ("integer", "boolean") and not type_.many:
                frame[name] = frame[name].astype("Int64" if type_.name == "integer" else "boolean")
        return frame

    def to_csv(self, path: str | Path | None = None) -> str:
        """A table that a spreadsheet opens, with a BOM, also written to `path` if that is given. Lists and maps are JSON."""
        from kg.ask.tables import to_csv

        text = to_csv(self.columns, self)
        if path is not None:
            Path(path).write_text(text, encoding="utf-8", newline="")
        return text


class Base:
    """An open base. It is held until it is closed: where another process serves it (`kg serve`), this one is its guest."""

    def __init__(self, settings: Settings) -> None:
        """Opens it. Raises EngineUnavailable, StoreLocked, BadSettings."""
        from kg.engine.store import open_store

        self._settings = settings
        self._queries: Catalogue | None = None
        self._networks: Networks | None = None
        self.store = open_store(settings)
        try:
            self.store.ensure_schema()
        except BaseException:
            self.store.close()
            raise

    def load(self, paths: str | Path | Iterable[str | Path], *, replace: bool = False) -> list[Result]:
        """Loads files, and the texts, web pages, .docx and PDF files of folders; says what became of each
        (kg.graph.loading.Result).

        One that cannot be read is a result with the outcome `failed`, and a warning; the others go on. `replace`: take over
        documents that another file holds. Raises UnreadableFile for a path that is not there, and what the store raises.
        """
        from kg.graph import loading as graph
        from loaders.extract import extract, rules_version

        named = [Path(path) for path in ([paths] if isinstance(paths, str | Path) else paths)]
        results = list(
            graph.load(
                self.store,
                self._settings.data / "sources",
                list(files(named)),  # a name that is wrong is refused before anything is written
                extract,
                rules_version(),
                corrections=corrections(self._settings),
                replace=replace,
            )
        )
        for result in results:
            if result.outcome == "failed":
                warnings.warn(result.reason, stacklevel=2)
            for problem in result.problems:
                warnings.warn(f"correction not applied: {problem}", stacklevel=2)
        return results

    def queries(self) -> Catalogue:
        """The canned queries by name; each says what it `answers`, its `parameters` and its `columns`."""
        from kg.ask.queries import load_queries

        if self._queries is None:
            self._queries = load_queries()
        return self._queries

    def query(self, name: str, /, *, limit: int | None = None, **parameters: object) -> Rows:
        """Asks a canned query; all rows, up to kg.ask.queries.MAX_LIMIT, unless there is a `limit`.

        Raises NotFound, with candidates, for a query or a name that is not known, BadParameter, and what the store raises.
        """
        from kg.ask.queries import MAX_LIMIT

        query = self.queries()[name]
        return Rows(query.run(self.store, parameters, MAX_LIMIT if limit is None else limit), query.columns)

    def network(self, **parameters: object) -> nx.Graph:
        """Who shares tasks with whom, with the figures of kg.ask.network.Network; `parameters` are those of the query
        responsibility-edges. The graph is yours to change. Raises what `query` raises."""
        from kg.ask.network import EDGES, Networks

        if self._networks is None:
            self._networks = Networks(self.store, self.queries()[EDGES])
        graph: nx.Graph = self._networks.network(parameters).graph.copy()
        return graph

    def close(self) -> None:
        """Gives the base back. May be called again."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()
