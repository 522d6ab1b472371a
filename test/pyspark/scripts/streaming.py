"""A streaming query, until it has rows."""

import sparkgate

spark = sparkgate.connect("dev")
rate = spark.readStream.format("rate").option("rowsPerSecond", 50).load()
query = rate.writeStream.format("memory").queryName("ticks").start()
while spark.table("ticks").count() < 20:
    assert query.exception() is None, query.exception()
print("ticks", spark.table("ticks").count() >= 20)
query.stop()
print("active", query.isActive)
spark.stop()
