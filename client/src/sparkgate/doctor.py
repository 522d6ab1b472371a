"""Looks for what keeps people from connecting, and says what to do."""

from __future__ import annotations

import importlib.util
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from importlib import metadata
from typing import Any

from . import catalogs, health, tls, versions, ways
from . import contract as contracts
from .aws import ask, client
from .contract import ClusterContract, Contract
from .errors import NotPermitted, SparkgateError
from .jobs import Jobs
from .sessions import Sessions
from .ways import Way

#: AWS refuses signatures of clocks that are more than five minutes off.
_SKEW_SECONDS = 240


@dataclass(frozen=True)
class Finding:
    """What one look showed.

    Attributes:
        subject: what was looked at.
        verdict: ``ok``, ``WRONG``, or ``-`` where there was nothing to look at.
        text: what was found, and what to do.
    """

    subject: str
    verdict: str
    text: str


class _NotLookedAt(Exception):
    pass


class Doctor:
    """Looks at one thing after the other; what depends on a thing that is wrong is left out."""

    def __init__(
        self, aws: Callable[[], Any], environment: str | None, prefix: str, owner: str | None
    ) -> None:
        self._aws = aws
        self._asked = (environment, prefix)
        self._owner = owner
        self._contract: Contract | ClusterContract | None = None
        self._sessions: Sessions | None = None
        self._jobs: Jobs | None = None
        self._application: dict[str, Any] | None = None
        self._way: Way | None = None
        self._server_time: float | None = None

    def findings(self) -> Iterator[Finding]:
        """Looks, and tells of each look as it is done."""
        looks = (
            ("Python", self._python),
            ("certificates", self._certificates),
            ("credentials", self._credentials),
            ("clock", self._clock),
            ("contract", self._read_contract),
            ("PySpark", self._pyspark),
            ("libraries", self._libraries),
        )
        of_sessions = (
            ("job runs", self._job_runs),
            ("permissions", self._permissions),
            ("application", self._look_at_application),
            ("catalogs", self._catalogs),
            ("port 443", self._port),
        )
        of_cluster = (("way in", self._way_in), ("server", self._server))
        yield from self._each(looks)
        yield from self._each(of_cluster if isinstance(self._contract, ClusterContract) else of_sessions)

    def _each(self, looks: Iterable[tuple[str, Callable[[], str]]]) -> Iterator[Finding]:
        for subject, look in looks:
            try:
                yield Finding(subject, "ok", look())
            except _NotLookedAt as reason:
                yield Finding(subject, "-", str(reason))
            except SparkgateError as error:
                yield Finding(subject, "WRONG", str(error))

    def _python(self) -> str:
        here = "{}.{}.{}".format(*sys.version_info)
        if not (3, 10) <= sys.version_info[:2] <= (3, 12):
            raise SparkgateError(
                f"Python {here} is too old or too new for PySpark 3.5: take Python 3.10 or 3.11."
            )
        if sys.version_info >= (3, 12) and importlib.util.find_spec("distutils") is None:
            raise SparkgateError(
                f'Python {here} lacks distutils: pip install "setuptools<81", or take Python 3.11.'
            )
        return here

    def _pyspark(self) -> str:
        told = self._contract or Contract("", "", "", "")
        versions.check_pyspark(told)
        found, wanted = versions.installed_pyspark(), told.spark_version or versions.SPARK
        patch = "" if found == wanted else f"; the service runs {wanted}, take the same"
        other = told.python_version not in (None, "{}.{}".format(*sys.version_info))
        functions = f"; Python functions need Python {told.python_version} here" if other else ""
        return f"{found}{patch}{functions}"

    def _libraries(self) -> str:
        bounds = versions.TOO_NEW
        found = {d.name: d.version for name in bounds for d in metadata.distributions(name=name)}
        for name, version in found.items():
            if int(version.split(".")[0]) >= bounds[name]:
                raise SparkgateError(
                    f'{name} {version} is too new for PySpark 3.5: pip install "{name}<{bounds[name]}"'
                )
        return ", ".join(f"{name} {version}" for name, version in found.items())

    def _certificates(self) -> str:
        roots = tls.roots()
        tls.trusting(roots)
        return f"those of {roots}"

    def _credentials(self) -> str:
        sts = client(self._aws(), "sts")
        sts.meta.events.register("after-call.sts", self._note_time)
        return str(ask(sts.get_caller_identity)["Arn"])

    def _note_time(self, http_response: Any, **_: Any) -> None:
        date = http_response.headers.get("Date")
        self._server_time = parsedate_to_datetime(date).timestamp() if date else None

    def _clock(self) -> str:
        if self._server_time is None:
            raise _NotLookedAt("AWS did not answer, so its time is not known")
        off = time.time() - self._server_time
        if abs(off) > _SKEW_SECONDS:
            raise SparkgateError(
                f"This machine's clock is {abs(off):.0f} s {'ahead' if off > 0 else 'behind'}: set it right,"
                " for AWS refuses what is signed five minutes off, and tokens end when you do not expect it."
            )
        return f"{abs(off):.0f} s off"

    def _read_contract(self) -> str:
        self._contract = found = contracts.read(self._aws(), *self._asked)
        if isinstance(found, ClusterContract):
            return f"cluster {found.cluster_id} in {found.region}"
        return f"application {found.application_id} in {found.region} {found.release_label or ''}".rstrip()

    def _permissions(self) -> str:
        if not isinstance(self._contract, Contract):
            raise _NotLookedAt("without a contract, it is not known on what")
        denied: list[NotPermitted] = []

        def allowed(look: Callable[..., Any], *arguments: Any) -> Any:
            try:
                return look(*arguments)
            except NotPermitted as error:
                denied.append(error)

        sessions = allowed(Sessions.of, self._aws(), self._contract, self._owner)
        if sessions:
            allowed(sessions.application)
            if own := allowed(sessions.newest_ready):
                allowed(sessions.endpoint, own)
                allowed(sessions.ui_url, own)
        if denied:
            text = " ".join(str(error) for error in denied)
            no_developer = {"AssumeRole", "ListSessions"} & {error.operation for error in denied}
            if self._jobs and no_developer:
                raise _NotLookedAt(f"{text} To submit job runs, you need none of it.")
            raise NotPermitted(text)
        self._sessions = sessions
        return "to look; whether you may start a session shows when you do"

    def _look_at_application(self) -> str:
        may_look = self._sessions or self._jobs
        if may_look is None:
            raise _NotLookedAt("without permissions, it cannot be asked")
        found = may_look.application()
        kind, state = str(found.get("type", "Spark")), str(found.get("state", "STARTED"))
        if kind.lower() != "spark":
            raise SparkgateError(
                f"It is of type {kind}, which runs queries of {kind}: it takes no sessions, and no job runs"
                " of Spark. Name an environment whose application is of type Spark."
            )
        self._application = found
        return f"of type {kind}, {state}"

    def _catalogs(self) -> str:
        if self._application is None:
            raise _NotLookedAt("without an application of Spark that can be asked, they are not known")
        return catalogs.told(self._application)

    def _job_runs(self) -> str:
        """Of what a submitter may, ListJobRuns alone changes nothing and needs no run that there is."""
        if not isinstance(self._contract, Contract):
            raise _NotLookedAt("without a contract, it is not known on what")
        jobs = Jobs(client(self._aws(), "emr-serverless", self._contract.region), self._contract)
        try:
            jobs.look()
        except NotPermitted:
            raise _NotLookedAt(
                "as who you are, you may submit none: ListJobRuns is denied; grantSubmit has it"
            ) from None
        self._jobs = jobs
        return "to look, as who you are; whether you may submit one shows when you do"

    def _port(self) -> str:
        if self._sessions is None:
            raise _NotLookedAt("without permissions, there is no session to reach")
        own = self._sessions.newest_ready()
        if own is None:
            raise _NotLookedAt("no session of yours is ready: 'sparkgate start', then look again")
        host = self._sessions.endpoint(own).host
        tls.knock(host)
        return host

    def _way_in(self) -> str:
        assert isinstance(self._contract, ClusterContract)
        self._way = ways.choose(self._aws(), self._contract, timeout=30)
        return self._way.said

    def _server(self) -> str:
        if self._way is None or not isinstance(self._contract, ClusterContract):
            raise _NotLookedAt("without a way in, there is none to reach")
        with closing(self._way) as way:
            way.open()
            health.check(self._contract, way)
            health.check_entry(self._contract, way)
        return f"{way.address} answers as a server does, and lets in {way.user!r}"
