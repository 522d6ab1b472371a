"""A PySpark in a process of its own, which is asked one query, and is killed when it takes too long."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from .errors import SparkgateError
from .relay import direct

#: What starts the process.
COMMAND = [sys.executable, "-m", "sparkgate.smoke_query"]

#: Of these variables PySpark makes a session that is another than the one it is told.
_NOT_PASSED_ON = ("SPARK_REMOTE", "SPARK_LOCAL_REMOTE", "SPARK_CONNECT_MODE_ENABLED", "MASTER")


@dataclass(frozen=True)
class Answer:
    """What the query came to, and which Spark said so."""

    value: str
    spark: str


class SmokeClient:
    """Starts at once, so that PySpark is loaded while the session comes up."""

    def __init__(self) -> None:
        # Files, because who reads pipes has to read two at once; close() closes them.
        self._out, self._err = (
            tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace")  # noqa: SIM115
            for _ in range(2)
        )
        self._process = subprocess.Popen(
            COMMAND,
            stdin=subprocess.PIPE,
            stdout=self._out,
            stderr=self._err,
            text=True,
            env={n: v for n, v in os.environ.items() if n not in _NOT_PASSED_ON} | direct(),
        )

    def ask(self, url: str, secret: str, timeout: float) -> Answer:
        """Tells it where the session is, and waits for the answer, for so many seconds.

        Args:
            url: with all that lets in.
            secret: what of it is told to nobody.
            timeout: seconds.

        Raises:
            SparkgateError: if there is none, with what the process said last.
        """
        assert self._process.stdin is not None
        with suppress(BrokenPipeError):  # it has ended, and said why
            self._process.stdin.write(url + "\n")
            self._process.stdin.flush()
        try:
            code = self._process.wait(max(0.0, timeout))
        except subprocess.TimeoutExpired:
            said = self._last_line(secret)
            raise SparkgateError(
                "The query had no answer before the deadline, and its PySpark was killed"
                f"{f'; the last it said: {said}' if said else ', which had said nothing'}."
            ) from None
        told = self._told()
        if "error" in told:
            raise SparkgateError(f"The query failed: {_without(secret, told['error']).rstrip('.')}.")
        if code or not told:
            said = self._last_line(secret) or "nothing"
            raise SparkgateError(f"PySpark ended with {code} and no answer; the last it said: {said}.")
        return Answer(told["answer"], told["spark"])

    def close(self) -> None:
        """Kills it if it still runs."""
        self._process.kill()
        self._process.wait()
        assert self._process.stdin is not None
        for file in (self._process.stdin, self._out, self._err):
            with suppress(BrokenPipeError):
                file.close()

    def _told(self) -> dict[str, Any]:
        self._out.seek(0)
        for line in self._out:
            with suppress(ValueError):  # what others print
                told = json.loads(line)
                if isinstance(told, dict):
                    return told
        return {}

    def _last_line(self, secret: str) -> str:
        self._err.seek(0)
        lines = [line.strip() for line in self._err if any(c.isalpha() for c in line)]
        return _without(secret, lines[-1]).rstrip(".")[:500] if lines else ""


def _without(secret: str, text: str) -> str:
    for written in (secret, quote(secret, safe="")):
        text = text.replace(written, "…")
    return text
