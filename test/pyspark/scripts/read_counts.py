"""Reads what the word count found."""

import os

import sparkgate

with sparkgate.connect("dev") as spark:
    counts = spark.read.parquet(os.environ["SPARKGATE_WORD_COUNT_OUTPUT"])
    print("most", *counts.orderBy("count", ascending=False).first())
