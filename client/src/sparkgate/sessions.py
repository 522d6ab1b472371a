"""Sessions of one owner on one application: find, start, wait, reach, end."""

from __future__ import annotations

import os
import re
import shlex
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from . import catalogs, signals
from .aws import ask, client
from .channel import Endpoint
from .contract import Contract
from .errors import BadArgument, NoCapacity, NotPermitted, SessionFailed, SparkgateError, TimedOut
from .identity import Owner, sign_in
from .progress import Progress
from .request import SessionRequest

READY = ("IDLE", "STARTED", "BUSY")
LIVE = ("SUBMITTED", "STARTING", *READY)
ENDED = ("FAILED", "TERMINATED")
_ENDING = ("TERMINATING", *ENDED)


class Sessions:
    """What a developer may do; each call raises SparkgateError with the reason where it fails.

    Args:
        emr: boto3's client of the service.
        contract: where sessions start.
        owner: whose they are.
        options: what the command line has to be given to find the same, beside ``--env``.
    """

    def __init__(self, emr: Any, contract: Contract, owner: Owner, options: Sequence[str] = ()) -> None:
        self.contract = contract
        self.owner = owner
        self._emr = emr
        self._options = options

    @staticmethod
    def of(aws: Any, contract: Contract, owner: str | None = None) -> Sessions:
        """Those that a caller can work with, as a developer of the platform."""
        developer, found = sign_in(aws, contract, owner)
        emr = client(developer, "emr-serverless", contract.region)
        return Sessions(emr, contract, found, options(aws, owner))

    def _ask(self, operation: str, **arguments: Any) -> Any:
        return ask(getattr(self._emr, operation), applicationId=self.contract.application_id, **arguments)

    def application(self) -> dict[str, Any]:
        """What the service tells of the application."""
        application: dict[str, Any] = self._ask("get_application")["application"]
        return application

    def everyones(self) -> list[dict[str, Any]]:
        """All live sessions, newest first; without tags and idle times."""
        found: list[dict[str, Any]] = []
        page: dict[str, Any] = {"nextToken": ""}
        while "nextToken" in page:
            more = {"nextToken": page["nextToken"]} if page["nextToken"] else {}
            page = self._ask("list_sessions", states=list(LIVE), **more)
            found += page["sessions"]
        return sorted(found, key=lambda session: session["createdAt"], reverse=True)

    def mine(self) -> Iterator[dict[str, Any]]:
        """The owner's live sessions, newest first, each as GetSession tells of it.

        A list has no tags, so each that the owner seems to have created is asked for; what IAM denies is
        another's.
        """
        for session in self.everyones():
            if not session["createdBy"].endswith("/" + self.owner.name):
                continue
            try:
                session = self.get(session["sessionId"])
            except NotPermitted:
                continue
            if self.owner.owns(session):
                yield session

    def get(self, session_id: str) -> dict[str, Any]:
        """All that the service tells of a session."""
        session: dict[str, Any] = self._ask("get_session", sessionId=session_id)["session"]
        return session

    def newest_ready(self) -> str | None:
        """The id of the owner's newest session that takes clients, if there is one."""
        return next((str(s["sessionId"]) for s in self.mine() if s["state"] in READY), None)

    def reusable(self, request: SessionRequest) -> str | None:
        """The id of the owner's newest ready session that is what is asked for, if there is one.

        One that is BUSY is taken too: Spark Connect serves several clients.
        """
        release = self.contract.release_label
        for session in self.mine():
            fits = session["state"] in READY and release in (None, session["releaseLabel"])
            if fits and request.is_met_by(session):
                return str(session["sessionId"])
        return None

    def doubts(
        self, request: SessionRequest, warehouses: Mapping[str, str] | None = None
    ) -> list[tuple[type[Warning], str]]:
        """What to warn of before a session is asked for, for the service says nothing of it.

        Args:
            request: what is asked for.
            warehouses: of catalogs, that are set after it.
        """
        properties = request.properties()
        if not properties and not warehouses:
            return []
        try:
            application = self.application()
        except NotPermitted:  # whoever may not look hears it when it matters
            return []
        found = (
            (catalogs.CatalogIgnored, catalogs.ignored(properties, application)),
            (catalogs.CatalogIgnored, catalogs.nowhere(warehouses or {}, properties, application)),
            (catalogs.SettingsReplaced, catalogs.replaced(properties, application)),
        )
        return [(category, text) for category, text in found if text]

    def take(self, request: SessionRequest, reuse: bool, progress: Progress) -> tuple[str, bool]:
        """A session that takes clients, and whether it was started for this.

        Args:
            request: what it is to be.
            reuse: take one that lives, if it is what is asked for.
            progress: is told what happens.
        """
        found = self.reusable(request) if reuse else None
        if found:
            progress.say(f"session {found} is used again")
            return found, False
        started = ""
        try:
            with signals.held():  # or it would run on, and nobody knew its id
                started = self.start(request)
            self.wait(started, request.timeout, progress)
        except BaseException as error:
            try:
                progress.end_line()  # fails where the terminal is gone
            finally:
                if started and self.end_quietly(started) and not isinstance(error, Exception):
                    with suppress(OSError):  # the terminal may be gone
                        progress.say(f"session {started} is ending")
            raise
        progress.end_line()
        return started, True

    def start(self, request: SessionRequest) -> str:
        """Starts a session, and leaves it to the caller, who gets its id."""
        tags = {"tags": {self.owner.tag: self.owner.value}} if self.owner.tag else {}
        role = self.contract.execution_role_arn
        answer = self._ask("start_session", executionRoleArn=role, **tags, **request.parameters())
        return str(answer["sessionId"])

    def wait(self, session_id: str, timeout: float, progress: Progress) -> None:
        """Waits until a session takes clients, for so many seconds; ends it in no case.

        Raises:
            SessionFailed: if it has ended, or cannot start, with the service's reason.
            TimedOut: if it is not ready by then; whoever waits has to terminate it.
        """
        begin, pause = time.monotonic(), 0.25
        while True:
            session = self.get(session_id)
            state, seconds = session["state"], time.monotonic() - begin
            progress.state(session_id, state, seconds)
            if state in READY:
                return
            if state in _ENDING:
                raise self._failed(session)
            if seconds > timeout:
                raise TimedOut(
                    f"Session {session_id} is {state} after {seconds:.0f} s, more than timeout ="
                    f" {timeout:g}, and was terminated. The service says: {_details(session)} Give it"
                    " longer: a cold application needs minutes, and one that lacks vCPUs waits."
                )
            time.sleep(min(pause, max(0.01, timeout - seconds)))
            pause = min(pause * 1.5, 2.0)

    def endpoint(self, session_id: str) -> Endpoint:
        """Where Spark Connect of a session is, with a new token.

        Raises:
            SessionFailed: if the session has ended, with the service's reason.
        """
        try:
            return Endpoint.of(self._ask("get_session_endpoint", sessionId=session_id))
        except SparkgateError as error:
            if error.code and not isinstance(error, NotPermitted):
                session = self.get(session_id)
                if session["state"] in _ENDING:
                    raise self._failed(session) from None
            raise

    def _failed(self, session: dict[str, Any]) -> SparkgateError:
        session_id, state, details = session["sessionId"], session["state"], _details(session)
        said = f"Session {session_id} is {state}. The service says: {details}"
        if state != "FAILED":
            return SessionFailed(f"{said} Call sparkgate.connect again for a new one.")
        if details != "Session failed.":
            return SessionFailed(
                f"{said} Correct what it names, a Spark property for example, and start again."
            )
        limit = self.application().get("maximumCapacity", {})
        room = ", ".join(str(limit[what]) for what in ("cpu", "memory") if what in limit) or "not limited"
        return NoCapacity(
            f"{said} That is most often for lack of room: the application's maximum capacity is {room};"
            f" sessions live beside this one: {len(self.everyones())}. End one that nobody needs ('sparkgate"
            " list', 'sparkgate stop'), take smaller workers, or have the limit, or your quota, raised."
        )

    def ui_url(self, session_id: str) -> str:
        """A link to the session's Spark UI, good for an hour; whoever has it sees the queries."""
        answer = self._ask("get_resource_dashboard", resourceId=session_id, resourceType="SESSION")
        if not answer.get("url"):
            raise SparkgateError(f"The service has no Spark UI of session {session_id} now.")
        return str(answer["url"])

    def terminate(self, session_id: str) -> None:
        """Ends a session; one that has ended already is fine. An error names it."""
        try:
            self._ask("terminate_session", sessionId=session_id)
        except SparkgateError as error:
            refused = error.code == "ValidationException" and self.get(session_id)["state"] in _ENDING
            if not refused and error.code != "ResourceNotFoundException":
                error.args = (f"Session {session_id} may still run: {error}",)
                raise

    def end_quietly(self, session_id: str) -> bool:
        """The same, where another error is on its way; what fails is said on stderr. Whether it did not."""
        try:
            self.terminate(session_id)
        except SparkgateError as error:
            Progress().say(str(error))
            return False
        return True

    def name_kept(self, session_id: str) -> None:
        """Says on stderr that a session goes on, if it does or nobody can tell, and how it ends."""
        environment = ["--env", self.contract.environment] if self.contract.environment else []
        end = shlex.join(["sparkgate", "stop", session_id, *environment, *self._options])
        try:
            if self.get(session_id)["state"] in LIVE:
                Progress().say(f"session {session_id} is kept, and costs until it ends; end it with: {end}")
        except SparkgateError as error:
            Progress().say(f"session {session_id} may still run: {error} End it with: {end}")


def session_id(given: str) -> str:
    """Refuses what can be no id of the service's."""
    if not re.fullmatch(r"[0-9a-z]{1,64}", given):
        raise BadArgument(
            f"SESSION is {given!r}, but takes the id of a session, small letters and digits, as"
            " 'sparkgate list' prints it."
        )
    return given


def options(aws: Any, owner: str | None) -> list[str]:
    """What the command line has to be given, beside ``--env``, to be the same caller."""
    given = ["--owner", owner] if owner else []
    for option, value, variable in (
        ("--profile", aws.profile_name, "AWS_PROFILE"),
        ("--region", aws.region_name, "AWS_REGION"),
    ):
        if value and value != (os.environ.get(variable) or "default"):
            given += [option, value]
    return given


def _details(session: dict[str, Any]) -> str:
    return (session.get("stateDetails") or "nothing").rstrip(". ") + "."
