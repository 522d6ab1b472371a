"""What the platform's functions logged of one session, as a story; pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from itertools import groupby
from typing import Any

from .sessions import LIVE
from .times import minute

#: Of the rules by which the monitor ends sessions; all others are the reaper's.
_OWNERS = ("ownerLimit", "ownerBudget")

_OTHERS = (
    "its owner ('sparkgate stop', spark.stop(), the end of a program), an operator, or the service (the"
    " session's own idle timeout{}, 24 hours)"
)

_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True)
class Event:
    """What one function logged once.

    Attributes:
        told: the record, by its fields.
    """

    moment: datetime
    told: Mapping[str, Any]

    @staticmethod
    def of(millis: int, message: str) -> Event | None:
        """The event of a line in a log; None for what is no record."""
        try:
            told = json.loads(message)
        except ValueError:
            return None
        return (
            Event(datetime.fromtimestamp(millis / 1000, timezone.utc), told)
            if isinstance(told, dict)
            else None
        )

    @property
    def function(self) -> str:
        """Whose record it is."""
        if self._word("type") == "endpointFetched":
            return "takeover"
        if "function" in self.told:
            return self._word("function")
        # Older records of the monitor do not say; of a session they have the owner, the reaper's have none.
        decision = self._word("type") == "decision" and "owner" not in self.told
        return "reaper" if decision and self.rule not in _OWNERS else "monitor"

    @property
    def outcome(self) -> str:
        return self._word("outcome") or self._word("type")

    @property
    def rule(self) -> str:
        return self._word("rule")

    @property
    def reason(self) -> str:
        """In a sentence, with what went wrong where something did."""
        fetched = f"endpoint fetched by {self._word('fetchedBy')}" if "fetchedBy" in self.told else ""
        error = self.told.get("error")
        failed = str(error.get("message", "")) if isinstance(error, dict) else ""
        return "; ".join(part for part in (fetched, self._word("reason"), failed) if part)

    def _word(self, name: str) -> str:
        return str(self.told.get(name, ""))

    def _shape(self) -> tuple[str, ...]:
        """What equal neighbours have in common: all but their numbers."""
        return (self.function, self.outcome, self.rule, self._word("state"), _NUMBER.sub("#", self.reason))


@dataclass(frozen=True)
class Answer:
    """Who ended a session.

    Attributes:
        by: ``reaper``, ``ownerLimit`` or ``ownerBudget``, ``failure``, ``others``, ``nobody`` while it
            lives, ``unknown``.
        text: a sentence.
    """

    by: str
    text: str


def timeline(events: Iterable[Event]) -> list[tuple[str, str, str, str, str]]:
    """Time, function, outcome, rule and reason, the oldest first.

    Neighbours that differ in numbers only are one.
    """
    lines = []
    for _, group in groupby(sorted(events, key=lambda one: one.moment), key=Event._shape):
        same = list(group)
        first, last = same[0], same[-1]
        text = _ranges([one.reason for one in same])
        if len(same) > 1:
            text += f", {len(same)} times until {minute(last.moment)}"
        lines.append((minute(first.moment), first.function, first.outcome, first.rule, text))
    return lines


def answer(events: Sequence[Event], session: Mapping[str, Any] | None) -> Answer:
    """Who ended it, as far as records and the service tell.

    Args:
        events: of it.
        session: as GetSession tells of it; None where that could not be asked.
    """
    ended = [one for one in events if one.outcome == "terminated"]
    if ended:
        last = max(ended, key=lambda one: one.moment)
        by = last.rule if last.rule in _OWNERS else "reaper"
        who = "a limit of its owner's" if by in _OWNERS else "the reaper"
        return Answer(by, f"Ended by {who}, {minute(last.moment)} UTC, rule {last.rule}: {last.reason}.")
    return _not_by_us(session, _dry(events))


def _not_by_us(session: Mapping[str, Any] | None, dry: str) -> Answer:
    if session is None:
        return Answer("unknown", f"No record says that a function of the platform ended it{dry}.")
    state, details = str(session["state"]), str(session.get("stateDetails") or "nothing").rstrip(". \n")
    if state in LIVE:
        return Answer("nobody", f"It is {state}, and nobody has ended it{dry}.")
    if state == "FAILED":
        return Answer("failure", f"It failed by itself{dry}. The service says: {details}.")
    idle = session.get("idleTimeoutMinutes")
    others = _OTHERS.format(f" of {idle} min" if idle else "")
    return Answer(
        "others",
        f"It is {state}, and no function of the platform ended it{dry}: {others} did."
        f" The service says: {details}.",
    )


def _dry(events: Sequence[Event]) -> str:
    would = [one for one in events if one.outcome == "wouldTerminate"]
    if not would:
        return ""
    first = min(would, key=lambda one: one.moment)
    when = f"{minute(first.moment)} UTC, rule {first.rule}"
    return f" (but for its dry run the {first.function} would have, {when})"


def _ranges(texts: Sequence[str]) -> str:
    """One text of several that differ in numbers only, as "idle for 12..57 min"."""
    first, last = (_NUMBER.findall(text) for text in (texts[0], texts[-1]))
    numbers = iter(a if a == b else f"{a}..{b}" for a, b in zip(first, last, strict=True))
    return _NUMBER.sub(lambda _: next(numbers), texts[0])
