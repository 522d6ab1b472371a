"""``sparkgate.connect`` to a cluster."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from . import health, ways
from .contract import ClusterContract
from .errors import BadArgument
from .progress import Progress

if TYPE_CHECKING:
    from .cluster_session import ClusterSession

#: Seconds in which a tunnel is open, unless less is asked for.
TIMEOUT = 60.0


def refuse(told: ClusterContract, given: Mapping[str, object]) -> None:
    """Refuses what a cluster has no use for: arguments of sessions that a service starts."""
    names = [name for name, value in given.items() if value]
    if names:
        raise BadArgument(
            f"{', '.join(names)}: of sessions that AWS starts for you. {told.environment or 'This'} is the"
            f" cluster {told.cluster_id}, which has one server for all and starts none; leave it out."
        )


def connect_cluster(
    caller: Any,
    told: ClusterContract,
    certificate: str | os.PathLike[str] | None,
    key: str | os.PathLike[str] | None,
    conf: Mapping[str, str],
    timeout: float,
    shown: Progress,
    signed_in: tuple[object, ...],
) -> ClusterSession:
    """Connects to a cluster's server; a process that is connected already gets the same SparkSession.

    Args:
        caller: the caller's own boto3 session.
        told: the cluster's contract.
        certificate: the path of the client's certificate.
        key: the path of its key.
        conf: runtime properties.
        timeout: seconds to wait.
        shown: is told which way it takes.
        signed_in: what says who the caller is.
    """
    from . import cluster_session  # loads PySpark, which is known to fit by now

    own = ways.certificate(told, certificate, key)
    known_by = (told, own and own.known_by, *signed_in)
    connected = cluster_session.connected_to(known_by)
    if connected:
        connected.set(conf)
        return connected
    way = ways.choose(caller, told, own, min(timeout, TIMEOUT))
    shown.say(f"connecting to cluster {told.cluster_id} {way.said}")
    try:
        way.open()
        health.check(told, way, timeout)
        return cluster_session.ClusterSession(told, way, conf, min(timeout, TIMEOUT), known_by)
    except BaseException:
        way.close()
        raise
