"""What a job run is asked to be, checked against what the service accepts."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from . import places
from .errors import BadArgument
from .request import SessionRequest, WorkerSize

#: Of the service: attempts of a batch run, and failed attempts in an hour of a streaming run.
_MOST_ATTEMPTS = 10

#: Characters of all Spark parameters together.
_MOST_PARAMETERS = 102_400


@dataclass(frozen=True)
class JobRequest:
    """A job run as it is asked for; raises BadArgument where the service would refuse it.

    Attributes:
        entry_point: the program, a .py or .jar: ``s3://…``, ``local:///…`` in the workers' image, or a file
            of this machine where there is ``upload``.
        arguments: of the program.
        name: what people see in lists, 1 to 256 characters.
        streaming: runs for ever, and is started again after a failure; else it is a batch.
        attempts: 1 to 10: of a batch, how often it is tried; of a streaming run, how many of them may fail
            in an hour. None for the service's default, 1 and 5.
        timeout: minutes after which the service ends a batch, 0 for never; None for its default, 12 hours.
        driver: (vCPU, memory in GB) of the driver's worker; None for the application's default.
        executor: the same of each executor.
        conf: Spark properties, beside those of the application.
        py_files: .py and .zip files that the program imports, each as the entry point is.
        jars: for driver and executors, each as the entry point is.
        main_class: of a .jar.
        upload: ``s3://bucket/prefix/``, below which files of this machine are put first.
        client_token: asked twice with one token, the service starts one run.
    """

    entry_point: str
    arguments: Sequence[str] = ()
    name: str | None = None
    streaming: bool = False
    attempts: int | None = None
    timeout: int | None = None
    driver: WorkerSize | None = None
    executor: WorkerSize | None = None
    conf: Mapping[str, object] = field(default_factory=dict)
    py_files: Sequence[str] = ()
    jars: Sequence[str] = ()
    main_class: str | None = None
    upload: str | None = None
    client_token: str = field(default_factory=lambda: str(uuid.uuid4()))

    def __post_init__(self) -> None:
        self._properties()
        for name in ("arguments", "py_files", "jars"):
            given = getattr(self, name)
            if isinstance(given, str) or not all(isinstance(one, str) for one in given):
                raise BadArgument(f"{name} is {given!r}, but takes a list of texts.")
        _whole("attempts", self.attempts, 1, _MOST_ATTEMPTS)
        _whole("timeout", self.timeout, 0, 10**6, " minutes; 0 is for ever")
        if self.streaming and self.timeout is not None:
            raise BadArgument(
                f"timeout is {self.timeout}, but a streaming run has none: it runs until it is cancelled."
            )
        if not re.fullmatch(r"[A-Za-z0-9._-]{1,64}", self.client_token):
            raise BadArgument(
                f"client_token is {self.client_token!r}, but takes 1 to 64 letters, digits and . _ -"
            )
        if self.upload is not None:
            places.bucket_and_key("upload", self.upload)
        for what, place in self.files():
            places.check(what, place, self.upload)

    def files(self) -> list[tuple[str, str]]:
        """What the workers have to read, each with the name of its argument."""
        return [
            ("entry_point", self.entry_point),
            *(("py_files", one) for one in self.py_files),
            *(("jars", one) for one in self.jars),
        ]

    def parameters(self, defaults: Mapping[str, str], at: Mapping[str, str]) -> dict[str, Any]:
        """What StartJobRun is told of it.

        Args:
            defaults: the application's own spark-defaults.
            at: where files of this machine are on S3.
        """
        driver: dict[str, Any] = {"entryPoint": at.get(self.entry_point, self.entry_point)}
        if self.arguments:
            driver["entryPointArguments"] = list(self.arguments)
        if parameters := self._spark(defaults, at):
            driver["sparkSubmitParameters"] = parameters
        told: dict[str, Any] = {
            "clientToken": self.client_token,
            "jobDriver": {"sparkSubmit": driver},
            "mode": "STREAMING" if self.streaming else "BATCH",
        }
        if self.name is not None:
            told["name"] = self.name
        if self.attempts is not None:
            key = "maxFailedAttemptsPerHour" if self.streaming else "maxAttempts"
            told["retryPolicy"] = {key: self.attempts}
        if self.timeout is not None:
            told["executionTimeoutMinutes"] = self.timeout
        return told

    def _properties(self) -> dict[str, str]:
        return SessionRequest(
            driver=self.driver, executor=self.executor, conf=self.conf, name=self.name
        ).properties()

    def _spark(self, defaults: Mapping[str, str], at: Mapping[str, str]) -> str:
        """Parameters of spark-submit, each of which comes before the application's property of one key.

        A classification of the run's own would replace the application's whole, its catalogs included. Lists
        of files are joined with the application's, for a catalog's classes come in such a list too.
        """
        said = [f"--class {self.main_class}"] if self.main_class else []
        for option, key, files in (
            ("--py-files", "spark.submit.pyFiles", self.py_files),
            ("--jars", "spark.jars", self.jars),
        ):
            if files:
                base = (defaults.get(key) or "").split(",")
                every = dict.fromkeys(one for one in (*base, *(at.get(f, f) for f in files)) if one)
                said.append(f"{option} {_quoted(','.join(every))}")
        said += [f"--conf {_quoted(f'{key}={value}')}" for key, value in self._properties().items()]
        text = " ".join(said)
        if len(text) > _MOST_PARAMETERS:
            raise BadArgument(
                f"conf, jars and py_files come to {len(text):,} characters; the service takes"
                f" {_MOST_PARAMETERS:,}."
            )
        return text


def _whole(name: str, value: int | None, least: int, most: int, unit: str = "") -> None:
    if value is None:
        return
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise BadArgument(f"{name} is {value!r}, but takes a whole number from {least} to {most:,}{unit}.")


def _quoted(text: str) -> str:
    """As a shell reads it, where it is more than a word; how the service reads it is not documented."""
    if re.fullmatch(r"[^\s\"'\\]+", text):
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
