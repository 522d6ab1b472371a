"""Terminates a session, as on-call does."""

import os
import sys

import boto3

application = os.environ["SPARKGATE_APPLICATION_ID"]
boto3.client("emr-serverless").terminate_session(applicationId=application, sessionId=sys.argv[1])
