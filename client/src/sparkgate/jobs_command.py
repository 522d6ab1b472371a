"""The command line's part on which job runs there are."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from .errors import BadArgument
from .job_commands import jobs_of
from .jobs import ENDED, LIVE
from .progress import Progress
from .terminal import columns
from .times import duration, now

#: More than people read; who looks for an older one narrows it down.
_MOST = 50

_HEADS = ("run", "state", "attempt", "submitted", "took", "by", "name")


def add(command: Callable[..., argparse.ArgumentParser]) -> None:
    """Adds the command to the parser by what adds one."""
    made = command("jobs", _jobs, f"your job runs, newest first, {_MOST} at most")
    made.add_argument("--everyone", action="store_true", help="those of others too")
    made.add_argument("--state", type=str.upper, metavar="STATE", help="as RUNNING or FAILED (all)")
    made.add_argument("--since", default="7d", metavar="TIME", help="of those that ended, as 24h (7d)")


def _jobs(o: argparse.Namespace) -> None:
    since = now() - duration("--since", o.since)
    states = _states(o.state)
    jobs = jobs_of(o)
    found: Iterator[dict[str, Any]] = (
        iter(jobs.everyones(states, since)) if o.everyone else jobs.mine(states, since)
    )
    runs = list(islice(found, _MOST))
    if not runs:
        Progress().say(_none(o, jobs.owner.name))
        return
    for line in columns([_HEADS, *(_cells(run) for run in runs)], right=(2,)):
        print(line)
    if next(found, None):
        Progress().say(f"these are the newest {_MOST}; --state and --since narrow it down")


def _states(wanted: str | None) -> Sequence[str]:
    if wanted and wanted not in LIVE + ENDED:
        raise BadArgument(f"--state is {wanted!r}, but takes one of {', '.join(LIVE + ENDED)}.")
    return [wanted] if wanted else LIVE + ENDED


def _none(o: argparse.Namespace, name: str) -> str:
    whose, others = ("", "") if o.everyone else (f" of {name}", "; --everyone looks for those of others")
    if o.state in LIVE:
        return f"there is no job run{whose} that is {o.state}{others}"
    end = f" that is {o.state}" if o.state else ", and no older one that goes on"
    return f"there is no job run{whose} from the last {o.since} (--since){end}{others}"


def _cells(run: dict[str, Any]) -> Sequence[str]:
    submitted: datetime = run["createdAt"]
    end = run.get("endedAt", run["updatedAt"]) if run["state"] in ENDED else now()
    return (
        run["jobRunId"],
        run["state"],
        str(run.get("attempt", 1)),
        submitted.astimezone().strftime("%Y-%m-%d %H:%M"),
        _length(end - submitted),
        run["createdBy"].rpartition("/")[2],
        run.get("name", ""),
    )


def _length(time: timedelta) -> str:
    """The two largest units; a clock of this machine that is behind makes nothing negative."""
    seconds = max(0, int(time.total_seconds()))
    minutes, hours, days = seconds // 60, seconds // 3600, seconds // 86400
    if days:
        return f"{days} d {hours % 24} h"
    if hours:
        return f"{hours} h {minutes % 60} min"
    return f"{minutes} min" if minutes else f"{seconds} s"
