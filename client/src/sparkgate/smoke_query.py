"""The smoke test's query: stock PySpark, as in the README's script, in a process that may be killed.

PySpark whose channel hangs heeds no signal, so ``sparkgate.smoke_client`` starts this one, and kills it. The
URL comes by stdin, where no list of processes and no environment shows it; when stdin ends, so does this.
"""

from __future__ import annotations

import json
import os
import re
import sys
import threading

#: Needs an executor and a shuffle, which SELECT 1 does not.
QUERY = "SELECT sum(id) FROM range(1000)"


def main() -> int:
    """Prints an answer, or an error, as one line of JSON."""
    try:
        from pyspark.sql import SparkSession

        url = sys.stdin.readline().strip()
        if not url:
            return 1
        threading.Thread(target=_end_with_parent, daemon=True).start()
        spark = SparkSession.builder.remote(url).create()
        told = {"spark": spark.version, "answer": str(spark.sql(QUERY).collect()[0][0])}
        spark.stop()
    except Exception as error:  # noqa: BLE001
        told = {"error": _cause(error)}
    print(json.dumps(told))
    return 0


def _end_with_parent() -> None:
    sys.stdin.read()
    os._exit(1)


def _cause(error: Exception) -> str:
    """One line of what may be a Java stack, or gRPC's account of a call."""
    text = str(error)
    call = re.search(r"status = StatusCode\.(\w+)\s+details = \"(.*)\"", text)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return f"{type(error).__name__}: {': '.join(call.groups()) if call else next(iter(lines), '')}"


if __name__ == "__main__":
    sys.exit(main())
