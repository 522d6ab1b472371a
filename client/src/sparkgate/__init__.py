"""One call to a governed Spark Connect session on Amazon EMR Serverless.

>>> import sparkgate
>>> spark = sparkgate.connect("dev")  # doctest: +SKIP
>>> spark.range(10).show()  # doctest: +SKIP
"""

from .catalogs import CatalogIgnored, SettingsReplaced
from .connect import connect
from .errors import (
    BadArgument,
    JobFailed,
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
from .job_run import JobRun
from .submit import submit

__all__ = [
    "BadArgument",
    "CatalogIgnored",
    "JobFailed",
    "JobRun",
    "NoCapacity",
    "NotPermitted",
    "NotSignedIn",
    "NotTrusted",
    "SessionFailed",
    "SettingsReplaced",
    "SparkgateError",
    "TimedOut",
    "Unreachable",
    "WrongPySpark",
    "connect",
    "submit",
]
