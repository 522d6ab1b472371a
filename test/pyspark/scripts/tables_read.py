"""Looks at what somebody else has made."""

import sparkgate

with sparkgate.connect("dev") as spark:
    print("databases", [row[0] for row in spark.sql("SHOW DATABASES").collect()])
    print("tables", sorted(row.tableName for row in spark.sql("SHOW TABLES IN staging").collect()))
    print("orders", [tuple(row) for row in spark.table("lake.sales.orders").orderBy("id").collect()])
    print("numbers", spark.table("staging.numbers").count())
    print("events", sorted(row.id for row in spark.table("staging.events").collect()))
