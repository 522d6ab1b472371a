"""The moments that the tag sparkgate:keep-until may have, as the reaper reads them."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone

from .errors import BadArgument

KEY = "sparkgate:keep-until"

_WRITTEN = re.compile(
    r"(?P<year>\d{4})(?P<dash>-?)(?P<month>\d\d)(?P=dash)(?P<day>\d\d)"
    r"(?:(?:[Tt]| +)(?P<hour>\d\d)(?::?(?P<minute>\d\d)(?::?(?P<second>\d\d)(?:[.,]\d+)?)?)?"
    r" *(?P<offset>[Zz]|UTC|GMT|[+-]\d\d(?::?\d\d)?)?)?",
    re.ASCII,
)

#: Of the place on earth where a day ends last.
_LAST = timedelta(hours=-12)


def parse(text: str) -> datetime:
    """The moment in UTC; a fraction of a second is left out.

    What has no offset is read where it comes last on earth, and a date alone is the end of that day there.
    """
    try:
        found = _written(text)
        day = datetime(int(found["year"]), int(found["month"]), int(found["day"]), tzinfo=timezone.utc)
        return day + _since_midnight(found) - _offset(found["offset"])
    except (ValueError, OverflowError):
        raise BadArgument(
            f"--until is {text!r}, but takes a moment with its offset, as 2026-11-21T18:00:00+01:00 or"
            " 2026-11-21T17:00Z, or a date alone."
        ) from None


def _written(text: str) -> re.Match[str]:
    found = _WRITTEN.fullmatch(text.strip())
    if not found:
        raise ValueError
    return found


def _since_midnight(found: re.Match[str]) -> timedelta:
    if found["hour"] is None:
        return timedelta(days=1)
    minute, second = int(found["minute"] or 0), int(found["second"] or 0)
    time = timedelta(hours=int(found["hour"]), minutes=minute, seconds=second)
    if minute > 59 or second > 60 or time > timedelta(days=1):
        raise ValueError
    return time


def _offset(written: str | None) -> timedelta:
    if written is None:
        return _LAST
    if written[0] not in "+-":
        return timedelta()
    digits = written[1:].replace(":", "").ljust(4, "0")
    hours, minutes = int(digits[:2]), int(digits[2:])
    if hours > 18 or minutes > 59 or hours * 60 + minutes > 18 * 60:
        raise ValueError
    size = timedelta(hours=hours, minutes=minutes)
    return -size if written[0] == "-" else size
