"""Keeps a session with something of one's own until the parent says so."""

import sys

import boto3
import sparkgate

me = boto3.client("sts").get_caller_identity()["UserId"].split(":")[1]
with sparkgate.connect("dev") as spark:
    spark.createDataFrame([(me,)], "name string").createOrReplaceTempView("whoami")
    print("session", spark.remote_session_id, flush=True)
    sys.stdin.readline()
    print("temporary view", [row.name for row in spark.table("whoami").collect()])
