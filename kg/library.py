"""A library: files that were read, what they demand, and how to ask for it. A composition root: it brings loaders and store
together, for the command line, the HTTP API and `import kg` alike.

What takes long to import is imported by what needs it, as in kg/cli.
"""

from __future__ import annotations

import os
import tempfile
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import replace as with_changes
from datetime import UTC, datetime
from functools import cached_property, partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Self

from kg import rules
from kg.errors import BadParameter, BadSettings
from kg.escaped import escaped
from kg.graph.packages import Unpack, nothing_unpacked
from kg.settings import Settings

if TYPE_CHECKING:
    from concurrent.futures import Executor

    import networkx as nx

    from kg.apart.readers import OnPage
    from kg.ask.doubts import Left
    from kg.ask.frames import AnswerRows
    from kg.ask.network import Networks
    from kg.ask.queries import Catalogue
    from kg.decide.audit import Finding
    from kg.decide.entries import Corrections
    from kg.decide.journal import Journal
    from kg.decide.reports import Report
    from kg.decide.reviews import Review
    from kg.engine.store import Store
    from kg.folders import Skipped
    from kg.graph.account import Account
    from kg.graph.archive import Archive
    from kg.graph.check import Again, Damage
    from kg.graph.decisions import Decisions
    from kg.graph.held import Held, Status
    from kg.graph.intake import Extract, Intake
    from kg.graph.news import News
    from kg.graph.progress import Progress
    from kg.graph.result import Result
    from kg.graph.rows import GraphRows
    from kg.people.acts import Acts, Deed
    from kg.people.keys import Keys
    from loaders.names import surfaces


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


class Library:
    """A base and what fills it: the store, the kept files, who reads files by which rules, and people's corrections.

    The store is opened when it is first needed and held until `close`: where another process serves it (`kg serve`), this one
    is its guest. What needs it raises EngineUnavailable, StoreLocked and BadSettings; what needs corrections, BadCorrections.
    """

    def __init__(
        self,
        open_store: Callable[[], Store],
        sources: Path,
        extract: Extract,
        rules_version: Callable[[], str],
        corrections: Callable[[], Corrections],
        *,
        corrections_file: Path | None = None,
        queries: Catalogue | None = None,
        unpack: Unpack = nothing_unpacked,
        webhook: tuple[str, str] | None = None,
    ) -> None:
        """`sources`: the folder of the kept files. `extract` reads a file, `rules_version` says by which rules. `corrections`
        are read anew each time, as a person may add one at any moment; `corrections_file` is where they are kept, beside the
        folder if left out. `queries`: those of cypher/ if left out. `unpack` takes packages apart; if left out, each file is a
        document. `webhook`: address and secret of who is told what a load changes.

        Library.at makes the one that settings name.
        """
        from kg.graph.kept import Kept

        self._open_store, self._queries = open_store, queries
        self.kept = Kept(sources)
        self.extract = extract
        self.rules_version = rules_version
        self._corrections = corrections
        self._corrections_file = corrections_file or sources.parent / "corrections.yaml"
        self._unpack, self._webhook = unpack, webhook
        self._told = datetime.now(UTC).isoformat(timespec="microseconds")

    @classmethod
    def at(
        cls,
        settings: Settings,
        *,
        serve: bool = False,
        brief: bool = False,
        even_damaged: bool = False,
        on_page: OnPage | None = None,
    ) -> Self:
        """The library that these settings name. `serve`: let other processes in while this one holds the store. `brief`: this
        process ends in seconds, so that its start counts more than its speed. `even_damaged`: open a base that is known to be.
        `on_page` hears of each page that text recognition has read."""
        from kg.apart.readers import Readers

        if serve:
            rules.stay()
        readers = Readers(
            rules.EXTRACT,
            memory=settings.read_memory,
            seconds=settings.read_seconds,
            before_start=rules.check if serve else None,
            on_page=on_page,
            cache=settings.engine_cache,
        )
        return cls(
            partial(_open_store, settings, serve=serve, brief=brief, even_damaged=even_damaged),
            settings.data / "sources",
            readers,
            rules.version,
            partial(_corrections, settings),
            corrections_file=settings.corrections_file,
            unpack=rules.unpack,
            webhook=settings.webhook,
        )

    @cached_property
    def store(self) -> Store:
        """The database, with what was reported and decided; opened when this is read for the first time. Raises BadJournal."""
        from kg.graph.reports import restore

        store = self._open_store()
        try:
            restore(store, self._journal)
            if self._pending.exists():
                self._decisions(store).finish()
        except BaseException:
            store.close()
            raise
        return store

    def open(self) -> Self:
        """Opens the store now."""
        _ = self.store
        return self

    def close(self) -> None:
        """Gives the store back, if it was opened, and ends what reads files. May be called again."""
        from kg.apart.readers import Readers

        if isinstance(self.extract, Readers):
            self.extract.close()
        if "store" in vars(self):
            self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    # What is held

    def load(self, paths: str | Path | Iterable[str | Path], *, replace: bool = False) -> list[Result]:
        """Loads files, and those of folders that have one of SUFFIXES; says what became of each (kg.graph.result.Result). Of a
        package (.zip, .eml) each file is loaded by itself, and those that it holds no longer are removed.

        One that cannot be read is a result with the outcome `failed`, and a warning; the others go on. What is passed over in a
        folder is a warning too. `replace`: take over documents that another file holds. Raises UnreadableFile for a path that
        is not there, and what the store raises.
        """
        named = [Path(path) for path in ([paths] if isinstance(paths, str | Path) else paths)]
        found = rules.files(named)  # a name that is wrong is refused before anything is written
        done = _with_warnings(self.loading(found.files, replace=replace))
        self.account(done, found.skipped)
        for skipped in found.skipped:
            warnings.warn(escaped(f"{skipped.path}: not read: {skipped.reason}"), stacklevel=2)
        return done

    def loading(
        self,
        paths: Iterable[Path],
        *,
        replace: bool = False,
        workers: Executor | None = None,
        ahead: int | None = None,
        into: Archive | None = None,
    ) -> Iterator[Result]:
        """Loads the files `paths`, in their order, many a transaction, and yields what became of each once it is written.

        `workers` read in parallel, each in a process of its own, as many as `ahead` before the one that is written. Others can
        write again once the iterator is at its end or closed. `into`: a first archive that takes what the store would; no store
        is opened. Raises what these raise.
        """
        return self._take_in(lambda intake: intake.take(paths), replace=replace, workers=workers, ahead=ahead, into=into)

    def load_bytes(self, data: bytes, name: str, *, replace: bool = False) -> Result:
        """Loads a file that lies nowhere, under the name of `name`: it counts as a file of its own, whatever was loaded under
        that name before. Of a package the `members` are what became of the files in it. Raises BadParameter for what is no
        file name, and what the store raises."""
        from kg.graph.result import together

        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / name
            try:
                path.write_bytes(data)
            except (OSError, ValueError) as error:
                why = getattr(error, "strerror", None) or str(error)
                raise BadParameter(f"name={name!r:.80} is no file name here: {why}", "give another") from error
            here = escaped(str(path))
            results = [
                with_changes(
                    result, file=str(Path(result.file).relative_to(folder)), reason=result.reason.replace(here, escaped(name))
                )
                for result in self._take_in(lambda intake: intake.take([path]), replace=replace, passing=True)
            ]
        return results[0] if [result.file for result in results] == [name] else together(name, results)

    def account(self, results: Sequence[Result], skipped: Iterable[Skipped] = (), *, of: Archive | None = None) -> Account:
        """The account of a load, into an archive where it is `of` one: what each file gave, what was not read, and why; the
        last hundred are kept (`accounts`)."""
        from kg.graph import account

        given = of.given if of else partial(account.of_store, self.store)
        taken = account.take(results, skipped, datetime.now(UTC).isoformat(timespec="seconds"), given)
        account.keep(self._accounts, taken)
        self._tell(taken.at)
        return taken

    def _tell(self, at: str) -> None:
        """Tells the webhook, if there is one, what this library has loaded since it last did."""
        from kg.graph.webhook import Webhook

        if self._webhook and (news := self.news(self._told)):
            self._told = news[-1].at
            if problem := Webhook(*self._webhook).tell(news, at):
                warnings.warn(problem, stacklevel=3)

    def news(
        self, since: str = "", *, agency: str | None = None, place: str | None = None, function: str | None = None
    ) -> list[News]:
        """What loading has changed for whom (kg.graph.news), the oldest first: after the instant `since` (ISO 8601, UTC), for
        one unit, place (and those below it) or line of work, each as documents call it. Raises NotFound for an unknown name."""
        from kg.ask.names import resolve
        from kg.graph import news

        asked = {"agency": agency, "place": place, "function": function}
        about = {kind: resolve(self.store, kind, [name])[0] for kind, name in asked.items() if name}
        return [one for one in news.kept(self.kept.folder.parent / "news.jsonl") if one.at > since and one.is_about(**about)]

    def accounts(self, last: int = 100) -> list[dict[str, Any]]:
        """The accounts of the last loads, the newest first (kg.graph.account.Account.as_json)."""
        from kg.graph.account import kept

        return kept(self._accounts, last)

    @property
    def _accounts(self) -> Path:
        return self.kept.folder.parent / "loads"

    def rebuild(self) -> list[Result]:
        """Extracts all kept files again, those too that the store does not hold yet: after new rules or corrections, or into
        another engine. A file that is not kept here fails, and stays as it is. Answers, warns and raises as `load` does."""
        return _with_warnings(self.rebuilding())

    def rebuilding(self, *, workers: Executor | None = None) -> Iterator[Result]:
        """As `rebuild`, and yields what became of each file as it is done. `workers` are those of `loading`."""
        from kg.graph.totals import count_anew

        def take(intake: Intake) -> Iterator[Result]:
            self.store.write(count_anew)
            return intake.take_kept()

        return self._take_in(take, workers=workers, deed="rebuild")

    def _take_in(
        self,
        take: Callable[[Intake], Iterator[Result]],
        *,
        replace: bool = False,
        passing: bool = False,
        workers: Executor | None = None,
        ahead: int | None = None,
        into: Archive | None = None,
        deed: Deed = "load",
    ) -> Iterator[Result]:
        from kg.graph.batch import Stored
        from kg.graph.intake import Intake

        corrections, base = self.corrections(), into or Stored(self.store, self.kept)  # both may raise: before a file is read

        def results() -> Iterator[Result]:
            with nullcontext() if into else self.store.writing():
                intake = partial(Intake, replace=replace, passing=passing, workers=workers, ahead=ahead, unpack=self._unpack)
                for result in take(intake(base, self.kept, self.extract, self.rules_version(), corrections)):
                    if result.outcome in ("added", "replaced", "removed"):
                        for document in result.documents or (None,):
                            self.acts.note(deed, document, result.outcome)
                    yield result

        return results()

    def remove(self, document: str) -> str:
        """Removes a document, given by id or by its exact title or 文号, and returns its id.

        One that others cite leaves the stub they had before it was loaded. Raises NotFound, with candidates, where none or more
        than one is meant.
        """
        from kg.ask.names import resolve
        from kg.graph.batch import Stored
        from kg.graph.rows import GraphRows

        with self.store.writing():
            (document_id,) = resolve(self.store, "document", [document])
            Stored(self.store, self.kept).change(GraphRows(), [document_id])
        self.acts.note("remove", document_id)
        return document_id

    def shared_file(self, document: str) -> str | None:
        """The name of the file of a document, given as for `remove`, that other documents held here come from too: reading that
        again (`rebuild`) brings back what was removed of it. Raises NotFound as `remove` does."""
        from kg.ask.names import resolve
        from kg.graph.held import shared_file

        return shared_file(self.store, resolve(self.store, "document", [document])[0])

    def reset(self) -> None:
        """Empties the store and the folder of kept files; reports stay, joined to nothing. Documents go whole, some at a time:
        a kill on the way tears none."""
        from kg import schema
        from kg.graph.batch import Stored
        from kg.graph.reports import restore
        from kg.graph.rows import GraphRows
        from kg.graph.transactions import clear

        with self.store.writing():
            base = Stored(self.store, self.kept, ending=True)
            ids = list(base.held())
            for first in range(0, len(ids), _BATCH):
                base.change(GraphRows(), ids[first : first + _BATCH])
            for node in schema.NODES:  # what others wrote
                self.store.write(partial(clear, label=node.label))
            for source in (*self.kept.sources(), *self.kept.aside()):
                self.kept.forget(source)
            restore(self.store, self._journal)
        self.acts.note("reset")

    def check(self, *, files: bool = False) -> list[Damage]:
        """What is damaged in the base (kg.graph.check); where nothing is, no check is due any more. `files`: reads the kept
        files once more, and compares."""
        from kg.engine import left
        from kg.graph.check import check

        damage = list(check(self.store, self.kept, self._again() if files else None))
        if not damage:
            left.checked(self.kept.folder.parent)
        return damage

    def backup(self, file: str | Path) -> int:
        """Writes all that cannot be made again to `file`, a .zip (kg.graph.backup); how many files that is. Raises OSError,
        DiskFull."""
        from kg.graph.backup import backup
        from kg.graph.held import read_held

        about = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "rules": self.rules_version()}
        with self.store.writing():
            self.kept.settle({held.source for held in read_held(self.store).values()})  # a removal may have been cut off
            return backup(self.kept.folder.parent, Path(file), about, {"corrections.yaml": self._corrections_file})

    @property
    def check_due(self) -> str | None:
        """Why the base should be checked, if it should."""
        from kg.engine import left

        return left.due(self.kept.folder.parent)

    def _again(self) -> Again:
        from kg.decide.apply import apply
        from kg.graph.rows import make_rows

        version, corrections = self.rules_version(), self.corrections()

        def again(document: str, held: Held) -> GraphRows | None:
            if held.rules != version or (held.corrections or "") != corrections.digest(document, held.number):
                return None
            extraction, _ = apply(self.decisions.as_held(self.kept.read(held.source), held.name), corrections)
            ours = [d for d in extraction.documents if d.id == document]
            return make_rows(extraction, ours, rules=version, loaded_at="") if ours else None

        return again

    def status(self) -> Status:
        """Counts what is held, and names the files that `rebuild` would read by newer rules, or cannot read again."""
        from kg.graph.held import read_status

        return read_status(self.store, self.kept, self.rules_version())

    # What people decide

    def resolve(self, *names: str, place: str | None = None, year: int | None = None) -> list[surfaces.Answer]:
        """Which agency each name means, after people's merges and splits; no store is needed. `place`: where the names are
        read, by code or name. `year`: say what the agency was called then. Raises BadParameter for an unknown place."""
        return rules.resolve(names, place, year, self.corrections())

    @cached_property
    def progress(self) -> Progress:
        """What units report of their tasks (kg.graph.progress)."""
        from kg.apart.cells import read_cells
        from kg.apart.readers import Readers
        from kg.graph.progress import Progress

        cells = self.extract.cells if isinstance(self.extract, Readers) else read_cells
        return Progress(self.store, self._journal, self.acts, cells)

    @property
    def templates(self) -> Path:
        """The folder of the clerk's own templates of letters, which need not be there (exports.letters)."""
        return self.kept.folder.parent / "templates"

    @property
    def _journal(self) -> Journal[Report]:
        from kg.decide.journal import Journal
        from kg.decide.reports import Report

        return Journal(self.kept.folder.parent / "reports.jsonl", Report)

    def corrections(self) -> Corrections:
        """What people decided, as it stands in the files now. Raises BadCorrections, BadJournal."""
        found, reviews = self._corrections(), self._reviews.read()
        return with_changes(found, reviews=tuple(reviews)) if reviews else found

    @cached_property
    def decisions(self) -> Decisions:
        """What people decide of documents: to preview, keep, undo, and to sign (kg.graph.decisions)."""
        return self._decisions(self.store)

    def _decisions(self, store: Store) -> Decisions:
        from kg.ask.evidence import FACTS, left
        from kg.graph.decisions import Decisions

        def left_of(document: str) -> Left:
            return left(store, self.queries()[FACTS], document)

        read = (self.extract, self.rules_version, self.corrections)
        return Decisions(store, self.kept, self._corrections_file, self._reviews, *read, self._pending, self.acts, left_of)

    @property
    def _pending(self) -> Path:
        return self.kept.folder.parent / "decisions.pending"

    @property
    def _reviews(self) -> Journal[Review]:
        from kg.decide.journal import Journal
        from kg.decide.reviews import Review

        return Journal(self.kept.folder.parent / "reviews.jsonl", Review)

    def findings(self, checks: frozenset[str] | None = None) -> list[Finding]:
        """What a person should look at (kg.decide.audit): the findings of these checks, of all if left out."""
        from kg.decide.audit import audit

        corrections = self.corrections()
        return audit(self.store, corrections, checks)

    # Who may ask, and who did what

    @cached_property
    def keys(self) -> Keys:
        """Who may do what over HTTP (kg.people.keys)."""
        from kg.people.keys import Keys

        return Keys(self.kept.folder.parent / "keys.json")

    @cached_property
    def acts(self) -> Acts:
        """Who did what, and when (kg.people.acts)."""
        from kg.people.acts import Acts

        return Acts(self.kept.folder.parent / "acts.jsonl")

    # What is asked

    def queries(self) -> Catalogue:
        """The canned queries by name; each says what it `answers`, its `parameters` and its `columns`."""
        from kg.ask.queries import load_queries

        if self._queries is None:
            self._queries = load_queries()
        return self._queries

    def query(self, name: str, /, *, limit: int | None = None, **parameters: object) -> AnswerRows:
        """Asks a canned query; all rows, up to kg.ask.queries.MAX_LIMIT, unless there is a `limit`.

        Raises NotFound, with candidates, for a query or a name that is not known, BadParameter, and what the store raises.
        """
        from kg.ask.frames import AnswerRows
        from kg.ask.queries import MAX_LIMIT

        query = self.queries()[name]
        return AnswerRows(query.run(self.store, parameters, MAX_LIMIT if limit is None else limit), query.columns)

    def network(self, **parameters: object) -> nx.Graph:
        """Who shares tasks with whom, with the figures of kg.ask.network.Network; `parameters` are those of the query
        responsibility-edges. The graph is yours to change. Raises what `query` raises."""
        graph: nx.Graph = self.networks.network(parameters).graph.copy()
        return graph

    @cached_property
    def networks(self) -> Networks:
        """The networks, kept until the documents change. Raises NotFound where the queries lack that of their edges."""
        from kg.ask.network import EDGES, Networks

        return Networks(self.store, self.queries()[EDGES])


_BATCH: Final = 50  # documents dropped in one transaction, where all go


def _with_warnings(results: Iterable[Result]) -> list[Result]:
    """All of them; the caller of our caller is warned of what failed or was not applied."""
    done = list(results)
    for result in done:
        if result.outcome == "failed":
            warnings.warn(result.reason, stacklevel=3)
        for problem in result.problems:
            warnings.warn(escaped(f"correction not applied: {problem}"), stacklevel=3)
    return done


# What Library.at is made of


def _open_store(settings: Settings, *, serve: bool, brief: bool, even_damaged: bool) -> Store:
    """The store that the settings name, with its schema."""
    from kg.engine.store import open_store

    store = open_store(settings, serve=serve, brief=brief, even_damaged=even_damaged)
    try:
        store.ensure_schema()
    except BaseException:
        store.close()
        raise
    return store


def _corrections(settings: Settings) -> Corrections:
    """People's corrections; none where there is no file. Raises BadCorrections, and BadSettings where the file that
    KG_CORRECTIONS names is not there: without it the base would forget them all."""
    from kg.decide.file import read

    file = settings.corrections_file
    if settings.corrections and not file.exists():
        raise BadSettings(f"KG_CORRECTIONS={file}: there is no such file", "make it, if only empty")
    return read(file, rules.named)
