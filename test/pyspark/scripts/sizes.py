"""What is large: 64 MB up, 100 MB down, and a message above 128 MiB, in one session."""

import numpy as np
import pandas as pd
import sparkgate

ROWS = 1024 * 1024  # of eight columns of 8 bytes
spark = sparkgate.connect("dev")

up = spark.createDataFrame(pd.DataFrame({f"c{i}": np.arange(ROWS) for i in range(8)}))
print("up", up.selectExpr("sum(c7)").first()[0] == ROWS * (ROWS - 1) // 2)

down = spark.range(100).selectExpr("repeat(chr(65 + id % 26), 1024 * 1024) AS mb").collect()
print("down", sum(len(row.mb) for row in down) // 1024 // 1024)

try:
    spark.sql(f"SELECT length('{'x' * (130 * 1024 * 1024)}')").collect()
except Exception as e:  # noqa: BLE001
    print("too large", "RESOURCE_EXHAUSTED" in str(e), "134217728" in str(e))

print("still there", spark.range(3).count())
spark.stop()
