from __future__ import annotations

import io
from typing import Any

import pytest

from fake_aws import EXECUTION_ROLE, FakeAws, Fault
from sparkgate import NoCapacity, NotPermitted, SessionFailed, SparkgateError, TimedOut, Unreachable
from sparkgate import aws as calls
from sparkgate.identity import Owner
from sparkgate.progress import Progress
from sparkgate.request import SessionRequest
from sparkgate.sessions import Sessions

BOB = {
    "createdBy": "arn:aws:sts::111122223333:assumed-role/Developers/bob",
    "tags": {"sparkgate:owner": "AROABOB:bob"},
}


def take(sessions: Sessions, reuse: bool = True, timeout: float = 30, **wish: Any) -> tuple[str, bool]:
    return sessions.take(SessionRequest(timeout=timeout, **wish), reuse, Progress(out=io.StringIO()))


def test_a_new_session_is_tagged_as_the_callers_own(aws: FakeAws, sessions: Sessions) -> None:
    assert take(sessions, name="mine") == ("00new0", True)

    [call] = aws.asked("emr-serverless:StartSession")
    assert call.pop("clientToken")
    assert call == {
        "executionRoleArn": EXECUTION_ROLE,
        "tags": {"sparkgate:owner": "AROADEV:alice"},
        "name": "mine",
    }


@pytest.mark.parametrize("state", ["IDLE", "STARTED", "BUSY"])
def test_the_callers_newest_ready_session_is_used_again(aws: FakeAws, sessions: Sessions, state: str) -> None:
    aws.session("00older")
    aws.session("00mine", state=state)
    aws.session("00starting", state="STARTING")
    aws.session("00bob", **BOB)

    assert take(sessions) == ("00mine", False)
    assert aws.asked("emr-serverless:StartSession") == []


@pytest.mark.parametrize(
    "other",
    [
        BOB,
        {**BOB, "createdBy": "arn:aws:sts::111122223333:assumed-role/Other/alice"},
        {"tags": {}},
        {"tags": {"sparkgate:owner": "AROAOTHER:alice"}},
        {"releaseLabel": "emr-7.14.0"},
        {"state": "SUBMITTED"},
        SessionRequest(conf={"spark.a": 1}).parameters(),
    ],
    ids=[
        "another's",
        "another's of one name",
        "nobody's",
        "another role's",
        "of another release",
        "not ready",
        "of other properties",
    ],
)
def test_a_session_that_is_not_what_is_asked_for_is_left_alone(
    aws: FakeAws, sessions: Sessions, other: dict[str, Any]
) -> None:
    aws.session("00other", **other)

    assert take(sessions)[1]


def test_others_sessions_are_not_even_asked_for(aws: FakeAws, sessions: Sessions) -> None:
    aws.session("00bob", **BOB)
    list(sessions.mine())

    assert aws.asked("emr-serverless:GetSession") == []


def test_shared_sessions_are_of_who_created_them(aws: FakeAws, sessions: Sessions) -> None:
    sessions.owner = Owner(None, None, "alice")
    aws.session("00mine", tags={})
    aws.session("00bob", createdBy=BOB["createdBy"], tags={})

    assert take(sessions) == ("00mine", False)
    assert [session["sessionId"] for session in sessions.mine()] == ["00mine"]


def test_a_new_session_is_started_where_none_may_be_reused(aws: FakeAws, sessions: Sessions) -> None:
    aws.session("00mine")

    assert take(sessions, reuse=False)[1]


def test_a_session_that_fails_says_why_and_is_ended(aws: FakeAws, sessions: Sessions) -> None:
    aws.path_of_states = ["STARTING", "FAILED"]
    aws.details = "Failed to parse byte string: lots"

    with pytest.raises(SessionFailed) as error:
        take(sessions)

    assert str(error.value) == (
        "Session 00new0 is FAILED. The service says: Failed to parse byte string: lots. Correct what it names, a Spark"
        " property for example, and start again."
    )
    assert aws.asked("emr-serverless:TerminateSession")


def test_a_session_that_fails_without_a_reason_says_how_much_room_there_is(
    aws: FakeAws, sessions: Sessions
) -> None:
    aws.path_of_states = ["FAILED"]
    aws.details = "Session failed."
    aws.session("00bob", **BOB)

    with pytest.raises(NoCapacity) as error:
        take(sessions)

    assert str(error.value) == (
        "Session 00new1 is FAILED. The service says: Session failed. That is most often for lack of room: the"
        " application's maximum capacity is 16 vCPU, 64 GB; sessions live beside this one: 1. End one that nobody needs"
        " ('sparkgate list', 'sparkgate stop'), take smaller workers, or have the limit, or your quota, raised."
    )


def test_a_quota_that_is_used_up_says_what_to_do(aws: FakeAws, sessions: Sessions) -> None:
    aws.faults["emr-serverless:StartSession"] = Fault(
        402, "ServiceQuotaExceededException", "25 sessions are live"
    )

    with pytest.raises(NoCapacity) as error:
        take(sessions)

    assert str(error.value) == (
        "StartSession failed: 25 sessions are live. End a session that nobody needs, or have the quota raised."
    )


def test_who_may_not_start_a_session_hears_it(aws: FakeAws, sessions: Sessions) -> None:
    aws.denied.add("emr-serverless:StartSession")

    with pytest.raises(
        NotPermitted,
        match=r"Developers/alice is not authorized to perform: emr-serverless:StartSession on .*grantDevelop",
    ):
        take(sessions)


def test_a_session_that_takes_too_long_is_ended(aws: FakeAws, sessions: Sessions) -> None:
    aws.path_of_states = ["STARTING"]
    aws.details = "Waiting for a worker"

    with pytest.raises(TimedOut) as error:
        take(sessions, timeout=0.01)

    assert (
        "is STARTING after 0 s, more than timeout = 0.01, and was terminated. The service says: Waiting"
        in str(error.value)
    )
    assert aws.sessions["00new0"]["state"] == "TERMINATED"


def test_a_session_whose_wait_is_interrupted_is_ended(
    aws: FakeAws, sessions: Sessions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.sleep", lambda _: (_ for _ in ()).throw(KeyboardInterrupt))
    said = io.StringIO()
    with pytest.raises(KeyboardInterrupt):
        sessions.take(SessionRequest(), True, Progress(out=said))

    assert aws.sessions["00new0"]["state"] == "TERMINATED"
    assert said.getvalue().endswith("sparkgate: session 00new0 is ending\n")


def test_an_endpoint_of_a_session_that_has_ended_says_so(aws: FakeAws, sessions: Sessions) -> None:
    aws.session("00gone", state="TERMINATED")
    aws.details = "Idle for 30 minutes"

    with pytest.raises(SessionFailed) as error:
        sessions.endpoint("00gone")

    assert str(error.value) == (
        "Session 00gone is TERMINATED. The service says: Idle for 30 minutes. Call sparkgate.connect again for a new"
        " one."
    )


def test_an_endpoint_that_is_not_ready_is_not_taken_for_an_end(aws: FakeAws, sessions: Sessions) -> None:
    aws.session("00early", state="STARTING")

    with pytest.raises(
        SparkgateError, match=r"^GetSessionEndpoint failed: The session is not ready\. \(Validation"
    ):
        sessions.endpoint("00early")


def test_ending_what_is_gone_is_fine(aws: FakeAws, sessions: Sessions) -> None:
    sessions.terminate("00nowhere")

    aws.session("00ended", state="TERMINATED")
    aws.faults["emr-serverless:TerminateSession"] = Fault(400, "ValidationException", "It has ended.")
    sessions.terminate("00ended")
    aws.session("00live")
    with pytest.raises(SparkgateError, match=r"^Session 00live may still run: .* It has ended"):
        sessions.terminate("00live")


def test_a_session_that_cannot_be_reached_to_be_ended_is_named(
    aws: FakeAws, sessions: Sessions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL_EMR_SERVERLESS", "http://127.0.0.1:1")
    away = Sessions(calls.client(calls.session(), "emr-serverless"), sessions.contract, sessions.owner)

    with pytest.raises(Unreachable, match=r"^Session 00mine may still run: Could not connect"):
        away.terminate("00mine")


@pytest.mark.parametrize(
    ("url", "advice"),
    [
        ("http://localhost:1", "Look at network, proxy"),
        ("http://127.0.0.1:1", r"Start the sandbox \(\./sandbox/run\), and source its file again"),
    ],
)
def test_aws_that_cannot_be_reached_is_named(
    aws: FakeAws, url: str, advice: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL_STS", url)
    sts = calls.client(calls.session(), "sts")

    with pytest.raises(Unreachable, match=rf"Could not connect to the endpoint URL.*{advice}"):
        calls.ask(sts.get_caller_identity)
