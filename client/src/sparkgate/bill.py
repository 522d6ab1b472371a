"""What records of usage cost, by whom or what; pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor

from .errors import BadArgument
from .prices import Hours, Prices
from .usage import JOB_RUN, POOL, SESSION, Usage

#: Who a warm pool's idle workers belong to. Which are idle is told from the outside, hence estimated.
WARM_POOL = "warm pool, idle (estimated)"

NOBODY = "(no owner)"

_KINDS = {SESSION: "sessions", JOB_RUN: "job runs"}

_BY: dict[str, Callable[[Usage], str]] = {
    "owner": lambda one: one.owner or NOBODY,
    "session": lambda one: one.id,
    "day": lambda one: one.day.isoformat(),
    "kind": lambda one: _KINDS[one.kind],
    "application": lambda one: one.application_id,
}


@dataclass(frozen=True)
class Row:
    """What somebody used, or what was used otherwise; figures are rounded so that they add up.

    Attributes:
        incomplete: of how many records the last figures were not seen.
        owner: where the row is of one thing.
        name: likewise.
    """

    who: str
    sessions: int
    job_runs: int
    hours: Hours
    dollars: Decimal
    incomplete: int
    owner: str = ""
    name: str = ""


@dataclass(frozen=True)
class Bill:
    """Rows, and the total to which they add up in every column."""

    by: str
    rows: Sequence[Row]
    total: Row


class _Sum:
    """Exact."""

    def __init__(self) -> None:
        self.of: list[Usage] = []
        self.figures = [Fraction(0)] * 4

    def add(self, one: Usage, dollars: Fraction) -> None:
        self.of.append(one)
        more = [*(Fraction(hours) for hours in one.hours), dollars]
        self.figures = [a + b for a, b in zip(self.figures, more, strict=True)]


def make(records: Iterable[Usage], by: str, prices: Prices) -> Bill:
    """Adds up.

    Args:
        records: each thing once.
        by: ``owner``, ``session`` (each session and job run), ``day`` (of its end, in UTC), ``kind``,
            ``application`` or ``tag:KEY``. The warm pool has one row of its own in each.
        prices: of the day on which something ended.
    """
    of = _grouping(by)
    sums: dict[str, _Sum] = {}
    for one in records:
        price = prices.of(one.day, one.architecture)
        sums.setdefault(WARM_POOL if one.kind == POOL else of(one), _Sum()).add(one, price.dollars(one.hours))
    order = sorted(sums, key=lambda who: _place(by, who, sums[who]))
    figures = [apportion([sums[who].figures[column] for who in order]) for column in range(4)]
    rows = [
        _row(who, sums[who].of, [one[at] for one in figures], by == "session") for at, who in enumerate(order)
    ]
    everything = [one for row in sums.values() for one in row.of]
    return Bill(by, rows, _row("total", everything, [sum(one, Decimal("0.00")) for one in figures]))


def apportion(exact: Sequence[Fraction]) -> list[Decimal]:
    """Rounds to hundredths such that the sum of what is rounded is the rounded sum.

    Each is rounded down, and those with the largest remainders get the hundredths that are left over.
    """
    hundredths = [one * 100 for one in exact]
    whole = [floor(one) for one in hundredths]
    left = floor(sum(hundredths, Fraction(1, 2))) - sum(whole)
    by_remainder = sorted(range(len(whole)), key=lambda at: (whole[at] - hundredths[at], at))
    for at in by_remainder[:left]:
        whole[at] += 1
    return [Decimal(one).scaleb(-2) for one in whole]


def check(by: str) -> None:
    """Refuses what nothing can be grouped by."""
    _grouping(by)


def _grouping(by: str) -> Callable[[Usage], str]:
    key = by.removeprefix("tag:")
    if by.startswith("tag:") and key:
        return lambda one: one.tags.get(key) or f"(no tag {key})"
    if by not in _BY:
        raise BadArgument(
            f"--by is {by!r}, but takes {', '.join(_BY)}, or tag:KEY with the key of a tag, as tag:team."
        )
    return _BY[by]


def _place(by: str, who: str, of: _Sum) -> tuple[bool, Fraction, str]:
    """The pool last; days in their order, all else by its dollars."""
    return who == WARM_POOL, Fraction(0) if by == "day" else -of.figures[3], who


def _row(who: str, of: Sequence[Usage], figures: Sequence[Decimal], single: bool = False) -> Row:
    kinds = [one.kind for one in of]
    known = (of[0].owner, of[0].name) if single and kinds[0] != POOL else ("", "")
    incomplete = sum(not one.complete and one.kind != POOL for one in of)
    vcpu, memory, storage, dollars = figures
    hours = Hours(vcpu, memory, storage)
    return Row(who, kinds.count(SESSION), kinds.count(JOB_RUN), hours, dollars, incomplete, *known)
