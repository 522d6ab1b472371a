"""Waits until a session is in a state."""

import os
import sys
import time

import boto3

emr = boto3.client("emr-serverless")
ids = {"applicationId": os.environ["SPARKGATE_APPLICATION_ID"], "sessionId": sys.argv[1]}
while emr.get_session(**ids)["session"]["state"] != sys.argv[2]:
    time.sleep(0.2)
