"""The sweep as one writes it with boto3: one call after the other."""

import json
import logging
import os
from datetime import datetime, timedelta, timezone

import boto3

logger = logging.getLogger()
logger.setLevel(logging.INFO)

limit = timedelta(minutes=json.loads(os.environ["REAPER"])["idleMinutes"])
emr = boto3.client("emr-serverless")


def handle(event, context):
    scanned = 0
    terminated = 0
    for applications in emr.get_paginator("list_applications").paginate():
        for application in applications["applications"]:
            pages = emr.get_paginator("list_sessions").paginate(
                applicationId=application["id"]
            )
            for sessions in pages:
                for session in sessions["sessions"]:
                    scanned += 1
                    terminated += sweep(session)
    return {"scanned": scanned, "terminated": terminated}


def sweep(summary):
    if summary["state"] != "IDLE":
        return False
    ids = {name: summary[name] for name in ("applicationId", "sessionId")}
    session = emr.get_session(**ids)["session"]
    due = (
        session["state"] == "IDLE"
        and "idleSince" in session
        and datetime.now(timezone.utc) - session["idleSince"] >= limit
    )
    if due:
        emr.terminate_session(**ids)
    logger.info(
        json.dumps(
            {
                "session": session["sessionId"],
                "createdBy": session["createdBy"],
                "outcome": "terminated" if due else "kept",
            }
        )
    )
    return due
