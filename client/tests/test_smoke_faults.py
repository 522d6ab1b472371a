from __future__ import annotations

import os
from pathlib import Path

import pytest

from fake_aws import FakeAws
from smoking import GOOD, smoke, stand_in
from sparkgate import smoke_client, tls
from sparkgate.errors import NotTrusted
from sparkgate.smoke_query import _cause

pytestmark = pytest.mark.usefixtures("aws", "quick")


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


def test_an_environment_that_may_not_be_read_may_be_none(
    aws: FakeAws, capsys: pytest.CaptureFixture[str]
) -> None:
    aws.denied.add("ssm:GetParameters")
    code, lines = smoke(capsys, "--env nope --patience 0")

    assert code == 1
    assert lines[-1].startswith("smoke: nope is not fine after N s: GetParameters failed: User: ")
    assert lines[-1].endswith(" Or there is no environment 'nope': who may not read it is told no more.")


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
    monkeypatch.setattr(smoke_client, "COMMAND", stand_in(f"{ignore}\n{hang}\ntime.sleep(1000)"))
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
        (
            "print('6'); sys.exit('Bus error')",
            "PySpark ended with 1 and no answer; the last it said: Bus error.",
        ),
        ("os.kill(os.getpid(), 9)", "PySpark ended with -9 and no answer; the last it said: nothing."),
    ],
    ids=["another answer", "an error", "an end", "a kill"],
)
def test_a_query_that_fails_is_told_with_its_cause(
    aws: FakeAws, program: str, said: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smoke_client, "COMMAND", stand_in(f"GOOD = '{GOOD}'\n{program}"))
    code, lines = smoke(capsys)

    assert code == 1
    assert lines[-1].removeprefix("smoke: dev is not fine after N s: session 00new0: ").startswith(said)
    assert aws.sessions["00new0"]["state"] == "TERMINATED"


def test_a_session_that_ends_below_the_query_is_told_with_its_reason(
    aws: FakeAws, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        smoke_client, "COMMAND", stand_in("""print('{"error": "UNKNOWN: Stream removed"}')""")
    )
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
