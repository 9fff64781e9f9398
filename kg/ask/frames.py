"""The rows of an answer as Python users take them: a list, a data frame, a table."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.ask.signature import Column
from kg.ask.tables import to_csv
from kg.engine.store import Answer

if TYPE_CHECKING:
    import pandas as pd


class AnswerRows(list[dict[str, Any]]):
    """The rows of an answer, a dict each. `columns`: their names in order; `truncated`: whether rows were left out."""

    def __init__(self, answer: Answer, columns: Iterable[Column]) -> None:
        super().__init__(answer.rows)
        self.columns = answer.columns
        self.truncated = answer.truncated
        self._types = {column.name: column.type for column in columns}

    def to_pandas(self) -> pd.DataFrame:
        """A data frame: days as dates, whole numbers stay whole where some are missing. Raises ImportError without pandas."""
        try:
            import pandas as pd  # noqa: PLC0415 (few have it, and it takes long)
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
        text = to_csv(self.columns, self)
        if path is not None:
            Path(path).write_text(text, encoding="utf-8", newline="")
        return text
