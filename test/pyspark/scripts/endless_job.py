"""A job that does not end by itself."""

import time

from pyspark.sql import SparkSession

spark = SparkSession.builder.getOrCreate()
print("rows", spark.range(3).count())
while True:
    time.sleep(1)
