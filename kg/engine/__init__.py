"""The database. Its driver is imported without numpy, pandas and pyarrow, which it would look for, to take and give their
types: nothing here does, and a command would wait for them half as long as it takes in all."""

import sys

_UNUSED = {name: None for name in ("numpy", "pandas", "pyarrow") if name not in sys.modules}
sys.modules.update(_UNUSED)  # type: ignore[arg-type]  # None is what the import system documents for this
try:
    import neo4j  # noqa: F401
finally:
    for _name in _UNUSED:
        del sys.modules[_name]
