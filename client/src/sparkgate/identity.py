"""Who calls, the developer role under the caller's own name, and the owner of the sessions."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import boto3
import botocore.session
from botocore.credentials import (
    AssumeRoleCredentialFetcher,
    CredentialProvider,
    CredentialResolver,
    DeferredRefreshableCredentials,
)

from .aws import ask, client
from .contract import Contract
from .errors import BadArgument


@dataclass(frozen=True)
class Owner:
    """Whose sessions are.

    Attributes:
        tag: the key of the tag that says so; None where sessions are shared, and one's own are those
            that one has created.
        value: that tag's value.
        name: how ``createdBy`` of the owner's sessions ends.
    """

    tag: str | None
    value: str | None
    name: str

    def owns(self, told: Mapping[str, Any]) -> bool:
        """Whether it is the owner's, by the tags that the service tells of a session or a job run."""
        return self.tag is None or told.get("tags", {}).get(self.tag) == self.value


def sign_in(aws: Any, contract: Contract, owner: str | None) -> tuple[Any, Owner]:
    """Becomes a developer, and finds whose the sessions are.

    Args:
        aws: the caller's own boto3 session.
        contract: names the developer role, and what an owner is.
        owner: the owner itself, where it is not the caller's name or id; default SPARKGATE_OWNER.
            Variables do not tell what an owner is: there the default of that is the caller's id, and the
            role is assumed without a source identity.

    Returns:
        A boto3 session whose credentials renew themselves, and the owner.
    """
    given = owner or os.environ.get("SPARKGATE_OWNER")
    kind = _kind(contract, given)
    caller = ask(client(aws, "sts").get_caller_identity)
    name = _own_name(caller["Arn"])
    identity = (given or name) if kind == "source-identity" else None
    developer = _as_developer(aws, contract.developer_role_arn, caller["Arn"], name, identity)
    if developer is not aws:
        aws, caller = developer, ask(client(developer, "sts").get_caller_identity)
    return aws, _owner(contract, caller["UserId"], name, given)


def own(aws: Any, contract: Contract, owner: str | None) -> Owner:
    """Whose job runs are, that a caller submits as who it is, with no role of the contract.

    Args:
        aws: the caller's own boto3 session.
        contract: says what an owner is.
        owner: the owner itself, as of :func:`sign_in`. AWS does not tell a caller its source identity:
            where that counts and is another than the caller's name, it has to be given.
    """
    given = owner or os.environ.get("SPARKGATE_OWNER")
    caller = ask(client(aws, "sts").get_caller_identity)
    return _owner(contract, caller["UserId"], _own_name(caller["Arn"]), given)


def _kind(contract: Contract, given: str | None) -> str:
    return contract.owner or ("what is given" if given else "user-id")


def _owner(contract: Contract, user_id: str, name: str, given: str | None) -> Owner:
    kind = _kind(contract, given)
    if kind == "anyone":
        return Owner(None, None, name)
    value = {"user-id": user_id, "source-identity": given or name}.get(kind, given)
    if not value:
        raise BadArgument(
            f"Sessions here belong to whom {kind!r} of the caller names, which AWS does not tell:"
            " give it, as owner='…' or in SPARKGATE_OWNER."
        )
    return Owner(contract.owner_tag or "sparkgate:owner", value, name)


def become_developer(aws: Any, role: str | None) -> tuple[Any, str]:
    """Assumes a role, where there is one, under the caller's own name; returns that name too."""
    arn = ask(client(aws, "sts").get_caller_identity)["Arn"]
    name = _own_name(arn)
    return _as_developer(aws, role, arn, name, None), name


def _as_developer(aws: Any, role: str | None, caller: str, name: str, source_identity: str | None) -> Any:
    if role is None or _is_of(caller, role):
        return aws
    return _assumed(aws, role, name, source_identity)


def _own_name(arn: str) -> str:
    """The name that a caller already has: of the IAM user, or of the role session."""
    kind, _, path = arn.split(":", 5)[-1].partition("/")
    if kind not in ("user", "assumed-role"):
        raise BadArgument(
            f"The caller is {arn}, which has no name of its own; use an IAM user, or a role session"
            " as of single sign-on."
        )
    return path.rpartition("/")[2]


def _is_of(caller: str, role: str) -> bool:
    """Whether a caller is a session of the role; the ARN of a session has no path."""
    account, resource = role.split(":")[4], role.rpartition("/")[2]
    return f"::{account}:assumed-role/{resource}/" in caller


class _OneProvider(CredentialProvider):
    METHOD = "sparkgate-developer-role"

    def __init__(self, credentials: Any) -> None:
        super().__init__()
        self._credentials = credentials

    def load(self) -> Any:
        return self._credentials


def _assumed(aws: Any, role: str, name: str, source_identity: str | None) -> Any:
    """A session of the role; botocore assumes it again before its hour is over."""
    extra = {"RoleSessionName": name}
    if source_identity:
        extra["SourceIdentity"] = source_identity
    fetcher = AssumeRoleCredentialFetcher(aws.client, aws.get_credentials(), role, extra_args=extra)
    credentials = DeferredRefreshableCredentials(fetcher.fetch_credentials, "assume-role")
    core = botocore.session.get_session()
    core.register_component("credential_provider", CredentialResolver([_OneProvider(credentials)]))
    # For what else it says, as ca_bundle; "default" is also what boto3 calls none at all.
    profile = aws.profile_name if aws.profile_name in aws.available_profiles else None
    return ask(boto3.Session, botocore_session=core, region_name=aws.region_name, profile_name=profile)
