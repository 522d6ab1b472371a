"""Job runs of EMR Serverless, as far as this package asks for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from faults import Fault


class FakeJobs:
    """A test sets by which states runs go on, and what happens at one of them."""

    def __init__(self, account: str, application: str) -> None:
        self._account, self._application = account, application
        self.runs: dict[str, dict[str, Any]] = {}
        self.path_of_states = ["SUBMITTED", "SCHEDULED", "RUNNING", "SUCCESS"]
        self.details = ""
        self.at: dict[str, Callable[[], None]] = {}

    def run(self, run_id: str, **changes: Any) -> dict[str, Any]:
        """Adds a run, Alice's and at work unless it is changed."""
        made = {
            "applicationId": self._application,
            "jobRunId": run_id,
            "arn": f"arn:aws:emr-serverless:eu-west-1:{self._account}:/applications/{self._application}/jobruns/{run_id}",
            "state": "RUNNING",
            "stateDetails": "",
            "attempt": 1,
            "tags": {"sparkgate:owner": "AIDAALICE"},
            **changes,
        }
        self.runs[run_id] = made
        return made

    def answer(self, operation: str, arguments: dict[str, Any]) -> dict[str, Any]:
        """What the service says to an operation."""
        if operation == "StartJobRun":
            made = self.run(f"00job{len(self.runs)}", state="SUBMITTED", path=iter(self.path_of_states))
            told = ("name", "mode", "jobDriver", "retryPolicy", "executionTimeoutMinutes")
            made |= {key: arguments[key] for key in told if key in arguments}
            made["tags"] = arguments.get("tags", {})
            self.at.get("start", lambda: None)()
            return {key: made[key] for key in ("applicationId", "jobRunId", "arn")}
        if operation == "ListJobRuns":
            return {"jobRuns": []}
        run = self.runs.get(arguments["jobRunId"])
        if run is None:
            raise Fault(404, "ResourceNotFoundException", "No such job run.")
        if operation == "GetJobRun":
            run["state"] = next(run.get("path", iter(())), run["state"])
            run["stateDetails"] = self.details
            self.at.get(run["state"], lambda: None)()
            return {"jobRun": {key: value for key, value in run.items() if key != "path"}}
        if operation == "CancelJobRun":
            if run["state"] in ("SUCCESS", "FAILED", "CANCELLED"):
                raise Fault(400, "ValidationException", "It has ended.")
            run |= {"state": "CANCELLED", "path": iter(())}
            return {key: run[key] for key in ("applicationId", "jobRunId")}
        return {"url": f"https://ui.example/jobs/{run['jobRunId']}"}
