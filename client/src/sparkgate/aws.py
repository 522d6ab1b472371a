"""Calls to AWS, whose failures are told in this package's errors."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
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

_Kind = type[SparkgateError]

#: By AWS's code, of which the pattern is a part.
_ANSWERS: tuple[tuple[str, _Kind, str], ...] = (
    (
        "Expired",
        NotSignedIn,
        "The AWS credentials have expired: sign in again, for example with 'aws sso login'.",
    ),
    (
        "InvalidClientTokenId|UnrecognizedClient",
        NotSignedIn,
        "AWS does not know these credentials: sign in again, or name another profile.",
    ),
    (
        "SignatureDoesNotMatch|InvalidSignature|RequestTimeTooSkewed",
        NotSignedIn,
        "AWS refused the signature: set this machine's clock right, or correct the secret key.",
    ),
    (
        "AccessDenied|Unauthorized",
        NotPermitted,
        "Ask whoever runs the platform for this action; Sparkgate's grantDevelop has all of them.",
    ),
    (
        "ServiceQuotaExceeded",
        NoCapacity,
        "End a session that nobody needs ('sparkgate list', 'sparkgate stop'), take smaller workers,"
        " or have the quota raised.",
    ),
)

#: By what botocore raises, the more special first.
_FAILURES: tuple[tuple[tuple[type[Exception], ...], _Kind, str], ...] = (
    (
        (
            exceptions.NoCredentialsError,
            exceptions.CredentialRetrievalError,
            exceptions.TokenRetrievalError,
            exceptions.UnauthorizedSSOTokenError,
        ),
        NotSignedIn,
        "Sign in, for example with 'aws sso login', or name a profile (AWS_PROFILE).",
    ),
    ((exceptions.NoRegionError,), BadArgument, "Set AWS_REGION, or the Region of the profile."),
    ((exceptions.ProfileNotFound, exceptions.ParamValidationError), BadArgument, "Correct it and try again."),
    (
        (exceptions.SSLError,),
        NotTrusted,
        "Where a proxy inspects TLS, point AWS_CA_BUNDLE to a file with its certificate.",
    ),
    (
        (exceptions.ConnectionError, exceptions.HTTPClientError),
        Unreachable,
        "Look at the network, the proxy (HTTPS_PROXY) and the Region.",
    ),
    ((exceptions.BotoCoreError,), SparkgateError, "Look at the AWS configuration."),
)


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
        said = f"{error.operation_name} failed: {_sentence(text or code)}"
        for pattern, kind, advice in _ANSWERS:
            if re.search(pattern, code):
                raise _with_code(kind(f"{said} {advice}"), code) from None
        raise _with_code(SparkgateError(f"{said} ({code})"), code) from None
    except exceptions.BotoCoreError as error:
        for kinds, kind, advice in _FAILURES:
            if isinstance(error, kinds):
                raise kind(f"{_sentence(str(error))} {advice}") from None
        raise


def _with_code(error: SparkgateError, code: str) -> SparkgateError:
    error.code = code
    return error


def _sentence(text: str) -> str:
    return text.rstrip(". \n") + "."
