from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import boto3
import pytest

import sparkgate
from fake_aws import EXECUTION_ROLE, ROLE, FakeAws
from sparkgate import BadArgument, JobRun, NotPermitted, SparkgateError

pytestmark = pytest.mark.usefixtures("one_client_each")

ENTRY = "s3://code/jobs/etl.py"


def submit(entry_point: str = ENTRY, **wish: Any) -> JobRun:
    return sparkgate.submit("dev", entry_point, progress=False, **wish)


def test_a_run_is_the_callers_own_with_the_platforms_execution_role(aws: FakeAws) -> None:
    run = submit(
        arguments=["s3://in", "--date=1"], name="etl", attempts=2, timeout=30, client_token="nightly-7"
    )

    [call] = aws.asked("emr-serverless:StartJobRun")
    assert call == {
        "clientToken": "nightly-7",
        "executionRoleArn": EXECUTION_ROLE,
        "tags": {"sparkgate:owner": "AIDAALICE"},
        "name": "etl",
        "mode": "BATCH",
        "retryPolicy": {"maxAttempts": 2},
        "executionTimeoutMinutes": 30,
        "jobDriver": {"sparkSubmit": {"entryPoint": ENTRY, "entryPointArguments": ["s3://in", "--date=1"]}},
    }
    assert (run.id, repr(run)) == ("00job0", "<JobRun 00job0 on 00app (dev)>")
    assert aws.asked("sts:AssumeRole") == []


@pytest.mark.parametrize(
    ("kind", "given", "tags"),
    [
        ("user-id", None, {"sparkgate:owner": "AIDAALICE"}),
        ("source-identity", None, {"sparkgate:owner": "alice"}),
        ("source-identity", "alice@example.com", {"sparkgate:owner": "alice@example.com"}),
        ("principal-tag:mail", "alice@example.com", {"sparkgate:owner": "alice@example.com"}),
        ("anyone", None, None),
    ],
)
def test_the_owner_is_who_the_contract_says(aws: FakeAws, kind: str, given: str | None, tags: Any) -> None:
    aws.publish(owner=kind)
    submit(owner=given)

    assert aws.asked("emr-serverless:StartJobRun")[0].get("tags") == tags


def test_two_calls_have_two_client_tokens(aws: FakeAws) -> None:
    submit()
    submit()

    assert len({call["clientToken"] for call in aws.asked("emr-serverless:StartJobRun")}) == 2


def test_the_applications_files_are_asked_for(aws: FakeAws) -> None:
    aws.application["runtimeConfiguration"] = [
        {"classification": "spark-defaults", "properties": {"spark.jars": "/iceberg.jar"}}
    ]
    submit(jars=["s3://code/x.jar"])

    [call] = aws.asked("emr-serverless:StartJobRun")
    assert call["jobDriver"]["sparkSubmit"]["sparkSubmitParameters"] == "--jars /iceberg.jar,s3://code/x.jar"


def test_files_of_this_machine_are_put_below_the_hash_of_their_content(aws: FakeAws, tmp_path: Path) -> None:
    for name in ("job.py", "lib.zip"):
        (tmp_path / name).write_text(name)
    submit(str(tmp_path / "job.py"), py_files=[str(tmp_path / "lib.zip")], upload="s3://code/jobs/")

    at = {
        name: f"s3://code/jobs/{hashlib.sha256(name.encode()).hexdigest()[:16]}/{name}"
        for name in ("job.py", "lib.zip")
    }
    assert aws.objects == {url: name for name, url in at.items()}
    [call] = aws.asked("emr-serverless:StartJobRun")
    assert call["jobDriver"]["sparkSubmit"] == {
        "entryPoint": at["job.py"],
        "sparkSubmitParameters": f"--py-files {at['lib.zip']}",
    }


def test_an_upload_that_is_denied_says_what_to_ask_for(aws: FakeAws, tmp_path: Path) -> None:
    (tmp_path / "job.py").touch()
    aws.denied.add("s3:PutObject")

    with pytest.raises(NotPermitted) as error:
        submit(str(tmp_path / "job.py"), upload="s3://code/jobs/")
    assert str(error.value).endswith(
        f"is not authorized to perform: s3:PutObject on resource: {ROLE}. Ask who owns the bucket for s3:PutObject below"
        " that prefix, to you; the execution role needs s3:GetObject there."
    )
    assert aws.asked("emr-serverless:StartJobRun") == []


def test_who_may_not_submit_hears_what_to_ask_for(aws: FakeAws) -> None:
    aws.denied.add("emr-serverless:StartJobRun")

    with pytest.raises(NotPermitted) as error:
        submit()
    assert str(error.value) == (
        "StartJobRun failed: User: arn:aws:iam::111122223333:user/people/alice is not authorized to perform:"
        f" emr-serverless:StartJobRun on resource: {ROLE}. Ask who runs the platform for it: grantSubmit has it, and"
        " whoever assumes the role of the output SubmitterRoleArn (AWS_PROFILE) has that; to assume it, you"
        " need the output SubmitPolicy. It reaches runs of one's own only ('sparkgate jobs')."
    )


@pytest.mark.parametrize("denied", ["ssm:GetParameters", "sts:GetCallerIdentity"])
def test_what_else_is_denied_then_is_a_submitters_to_ask_for(aws: FakeAws, denied: str) -> None:
    aws.denied.add(denied)

    with pytest.raises(NotPermitted, match=r"grantSubmit has it, .* the output SubmitPolicy") as error:
        submit()
    assert "grantDevelop" not in str(error.value)
    with pytest.raises(NotPermitted, match="grantDevelop"):
        sparkgate.connect("dev", progress=False)


def test_who_may_not_look_at_the_application_hears_it_of_submitters(aws: FakeAws) -> None:
    aws.denied.add("emr-serverless:GetApplication")

    with pytest.raises(NotPermitted, match=r"^GetApplication failed: .*grantSubmit has it"):
        submit()


@pytest.mark.parametrize(
    ("application", "message"),
    [
        (
            {"type": "Hive"},
            "is of type Hive, which runs queries of Hive and no Spark; submit to an environment whose application is of"
            " type Spark.",
        ),
        ({"state": "TERMINATED"}, "is TERMINATED and takes nothing any more; deploy the platform anew."),
        (
            {"state": "STOPPED", "autoStartConfiguration": {"enabled": False}},
            "is STOPPED, and a job does not start it, for its auto-start is off: ask who runs the platform to start it"
            " (StartApplication), and submit again.",
        ),
    ],
)
def test_an_application_that_takes_no_run_is_named_before_anything_is_uploaded(
    aws: FakeAws, tmp_path: Path, application: dict[str, Any], message: str
) -> None:
    (tmp_path / "job.py").touch()
    aws.application |= application

    with pytest.raises(SparkgateError) as error:
        submit(str(tmp_path / "job.py"), upload="s3://code/")
    assert str(error.value) == f"The application of dev (00app) {message}"
    assert aws.objects == {}


def test_an_application_that_a_run_starts_is_left_to_it(aws: FakeAws) -> None:
    aws.application |= {"type": "SPARK", "state": "STOPPED", "autoStartConfiguration": {"enabled": True}}

    assert submit().id == "00job0"


def test_an_environment_that_is_not_there_is_named(aws: FakeAws) -> None:
    with pytest.raises(
        BadArgument, match=r"^There is no environment 'prod': SSM Parameter Store in eu-west-1"
    ):
        sparkgate.submit("prod", ENTRY)


def test_nothing_is_submitted_to_a_cluster(aws: FakeAws) -> None:
    aws.publish_cluster()

    with pytest.raises(BadArgument) as error:
        sparkgate.submit("dev-cluster", ENTRY)
    assert str(error.value) == (
        "dev-cluster is the cluster j-1CLUSTER, to which nothing is submitted: connect to its server instead"
        " (sparkgate.connect, 'sparkgate run -- COMMAND'), or name an environment of EMR Serverless."
    )


def test_a_wrong_argument_costs_nothing(aws: FakeAws) -> None:
    with pytest.raises(BadArgument, match="attempts"):
        submit(attempts=99)
    with pytest.raises(BadArgument, match=r"^Give profile or boto3_session, not both\.$"):
        submit(profile="p", boto3_session=boto3.Session())
    assert aws.calls == []
