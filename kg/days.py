"""Which day it is: that of the places that documents are about, 北京时间 (UTC+8), wherever the server is and whoever asks."""

from __future__ import annotations

import datetime
import re
from typing import Final

BEIJING: Final = datetime.timezone(datetime.timedelta(hours=8))


def today() -> datetime.date:
    """The day there now."""
    return day_of(datetime.datetime.now(datetime.UTC))


def written(text: str) -> datetime.date:
    """The day that a person wrote. Raises ValueError, whose words say how one writes it."""
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text.strip()):
            return datetime.date.fromisoformat(text.strip())
    except ValueError:  # 2022-31-12
        pass
    raise ValueError(f"{text:.80} is no day such as 2022-12-31: year, month, day")


def day_of(moment: datetime.datetime) -> datetime.date:
    """The day there at a moment, which knows its own time zone."""
    return moment.astimezone(BEIJING).date()
