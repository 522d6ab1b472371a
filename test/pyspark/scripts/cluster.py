"""What a data scientist does on a cluster: frames, SQL, functions, 64 MB up, and a query that is silent."""

import sys
import time

import pandas as pd
import sparkgate
from pyspark.sql import functions as F  # noqa: N812

silence = float(sys.argv[1])
spark = sparkgate.connect()

print("frame", [row.s for row in spark.createDataFrame([(1, "a"), (2, "b")], "i int, s string").collect()])
print("sql", spark.sql("SELECT sum(id) FROM range(5)").first()[0])

double = F.udf(lambda x: 2 * x, "long")
print("function", [row.two for row in spark.range(3).select(double("id").alias("two")).collect()])

up = spark.createDataFrame(pd.DataFrame({"mb": [chr(65 + i % 26) * 1024 * 1024 for i in range(64)]}))
print("up", up.selectExpr("sum(length(mb))").first()[0] // 1024 // 1024)


@F.udf("long")
def slow(x: int) -> int:
    time.sleep(silence)
    return x + 1


began = time.monotonic()
print("silent", spark.range(1, numPartitions=1).select(slow("id")).first()[0])
print("for long", time.monotonic() - began > silence)
spark.stop()
