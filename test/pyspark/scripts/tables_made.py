"""Makes tables of each catalog, changes them, and tries what nobody granted."""

import sys

import sparkgate
from pyspark.errors.exceptions.connect import SparkConnectException

lake, attic = sys.argv[1:]

with sparkgate.connect("dev") as spark:
    spark.sql("CREATE NAMESPACE IF NOT EXISTS lake.sales")
    spark.sql("CREATE TABLE lake.sales.orders (id BIGINT, what STRING) USING iceberg")
    spark.sql("INSERT INTO lake.sales.orders VALUES (1, 'tea'), (2, 'salt')")
    first = spark.table("lake.sales.orders.snapshots").collect()[0].snapshot_id
    spark.sql("ALTER TABLE lake.sales.orders ADD COLUMN price DOUBLE")
    spark.sql(
        """MERGE INTO lake.sales.orders o USING (SELECT * FROM VALUES (2L, 'sugar', 1.5D), (3L, 'milk', 2D)
           AS n(id, what, price)) n ON o.id = n.id
           WHEN MATCHED THEN UPDATE SET * WHEN NOT MATCHED THEN INSERT *"""
    )
    print("now", [tuple(row) for row in spark.table("lake.sales.orders").orderBy("id").collect()])
    before = spark.sql(f"SELECT * FROM lake.sales.orders VERSION AS OF {first} ORDER BY id")
    print("before", [tuple(row) for row in before.collect()])

    spark.sql(f"CREATE DATABASE staging LOCATION 's3://{lake}/staging'")
    spark.range(3).write.saveAsTable("staging.numbers")
    spark.range(9).write.saveAsTable("staging.rubbish")
    spark.sql("DROP TABLE staging.rubbish")
    spark.sql("CREATE TABLE staging.events (id BIGINT) USING delta")
    spark.sql("INSERT INTO staging.events VALUES (7)")
    spark.sql("INSERT INTO staging.events VALUES (8)")
    print("events", [row.id for row in spark.sql("SELECT * FROM staging.events VERSION AS OF 1").collect()])

    elsewhere = f"USING iceberg LOCATION 's3://{attic}/loot'"
    try:
        spark.sql(f"CREATE TABLE lake.sales.loot {elsewhere} AS SELECT 1 AS id")
    except SparkConnectException as error:
        print("refused:", error)
