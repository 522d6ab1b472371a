"""A query without an end; says when it begins."""

import sparkgate

spark = sparkgate.connect("dev", reuse=False)
print("session", spark.remote_session_id, flush=True)
sleep = "java_method('java.lang.Thread', 'sleep', 1000L)"
print(spark.sql(f"SELECT {sleep} FROM range(0, 100000, 1, 1)").collect())
