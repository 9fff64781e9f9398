"""The cache from which a Java machine takes the engine's classes, loaded and linked as a run of ours left them (JEP 483 and
514): with it a one-shot command starts the engine in half the time. It is made once on each machine, anew where the engine
changes.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

BRIEF: Final = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
"""For a process that lives for seconds: the second compiler and the parallel collector cost it more than they save. The cache
is of such a process."""


def cache(folder: Path) -> Path:
    """The file in `folder` that is, or will be, the cache of the engine that is installed."""
    from arcadedb_embedded.jvm import get_bundled_jre_lib_path, get_jar_path  # noqa: PLC0415 - no Java for those who use Neo4j

    engine = [Path(get_bundled_jre_lib_path() or ""), *sorted(Path(get_jar_path()).glob("*.jar"))]
    facts = [(str(file), file.stat().st_size, file.stat().st_mtime_ns) for file in engine]
    return folder / f"engine-{hashlib.sha256(repr(facts).encode()).hexdigest()[:16]}.aot"


def options(folder: Path) -> list[str]:
    """What a brief process tells its Java machine, which goes on without a cache that does not fit, and says nothing."""
    file = cache(folder)
    return [*BRIEF, *([f"-XX:AOTCache={file}", "-Xlog:disable"] if file.exists() else [])]


def make(folder: Path, module: str) -> bool:
    """Makes the cache of what `python -m module` does with the engine, in some ten seconds; whether it is there now. Raises
    OSError where the folder cannot be written."""
    folder.mkdir(parents=True, exist_ok=True)
    file = cache(folder)
    try:
        with FileLock(folder / "engine.lock", timeout=0), tempfile.TemporaryDirectory(dir=folder) as work:
            if not file.exists():
                made = Path(work) / file.name
                java = " ".join((*BRIEF, f"-XX:AOTCacheOutput={made}"))
                given = {"KG_JAVA_OPTIONS": java, "KG_DATA": work, "KG_ENGINE_CACHE": str(folder)}
                environ = {name: value for name, value in os.environ.items() if not name.startswith("KG_")} | given
                subprocess.run([sys.executable, "-m", module], env=environ, capture_output=True, check=False)
                if made.exists():
                    made.replace(file)
                    for former in set(folder.glob("engine-*.aot")) - {file}:
                        former.unlink(missing_ok=True)
    except Timeout:  # another process makes it
        pass
    return file.exists()
