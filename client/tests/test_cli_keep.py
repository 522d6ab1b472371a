from __future__ import annotations

from datetime import timedelta

import pytest

from command_line import Run
from fake_aws import FakeAws
from sparkgate import keep_command
from sparkgate.times import instant

pytestmark = pytest.mark.usefixtures("one_client_each")

NOW = instant("2026-11-27T10:00:00Z")


@pytest.fixture(autouse=True)
def morning(aws: FakeAws, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPARKGATE_ENVIRONMENT", "dev")
    monkeypatch.setattr(keep_command, "now", lambda: NOW)
    created = int((NOW - timedelta(hours=20)).timestamp())
    aws.session("00f1", createdAt=created, idleTimeoutMinutes=60)


@pytest.fixture
def keep(run: Run) -> Run:
    return lambda line: run(f"keep {line}")


def test_an_operator_keeps_a_session_for_two_hours(aws: FakeAws, keep: Run) -> None:
    assert keep("00f1") == (
        0,
        "",
        "sparkgate: the reaper leaves session 00f1 alone until 2026-11-27 12:00 UTC; its own idle timeout of 60 min"
        " still ends it\n",
    )
    assert aws.asked("emr-serverless:TagResource") == [
        {
            "resourceArn": aws.sessions["00f1"]["arn"],
            "tags": {"sparkgate:keep-until": "2026-11-27T12:00:00Z"},
        }
    ]
    assert aws.asked("sts:AssumeRole") == []


def test_for_longer_than_it_lives_the_service_has_the_last_word(aws: FakeAws, keep: Run) -> None:
    code, _, err = keep("00f1 --until 2026-11-27")

    assert code == 0
    assert aws.sessions["00f1"]["tags"]["sparkgate:keep-until"] == "2026-11-28T12:00:00Z"
    assert err == (
        "sparkgate: the reaper leaves session 00f1 alone until 2026-11-28 12:00 UTC; its own idle timeout of 60 min"
        " still ends it, and the service ends it by 2026-11-27 14:00 UTC, 24 hours after its start\n"
    )


@pytest.mark.parametrize(("time", "last"), [("4h", False), ("24h", True)])
def test_the_service_has_it_only_where_it_ends_before(aws: FakeAws, keep: Run, time: str, last: bool) -> None:
    del aws.sessions["00f1"]["idleTimeoutMinutes"]
    code, _, err = keep(f"00f1 --for {time}")

    assert code == 0
    assert ("and the service ends it by 2026-11-27 14:00 UTC" in err) == last
    assert "UTC; its own idle timeout still ends it" in err


def test_other_tags_stay(aws: FakeAws, keep: Run) -> None:
    keep("00f1 --for 90m")

    assert aws.sessions["00f1"]["tags"] == {
        "sparkgate:owner": "AROADEV:alice",
        "sparkgate:keep-until": "2026-11-27T11:30:00Z",
    }


@pytest.mark.parametrize("action", ["emr-serverless:TagResource", "emr-serverless:GetSession"])
def test_a_developer_hears_whom_to_ask_and_what_else_there_is(aws: FakeAws, keep: Run, action: str) -> None:
    aws.denied.add(action)
    code, _, err = keep("00f1 --until 2026-11-27T18:00+01:00")

    assert code == 1
    assert err.endswith(
        " Developers may not keep a session from the reaper, not even their own; operators may (grantOperate): ask one"
        " for 'sparkgate keep 00f1 --until 2026-11-27T17:00:00Z --env dev'. You yourself can run a query, after which"
        " a session is idle anew, or start one with the tag sparkgate:idle-minutes, where the policy has a limit by"
        " tag.\n"
    )


def test_what_has_ended_is_not_kept(aws: FakeAws, keep: Run) -> None:
    aws.sessions["00f1"]["state"] = "TERMINATED"

    assert keep("00f1")[2] == ("sparkgate: Session 00f1 is TERMINATED already; there is nothing to keep.\n")
    assert aws.asked("emr-serverless:TagResource") == []


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("00f1 --for 25h", "--for is '25h', but a session lives for 24 hours; give 24h or less."),
        ("00f1 --for 2", "--for is '2', but takes minutes, hours or days, as 90m, 2h or 7d."),
        ("00f1 --for 0h", "--for is '0h', but takes minutes, hours or days, as 90m, 2h or 7d."),
        (
            "00f1 --until 2026-11-27T10:00Z",
            "--until is '2026-11-27T10:00Z', which is 2026-11-27 10:00 UTC, and has passed.",
        ),
        (
            "00F1",
            "SESSION is '00F1', but takes the id of a session, small letters and digits, as 'sparkgate list' prints"
            " it.",
        ),
    ],
)
def test_a_wrong_argument_is_refused_before_anything_is_asked(
    aws: FakeAws, keep: Run, line: str, said: str
) -> None:
    assert keep(line) == (2, "", f"sparkgate: {said}\n")
    assert aws.calls == []


def test_two_times_are_one_too_many(keep: Run) -> None:
    assert keep("00f1 --for 2h --until 2026-11-28")[0] == 2
