"""What ``sparkgate why`` says of what is missing, wrong or not allowed."""

from __future__ import annotations

import pytest

from command_line import Run
from deciding import an_ending, decided
from fake_aws import FakeAws
from faults import Fault


def test_a_service_that_fails_is_not_taken_for_one_that_knows_nothing(aws: FakeAws, why: Run) -> None:
    an_ending(aws)
    aws.faults["emr-serverless:GetSession"] = Fault(400, "ValidationException", "No such application.")
    code, out, err = why("00f1")

    assert (code, out) == (1, "")
    assert "GetSession failed: No such application." in err


def test_who_may_not_ask_the_service_has_the_records_alone(aws: FakeAws, why: Run) -> None:
    decided(aws, 1, "kept", "idle for 1 min, limit 60 min")
    aws.denied.add("emr-serverless:GetSession")

    assert why("00f1") == (
        0,
        "2026-11-27 09:01  reaper  kept  idle  idle for 1 min, limit 60 min\n"
        "No record says that a function of the platform ended it.\n",
        "sparkgate: what the service says of it you may not ask (GetSession)\n",
    )
    assert aws.asked("ssm:GetParameters") == []


def test_a_session_of_which_nothing_is_known_is_no_story(aws: FakeAws, why: Run) -> None:
    assert why("00f9 --since 12h") == (
        1,
        "",
        "sparkgate: There is no record of session 00f9 in the last 12h: the id is another's, it is older (--since, and"
        " the logs' retention), or it ended before the reaper had to look at it.\n",
    )


def test_a_log_group_of_a_function_that_never_ran_is_no_failure(aws: FakeAws, why: Run) -> None:
    del aws.logs.groups["monitor"]
    an_ending(aws)
    code, _, err = why("00f1")

    assert (code, err) == (0, "sparkgate: there is no log group monitor, as of a function that never ran\n")


@pytest.mark.parametrize("action", ["ssm:GetParameter", "logs:FilterLogEvents"])
def test_who_may_not_read_the_logs_hears_what_it_takes(aws: FakeAws, why: Run, action: str) -> None:
    aws.denied.add(action)
    code, _, err = why("00f1")

    assert code == 1
    assert err.endswith(
        " Ask who runs the platform for it: grantExplain has ssm:GetParameter on the names of its functions' log groups,"
        " and logs:FilterLogEvents on these groups.\n"
    )


def test_a_platform_without_the_parameter_says_so(aws: FakeAws, why: Run) -> None:
    del aws.parameters["/sparkgate/dev/log-groups"]

    assert why("00f1") == (
        2,
        "",
        "sparkgate: SSM Parameter Store in eu-west-1 has no /sparkgate/dev/log-groups. The platform writes it with its"
        " session monitor ('monitoring' in cdk.json); ask who runs it to turn that on.\n",
    )


@pytest.mark.parametrize("line", ["'00f1\" || $.x = \"'", "00f1 --since yesterday", "00f1 --since 0d"])
def test_a_wrong_argument_is_refused_before_anything_is_asked(aws: FakeAws, why: Run, line: str) -> None:
    assert why(line)[0] == 2
    assert aws.calls == []
