"""The way to a server on a cluster's primary node that opens no port: Session Manager forwards one."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from contextlib import suppress
from typing import IO, Any

from . import signals
from .aws import ask, client
from .errors import SparkgateError, TimedOut, Unreachable
from .progress import Progress

PLUGIN = "session-manager-plugin"

#: Later ones take the answer of StartSession, which holds a secret, from the environment.
_LAST_WITHOUT_VARIABLE = (1, 2, 497, 0)
_VARIABLE = "AWS_SSM_START_SESSION_RESPONSE"


class Tunnel:
    """A port of this machine that leads to the server for as long as it is open; opened anew when it breaks.

    Args:
        aws: boto3's session of who may start it.
        region: of the cluster.
        target: the id of the primary instance.
        document: the session document, which knows the server's port.
        profile: of the AWS configuration for the plugin, which may resume a session; None gives it the
            credentials of the session themselves, as of an assumed role.
        timeout: seconds to wait until the port answers.
    """

    def __init__(
        self, aws: Any, region: str, target: str, document: str, profile: str | None, timeout: float
    ) -> None:
        self._aws = aws
        self._ssm = client(aws, "ssm", region)
        self.port = _free_port()
        self._target = target
        self._request = {
            "Target": target,
            "DocumentName": document,
            "Parameters": {"localPortNumber": [str(self.port)]},
        }
        self._profile = profile
        self._timeout = timeout
        self._lock = threading.Lock()
        self._owner = os.getpid()
        self._session_id = ""
        self._secret = ""
        self._said = "nothing"
        self._process: subprocess.Popen[bytes] | None = None
        self._out: IO[bytes] | None = None
        self._closed = False

    def open(self) -> None:
        """Opens it, and waits until the port answers.

        Raises:
            SparkgateError: if it does not come up, with what AWS or the plugin says.
        """
        plugin = _find_plugin()
        with signals.held():  # or it would be open, and nobody knew its id
            answer = self._ask_for_session()
            self._session_id, self._secret = answer["SessionId"], answer["TokenValue"]
        try:
            self._process = self._start(answer, *plugin)
            self._wait(self._process)
        except BaseException:
            self._end()
            raise

    def keep_open(self) -> None:
        """Opens it again on the same port if it broke, as it does after a time without traffic."""
        with self._lock:
            if self._closed or os.getpid() != self._owner or self._process is None:
                return
            if self._process.poll() is not None:
                said = self._last_line()
                self._end()
                self.open()
                Progress().say(f"the tunnel had ended ({PLUGIN}: {said}), and is open again")

    def close(self) -> None:
        """Ends the plugin and the session; a fork of the process that opened it leaves both."""
        with self._lock:
            if self._closed or os.getpid() != self._owner:
                return
            self._closed = True
            self._end()

    def _ask_for_session(self) -> Any:
        try:
            return ask(self._ssm.start_session, **self._request)
        except SparkgateError as error:
            if error.code == "TargetNotConnected" and self._target not in str(error):
                error.args = (f"{error} The primary instance is {self._target}.",)
            raise

    def _start(
        self, answer: dict[str, Any], plugin: str, version: tuple[int, ...]
    ) -> subprocess.Popen[bytes]:
        response = json.dumps({name: answer[name] for name in ("SessionId", "TokenValue", "StreamUrl")})
        variables = {**os.environ, **self._credentials()}
        if version > _LAST_WITHOUT_VARIABLE:
            variables[_VARIABLE], response = response, _VARIABLE
        else:
            Progress().say(
                f"{PLUGIN} {'.'.join(map(str, version))} is told the session's secret where every user"
                " of this machine can read it (the list of processes); a newer one is not: install it"
            )
        arguments = [response, self._ssm.meta.region_name, "StartSession", self._profile or ""]
        arguments += [json.dumps(self._request), self._ssm.meta.endpoint_url]
        self._out = tempfile.TemporaryFile()  # noqa: SIM115 closed in _end()
        try:
            return subprocess.Popen(
                [plugin, *arguments],
                env=variables,
                stdin=subprocess.DEVNULL,
                stdout=self._out,
                stderr=self._out,
                start_new_session=True,  # or Ctrl-C, which ends a query, would end it too
            )
        except OSError as error:
            raise SparkgateError(f"{PLUGIN} cannot be run: {error.strerror}.") from None

    def _credentials(self) -> dict[str, str]:
        if self._profile is not None:
            return {}
        found = self._aws.get_credentials().get_frozen_credentials()
        told = {"AWS_ACCESS_KEY_ID": found.access_key, "AWS_SECRET_ACCESS_KEY": found.secret_key}
        return {**told, "AWS_SESSION_TOKEN": found.token or "", "AWS_PROFILE": ""}

    def _wait(self, process: subprocess.Popen[bytes]) -> None:
        until = time.monotonic() + self._timeout
        while not _answers(self.port):
            with suppress(subprocess.TimeoutExpired):
                code = process.wait(0.05)
                raise Unreachable(
                    f"{PLUGIN} ended with {code} before the tunnel was open; the last it said:"
                    f" {self._last_line()}."
                )
            if time.monotonic() > until:
                raise TimedOut(
                    f"The tunnel was not open after {self._timeout:g} s, and was ended; the last that"
                    f" {PLUGIN} said: {self._last_line()}."
                )

    def _end(self) -> None:
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(5)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        if self._out is not None:
            self._out.close()
            self._out = None
        session_id, self._session_id = self._session_id, ""
        if session_id:
            try:
                ask(self._ssm.terminate_session, SessionId=session_id)
            except SparkgateError as error:  # it ends by itself, now that nobody is at this end
                Progress().say(f"the tunnel's session {session_id} is left to its timeout: {error}")

    def _last_line(self) -> str:
        if self._out is None:  # it could not be opened again since
            return self._said
        self._out.seek(0)
        text = self._out.read().decode(errors="replace")
        lines = [line.strip() for line in text.splitlines() if any(c.isalpha() for c in line)]
        said = lines[-1] if lines else "nothing"
        self._said = (said.replace(self._secret, "…") if self._secret else said).rstrip(".")[:500]
        return self._said


def _find_plugin() -> tuple[str, tuple[int, ...]]:
    """The program and its version.

    Raises:
        SparkgateError: if it is not installed, or is none.
    """
    found = shutil.which(PLUGIN)
    if not found:
        raise SparkgateError(
            f"The way to this cluster leads through AWS Session Manager, whose program {PLUGIN} is not on"
            ' the PATH. Install it: look for "Install the Session Manager plugin" in the user guide of AWS'
            " Systems Manager."
        )
    try:
        ran = subprocess.run(
            [found, "--version"], capture_output=True, text=True, timeout=20, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise SparkgateError(f"{found} does not say its version: {error}. Install it anew.") from None
    version = re.fullmatch(r"\d+(\.\d+){1,3}", ran.stdout.strip())
    if not version:
        said = (ran.stdout + ran.stderr).strip()[:200] or "nothing"
        raise SparkgateError(f"{found} does not say its version, but {said!r}. Install it anew.")
    return found, tuple(int(part) for part in version[0].split("."))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("localhost", port), timeout=1).close()
    except OSError:
        return False
    return True
