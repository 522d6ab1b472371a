"""Has a temporary view when its server dies, hears of it, and connects again."""

import sys

import sparkgate
from sparkgate.errors import SparkgateError

spark = sparkgate.connect()
spark.range(3).createOrReplaceTempView("mine")
print("view", spark.table("mine").count(), flush=True)
print("ready now", flush=True)
sys.stdin.readline()
try:
    print("still there", spark.table("mine").count())
except SparkgateError as lost:
    print("lost", type(lost).__name__)
except Exception as lost:  # noqa: BLE001
    # Spark's own answer, where it came before our client looked.
    print("lost", type(lost).__name__, lost)
spark.stop()
spark = sparkgate.connect()
print("again", spark.range(3).count())
try:
    spark.table("mine").count()
except Exception as e:  # noqa: BLE001
    print("without the view", "TABLE_OR_VIEW_NOT_FOUND" in str(e))
spark.stop()
