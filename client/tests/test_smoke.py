from __future__ import annotations

import io
import os
import re
import shlex
import signal
import subprocess
import sys
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from fake_aws import FakeAws, Fault
from sparkgate import cli, smoke_client, tls
from sparkgate.errors import NotTrusted
from sparkgate.sessions import Sessions
from sparkgate.smoke_query import _cause

GOOD = '{"spark": "3.5.6", "answer": "499500"}'


def client(program: str) -> list[str]:
    """A stand-in for PySpark, which knows the URL."""
    return [sys.executable, "-Sc", f"import os, sys, time\nurl = sys.stdin.readline().strip()\n{program}"]


@pytest.fixture(autouse=True)
def here(aws: FakeAws, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tls, "knock", lambda host, timeout: None)
    monkeypatch.setattr(smoke_client, "COMMAND", client(f"print('{GOOD}')"))


def smoke(capsys: pytest.CaptureFixture[str], options: str = "--patience 0") -> tuple[int, list[str]]:
    """The exit code and what stderr has, without the seconds; stdout has nothing, and nobody a token."""
    try:
        code = cli.main(["smoke", "--env", "dev", *shlex.split(options)])
    except SystemExit as exit_:  # argparse's way
        code = int(str(exit_.code))
    out, err = capsys.readouterr()
    assert out == ""
    assert "token" not in err
    return code, re.sub(r"\b\d+ s\b", "N s", err).splitlines()


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


def test_a_role_that_may_not_be_assumed_is_told_with_the_rule(
    aws: FakeAws, capsys: pytest.CaptureFixture[str]
) -> None:
    aws.denied.add("sts:AssumeRole")
    code, lines = smoke(capsys)

    assert code == 1
    assert lines == [
        "smoke: dev is not fine after N s: AssumeRole failed: User: arn:aws:iam::111122223333:user/people/alice"
        " is not authorized to perform: sts:AssumeRole on resource:"
        " arn:aws:iam::111122223333:role/team/Developers. Ask who runs the platform for it; grantDevelop has a"
        " developer's, the output ConnectPolicy yours. The developer role admits a caller only under the name"
        " that it has already, and, where 'developers' is set, only those and 'smokeTestedBy':"
        " docs/security.md."
    ]


def test_an_endpoint_that_is_denied_is_told_as_such_at_once(
    aws: FakeAws, capsys: pytest.CaptureFixture[str]
) -> None:
    aws.denied.add("emr-serverless:GetSessionEndpoint")
    code, lines = smoke(capsys, "")

    assert code == 1
    assert lines[-1] == (
        "smoke: dev is not fine after N s: session 00new0: GetSessionEndpoint failed: User:"
        " arn:aws:sts::111122223333:assumed-role/Developers/alice is not authorized to perform:"
        " emr-serverless:GetSessionEndpoint on resource: arn:aws:iam::111122223333:role/team/Developers. Ask"
        " who runs the platform for it; grantDevelop has a developer's, the output ConnectPolicy yours."
    )
    assert len(aws.asked("emr-serverless:GetSessionEndpoint")) == 1
    assert aws.sessions["00new0"]["state"] == "TERMINATED"


def test_a_session_that_fails_is_told_in_the_services_words(
    aws: FakeAws, capsys: pytest.CaptureFixture[str]
) -> None:
    aws.path_of_states = ["SUBMITTED", "FAILED"]
    aws.details = "spark.executor.memory is lots"
    code, lines = smoke(capsys)

    assert code == 1
    assert lines[-1] == (
        "smoke: dev is not fine after N s: Session 00new0 is FAILED. The service says: spark.executor.memory is"
        " lots. Correct what it names, a Spark property for example, and start again."
    )


@pytest.mark.parametrize(("states", "details"), [(["FAILED"], "Session failed."), (["STARTING"], "")])
def test_no_room_names_the_quota_and_what_it_needs(
    aws: FakeAws, states: list[str], details: str, capsys: pytest.CaptureFixture[str]
) -> None:
    aws.path_of_states, aws.details = states, details
    code, lines = smoke(capsys, "--executor 2/8 --timeout 0.5")

    assert code == 1
    assert lines[-1].startswith(f"smoke: dev is not fine after N s: Session 00new0 is {states[0]}")
    assert lines[-1].endswith(
        " Others may have used up the account's vCPU quota, 16 unless it was raised; this needs 6."
    )
    assert aws.sessions["00new0"]["state"] in ("FAILED", "TERMINATED")


def test_a_certificate_that_is_not_trusted_is_told_before_pyspark_hangs(
    aws: FakeAws, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(host: str, timeout: float) -> None:
        raise NotTrusted(f"The certificate of {host} is not trusted.")

    monkeypatch.setattr(tls, "knock", refuse)
    code, lines = smoke(capsys)

    assert code == 1
    assert lines[-1] == (
        "smoke: dev is not fine after N s: session 00new0: The certificate of"
        " 00new0.s.emr-serverless-services.eu-west-1.amazonaws.com is not trusted."
    )
    assert aws.sessions["00new0"]["state"] == "TERMINATED"


def test_roots_that_are_not_there_are_told_before_a_session_starts(
    aws: FakeAws, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(tls.ROOTS, "/nowhere.pem")

    assert smoke(capsys) == (2, [f"smoke: {tls.ROOTS} is '/nowhere.pem', but there is no such file."])
    assert aws.calls == []


def test_a_query_that_hangs_is_killed_at_the_deadline(
    aws: FakeAws, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    hang = f"open('{tmp_path}/pid', 'w').write(str(os.getpid())); print(url + '\\n>', file=sys.stderr, flush=True)"
    ignore = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)"
    monkeypatch.setattr(smoke_client, "COMMAND", client(f"{ignore}\n{hang}\ntime.sleep(1000)"))
    code, lines = smoke(capsys, "--timeout 3")

    assert code == 1
    assert lines[-1] == (
        "smoke: dev is not fine after N s: session 00new0: The query had no answer before the deadline, and its"
        " PySpark was killed; the last it said:"
        " sc://00new0.s.emr-serverless-services.eu-west-1.amazonaws.com:443/;use_ssl=true;x-aws-proxy-auth=…."
    )
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)
    assert aws.sessions["00new0"]["state"] == "TERMINATED"


@pytest.mark.parametrize(
    ("program", "said"),
    [
        ("print(GOOD.replace('500', '501'))", "The query's answer is 499501, but should be 499500."),
        (
            "import json; print(json.dumps({'error': 'SparkException: no executor, ' + url}))",
            "The query failed: SparkException: no executor, sc://00new0.s.emr-serverless-services",
        ),
        ("sys.exit('Bus error')", "PySpark ended with 1 and no answer; the last it said: Bus error."),
        ("os.kill(os.getpid(), 9)", "PySpark ended with -9 and no answer; the last it said: nothing."),
    ],
    ids=["another answer", "an error", "an end", "a kill"],
)
def test_a_query_that_fails_is_told_with_its_cause(
    aws: FakeAws, program: str, said: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smoke_client, "COMMAND", client(f"GOOD = '{GOOD}'\n{program}"))
    code, lines = smoke(capsys)

    assert code == 1
    assert lines[-1].removeprefix("smoke: dev is not fine after N s: session 00new0: ").startswith(said)
    assert aws.sessions["00new0"]["state"] == "TERMINATED"


def test_a_session_that_ends_below_the_query_is_told_with_its_reason(
    aws: FakeAws, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smoke_client, "COMMAND", client("""print('{"error": "UNKNOWN: Stream removed"}')"""))
    aws.path_of_states = ["IDLE", "FAILED"]
    aws.details = "The driver is out of memory."
    code, lines = smoke(capsys)

    assert code == 1
    assert lines[-1] == (
        "smoke: dev is not fine after N s: session 00new0: The query failed: UNKNOWN: Stream removed. The session"
        " is FAILED, of which the service says: The driver is out of memory."
    )


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("[UNRESOLVED] no column x\n\nJVM stacktrace:\n  at Foo", "ValueError: [UNRESOLVED] no column x"),
        (
            "<_InactiveRpcError of RPC that terminated with:\n\tstatus = StatusCode.UNKNOWN\n"
            '\tdetails = "Stream removed"\n\tdebug_error_string = "x"\n>',
            "ValueError: UNKNOWN: Stream removed",
        ),
        ("", "ValueError: "),
    ],
    ids=["Spark's", "gRPC's", "nobody's"],
)
def test_a_cause_is_one_line(text: str, cause: str) -> None:
    assert _cause(ValueError(text)) == cause


def test_a_session_that_cannot_be_ended_is_no_success(
    aws: FakeAws, capsys: pytest.CaptureFixture[str]
) -> None:
    aws.denied.add("emr-serverless:TerminateSession")
    code, lines = smoke(capsys)

    assert code == 1
    assert lines[-1].startswith(
        "smoke: dev is not fine after N s: Session 00new0 may still run: TerminateSession failed: User: "
    )


def test_the_first_cause_is_told_last(aws: FakeAws, capsys: pytest.CaptureFixture[str]) -> None:
    aws.denied |= {"emr-serverless:TerminateSession", "emr-serverless:GetSessionEndpoint"}
    _, lines = smoke(capsys)

    assert lines[-2].startswith("smoke: Session 00new0 may still run: TerminateSession failed")
    assert lines[-1].startswith("smoke: dev is not fine after N s: session 00new0: GetSessionEndpoint failed")


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


SIGNALS = [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]


@pytest.mark.usefixtures("heard")
@pytest.mark.parametrize(("number", "code"), SIGNALS)
@pytest.mark.parametrize("at", ["STARTING", "query"])
def test_a_signal_ends_session_and_query(
    aws: FakeAws, number: signal.Signals, code: int, at: str, tmp_path: Path
) -> None:
    pid = tmp_path / "pid"
    hang = f"open('{pid}', 'w').write(str(os.getpid()))\ntime.sleep(1000)"
    if at == "STARTING":
        aws.path_of_states = ["STARTING"]
    running = run_with(hang)
    while not (
        aws.asked("emr-serverless:GetSession") if at == "STARTING" else pid.exists() and pid.read_text()
    ):
        assert running.poll() is None
        time.sleep(0.02)
    running.send_signal(number)
    _, err = running.communicate(timeout=60)

    assert running.returncode == code
    assert re.fullmatch(
        rf"smoke: dev was not seen to be fine: {number.name} came after \d+ s; session 00new0 is ended",
        err.splitlines()[-1],
    )
    assert aws.sessions["00new0"]["state"] == "TERMINATED"
    if at == "query":
        with pytest.raises(ProcessLookupError):
            os.kill(int(pid.read_text()), 0)


@pytest.mark.usefixtures("heard")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_while_the_session_is_being_started_does_not_leave_it(
    aws: FakeAws, number: signal.Signals
) -> None:
    """The service has it already; its id is still on the way."""
    aws.path_of_states = ["STARTING"]

    def send_signal() -> None:
        running.send_signal(number)
        time.sleep(0.3)  # where it comes later all the same, this test shows nothing

    aws.when_started = send_signal
    running = run_with("")
    _, err = running.communicate(timeout=60)

    assert running.returncode == 128 + number, err
    assert aws.sessions["00new0"]["state"] == "TERMINATED"


def run_with(program: str) -> subprocess.Popen[str]:
    """The command line in a process of its own, with a stand-in for PySpark."""
    script = (
        f"import sys\nfrom sparkgate import cli, smoke_client, tls\nsmoke_client.COMMAND = {client(program)!r}\n"
        f"tls.knock = lambda host, timeout: None\nsys.exit(cli.main(['smoke', '--env', 'dev']))"
    )
    return subprocess.Popen(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_second_signal_does_not_keep_the_session_from_ending(
    aws: FakeAws, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    terminate = Sessions.terminate

    def terminate_late(sessions: Sessions, session_id: str) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.raise_signal(number)
        terminate(sessions, session_id)

    monkeypatch.setattr(Sessions, "terminate", terminate_late)

    assert smoke(capsys)[0] == 0
    assert aws.sessions["00new0"]["state"] == "TERMINATED"


def test_a_terminal_that_is_gone_does_not_keep_the_session_from_ending(
    aws: FakeAws, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Gone(io.StringIO):
        def write(self, _: str) -> int:
            raise OSError(5, "Input/output error")

    monkeypatch.setattr(sys, "stderr", Gone())

    assert cli.main(["smoke", "--env", "dev"]) == 0
    assert aws.sessions["00new0"]["state"] == "TERMINATED"


def test_help_tells_what_it_may_cost(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        cli.main(["smoke", "--help"])
    told = " ".join(capsys.readouterr().out.split())
    assert "2 vCPU-hours and 8 GB-hours" in told
    assert "0.15 USD at list prices" in told
