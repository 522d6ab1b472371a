from __future__ import annotations

from pathlib import Path

import pytest

from fake_aws import ACCOUNT, ALICE, ALICE_AS_DEVELOPER, APPLICATION, EXECUTION_ROLE, ROLE, FakeAws
from sparkgate import BadArgument, NotPermitted, NotSignedIn, contract
from sparkgate import aws as calls
from sparkgate.identity import Owner, sign_in
from sparkgate.sessions import Sessions


def owner(given: str | None = None) -> Owner:
    caller = calls.session()
    return sign_in(caller, contract.read_sessions(caller, "dev", "/sparkgate"), given)[1]


def test_a_user_assumes_the_developer_role_under_the_own_name(aws: FakeAws) -> None:
    assert owner() == Owner("sparkgate:owner", "AROADEV:alice", "alice")

    [call] = aws.asked("sts:AssumeRole")
    assert (call["RoleArn"], call["RoleSessionName"]) == (ROLE, "alice")
    assert "SourceIdentity" not in call


def test_a_role_session_keeps_its_name(aws: FakeAws) -> None:
    aws.caller = (f"arn:aws:sts::{ACCOUNT}:assumed-role/AWSReservedSSO_Data_0/alice@example.com", "AROA:x")

    assert owner().name == "alice@example.com"
    assert aws.asked("sts:AssumeRole")[0]["RoleSessionName"] == "alice@example.com"


def test_who_is_a_developer_already_assumes_nothing(aws: FakeAws) -> None:
    aws.caller = (ALICE_AS_DEVELOPER, "AROADEV:alice")

    assert owner() == Owner("sparkgate:owner", "AROADEV:alice", "alice")
    assert aws.asked("sts:AssumeRole") == []


def test_a_role_of_the_same_name_in_another_account_is_another(aws: FakeAws) -> None:
    aws.caller = (ALICE_AS_DEVELOPER.replace(ACCOUNT, "999999999999"), "AROA:alice")
    owner()

    assert aws.asked("sts:AssumeRole")


def test_a_source_identity_is_set_and_is_the_owner(aws: FakeAws) -> None:
    aws.publish(owner="source-identity")

    assert owner().value == "alice"
    assert aws.asked("sts:AssumeRole")[0]["SourceIdentity"] == "alice"


def test_a_principal_tag_has_to_be_given(aws: FakeAws) -> None:
    aws.publish(owner="principal-tag:mail")

    with pytest.raises(
        BadArgument, match=r"belong to whom 'principal-tag:mail' of the caller names.*owner='…'"
    ):
        owner()
    assert owner("alice@example.com").value == "alice@example.com"


def test_shared_sessions_have_no_owner(aws: FakeAws) -> None:
    aws.publish(owner=None, owner_tag=None, developer_role_arn=None)

    assert owner() == Owner(None, None, "alice")


@pytest.fixture
def variables(aws: FakeAws, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPARKGATE_ENVIRONMENT", "dev")
    monkeypatch.setenv("SPARKGATE_APPLICATION_ID", APPLICATION)
    monkeypatch.setenv("SPARKGATE_EXECUTION_ROLE_ARN", EXECUTION_ROLE)


@pytest.mark.usefixtures("variables")
def test_variables_without_an_owner_make_nobody_elses_sessions_the_callers(aws: FakeAws) -> None:
    aws.caller = (f"arn:aws:sts::{ACCOUNT}:assumed-role/Operators/oscar", "AROAOPS:oscar")
    aws.session("00alice")
    aws.session("00nobody", tags={})

    assert owner() == Owner("sparkgate:owner", "AROAOPS:oscar", "oscar")
    caller = calls.session()
    assert list(Sessions.of(caller, contract.read_sessions(caller, "dev", "/sparkgate")).mine()) == []


@pytest.mark.usefixtures("variables")
def test_the_variable_of_the_owner_is_the_owner(aws: FakeAws, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPARKGATE_OWNER", "alice@example.com")
    monkeypatch.setenv("SPARKGATE_OWNER_TAG", "team:owner")

    assert owner() == Owner("team:owner", "alice@example.com", "alice")


@pytest.mark.usefixtures("variables")
def test_a_role_among_the_variables_is_assumed(aws: FakeAws, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPARKGATE_DEVELOPER_ROLE_ARN", ROLE)

    assert owner() == Owner("sparkgate:owner", "AROADEV:alice", "alice")
    assert aws.asked("sts:AssumeRole")[0]["RoleArn"] == ROLE


def test_the_root_user_has_no_name(aws: FakeAws) -> None:
    aws.caller = (f"arn:aws:iam::{ACCOUNT}:root", ACCOUNT)

    with pytest.raises(BadArgument, match=r":root, which has no name of its own; use an IAM user"):
        owner()


def test_a_role_that_does_not_trust_the_caller_is_named(aws: FakeAws) -> None:
    aws.denied.add("sts:AssumeRole")

    with pytest.raises(NotPermitted) as error:
        owner()

    assert str(error.value) == (
        f"AssumeRole failed: User: {ALICE} is not authorized to perform: sts:AssumeRole on resource: {ROLE}. Ask who"
        " runs the platform for it; grantDevelop has a developer's, the output ConnectPolicy yours."
    )


def test_no_credentials_say_how_to_sign_in(aws: FakeAws, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")

    with pytest.raises(
        NotSignedIn, match=r"Unable to locate credentials\. Sign in again, for example with 'aws sso"
    ):
        owner()


def test_a_profile_that_is_not_there_is_named(aws: FakeAws) -> None:
    with pytest.raises(
        BadArgument, match=r"config profile \(nobody\) could not be found\. Name one that there is\."
    ):
        calls.session("nobody")


def test_the_profile_holds_for_the_developer_role_too(
    aws: FakeAws, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What a profile says of certificates, endpoints and retries; AWS_PROFILE is another, which is not there."""
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    (tmp_path / "config").write_text(
        f"[profile work]\naws_access_key_id=AKIA\naws_secret_access_key=s\nendpoint_url={aws.url}\n"
    )
    for service in ("EMR_SERVERLESS", "STS", "SSM"):
        monkeypatch.delenv(f"AWS_ENDPOINT_URL_{service}")
    monkeypatch.setenv("AWS_PROFILE", "nobody")
    caller = calls.session("work")
    aws.session("00mine")
    sessions = Sessions.of(caller, contract.read_sessions(caller, "dev", "/sparkgate"))

    assert [session["sessionId"] for session in sessions.mine()] == ["00mine"]


def test_no_region_is_said(aws: FakeAws, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_REGION")

    with pytest.raises(BadArgument, match=r"You must specify a region\. Set AWS_REGION"):
        owner()
