"""The doctor's looks at catalogs and job runs."""

from __future__ import annotations

import pytest

from fake_aws import FakeAws
from sparkgate import aws as calls
from sparkgate import tls
from sparkgate.doctor import Doctor


@pytest.fixture(autouse=True)
def no_roots(aws: FakeAws, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(tls.ROOTS, raising=False)


def look() -> dict[str, tuple[str, str]]:
    doctor = Doctor(calls.session, "dev", "/sparkgate", None)
    return {f.subject: (f.verdict, f.text) for f in doctor.findings()}


def test_it_tells_which_catalogs_there_are_and_that_runs_may_be_looked_at(aws: FakeAws) -> None:
    lake = {"spark.sql.catalog.lake": "x.Y", "spark.sql.defaultCatalog": "lake"}
    aws.application["runtimeConfiguration"] = [{"classification": "spark-defaults", "properties": lake}]
    found = look()

    assert found["catalogs"] == ("ok", "lake; without a name lake")
    assert found["job runs"] == (
        "ok",
        "to look, as who you are; whether you may submit one shows when you do",
    )
    assert aws.asked("emr-serverless:StartJobRun") == []


@pytest.mark.parametrize("denied", ["sts:AssumeRole", "emr-serverless:ListSessions"])
def test_a_submitter_without_sessions_hears_that_none_are_needed(aws: FakeAws, denied: str) -> None:
    aws.denied.add(denied)
    found = look()

    assert found["permissions"][0] == "-"
    assert found["permissions"][1].endswith(" To submit job runs, you need none of it.")
    assert found["catalogs"][0] == found["job runs"][0] == "ok"


def test_who_submits_none_is_told_so_and_is_not_wrong(aws: FakeAws) -> None:
    aws.denied |= {"emr-serverless:ListJobRuns", "emr-serverless:GetApplication"}
    found = look()

    assert found["job runs"] == (
        "-",
        "as who you are, you may submit none: ListJobRuns is denied; grantSubmit has it",
    )
    assert found["catalogs"] == (
        "-",
        "without an application of Spark that can be asked, they are not known",
    )
    assert found["permissions"][0] == "WRONG"


def test_an_application_of_hive_is_wrong(aws: FakeAws) -> None:
    aws.application["type"] = "HIVE"
    found = look()

    assert found["application"] == (
        "WRONG",
        "It is of type HIVE, which runs queries of HIVE: it takes no sessions, and no job runs of Spark. Name an"
        " environment whose application is of type Spark.",
    )
    assert found["catalogs"][0] == "-"
