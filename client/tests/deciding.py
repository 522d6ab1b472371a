"""Records of decisions for ``sparkgate why``, in the logs of a platform's functions."""

from __future__ import annotations

from typing import Any

from fake_aws import ALICE_AS_DEVELOPER, APPLICATION, FakeAws
from sparkgate.times import instant

NINE = int(instant("2026-11-27T09:00:00Z").timestamp())
NOON = instant("2026-11-27T12:00:00Z")


def decided(aws: FakeAws, at: int, outcome: str, reason: str, **changes: Any) -> None:
    """What the reaper, or whose log it is, says of 00f1, so many minutes after nine."""
    group = changes.pop("group", "reaper")
    record = {
        "type": "decision",
        "applicationId": APPLICATION,
        "sessionId": "00f1",
        "createdBy": ALICE_AS_DEVELOPER,
        "state": "IDLE",
        "rule": "idle",
        "limitSeconds": 3600,
        "outcome": outcome,
        "reason": reason,
        **changes,
    }
    aws.logs.say(group, NINE + at * 60, record)


def an_ending(aws: FakeAws) -> None:
    for at in range(9):
        decided(aws, 5 * at, "kept", f"idle for {12 + 5 * at} min, limit 60 min")
    decided(aws, 7, "kept", "idle for 1 min, limit 60 min", sessionId="00f2")
    fetched = {
        "type": "endpointFetched",
        "sessionId": "00f1",
        "outcome": "own",
        "fetchedBy": ALICE_AS_DEVELOPER,
    }
    aws.logs.say("takeover", NINE - 60, fetched)
    decided(aws, 50, "terminated", "idle for 62 min, limit 60 min")
    created = NINE - 600
    aws.session("00f1", state="TERMINATED", createdAt=created, endedAt=NINE + 50 * 60, updatedAt=created)
