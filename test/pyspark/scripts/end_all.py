"""Terminates every session that lives, as on-call may, and waits until none does."""

import os
import time

import boto3

emr = boto3.client("emr-serverless")
application = os.environ["SPARKGATE_APPLICATION_ID"]


def live():
    pages = emr.get_paginator("list_sessions").paginate(applicationId=application)
    sessions = [session for page in pages for session in page["sessions"]]
    return [one for one in sessions if one["state"] not in ("FAILED", "TERMINATED")]


for session in live():
    if session["state"] != "TERMINATING":
        emr.terminate_session(applicationId=application, sessionId=session["sessionId"])
while live():
    time.sleep(0.2)
