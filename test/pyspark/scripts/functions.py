"""Python functions of every kind, run by the workers."""

import pandas as pd
import pyspark.pandas as ps
import sparkgate
from pyspark.sql import functions as F  # noqa: N812

spark = sparkgate.connect("dev")
numbers = spark.range(6)

double = F.udf(lambda x: 2 * x, "long")
print("udf", [row.two for row in numbers.select(double("id").alias("two")).collect()])


@F.pandas_udf("double")
def half(x: pd.Series) -> pd.Series:
    return x / 2


print("pandas_udf", numbers.select(half("id").alias("h")).toPandas()["h"].sum())


def mean(group: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame({"odd": [group["odd"].iloc[0]], "mean": [group["id"].mean()]})


grouped = numbers.withColumn("odd", F.col("id") % 2 == 1).groupBy("odd")
means = grouped.applyInPandas(mean, "odd boolean, mean double").orderBy("odd")
print("applyInPandas", [row["mean"] for row in means.collect()])


def evens(frames):
    for frame in frames:
        yield frame[frame["id"] % 2 == 0]


print("mapInPandas", numbers.mapInPandas(evens, "id long").count())
print("pandas on Spark", ps.range(6)["id"].mean())
spark.stop()
