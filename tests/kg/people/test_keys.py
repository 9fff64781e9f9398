"""Keys: what is kept of them, and what they are good for."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from kg.errors import BadParameter, BadSettings, NotFound
from kg.people.keys import NOBODY, OWNER, ROLES, Keys, digest


@pytest.fixture
def keys(tmp_path: Path) -> Keys:
    return Keys(tmp_path / "base" / "keys.json")


def test_what_is_kept_of_a_key_is_not_the_key(keys: Keys) -> None:
    assert not keys.needed
    token = keys.add("督查室-1", "check")
    assert len(token) > 40
    assert token not in keys.file.read_text(encoding="utf-8")
    assert stat.S_IMODE(keys.file.stat().st_mode) == 0o600
    person = keys.known_by(digest(token))
    assert (person and (person.name, person.role, person.named)) == ("督查室-1", "check", True)
    assert keys.known_by(digest(token + "x")) is None
    assert keys.known_by(digest("")) is None


def test_another_process_sees_a_change_at_once(keys: Keys) -> None:
    other = Keys(keys.file)
    first = keys.add("一科", "read")
    assert other.known_by(digest(first))
    second = keys.add("一科", "load", replace=True)
    assert other.known_by(digest(first)) is None
    keys.remove("一科")
    assert other.known_by(digest(second)) is None
    assert other.needed  # who was the last to leave has not opened the door


@pytest.mark.parametrize("name", ["", " ", "owner", "KG_API_KEY", "Nobody", "a\nb", "a/b", "一" * 41, " a", "a\u200bb", "<b>"])
def test_a_name_that_could_be_taken_for_another(keys: Keys, name: str) -> None:
    with pytest.raises(BadParameter):
        keys.add(name, "read")
    assert not keys.needed


def test_one_key_a_name(keys: Keys) -> None:
    keys.add("A-1", "read")
    for same in ("A-1", "a-1", "Ａ-1"):
        with pytest.raises(BadParameter, match="already"):
            keys.add(same, "admin")
    with pytest.raises(NotFound):
        keys.remove("B")
    assert keys.remove("ａ-１") == "A-1"
    assert keys.all() == ()


def test_a_key_may_be_bound_to_the_unit_that_it_reports_for(keys: Keys) -> None:
    person = keys.known_by(digest(keys.add("水利局-1", "report", unit="长治市水利局")))
    assert (
        person and person.may_report("140400:水利局", "长治市水利局") and not person.may_report("140400:财政局", "长治市财政局")
    )
    for role, unit in (("check", "长治市水利局"), ("report", ""), ("report", "局" * 101)):
        with pytest.raises(BadParameter, match="unit of a key"):
            keys.add("督查室-1", role, unit=unit)  # type: ignore[arg-type]
    assert OWNER.may_report("140400:财政局", "长治市财政局")


def test_a_key_in_place_of_one_that_is_bound_may_no_more_than_that(keys: Keys) -> None:
    keys.add("一科", "report", unit=" 长治市司法局 ")
    again = keys.add("一科", "report", replace=True)
    person = keys.known_by(digest(again))
    assert person is not None
    assert person.unit == "长治市司法局"
    with pytest.raises(BadParameter):
        keys.add("二科", "report", unit="  ")


def test_each_role_may_what_those_before_it_may() -> None:
    assert [OWNER.may(role) for role in ROLES] == [True] * 5
    assert [NOBODY.may(role) for role in ROLES] == [False] * 5


@pytest.mark.parametrize("content", ["", "[", "{}", '[{"name": "a", "role": "root", "sha256": "", "made_on": "2026-01-01"}]'])
def test_a_broken_file_lets_nobody_in(keys: Keys, content: str) -> None:
    keys.file.parent.mkdir()
    keys.file.write_text(content, encoding="utf-8")
    assert keys.needed
    with pytest.raises(BadSettings, match="cannot be read as keys"):
        keys.known_by(digest("x"))
