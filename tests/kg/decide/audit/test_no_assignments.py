"""Documents that name nobody."""

from __future__ import annotations

from tests.kg.decide.audit.conftest import Look
from tests.samples import Doc


def test_a_document_that_names_nobody(look: Look) -> None:
    (finding,) = look(Doc("甲", tasks=((), ())), Doc("乙"), check="no-assignments")
    assert (finding.document, finding.why) == ("甲", "of its 2 tasks none names anybody")
