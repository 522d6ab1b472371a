"""Job runs of one owner on one application: start, watch, cancel."""

from __future__ import annotations

import shlex
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from . import identity, job_logs, places, signals
from .aws import ask, client, submitting
from .catalogs import spark_defaults
from .contract import Contract
from .errors import BadArgument, JobFailed, NotPermitted, NotTrusted, SparkgateError, TimedOut, Unreachable
from .identity import Owner
from .job import JobRequest
from .progress import Progress
from .sessions import options as options_of

LIVE = ("SUBMITTED", "QUEUED", "PENDING", "SCHEDULED", "RUNNING", "CANCELLING")
ENDED = ("SUCCESS", "FAILED", "CANCELLED")

_NOBODY = Owner(None, None, "")

#: Seconds in which a run is watched though the service is out of reach, as from a laptop that slept.
_PATIENCE = 300.0


class Jobs:
    """What a submitter may do; each call raises SparkgateError with the reason where it fails.

    Args:
        emr: boto3's client of the service, as who the caller is.
        contract: where runs start, and as which execution role.
        owner: whose they are.
        options: what the command line has to be given to find the same, beside ``--env``.
        s3: makes boto3's client of S3, for files of this machine.
    """

    def __init__(
        self,
        emr: Any,
        contract: Contract,
        owner: Owner = _NOBODY,
        options: Sequence[str] = (),
        s3: Callable[[], Any] | None = None,
    ) -> None:
        self.contract = contract
        self.owner = owner
        self._emr = emr
        self._options = options
        self._s3 = s3

    @staticmethod
    def of(aws: Any, contract: Contract, owner: str | None = None) -> Jobs:
        """Those that a caller can work with as who it is; the contract's developer role is not assumed."""
        return Jobs(
            client(aws, "emr-serverless", contract.region),
            contract,
            identity.own(aws, contract, owner),
            options_of(aws, owner),
            lambda: client(aws, "s3", contract.region),
        )

    @submitting()
    def _ask(self, operation: str, **arguments: Any) -> Any:
        return ask(getattr(self._emr, operation), applicationId=self.contract.application_id, **arguments)

    def application(self) -> dict[str, Any]:
        """What the service tells of the application."""
        application: dict[str, Any] = self._ask("get_application")["application"]
        return application

    def look(self) -> None:
        """Asks for the list of runs, as every submitter may."""
        self._ask("list_job_runs", maxResults=1)

    def start(self, request: JobRequest) -> str:
        """Puts files of this machine on S3, and starts a run; one that is interrupted here leaves none."""
        application = self.application()
        _check(application, self.contract)
        at = {}
        for place in dict.fromkeys(place for _, place in request.files() if places.is_local(place)):
            assert self._s3
            assert request.upload
            at[place] = places.put(self._s3(), request.upload, place)
        tags = {"tags": {self.owner.tag: self.owner.value}} if self.owner.tag else {}
        told = request.parameters(spark_defaults(application), at)
        started = ""
        try:
            with signals.held():  # or it would run on, and nobody knew its id
                role = self.contract.execution_role_arn
                answer = self._ask("start_job_run", executionRoleArn=role, **tags, **told)
                started = str(answer["jobRunId"])
        except BaseException:
            if started:
                self.cancel_quietly(started)
            raise
        return started

    def get(self, run_id: str) -> dict[str, Any]:
        """All that the service tells of a run."""
        run: dict[str, Any] = self._ask("get_job_run", jobRunId=run_id)["jobRun"]
        return run

    def everyones(self, states: Sequence[str], since: datetime) -> list[dict[str, Any]]:
        """All runs in one of these states, newest first, without tags; of those that ended, the ones
        submitted since then.
        """
        found: dict[str, dict[str, Any]] = {}
        # What is not over comes first: a run that ends in between is then seen twice, and not never.
        for asked, bound in ((LIVE, {}), (ENDED, {"createdAtAfter": since})):
            wanted = [state for state in asked if state in states]
            page: dict[str, Any] = {"nextToken": ""}
            while wanted and page.get("nextToken") is not None:
                more = {"nextToken": page["nextToken"]} if page["nextToken"] else {}
                page = self._ask("list_job_runs", states=wanted, maxResults=50, **bound, **more)
                found |= {run["id"]: {**run, "jobRunId": run["id"]} for run in page["jobRuns"]}
        return sorted(found.values(), key=lambda run: run["createdAt"], reverse=True)

    def mine(self, states: Sequence[str], since: datetime) -> Iterator[dict[str, Any]]:
        """The same of the owner, each as GetJobRun tells of it.

        A list has no tags, so each that the owner seems to have submitted is asked for; what IAM denies
        is another's.
        """
        for run in self.everyones(states, since):
            if not run["createdBy"].endswith("/" + self.owner.name):
                continue
            try:
                run = self.get(run["jobRunId"])
            except NotPermitted:
                continue
            if self.owner.owns(run):
                yield run

    def ui_url(self, run_id: str) -> str:
        """A link to the run's Spark UI, good for an hour; whoever has it sees the queries."""
        answer = self._ask("get_dashboard_for_job_run", jobRunId=run_id)
        if not answer.get("url"):
            raise SparkgateError(f"The service has no Spark UI of job run {run_id} now.")
        return str(answer["url"])

    def wait(self, run_id: str, timeout: float | None, progress: Progress) -> None:
        """Waits until a run has ended, with success.

        Raises:
            JobFailed: if it failed or was cancelled.
            TimedOut: if it has not ended after so many seconds; it goes on.
        """
        begin = answered = time.monotonic()
        pause, linked = 0.25, False
        while True:
            try:
                run = self.get(run_id)
                answered = time.monotonic()
            except SparkgateError as error:
                passing = isinstance(error, Unreachable) and not isinstance(error, NotTrusted)
                if not passing or time.monotonic() - answered > _PATIENCE:
                    progress.end_line()
                    watch = f" Watch it with: {self.line('watch', run_id)}"
                    watch = "" if isinstance(error, NotPermitted) else watch
                    error.args = (f"Job run {run_id} may go on: {error}{watch}",)
                    raise
            else:
                attempt = f", attempt {run['attempt']}" if run.get("attempt", 1) > 1 else ""
                progress.state(run_id, run["state"] + attempt, answered - begin, "job run")
                if run["state"] == "RUNNING" and progress.watched and not linked:
                    linked = True
                    with suppress(SparkgateError):  # a link opens the UI for whoever has it: into no log
                        progress.say(f"its Spark UI, for an hour: {self.ui_url(run_id)}")
                if run["state"] in ENDED:
                    progress.end_line()
                    if run["state"] != "SUCCESS":
                        raise self._failed(run)
                    return
            seconds = time.monotonic() - begin
            if timeout is not None and seconds > timeout:
                progress.end_line()
                raise TimedOut(
                    f"Job run {run_id} has not ended after {seconds:.0f} s, more than timeout = {timeout:g},"
                    f" and goes on. Watch it with: {self.line('watch', run_id)}"
                )
            time.sleep(pause if timeout is None else min(pause, max(0.01, timeout - seconds)))
            pause = min(pause * 1.5, 5.0)

    def cancel(self, run_id: str) -> str:
        """Asks the service to end a run, and says what becomes of it; one that has ended already is fine.

        An error names the run.
        """
        try:
            self._ask("cancel_job_run", jobRunId=run_id)
        except SparkgateError as error:
            state = self.get(run_id)["state"] if error.code == "ValidationException" else ""
            if state in ENDED:
                return f"job run {run_id} is {state} already"
            error.args = (f"Job run {run_id} may go on: {error}",)
            raise
        return f"job run {run_id} is being cancelled"

    def cancel_quietly(self, run_id: str) -> None:
        """The same, where another error is on its way; what fails is said on stderr."""
        try:
            Progress().say(self.cancel(run_id))
        except SparkgateError as error:
            Progress().say(str(error))

    def line(self, command: str, *arguments: str) -> str:
        """A command line that does something with a run of these."""
        environment = ["--env", self.contract.environment] if self.contract.environment else []
        return shlex.join(["sparkgate", command, *arguments, *environment, *self._options])

    def _failed(self, run: dict[str, Any]) -> JobFailed:
        run_id, state = run["jobRunId"], run["state"]
        said = f"Job run {run_id} is {state}. The service says: {_details(run)}"
        if state == "CANCELLED":
            return JobFailed(said)
        try:
            application = self.application()
        except SparkgateError:
            return JobFailed(said)
        return JobFailed(f"{said} {job_logs.where(application, run, self.line('ui', '--job', run_id))}")


def _check(application: dict[str, Any], told: Contract) -> None:
    """Refuses an application that takes no run of Spark now, which the service says in fewer words."""
    where = f"The application of {told.environment or told.region} ({told.application_id})"
    kind, state = str(application.get("type", "Spark")), application.get("state", "STARTED")
    if kind.lower() != "spark":
        raise BadArgument(
            f"{where} is of type {kind}, which runs queries of {kind} and no Spark; submit to an environment"
            " whose application is of type Spark."
        )
    if state == "TERMINATED":
        raise SparkgateError(f"{where} is TERMINATED and takes nothing any more; deploy the platform anew.")
    if state != "STARTED" and not application.get("autoStartConfiguration", {}).get("enabled", True):
        raise SparkgateError(
            f"{where} is {state}, and a job does not start it, for its auto-start is off: ask who runs the"
            " platform to start it (StartApplication), and submit again."
        )


def _details(run: dict[str, Any]) -> str:
    return (run.get("stateDetails") or "nothing").rstrip(". \n") + "."
