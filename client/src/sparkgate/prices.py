"""What the service asks for, as prices.json or a file of the caller's says."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple

from .errors import BadArgument

#: Of an application that says nothing else.
ARCHITECTURE = "X86_64"

_NUMBERS = ("vcpuHour", "memoryGbHour", "storageGbHour")


class Hours(NamedTuple):
    """Of each thing that is billed; of disk what is beyond the 20 GB that a worker has for nothing."""

    vcpu: Decimal
    memory_gb: Decimal
    storage_gb: Decimal


@dataclass(frozen=True)
class Price:
    """From a day on.

    Attributes:
        an_hour: dollars of one hour of each.
        source: who says so, and of when it is.
    """

    region: str
    architecture: str
    since: date
    an_hour: Hours
    source: str

    def dollars(self, used: Hours) -> Fraction:
        """What so much costs, to the last digit."""
        parts = (Fraction(price) * Fraction(hours) for price, hours in zip(self.an_hour, used, strict=True))
        return sum(parts, Fraction(0))

    def __str__(self) -> str:
        vcpu, memory, storage = self.an_hour
        return (
            f"{self.region} {self.architecture} from {self.since}: {vcpu} a vCPU-hour, {memory} a GB-hour,"
            f" {storage} a GB-hour of disk beyond 20 GB a worker ({self.source})"
        )


class Prices:
    """All that are known, of which those of one Region are asked for.

    Attributes:
        used: those that were told, in the order of their days.
    """

    def __init__(self, known: Sequence[Price], region: str) -> None:
        self._known = known
        self._region = region
        self._used: set[Price] = set()
        self._architectures: set[tuple[str, str]] = set()

    @staticmethod
    def read(path: str | None, region: str) -> Prices:
        """Reads a file of the form of prices.json, which is the default."""
        if path is None:
            return Prices(_parse(resources.files(__package__).joinpath("prices.json").read_text()), region)
        try:
            return Prices(_parse(Path(path).read_text()), region)
        except OSError as error:
            raise BadArgument(f"--prices is {path!r}, which cannot be read: {error.strerror}.") from None
        except (ValueError, KeyError, TypeError, InvalidOperation) as error:
            raise BadArgument(
                f"--prices is {path!r}, which is no list of prices ({type(error).__name__}: {error}): each"
                ' needs "region", "architecture", "from" as "2026-06-01", "vcpuHour", "memoryGbHour",'
                ' "storageGbHour" in dollars, and "source".'
            ) from None

    def of(self, day: date, architecture: str) -> Price:
        """The price of a day: the newest that was in force then, or the first that is known.

        Where the Region or the architecture has none, it is that of the first in the list.
        """
        first = self._known[0]
        for wanted in (
            (self._region, architecture),
            (first.region, architecture),
            (first.region, first.architecture),
        ):
            found = sorted(
                (p for p in self._known if (p.region, p.architecture) == wanted), key=lambda p: p.since
            )
            if found:
                break
        price = next((p for p in reversed(found) if p.since <= day), found[0])
        self._used.add(price)
        if architecture != price.architecture:
            self._architectures.add((architecture, price.architecture))
        return price

    @property
    def used(self) -> list[Price]:
        return sorted(self._used, key=lambda p: (p.since, p.architecture))

    def doubts(self) -> list[str]:
        """What to say of prices that were told in place of others."""
        others = sorted({p.region for p in self._used if p.region != self._region})
        return [
            f"the price of {self._region} is not known here, and that of {region} was taken; give yours with"
            " --prices FILE"
            for region in others
        ] + [
            f"the price of {asked} is not known here, and that of {told} was taken; give yours with"
            " --prices FILE"
            for asked, told in sorted(self._architectures)
        ]


def _parse(text: str) -> list[Price]:
    found = [_price(one) for one in json.loads(text, parse_float=Decimal, parse_int=Decimal)]
    if not found:
        raise ValueError("it is empty")
    return found


def _price(one: dict[str, Any]) -> Price:
    numbers = [one[name] for name in _NUMBERS]
    for name, number in zip(_NUMBERS, numbers, strict=True):
        if not isinstance(number, Decimal) or number < 0:
            raise ValueError(f"{name} is {number!r}")
    return Price(
        str(one["region"]),
        str(one["architecture"]),
        date.fromisoformat(one["from"]),
        Hours(*numbers),
        str(one["source"]),
    )
