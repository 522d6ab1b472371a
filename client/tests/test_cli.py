from __future__ import annotations

import re
import sys

import pytest

from command_line import Run
from fake_aws import APPLICATION, EXECUTION_ROLE, FakeAws
from sparkgate.doctor import Doctor, Finding

pytestmark = pytest.mark.usefixtures("in_dev")


def test_a_list_has_the_callers_sessions_or_everyones(aws: FakeAws, run: Run) -> None:
    aws.session("00mine", name="etl")
    aws.session("00bob", createdBy="arn:aws:sts::1:assumed-role/Developers/bob", state="BUSY")

    code, out, _ = run("list")
    assert code == 0
    assert re.fullmatch(r"00mine  IDLE         \d{4}-\d\d-\d\d \d\d:\d\d  alice  etl\n", out)
    _, out, _ = run("list --everyone --env dev")
    assert [line.split()[0] for line in out.splitlines()] == ["00bob", "00mine"]


def test_a_list_of_none_says_so_and_a_name_commands_no_terminal(aws: FakeAws, run: Run) -> None:
    assert run("list") == (0, "", "sparkgate: there is no live session of alice\n")
    assert run("list --everyone") == (0, "", "sparkgate: there is no live session\n")

    aws.session("00mine", name="\x1b[2Jetl")
    assert run("list")[1].endswith("  ?[2Jetl\n")


def test_start_prints_the_id_alone_and_tells_the_rest_on_stderr(aws: FakeAws, run: Run) -> None:
    code, out, err = run("start --driver 2/8 --conf spark.a=b=c --idle-timeout 30 --name x")

    assert (code, out) == (0, "00new0\n")
    assert "session 00new0 IDLE" in err
    [call] = aws.asked("emr-serverless:StartSession")
    assert (call["idleTimeoutMinutes"], call["name"]) == (30, "x")
    [defaults] = call["configurationOverrides"]["runtimeConfiguration"]
    assert defaults["properties"] == {
        "spark.driver.cores": "2",
        "spark.driver.memory": "7447m",
        "spark.a": "b=c",
    }
    assert run("start --driver 2/8 --conf spark.a=b=c")[1] == "00new0\n"
    assert run("start --new")[1] == "00new1\n"


def test_stop_ends_what_is_named_or_all_of_the_callers(aws: FakeAws, run: Run) -> None:
    for session_id in ("00a", "00b", "00c"):
        aws.session(session_id)
    aws.session("00bob", createdBy="arn:aws:sts::1:assumed-role/Developers/bob", tags={})

    assert run("stop 00a") == (0, "", "sparkgate: session 00a is ending\n")
    assert {s for s, v in aws.sessions.items() if v["state"] == "TERMINATED"} == {"00a"}
    assert run("stop --all-mine")[0] == 0
    assert {s for s, v in aws.sessions.items() if v["state"] == "IDLE"} == {"00bob"}
    assert run("stop")[0] == 2


def test_stop_tries_all_though_one_cannot_be_ended(aws: FakeAws, run: Run) -> None:
    for session_id in ("00a", "00c"):
        aws.session(session_id)
    aws.session("00bob", tags={"sparkgate:owner": "AROABOB:bob"})
    code, _, err = run("stop 00a 00bob 00c")

    assert code == 1
    assert {s for s, v in aws.sessions.items() if v["state"] == "TERMINATED"} == {"00a", "00c"}
    assert "sparkgate: Session 00bob may still run: TerminateSession failed: It is Bob's." in err


def test_an_operator_whose_file_names_no_owner_ends_nobodys_session(
    aws: FakeAws, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPARKGATE_APPLICATION_ID", APPLICATION)
    monkeypatch.setenv("SPARKGATE_EXECUTION_ROLE_ARN", EXECUTION_ROLE)
    aws.caller = ("arn:aws:sts::111122223333:assumed-role/Operators/oscar", "AROAOPS:oscar")
    aws.session("00alice")

    assert run("stop --all-mine") == (0, "", "")
    assert aws.sessions["00alice"]["state"] == "IDLE"


def test_url_is_what_a_shell_evaluates(aws: FakeAws, run: Run) -> None:
    aws.session("00mine")
    code, out, _ = run("url")

    assert code == 0
    assert out == (
        "export SPARK_REMOTE='sc://00mine.s.emr-serverless-services.eu-west-1.amazonaws.com:443/;use_ssl=true;"
        "x-aws-proxy-auth=token%2F1'\n"
    )


def test_ui_is_a_link(aws: FakeAws, run: Run) -> None:
    aws.session("00mine")

    assert run("ui") == (0, "https://ui.example/00mine\n", "")
    assert run("ui 00mine")[1] == "https://ui.example/00mine\n"


def test_what_needs_a_session_says_how_to_get_one(run: Run) -> None:
    assert run("url") == (
        1,
        "",
        "sparkgate: No session of yours is ready; start one with 'sparkgate start'.\n",
    )


@pytest.mark.parametrize("line", ["stop 00bob", "ui 00bob", "url 00bob"])
def test_a_session_that_is_denied_may_be_another_s_or_none(aws: FakeAws, line: str, run: Run) -> None:
    aws.session("00bob", tags={"sparkgate:owner": "AROABOB:bob"})
    aws.denied.add("emr-serverless:GetResourceDashboard")

    code, out, err = run(line)
    assert (code, out) == (1, "")
    assert err.endswith(
        "There is no such session, or it is another's: one reaches one's own only ('sparkgate list'). If it is"
        " yours, ask who runs the platform for this; grantDevelop has it.\n"
    )


@pytest.mark.parametrize(
    "line", ["run", "run dbt", "list -- dbt", "fly", "start --driver 4", "start --conf x", ""]
)
def test_a_wrong_argument_is_2(line: str, run: Run) -> None:
    assert run(line)[0] == 2


@pytest.mark.parametrize("line", ["run", "run dbt run", "list -- dbt"])
def test_a_command_that_is_not_after_the_dashes_is_told_to_be(line: str, run: Run) -> None:
    assert run(line)[2].endswith(
        "what to run comes after --, as in: sparkgate run -- dbt run; only run takes it\n"
    )


def test_a_wrong_value_is_2_and_says_what_is_right(run: Run) -> None:
    code, _, err = run("start --driver 4/99")

    assert code == 2
    assert err.startswith("sparkgate: driver is (4, 99), but takes")


@pytest.mark.parametrize("timeout", ["0", "-5", "nan"])
def test_a_timeout_that_is_none_is_2_and_starts_nothing(aws: FakeAws, timeout: str, run: Run) -> None:
    assert run(f"start --timeout {timeout}") == (
        2, "", f"sparkgate: timeout is {float(timeout)!r}, but takes seconds, more than 0.\n",
    )  # fmt: skip
    assert aws.calls == []


def test_a_denied_action_is_1(aws: FakeAws, run: Run) -> None:
    aws.denied.add("emr-serverless:ListSessions")

    code, _, err = run("list")
    assert code == 1
    assert "not authorized to perform: emr-serverless:ListSessions" in err
    assert run("run -- true")[0] == 125


@pytest.mark.parametrize(("verdict", "code"), [("ok", 0), ("-", 0), ("WRONG", 1)])
def test_the_doctor_is_1_where_something_is_wrong(
    verdict: str, code: int, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    findings = [Finding("Python", "ok", "3.11.7"), Finding("clock", verdict, "text")]
    monkeypatch.setattr(Doctor, "findings", lambda self: iter(findings))

    assert run("doctor")[:2] == (
        code,
        f"ok     Python        3.11.7\n{verdict:<5}  clock         text\n",
    )


def test_help_names_the_exit_codes(run: Run) -> None:
    for line in ("--help", "run --help"):
        code, out, _ = run(line)
        assert code == 0
        assert "125 if it was not run" in " ".join(out.split())


def test_it_is_a_module_too(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    import runpy

    monkeypatch.setattr(sys, "argv", ["sparkgate", "--help"])
    with pytest.raises(SystemExit, match="0"):
        runpy.run_module("sparkgate", run_name="__main__")
    assert "usage: sparkgate" in capsys.readouterr().out
