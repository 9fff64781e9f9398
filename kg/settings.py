"""Settings come from the environment, read once by a composition root, never at import."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from kg.errors import BadSettings


@dataclass(frozen=True, slots=True)
class Settings:
    """KG_DATA: the data directory (default: the user's own). KG_URI, KG_USER, KG_PASSWORD: a Neo4j to use instead of the
    embedded engine. KG_API_KEY: the key HTTP clients must send. KG_TIMEOUT: seconds a query may take. KG_CORRECTIONS: a
    corrections file elsewhere, such as in a git repository. KG_ALLOW_UPLOAD: 1 lets those who have the key load files over
    HTTP. KG_JAVA_OPTIONS, which the embedded engine reads itself: more options for its Java machine, such as -Xmx4g."""

    data: Path
    uri: str | None = None
    user: str = "neo4j"
    password: str | None = None
    api_key: str | None = None
    timeout: float = 30.0
    corrections: Path | None = None
    upload: bool = False

    @property
    def corrections_file(self) -> Path:
        """Where people's corrections stand: corrections.yaml beside the data, if nothing else is set."""
        return self.corrections or self.data / "corrections.yaml"

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> Settings:
        """Reads the KG_ variables of `environ`. Raises BadSettings where one cannot be understood."""
        given = environ.get("KG_TIMEOUT") or "30"
        try:
            timeout = float(given)
        except ValueError:
            timeout = 0.0
        if not 0 < timeout < 86400:
            raise BadSettings(f"KG_TIMEOUT={given} is no time limit", "give seconds, such as KG_TIMEOUT=30")
        upload = environ.get("KG_ALLOW_UPLOAD") or "0"
        if upload not in ("0", "1"):
            raise BadSettings(f"KG_ALLOW_UPLOAD={upload} is neither 0 nor 1", "set KG_ALLOW_UPLOAD=1, or leave it out")
        if upload == "1" and not environ.get("KG_API_KEY"):
            raise BadSettings("KG_ALLOW_UPLOAD is set but KG_API_KEY is not", "set KG_API_KEY: who has it may load files")
        uri = environ.get("KG_URI") or None
        if uri and not environ.get("KG_PASSWORD"):
            raise BadSettings("KG_URI is set but KG_PASSWORD is not", "set KG_PASSWORD to that Neo4j's password")
        return cls(
            data=Path(environ.get("KG_DATA") or platformdirs.user_data_dir("kg", appauthor=False)),
            uri=uri,
            user=environ.get("KG_USER") or "neo4j",
            password=environ.get("KG_PASSWORD") or None,
            api_key=environ.get("KG_API_KEY") or None,
            timeout=timeout,
            corrections=Path(environ["KG_CORRECTIONS"]) if environ.get("KG_CORRECTIONS") else None,
            upload=upload == "1",
        )
