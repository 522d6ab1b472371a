from __future__ import annotations

import atexit
import json
import os
import re
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest

import sparkgate
from fake_aws import ROLE, FakeAws, Fault
from fake_cluster import Server, install_plugin
from sparkgate import NotPermitted, SparkgateError, TimedOut, Unreachable

pytestmark = pytest.mark.usefixtures("stopped")


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.close()


@pytest.fixture
def folder(aws: FakeAws, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """With the plugin, which is on the PATH; and the cluster's contract."""
    aws.publish_cluster()
    (tmp_path / "bin").mkdir()
    install_plugin(tmp_path / "bin", server.port)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    return tmp_path / "bin"


def called(folder: Path) -> list[tuple[int, list[str], dict[str, Any]]]:
    """Its process id, arguments and variables, of each time that the plugin ran."""
    return [tuple(json.loads(line)) for line in (folder / "calls").read_text().splitlines()]


def runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_tunnel_leads_to_the_server_and_ends_with_the_client(
    aws: FakeAws, server: Server, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spark = sparkgate.connect("dev-cluster")

    assert capsys.readouterr().err == (
        "sparkgate: connecting to cluster j-1CLUSTER through Session Manager (no certificate, no token: its port lets in all users of this machine)\n"
    )
    assert spark.version == "3.5.6-amzn-2"
    assert set(server.users) == {"alice"}
    [request] = aws.asked("ssm:StartSession")
    [port] = request["Parameters"]["localPortNumber"]
    assert request == {
        "Target": "i-0primary",
        "DocumentName": "SparkConnect-dev",
        "Parameters": {"localPortNumber": [port]},
    }
    [(process, arguments, variables)] = called(folder)
    variable = "AWS_SSM_START_SESSION_RESPONSE"
    assert arguments[:4] == [variable, "eu-west-1", "StartSession", ""]
    assert (json.loads(arguments[4]), arguments[5:]) == (request, [aws.url])
    assert json.loads(variables[variable]) == {
        "SessionId": "alice-0",
        "TokenValue": "AAsecret",
        "StreamUrl": "wss://ssmmessages.eu-west-1.amazonaws.com/v1/data-channel/alice-0",
    }
    assert os.getpgid(process) != os.getpgid(0)  # or Ctrl-C would end it too
    assert os.environ["SPARK_REMOTE"] == f"sc://localhost:{port}/"

    spark.stop()
    spark.stop()
    assert not runs(process)
    assert aws.tunnels == {"alice-0": "terminated"}
    assert "SPARK_REMOTE" not in os.environ


def test_a_proxy_is_not_taken_to_this_machine(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("grpc_proxy", "http://127.0.0.1:1")

    with sparkgate.connect("dev-cluster", progress=False) as spark:
        assert spark.version == "3.5.6-amzn-2"


def test_the_developer_role_opens_it_where_there_is_one(aws: FakeAws, folder: Path) -> None:
    aws.publish_cluster(developer_role_arn=ROLE)
    sparkgate.connect("dev-cluster", progress=False).stop()

    assert [call["RoleSessionName"] for call in aws.asked("sts:AssumeRole")] == ["alice"]
    [(_, arguments, variables)] = called(folder)
    assert arguments[3] == ""
    assert variables["AWS_ACCESS_KEY_ID"] == "ASIADEV"


def test_the_plugin_signs_in_as_the_caller_does(
    aws: FakeAws, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = tmp_path / "config"
    config.write_text("[profile work]\naws_access_key_id=AKIAWORK\naws_secret_access_key=s\n")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(config))
    sparkgate.connect("dev-cluster", progress=False, profile="work").stop()
    given = boto3.Session("AKIAGIVEN", "s", region_name="eu-west-1")
    sparkgate.connect("dev-cluster", progress=False, boto3_session=given).stop()

    assert [(a[3], v["AWS_ACCESS_KEY_ID"]) for _, a, v in called(folder)] == [
        ("work", "AKIAALICE"),
        ("", "AKIAGIVEN"),
    ]


def test_an_old_plugin_is_told_as_it_can_and_people_are_told_who_can_read_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "version").write_text("1.2.497.0\n")
    sparkgate.connect("dev-cluster").stop()

    [(_, arguments, variables)] = called(folder)
    assert json.loads(arguments[0])["TokenValue"] == "AAsecret"
    assert variables["AWS_SSM_START_SESSION_RESPONSE"] is None
    assert capsys.readouterr().err.endswith(
        "sparkgate: session-manager-plugin 1.2.497.0 is told the session's secret where every user of this machine"
        " can read it (the list of processes); a newer one is not: install it\n"
    )


def test_without_the_plugin_it_is_said_what_to_install(
    aws: FakeAws, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")

    with pytest.raises(SparkgateError) as error:
        sparkgate.connect("dev-cluster", progress=False)
    assert str(error.value) == (
        "The way to this cluster leads through AWS Session Manager, whose program session-manager-plugin is not on the"
        ' PATH. Install it: look for "Install the Session Manager plugin" in the user guide of AWS Systems Manager.'
    )
    assert aws.tunnels == {}


def test_a_plugin_that_says_no_version_is_refused(aws: FakeAws, folder: Path) -> None:
    (folder / "version").write_text("hello")

    with pytest.raises(
        SparkgateError, match=r"session-manager-plugin does not say its version, but 'hello'\. Inst"
    ):
        sparkgate.connect("dev-cluster", progress=False)
    assert aws.tunnels == {}


def test_a_plugin_that_dies_says_its_last_line_without_the_secret(aws: FakeAws, folder: Path) -> None:
    (folder / "dies").write_text("")
    with pytest.raises(Unreachable) as error:
        sparkgate.connect("dev-cluster", progress=False)
    assert str(error.value).startswith("session-manager-plugin ended with 1 before the tunnel was open;")

    (folder / "dies").write_text("Cannot perform start session: AAsecret is EOF")
    with pytest.raises(Unreachable, match=r"the last it said: Cannot perform start session: … is EOF\.$"):
        sparkgate.connect("dev-cluster", progress=False)
    assert aws.tunnels == {"alice-0": "terminated", "alice-1": "terminated"}


def test_a_tunnel_that_does_not_open_in_time_is_ended(aws: FakeAws, folder: Path) -> None:
    (folder / "hangs").touch()

    with pytest.raises(TimedOut) as error:
        sparkgate.connect("dev-cluster", progress=False, timeout=0.7)
    assert str(error.value) == (
        "The tunnel was not open after 0.7 s, and was ended; the last that session-manager-plugin said: Waiting for the"
        " agent."
    )
    assert not runs(called(folder)[0][0])
    assert aws.tunnels == {"alice-0": "terminated"}


def test_a_tunnel_that_breaks_is_opened_again_on_the_same_port(
    aws: FakeAws, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spark = sparkgate.connect("dev-cluster", progress=False)
    spark.conf.set("spark.sql.ansi.enabled", "true")
    os.kill(called(folder)[0][0], signal.SIGKILL)
    spark._way._tunnel._process.wait()  # type: ignore[union-attr]

    aws.denied.add("ssm:StartSession")
    for _ in range(2):
        with pytest.raises(NotPermitted):
            _ = spark.version
    aws.denied.clear()
    assert spark.conf.get("spark.sql.ansi.enabled") == "true"
    first, *_, second = aws.asked("ssm:StartSession")
    assert first == second
    assert aws.tunnels == {"alice-0": "terminated", "alice-1": "open"}
    assert re.search(
        r"the tunnel had ended \(session-manager-plugin: Port .*\), and is open", capsys.readouterr().err
    )
    spark.stop()
    assert set(aws.tunnels.values()) == {"terminated"}


def test_who_may_not_start_it_is_told_the_action(aws: FakeAws, folder: Path) -> None:
    aws.denied.add("ssm:StartSession")

    with pytest.raises(
        NotPermitted,
        match=r"not authorized to perform: ssm:StartSession on .*\. Ask who runs the cluster for it; grantTunnel",
    ):
        sparkgate.connect("dev-cluster", progress=False)


def test_a_node_that_session_manager_does_not_know_is_told(aws: FakeAws, folder: Path) -> None:
    aws.faults["ssm:StartSession"] = Fault(400, "TargetNotConnected", "i-0primary is not connected.")

    with pytest.raises(Unreachable) as error:
        sparkgate.connect("dev-cluster", progress=False)
    advice = (
        "The cluster has ended, or its primary node does not reach Systems Manager, as one that is just starting. If that"
        " goes on, ask who runs the platform: who raises its 'generation' makes a new cluster."
    )
    assert str(error.value) == f"StartSession failed: i-0primary is not connected. {advice}"

    aws.faults["ssm:StartSession"] = Fault(400, "TargetNotConnected", "")
    with pytest.raises(Unreachable) as error:
        sparkgate.connect("dev-cluster", progress=False)
    assert str(error.value) == (
        f"StartSession failed: TargetNotConnected. {advice} The primary instance is i-0primary."
    )


def test_a_session_that_may_not_be_ended_is_left_with_a_word(
    aws: FakeAws, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spark = sparkgate.connect("dev-cluster", progress=False)
    aws.denied.add("ssm:TerminateSession")
    spark.stop()

    assert not runs(called(folder)[0][0])
    assert "the tunnel's session alice-0 is left to its timeout: TerminateSession" in capsys.readouterr().err


def test_when_python_exits_the_tunnel_ends_and_a_forks_exit_leaves_it(
    aws: FakeAws, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_exit: list[Any] = []
    monkeypatch.setattr(atexit, "register", at_exit.append)
    spark = sparkgate.connect("dev-cluster", progress=False)
    monkeypatch.setattr(os, "getpid", lambda: -1)
    at_exit[-1]()
    spark._way.close()
    assert spark.version == "3.5.6-amzn-2"

    monkeypatch.undo()
    at_exit[-1]()
    assert not runs(called(folder)[0][0])
