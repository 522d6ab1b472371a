"""Prints how many sessions live."""

import os

import boto3

emr = boto3.client("emr-serverless")
application = os.environ["SPARKGATE_APPLICATION_ID"]
sessions = emr.list_sessions(applicationId=application)["sessions"]
print(sum(one["state"] not in ("FAILED", "TERMINATED") for one in sessions))
