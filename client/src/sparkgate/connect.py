"""``sparkgate.connect``."""

from __future__ import annotations

import dataclasses
import os
import warnings
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

import boto3

from . import aws, catalogs, contract, tls, versions
from .channel import Tokens
from .cluster import connect_cluster, refuse
from .contract import ClusterContract
from .errors import BadArgument, SparkgateError
from .progress import Progress
from .request import SessionRequest, WorkerSize
from .sessions import Sessions

if TYPE_CHECKING:
    from .cluster_session import ClusterSession
    from .session import SparkgateSession


def connect(
    environment: str | None = None,
    *,
    reuse: bool = True,
    keep: bool = False,
    name: str | None = None,
    driver: WorkerSize | None = None,
    executor: WorkerSize | None = None,
    idle_timeout: int | None = None,
    conf: Mapping[str, object] | None = None,
    owner: str | None = None,
    timeout: float = 600,
    progress: bool = True,
    prefix: str = "/sparkgate",
    profile: str | None = None,
    boto3_session: boto3.Session | None = None,
    certificate: str | os.PathLike[str] | None = None,
    key: str | os.PathLike[str] | None = None,
) -> SparkgateSession | ClusterSession:
    """Connects to a Spark session of one's own, and starts one if there is none; or to a cluster's server.

    A cluster has no sessions to start: what is said of them here is refused there.

    Args:
        environment: the platform's name, as in ``dev``. Its connection contract is read from SSM
            Parameter Store; or from SPARKGATE_APPLICATION_ID or SPARKGATE_CLUSTER_ID and its like,
            where these are set and SPARKGATE_ENVIRONMENT among them does not name another.
        reuse: take one's own newest session that is IDLE, STARTED or BUSY, of the same release, with
            just the Spark properties and worker sizes asked for here; else start a new one. Where
            this Python is connected to it already, the same SparkSession is returned.
        keep: leave the session on AWS when this one is stopped.
        name: of a new session, for people.
        driver: (vCPU, GB of memory) of the driver's worker, as in (4, 16); default: the
            application's.
        executor: the same, of each executor.
        idle_timeout: minutes without work after which the service ends the session, 1 to 1,000,000;
            default: the service's, an hour. The platform's reaper may come first.
        conf: Spark properties of the session; of a cluster, those that may be set at run time. Catalogs
            are the application's, and a session's are warned of (CatalogIgnored); but a warehouse,
            ``spark.sql.catalog.NAME.warehouse``, is set when the session takes clients. A session with
            properties of its own may lack the application's, of which SettingsReplaced warns.
        owner: whose the session is, where sessions belong to a principal tag's value; default
            SPARKGATE_OWNER.
        timeout: seconds to wait for a new session; then it is terminated. For a cluster, a minute at
            most.
        progress: tell on stderr, or in the notebook, how it comes up.
        prefix: below which contracts are in SSM Parameter Store.
        profile: of the AWS configuration; its Region, or AWS_REGION, is where the contract is.
        boto3_session: the caller's credentials and Region, instead of a profile.
        certificate: the path of one's client certificate, where a cluster's endpoint asks for one; default
            SPARKGATE_CLIENT_CERTIFICATE.
        key: the path of its key; default SPARKGATE_CLIENT_KEY.

    Returns:
        A SparkSession, which is the default and the active one. Of a cluster, its ``stop()`` closes this
        client and its tunnel, and never the cluster; a second call returns the same while it is open.

    Raises:
        SparkgateError: of some kind, with the reason and what to do.
    """
    request = SessionRequest(idle_timeout, driver, executor, conf or {}, name, timeout)
    if profile and boto3_session:
        raise BadArgument("Give profile or boto3_session, not both.")
    caller = boto3_session or aws.session(profile)
    told = contract.read(caller, environment, prefix)
    versions.check_pyspark(told)
    versions.check_python(told)
    shown = Progress(progress)
    of_sessions = {
        "reuse": not reuse, "keep": keep, "name": name, "driver": driver, "executor": executor,
        "idle_timeout": idle_timeout, "owner": owner,
    }  # fmt: skip
    if isinstance(told, ClusterContract):
        refuse(told, of_sessions)
        signed_in = (caller.profile_name, boto3_session)
        return connect_cluster(
            caller, told, certificate, key, request.properties(), timeout, shown, signed_in
        )
    if certificate or key:
        raise BadArgument(
            f"certificate or key is given, but {told.environment or told.application_id} starts sessions,"
            " which ask for none; leave them out."
        )
    sessions = Sessions.of(caller, told, owner)
    given, warehouses = catalogs.without_warehouses(request.conf)
    request = dataclasses.replace(request, conf=given)
    for category, text in sessions.doubts(request, warehouses):
        warnings.warn(text, category, stacklevel=2)
    session_id, started = sessions.take(request, reuse, shown)
    try:
        from . import session  # loads PySpark, which is known to fit by now

        connected = session.connected_to(session_id, keep)
        if connected:
            connected.set(warehouses)
            return connected
        tokens = Tokens(lambda: sessions.endpoint(session_id))
        tls.knock(tokens.endpoint.host)
        spark = session.SparkgateSession(
            sessions, session_id, tokens, started=started, keep=keep, conf=warehouses
        )
    except BaseException:
        if started:
            sessions.end_quietly(session_id)
        raise
    if shown.watched:  # a link opens the UI for whoever has it, so it goes into no log
        with suppress(SparkgateError):
            shown.say(f"its Spark UI, for an hour: {spark.ui_url}")
    return spark
