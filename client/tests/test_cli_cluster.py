from __future__ import annotations

import os
import re
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path

import grpc
import pytest

import sparkgate
from fake_aws import ROLE, FakeAws
from fake_cluster import Server, install_plugin
from smoking import GOOD, smoke, stand_in
from sparkgate import Unreachable, cli, smoke_client, tls
from sparkgate import aws as calls
from sparkgate.doctor import Doctor

ARN = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:token-AbCdEf"

#: Calls the server as any Spark Connect client would, by what SPARK_REMOTE says.
CALL = """
import grpc, os, sys
address, _, rest = sys.argv[1].removeprefix("sc://").partition("/;")
given = dict(p.split("=") for p in rest.split(";"))
metadata = [(k, v) for k, v in given.items() if k.startswith("x-")]
call = grpc.insecure_channel(address).unary_unary("/spark.connect.SparkConnectService/Config")
call(b"", metadata=metadata, timeout=20)
print(given["user_id"], file=sys.stderr)
"""


@pytest.fixture
def server(aws: FakeAws, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """By a tunnel, as dev-cluster."""
    monkeypatch.setenv("SPARKGATE_ENVIRONMENT", "dev-cluster")
    made = Server()
    install_plugin(tmp_path, made.port)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    aws.publish_cluster()
    yield made
    made.close()


@pytest.fixture
def token(aws: FakeAws, server: Server, monkeypatch: pytest.MonkeyPatch) -> Server:
    """By an endpoint, whose TLS is left out."""
    aws.publish_cluster(endpoint=f"127.0.0.1:{server.port}", authentication="token", token_secret_arn=ARN)
    server.token = aws.secret
    monkeypatch.setattr(tls, "knock", lambda host, port: None)
    monkeypatch.setattr(
        grpc, "secure_channel", lambda address, _, options: grpc.insecure_channel(address, options)
    )
    return server


def run(line: str, capfd: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    code = cli.main(shlex.split(line))
    out, err = capfd.readouterr()
    return code, out, err


def look() -> dict[str, tuple[str, str]]:
    doctor = Doctor(calls.session, "dev-cluster", "/sparkgate", None)
    return {f.subject: (f.verdict, f.text) for f in doctor.findings()}


@pytest.mark.parametrize("line", ["list", "start", "stop 00a", "ui"])
def test_what_is_of_sessions_says_that_a_cluster_has_none(
    server: Server, line: str, capfd: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(line, capfd)

    assert (code, out) == (2, "")
    assert err.startswith(
        "sparkgate: dev-cluster is the cluster j-1CLUSTER, which has no sessions to list, start"
    )


@pytest.mark.parametrize("way", ["server", "token"])
def test_run_gives_a_command_a_door_for_as_long_as_it_runs(
    aws: FakeAws, request: pytest.FixtureRequest, way: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    server: Server = request.getfixturevalue(way)
    (tmp_path / "call.py").write_text(CALL)
    code, _, err = run(f"""run -- sh -c 'exec {sys.executable} {tmp_path}/call.py "$SPARK_REMOTE"'""", capfd)

    assert (code, err.splitlines()[1:]) == (0, ["alice"])
    assert err.startswith("sparkgate: connecting to cluster j-1CLUSTER ")
    assert [m.get("authorization") for m in server.metadata] == [
        f"Bearer {aws.secret}" if server.token else None
    ]
    assert set(aws.tunnels.values()) <= {"terminated"}


def test_run_refuses_what_is_of_sessions(server: Server, capfd: pytest.CaptureFixture[str]) -> None:
    code, _, err = run("run --idle-timeout 5 --keep -- true", capfd)

    assert code == 2
    assert err.startswith(
        "sparkgate: --keep, --idle-timeout: of sessions that AWS starts for you. dev-cluster is the"
    )


def test_url_has_the_token_where_one_lets_in(
    aws: FakeAws, token: Server, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run("url", capfd) == (
        0, f"export SPARK_REMOTE='sc://127.0.0.1:{token.port}/;use_ssl=true;user_id=alice;token=t0ken%3D1'\n", "",
    )  # fmt: skip


def test_url_says_that_none_leads_by_a_tunnel_or_a_certificate_before_it_asks_for_either(
    aws: FakeAws, server: Server, capfd: pytest.CaptureFixture[str]
) -> None:
    aws.publish_cluster(developer_role_arn=ROLE)
    assert run("url", capfd) == (
        2,
        "",
        "sparkgate: No URL leads to cluster j-1CLUSTER, for the way is through Session Manager: use 'sparkgate run --"
        " COMMAND', which opens it for as long as the command runs.\n",
    )
    assert aws.tunnels == {}
    assert aws.asked("sts:AssumeRole") == []

    aws.publish_cluster(authentication="mutual-tls", endpoint="spark.example.com:443")
    code, _, err = run("url", capfd)
    assert code == 2
    assert err.startswith(
        "sparkgate: No URL leads to cluster j-1CLUSTER, for the way is by a client certificate: use"
    )


def test_doctor_opens_the_tunnel_and_looks_whether_the_server_answers(aws: FakeAws, server: Server) -> None:
    found = look()
    assert list(found)[4:] == ["contract", "PySpark", "libraries", "way in", "server"]
    assert {verdict for verdict, _ in found.values()} == {"ok"}, found
    assert found["contract"][1] == "cluster j-1CLUSTER in eu-west-1"
    assert (
        found["way in"][1]
        == "through Session Manager (no certificate, no token: its port lets in all users of this machine)"
    )
    assert re.fullmatch(r"localhost:\d+ answers as a server does, and lets in 'alice'", found["server"][1])
    asked = server.released[0]
    assert (asked.user_context.user_id, asked.client_type) == ("alice", "sparkgate spark/3.5.6")
    assert asked.WhichOneof("release") == "release_all"
    assert asked.session_id != asked.operation_id
    assert (aws.tunnels, server.sessions) == ({"alice-0": "terminated"}, {})

    aws.denied.add("ssm:StartSession")
    assert look()["server"][0] == "WRONG"
    aws.publish_cluster(authentication="mutual-tls", endpoint="spark.example.com:443")
    found = look()
    assert found["way in"][1].startswith(
        "This cluster wants a client certificate, and no certificate is named"
    )
    assert found["server"] == ("-", "without a way in, there is none to reach")


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("FAILED_PRECONDITION", "refuses this PySpark: no."),
        ("PERMISSION_DENIED", "refuses 'alice': no."),
        ("UNAUTHENTICATED", "refuses 'alice': no."),
    ],
)
def test_doctor_sees_whom_the_server_refuses(server: Server, code: str, said: str) -> None:
    server.failure = (grpc.StatusCode[code], "no")

    verdict, text = look()["server"]
    assert verdict == "WRONG"
    assert text.endswith(said)
    assert server.sessions == {}


def test_doctor_sees_a_token_that_was_rotated(token: Server) -> None:
    token.token = "later"

    assert look()["server"] == (
        "WRONG",
        "The server does not accept the token that the secret has now. If the secret was rotated, the server takes the"
        " new one when it starts next; ask who runs the cluster.",
    )


@pytest.mark.parametrize("line", ["smoke", "run -- touch begun", "doctor"])
def test_a_server_that_is_away_is_told_before_anything_waits_for_it(
    token: Server,
    line: str,
    capfd: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(smoke_client, "COMMAND", ["touch", "begun"])
    token.away = True
    code, out, err = run(line, capfd)

    assert code == (125 if line.startswith("run") else 1)
    assert (
        "does not answer (UNAVAILABLE: Received http2 header with status: 503). It may be starting"
        in out + err
    )
    assert "because nobody used it (the platform's idleTermination), and only who runs the" in out + err
    assert not (tmp_path / "begun").exists()


def test_connect_to_a_server_that_is_away_fails_at_once(aws: FakeAws, server: Server) -> None:
    server.away = True

    with pytest.raises(Unreachable, match=r"does not answer \(UNAVAILABLE: Received http2 header"):
        sparkgate.connect("dev-cluster", progress=False)
    assert aws.tunnels == {"alice-0": "terminated"}
    assert server.metadata == []


def test_a_smoke_test_asks_a_cluster_by_a_client_and_leaves_nothing(
    aws: FakeAws, server: Server, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smoke_client, "COMMAND", stand_in(f"print('{GOOD}')"))
    code, lines = smoke(capsys, "--patience 0 --env dev-cluster")

    assert (code, lines) == (
        0,
        [
            "smoke: connecting to cluster j-1CLUSTER through Session Manager (no certificate, no token: its port lets in all users of this machine) (N s)",
            "smoke: the query's answer is 499500 (N s)",
            "smoke: dev-cluster is fine: cluster j-1CLUSTER answered 499500 on Spark 3.5.6 after N s",
        ],
    )
    assert aws.tunnels == {"alice-0": "terminated"}
    monkeypatch.setattr(smoke_client, "COMMAND", stand_in("print('{\"error\": \"gone: ' + url + '\"}')"))
    code, lines = smoke(capsys, "--patience 0 --env dev-cluster")
    assert code == 1
    assert re.fullmatch(
        r"smoke: dev-cluster is not fine after N s: The query failed: gone: sc://127.0.0.1:\d+/;user_id=alice;x-.*=…\.",
        lines[-1],
    )
    assert smoke(capsys, "--patience 0 --env dev-cluster --driver 4/16")[0] == 2
