from __future__ import annotations

import os
from pathlib import Path

import grpc
import pytest

import sparkgate
from fake_aws import FakeAws
from fake_cluster import Server, install_plugin
from sparkgate import BadArgument, NotPermitted, SessionFailed, SparkgateError, Unreachable, WrongPySpark, tls

pytestmark = pytest.mark.usefixtures("stopped")


def test_properties_are_set_and_a_static_one_fails_with_sparks_own_words(token: Server) -> None:
    spark = sparkgate.connect("dev-cluster", progress=False, conf={"spark.sql.shuffle.partitions": 400})
    assert spark.conf.get("spark.sql.shuffle.partitions") == "400"
    spark.stop()

    with pytest.raises(
        BadArgument, match=r"^conf sets spark.driver.memory, but Spark says: .*CANNOT_MODIFY_CONFIG"
    ):
        sparkgate.connect("dev-cluster", progress=False, conf={"spark.driver.memory": "8g"})


def test_a_second_call_gives_the_same_until_the_server_forgot_it(token: Server) -> None:
    first = sparkgate.connect("dev-cluster", progress=False)
    assert sparkgate.connect("dev-cluster", progress=False, conf={"spark.sql.ansi.enabled": True}) is first
    assert first.conf.get("spark.sql.ansi.enabled") == "true"

    token.start_anew()
    with pytest.raises(SessionFailed, match=r"Call sparkgate.connect again for a new one\.$"):
        first.interruptAll()
    with pytest.raises(SessionFailed, match="its temporary views and settings are gone"):
        _ = first.version
    second = sparkgate.connect("dev-cluster", progress=False)
    assert second is not first
    assert first.is_stopped
    second.stop()


@pytest.mark.parametrize(
    ("code", "kind", "said"),
    [
        ("FAILED_PRECONDITION", WrongPySpark, r"refuses this PySpark: no\.$"),
        ("PERMISSION_DENIED", NotPermitted, r"refuses 'alice': no\.$"),
        (
            "UNAVAILABLE",
            Unreachable,
            r"does not answer \(UNAVAILABLE: no\)\. It may be starting anew, .* platform's idleTermination\), and only",
        ),
        ("INTERNAL", SparkgateError, r"answers INTERNAL: no\.$"),
    ],
)
def test_a_server_that_refuses_the_first_call_says_why(
    token: Server, code: str, kind: type[SparkgateError], said: str
) -> None:
    token.failure = (grpc.StatusCode[code], "no")

    with pytest.raises(kind, match=rf"^The Spark Connect server of cluster j-1CLUSTER \(at 127.*\) {said}"):
        sparkgate.connect("dev-cluster", progress=False)
    assert "SPARK_REMOTE" not in os.environ


def test_a_cluster_and_a_session_are_open_side_by_side(
    aws: FakeAws, token: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pyspark.sql import SparkSession

    of_cluster = sparkgate.connect("dev-cluster", progress=False)
    monkeypatch.setattr(tls, "knock", lambda host: None)
    of_service = sparkgate.connect("dev", progress=False)
    assert SparkSession.getActiveSession() is of_service

    of_service.stop()
    assert SparkSession.getActiveSession() is of_cluster
    assert of_cluster.version == "3.5.6-amzn-2"
    of_cluster.stop()
    assert "SPARK_REMOTE" not in os.environ


def test_a_tunnel_is_closed_where_the_server_refuses(
    aws: FakeAws, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = Server()
    server.failure = (grpc.StatusCode.PERMISSION_DENIED, "no")
    install_plugin(tmp_path, server.port)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    aws.publish_cluster()

    with pytest.raises(NotPermitted, match=r"\(through Session Manager .*\) refuses 'alice': no\.$"):
        sparkgate.connect("dev-cluster", progress=False)
    assert aws.tunnels == {"alice-0": "terminated"}
    server.close()
