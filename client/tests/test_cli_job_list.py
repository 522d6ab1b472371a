from __future__ import annotations

import re
import time

import pytest

from command_line import Run
from fake_aws import ACCOUNT, FakeAws

pytestmark = pytest.mark.usefixtures("one_client_each", "in_dev")

DAY = 24 * 60 * 60
BOB = f"arn:aws:sts::{ACCOUNT}:assumed-role/Submitters/bob"


def ids(out: str) -> list[str]:
    return [line.split()[0] for line in out.splitlines()[1:]]


def test_a_list_has_the_callers_runs_newest_first_with_what_became_of_each(aws: FakeAws, run: Run) -> None:
    begin = int(time.time()) - 3 * 60 * 60
    aws.jobs.run(
        "00ended", state="FAILED", attempt=3, createdAt=begin, endedAt=begin + 3725, updatedAt=begin + 9999
    )
    aws.jobs.run("00runs", name="etl", createdAt=begin + 10, state="RUNNING")

    code, out, err = run("jobs")
    assert (code, err) == (0, "")
    head, first, second = out.splitlines()
    assert head.split() == ["run", "state", "attempt", "submitted", "took", "by", "name"]
    assert re.fullmatch(
        r"00runs   RUNNING        1  \d{4}-\d\d-\d\d \d\d:\d\d  2 h 59 min  alice  etl", first
    )
    assert re.fullmatch(r"00ended  FAILED         3  \d{4}-\d\d-\d\d \d\d:\d\d  1 h 2 min   alice", second)


def test_others_are_seen_by_who_asks_for_everyones(aws: FakeAws, run: Run) -> None:
    aws.jobs.run("00mine")
    aws.jobs.run("00namesake", tags={"sparkgate:owner": "AIDANAMESAKE"})
    aws.jobs.run("00claimed", tags={"sparkgate:owner": "AIDABOB"})
    aws.jobs.run("00bobs", createdBy=BOB, state="SUCCESS", tags={"sparkgate:owner": "AIDABOB"})

    assert ids(run("jobs")[1]) == ["00mine"]
    asked = [call["jobRunId"] for call in aws.asked("emr-serverless:GetJobRun")]
    assert asked == ["00claimed", "00namesake", "00mine"]
    out = run("jobs --everyone")[1]
    assert ids(out) == ["00bobs", "00claimed", "00namesake", "00mine"]
    assert "  bob" in out.splitlines()[1]
    assert len(aws.asked("emr-serverless:GetJobRun")) == len(asked)


def test_what_goes_on_is_listed_whatever_its_age_and_what_ended_by_when_it_was_submitted(
    aws: FakeAws, run: Run
) -> None:
    now = time.time()
    aws.jobs.run("00streams", createdAt=now - 30 * DAY)
    aws.jobs.run("00long", createdAt=now - 8 * DAY, state="SUCCESS")
    aws.jobs.run("00old", createdAt=now - 2 * DAY, state="SUCCESS")
    aws.jobs.run("00new", createdAt=now - 60, state="FAILED")

    assert ids(run("jobs")[1]) == ["00new", "00old", "00streams"]
    assert ids(run("jobs --since 24h")[1]) == ["00new", "00streams"]
    assert ids(run("jobs --since 30d --state success")[1]) == ["00old", "00long"]
    assert ids(run("jobs --state RUNNING")[1]) == ["00streams"]


def test_a_long_list_ends_at_fifty_and_says_so(aws: FakeAws, run: Run) -> None:
    for number in range(50):
        aws.jobs.run(f"00job{number}")
    assert run("jobs --everyone")[2] == ""

    aws.jobs.run("00one")
    _, out, err = run("jobs")
    assert len(ids(out)) == 50
    assert ids(out)[0] == "00one"
    assert err == "sparkgate: these are the newest 50; --state and --since narrow it down\n"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "jobs",
            "there is no job run of alice from the last 7d (--since), and no older one that goes on;"
            " --everyone looks for those of others",
        ),
        (
            "jobs --since 2h --state failed --everyone",
            "there is no job run from the last 2h (--since) that is FAILED",
        ),
        (
            "jobs --state queued",
            "there is no job run of alice that is QUEUED; --everyone looks for those of others",
        ),
    ],
)
def test_no_run_is_a_sentence_and_no_failure(aws: FakeAws, line: str, said: str, run: Run) -> None:
    assert run(line) == (0, "", f"sparkgate: {said}\n")


@pytest.mark.parametrize(
    ("option", "said"),
    [
        (
            "--state done",
            "--state is 'DONE', but takes one of SUBMITTED, QUEUED, PENDING, SCHEDULED, RUNNING,"
            " CANCELLING, SUCCESS, FAILED, CANCELLED.",
        ),
        ("--since ever", "--since is 'ever', but takes minutes, hours or days, as 90m, 2h or 7d."),
    ],
)
def test_a_wrong_option_is_2_and_asks_nothing(aws: FakeAws, option: str, said: str, run: Run) -> None:
    assert run(f"jobs {option}") == (2, "", f"sparkgate: {said}\n")
    assert aws.calls == []


def test_who_may_not_is_told_what_has_it(aws: FakeAws, run: Run) -> None:
    aws.denied.add("emr-serverless:ListJobRuns")
    code, out, err = run("jobs")

    assert (code, out) == (1, "")
    assert err.startswith("sparkgate: ListJobRuns failed: User: ")
    assert "grantSubmit has it" in err


def test_a_name_commands_no_terminal(aws: FakeAws, run: Run) -> None:
    aws.jobs.run("00job", name="\x1b[2Jetl")

    for line in ("jobs", "jobs --everyone"):
        assert run(line)[1].endswith("  ?[2Jetl\n")
