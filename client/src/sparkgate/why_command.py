"""The command line's part on why a session was kept or ended."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from . import aws, contract
from .aws import ask, client
from .errors import NotPermitted, SparkgateError
from .progress import Progress
from .sessions import session_id
from .terminal import columns, plain
from .times import duration, iso, now
from .why import Event, answer, timeline

_EXPLAIN = (
    "Ask who runs the platform for it: grantExplain has ssm:GetParameter on the names of its functions' log"
    " groups, and logs:FilterLogEvents on these groups."
)

_NO_GROUPS = (
    "The platform writes it with its session monitor ('monitoring' in cdk.json); ask who runs it to turn that"
    " on."
)

#: What is told of a session.
_TOLD = (
    "state",
    "stateDetails",
    "name",
    "createdBy",
    "createdAt",
    "startedAt",
    "endedAt",
    "idleTimeoutMinutes",
)


def add(command: Callable[..., argparse.ArgumentParser]) -> None:
    """Adds the command to the parser by what adds one."""
    made = command("why", _why, "tell why a session was kept, and by whom it was ended")
    made.add_argument("session", metavar="SESSION")
    made.add_argument("--since", default="7d", metavar="TIME", help="how far back to look, as 12h (7d)")
    made.add_argument("--json", action="store_true", help="every record, and the answer")


def _why(o: argparse.Namespace) -> None:
    wanted = session_id(o.session)
    since = now() - duration("--since", o.since)
    caller = aws.session(o.profile, o.region)
    with aws.advising(_EXPLAIN):
        groups = contract.read_beside(caller, o.env, o.prefix, "log-groups", _NO_GROUPS).split(",")
        logs = client(caller, "logs")
        start = int(since.timestamp() * 1000)
        events = [event for group in groups for event in _events(logs, group.strip(), wanted, start)]
    session = _session(o, caller, wanted, events)
    if not events and session is None:
        raise SparkgateError(
            f"There is no record of session {wanted} in the last {o.since}: the id is another's, it is older"
            " (--since, and the logs' retention), or it ended before the reaper had to look at it."
        )
    said = answer(events, session)
    if o.json:
        print(
            json.dumps(_document(wanted, events, session, said.by, said.text), indent=2, ensure_ascii=False)
        )
        return
    if session:
        print(plain(_about(wanted, session)))
    for line in columns(timeline(events)):
        print(line)
    print(plain(said.text))


def _events(logs: Any, group: str, wanted: str, start: int) -> Iterator[Event]:
    """Those of one log group. A page may be empty, and still not be the last."""
    page: dict[str, Any] = {"nextToken": ""}
    pattern = f'{{ $.sessionId = "{wanted}" }}'
    while page.get("nextToken") is not None:
        more = {"nextToken": page["nextToken"]} if page["nextToken"] else {}
        try:
            page = ask(
                logs.filter_log_events, logGroupName=group, filterPattern=pattern, startTime=start, **more
            )
        except SparkgateError as error:
            if error.code != "ResourceNotFoundException":
                raise
            Progress().say(f"there is no log group {group}, as of a function that never ran")
            return
        found = (Event.of(one["timestamp"], one["message"]) for one in page["events"])
        yield from (event for event in found if event)


def _session(
    o: argparse.Namespace, caller: Any, wanted: str, events: list[Event]
) -> Mapping[str, Any] | None:
    """What the service tells of it; None where it tells the caller nothing."""
    application = next((str(e.told["applicationId"]) for e in events if "applicationId" in e.told), None)
    try:
        region = None
        if application is None:
            told = contract.read_sessions(caller, o.env, o.prefix)
            application, region = told.application_id, told.region
        emr = client(caller, "emr-serverless", region)
        found: dict[str, Any] = ask(emr.get_session, applicationId=application, sessionId=wanted)["session"]
    except NotPermitted:
        Progress().say("what the service says of it you may not ask (GetSession)")
        return None
    except SparkgateError as error:
        if error.code != "ResourceNotFoundException":
            raise
        return None
    return found


def _about(wanted: str, session: Mapping[str, Any]) -> str:
    times = ((word, session.get(field)) for word, field in (("created", "createdAt"), ("ended", "endedAt")))
    parts = [f"{word} {iso(moment)}" for word, moment in times if moment]
    return f"session {wanted} is {session['state']}, {', '.join(parts)}, by {session['createdBy']}"


def _document(
    wanted: str, events: list[Event], session: Mapping[str, Any] | None, by: str, text: str
) -> dict[str, Any]:
    known = {field: _text(session[field]) for field in _TOLD if field in session} if session else None
    records = [
        {"time": iso(one.moment), "function": one.function, **one.told}
        for one in sorted(events, key=lambda one: one.moment)
    ]
    return {"sessionId": wanted, "session": known, "endedBy": by, "answer": text, "records": records}


def _text(value: Any) -> Any:
    return iso(value) if isinstance(value, datetime) else value
