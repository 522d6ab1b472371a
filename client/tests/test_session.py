from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator

import pytest

from fake_aws import FakeAws
from sparkgate import NotPermitted
from sparkgate.channel import Tokens
from sparkgate.session import SparkgateSession, connected_to
from sparkgate.sessions import Sessions


@pytest.fixture
def spark(aws: FakeAws, sessions: Sessions) -> Iterator[SparkgateSession]:
    aws.session("00mine")
    tokens = Tokens(lambda: sessions.endpoint("00mine"))
    made = SparkgateSession(sessions, "00mine", tokens, started=True, keep=False)
    yield made
    made.stop()


def test_stop_ends_the_session_once(aws: FakeAws, spark: SparkgateSession) -> None:
    spark.stop()
    spark.stop()

    assert aws.sessions["00mine"]["state"] == "TERMINATED"
    assert len(aws.asked("emr-serverless:TerminateSession")) == 1


def test_a_block_ends_the_session_whatever_happens_in_it(aws: FakeAws, spark: SparkgateSession) -> None:
    with pytest.raises(ZeroDivisionError), spark:
        _ = 1 / 0

    assert aws.sessions["00mine"]["state"] == "TERMINATED"


def test_a_kept_session_is_named_with_the_command_that_ends_it(
    aws: FakeAws, spark: SparkgateSession, capsys: pytest.CaptureFixture[str]
) -> None:
    spark.keep = True
    spark.stop()

    assert aws.sessions["00mine"]["state"] == "IDLE"
    assert capsys.readouterr().err == (
        "sparkgate: session 00mine is kept, and costs until it ends; end it with: sparkgate stop 00mine --env dev\n"
    )


def test_a_kept_session_that_has_ended_is_not_named(
    aws: FakeAws, spark: SparkgateSession, capsys: pytest.CaptureFixture[str]
) -> None:
    spark.keep = True
    aws.sessions["00mine"]["state"] = "TERMINATED"
    spark.stop()

    assert capsys.readouterr().err == ""


def test_a_session_that_could_not_be_ended_is_named_and_ends_at_the_next_try(
    aws: FakeAws, spark: SparkgateSession
) -> None:
    aws.denied.add("emr-serverless:TerminateSession")
    for _ in range(2):
        with pytest.raises(
            NotPermitted, match=r"^Session 00mine may still run: TerminateSession failed: User"
        ):
            spark.stop()
        assert spark.is_stopped

    aws.denied.clear()
    spark.stop()
    assert aws.sessions["00mine"]["state"] == "TERMINATED"


def test_what_went_wrong_in_a_block_is_told_even_if_the_session_cannot_be_ended(
    aws: FakeAws, spark: SparkgateSession, capsys: pytest.CaptureFixture[str]
) -> None:
    aws.denied.add("emr-serverless:TerminateSession")
    with pytest.raises(ZeroDivisionError), spark:
        _ = 1 / 0

    assert "sparkgate: Session 00mine may still run: TerminateSession failed" in capsys.readouterr().err
    aws.denied.clear()


def test_a_kept_session_that_cannot_be_looked_at_is_named_as_one_that_may_run(
    aws: FakeAws, spark: SparkgateSession, capsys: pytest.CaptureFixture[str]
) -> None:
    spark.keep = True
    aws.denied.add("emr-serverless:GetSession")
    spark.stop()

    assert capsys.readouterr().err.startswith(
        "sparkgate: session 00mine may still run: GetSession failed: User"
    )


def test_it_is_the_default_and_the_active_session_until_it_stops(spark: SparkgateSession) -> None:
    from pyspark.sql import SparkSession
    from pyspark.sql.connect.session import SparkSession as Connect

    assert SparkSession.getActiveSession() is spark
    assert Connect.builder.getOrCreate() is spark
    assert os.environ["SPARK_REMOTE"] == f"sc://{spark.client.host}:443/;use_ssl=true"

    spark.stop()
    assert "SPARK_REMOTE" not in os.environ
    assert "SPARK_CONNECT_MODE_ENABLED" not in os.environ
    assert SparkSession.getActiveSession() is None


def test_what_was_in_the_environment_comes_back(
    aws: FakeAws, sessions: Sessions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPARK_REMOTE", "sc://mine")
    aws.session("00mine")
    with SparkgateSession(
        sessions, "00mine", Tokens(lambda: sessions.endpoint("00mine")), started=True, keep=False
    ):
        pass

    assert os.environ["SPARK_REMOTE"] == "sc://mine"


@pytest.mark.parametrize("first_to_stop", [0, 1])
def test_of_two_the_one_that_is_left_is_found(
    aws: FakeAws, sessions: Sessions, spark: SparkgateSession, first_to_stop: int
) -> None:
    from pyspark.sql import SparkSession

    aws.session("00second")
    tokens = Tokens(lambda: sessions.endpoint("00second"))
    both = [spark, SparkgateSession(sessions, "00second", tokens, started=True, keep=False)]
    assert SparkSession.getActiveSession() is both[1]

    both.pop(first_to_stop).stop()
    assert SparkSession.getActiveSession() is both[0]
    assert both[0].remote_session_id in os.environ["SPARK_REMOTE"]
    both[0].stop()
    assert "SPARK_REMOTE" not in os.environ


def test_a_process_that_is_connected_connects_no_second_time(spark: SparkgateSession) -> None:
    assert connected_to("00mine", keep=True) is spark
    assert spark.keep
    spark.keep = False
    assert connected_to("00other", keep=True) is None
    spark.stop()
    assert connected_to("00mine", keep=True) is None


def test_it_shows_where_it_is_but_no_token(spark: SparkgateSession) -> None:
    assert repr(spark) == "<SparkgateSession 00mine on 00app (dev)>"
    assert spark.ui_url == "https://ui.example/00mine"
    assert "token" not in repr(vars(spark)) + repr(vars(spark.client))
    spark.stop()
    assert repr(spark) == "<SparkgateSession 00mine on 00app (dev), stopped>"


EXIT = """
import os, sys
from contextlib import suppress
from sparkgate import SparkgateError, aws
from sparkgate.channel import Tokens
from sparkgate.contract import Contract
from sparkgate.identity import Owner
from sparkgate.session import SparkgateSession
from sparkgate.sessions import Sessions

contract = Contract("dev", "00app", "role", "eu-west-1")
sessions = Sessions(aws.client(aws.session(), "emr-serverless"), contract, Owner(None, None, "alice"))
for session_id, started, keep in (("00own", True, False), ("00found", False, False), ("00kept", True, True)):
    tokens = Tokens(lambda: sessions.endpoint(session_id))
    SparkgateSession(sessions, session_id, tokens, started=started, keep=keep)
if os.fork() == 0:
    sys.exit(0)
os.wait()
assert sessions.get("00own")["state"] == "IDLE", "a fork's exit ended it"

def away(_):
    raise SparkgateError("the network is away")

terminate, sessions.terminate = sessions.terminate, away
with suppress(SparkgateError):
    SparkgateSession._open[0].stop()
sessions.terminate = terminate
"""


def test_when_python_exits_a_session_of_its_own_ends_and_others_are_named(aws: FakeAws) -> None:
    for session_id in ("00own", "00found", "00kept"):
        aws.session(session_id)
    ran = subprocess.run(
        [sys.executable, "-c", EXIT],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        timeout=120,
    )

    assert ran.returncode == 0, ran.stderr
    assert {s: v["state"] for s, v in aws.sessions.items()} == {
        "00own": "TERMINATED",
        "00found": "IDLE",
        "00kept": "IDLE",
    }
    assert re.findall(r"sparkgate stop (\w+) --env dev", ran.stderr) == ["00kept", "00found"]
