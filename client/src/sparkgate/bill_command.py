"""The command line's part on bills."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable

from . import aws, bill, bill_text, contract, usage, usage_store
from .aws import client
from .errors import BadArgument, SparkgateError
from .prices import Prices
from .progress import Progress
from .times import now

_USAGE = (
    "Ask who runs the platform for it: grantReadUsage has ssm:GetParameter on the place of the records,"
    " s3:ListBucket and s3:GetObject on them, and kms:Decrypt where they have a key of their own."
)

_NO_USAGE = (
    "The platform writes it where its session monitor keeps usage ('monitoring' in cdk.json); turn that on,"
    " or name the place with --from."
)

#: Of unreadable records, how many are named.
_NAMED = 10


def add(command: Callable[..., argparse.ArgumentParser]) -> None:
    """Adds the command to the parser by what adds one."""
    made = command("bill", _bill, "print what a month's sessions and job runs cost, estimated by list prices")
    made.add_argument("--month", metavar="YYYY-MM", help="in UTC (this month)")
    made.add_argument(
        "--by",
        default="owner",
        metavar="WHAT",
        help="owner, session, day, kind, application, tag:KEY (owner)",
    )
    made.add_argument("--format", choices=("table", "csv", "json"), default="table", help="(table)")
    made.add_argument(
        "--from", dest="place", metavar="PLACE", help="s3://bucket/usage/ or a folder (the platform's)"
    )
    made.add_argument(
        "--prices", metavar="FILE", help="of the form of the package's prices.json, which it is"
    )


def _bill(o: argparse.Namespace) -> int:
    month = _month(o.month)
    bill.check(o.by)
    caller = aws.session(o.profile, o.region)
    prices = Prices.read(o.prices, caller.region_name or "us-east-1")
    progress = Progress()
    with aws.advising(_USAGE):
        place = o.place or contract.read_beside(caller, o.env, o.prefix, "usage-location", _NO_USAGE)
        store = usage_store.at(place, lambda: client(caller, "s3"), "--from" if o.place else "usage-location")
        records, unreadable = usage_store.read(store, month, progress)
    if not records and not unreadable:
        raise SparkgateError(
            f"There are no usage records of {month} at {place}: nothing ended in that month, or the session"
            " monitor did not run yet (it writes a record two minutes after an end, and none of what ended"
            " before it was turned on), or the records have been deleted by their lifecycle."
        )
    made = bill.make(usage.latest(records), o.by, prices)
    print(_print(o.format, made, month, prices, len(unreadable)))
    for doubt in prices.doubts():
        progress.say(doubt)
    for said in unreadable[:_NAMED]:
        progress.say(said)
    if unreadable:
        progress.say(f"the bill is without {len(unreadable)} of {len(unreadable) + len(records)} records")
    return 1 if unreadable else 0


def _month(given: str | None) -> str:
    if given is None:
        return now().strftime("%Y-%m")
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", given):
        raise BadArgument(f"--month is {given!r}, but takes a month of a year, as 2026-11.")
    return given


def _print(form: str, made: bill.Bill, month: str, prices: Prices, unreadable: int) -> str:
    if form == "csv":
        return bill_text.comma_separated(made)
    if form == "json":
        return bill_text.document(made, month, prices, unreadable)
    return f"{month} by {made.by}\n\n{bill_text.table(made, prices)}"
