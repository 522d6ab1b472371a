"""Notices that a server has forgotten a session, before Spark goes on in a new one without a word."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Mapping
from typing import Any

import grpc
from pyspark.sql.connect import proto

from .calls import CallInterceptor
from .errors import SessionFailed, Unreachable

#: By this runtime property a session is known again.
MARK = "spark.sparkgate.session"

_CONFIG = "/spark.connect.SparkConnectService/Config"

#: What makes a new session where there is none; the other methods fail then.
_MAKING = ("ExecutePlan", "AnalyzePlan", "Config", "AddArtifacts")

#: A server takes longer than so many seconds to start anew, so who has heard of it since has its session yet.
_FRESH = 3.0

#: How long a look may take.
_TIMEOUT = 30.0


class Restarts(CallInterceptor):
    """Refuses all calls of a session once the server has lost it; looks before a call that follows a pause.

    Args:
        channel: to the server, without this interceptor.
        cluster_id: for people.
        clock: seconds.
    """

    def __init__(
        self, channel: grpc.Channel, cluster_id: str, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._ask = channel.unary_unary(
            _CONFIG,
            request_serializer=proto.ConfigRequest.SerializeToString,
            response_deserializer=proto.ConfigResponse.FromString,
        )
        self._cluster_id = cluster_id
        self._clock = clock
        self._mark = str(uuid.uuid4())
        self._heard: float | None = None
        self.lost = False

    def begin(self, request: Callable[[], Any], timeout: float) -> None:
        """Marks the session, which is the first call to the server; gRPC's error is the caller's to tell.

        Args:
            request: makes a request for the session's properties.
            timeout: seconds to wait for the answer.
        """
        self._request = request
        mark = request()
        mark.operation.set.pairs.append(proto.KeyValue(key=MARK, value=self._mark))
        self._ask(mark, timeout=timeout, wait_for_ready=True)
        self._heard = self._clock()

    def sending(self, details: Any) -> tuple[Any, str]:
        method = details.method.rpartition("/")[2]
        if self.lost:
            raise self._error(method)
        if method in _MAKING and self._heard is not None and self._clock() - self._heard > _FRESH:
            self._look()
        return details, method

    def failed(self, error: Any, note: str, repeatable: bool) -> bool:  # noqa: ARG002
        if "INVALID_HANDLE.SESSION_NOT_FOUND" in (error.details() or ""):
            self.lost = True
            raise self._error(note) from None
        return False

    def answered(self) -> None:
        self._heard = self._clock()

    def _look(self) -> None:
        request = self._request()
        request.operation.get_option.keys.append(MARK)
        try:
            answer = self._ask(request, timeout=_TIMEOUT)
        except grpc.RpcError as error:
            # A new server may say so of this call too, while another thread asks it of the same session.
            self.failed(error, "Config", False)
            if error.code() is not grpc.StatusCode.DEADLINE_EXCEEDED:
                raise
            raise Unreachable(
                f"The server of cluster {self._cluster_id} has not answered for {_TIMEOUT:g} s, so it is not"
                " known whether this session lives. Try again; if that goes on, call sparkgate.connect again."
            ) from None
        found: Mapping[str, str] = {pair.key: pair.value for pair in answer.pairs}
        if found.get(MARK) != self._mark:
            self.lost = True
            raise self._error()
        self._heard = self._clock()

    def _error(self, method: str = "") -> SessionFailed:
        if method == "ReleaseExecute":  # PySpark warns of each that fails, after the call that said it all
            return SessionFailed("the session is lost")
        return SessionFailed(
            f"The server of cluster {self._cluster_id} was started anew, or has dropped this session"
            " after an hour without a call: its temporary views and settings are gone. Call"
            " sparkgate.connect again for a new one."
        )
