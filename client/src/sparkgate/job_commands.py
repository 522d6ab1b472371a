"""The command line's part on job runs.

Whoever stops the command while it waits, by Ctrl-C or SIGTERM, wants the work to stop, and so the run is
cancelled; a second Ctrl-C leaves it to the service. A terminal that is closed, and a wait that fails, leave
the run and name it: a batch is made to outlive who submitted it.
"""

from __future__ import annotations

import argparse
import signal
from collections.abc import Callable

from . import aws, contract
from .job_run import JobRun
from .jobs import Jobs
from .progress import Progress
from .submit import submit as start


def add(
    command: Callable[..., argparse.ArgumentParser],
    caller: argparse.ArgumentParser,
    size: argparse.ArgumentParser,
) -> None:
    """Adds the commands to the parser.

    Args:
        command: adds one.
        caller: its options on who calls, without the environment.
        size: its options on workers and Spark properties.
    """
    made = command(
        "submit", submit, "start a job run, and wait for its end; print its id first", size, who=caller
    )
    made.usage = "sparkgate submit [OPTIONS] ENVIRONMENT ENTRY_POINT [ARGUMENT …] [-- ARGUMENT …]"
    made.add_argument("env", metavar="ENVIRONMENT")
    made.add_argument(
        "entry_point", metavar="ENTRY_POINT", help=".py or .jar: s3://…, or with --upload a file"
    )
    made.add_argument(
        "arguments", nargs="*", default=[], metavar="ARGUMENT", help="of the program; after -- any"
    )
    made.add_argument("--name", help="what lists show")
    made.add_argument("--streaming", action="store_true", help="run until it is cancelled")
    made.add_argument("--attempts", type=int, metavar="N", help="of a batch (1); failed in an hour (5)")
    made.add_argument("--timeout", type=int, metavar="MINUTES", help="for the batch (720); 0: for ever")
    made.add_argument("--py-files", type=_list, default=[], metavar="FILE,…", help="that the program imports")
    made.add_argument("--jars", type=_list, default=[], metavar="FILE,…", help="for driver and executors")
    made.add_argument("--class", dest="main_class", metavar="NAME", help="of a .jar")
    made.add_argument("--upload", metavar="S3_PREFIX", help="put files of this machine there first")
    made.add_argument("--client-token", metavar="TOKEN", help="asked twice with one, one run is started")
    made.add_argument("--detach", action="store_true", help="do not wait")
    for name, action, text in (
        ("watch", _watch, "wait for the end of a job run"),
        ("cancel", _cancel, "cancel a job run"),
    ):
        command(name, action, text).add_argument("run", metavar="RUN")


def submit(o: argparse.Namespace) -> None:
    """Starts a run, prints its id, and waits for its end."""
    run = start(
        o.env,
        o.entry_point,
        [*o.arguments, *o.command],
        name=o.name,
        streaming=o.streaming,
        attempts=o.attempts,
        timeout=o.timeout,
        driver=o.driver,
        executor=o.executor,
        conf=dict(o.conf),
        py_files=o.py_files,
        jars=o.jars,
        main_class=o.main_class,
        upload=o.upload,
        client_token=o.client_token,
        owner=o.owner,
        prefix=o.prefix,
        boto3_session=aws.session(o.profile, o.region),
    )
    _follow(run, o.detach)


def run_of(o: argparse.Namespace, run_id: str) -> JobRun:
    """A run that there is already."""
    return JobRun(jobs_of(o), run_id)


@aws.submitting()
def jobs_of(o: argparse.Namespace) -> Jobs:
    """What the caller may do with job runs."""
    caller = aws.session(o.profile, o.region)
    return Jobs.of(caller, contract.read_jobs(caller, o.env, o.prefix), o.owner)


def _watch(o: argparse.Namespace) -> None:
    run_of(o, o.run).wait()


def _cancel(o: argparse.Namespace) -> None:
    Progress().say(jobs_of(o).cancel(o.run))


def _follow(run: JobRun, detach: bool) -> None:
    try:
        print(run.id, flush=True)
        if not detach:
            run.wait()
    except (KeyboardInterrupt, SystemExit) as end:
        closed = isinstance(end, SystemExit) and end.code == 128 + getattr(signal, "SIGHUP", 1)
        if not closed:
            run.cancel_quietly()
        raise


def _list(text: str) -> list[str]:
    return [one for one in text.split(",") if one]
