"""The SparkSession that people get of a cluster."""

from __future__ import annotations

import atexit
import os
from collections.abc import Mapping
from typing import Any

import grpc
from pyspark.sql.connect.client import ChannelBuilder

from .contract import ClusterContract
from .current import CurrentSession
from .health import refused
from .restarts import Restarts
from .ways import Way


class _WayBuilder(ChannelBuilder):
    """PySpark's own way to a server, but by ours."""

    restarts: Restarts

    def __init__(self, way: Way, cluster_id: str) -> None:
        super().__init__(way.url())
        self._way = way
        self._cluster_id = cluster_id

    def toChannel(self) -> Any:  # noqa: N802
        channel = self._way.channel(self._channel_options)
        self.restarts = Restarts(channel, self._cluster_id)
        return grpc.intercept_channel(channel, self.restarts)


class ClusterSession(CurrentSession):
    """PySpark's session on a cluster's server.

    ``stop()``, leaving a ``with`` block and Python's exit close this client and its tunnel; the cluster goes
    on. Once the server has lost the session, each call raises SessionFailed.
    """

    def __init__(
        self,
        told: ClusterContract,
        way: Way,
        conf: Mapping[str, str],
        timeout: float,
        known_by: tuple[object, ...] = (),
    ) -> None:
        builder = _WayBuilder(way, told.cluster_id)
        super().__init__(connection=builder)
        self._told = told
        self._way = way
        self._restarts = builder.restarts
        self._known_by = known_by
        self._done = False
        self._process = os.getpid()
        try:
            self._begin(timeout)
            self.set(conf)
        except BaseException:
            self.client.close()
            raise
        self._enter()
        atexit.register(self._at_exit)

    def _begin(self, timeout: float) -> None:
        try:
            self._restarts.begin(self.client._config_request_with_metadata, timeout)
        except grpc.RpcError as error:
            raise refused(self._told, self._way, error) from None

    def stop(self) -> None:
        """Closes this client, and its tunnel if it has one; the cluster goes on."""
        if self._done:
            return
        self._done = True
        atexit.unregister(self._at_exit)
        try:
            if not self.is_stopped:
                self._close()
        finally:
            self._way.close()

    def _at_exit(self) -> None:
        if os.getpid() == self._process:  # and not a fork's exit
            self.stop()

    def __enter__(self) -> ClusterSession:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def __repr__(self) -> str:
        stopped = ", stopped" if self.is_stopped else ""
        return (
            f"<ClusterSession of {self._way.user} on {self._told.cluster_id} ({self._way.address}){stopped}>"
        )


def connected_to(known_by: tuple[object, ...]) -> ClusterSession | None:
    """This process's own SparkSession on a cluster, if it has one; one that the server lost is stopped."""
    for session in list(CurrentSession._open):
        if isinstance(session, ClusterSession) and session._known_by == known_by:
            if not session._restarts.lost:
                session.make_current()
                return session
            session.stop()
    return None
