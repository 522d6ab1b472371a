"""Moments and durations as AWS, records and people write them."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone

from .errors import BadArgument

_UNITS = {"m": "minutes", "h": "hours", "d": "days"}

#: As of java.time.Instant, whose fraction has up to nine digits.
_INSTANT = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?Z")


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(timezone.utc)


def instant(text: str) -> datetime:
    """The moment that a record names, to the microsecond.

    Raises:
        ValueError: for what is none.
    """
    found = _INSTANT.fullmatch(text)
    if not found:
        raise ValueError(f"{text!r} is no moment as 2026-11-21T18:00:00Z")
    fraction = (found[2] or "").ljust(6, "0")[:6]
    return datetime.fromisoformat(f"{found[1]}.{fraction}+00:00")


def duration(what: str, text: str) -> timedelta:
    """The duration that an argument names: a number and its unit, as 90m, 2h or 7d."""
    found = re.fullmatch(r"(\d{1,6})([mhd])", text)
    if not found or not int(found[1]):
        raise BadArgument(f"{what} is {text!r}, but takes minutes, hours or days, as 90m, 2h or 7d.")
    return timedelta(**{_UNITS[found[2]]: int(found[1])})


def minute(moment: datetime) -> str:
    """A moment for people, in UTC."""
    return moment.astimezone(timezone.utc).strftime("%Y-%m-%d %H:%M")


def iso(moment: datetime) -> str:
    """A moment for machines, in UTC and whole seconds."""
    return moment.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
