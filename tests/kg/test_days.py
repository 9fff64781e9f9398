"""A day is that of the places that documents are about."""

from __future__ import annotations

import datetime

import pytest

from kg.days import day_of, written


def test_a_day_begins_at_midnight_in_beijing_whatever_zone_a_moment_is_told_in() -> None:
    for hour, zone in ((16, 0), (11, -5), (23, 7)):
        late = datetime.datetime(2026, 1, 4, hour, 1, tzinfo=datetime.timezone(datetime.timedelta(hours=zone)))
        days = [day_of(late - datetime.timedelta(minutes=2)), day_of(late)]
        assert [day.isoformat() for day in days] == ["2026-01-04", "2026-01-05"]


def test_a_day_is_written_as_one_writes_it() -> None:
    assert written(" 2022-12-31\n") == datetime.date(2022, 12, 31)
    for said in ("2022-31-12", "2022-02-30", "20221231", "2022年12月31日", ""):
        with pytest.raises(ValueError, match=f"^{said} is no day such as 2022-12-31"):
            written(said)
