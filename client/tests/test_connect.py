from __future__ import annotations

from collections.abc import Iterator

import boto3
import pytest

import sparkgate
from fake_aws import FakeAws
from sparkgate import BadArgument, NotTrusted, WrongPySpark, tls, versions
from sparkgate import aws as calls


@pytest.fixture(autouse=True)
def door(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    knocked: list[str] = []
    monkeypatch.setattr(tls, "knock", knocked.append)
    yield knocked
    from pyspark.sql.connect.session import SparkSession

    if SparkSession._default_session:
        SparkSession._default_session.stop()


def test_one_call_leads_from_an_iam_user_to_a_session_of_the_own(aws: FakeAws, door: list[str]) -> None:
    spark = sparkgate.connect("dev", progress=False)

    [started] = aws.asked("emr-serverless:StartSession")
    assert started["tags"] == {"sparkgate:owner": "AROADEV:alice"}
    assert door == [f"{spark.remote_session_id}.s.emr-serverless-services.eu-west-1.amazonaws.com"]
    assert sparkgate.connect("dev", progress=False) is spark

    spark.stop()
    assert aws.sessions[spark.remote_session_id]["state"] == "TERMINATED"


def test_two_sessions_are_two(aws: FakeAws) -> None:
    first = sparkgate.connect("dev", progress=False)
    second = sparkgate.connect("dev", progress=False, reuse=False)

    assert first.remote_session_id != second.remote_session_id
    first.stop()
    assert not second.is_stopped


def test_a_certificate_that_is_not_trusted_ends_what_was_started(
    aws: FakeAws, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(host: str) -> None:
        raise NotTrusted(host)

    monkeypatch.setattr(tls, "knock", refuse)

    with pytest.raises(NotTrusted):
        sparkgate.connect("dev", progress=False)
    assert aws.sessions["00new0"]["state"] == "TERMINATED"


@pytest.mark.parametrize("found", ["4.0.1", "3.4.4", None])
def test_a_wrong_pyspark_is_refused_before_a_session_is_started(
    aws: FakeAws, monkeypatch: pytest.MonkeyPatch, found: str | None
) -> None:
    aws.publish(pyspark='"pyspark[connect]==3.5.6" "pandas<3"')
    monkeypatch.setattr(versions, "installed_pyspark", lambda: found)

    with pytest.raises(WrongPySpark, match=r'Do: pip install "pyspark\[connect\]==3.5.6" "pandas<3"$'):
        sparkgate.connect("dev")
    assert aws.asked("emr-serverless:StartSession") == []


def test_another_python_than_the_workers_is_warned_of(aws: FakeAws) -> None:
    aws.publish(python_version="3.9")

    with pytest.warns(UserWarning, match=r"workers run 3.9: DataFrames and SQL work, but Python functions"):
        sparkgate.connect("dev", progress=False)


def test_a_wrong_argument_costs_nothing(aws: FakeAws) -> None:
    with pytest.raises(BadArgument, match=r"^timeout is 0, but takes seconds, more than 0\.$"):
        sparkgate.connect("dev", timeout=0)
    with pytest.raises(BadArgument, match="idle_timeout"):
        sparkgate.connect("dev", idle_timeout=-1)
    with pytest.raises(BadArgument, match=r"^Give profile or boto3_session, not both\.$"):
        sparkgate.connect("dev", profile="p", boto3_session=boto3.Session())
    assert aws.calls == []


def test_a_session_of_boto3_may_be_given(aws: FakeAws, monkeypatch: pytest.MonkeyPatch) -> None:
    own = calls.session()
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")

    with pytest.raises(sparkgate.NotSignedIn):
        sparkgate.connect("dev", progress=False)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAALICE")
    sparkgate.connect("dev", progress=False, boto3_session=own)


def test_a_link_to_the_ui_is_shown_to_people_and_to_no_log(
    aws: FakeAws, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    sparkgate.connect("dev").stop()
    assert "ui.example" not in capsys.readouterr().err

    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    sparkgate.connect("dev").stop()
    assert "its Spark UI, for an hour: https://ui.example/00new1\n" in capsys.readouterr().err
