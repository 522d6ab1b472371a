"""Calls to AWS, whose failures are told in this package's errors."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import boto3
from botocore import exceptions
from botocore.config import Config

from .errors import (
    BadArgument,
    NoCapacity,
    NotPermitted,
    NotSignedIn,
    NotTrusted,
    SparkgateError,
    Unreachable,
)

#: botocore's own would wait for minutes where a port is blocked.
_CONFIG = Config(connect_timeout=10, read_timeout=30, retries={"mode": "standard"})

_SIGN_IN = "Sign in again, for example with 'aws sso login', or name another profile (AWS_PROFILE)."

_SANDBOX = "Start the sandbox (./sandbox/run), and source its file again, for its ports may be others."

_DEVELOP = "Ask who runs the platform for it; grantDevelop has a developer's, the output ConnectPolicy yours."

#: What to do, by AWS's code, of which the key is a part.
_ANSWERS: dict[str, tuple[type[SparkgateError], str]] = {
    "Expired": (NotSignedIn, f"The AWS credentials have expired. {_SIGN_IN}"),
    "InvalidClientTokenId": (NotSignedIn, _SIGN_IN),
    "UnrecognizedClient": (NotSignedIn, _SIGN_IN),
    "Signature": (NotSignedIn, "Set this machine's clock right, or correct the secret key."),
    "RequestTimeTooSkewed": (NotSignedIn, "Set this machine's clock right."),
    "AccessDenied": (NotPermitted, _DEVELOP),
    "TargetNotConnected": (
        Unreachable,
        "The cluster has ended, or its primary node does not reach Systems Manager, as one that is just"
        " starting. If that goes on, ask who runs the platform: who raises its 'generation' makes a new"
        " cluster.",
    ),
    "ServiceQuotaExceeded": (NoCapacity, "End a session that nobody needs, or have the quota raised."),
}

_SUBMIT = (
    "Ask who runs the platform for it: grantSubmit has it, and whoever assumes the role of the output"
    " SubmitterRoleArn (AWS_PROFILE) has that; to assume it, you"
    " need the output SubmitPolicy. It reaches runs of one's own only ('sparkgate jobs')."
)

#: What to do where something is denied of which the table below does not know.
_of_denials = ContextVar("of_denials", default=_DEVELOP)

#: What to do where one of these is denied, which grantDevelop does not have.
_DENIED = {
    **{
        ("emr-serverless", operation): _SUBMIT
        for operation in (
            "StartJobRun",
            "GetJobRun",
            "CancelJobRun",
            "GetDashboardForJobRun",
            "ListJobRuns",
        )
    },
    ("s3", "PutObject"): (
        "Ask who owns the bucket for s3:PutObject below that prefix, to you; the execution role needs"
        " s3:GetObject there."
    ),
    ("ssm", "StartSession"): "Ask who runs the cluster for it; grantTunnel has it.",
    ("secretsmanager", "GetSecretValue"): (
        "Ask who runs the cluster for its token, to read which is a grant of its own:"
        " endpoint.getTokenSecret() has grantRead."
    ),
}

#: The same by what botocore raises, the more special first.
_FAILURES: dict[type[Exception], tuple[type[SparkgateError], str]] = {
    exceptions.NoCredentialsError: (NotSignedIn, _SIGN_IN),
    exceptions.CredentialRetrievalError: (NotSignedIn, _SIGN_IN),
    exceptions.TokenRetrievalError: (NotSignedIn, _SIGN_IN),
    exceptions.SSOError: (NotSignedIn, _SIGN_IN),
    exceptions.NoRegionError: (BadArgument, "Set AWS_REGION, or the Region of the profile."),
    exceptions.ProfileNotFound: (BadArgument, "Name one that there is."),
    exceptions.ParamValidationError: (BadArgument, "Correct it and try again."),
    exceptions.SSLError: (NotTrusted, "Where a proxy inspects TLS, name its certificate in AWS_CA_BUNDLE."),
    exceptions.ConnectionError: (Unreachable, "Look at network, proxy (HTTPS_PROXY) and Region."),
    exceptions.HTTPClientError: (Unreachable, "Look at network, proxy (HTTPS_PROXY) and Region."),
    exceptions.BotoCoreError: (SparkgateError, "Look at the AWS configuration."),
}


def session(profile: str | None = None, region: str | None = None) -> Any:
    """The caller's own boto3 session; boto3 itself does not read AWS_REGION."""
    region = region or os.environ.get("AWS_REGION")
    return ask(boto3.Session, profile_name=profile, region_name=region)


def client(aws: Any, service: str, region: str | None = None) -> Any:
    """A client of a service, that does not hang for long."""
    return ask(aws.client, service_name=service, region_name=region, config=_CONFIG)


def ask(operation: Callable[..., Any], **arguments: Any) -> Any:
    """Calls AWS, and turns what boto3 raises into this package's errors."""
    try:
        return operation(**arguments)
    except exceptions.ClientError as error:
        answer = error.response.get("Error", {})
        code, text = str(answer.get("Code", "")), str(answer.get("Message", ""))
        found = (known for part, known in _ANSWERS.items() if part in code)
        kind, advice = next(found, (SparkgateError, f"({code})"))
        if kind is NotPermitted:
            advice = _DENIED.get((_service(operation), error.operation_name), _of_denials.get())
        told = kind(f"{error.operation_name} failed: {_sentence(text or code)} {advice}")
        told.code, told.operation = code, error.operation_name
        raise told from None
    except exceptions.BotoCoreError as error:
        kind, advice = next(known for of, known in _FAILURES.items() if isinstance(error, of))
        if kind is Unreachable and "://127.0.0.1:" in str(error):
            advice = _SANDBOX
        raise kind(f"{_sentence(str(error))} {advice}") from None


@contextmanager
def submitting() -> Iterator[None]:
    """Within it, who is denied something hears what submitters need, and not what developers do."""
    with advising(_SUBMIT):
        yield


@contextmanager
def advising(advice: str) -> Iterator[None]:
    """Within it, who is denied something hears this."""
    before = _of_denials.set(advice)
    try:
        yield
    finally:
        _of_denials.reset(before)


@contextmanager
def doubting(doubt: str) -> Iterator[None]:
    """Within it, who is denied something hears this before what one is told anyway."""
    with advising(f"{doubt} {_of_denials.get()}"):
        yield


def _service(operation: Callable[..., Any]) -> str:
    """Whose operation it is: those of two services may have one name."""
    meta = getattr(getattr(operation, "__self__", None), "meta", None)
    return meta.service_model.service_name if meta else ""


def _sentence(text: str) -> str:
    return text.rstrip(". \n") + "."
