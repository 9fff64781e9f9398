"""What is looked after over HTTP: what the base holds, what a person should look at, and, where that is allowed, new files."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from kg.ask.signature import Parameter, Type, coerce
from kg.decide.audit import CHECKS, COLUMNS, audit
from kg.decide.entries import Corrections
from kg.engine.store import Answer, Store
from kg.errors import BadParameter, UnreadableFile
from kg.graph import loading as graph
from kg.graph.loading import Extract

CHECK: Final = Parameter("check", Type("enum", options=tuple(CHECKS), many=True), False, None, "only these checks", "duplicate")

_NAME: Final = 255  # bytes that file systems take
_NOT_IN_A_NAME: Final = re.compile(r'[\x00-\x1f\x7f-\x9f\\/:*?"<>|\u2028\u2029\ud800-\udfff]')


@dataclass(frozen=True, slots=True)
class Keeping:
    """How files come into the base: who reads them, by which rules, where their bytes are kept, and what people corrected."""

    extract: Extract
    rules: str
    sources: Path
    corrections: Callable[[], Corrections]
    """Read anew each time, as a person may add one while the server runs."""

    def status(self, store: Store) -> dict[str, Any]:
        """kg.graph.loading.Status, with the engine and the rules."""
        return {"engine": store.engine, "rules": self.rules, **asdict(graph.status(store, self.sources, self.rules))}

    def findings(self, store: Store, checks: object) -> tuple[dict[str, Any], Answer]:
        """What was asked, and kg.decide.audit's findings. Raises BadParameter for a check there is none of."""
        chosen = coerce(CHECK, checks)
        found = audit(store, self.corrections(), frozenset(map(str, chosen)) if isinstance(chosen, list) else None)
        rows = [{column: getattr(finding, column) for column in COLUMNS} for finding in found]
        return {CHECK.name: chosen}, Answer(COLUMNS, rows, truncated=False)

    def load(self, store: Store, data: bytes, name: str, *, replace: bool) -> dict[str, Any]:
        """Loads one file as `kg load` does. Raises BadParameter for what is no file name, UnreadableFile for a file that fails.

        It counts as a file of its own, whatever was loaded under that name before: only `replace` takes documents over.
        """
        check_name(name)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / name
            try:
                path.write_bytes(data)
            except OSError as error:
                raise BadParameter(f"name={name!r:.80} is no file name here: {error.strerror}", "give another") from error
            (result,) = graph.load(
                store,
                self.sources,
                [path],
                self.extract,
                self.rules,
                corrections=self.corrections(),
                replace=replace,
                passing=True,
            )
        if result.outcome == "failed":
            reason, _, hint = result.reason.replace(str(path), name).partition("\n")
            raise UnreadableFile(reason, hint)
        return {**asdict(result), "file": name}


def check_name(name: str) -> None:
    """Raises BadParameter unless `name` is that of a file, without folders."""
    if not name.strip(" .") or _NOT_IN_A_NAME.search(name) or len(name.encode("utf-8", "replace")) > _NAME:
        hint = f"give the file's name alone, with its ending, at most {_NAME} bytes in UTF-8"
        raise BadParameter(f"name={name!r:.80} is no file name", hint)
