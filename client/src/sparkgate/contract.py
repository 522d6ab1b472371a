"""What the platform says of itself: in SSM Parameter Store, or in variables of the environment."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .aws import ask, client, doubting
from .errors import BadArgument, SparkgateError

#: What there is below /sparkgate/<environment>/: ten names, as many as one GetParameters takes.
NAMES = [
    "application-id",
    "execution-role-arn",
    "region",
    "owner-tag",
    "owner",
    "developer-role-arn",
    "release-label",
    "spark-version",
    "python-version",
    "pyspark",
]


#: The same of a cluster: what clients ask for where there is no application-id.
CLUSTER_NAMES = [
    "cluster-id",
    "primary-instance-id",
    "endpoint",
    "authentication",
    "token-secret-arn",
    "session-document",
    "developer-role-arn",
    "spark-version",
    "python-version",
    "pyspark",
]


@dataclass(frozen=True)
class Contract:
    """Where sessions start, and as whose; None where the platform does not say.

    Attributes:
        environment: its name; its path in Parameter Store, where that is not below /sparkgate.
        owner: what an owner is: ``user-id``, ``source-identity``, ``principal-tag:KEY`` or ``anyone``.
            None from variables, where SPARKGATE_OWNER is the owner itself.
    """

    environment: str
    application_id: str
    execution_role_arn: str
    region: str
    owner_tag: str | None = None
    owner: str | None = None
    developer_role_arn: str | None = None
    release_label: str | None = None
    spark_version: str | None = None
    python_version: str | None = None
    pyspark: str | None = None


@dataclass(frozen=True)
class ClusterContract:
    """Where a cluster's Spark Connect server is, and by which ways; None where there is no such way.

    Attributes:
        environment: as of a Contract.
        endpoint: host and port.
        authentication: of the endpoint, ``mutual-tls`` or ``token``.
        token_secret_arn: of the secret in Secrets Manager with the token.
        session_document: by which Session Manager forwards a port to the server.
    """

    environment: str
    cluster_id: str
    region: str
    primary_instance_id: str | None = None
    endpoint: str | None = None
    authentication: str | None = None
    token_secret_arn: str | None = None
    session_document: str | None = None
    developer_role_arn: str | None = None
    spark_version: str | None = None
    python_version: str | None = None
    pyspark: str | None = None


def read(aws: Any, environment: str | None, prefix: str) -> Contract | ClusterContract:
    """Reads the contract of an environment, whose name may also be a whole path in Parameter Store.

    Variables come first, unless SPARKGATE_ENVIRONMENT among them names another than is asked for:
    SPARKGATE_APPLICATION_ID and its like, of each of NAMES but the owner, or SPARKGATE_CLUSTER_ID and its
    like, of each of CLUSTER_NAMES; the Region is AWS_REGION.
    """
    named = os.environ.get("SPARKGATE_ENVIRONMENT")
    if not environment or named in (None, "", environment):
        if os.environ.get("SPARKGATE_APPLICATION_ID"):
            return _of_variables(os.environ)
        if os.environ.get("SPARKGATE_CLUSTER_ID"):
            return _cluster_of_variables(os.environ)
    return _of_ssm(aws, _named(environment), prefix)


def read_sessions(aws: Any, environment: str | None, prefix: str) -> Contract:
    """The same, where only sessions will do."""
    told = read(aws, environment, prefix)
    if isinstance(told, ClusterContract):
        raise BadArgument(
            f"{told.environment or 'The environment'} is the cluster {told.cluster_id}, which has no sessions"
            " to list, start or stop: its server serves all, and each client ends with its own program. Use"
            " sparkgate.connect or 'sparkgate run -- COMMAND'."
        )
    return told


def read_jobs(aws: Any, environment: str | None, prefix: str) -> Contract:
    """The same, where only an application will do, that runs jobs."""
    told = read(aws, environment, prefix)
    if isinstance(told, ClusterContract):
        raise BadArgument(
            f"{told.environment or 'The environment'} is the cluster {told.cluster_id}, to which nothing is"
            " submitted: connect to its server instead (sparkgate.connect, 'sparkgate run -- COMMAND'), or"
            " name an environment of EMR Serverless."
        )
    return told


def read_beside(aws: Any, environment: str | None, prefix: str, name: str, absent: str) -> str:
    """One parameter that stands beside the contract, and is not part of it.

    Args:
        aws: the caller's own boto3 session.
        environment: as of the contract.
        prefix: likewise.
        name: of the parameter.
        absent: what to do where there is none, in a sentence.
    """
    path = f"{_path(_named(environment), prefix)}/{name}"
    ssm = client(aws, "ssm")
    try:
        answer = ask(ssm.get_parameter, Name=path)
    except SparkgateError as error:
        if error.code != "ParameterNotFound":
            raise
        raise BadArgument(f"SSM Parameter Store in {ssm.meta.region_name} has no {path}. {absent}") from None
    return str(answer["Parameter"]["Value"])


def _named(environment: str | None) -> str:
    environment = environment or os.environ.get("SPARKGATE_ENVIRONMENT")
    if not environment:
        raise BadArgument(
            "No environment is named: say which, as in sparkgate.connect('dev') or"
            " 'sparkgate list --env dev', or set SPARKGATE_ENVIRONMENT."
        )
    return environment


def _path(environment: str, prefix: str) -> str:
    below = environment if environment.startswith("/") else f"/{prefix.strip('/')}/{environment}"
    if not re.fullmatch(r"(/[A-Za-z0-9_.-]+){1,14}", below):
        raise BadArgument(
            f"environment is {environment!r} (prefix {prefix!r}), but takes letters, digits and . _ - as in"
            " 'dev', or a whole path in Parameter Store as in '/sparkgate/dev'."
        )
    return below


def _of_variables(variables: Mapping[str, str]) -> Contract:
    values = _variables(NAMES, variables) | {"owner": None, "region": _region(variables)}
    for name, value in values.items():
        if not value and name in ("execution-role-arn", "region"):
            variable = "AWS_REGION" if name == "region" else "SPARKGATE_EXECUTION_ROLE_ARN"
            raise BadArgument(f"SPARKGATE_APPLICATION_ID is set, but {variable} is not; set both.")
    return _contract(variables.get("SPARKGATE_ENVIRONMENT") or "", values)


def _cluster_of_variables(variables: Mapping[str, str]) -> ClusterContract:
    region = _region(variables)
    if not region:
        raise BadArgument("SPARKGATE_CLUSTER_ID is set, but AWS_REGION is not; set both.")
    values = _variables(CLUSTER_NAMES, variables)
    return _cluster(variables.get("SPARKGATE_ENVIRONMENT") or "", region, values)


def _region(variables: Mapping[str, str]) -> str | None:
    return variables.get("AWS_REGION") or variables.get("AWS_DEFAULT_REGION")


def _variables(names: Iterable[str], variables: Mapping[str, str]) -> dict[str, str | None]:
    values = {n: variables.get("SPARKGATE_" + n.upper().replace("-", "_")) for n in names}
    role = values["developer-role-arn"]
    if role and not re.fullmatch(r"arn:[a-z-]+:iam::\d{12}:role/.+", role):
        raise BadArgument(
            f"SPARKGATE_DEVELOPER_ROLE_ARN is {role!r}, but takes the ARN of a role, as in"
            " 'arn:aws:iam::111122223333:role/Developers'; correct it, or leave it out to assume none."
        )
    return values


def _of_ssm(aws: Any, environment: str, prefix: str) -> Contract | ClusterContract:
    below = _path(environment, prefix)
    environment = below.removeprefix("/sparkgate/")
    below += "/"
    ssm = client(aws, "ssm")
    # IAM denies what is not there as it denies what is.
    doubt = f"Correct the name, if no environment is called {environment!r}."

    def parameters(names: Iterable[str]) -> dict[str, str]:
        with doubting(doubt):
            answer = ask(ssm.get_parameters, Names=[below + name for name in names])
        return {p["Name"].removeprefix(below): p["Value"] for p in answer["Parameters"]}

    found = parameters(NAMES)
    if "application-id" not in found:
        of_cluster = parameters(CLUSTER_NAMES)
        if "cluster-id" in of_cluster:
            return _cluster(environment, ssm.meta.region_name, of_cluster)
    missing = [name for name in ("application-id", "execution-role-arn") if name not in found]
    if missing:
        no_cluster = f", and no {below}cluster-id either" if missing[0] == "application-id" else ""
        raise BadArgument(
            f"There is no environment {environment!r}: SSM Parameter Store in"
            f" {ssm.meta.region_name} has no {below}{missing[0]}{no_cluster}. Correct the name, Region,"
            f" account or prefix ({prefix!r}), or let the platform write its connection contract."
        )
    return _contract(environment, {"region": ssm.meta.region_name, "owner": "anyone", **found})


def _contract(environment: str, values: Mapping[str, Any]) -> Contract:
    known = {name.replace("-", "_"): values.get(name) or None for name in NAMES}
    return Contract(environment, **known)  # type: ignore[arg-type]


def _cluster(environment: str, region: str, values: Mapping[str, Any]) -> ClusterContract:
    known = {name.replace("-", "_"): values.get(name) or None for name in CLUSTER_NAMES}
    return ClusterContract(environment, region=region, **known)  # type: ignore[arg-type]
