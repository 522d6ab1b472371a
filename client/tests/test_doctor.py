from __future__ import annotations

import importlib.util
import socket
import sys
from importlib import metadata
from typing import Any

import pytest

from fake_aws import FakeAws, Fault
from sparkgate import aws as calls
from sparkgate import tls, versions
from sparkgate.doctor import Doctor

SUBJECTS = [
    "Python", "certificates", "credentials", "clock", "contract", "PySpark", "libraries", "job runs", "permissions",
    "application", "catalogs", "port 443",
]  # fmt: skip


def look(environment: str | None = "dev") -> dict[str, tuple[str, str]]:
    doctor = Doctor(calls.session, environment, "/sparkgate", None)
    return {f.subject: (f.verdict, f.text) for f in doctor.findings()}


@pytest.fixture(autouse=True)
def no_roots(aws: FakeAws, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(tls.ROOTS, raising=False)


@pytest.fixture
def closed_port(monkeypatch: pytest.MonkeyPatch) -> int:
    """Every host is this machine, on a port on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    create = socket.create_connection

    def nobody(address: tuple[str, int], *arguments: Any, **options: Any) -> socket.socket:
        there = ("127.0.0.1", port) if address[1] == 443 else address
        return create(there, *arguments, **options)

    monkeypatch.setattr(socket, "create_connection", nobody)
    return port


def test_where_all_is_well_it_says_what_it_saw(aws: FakeAws, monkeypatch: pytest.MonkeyPatch) -> None:
    aws.session("00mine")
    knocked: list[str] = []
    monkeypatch.setattr(tls, "knock", knocked.append)
    found = look()

    assert list(found) == SUBJECTS
    assert {verdict for verdict, _ in found.values()} == {"ok"}, found
    assert found["certificates"][1].endswith("roots.pem")
    assert found["credentials"][1].endswith("user/people/alice")
    assert found["contract"][1] == "application 00app in eu-west-1 emr-7.13.0"
    assert knocked == [found["port 443"][1]]


def test_it_starts_and_ends_nothing(aws: FakeAws) -> None:
    aws.session("00mine", state="STARTING")
    found = look()

    assert found["port 443"] == ("-", "no session of yours is ready: 'sparkgate start', then look again")
    asked = {action for action, _ in aws.calls}
    assert not asked & {"emr-serverless:StartSession", "emr-serverless:TerminateSession"}


@pytest.mark.parametrize("version", [(3, 9, 18), (3, 13, 0)])
def test_another_python_than_3_10_to_3_12_is_wrong(version: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", version)

    assert look()["Python"] == (
        "WRONG",
        "Python {}.{}.{} is too old or too new for PySpark 3.5: take Python 3.10 or 3.11.".format(*version),
    )


def test_python_3_12_needs_setuptools(monkeypatch: pytest.MonkeyPatch) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr(sys, "version_info", (3, 12, 1))
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "distutils" else find(name))

    assert look()["Python"] == (
        "WRONG",
        'Python 3.12.1 lacks distutils: pip install "setuptools<81", or take Python 3.11.',
    )


def test_pyspark_4_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(versions, "installed_pyspark", lambda: "4.0.1")
    verdict, text = look()["PySpark"]

    assert verdict == "WRONG"
    assert text.startswith("PySpark 4.0.1 is installed, but the service runs Spark 3.5.6")
    assert text.endswith('Do: pip install "pyspark[connect]==3.5.6" "pandas<3" "pyarrow<26" "numpy<2"')


def test_another_patch_version_and_another_python_are_noted(aws: FakeAws) -> None:
    aws.publish(spark_version="3.5.7", python_version="3.9")

    with pytest.warns(UserWarning, match="the service runs Spark 3.5.7"):
        verdict, text = look()["PySpark"]
    assert (verdict, text) == (
        "ok",
        "3.5.6; the service runs 3.5.7, take the same; Python functions need Python 3.9 here",
    )


def test_libraries_that_are_too_new_are_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    version = metadata.Distribution.version
    newest = property(lambda d: "26.0.1" if d.name == "pyarrow" else version.__get__(d))
    monkeypatch.setattr(metadata.Distribution, "version", newest)

    assert look()["libraries"] == (
        "WRONG",
        'pyarrow 26.0.1 is too new for PySpark 3.5: pip install "pyarrow<26"',
    )


def test_a_missing_certificate_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(tls.ROOTS, "/nowhere/ca.pem")

    assert look()["certificates"] == (
        "WRONG",
        "GRPC_DEFAULT_SSL_ROOTS_FILE_PATH is '/nowhere/ca.pem', but there is no such file.",
    )


def test_expired_credentials_are_wrong_and_what_needs_them_is_too(aws: FakeAws) -> None:
    for action in ("sts:GetCallerIdentity", "ssm:GetParameters"):
        aws.faults[action] = Fault(
            403, "ExpiredToken", "The security token included in the request is expired"
        )
    found = look()

    expected = (
        "failed: The security token included in the request is expired. The AWS credentials have expired. Sign in"
        " again, for example with 'aws sso login', or name another profile (AWS_PROFILE)."
    )
    assert found["credentials"] == ("WRONG", f"GetCallerIdentity {expected}")
    assert found["contract"] == ("WRONG", f"GetParameters {expected}")
    assert found["permissions"][0] == found["port 443"][0] == "-"


def test_each_denied_action_is_named(aws: FakeAws) -> None:
    aws.session("00mine")
    aws.denied |= {"emr-serverless:GetApplication", "emr-serverless:GetSessionEndpoint"}
    verdict, text = look()["permissions"]

    assert verdict == "WRONG"
    assert "Developers/alice is not authorized to perform: emr-serverless:GetApplication" in text
    assert "not authorized to perform: emr-serverless:GetSessionEndpoint" in text
    assert "Ask who runs the platform" in text


def test_a_session_of_somebody_of_the_same_name_is_not_looked_at(
    aws: FakeAws, monkeypatch: pytest.MonkeyPatch
) -> None:
    aws.session("00mine")
    aws.session(
        "00other",
        createdBy="arn:aws:sts::111122223333:assumed-role/Other/alice",
        tags={"sparkgate:owner": "AROABOB:bob"},
    )
    monkeypatch.setattr(tls, "knock", lambda host: None)
    found = look()

    assert found["permissions"][0] == "ok", found["permissions"]
    assert found["port 443"][1].startswith("00mine.")


def test_a_role_that_may_not_be_assumed_is_named(aws: FakeAws) -> None:
    aws.denied |= {"sts:AssumeRole", "emr-serverless:ListJobRuns"}
    verdict, text = look()["permissions"]

    assert verdict == "WRONG"
    assert "not authorized to perform: sts:AssumeRole" in text


def test_a_blocked_port_is_wrong(aws: FakeAws, closed_port: int) -> None:
    aws.session("00mine")
    verdict, text = look()["port 443"]

    assert verdict == "WRONG"
    assert text.startswith("No connection to 00mine.s.emr-serverless-services.eu-west-1.amazonaws.com:443: ")
    assert text.endswith(
        "Is the port open from here, and the proxy right (grpc_proxy, https_proxy, no_proxy)?"
    )


@pytest.mark.parametrize(("ahead", "word"), [(600.0, "ahead"), (-600.0, "behind")])
def test_a_clock_that_is_wrong_is_named(aws: FakeAws, ahead: float, word: str) -> None:
    aws.clock_ahead = ahead
    verdict, text = look()["clock"]

    assert verdict == "WRONG"
    assert f"s {word}: set it right" in text


def test_an_environment_that_is_not_there_is_wrong(aws: FakeAws) -> None:
    verdict, text = look("prod")["contract"]

    assert (verdict, text.split(":")[0]) == ("WRONG", "There is no environment 'prod'")
