"""One sweep with boto3, a call at a time; SdkClient and Turn tell what it prints and when."""

import os
import sys
import time
from datetime import datetime, timedelta, timezone

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

applications = os.environ["APPLICATIONS"].split(",")
limit = timedelta(minutes=int(os.environ["IDLE_MINUTES"]))
mode = sys.argv[1]
emr = boto3.client("emr-serverless", config=Config(retries={"mode": mode}))


def listed(application):
    pages = emr.get_paginator("list_sessions").paginate(applicationId=application)
    return [session for page in pages for session in page["sessions"]]


def get(summary):
    return emr.get_session(
        applicationId=summary["applicationId"], sessionId=summary["sessionId"]
    )["session"]


def look(summary):
    session = get(summary)
    if (
        session["state"] == "IDLE"
        and "idleSince" in session
        and session["idleSince"] <= datetime.now(timezone.utc) - limit
    ):
        emr.terminate_session(
            applicationId=session["applicationId"], sessionId=session["sessionId"]
        )


def sweep():
    failed_lists = failed_sessions = 0
    for application in applications:
        try:
            summaries = listed(application)
        except (BotoCoreError, ClientError):
            failed_lists += 1
            continue
        for summary in summaries:
            try:
                if summary["state"] == "IDLE":
                    look(summary)
            except (BotoCoreError, ClientError):
                failed_sessions += 1
    return failed_lists, failed_sessions


get(listed(applications[0])[0])
print("ready", flush=True)
if sys.stdin.readline():
    start, cpu = time.perf_counter_ns(), time.process_time_ns()
    failed = sweep()
    end, cpu_end = time.perf_counter_ns(), time.process_time_ns()
    print("done", end - start, cpu_end - cpu, *failed, flush=True)
