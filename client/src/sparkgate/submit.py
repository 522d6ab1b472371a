"""``sparkgate.submit``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import boto3

from . import aws, contract
from .errors import BadArgument
from .job import JobRequest
from .job_run import JobRun
from .jobs import Jobs
from .request import WorkerSize


@aws.submitting()
def submit(
    environment: str | None,
    entry_point: str,
    arguments: Sequence[str] = (),
    *,
    name: str | None = None,
    streaming: bool = False,
    attempts: int | None = None,
    timeout: int | None = None,
    driver: WorkerSize | None = None,
    executor: WorkerSize | None = None,
    conf: Mapping[str, object] | None = None,
    py_files: Sequence[str] = (),
    jars: Sequence[str] = (),
    main_class: str | None = None,
    upload: str | None = None,
    client_token: str | None = None,
    owner: str | None = None,
    progress: bool = True,
    prefix: str = "/sparkgate",
    profile: str | None = None,
    boto3_session: boto3.Session | None = None,
) -> JobRun:
    """Starts a job run: a program that Spark runs on the platform, with or without this machine.

    The caller submits as who it is, so it is, or has assumed, a submitter of the platform; nothing is
    assumed here. The run has the platform's execution role, and the application's Spark settings.

    Args:
        environment: the platform's name, as in ``dev``; None for what the variables name, as of
            ``sparkgate.connect``.
        entry_point: the program, a .py or .jar: its s3:// URL, ``local:///…`` in the workers' image, or a
            file of this machine where there is ``upload``.
        arguments: of the program.
        name: what lists show.
        streaming: runs until it is cancelled, and is started again after a failure; default: a batch.
        attempts: 1 to 10: of a batch, how often it is tried, default 1; of a streaming run, how many may
            fail in an hour, default 5.
        timeout: minutes after which the service ends a batch, 0 for never; default 12 hours.
        driver: (vCPU, GB of memory) of the driver's worker, as in (4, 16); default: the application's.
        executor: the same, of each executor.
        conf: Spark properties; one comes before the application's of the same key, and the others stay.
        py_files: .py and .zip files that the program imports, each as the entry point is.
        jars: for driver and executors, each as the entry point is, beside the application's.
        main_class: of a .jar.
        upload: ``s3://bucket/prefix/``, below which files of this machine are put first, each under a
            hash of its content. The caller needs s3:PutObject there, the execution role s3:GetObject.
        client_token: asked twice with one token, the service starts one run; default: a new one.
        owner: whose the run is, where an owner is not the caller's name or id; default SPARKGATE_OWNER.
        progress: tell on stderr, or in the notebook, how a wait goes.
        prefix: below which contracts are in SSM Parameter Store.
        profile: of the AWS configuration; its Region, or AWS_REGION, is where the contract is.
        boto3_session: the caller's credentials and Region, instead of a profile.

    Returns:
        The run, which was accepted: ``.wait()`` waits for its end, and it goes on without.

    Raises:
        SparkgateError: of some kind, with the reason and what to do; nothing runs then.
    """
    token = {} if client_token is None else {"client_token": client_token}
    request = JobRequest(
        entry_point, arguments, name, streaming, attempts, timeout, driver, executor, conf or {},
        py_files, jars, main_class, upload, **token,
    )  # fmt: skip
    if profile and boto3_session:
        raise BadArgument("Give profile or boto3_session, not both.")
    caller = boto3_session or aws.session(profile)
    jobs = Jobs.of(caller, contract.read_jobs(caller, environment, prefix), owner)
    return JobRun(jobs, jobs.start(request), progress)
