from __future__ import annotations

import io
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from fake_aws import FakeAws
from smoking import smoke, stand_in
from sparkgate import cli
from sparkgate.sessions import Sessions

pytestmark = pytest.mark.usefixtures("aws", "quick")


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
        f"import sys\nfrom sparkgate import cli, smoke_client, tls\nsmoke_client.COMMAND = {stand_in(program)!r}\n"
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
