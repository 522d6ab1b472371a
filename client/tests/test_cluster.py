from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
import trustme

import sparkgate
from fake_aws import ROLE, TOKEN_SECRET, FakeAws
from fake_cluster import Serve, Server
from sparkgate import (
    BadArgument,
    NotPermitted,
    SparkgateError,
    WrongPySpark,
    versions,
)

pytestmark = pytest.mark.usefixtures("stopped")


@pytest.fixture
def certificate(authority: trustme.CA, tmp_path: Path) -> dict[str, Any]:
    return issued(authority, tmp_path)


def issued(authority: trustme.CA, folder: Path, name: str = "alice cooper") -> dict[str, Any]:
    made = authority.issue_cert("alice@example.com", common_name=name)
    made.cert_chain_pems[0].write_to_path(folder / "client.crt")
    made.private_key_pem.write_to_path(folder / "client.key")
    return {"certificate": folder / "client.crt", "key": str(folder / "client.key")}


def test_with_a_certificate_the_user_is_whom_it_names(
    aws: FakeAws,
    serve: Serve,
    authority: trustme.CA,
    certificate: dict[str, Any],
    capsys: pytest.CaptureFixture[str],
) -> None:
    server = serve(authority)
    with sparkgate.connect("dev-cluster", **certificate) as spark:
        assert spark.version == "3.5.6-amzn-2"
        assert os.environ["SPARK_REMOTE"] == f"sc://127.0.0.1:{server.port}/;use_ssl=true"
        assert repr(spark) == f"<ClusterSession of alice cooper on j-1CLUSTER (127.0.0.1:{server.port})>"

    assert set(server.users) == {"alice cooper"}
    assert capsys.readouterr().err == (
        f"sparkgate: connecting to cluster j-1CLUSTER at 127.0.0.1:{server.port} with the certificate of alice cooper,"
        " valid until 3000-01-01 00:00 UTC\n"
    )
    assert {name.split(":")[0] for name, _ in aws.calls} == {"ssm"}
    assert repr(spark).endswith(", stopped>")


def test_who_takes_another_certificate_gets_another_session(
    serve: Serve, authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(authority)
    for name in ("alice", "bob"):
        (tmp_path / name).mkdir()
        issued(authority, tmp_path / name, name)

    def connect_as(folder: str) -> Any:
        monkeypatch.setenv("SPARKGATE_CLIENT_CERTIFICATE", str(tmp_path / folder / "client.crt"))
        monkeypatch.setenv("SPARKGATE_CLIENT_KEY", str(tmp_path / folder / "client.key"))
        return sparkgate.connect("dev-cluster", progress=False)

    of_alice, of_bob = connect_as("alice"), connect_as("bob")
    assert repr(of_bob).startswith("<ClusterSession of bob ")
    assert connect_as("alice/../alice") is of_alice
    assert (
        sparkgate.connect(
            "dev-cluster",
            progress=False,
            certificate=tmp_path / "alice/client.crt",
            key=tmp_path / "alice/client.key",
        )
        is of_alice
    )

    issued(authority, tmp_path / "alice", "carol")
    assert repr(connect_as("alice")).startswith("<ClusterSession of carol ")


def test_a_certificate_that_the_front_does_not_take_is_told_before_the_first_query(
    serve: Serve, authority: trustme.CA, tmp_path: Path
) -> None:
    serve(authority)
    rogue = issued(trustme.CA(), tmp_path)

    with pytest.raises(NotPermitted) as error:
        sparkgate.connect("dev-cluster", progress=False, **rogue)
    assert str(error.value).startswith(
        "127.0.0.1 does not take the certificate of alice cooper, valid until 3000"
    )
    assert str(error.value).endswith(
        "Is it issued by whom the cluster's trust store names, and not revoked? Ask who runs the platform."
    )


def test_a_certificate_is_asked_for_before_any_connection(serve: Serve, authority: trustme.CA) -> None:
    server = serve(authority)

    with pytest.raises(BadArgument, match="wants a client certificate, and no certificate is named"):
        sparkgate.connect("dev-cluster", progress=False)
    assert server.metadata == []


def test_with_a_token_the_user_is_the_callers_own_name(
    aws: FakeAws, token: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    with sparkgate.connect("dev-cluster") as spark:
        assert spark.version == "3.5.6-amzn-2"
        assert aws.secret not in repr(spark) + repr(vars(spark)) + repr(vars(spark.client))

    assert set(token.users) == {"alice"}
    assert aws.asked("secretsmanager:GetSecretValue") == [{"SecretId": TOKEN_SECRET}]
    assert capsys.readouterr().err == (
        f"sparkgate: connecting to cluster j-1CLUSTER at 127.0.0.1:{token.port} with the token of"
        " dev-cluster/token-AbCdEf\n"
    )


def test_a_developer_reads_the_token_where_there_is_a_role(aws: FakeAws, token: Server) -> None:
    aws.publish_cluster(developer_role_arn=ROLE)
    sparkgate.connect("dev-cluster", progress=False).stop()

    assert aws.asked("sts:AssumeRole")[0]["RoleArn"] == ROLE


def test_a_token_that_is_rotated_under_a_session_is_read_anew(aws: FakeAws, token: Server) -> None:
    with sparkgate.connect("dev-cluster", progress=False) as spark:
        aws.secret = token.token = "another"
        assert spark.version == "3.5.6-amzn-2"
        token.token = "later"
        with pytest.raises(NotPermitted, match="does not accept the token that the secret has now"):
            _ = spark.range(1).schema


def test_a_secret_without_a_token_is_said(aws: FakeAws, token: Server) -> None:
    aws.secret = " "

    with pytest.raises(
        SparkgateError, match=r"token-AbCdEf holds no text, so there is no token; ask who runs it\."
    ):
        sparkgate.connect("dev-cluster", progress=False)


def test_who_may_not_read_the_token_is_told_the_action(aws: FakeAws, token: Server) -> None:
    aws.denied.add("secretsmanager:GetSecretValue")

    with pytest.raises(
        NotPermitted,
        match=r"not authorized to perform: secretsmanager:GetSecretValue on .*for its token, .*getTokenSecret",
    ):
        sparkgate.connect("dev-cluster", progress=False)


def test_what_is_of_sessions_only_is_refused_before_anything(aws: FakeAws, token: Server) -> None:
    with pytest.raises(BadArgument) as error:
        sparkgate.connect(
            "dev-cluster",
            reuse=False,
            keep=True,
            name="x",
            driver=(4, 16),
            executor=(4, 16),
            idle_timeout=5,
            owner="x",
        )
    assert str(error.value) == (
        "reuse, keep, name, driver, executor, idle_timeout, owner: of sessions that AWS starts for you. dev-cluster is the"
        " cluster j-1CLUSTER, which has one server for all and starts none; leave it out."
    )
    assert {name for name, _ in aws.calls} == {"ssm:GetParameters"}


def test_a_certificate_where_none_is_asked_for_is_refused(token: Server, certificate: dict[str, Any]) -> None:
    with pytest.raises(
        BadArgument, match="certificate is given, but cluster j-1CLUSTER asks for no client certif"
    ):
        sparkgate.connect("dev-cluster", **certificate)
    with pytest.raises(
        BadArgument, match="certificate or key is given, but dev starts sessions, which ask for none"
    ):
        sparkgate.connect("dev", **certificate)


def test_another_minor_version_is_refused_and_another_python_warned_of(
    aws: FakeAws, token: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    aws.publish_cluster(python_version="3.9")
    with pytest.warns(UserWarning, match=r"workers run 3.9: DataFrames and SQL work, but Python functions"):
        sparkgate.connect("dev-cluster", progress=False).stop()

    monkeypatch.setattr(versions, "installed_pyspark", lambda: "4.0.1")
    token.metadata.clear()
    with pytest.raises(WrongPySpark, match=r"^PySpark 4.0.1 is installed, but the service runs Spark 3.5.6"):
        sparkgate.connect("dev-cluster", progress=False)
    assert token.metadata == []


def test_a_contract_that_names_no_way_or_an_unknown_one_is_told(aws: FakeAws, token: Server) -> None:
    aws.publish_cluster(authentication="kerberos")
    with pytest.raises(
        SparkgateError, match=r"wants 'kerberos' for authentication \(token-secret-arn: 'arn:"
    ):
        sparkgate.connect("dev-cluster", progress=False)
    aws.publish_cluster(authentication="token", endpoint="spark.example.com")
    with pytest.raises(
        SparkgateError, match=r"endpoint is 'spark.example.com', but takes host:port, as in 'spark"
    ):
        sparkgate.connect("dev-cluster", progress=False)
    for name in ("endpoint", "session-document"):
        del aws.parameters[f"/sparkgate/dev-cluster/{name}"]
    with pytest.raises(
        SparkgateError, match=r"^Cluster j-1CLUSTER offers no way in: its contract has neither an"
    ):
        sparkgate.connect("dev-cluster", progress=False)
