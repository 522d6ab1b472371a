"""Tries to take over the session that is named."""

import os
import sys

import boto3

emr = boto3.client("emr-serverless")
ids = {"applicationId": os.environ["SPARKGATE_APPLICATION_ID"], "sessionId": sys.argv[1]}
for name, call in (("endpoint", emr.get_session_endpoint), ("terminate", emr.terminate_session)):
    try:
        call(**ids)
        print(f"{name}: done")
    except emr.exceptions.ClientError as e:
        print(f"{name}: {e.response['Error']['Code']}")
