"""Which day it is: that of the places that documents are about, 北京时间 (UTC+8), wherever the server is and whoever asks."""

from __future__ import annotations

import datetime
from typing import Final

BEIJING: Final = datetime.timezone(datetime.timedelta(hours=8))


def today() -> datetime.date:
    """The day there now."""
    return day_of(datetime.datetime.now(datetime.UTC))


def day_of(moment: datetime.datetime) -> datetime.date:
    """The day there at a moment, which knows its own time zone."""
    return moment.astimezone(BEIJING).date()
