"""One call to a governed Spark Connect session on Amazon EMR Serverless.

>>> import sparkgate
>>> spark = sparkgate.connect("dev")  # doctest: +SKIP
>>> spark.range(10).show()  # doctest: +SKIP
"""

from .connect import connect
from .errors import (
    BadArgument,
    NoCapacity,
    NotPermitted,
    NotSignedIn,
    NotTrusted,
    SessionFailed,
    SparkgateError,
    TimedOut,
    Unreachable,
    WrongPySpark,
)

__all__ = [
    "BadArgument",
    "NoCapacity",
    "NotPermitted",
    "NotSignedIn",
    "NotTrusted",
    "SessionFailed",
    "SparkgateError",
    "TimedOut",
    "Unreachable",
    "WrongPySpark",
    "connect",
]
