"""A job run that was submitted."""

from __future__ import annotations

from .jobs import Jobs
from .progress import Progress


class JobRun:
    """A run, which goes on whatever becomes of this object and of Python.

    Attributes:
        id: the service's.
    """

    def __init__(self, jobs: Jobs, run_id: str, progress: bool = True) -> None:
        self.id = run_id
        self._jobs = jobs
        self._progress = progress

    @property
    def state(self) -> str:
        """The service's word of now: SUBMITTED, PENDING, SCHEDULED, QUEUED, RUNNING, SUCCESS, FAILED …"""
        return str(self._jobs.get(self.id)["state"])

    @property
    def ui_url(self) -> str:
        """A link to the run's Spark UI, good for an hour; whoever has it sees the queries."""
        return self._jobs.ui_url(self.id)

    def wait(self, timeout: float | None = None) -> JobRun:
        """Waits until the run has ended with SUCCESS.

        Args:
            timeout: seconds; default: as long as it takes.

        Returns:
            This run.

        Raises:
            JobFailed: if it failed or was cancelled, with the service's reason, and where its logs are.
            TimedOut: if it has not ended by then; it goes on.
        """
        self._jobs.wait(self.id, timeout, Progress(self._progress))
        return self

    def cancel(self) -> None:
        """Asks the service to end the run; one that has ended already is fine."""
        self._jobs.cancel(self.id)

    def cancel_quietly(self) -> None:
        """The same, where another error is on its way; says on stderr how it went."""
        self._jobs.cancel_quietly(self.id)

    def __repr__(self) -> str:
        told = self._jobs.contract
        return f"<JobRun {self.id} on {told.application_id} ({told.environment or told.region})>"
