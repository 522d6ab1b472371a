"""What can go wrong; a message says what, why as far as it is known, and what to do about it."""

from __future__ import annotations


class SparkgateError(Exception):
    """Anything that this package reports; the others are kinds of it.

    Attributes:
        code: AWS's own code where AWS answered, as in ``ResourceNotFoundException``; else empty.
        operation: what AWS was asked then, as in ``GetSession``; else empty.
    """

    code = ""
    operation = ""


class BadArgument(SparkgateError, ValueError):
    """An argument, variable or parameter that cannot work; nothing was started."""


class NotSignedIn(SparkgateError):
    """No AWS credentials, or ones that have expired."""


class NotPermitted(SparkgateError):
    """IAM denied an action; the message names it, and the caller."""


class NoCapacity(SparkgateError):
    """No room for a session, as far as the service tells: a quota, or the application's maximum capacity."""


class SessionFailed(SparkgateError):
    """The session could not start, or has ended; the message has the service's reason."""


class JobFailed(SparkgateError):
    """A job run failed or was cancelled; the message has the service's reason, and where its logs are."""


class TimedOut(SparkgateError, TimeoutError):
    """The session was not ready in time, and was terminated; or a job run has not ended, and goes on."""


class WrongPySpark(SparkgateError):
    """The installed PySpark cannot talk to the service's Spark, or cannot be loaded."""


class Unreachable(SparkgateError, OSError):
    """No connection: a name, a port, a proxy."""


class NotTrusted(Unreachable):
    """The certificate is signed by nobody whom this client trusts."""
