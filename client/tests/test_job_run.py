"""What becomes of a job run that was submitted."""

from __future__ import annotations

import time
from typing import Any

import pytest

import sparkgate
from fake_aws import FakeAws, Fault
from sparkgate import JobFailed, JobRun, NotPermitted, SparkgateError, TimedOut, Unreachable
from sparkgate import aws as calls
from sparkgate.errors import NotTrusted

pytestmark = pytest.mark.usefixtures("one_client_each")


def submit(**wish: Any) -> JobRun:
    return sparkgate.submit("dev", "s3://code/jobs/etl.py", progress=False, **wish)


@pytest.fixture
def naps(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Waits take no time, but by the clock."""
    taken: list[float] = []
    monkeypatch.setattr(time, "sleep", taken.append)
    monkeypatch.setattr(time, "monotonic", lambda: sum(taken))
    return taken


def test_a_wait_is_over_when_the_run_is(aws: FakeAws, naps: list[float]) -> None:
    run = submit()

    assert run.state == "SUBMITTED"
    assert run.wait() is run
    assert run.state == "SUCCESS"
    assert run.ui_url == "https://ui.example/jobs/00job0"


def test_a_run_that_fails_says_why_and_where_its_logs_are(aws: FakeAws, naps: list[float]) -> None:
    aws.jobs.path_of_states = ["RUNNING", "FAILED"]
    aws.jobs.details = "Job failed, ExitCode: 1. Last few exceptions: KeyError: 'x'"
    aws.application["monitoringConfiguration"] = {
        "s3MonitoringConfiguration": {"logUri": "s3://logs/spark/"},
        "cloudWatchLoggingConfiguration": {"enabled": True, "logStreamNamePrefix": "dev"},
        "managedPersistenceMonitoringConfiguration": {"enabled": True},
    }

    with pytest.raises(JobFailed) as error:
        submit().wait()
    assert str(error.value) == (
        "Job run 00job0 is FAILED. The service says: Job failed, ExitCode: 1. Last few exceptions: KeyError: 'x'. The"
        " driver's logs are s3://logs/spark/applications/00app/jobs/00job0/SPARK_DRIVER/stderr.gz and stdout.gz, which has what Python printed. Its streams in the log"
        " group /aws/emr-serverless begin with dev/applications/00app/jobs/00job0. Its Spark UI leads to its logs: sparkgate ui"
        " --job 00job0 --env dev"
    )


def test_the_log_of_a_run_that_is_retried_is_that_of_its_last_attempt(
    aws: FakeAws, naps: list[float]
) -> None:
    aws.jobs.path_of_states = ["FAILED"]
    aws.application["monitoringConfiguration"] = {
        "s3MonitoringConfiguration": {"logUri": "s3://logs"},
        "managedPersistenceMonitoringConfiguration": {"enabled": False},
    }
    run = submit(attempts=3)
    aws.jobs.runs[run.id]["attempt"] = 3

    with pytest.raises(
        JobFailed,
        match=r"s3://logs/applications/00app/jobs/00job0/attempts/3/SPARK_DRIVER/stderr\.gz and stdout\.gz, which has what Python printed\.$",
    ):
        run.wait()


def test_a_run_whose_first_attempt_of_several_fails_has_its_log_below_attempts(
    aws: FakeAws, naps: list[float]
) -> None:
    aws.jobs.path_of_states = ["FAILED"]
    aws.application["monitoringConfiguration"] = {
        "s3MonitoringConfiguration": {"logUri": "s3://logs"},
        "cloudWatchLoggingConfiguration": {"enabled": False, "logGroupName": "/ours"},
    }

    with pytest.raises(JobFailed, match=r"00job0/attempts/1/SPARK_DRIVER/stderr\.gz") as error:
        submit(attempts=3).wait()
    assert "log group" not in str(error.value)


def test_a_run_with_logs_of_its_own_is_told_by_these(aws: FakeAws, naps: list[float]) -> None:
    aws.jobs.path_of_states = ["FAILED"]
    aws.application["monitoringConfiguration"] = {
        "s3MonitoringConfiguration": {"logUri": "s3://logs"},
        "cloudWatchLoggingConfiguration": {"enabled": True, "logGroupName": "/all"},
    }
    run = submit()
    own = {
        "s3MonitoringConfiguration": {"logUri": "s3://own"},
        "cloudWatchLoggingConfiguration": {"enabled": True, "logGroupName": "/ours"},
    }
    aws.jobs.runs[run.id]["configurationOverrides"] = {"monitoringConfiguration": own}

    with pytest.raises(JobFailed, match=r"logs are s3://own/applications/.* in the log group /ours begin"):
        run.wait()


def test_why_a_run_failed_is_said_though_the_application_may_not_be_asked(
    aws: FakeAws, naps: list[float]
) -> None:
    aws.jobs.path_of_states = ["FAILED"]
    run = submit()
    aws.denied.add("emr-serverless:GetApplication")

    with pytest.raises(JobFailed, match=r"^Job run 00job0 is FAILED\. The service says: nothing\.$"):
        run.wait()


def test_an_attempt_beyond_the_first_is_told(
    aws: FakeAws, naps: list[float], capsys: pytest.CaptureFixture[str]
) -> None:
    run = sparkgate.submit("dev", "s3://code/jobs/etl.py", attempts=3)
    aws.jobs.runs[run.id]["attempt"] = 2
    run.wait()

    assert "sparkgate: job run 00job0 RUNNING, attempt 2 (" in capsys.readouterr().err


def test_a_platform_without_logs_says_so(aws: FakeAws, naps: list[float]) -> None:
    aws.jobs.path_of_states = ["FAILED"]
    aws.application["monitoringConfiguration"] = {
        "managedPersistenceMonitoringConfiguration": {"enabled": False}
    }

    with pytest.raises(
        JobFailed, match=r"says: nothing\. It writes no logs: the platform has switched all of them off\.$"
    ):
        submit().wait()


def test_a_run_that_is_cancelled_is_no_success(aws: FakeAws, naps: list[float]) -> None:
    run = submit()
    run.cancel()
    aws.jobs.details = "Cancelled by user"

    with pytest.raises(
        JobFailed, match=r"^Job run 00job0 is CANCELLED\. The service says: Cancelled by user\.$"
    ):
        run.wait()
    run.cancel()


def test_a_wait_that_is_too_long_leaves_the_run(aws: FakeAws, naps: list[float]) -> None:
    aws.jobs.path_of_states = ["RUNNING"]

    with pytest.raises(TimedOut) as error:
        submit().wait(timeout=60)
    assert str(error.value) == (
        "Job run 00job0 has not ended after 60 s, more than timeout = 60, and goes on. Watch it with: sparkgate watch"
        " 00job0 --env dev"
    )
    assert aws.jobs.runs["00job0"]["state"] == "RUNNING"


def test_a_wait_outlives_a_network_that_is_away_for_a_while(
    aws: FakeAws, naps: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    run = submit()
    ask, away = calls.ask, [Unreachable("Could not connect.")] * 3

    def asks(operation: Any, **arguments: Any) -> Any:
        if away:
            raise away.pop()
        return ask(operation, **arguments)

    monkeypatch.setattr("sparkgate.jobs.ask", asks)
    assert run.wait().state == "SUCCESS"
    assert away == []


def test_a_wait_without_a_network_ends_and_names_the_run(
    aws: FakeAws, naps: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    run = submit()

    def unreachable(*_: Any, **__: Any) -> Any:
        raise Unreachable("Could not connect.")

    monkeypatch.setattr("sparkgate.jobs.ask", unreachable)
    with pytest.raises(
        Unreachable, match=r"^Job run 00job0 may go on: Could not connect\. Watch it with: sparkgate watch 00"
    ):
        run.wait()
    assert 300 < sum(naps) < 310


def test_a_wait_for_whom_nobody_trusts_ends_at_once(
    aws: FakeAws, naps: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    run = submit()

    def untrusted(*_: Any, **__: Any) -> Any:
        raise NotTrusted("The certificate is of an unknown authority.")

    monkeypatch.setattr("sparkgate.jobs.ask", untrusted)
    with pytest.raises(NotTrusted, match=r"^Job run 00job0 may go on: The certificate is"):
        run.wait()
    assert naps == []


def test_a_wait_that_is_denied_ends_at_once(aws: FakeAws, naps: list[float]) -> None:
    run = submit()
    aws.denied.add("emr-serverless:GetJobRun")

    with pytest.raises(
        NotPermitted,
        match=r"^Job run 00job0 may go on: GetJobRun failed: .* runs of one's own only \('sparkgate jobs'\)\.$",
    ):
        run.wait()
    assert naps == []


def test_a_run_that_cannot_be_cancelled_is_named(aws: FakeAws) -> None:
    run = submit()
    aws.faults["emr-serverless:CancelJobRun"] = Fault(500, "InternalServerException", "Try again")

    with pytest.raises(SparkgateError, match=r"^Job run 00job0 may go on: CancelJobRun failed: Try again\."):
        run.cancel()
