"""Job runs of the person who runs this: what is asked for on the command line, a line for each answer."""

from __future__ import annotations

import json
import os
import sys
import time
import urllib.request
from typing import Any

import boto3
import botocore.exceptions

OVER = ("SUCCESS", "FAILED", "CANCELLED")

emr = boto3.client("emr-serverless")
application = os.environ["SPARKGATE_APPLICATION_ID"]


def start(request: str) -> None:
    """Submit a job run, as StartJobRun takes it but for what everybody says."""
    run = emr.start_job_run(
        applicationId=application,
        executionRoleArn=os.environ["SPARKGATE_EXECUTION_ROLE_ARN"],
        tags={os.environ["SPARKGATE_OWNER_TAG"]: os.environ["SPARKGATE_OWNER"]},
        **json.loads(request),
    )
    print("run", run["jobRunId"])


def wait(run: str, *states: str) -> None:
    """Wait until a run is in one of these states."""
    while (now := get(run))["state"] not in (states or OVER):
        assert now["state"] not in OVER, now
        time.sleep(0.2)
    print("state", now["state"], now["attempt"], now["stateDetails"])


def get(run: str) -> Any:
    return emr.get_job_run(applicationId=application, jobRunId=run)["jobRun"]


def cancel(run: str) -> None:
    emr.cancel_job_run(applicationId=application, jobRunId=run)


def attempts(run: str) -> None:
    """List the attempts of a run."""
    listed = emr.list_job_run_attempts(applicationId=application, jobRunId=run)
    print("attempts", [one["state"] for one in listed["jobRunAttempts"]])


def dashboard(run: str) -> None:
    """Open the Spark UI of a run, as soon as it has one."""
    while not (url := emr.get_dashboard_for_job_run(applicationId=application, jobRunId=run).get("url")):
        time.sleep(0.2)
    with urllib.request.urlopen(url) as page:
        print("dashboard", b"Spark Jobs" in page.read())


def used(run: str) -> None:
    print("used", get(run)["billedResourceUtilization"]["vCPUHour"] > 0)


def session(_: str) -> None:
    """Start a session."""
    emr.start_session(
        applicationId=application,
        executionRoleArn=os.environ["SPARKGATE_EXECUTION_ROLE_ARN"],
        tags={os.environ["SPARKGATE_OWNER_TAG"]: os.environ["SPARKGATE_OWNER"]},
    )


for words in sys.argv[1:]:
    verb, *arguments = words.split(" ", 1)
    rest = arguments[0] if verb == "start" else arguments and arguments[0].split()
    try:
        globals()[verb](*([rest] if verb == "start" else rest or [""]))
    except botocore.exceptions.ClientError as e:
        print(f"{verb}:", e.response["Error"]["Code"], e.response["Error"]["Message"])
