"""A record of what one session, job run or hour of the warm pool used, as the session monitor writes it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from .prices import ARCHITECTURE, Hours
from .times import instant

SESSION, JOB_RUN, POOL = "session", "jobrun", "pool"

#: More than all workers of the world have in a month; a figure above it is none.
_MOST = Decimal(10) ** 12


@dataclass(frozen=True)
class Usage:
    """What was used, as the service bills it.

    Attributes:
        owner: empty where nobody is known.
        complete: False where it was gone before its last figures were read.
    """

    kind: str
    id: str
    application_id: str
    ended_at: datetime
    recorded_at: datetime
    hours: Hours
    owner: str = ""
    name: str = ""
    complete: bool = True
    tags: Mapping[str, str] = field(default_factory=dict)
    architecture: str = ARCHITECTURE
    text: str = ""

    @property
    def day(self) -> date:
        """To which it counts, in UTC: an hour of the pool to that in which it began."""
        return (self.ended_at - timedelta(microseconds=self.kind == POOL)).date()

    @staticmethod
    def of(text: str) -> Usage:
        """Reads a record.

        Raises:
            ValueError: with the reason, for what is none.
        """
        told = json.loads(text, parse_float=Decimal, parse_int=Decimal, parse_constant=_no_number)
        kind = told.get("kind") if isinstance(told, dict) else None
        if kind not in (SESSION, JOB_RUN, POOL):
            raise ValueError(f"kind is {kind!r}")
        complete = told.get("complete") is not False
        tags = told.get("tags") if isinstance(told.get("tags"), dict) else {}
        figures = (_hours(told, name, complete) for name in ("vcpuHours", "memoryGbHours", "storageGbHours"))
        return Usage(
            kind,
            _word(told, "id"),
            _word(told, "applicationId"),
            instant(_word(told, "endedAt")),
            instant(_word(told, "recordedAt")),
            Hours(*figures),
            owner=_owner(told),
            name=str(told.get("name") or ""),
            complete=complete,
            tags={str(key): str(value) for key, value in tags.items()},
            architecture=str(told.get("architecture") or ARCHITECTURE),
            text=text,
        )


def latest(records: Iterable[Usage]) -> list[Usage]:
    """Each thing once, by its latest record, in the order of their ids; whatever order they come in."""
    kept: dict[tuple[str, str], Usage] = {}
    for one in records:
        before = kept.setdefault((one.kind, one.id), one)
        if _age(one) > _age(before):
            kept[one.kind, one.id] = one
    return [kept[key] for key in sorted(kept)]


def _age(one: Usage) -> tuple[datetime, bool, str]:
    return one.recorded_at, one.complete, one.text


def _owner(told: Mapping[str, Any]) -> str:
    owner = str(told.get("owner") or "")
    return "" if owner == "unknown" else owner  # the monitor's word for nobody


def _word(told: Mapping[str, Any], name: str) -> str:
    value = told.get(name)
    if not isinstance(value, str) or not value:
        raise ValueError(f"{name} is {'missing' if value is None else repr(value)}")
    return value


def _hours(told: Mapping[str, Any], name: str, complete: bool) -> Decimal:
    value = told.get(name)
    if value is None and not complete:  # nothing was seen of it before it was gone
        return Decimal(0)
    if not isinstance(value, Decimal) or not 0 <= value < _MOST:
        raise ValueError(f"{name} is {'missing' if value is None else repr(str(value))}")
    return value


def _no_number(text: str) -> Any:
    raise ValueError(f"{text} is no number")
