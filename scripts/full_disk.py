"""What a full disk does to a base: python -m scripts.full_disk

On a small disk of its own (tmpfs, which takes root) each of four commands is given while no byte is free. It has to say that
the disk is full, with the exit status of that, and the base has to hold what it held; after room is made it does all of it.
"""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from kg.errors import OUTCOMES, DiskFull
from scripts.kills import Attack, Killer, opened, state

_SIZE: Final = "256m"
_GIVEN: Final = ("load", "correct", "report", "rebuild")


@contextmanager
def disk(place: Path) -> Iterator[None]:
    """A disk of _SIZE at `place`. Raises CalledProcessError where it cannot be mounted."""
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={_SIZE}", "none", place], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", place], check=True)


def fill(file: Path) -> None:
    """Takes every byte that is free on the disk of `file`."""
    with file.open("wb", buffering=0) as out:
        for size in (1 << 20, 1 << 12, 1):
            try:
                while out.write(b"0" * size):
                    pass
            except OSError as error:
                if error.errno != errno.ENOSPC:
                    raise


def attack(killer: Killer, given: Attack, place: Path) -> None:
    """Gives a command on a full disk, then what it leaves to `killer.tally`."""
    data, whole, filler = place / "data", killer.folder / "whole", place / "filler"
    shutil.copytree(killer.folder / "filled", data)
    with opened(data) as base:
        given.before(base)
        before = state(base)
    shutil.copytree(data, whole)
    with opened(whole) as base:
        given.again(base)
        after = state(base)
    fill(filler)
    command = [sys.executable, "-m", "kg.cli", *given.words]
    done = subprocess.run(command, env=os.environ | {"KG_DATA": str(data)}, capture_output=True, text=True, check=False)
    filler.unlink()
    said = done.stdout + done.stderr
    if done.returncode != OUTCOMES[DiskFull].exit_code or "is full" not in said or "Traceback" in said or "\tat " in said:
        killer.tally.wrong.append(f"{given.name}: exit status {done.returncode}: {said}")
    with opened(data) as base:
        killer.tally.judge(given.name, base, given.again, before, after)
    print(given.name, done.returncode, said.strip(), sep="\n  ", flush=True)
    shutil.rmtree(data)
    shutil.rmtree(whole)


def main() -> int:
    """Says what was met; 1 where something was wrong."""
    with tempfile.TemporaryDirectory(prefix="full-") as name:
        killer = Killer(Path(name), seed=0)
        try:
            with disk(Path(name) / "disk"):
                for given in killer.attacks:
                    if given.name in _GIVEN:
                        attack(killer, given, Path(name) / "disk")
        except (FileNotFoundError, subprocess.CalledProcessError) as error:
            print(f"skipped: no disk can be mounted here: {error}")
            return 0
    print(dict(killer.tally.found), *killer.tally.wrong or ["nothing wrong"], sep="\n")
    return int(bool(killer.tally.wrong))


if __name__ == "__main__":
    sys.exit(main())
