"""Works, is put to sleep by its parent, and works on."""

import sys

import sparkgate

spark = sparkgate.connect("dev", reuse=False, idle_timeout=1440)
spark.range(7).createOrReplaceTempView("before")
print("session", spark.remote_session_id, flush=True)
sys.stdin.readline()
print("after", spark.table("before").count(), flush=True)
spark.stop()
