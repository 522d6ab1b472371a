from __future__ import annotations

import json

import pytest

from command_line import Run
from deciding import NINE, NOON, an_ending, decided
from fake_aws import ALICE_AS_DEVELOPER, APPLICATION, FakeAws
from sparkgate.why import Event


def test_a_story_is_told_with_equal_neighbours_as_one_and_ends_with_who_ended_it(
    aws: FakeAws, why: Run
) -> None:
    an_ending(aws)

    assert why("00f1") == (
        0,
        f"session 00f1 is TERMINATED, created 2026-11-27T08:50:00Z, ended 2026-11-27T09:50:00Z, by {ALICE_AS_DEVELOPER}\n"
        f"2026-11-27 08:59  takeover  own               endpoint fetched by {ALICE_AS_DEVELOPER}\n"
        "2026-11-27 09:00  reaper    kept        idle  idle for 12..52 min, limit 60 min, 9 times until 2026-11-27 09:40\n"
        "2026-11-27 09:50  reaper    terminated  idle  idle for 62 min, limit 60 min\n"
        "Ended by the reaper, 2026-11-27 09:50 UTC, rule idle: idle for 62 min, limit 60 min.\n",
        "",
    )
    assert {call["logGroupName"] for call in aws.asked("logs:FilterLogEvents")} == {
        "reaper",
        "monitor",
        "takeover",
    }


def test_records_before_the_time_asked_for_are_left_out(aws: FakeAws, why: Run) -> None:
    an_ending(aws)

    assert "kept" not in why("00f1 --since 135m")[1]
    [start] = {call["startTime"] for call in aws.asked("logs:FilterLogEvents")}
    assert start == (int(NOON.timestamp()) - 135 * 60) * 1000


def test_a_week_is_looked_at_unless_told_otherwise(aws: FakeAws, why: Run) -> None:
    an_ending(aws)
    why("00f1")

    [start] = {call["startTime"] for call in aws.asked("logs:FilterLogEvents")}
    assert start == (int(NOON.timestamp()) - 7 * 24 * 3600) * 1000


def test_neighbours_of_another_state_or_rule_stay_apart(aws: FakeAws, why: Run) -> None:
    decided(aws, 1, "kept", "used 1 min ago", state="BUSY")
    decided(aws, 2, "kept", "used 2 min ago")
    decided(aws, 3, "kept", "used 3 min ago", rule="maxAge")

    assert [line.split()[-3:] for line in why("00f1")[1].splitlines()[:3]] == [
        [str(minutes), "min", "ago"] for minutes in (1, 2, 3)
    ]


def test_of_several_ends_the_last_is_the_answer_and_of_dry_runs_the_first(aws: FakeAws, why: Run) -> None:
    for at in (9, 4):
        decided(aws, at, "wouldTerminate", "idle for 61 min, limit 60 min")
    aws.session("00f1")
    assert "(but for its dry run the reaper would have, 2026-11-27 09:04 UTC," in why("00f1")[1]

    for at in (30, 20):
        decided(aws, at, "terminated", "idle for 80 min, limit 60 min")
    assert "Ended by the reaper, 2026-11-27 09:30 UTC," in why("00f1")[1]


def test_json_has_every_record_and_the_answer(aws: FakeAws, why: Run) -> None:
    an_ending(aws)
    code, out, _ = why("00f1 --json")
    found = json.loads(out)

    assert code == 0
    assert (found["sessionId"], found["endedBy"]) == ("00f1", "reaper")
    assert found["session"]["endedAt"] == "2026-11-27T09:50:00Z"
    assert len(found["records"]) == 11
    assert found["records"][0]["function"] == "takeover"
    assert found["records"][1] == {
        "time": "2026-11-27T09:00:00Z",
        "function": "reaper",
        "type": "decision",
        "applicationId": APPLICATION,
        "sessionId": "00f1",
        "createdBy": ALICE_AS_DEVELOPER,
        "state": "IDLE",
        "rule": "idle",
        "limitSeconds": 3600,
        "outcome": "kept",
        "reason": "idle for 12 min, limit 60 min",
    }


@pytest.mark.parametrize("rule", ["ownerLimit", "ownerBudget"])
def test_a_limit_of_the_owners_is_told_from_the_reapers_rules(aws: FakeAws, why: Run, rule: str) -> None:
    decided(aws, 1, "terminated", "4 live sessions, limit 3", rule=rule, group="monitor")
    aws.session("00f1", state="TERMINATED")

    out = why("00f1")[1].splitlines()
    assert out[1].startswith("2026-11-27 09:01  monitor  terminated")
    assert out[2] == (
        f"Ended by a limit of its owner's, 2026-11-27 09:01 UTC, rule {rule}: 4 live sessions, limit 3."
    )
    assert json.loads(why("00f1 --json")[1])["endedBy"] == rule


def test_a_warning_is_the_monitors(aws: FakeAws, why: Run) -> None:
    reason = "ends at 2026-11-27T09:10:00Z unless it is used or kept: idle for 51 min, limit 60 min"
    decided(aws, 1, "warned", reason, owner="alice", group="monitor")

    assert why("00f1")[1].splitlines()[0] == f"2026-11-27 09:01  monitor  warned  idle  {reason}"


def test_where_no_function_ended_it_the_others_are_named(aws: FakeAws, why: Run) -> None:
    decided(aws, 1, "kept", "idle for 1 min, limit 60 min")
    aws.session("00f1", state="TERMINATED", idleTimeoutMinutes=30)
    aws.details = "Session was terminated."

    assert why("00f1")[1].splitlines()[-1] == (
        "It is TERMINATED, and no function of the platform ended it: its owner ('sparkgate stop', spark.stop(), the end"
        " of a program), an operator, or the service (the session's own idle timeout of 30 min, 24 hours) did. The"
        " service says: Session was terminated."
    )


def test_what_the_service_does_not_say_is_not_made_up(aws: FakeAws, why: Run) -> None:
    decided(aws, 1, "kept", "idle for 1 min, limit 60 min")
    session = aws.session("00f1", state="TERMINATED")
    session.pop("idleTimeoutMinutes", None)

    assert (
        why("00f1")[1]
        .splitlines()[-1]
        .endswith("the service (the session's own idle timeout, 24 hours) did. The service says: nothing.")
    )


def test_json_has_what_the_service_says_of_the_session(aws: FakeAws, why: Run) -> None:
    aws.session("00f1", name="notebook", startedAt=NINE, idleTimeoutMinutes=30)
    told = json.loads(why("00f1 --json")[1])["session"]

    assert (told["state"], told["name"], told["createdBy"]) == ("IDLE", "notebook", ALICE_AS_DEVELOPER)
    assert (told["startedAt"], told["idleTimeoutMinutes"]) == ("2026-11-27T09:00:00Z", 30)
    assert "stateDetails" in told


def test_log_groups_may_have_spaces_between_them(aws: FakeAws, why: Run) -> None:
    aws.parameters["/sparkgate/dev/log-groups"] = "reaper, takeover"
    an_ending(aws)

    assert why("00f1")[2] == ""


def test_a_line_that_is_no_record_is_no_event() -> None:
    assert [Event.of(0, text) for text in ("START", "[1]", "7")] == [None, None, None]


def test_a_failure_is_the_services_and_a_live_one_has_no_end(aws: FakeAws, why: Run) -> None:
    session = aws.session("00f1", state="FAILED")
    aws.details = "Session failed."
    assert why("00f1")[1].splitlines()[-1] == "It failed by itself. The service says: Session failed."

    session["state"] = "BUSY"
    assert why("00f1")[1].splitlines()[-1] == "It is BUSY, and nobody has ended it."


def test_a_dry_run_is_told_as_what_would_have_been(aws: FakeAws, why: Run) -> None:
    decided(aws, 1, "wouldTerminate", "idle for 61 min, limit 60 min")
    aws.session("00f1")

    assert why("00f1")[1].splitlines()[-1] == (
        "It is IDLE, and nobody has ended it (but for its dry run the reaper would have, 2026-11-27 09:01 UTC, rule"
        " idle)."
    )


def test_a_failed_call_is_told_with_its_error(aws: FakeAws, why: Run) -> None:
    error = {"type": "AccessDeniedException", "message": "not authorized"}
    decided(aws, 1, "failed", "the service could not be asked or refused", error=error)

    assert "the service could not be asked or refused; not authorized" in why("00f1")[1]


def test_what_was_logged_does_not_reach_the_terminal_as_commands(aws: FakeAws, why: Run) -> None:
    decided(aws, 1, "kept", "\033[2Jgone")

    assert "?[2Jgone" in why("00f1")[1]


def test_a_failure_of_the_monitor_is_told_as_the_monitors() -> None:
    unread = {
        "type": "decision",
        "function": "monitor",
        "sessionId": "00f1",
        "outcome": "failed",
        "reason": "refused",
    }
    event = Event.of(0, json.dumps(unread))

    assert event is not None
    assert event.function == "monitor"
