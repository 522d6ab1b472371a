from __future__ import annotations

import re
import time
from datetime import datetime, timedelta, timezone

import pytest

from fake_aws import FakeAws, Fault
from smoking import smoke
from sparkgate import cli

pytestmark = pytest.mark.usefixtures("aws", "quick")


def name(seconds: float) -> str:
    until = datetime.now(timezone.utc) + timedelta(seconds=seconds)
    return until.strftime("sparkgate-smoke until %Y-%m-%dT%H:%M:%SZ")


def test_a_session_that_answers_is_fine_and_ends(aws: FakeAws, capsys: pytest.CaptureFixture[str]) -> None:
    code, lines = smoke(capsys)

    assert code == 0
    assert re.fullmatch(
        r"smoke: session 00new0 is started: sparkgate-smoke until 2\d{3}-\d\d-\d\dT\d\d:\d\d:\d\dZ \(N s\)",
        lines[0],
    )
    assert lines[1:] == [
        "smoke: session 00new0 SUBMITTED (N s)",
        "smoke: session 00new0 STARTING (N s)",
        "smoke: session 00new0 IDLE (N s)",
        "smoke: its endpoint answers, with a certificate that is trusted (N s)",
        "smoke: the query's answer is 499500 (N s)",
        "smoke: session 00new0 is TERMINATED (N s)",
        "smoke: dev is fine: session 00new0 answered 499500 on Spark 3.5.6 after N s",
    ]
    assert aws.sessions["00new0"]["state"] == "TERMINATED"
    [call] = aws.asked("emr-serverless:StartSession")
    assert call["tags"] == {"sparkgate:owner": "AROADEV:alice"}
    assert call["idleTimeoutMinutes"] == 5


def test_it_never_takes_a_session_that_is_there(aws: FakeAws, capsys: pytest.CaptureFixture[str]) -> None:
    aws.session("00mine")

    assert smoke(capsys)[0] == 0
    assert len(aws.asked("emr-serverless:StartSession")) == 1
    assert aws.sessions["00mine"]["state"] == "IDLE"


def test_variables_without_a_name_are_of_no_environment(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPARKGATE_APPLICATION_ID", "00app")
    monkeypatch.setenv("SPARKGATE_EXECUTION_ROLE_ARN", "arn:aws:iam::111122223333:role/Sessions")
    monkeypatch.setenv("AWS_REGION", "eu-west-1")

    code, lines = smoke(capsys)

    assert code == 0
    assert lines[-1].startswith("smoke: application 00app is fine: ")


def test_its_session_is_as_the_application_says_but_for_one_executor(
    aws: FakeAws, capsys: pytest.CaptureFixture[str]
) -> None:
    defaults = {
        "spark.driver.cores": "2",
        "spark.executor.cores": "1",
        "spark.sql.ansi.enabled": "true",
        "spark.dynamicAllocation.minExecutors": "4",
        "spark.dynamicAllocation.maxExecutors": "40",
    }
    aws.application["runtimeConfiguration"] = [
        {"classification": "spark", "properties": {"dynamicAllocationOptimization": "true"}},
        {"classification": "spark-defaults", "properties": defaults},
    ]
    smoke(capsys, "--driver 1/4 --conf spark.sql.ansi.enabled=false")

    [call] = aws.asked("emr-serverless:StartSession")
    [own] = call["configurationOverrides"]["runtimeConfiguration"]
    assert own == {
        "classification": "spark-defaults",
        "properties": {
            "spark.driver.cores": "1",
            "spark.driver.memory": "3712m",
            "spark.executor.cores": "1",
            "spark.sql.ansi.enabled": "false",
            "spark.dynamicAllocation.minExecutors": "0",
            "spark.dynamicAllocation.initialExecutors": "1",
            "spark.dynamicAllocation.maxExecutors": "1",
            "spark.executor.instances": "1",
        },
    }


def test_it_ends_what_a_smoke_test_left_over_and_nothing_else(
    aws: FakeAws, capsys: pytest.CaptureFixture[str]
) -> None:
    others = {"createdBy": "arn:aws:sts::111122223333:assumed-role/Developers/bob"}
    overdue, busy = name(-2), name(60)
    aws.session("00over", name=overdue, state="BUSY")
    aws.session("00busy", name=busy)
    aws.session("00other", name="etl")
    aws.session("00odd", name="sparkgate-smoke until Sunday")
    aws.session("00bob", name=overdue, **others)
    code, lines = smoke(capsys)

    assert code == 0
    assert lines[0] == f"smoke: session 00over is left over, and ends: {overdue} (N s)"
    assert {s for s, v in aws.sessions.items() if v["state"] == "TERMINATED"} == {"00over", "00new5"}


@pytest.mark.parametrize("action", ["ssm:GetParameters", "sts:AssumeRole", "emr-serverless:StartSession"])
def test_what_iam_denies_in_a_new_stack_is_tried_again(
    aws: FakeAws, action: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    aws.denied.add(action)
    sleeps: list[float] = []
    sleep = time.sleep

    def sleep_until_it_holds(seconds: float) -> None:
        sleeps.append(seconds)
        if len(sleeps) == 2:
            aws.denied.clear()
        sleep(0)

    monkeypatch.setattr("sparkgate.smoke.time.sleep", sleep_until_it_holds)
    code, lines = smoke(capsys, "")

    assert code == 0
    operation = action.split(":")[1]
    assert [line for line in lines if "denied" in line] == [
        f"smoke: {operation} is denied; a new stack's permissions take a while to hold, so it is tried again until"
        " N s are over (N s)"
    ]
    assert len(aws.asked(action)) == 3


@pytest.mark.parametrize("action", ["ssm:GetParameters", "emr-serverless:StartSession"])
def test_no_other_error_is_tried_again(aws: FakeAws, action: str, capsys: pytest.CaptureFixture[str]) -> None:
    aws.faults[action] = Fault(400, "ValidationException", "No")

    assert smoke(capsys, "")[0] == 1
    assert len(aws.asked(action)) == 1


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("--env nope", "smoke: There is no environment 'nope': SSM Parameter Store in eu-west-1 has no /sparkgate/nope/"),
        ("--timeout 0", "sparkgate: timeout is 0, but takes seconds, more than 0 and up to 3600."),
        ("--timeout nan", "sparkgate: timeout is nan, but takes seconds, more than 0 and up to 3600."),
        ("--timeout 3601", "sparkgate: timeout is 3601, but takes seconds, more than 0 and up to 3600."),
        ("--patience -1", "sparkgate: patience is -1, but takes seconds, from 0 to 3600."),
        (
            "--conf spark.dynamicAllocation.maxExecutors=9",
            "sparkgate: conf sets spark.dynamicAllocation.maxExecutors, which a smoke test sets itself, to bound",
        ),
        ("--driver 3/4", "sparkgate: driver is (3, 4), but takes (vCPU, GB of memory): "),
        ("--timeout soon", "usage: sparkgate smoke"),
    ],
)  # fmt: skip
def test_bad_input_is_2_and_starts_nothing(
    aws: FakeAws, options: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, lines = smoke(capsys, options)

    assert code == 2
    assert lines[0].startswith(said)
    assert aws.sessions == {}


def test_a_pyspark_that_does_not_fit_starts_nothing(aws: FakeAws, capsys: pytest.CaptureFixture[str]) -> None:
    aws.publish(spark_version="4.1.0")
    code, lines = smoke(capsys)

    assert code == 1
    assert lines[-1].startswith(
        "smoke: dev is not fine after N s: PySpark 3.5.6 is installed, but the service"
    )
    assert aws.sessions == {}


def test_help_tells_what_it_may_cost(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        cli.main(["smoke", "--help"])
    told = " ".join(capsys.readouterr().out.split())
    assert "2 vCPU-hours and 8 GB-hours" in told
    assert "0.15 USD at list prices" in told
