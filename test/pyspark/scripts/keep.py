"""Protects a session from the reaper for an hour, as on-call does."""

import datetime
import os
import sys

import boto3

emr = boto3.client("emr-serverless")
ids = {"applicationId": os.environ["SPARKGATE_APPLICATION_ID"]}
application = emr.get_application(**ids)["application"]["arn"]
until = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=1)
emr.tag_resource(
    resourceArn=f"{application}/sessions/{sys.argv[1]}",
    tags={"sparkgate:keep-until": until.isoformat(timespec="seconds")},
)
