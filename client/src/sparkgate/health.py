"""Whether a cluster's server answers and lets one in, asked before PySpark, which tries in silence."""

from __future__ import annotations

import uuid
from typing import Any

import grpc

from . import versions
from .contract import ClusterContract
from .errors import NotPermitted, SparkgateError, Unreachable, WrongPySpark
from .ways import Way

#: What no server knows: it makes no session of it. A load balancer asks the same to see whether one is there.
_NOTHING = "/AWS.ALB/healthcheck"

#: Seconds to wait for an answer.
_TIMEOUT = 15.0

#: What makes no session where there is none, and fails then.
_RELEASE = "/spark.connect.SparkConnectService/ReleaseExecute"


def check(told: ClusterContract, way: Way, timeout: float = _TIMEOUT) -> None:
    """Asks whether a server answers.

    Args:
        told: the cluster's contract.
        way: to it, which is open.
        timeout: seconds to wait, if fewer.

    Raises:
        Unreachable: if none does.
    """
    with way.channel() as channel:
        try:
            channel.unary_unary(_NOTHING)(b"", timeout=min(timeout, _TIMEOUT), wait_for_ready=True)
        except grpc.RpcError as error:
            if error.code() is not grpc.StatusCode.UNIMPLEMENTED:
                raise refused(told, way, error) from None


def check_entry(told: ClusterContract, way: Way) -> None:
    """Asks whether the server lets in this token, this user and this PySpark; leaves no session there.

    A method that nobody knows, as :func:`check` calls it, passes by those who could refuse it.

    Raises:
        SparkgateError: if it does not, as a first query would.
    """
    with way.channel() as channel:
        try:
            channel.unary_unary(_RELEASE)(_release(way.user), timeout=_TIMEOUT, wait_for_ready=True)
        except grpc.RpcError as error:
            if "INVALID_HANDLE" not in str(error.details()):
                raise refused(told, way, error) from None


def refused(told: ClusterContract, way: Way, error: Any) -> SparkgateError:
    """Why the first call failed."""
    code, details = error.code(), str(error.details() or "nothing").rstrip(".")
    server = f"The Spark Connect server of cluster {told.cluster_id} ({way.said})"
    if code is grpc.StatusCode.FAILED_PRECONDITION:
        return WrongPySpark(f"{server} refuses this PySpark: {details}.")
    if code in (grpc.StatusCode.PERMISSION_DENIED, grpc.StatusCode.UNAUTHENTICATED):
        return NotPermitted(f"{server} refuses {way.user!r}: {details}.")
    if code in (grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.DEADLINE_EXCEEDED):
        return Unreachable(
            f"{server} does not answer ({code.name}: {details}). It may be starting anew, which takes half a"
            " minute: try again then. If that goes on, it may have stopped itself because nobody used it (the"
            " platform's idleTermination), and only who runs the platform brings it back: ask them."
        )
    return SparkgateError(f"{server} answers {code.name}: {details}.")


def _release(user: str) -> bytes:
    """A ReleaseExecuteRequest of a session that nobody has, written here because PySpark may not load."""
    session_id, operation_id = (str(uuid.uuid4()).encode() for _ in range(2))
    client_type = f"sparkgate spark/{versions.installed_pyspark()}".encode()
    fields = {1: session_id, 2: _field(1, user.encode()), 3: operation_id, 4: client_type, 5: b""}
    return b"".join(_field(number, value) for number, value in fields.items())


def _field(number: int, value: bytes) -> bytes:
    """Of a message in protobuf, where it is text, or a message itself."""
    size, length = len(value), b""
    while size > 0x7F:
        length += bytes([size & 0x7F | 0x80])
        size >>= 7
    return bytes([number << 3 | 2]) + length + bytes([size]) + value
