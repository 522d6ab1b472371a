"""What the platform says of itself: in SSM Parameter Store, or in variables of the environment."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .aws import ask, client
from .errors import BadArgument

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


def read(aws: Any, environment: str | None, prefix: str) -> Contract:
    """Reads the contract of an environment, whose name may also be a whole path in Parameter Store.

    Variables come first, unless SPARKGATE_ENVIRONMENT among them names another than is asked for:
    SPARKGATE_APPLICATION_ID and its like, of each of NAMES but the owner; the Region is AWS_REGION.
    """
    named = os.environ.get("SPARKGATE_ENVIRONMENT")
    if os.environ.get("SPARKGATE_APPLICATION_ID") and (not environment or named in (None, "", environment)):
        return _of_variables(os.environ)
    environment = environment or named
    if not environment:
        raise BadArgument(
            "No environment is named: say which, as in sparkgate.connect('dev') or"
            " 'sparkgate list --env dev', or set SPARKGATE_ENVIRONMENT."
        )
    return _of_ssm(aws, environment, prefix)


def _of_variables(variables: Mapping[str, str]) -> Contract:
    values = {n: variables.get("SPARKGATE_" + n.upper().replace("-", "_")) for n in NAMES}
    values |= {"owner": None, "region": variables.get("AWS_REGION") or variables.get("AWS_DEFAULT_REGION")}
    for name, value in values.items():
        if not value and name in ("execution-role-arn", "region"):
            variable = "AWS_REGION" if name == "region" else "SPARKGATE_EXECUTION_ROLE_ARN"
            raise BadArgument(f"SPARKGATE_APPLICATION_ID is set, but {variable} is not; set both.")
    role = values["developer-role-arn"]
    if role and not re.fullmatch(r"arn:[a-z-]+:iam::\d{12}:role/.+", role):
        raise BadArgument(
            f"SPARKGATE_DEVELOPER_ROLE_ARN is {role!r}, but takes the ARN of a role, as in"
            " 'arn:aws:iam::111122223333:role/Developers'; correct it, or leave it out to assume none."
        )
    return _contract(variables.get("SPARKGATE_ENVIRONMENT") or "", values)


def _of_ssm(aws: Any, environment: str, prefix: str) -> Contract:
    below = environment if environment.startswith("/") else f"/{prefix.strip('/')}/{environment}"
    if not re.fullmatch(r"(/[A-Za-z0-9_.-]+){1,14}", below):
        raise BadArgument(
            f"environment is {environment!r} (prefix {prefix!r}), but takes letters, digits and . _ - as in"
            " 'dev', or a whole path in Parameter Store as in '/sparkgate/dev'."
        )
    environment = below.removeprefix("/sparkgate/")
    below += "/"
    ssm = client(aws, "ssm")
    answer = ask(ssm.get_parameters, Names=[below + name for name in NAMES])
    found = {p["Name"].removeprefix(below): p["Value"] for p in answer["Parameters"]}
    for name in ("application-id", "execution-role-arn"):
        if name not in found:
            raise BadArgument(
                f"There is no environment {environment!r}: SSM Parameter Store in"
                f" {ssm.meta.region_name} has no {below}{name}. Correct the name, Region, account or"
                f" prefix ({prefix!r}), or let the platform write its connection contract."
            )
    return _contract(environment, {"region": ssm.meta.region_name, "owner": "anyone", **found})


def _contract(environment: str, values: Mapping[str, Any]) -> Contract:
    known = {name.replace("-", "_"): values.get(name) or None for name in NAMES}
    return Contract(environment, **known)  # type: ignore[arg-type]
