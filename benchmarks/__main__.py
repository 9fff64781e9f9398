"""make bench: every figure beside its baseline, both taken in this run. Folders with documents may be named; default seed/.
python -m benchmarks.growth measures how costs grow instead."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks import exports, hostile, load, page, parse, routes


def main() -> None:
    folders = [Path(a) for a in sys.argv[1:]] or [Path(__file__).parent.parent / "seed"]
    parse.main(folders)
    hostile.main()
    load.main()
    exports.main()
    routes.main(folders)
    return page.main()


if __name__ == "__main__":  # the engine's parsers start processes that import this file again
    main()
