"""One session by PySpark and boto3: prints the seconds until it is ready, connected, and has a row."""

import os
import time
import urllib.parse

import boto3
from pyspark.sql import SparkSession

emr = boto3.client("emr-serverless")
ids = {"applicationId": os.environ["SPARKGATE_APPLICATION_ID"]}
start = time.perf_counter()
ids["sessionId"] = emr.start_session(
    **ids,
    executionRoleArn=os.environ["SPARKGATE_EXECUTION_ROLE_ARN"],
    tags={"sparkgate:owner": os.environ["SPARKGATE_OWNER"]},
)["sessionId"]
while (state := emr.get_session(**ids)["session"]["state"]) not in ("STARTED", "IDLE"):
    if state in ("FAILED", "TERMINATING", "TERMINATED"):
        raise SystemExit(emr.get_session(**ids)["session"]["stateDetails"])
    time.sleep(0.1)
ready = time.perf_counter()
to = emr.get_session_endpoint(**ids)
spark = SparkSession.builder.remote(
    to["endpoint"].replace("https://", "sc://")
    + ":443/;use_ssl=true;x-aws-proxy-auth="
    + urllib.parse.quote(to["authToken"], safe="")
).create()
connected = time.perf_counter()
assert spark.sql("SELECT 1").collect()[0][0] == 1
row = time.perf_counter()
spark.stop()
emr.terminate_session(**ids)
while emr.get_session(**ids)["session"]["state"] != "TERMINATED":
    time.sleep(0.1)
print(ready - start, connected - ready, row - connected)
