"""Tasks that alone name nobody."""

from __future__ import annotations

import pytest

from tests.kg.decide.audit.conftest import Look, units
from tests.samples import Doc


@pytest.mark.parametrize(("tasks", "without", "expected"), [(5, 1, 1), (4, 1, 0), (9, 2, 0), (10, 2, 2), (5, 0, 0)])
def test_a_task_with_nobody_where_most_have_someone(look: Look, tasks: int, without: int, expected: int) -> None:
    found = look(Doc("甲", tasks=((),) * without + (units("司法局"),) * (tasks - without)), check="nobody")
    assert [finding.what for finding in found] == [f"{n}. 办好第{n}件事" for n in range(1, expected + 1)]
    assert all(finding.quote and finding.quote.startswith(finding.what.replace(" ", "")) for finding in found)
