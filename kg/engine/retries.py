"""What failed only because two transactions met is run again."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import Final, TypeVar

from neo4j.exceptions import ConstraintError, DriverError, Neo4jError

T = TypeVar("T")

_RETRIES: Final = 5


def retrying(
    run: Callable[[], T],
    is_race: Callable[[Neo4jError | DriverError], bool],
    wait: Callable[[float], bool | None] = time.sleep,
) -> T:
    """Runs again, after 20 to 200 ms, what failed by meeting another transaction in a way the driver does not retry. `wait`:
    for so many seconds; true where nobody waits for an answer any more."""
    for _ in range(_RETRIES):
        try:
            return run()
        except (Neo4jError, DriverError) as error:
            if not is_race(error) or wait(random.uniform(0.02, 0.2)):
                raise
    return run()


def meets_a_writer(error: Neo4jError | DriverError) -> bool:
    """Another try may mend a deadlock, a lost connection, a node that a writer of the embedded engine has just deleted."""
    return error.is_retryable() or (isinstance(error, Neo4jError) and error.code == "Neo.ClientError.Statement.EntityNotFound")


def key_taken(error: Neo4jError | DriverError) -> bool:
    """Two writers made the same node at once."""
    return isinstance(error, ConstraintError)
