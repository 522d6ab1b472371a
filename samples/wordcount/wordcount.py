"""Counts the words of texts.

    wordcount.py INPUT OUTPUT [parquet|csv]

INPUT is a text file or a folder of them, or several with commas between. OUTPUT is a folder, whose
content is replaced: a row for each word, with how often it occurs, the most frequent first.
"""

import sys

from pyspark.sql import SparkSession
from pyspark.sql.functions import col, count, explode, lower, split

FORMATS = ("parquet", "csv")


def main(arguments):
    if len(arguments) not in (2, 3) or arguments[2:] not in ([], *([name] for name in FORMATS)):
        sys.exit("wordcount.py: use the arguments INPUT OUTPUT [parquet|csv]")
    source, target = arguments[:2]
    spark = SparkSession.builder.appName("wordcount").getOrCreate()
    lines = spark.read.text(source.split(","))
    words = lines.select(explode(split(lower(col("value")), r"[^\p{L}\p{N}']+")).alias("word"))
    counts = (
        words.where(col("word") != "")
        .groupBy("word")
        .agg(count("*").alias("count"))
        .orderBy(col("count").desc(), "word")
        .coalesce(1)
    )
    form = arguments[2] if len(arguments) == 3 else FORMATS[0]
    counts.write.mode("overwrite").format(form).option("header", True).save(target)
    spark.stop()


if __name__ == "__main__":
    main(sys.argv[1:])
