"""Where the logs of a job run are, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def where(application: Mapping[str, Any], run: Mapping[str, Any], ui: str) -> str:
    """A sentence about each place that has the driver's log.

    Args:
        application: as GetApplication tells of it.
        run: as GetJobRun tells of it.
        ui: the command that prints the link to the run's Spark UI.
    """
    own = run.get("configurationOverrides", {}).get("monitoringConfiguration", {})
    told = {**application.get("monitoringConfiguration", {}), **own}
    below = f"applications/{run['applicationId']}/jobs/{run['jobRunId']}"
    attempt = run.get("attempt", 1)
    s3 = told.get("s3MonitoringConfiguration", {}).get("logUri")
    group = told.get("cloudWatchLoggingConfiguration", {})
    said = []
    if s3:
        retried = f"/attempts/{attempt}" if attempt > 1 or run.get("retryPolicy") else ""
        folder = f"{s3.rstrip('/')}/{below}{retried}/SPARK_DRIVER"
        said.append(f"The driver's logs are {folder}/stderr.gz and stdout.gz, which has what Python printed.")
    if group.get("enabled"):
        name = group.get("logGroupName", "/aws/emr-serverless")
        prefix = group.get("logStreamNamePrefix", "").strip("/")
        said.append(f"Its streams in the log group {name} begin with {prefix}/{below}.")
    if told.get("managedPersistenceMonitoringConfiguration", {}).get("enabled", True):
        said.append(f"Its Spark UI leads to its logs: {ui}")
    return " ".join(said) or "It writes no logs: the platform has switched all of them off."
