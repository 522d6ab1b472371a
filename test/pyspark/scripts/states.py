"""Prints the state of each session that is named, as an auditor sees it."""

import os
import sys

import boto3

emr = boto3.client("emr-serverless")
pages = emr.get_paginator("list_sessions").paginate(applicationId=os.environ["SPARKGATE_APPLICATION_ID"])
states = {session["sessionId"]: session["state"] for page in pages for session in page["sessions"]}
print(*(states[session] for session in sys.argv[1:]))
