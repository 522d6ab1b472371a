"""What a session is asked to be, checked against what the service accepts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .errors import BadArgument

#: vCPU and memory in GB, as in (4, 16).
WorkerSize = tuple[int, int]

#: Memory in GB by vCPU: from, to, in steps of.
_SIZES = {1: (2, 8, 1), 2: (4, 16, 1), 4: (8, 30, 1), 8: (16, 60, 4), 16: (32, 120, 8)}

#: The service adds this part of a heap to it, at least 384 MB; both have to fit into the worker.
_OVERHEAD = 0.1
_LEAST_OVERHEAD_MB = 384


@dataclass(frozen=True)
class SessionRequest:
    """A session as it is asked for; raises BadArgument where the service would refuse it.

    Attributes:
        idle_timeout: minutes without work after which the service ends it, 1 to 1,000,000; None
            for the service's default, an hour. The platform's reaper may be stricter.
        driver: (vCPU, memory in GB) of the driver's worker; None for the application's default.
        executor: the same of each executor.
        conf: Spark properties; values may be text, numbers or booleans.
        name: what people see in lists, 1 to 256 characters.
        timeout: seconds to wait until it takes clients.
    """

    idle_timeout: int | None = None
    driver: WorkerSize | None = None
    executor: WorkerSize | None = None
    conf: Mapping[str, object] = field(default_factory=dict)
    name: str | None = None
    timeout: float = 600

    def __post_init__(self) -> None:
        minutes = self.idle_timeout
        if minutes is not None and (
            isinstance(minutes, bool) or not isinstance(minutes, int) or not 1 <= minutes <= 10**6
        ):
            raise BadArgument(f"idle_timeout is {minutes!r}, but takes whole minutes from 1 to 1,000,000.")
        name = self.name
        if name is not None and not (isinstance(name, str) and name.strip() and len(name) <= 256):
            raise BadArgument(f"name is {self.name!r}, but takes 1 to 256 characters, not blank.")
        if not isinstance(self.timeout, (int, float)) or not self.timeout > 0:
            raise BadArgument(f"timeout is {self.timeout!r}, but takes seconds, more than 0.")
        self.properties()

    def properties(self) -> dict[str, str]:
        """All Spark properties of the session, worker sizes included, as the service takes them."""
        if not isinstance(self.conf, Mapping):
            raise BadArgument(
                f"conf is {self.conf!r}, but takes a dict, as in {{'spark.sql.ansi.enabled': True}}."
            )
        sized = {**_sized("driver", self.driver), **_sized("executor", self.executor)}
        given = {}
        for key, value in self.conf.items():
            if not isinstance(key, str) or not key.startswith("spark.") or key != key.strip():
                raise BadArgument(f"conf has the key {key!r}, but takes keys as 'spark.sql.…'.")
            if key in sized:
                role = key.split(".")[1]
                raise BadArgument(f"conf sets {key}, which {role}={getattr(self, role)!r} sets too.")
            given[key] = _text(key, value)
        if len(sized | given) > 100:
            raise BadArgument(f"conf has {len(sized | given)} properties; the service takes 100.")
        return sized | given

    def parameters(self) -> dict[str, Any]:
        """What StartSession is told of it."""
        told: dict[str, Any] = {}
        if self.idle_timeout is not None:
            told["idleTimeoutMinutes"] = self.idle_timeout
        if self.name is not None:
            told["name"] = self.name
        if properties := self.properties():
            told["configurationOverrides"] = {
                "runtimeConfiguration": [{"classification": "spark-defaults", "properties": properties}]
            }
        return told

    def is_met_by(self, session: Mapping[str, Any]) -> bool:
        """Whether a session, as GetSession tells of it, is what is asked for.

        Spark properties must be the same, asked for or not; name and idle timeout only where they
        are asked for.
        """
        overrides = session.get("configurationOverrides", {}).get("runtimeConfiguration", [])
        others = [o for o in overrides if o["classification"] != "spark-defaults"]
        properties: dict[str, str] = {}
        for override in overrides:
            properties |= override.get("properties", {})
        return (
            not others
            and properties == self.properties()
            and self.name in (None, session.get("name"))
            and self.idle_timeout in (None, session.get("idleTimeoutMinutes"))
        )


def _sized(role: str, size: WorkerSize | None) -> dict[str, str]:
    if size is None:
        return {}
    known = isinstance(size, (tuple, list)) and len(size) == 2 and size[0] in _SIZES
    least, most, step = _SIZES[size[0]] if known else (0, -1, 1)
    if not known or size[1] not in range(least, most + 1, step):
        sizes = (f"({v}, {a} to {b} in steps of {s})" for v, (a, b, s) in _SIZES.items())
        raise BadArgument(f"{role} is {size!r}, but takes (vCPU, GB of memory): {', '.join(sizes)}.")
    vcpu, memory = size
    room = memory * 1024
    heap = min(int(room / (1 + _OVERHEAD)), room - _LEAST_OVERHEAD_MB)
    return {f"spark.{role}.cores": str(vcpu), f"spark.{role}.memory": f"{heap}m"}


def _text(key: str, value: object) -> str:
    text = str(value).lower() if isinstance(value, bool) else str(value)
    if value is None or len(text) > 1024 or (text and not text.strip()):
        raise BadArgument(
            f"conf sets {key} to {value!r}, but the service takes text of at most 1,024 characters"
            " that is not blank."
        )
    return text
