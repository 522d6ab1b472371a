from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from fake_aws import APPLICATION, EXECUTION_ROLE, FakeAws
from sparkgate import cli, relay, tls
from sparkgate.doctor import Doctor, Finding
from sparkgate.sessions import Sessions


@pytest.fixture(autouse=True)
def here(aws: FakeAws, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPARKGATE_ENVIRONMENT", "dev")
    monkeypatch.setattr(tls, "knock", lambda host: None)


def run(line: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    try:
        code = cli.main(shlex.split(line))
    except SystemExit as exit_:  # argparse's way
        code = int(str(exit_.code))
    out, err = capsys.readouterr()
    return code, out, err


def test_a_list_has_the_callers_sessions_or_everyones(
    aws: FakeAws, capsys: pytest.CaptureFixture[str]
) -> None:
    aws.session("00mine", name="etl")
    aws.session("00bob", createdBy="arn:aws:sts::1:assumed-role/Developers/bob", state="BUSY")

    code, out, _ = run("list", capsys)
    assert code == 0
    assert re.fullmatch(r"00mine  IDLE         \d{4}-\d\d-\d\d \d\d:\d\d  alice  etl\n", out)
    _, out, _ = run("list --everyone --env dev", capsys)
    assert [line.split()[0] for line in out.splitlines()] == ["00bob", "00mine"]


def test_a_list_of_none_says_so_and_a_name_commands_no_terminal(
    aws: FakeAws, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("list", capsys) == (0, "", "sparkgate: there is no live session of alice\n")
    assert run("list --everyone", capsys) == (0, "", "sparkgate: there is no live session\n")

    aws.session("00mine", name="\x1b[2Jetl")
    assert run("list", capsys)[1].endswith("  ?[2Jetl\n")


def test_start_prints_the_id_alone_and_tells_the_rest_on_stderr(
    aws: FakeAws, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run("start --driver 2/8 --conf spark.a=b=c --idle-timeout 30 --name x", capsys)

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
    assert run("start --driver 2/8 --conf spark.a=b=c", capsys)[1] == "00new0\n"
    assert run("start --new", capsys)[1] == "00new1\n"


def test_stop_ends_what_is_named_or_all_of_the_callers(
    aws: FakeAws, capsys: pytest.CaptureFixture[str]
) -> None:
    for session_id in ("00a", "00b", "00c"):
        aws.session(session_id)
    aws.session("00bob", createdBy="arn:aws:sts::1:assumed-role/Developers/bob", tags={})

    assert run("stop 00a", capsys) == (0, "", "sparkgate: session 00a is ending\n")
    assert {s for s, v in aws.sessions.items() if v["state"] == "TERMINATED"} == {"00a"}
    assert run("stop --all-mine", capsys)[0] == 0
    assert {s for s, v in aws.sessions.items() if v["state"] == "IDLE"} == {"00bob"}
    assert run("stop", capsys)[0] == 2


def test_stop_tries_all_though_one_cannot_be_ended(aws: FakeAws, capsys: pytest.CaptureFixture[str]) -> None:
    for session_id in ("00a", "00c"):
        aws.session(session_id)
    aws.session("00bob", tags={"sparkgate:owner": "AROABOB:bob"})
    code, _, err = run("stop 00a 00bob 00c", capsys)

    assert code == 1
    assert {s for s, v in aws.sessions.items() if v["state"] == "TERMINATED"} == {"00a", "00c"}
    assert "sparkgate: Session 00bob may still run: TerminateSession failed: It is Bob's." in err


def test_an_operator_whose_file_names_no_owner_ends_nobodys_session(
    aws: FakeAws, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPARKGATE_APPLICATION_ID", APPLICATION)
    monkeypatch.setenv("SPARKGATE_EXECUTION_ROLE_ARN", EXECUTION_ROLE)
    aws.caller = ("arn:aws:sts::111122223333:assumed-role/Operators/oscar", "AROAOPS:oscar")
    aws.session("00alice")

    assert run("stop --all-mine", capsys) == (0, "", "")
    assert aws.sessions["00alice"]["state"] == "IDLE"


def test_url_is_what_a_shell_evaluates(aws: FakeAws, capsys: pytest.CaptureFixture[str]) -> None:
    aws.session("00mine")
    code, out, _ = run("url", capsys)

    assert code == 0
    assert out == (
        "export SPARK_REMOTE='sc://00mine.s.emr-serverless-services.eu-west-1.amazonaws.com:443/;use_ssl=true;"
        "x-aws-proxy-auth=token%2F1'\n"
    )


def test_ui_is_a_link(aws: FakeAws, capsys: pytest.CaptureFixture[str]) -> None:
    aws.session("00mine")

    assert run("ui", capsys) == (0, "https://ui.example/00mine\n", "")
    assert run("ui 00mine", capsys)[1] == "https://ui.example/00mine\n"


def test_what_needs_a_session_says_how_to_get_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("url", capsys) == (
        1,
        "",
        "sparkgate: No session of yours is ready; start one with 'sparkgate start'.\n",
    )


@pytest.mark.parametrize("line", ["stop 00bob", "ui 00bob", "url 00bob"])
def test_a_session_that_is_denied_may_be_another_s_or_none(
    aws: FakeAws, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    aws.session("00bob", tags={"sparkgate:owner": "AROABOB:bob"})
    aws.denied.add("emr-serverless:GetResourceDashboard")

    code, out, err = run(line, capsys)
    assert (code, out) == (1, "")
    assert err.endswith(
        "There is no such session, or it is another's: one reaches one's own only ('sparkgate list'). If it is"
        " yours, ask who runs the platform for this; grantDevelop has it.\n"
    )


def test_run_gives_the_command_a_door_and_ends_the_session_with_it(
    aws: FakeAws, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    script = f'echo "$SPARK_REMOTE" >{tmp_path}/remote; exit 5'
    code, _, err = run(f"run -- sh -c '{script}'", capsys)

    assert code == 5
    assert (tmp_path / "remote").read_text().startswith("sc://127.0.0.1:")
    assert aws.sessions["00new0"]["state"] == "TERMINATED"
    assert "token/" not in err


def test_run_leaves_what_is_to_be_kept_and_what_was_there(
    aws: FakeAws, capsys: pytest.CaptureFixture[str]
) -> None:
    _, _, err = run("run --keep -- true", capsys)
    assert err.endswith(
        "session 00new0 is kept, and costs until it ends; end it with: sparkgate stop 00new0 --env dev\n"
    )

    _, _, err = run("run -- true", capsys)
    assert "sparkgate stop 00new0" in err
    assert aws.sessions["00new0"]["state"] == "IDLE"


def test_run_returns_the_commands_code_though_nobody_can_look_at_the_session(
    aws: FakeAws, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def run_and_lose_the_network(*_: object) -> int:
        aws.denied.add("emr-serverless:GetSession")
        return 7

    monkeypatch.setattr(relay, "run", run_and_lose_the_network)
    code, _, err = run("run --keep -- true", capsys)

    assert code == 7
    assert "session 00new0 may still run: GetSession failed" in err


def test_a_kept_session_is_named_with_a_command_that_finds_it(
    aws: FakeAws, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    aws.publish(owner="principal-tag:mail", region="eu-north-1")
    aws.parameters = {n.replace("/sparkgate", "/data"): v for n, v in aws.parameters.items()}
    (tmp_path / "config").write_text("[profile work]\naws_access_key_id=AKIA\naws_secret_access_key=s\n")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    line = "--prefix /data --profile work --region eu-north-1 --owner 'a b'"
    _, _, err = run(f"run --keep {line} -- true", capsys)

    end = "stop 00new0 --env /data/dev --owner 'a b' --profile work --region eu-north-1"
    assert err.endswith(f"end it with: sparkgate {end}\n")
    assert run(end, capsys)[0] == 0
    assert aws.sessions["00new0"]["state"] == "TERMINATED"


def test_run_of_what_is_not_there_starts_nothing(aws: FakeAws, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("run -- nobody-has-this", capsys) == (
        125, "", "sparkgate: The PATH has no program 'nobody-has-this' to run; give its path instead.\n",
    )  # fmt: skip
    assert aws.calls == []


@pytest.mark.parametrize(
    "line", ["run", "run dbt", "list -- dbt", "fly", "start --driver 4", "start --conf x", ""]
)
def test_a_wrong_argument_is_2(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(line, capsys)[0] == 2


@pytest.mark.parametrize("line", ["run", "run dbt run", "list -- dbt"])
def test_a_command_that_is_not_after_the_dashes_is_told_to_be(
    line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(line, capsys)[2].endswith(
        "what to run comes after --, as in: sparkgate run -- dbt run; only run takes it\n"
    )


def test_a_wrong_value_is_2_and_says_what_is_right(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run("start --driver 4/99", capsys)

    assert code == 2
    assert err.startswith("sparkgate: driver is (4, 99), but takes")


@pytest.mark.parametrize("timeout", ["0", "-5", "nan"])
def test_a_timeout_that_is_none_is_2_and_starts_nothing(
    aws: FakeAws, timeout: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(f"start --timeout {timeout}", capsys) == (
        2, "", f"sparkgate: timeout is {float(timeout)!r}, but takes seconds, more than 0.\n",
    )  # fmt: skip
    assert aws.calls == []


def test_a_denied_action_is_1(aws: FakeAws, capsys: pytest.CaptureFixture[str]) -> None:
    aws.denied.add("emr-serverless:ListSessions")

    code, _, err = run("list", capsys)
    assert code == 1
    assert "not authorized to perform: emr-serverless:ListSessions" in err
    assert run("run -- true", capsys)[0] == 125


def test_an_interruption_is_130(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "_list", interrupt)
    assert run("list", capsys)[0] == 130


def test_a_signal_while_the_session_is_ended_does_not_leave_it(
    aws: FakeAws, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A closed terminal sends two: the first ends the command, the second comes while its session is ended."""
    end = Sessions.end_quietly

    def end_late(sessions: Sessions, session_id: str) -> None:
        signal.raise_signal(signal.SIGTERM)
        end(sessions, session_id)

    monkeypatch.setattr(Sessions, "end_quietly", end_late)

    assert run("run -- sh -c 'exit 7'", capsys)[0] == 7
    assert aws.sessions["00new0"]["state"] == "TERMINATED"


@pytest.mark.usefixtures("heard")
@pytest.mark.parametrize("line", ["start", "run -- true"])
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_to_end_ends_the_session_that_is_waited_for(
    aws: FakeAws, line: str, number: signal.Signals
) -> None:
    waiting = wait_for_a_session(aws, line)
    waiting.send_signal(number)

    assert waiting.wait(timeout=60) == 128 + number
    assert aws.sessions["00new0"]["state"] == "TERMINATED"


@pytest.mark.usefixtures("heard")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_while_the_session_is_being_started_does_not_leave_it(
    aws: FakeAws, number: signal.Signals
) -> None:
    """The service has it already; its id is still on the way."""

    def send_signal() -> None:
        waiting.send_signal(number)
        time.sleep(0.3)  # where it comes later all the same, this test shows nothing

    aws.when_started = send_signal
    waiting = command_line("start")

    assert waiting.wait(timeout=60) == 128 + number
    assert aws.sessions["00new0"]["state"] == "TERMINATED"


def test_a_closed_terminal_ends_nothing_below_nohup(aws: FakeAws) -> None:
    waiting = wait_for_a_session(aws, "start", "nohup")
    waiting.send_signal(signal.SIGHUP)
    looks = len(aws.asked("emr-serverless:GetSession"))
    while len(aws.asked("emr-serverless:GetSession")) < looks + 2:
        assert waiting.poll() is None
        time.sleep(0.02)
    waiting.terminate()

    assert waiting.wait(timeout=60) == 143


def wait_for_a_session(aws: FakeAws, line: str, *below: str) -> subprocess.Popen[bytes]:
    """The command line in a process of its own, which waits for a session that stays STARTING."""
    aws.path_of_states = ["STARTING"]
    waiting = command_line(line, *below)
    while not aws.asked("emr-serverless:GetSession"):
        assert waiting.poll() is None
        time.sleep(0.02)
    return waiting


def command_line(line: str, *below: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [*below, sys.executable, "-m", "sparkgate", *shlex.split(line)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@pytest.mark.parametrize(("verdict", "code"), [("ok", 0), ("-", 0), ("WRONG", 1)])
def test_the_doctor_is_1_where_something_is_wrong(
    verdict: str, code: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    findings = [Finding("Python", "ok", "3.11.7"), Finding("clock", verdict, "text")]
    monkeypatch.setattr(Doctor, "findings", lambda self: iter(findings))

    assert run("doctor", capsys)[:2] == (
        code,
        f"ok     Python        3.11.7\n{verdict:<5}  clock         text\n",
    )


def test_help_names_the_exit_codes(capsys: pytest.CaptureFixture[str]) -> None:
    for line in ("--help", "run --help"):
        code, out, _ = run(line, capsys)
        assert code == 0
        assert "125 if it was not run" in " ".join(out.split())


def test_it_is_a_module_too(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    import runpy

    monkeypatch.setattr(sys, "argv", ["sparkgate", "--help"])
    with pytest.raises(SystemExit, match="0"):
        runpy.run_module("sparkgate", run_name="__main__")
    assert "usage: sparkgate" in capsys.readouterr().out
