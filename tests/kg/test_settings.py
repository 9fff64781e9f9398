"""Settings: what the environment may say, and what is refused."""

from __future__ import annotations

import pytest

from kg.errors import BadSettings
from kg.settings import Settings


@pytest.mark.parametrize(("given", "memory"), [({}, None), ({"KG_ENGINE_MEMORY": "3g"}, 3_000_000_000)])
def test_the_memory_of_the_engine(given: dict[str, str], memory: int | None) -> None:
    assert Settings.from_environment(given).engine_memory == memory


def test_too_little_memory_for_the_engine() -> None:
    with pytest.raises(BadSettings, match="KG_ENGINE_MEMORY=64M"):
        Settings.from_environment({"KG_ENGINE_MEMORY": "64M"})


def test_a_webhook_needs_an_address_and_a_secret() -> None:
    both = {"KG_WEBHOOK_URL": "https://example.org/kg", "KG_WEBHOOK_SECRET": "0123456789abcdef"}
    assert Settings.from_environment(both).webhook == (both["KG_WEBHOOK_URL"], both["KG_WEBHOOK_SECRET"])
    assert Settings.from_environment({"KG_WEBHOOK_SECRET": "0123456789abcdef"}).webhook is None
    for name, wrong in (("KG_WEBHOOK_URL", "file:///etc/passwd"), ("KG_WEBHOOK_SECRET", "short")):
        with pytest.raises(BadSettings, match=name):
            Settings.from_environment(both | {name: wrong})
