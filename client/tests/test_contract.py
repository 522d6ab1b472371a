from __future__ import annotations

import pytest

from fake_aws import APPLICATION, CLUSTER, EXECUTION_ROLE, ROLE, FakeAws
from sparkgate import BadArgument, NotPermitted, contract
from sparkgate import aws as calls


def read(environment: str | None = "dev", prefix: str = "/sparkgate") -> contract.Contract:
    return contract.read_sessions(calls.session(), environment, prefix)


def test_one_call_reads_the_contract_by_its_exact_names(aws: FakeAws) -> None:
    found = read()

    assert found == contract.Contract(
        "dev", APPLICATION, EXECUTION_ROLE, "eu-west-1", "sparkgate:owner", "user-id", ROLE,
        "emr-7.13.0", "3.5.6",
    )  # fmt: skip
    [call] = aws.asked("ssm:GetParameters")
    assert call["Names"] == [f"/sparkgate/dev/{name}" for name in contract.NAMES]
    assert len(call["Names"]) <= 10


def test_another_prefix_is_taken_however_its_slashes_are(aws: FakeAws) -> None:
    aws.parameters = {n.replace("/sparkgate", "/a/b"): v for n, v in aws.parameters.items()}

    for found in (read(prefix="a/b/"), read("/a/b/dev")):
        assert (found.application_id, found.environment) == (APPLICATION, "/a/b/dev")


def test_an_environment_is_called_as_short_as_it_can_be_read_again(aws: FakeAws) -> None:
    assert read("/sparkgate/dev").environment == read("dev", prefix="sparkgate").environment == "dev"


def test_an_environment_that_is_not_there_is_named_with_where_it_was_looked_for(aws: FakeAws) -> None:
    with pytest.raises(BadArgument) as error:
        read("prod")

    assert str(error.value) == (
        "There is no environment 'prod': SSM Parameter Store in eu-west-1 has no"
        " /sparkgate/prod/application-id, and no /sparkgate/prod/cluster-id either. Correct the name, Region, account or prefix ('/sparkgate'), or let"
        " the platform write its connection contract."
    )


def test_no_environment_at_all_is_asked_for(aws: FakeAws) -> None:
    with pytest.raises(BadArgument, match=r"No environment is named: say which, as in sparkgate.connect"):
        read(None)


def test_a_name_that_ssm_would_refuse_is_refused_before_the_call(aws: FakeAws) -> None:
    with pytest.raises(
        BadArgument, match=r"environment is 'dev x' \(prefix '/sparkgate'\), but takes letters"
    ):
        read("dev x")
    assert aws.calls == []


def test_who_may_not_read_the_contract_hears_which_action_and_who(aws: FakeAws) -> None:
    aws.denied.add("ssm:GetParameters")

    with pytest.raises(NotPermitted) as error:
        read()
    assert "user/people/alice is not authorized to perform: ssm:GetParameters" in str(error.value)
    # For IAM denies a name that is mistyped just so.
    assert str(error.value).endswith(
        "Correct the name, if no environment is called 'dev'. Ask who runs the platform for it; grantDevelop has a"
        " developer's, the output ConnectPolicy yours."
    )


@pytest.fixture
def variables(aws: FakeAws, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "SPARKGATE_ENVIRONMENT": "dev",
        "SPARKGATE_APPLICATION_ID": "00here",
        "SPARKGATE_EXECUTION_ROLE_ARN": EXECUTION_ROLE,
        "SPARKGATE_OWNER": "AROADEV:alice",
        "SPARKGATE_PYTHON_VERSION": "3.11",
    }.items():
        monkeypatch.setenv(name, value)


@pytest.mark.usefixtures("variables")
def test_variables_come_before_ssm(aws: FakeAws) -> None:
    for environment in (None, "dev"):
        assert read(environment) == contract.Contract(
            "dev", "00here", EXECUTION_ROLE, "eu-west-1", python_version="3.11"
        )
    assert aws.calls == []


@pytest.mark.usefixtures("variables")
def test_variables_without_the_environments_name_are_of_any(
    aws: FakeAws, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPARKGATE_ENVIRONMENT", "")
    assert read("prod").application_id == "00here"
    monkeypatch.delenv("SPARKGATE_ENVIRONMENT")
    assert read("prod").application_id == "00here"


@pytest.mark.usefixtures("variables")
def test_all_but_the_kind_of_owner_may_come_from_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in contract.NAMES:
        monkeypatch.setenv(f"SPARKGATE_{name.upper().replace('-', '_')}", f"the {name}")
    monkeypatch.setenv("SPARKGATE_DEVELOPER_ROLE_ARN", ROLE)
    monkeypatch.setenv("SPARKGATE_ENVIRONMENT", "blue")

    assert read(None) == contract.Contract(
        "blue",
        "the application-id",
        "the execution-role-arn",
        "eu-west-1",
        "the owner-tag",
        None,
        ROLE,
        "the release-label",
        "the spark-version",
        "the python-version",
        "the pyspark",
    )


@pytest.mark.usefixtures("variables")
def test_variables_of_another_environment_are_not_taken(aws: FakeAws) -> None:
    aws.parameters = {n.replace("/dev/", "/prod/"): v for n, v in aws.parameters.items()}

    assert read("prod").application_id == APPLICATION


@pytest.mark.usefixtures("variables")
def test_variables_that_lack_one_name_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SPARKGATE_EXECUTION_ROLE_ARN")

    with pytest.raises(BadArgument, match=r"is set, but SPARKGATE_EXECUTION_ROLE_ARN is not; set both\."):
        read()


@pytest.mark.usefixtures("variables")
@pytest.mark.parametrize("role", ["Developers", "arn:aws:sts::111122223333:assumed-role/Developers/alice"])
def test_a_variable_that_is_no_role_is_refused(role: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPARKGATE_DEVELOPER_ROLE_ARN", role)

    with pytest.raises(BadArgument) as error:
        read()
    assert str(error.value) == (
        f"SPARKGATE_DEVELOPER_ROLE_ARN is {role!r}, but takes the ARN of a role, as in"
        " 'arn:aws:iam::111122223333:role/Developers'; correct it, or leave it out to assume none."
    )


def test_a_cluster_is_looked_for_where_there_is_no_application(aws: FakeAws) -> None:
    aws.publish_cluster(
        endpoint="spark.example.com:443", authentication="token", token_secret_arn="arn:secret"
    )

    assert contract.read(calls.session(), "dev-cluster", "/sparkgate") == contract.ClusterContract(
        "dev-cluster", CLUSTER, "eu-west-1", "i-0primary", "spark.example.com:443", "token", "arn:secret",
        "SparkConnect-dev", None, "3.5.6",
    )  # fmt: skip
    first, second = aws.asked("ssm:GetParameters")
    assert first["Names"] == [f"/sparkgate/dev-cluster/{name}" for name in contract.NAMES]
    assert second["Names"] == [f"/sparkgate/dev-cluster/{name}" for name in contract.CLUSTER_NAMES]
    assert len(second["Names"]) == 10


def test_who_wants_sessions_is_told_that_a_cluster_has_none(aws: FakeAws) -> None:
    aws.publish_cluster()

    with pytest.raises(BadArgument) as error:
        read("dev-cluster")
    assert str(error.value) == (
        "dev-cluster is the cluster j-1CLUSTER, which has no sessions to list, start or stop: its server serves all,"
        " and each client ends with its own program. Use sparkgate.connect or 'sparkgate run -- COMMAND'."
    )


def test_a_cluster_may_come_from_variables(aws: FakeAws, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in contract.CLUSTER_NAMES:
        monkeypatch.setenv(f"SPARKGATE_{name.upper().replace('-', '_')}", f"the {name}")
    monkeypatch.setenv("SPARKGATE_DEVELOPER_ROLE_ARN", ROLE)

    assert contract.read(calls.session(), "blue", "/sparkgate") == contract.ClusterContract(
        "", "the cluster-id", "eu-west-1", "the primary-instance-id", "the endpoint", "the authentication",
        "the token-secret-arn", "the session-document", ROLE, "the spark-version", "the python-version", "the pyspark",
    )  # fmt: skip
    assert aws.calls == []
    monkeypatch.setenv("SPARKGATE_ENVIRONMENT", "green")
    assert read("dev").application_id == APPLICATION


def test_a_cluster_of_variables_needs_its_region(monkeypatch: pytest.MonkeyPatch, aws: FakeAws) -> None:
    monkeypatch.setenv("SPARKGATE_CLUSTER_ID", CLUSTER)
    monkeypatch.delenv("AWS_REGION")

    with pytest.raises(
        BadArgument, match=r"^SPARKGATE_CLUSTER_ID is set, but AWS_REGION is not; set both\.$"
    ):
        contract.read(None, None, "/sparkgate")
