"""Job runs of EMR Serverless, as far as this package asks for them."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
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
            "createdBy": f"arn:aws:iam::{self._account}:user/people/alice",
            "createdAt": time.time() - 600 + len(self.runs),
            "updatedAt": time.time(),
            "executionRole": f"arn:aws:iam::{self._account}:role/Execution",
            "releaseLabel": "emr-7.13.0",
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
            return self._list(arguments)
        run = self.runs.get(arguments["jobRunId"])
        if run is None:
            raise Fault(404, "ResourceNotFoundException", "No such job run.")
        if operation == "GetJobRun":
            run["state"] = next(run.get("path", iter(())), run["state"])
            run["stateDetails"] = self.details
            self.at.get(run["state"], lambda: None)()
            if run["tags"].get("sparkgate:owner") == "AIDABOB":
                raise Fault(403, "AccessDeniedException", "It is Bob's.")
            return {"jobRun": {key: value for key, value in run.items() if key != "path"}}
        if operation == "CancelJobRun":
            if run["state"] in ("SUCCESS", "FAILED", "CANCELLED"):
                raise Fault(400, "ValidationException", "It has ended.")
            run |= {"state": "CANCELLED", "path": iter(())}
            return {key: run[key] for key in ("applicationId", "jobRunId")}
        return {"url": f"https://ui.example/jobs/{run['jobRunId']}"}

    def _list(self, arguments: dict[str, Any]) -> dict[str, Any]:
        """Pages of one, so that all are seen only by who turns them; the oldest first."""
        after = datetime.fromisoformat(
            arguments.get("createdAtAfter", "1970-01-01T00:00:00Z")[:19] + "+00:00"
        )
        states = arguments.get("states") or [run["state"] for run in self.runs.values()]
        found = [
            {key: value for key, value in run.items() if key not in ("tags", "path", "jobRunId", "endedAt")}
            | {"id": run["jobRunId"]}
            for run in self.runs.values()
            if run["state"] in states and run["createdAt"] >= after.timestamp()
        ]
        at = int(arguments.get("nextToken", 0))
        return {"jobRuns": found[at : at + 1]} | ({"nextToken": str(at + 1)} if at + 1 < len(found) else {})
