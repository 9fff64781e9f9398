"""All checks together: what a person is asked to look at, and what not."""

from __future__ import annotations

from pathlib import Path

from kg.decide import audit as room
from kg.decide.audit import CHECKS, audit
from kg.engine.store import Store
from tests.kg.decide.audit.conftest import Look, units
from tests.samples import HENGYANG, Doc


def test_quotes_of_findings_stand_where_they_say(look: Look, store: Store) -> None:
    doc = Doc("甲", tasks=((), *(units("科技局", "科学技术局"),) * 5), due=2022)
    look(doc, check="nobody")
    text = store.read("MATCH (s:Source) RETURN s.text AS text").rows[0]["text"]
    found = [finding for finding in audit(store) if finding.quote]
    assert {finding.check for finding in found} == {"duplicate", "nobody"}
    assert all(text[finding.start : finding.end] == finding.quote for finding in found)


def test_an_ordinary_base_gives_no_alarm(look: Look) -> None:
    docs = (Doc("甲", tasks=(units("司法局", "财政局"), units("公安局"))), Doc("乙", None, HENGYANG))
    assert [finding for check in CHECKS for finding in look(*docs, check=check)] == []


def test_every_file_of_the_room_is_a_check_that_is_listed() -> None:
    files = {file.stem for file in Path(room.__file__).parent.glob("*.py")} - {"__init__", "finding"}
    listed = {name.replace("-", "_"): check.__module__.rpartition(".")[2] for name, check in CHECKS.items()}
    assert listed == {file: file for file in files}
