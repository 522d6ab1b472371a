"""``sparkgate smoke``: whether an environment serves, by a session that starts, answers a query, and ends.

Of a cluster, whose server runs already, a client of this machine asks the same.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import datetime, timedelta, timezone
from typing import Any, TypeVar

from . import contract, health, signals, tls, versions, ways
from .cluster import refuse
from .contract import ClusterContract, Contract
from .errors import BadArgument, NoCapacity, NotPermitted, SparkgateError, TimedOut
from .progress import Progress
from .relay import Relay
from .request import SessionRequest
from .sessions import ENDED, LIVE, Sessions
from .smoke_client import Answer, SmokeClient
from .smoke_request import IDLE_MINUTES, SmokeRequest, is_left_over

_T = TypeVar("_T")

#: What the query of smoke_query has to come to.
_ANSWER = "499500"

#: Seconds in which a session should have ended after it was told to; fewer after a signal, for GitHub kills
#: ten seconds after its first.
_TO_END, _TO_END_AFTER_SIGNAL = 60.0, 5.0

#: Seconds between two tries of what IAM denies.
_PAUSE = 3.0


class Smoke:
    """One smoke test, which ends the session that it started, however it ends itself.

    Args:
        caller: makes the caller's own boto3 session.
        environment: its name or path; the same as of ``sparkgate.connect``, as are prefix and owner.
        request: what the test may take.
    """

    def __init__(
        self,
        caller: Callable[[], Any],
        environment: str | None,
        prefix: str,
        owner: str | None,
        request: SmokeRequest,
    ) -> None:
        self._caller = caller
        self._where = (environment, prefix)
        self._owner = owner
        self._request = request
        self._begin = time.monotonic()
        self._until = datetime.now(timezone.utc) + timedelta(seconds=request.timeout)
        self._progress = _Progress(self._seconds)
        self._told_denial = False
        self._name = environment or os.environ.get("SPARKGATE_ENVIRONMENT") or "the environment"
        self._sessions: Sessions | None = None
        self._session_id = ""
        self._server = ""
        self._ended = False
        self._vcpu = 8

    def run(self) -> int:
        """Runs it; the last line on stderr says how it went. Returns the exit code."""
        answer, failure = None, None
        try:
            answer = self._answer()
        except BaseException as error:  # noqa: BLE001
            failure = error
        with signals.to_end(lambda *_: None, interrupts=True):
            try:
                self._end(_TO_END if isinstance(failure, Exception) or answer else _TO_END_AFTER_SIGNAL)
            except SparkgateError as error:
                if failure:
                    self._progress.say(str(error))
                failure = failure or error
            if failure:
                return self._failed(failure)
            assert answer
            self._progress.conclude(
                f"{self._name} is fine: {self._server or f'session {self._session_id}'} answered"
                f" {answer.value} on Spark {answer.spark} after {self._seconds():.0f} s"
            )
            return 0

    def _answer(self) -> Answer:
        tls.trusting(tls.roots())
        told = self._patiently(self._read)
        if isinstance(told, ClusterContract):
            return self._answer_of(told)
        request = self._patiently(lambda: self._start(told))
        assert self._sessions
        client = SmokeClient()
        try:
            self._progress.say(f"session {self._session_id} is started: {request.name}")
            self._sessions.wait(self._session_id, self._left(), self._progress)
            endpoint = self._sessions.endpoint(self._session_id)
            tls.knock(endpoint.host, timeout=min(15.0, self._left()))
            self._progress.say("its endpoint answers, with a certificate that is trusted")
            answer = client.ask(endpoint.url(with_token=True), endpoint.token, self._left())
        except SparkgateError as error:
            raise self._with_state(error) from None
        finally:
            client.close()
        return self._checked(answer)

    def _answer_of(self, told: ClusterContract) -> Answer:
        """Of a cluster, where nothing is started but a client."""
        caller, asked = self._caller(), self._request
        refuse(told, {"driver": asked.driver, "executor": asked.executor, "conf": asked.conf})
        way = self._patiently(lambda: ways.choose(caller, told, timeout=self._left()))
        self._progress.say(f"connecting to cluster {told.cluster_id} {way.said}")
        with closing(way):
            self._patiently(way.open)
            health.check(told, way, self._left())
            with closing(Relay(way.channel(), way.user)) as relay, closing(SmokeClient()) as client:
                return self._checked(client.ask(relay.url, relay.secret, self._left()))

    def _checked(self, answer: Answer) -> Answer:
        if answer.value != _ANSWER:
            raise SparkgateError(f"The query's answer is {answer.value}, but should be {_ANSWER}.")
        self._progress.say(f"the query's answer is {answer.value}")
        return answer

    def _patiently(self, step: Callable[[], _T]) -> _T:
        """Does what IAM denies again: what it allows in a new stack takes a while to hold everywhere."""
        while True:
            try:
                return step()
            except NotPermitted as error:
                if self._seconds() + _PAUSE > min(self._request.patience, self._request.timeout):
                    raise
                if not self._told_denial:
                    self._progress.say(
                        f"{error.operation} is denied; a new stack's permissions take a while to hold, so"
                        f" it is tried again until {self._request.patience:g} s are over"
                    )
                self._told_denial = True
            time.sleep(_PAUSE)

    def _read(self) -> Contract | ClusterContract:
        told = contract.read(self._caller(), *self._where)
        self._server = f"cluster {told.cluster_id}" if isinstance(told, ClusterContract) else ""
        where = self._server if isinstance(told, ClusterContract) else f"application {told.application_id}"
        self._name = told.environment or where
        versions.check_version(told)
        return told

    def _start(self, told: Contract) -> SessionRequest:
        self._sessions = sessions = Sessions.of(self._caller(), told, self._owner)
        request = self._request.session(sessions.application(), self._until)
        self._vcpu = _vcpu(request)
        for session in list(sessions.mine()):
            if is_left_over(session.get("name", "")):
                self._progress.say(
                    f"session {session['sessionId']} is left over, and ends: {session['name']}"
                )
                sessions.end_quietly(session["sessionId"])
        with signals.held():  # or it would run on, and nobody knew its id
            self._session_id = sessions.start(request)
        return request

    def _with_state(self, error: SparkgateError) -> SparkgateError:
        """The error, and the session's own reason where it has ended meanwhile."""
        assert self._sessions
        try:
            session = self._sessions.get(self._session_id)
        except SparkgateError:
            return error
        details = session.get("stateDetails") or "nothing"
        if session["state"] not in LIVE and details not in str(error):
            error.args = (f"{error} The session is {session['state']}, of which the service says: {details}",)
        return error

    def _end(self, timeout: float) -> None:
        """Ends the session, if there is one, and waits until it has ended, for so many seconds."""
        if not (self._sessions and self._session_id):
            return
        self._sessions.terminate(self._session_id)
        self._ended = True
        end, pause = time.monotonic() + timeout, 0.1
        while (state := self._sessions.get(self._session_id)["state"]) not in ENDED:
            if time.monotonic() > end:
                if state in LIVE:
                    raise SparkgateError(
                        f"Session {self._session_id} was told to end, but is {state} {timeout:.0f} s later;"
                        f" its idle timeout ends it after {IDLE_MINUTES} minutes."
                    )
                break
            time.sleep(pause)
            pause = min(2 * pause, 2.0)
        self._progress.say(f"session {self._session_id} is {state}")

    def _failed(self, failure: BaseException) -> int:
        """Says why, and returns the exit code; what is no failure that can be told is raised again."""
        seconds = f"{self._seconds():.0f} s"
        if isinstance(failure, BadArgument):
            self._progress.conclude(str(failure))
            return 2
        if isinstance(failure, SparkgateError):
            why = self._why(failure)
            named = not self._session_id or f"ession {self._session_id}" in why
            about = "" if named else f"session {self._session_id}: "
            self._progress.conclude(f"{self._name} is not fine after {seconds}: {about}{why}")
            return 1
        code = failure.code if isinstance(failure, SystemExit) else 130
        if not isinstance(failure, (KeyboardInterrupt, SystemExit)) or not isinstance(code, int):
            raise failure
        name = signal.Signals(code - 128).name
        about = f"session {self._session_id} {'is ended' if self._ended else 'may still run'}"
        about = about if self._session_id else "no session was started"
        self._progress.conclude(f"{self._name} was not seen to be fine: {name} came after {seconds}; {about}")
        return code

    def _why(self, error: SparkgateError) -> str:
        if isinstance(error, NotPermitted) and error.operation == "AssumeRole":
            return (
                f"{error} The developer role admits a caller only under the name that it has already, and,"
                " where 'developers' is set, only those and 'smokeTestedBy': docs/security.md."
            )
        if isinstance(error, NotPermitted) and error.operation == "GetParameters":
            return f"{error} Or there is no environment {self._name!r}: who may not read it is told no more."
        if isinstance(error, (NoCapacity, TimedOut)) and not self._server:
            return (
                f"{error} Others may have used up the account's vCPU quota, 16 unless it was raised; this"
                f" needs {self._vcpu}."
            )
        return str(error)

    def _seconds(self) -> float:
        return time.monotonic() - self._begin

    def _left(self) -> float:
        return round(max(0.1, self._request.timeout - self._seconds()), 1)


class _Progress(Progress):
    """Lines with the seconds since the smoke test began; a terminal that is gone does not stop it."""

    def __init__(self, seconds: Callable[[], float]) -> None:
        super().__init__(name="smoke")
        self._seconds = seconds

    def state(self, session_id: str, state: str, _: float, what: str = "session") -> None:
        with suppress(OSError):
            super().state(session_id, state, self._seconds(), what)

    def say(self, text: str) -> None:
        self.conclude(f"{text} ({self._seconds():.0f} s)")

    def conclude(self, text: str) -> None:
        """Says the last line."""
        with suppress(OSError):
            super().say(" ".join(text.split()))


def _vcpu(request: SessionRequest) -> int:
    """Of driver and executor; four each is the service's default."""
    properties = request.properties()
    cores = [properties.get(f"spark.{role}.cores", "4") for role in ("driver", "executor")]
    return sum(int(c) if c.isdecimal() else 4 for c in cores)
