"""The command line's part on keeping a session from the reaper."""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Callable
from datetime import datetime, timedelta

from . import aws, contract, keep_time
from .aws import ask, client
from .errors import BadArgument, SparkgateError
from .progress import Progress
from .sessions import ENDED, session_id
from .times import duration, iso, minute, now

#: After which the service ends any session.
_LIFE = timedelta(hours=24)


def add(command: Callable[..., argparse.ArgumentParser]) -> None:
    """Adds the command to the parser by what adds one."""
    made = command("keep", _keep, "keep a session from the reaper for a while, as an operator")
    made.add_argument("session", metavar="SESSION")
    until = made.add_mutually_exclusive_group()
    until.add_argument("--for", dest="time", metavar="TIME", help="as 90m or 2h, at most 24h (2h)")
    until.add_argument("--until", metavar="TIME", help="as 2026-11-21T18:00+01:00")


def _keep(o: argparse.Namespace) -> None:
    session = session_id(o.session)
    until = _until(o)
    caller = aws.session(o.profile, o.region)
    told = contract.read_sessions(caller, o.env, o.prefix)
    emr = client(caller, "emr-serverless", told.region)
    environment = ["--env", told.environment] if told.environment else []
    line = shlex.join(["sparkgate", "keep", session, "--until", iso(until), *environment])
    with aws.advising(_advice(line)):
        found = ask(emr.get_session, applicationId=told.application_id, sessionId=session)["session"]
        if found["state"] in ENDED:
            raise SparkgateError(f"Session {session} is {found['state']} already; there is nothing to keep.")
        ask(emr.tag_resource, resourceArn=found["arn"], tags={keep_time.KEY: iso(until)})
    Progress().say(_said(session, until, found))


def _until(o: argparse.Namespace) -> datetime:
    if o.until is None:
        time = duration("--for", o.time or "2h")
        if time > _LIFE:
            raise BadArgument(f"--for is {o.time!r}, but a session lives for 24 hours; give 24h or less.")
        return now() + time
    until = keep_time.parse(o.until)
    if until <= now():
        raise BadArgument(f"--until is {o.until!r}, which is {minute(until)} UTC, and has passed.")
    return until


def _advice(line: str) -> str:
    return (
        "Developers may not keep a session from the reaper, not even their own; operators may (grantOperate):"
        f" ask one for '{line}'. You yourself can run a query, after which a session is idle anew, or start"
        " one with the tag sparkgate:idle-minutes, where the policy has a limit by tag."
    )


def _said(session: str, until: datetime, found: dict[str, object]) -> str:
    kept = f"the reaper leaves session {session} alone until {minute(until)} UTC"
    created = found["createdAt"]
    assert isinstance(created, datetime)
    idle = found.get("idleTimeoutMinutes")
    own = f"its own idle timeout of {idle} min" if idle else "its own idle timeout"
    end = created + _LIFE
    whole = f", and the service ends it by {minute(end)} UTC, 24 hours after its start" if until > end else ""
    return f"{kept}; {own} still ends it{whole}"
