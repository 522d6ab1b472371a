"""What a smoke test may take, and the session that it asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any

from .catalogs import spark_defaults
from .errors import BadArgument
from .request import SessionRequest, WorkerSize

#: Ends the session where nobody else can any more, as after kill -9.
IDLE_MINUTES = 5

#: So that there is one executor, whatever the application's defaults are, or the service's. The maximum alone
#: does not do: Spark 3.5.6 was seen to start as many as it has initially, three by the service's
#: default, and to refuse a minimum above the maximum.
_ONE_EXECUTOR = {
    "spark.dynamicAllocation.minExecutors": "0",
    "spark.dynamicAllocation.initialExecutors": "1",
    "spark.dynamicAllocation.maxExecutors": "1",
    "spark.executor.instances": "1",
}

#: By its name a later smoke test knows a session that was left over. A tag would be the place, but IAM lets a
#: developer set no other than sparkgate:owner and sparkgate:idle-minutes.
_NAME = "sparkgate-smoke until %Y-%m-%dT%H:%M:%SZ"

#: What one run may cost, for --help.
COST = (
    "Its session ends with it, or 5 minutes after it was killed. At worst, killed at its deadline of 600 s,"
    " it takes 2 vCPU-hours and 8 GB-hours with a driver and an executor of 4 vCPU and 16 GB, the default:"
    " 0.15 USD at list prices (June 2026, us-east-1, x86, from secondary sources). A warm pool costs on until"
    " the application stops."
)


@dataclass(frozen=True)
class SmokeRequest:
    """A smoke test as it is asked for.

    Attributes:
        timeout: seconds until the answer, at most 3,600, for which the token is good.
        patience: seconds from the start on in which what IAM denies is tried again.
        driver: (vCPU, memory in GB) of the driver's worker; None for the application's default.
        executor: the same of the one executor.
        conf: Spark properties beside those of the application.
    """

    timeout: float = 600
    patience: float = 90
    driver: WorkerSize | None = None
    executor: WorkerSize | None = None
    conf: Mapping[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not 0 < self.timeout <= 3600:
            raise BadArgument(f"timeout is {self.timeout:g}, but takes seconds, more than 0 and up to 3600.")
        if not 0 <= self.patience <= 3600:
            raise BadArgument(f"patience is {self.patience:g}, but takes seconds, from 0 to 3600.")
        for key in self.conf:
            if key in _ONE_EXECUTOR:
                raise BadArgument(f"conf sets {key}, which a smoke test sets itself, to bound what it costs.")
        self.session({}, datetime.now(timezone.utc))

    def session(self, application: Mapping[str, Any], until: datetime) -> SessionRequest:
        """The session to start on an application, by a test that is over at a time.

        A session with properties of its own loses the application's, so they are repeated: the test is to be
        like a session of people, who set none.
        """
        sized = SessionRequest(driver=self.driver, executor=self.executor).properties()
        defaults = spark_defaults(application)
        kept = {k: v for k, v in defaults.items() if k.startswith("spark.") and k not in sized}
        return SessionRequest(
            idle_timeout=IDLE_MINUTES,
            driver=self.driver,
            executor=self.executor,
            conf={**kept, **self.conf, **_ONE_EXECUTOR},
            name=until.strftime(_NAME),
        )


def is_left_over(name: str) -> bool:
    """Whether a session is of a smoke test that is over; one whose time is not yet may be at work."""
    try:
        until = datetime.strptime(name, _NAME).replace(tzinfo=timezone.utc)
    except ValueError:
        return False
    return until < datetime.now(timezone.utc)
