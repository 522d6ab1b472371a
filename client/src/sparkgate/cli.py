"""The command line.

Exit codes: 0 done; 1 it failed, and stderr says why (doctor: something is wrong); 2 a wrong argument; 128
more than the number of a signal that ended it, as 130 when interrupted; a session that was waited for ends
with it. ``run`` returns the command's own in the same way, and 125 where it did not come to run it.
``submit`` is 0 where the job run succeeded.
"""

from __future__ import annotations

import argparse
import shlex
import shutil
import signal
import sys
import warnings
from collections.abc import Sequence
from contextlib import closing
from typing import Any

from . import aws, contract, health, job_commands, jobs_command, platform_commands, relay, signals, tls, ways
from .channel import Tokens, open_channel
from .cluster import TIMEOUT, refuse
from .contract import ClusterContract, Contract
from .doctor import Doctor
from .errors import BadArgument, SparkgateError
from .progress import Progress
from .request import SessionRequest, WorkerSize
from .sessions import Sessions
from .smoke import Smoke
from .smoke_request import COST, SmokeRequest
from .terminal import columns

_CODES = (
    "exit codes: 0 done; 1 failed, stderr says why (doctor: something is wrong; submit, watch: the job run"
    " failed or was cancelled; bill: it lacks records); 2 wrong argument;"
    " 128 + the number of a signal that ended it, 130 interrupted; run: that of the command, 125 if it was"
    " not run"
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    command = given[given.index("--") + 1 :] if "--" in given else []
    options, more = _parser().parse_known_args(given[: given.index("--")] if "--" in given else given)
    job = options.action is job_commands.submit
    if not job and (options.action is _run) != bool(command):
        _parser().error("what to run comes after --, as in: sparkgate run -- dbt run; only run takes it")
    if unknown := [one for one in more if not job or one.startswith("-")]:
        also = "; an argument of the job that begins with - comes after --" if job else ""
        if not unknown[0].startswith("-"):
            also = "; an environment is named by --env NAME"
        _parser().error(f"unrecognized arguments: {' '.join(unknown)}{also}")
    options.command = [*more, *command]
    try:
        with signals.to_end(_leave):
            return int(options.action(options) or 0)
    except BadArgument as error:
        return _failed(error, 2)
    except SparkgateError as error:
        return _failed(error, 125 if options.action is _run else 1)
    except KeyboardInterrupt:
        return 130


def _leave(number: int, _: object) -> None:
    signal.signal(number, signal.SIG_IGN)  # a closed terminal sends more than one
    sys.exit(128 + number)


def _failed(error: Exception, code: int) -> int:
    print(f"sparkgate: {error}", file=sys.stderr)
    return code


def _parser() -> argparse.ArgumentParser:
    caller = argparse.ArgumentParser(add_help=False)
    caller.add_argument("--prefix", default="/sparkgate", help="of contracts in SSM (/sparkgate)")
    caller.add_argument("--owner", help="where sessions belong to a principal tag's value (SPARKGATE_OWNER)")
    caller.add_argument("--profile", help="of the AWS configuration (AWS_PROFILE)")
    caller.add_argument("--region", help="where the contract is (AWS_REGION)")
    access = argparse.ArgumentParser(add_help=False, parents=[caller])
    access.add_argument("--env", metavar="NAME", help="the environment (SPARKGATE_ENVIRONMENT)")

    size = argparse.ArgumentParser(add_help=False)
    size.add_argument("--driver", type=_size, metavar="VCPU/GB", help="worker of the driver, as 4/16")
    size.add_argument("--executor", type=_size, metavar="VCPU/GB", help="worker of each executor")
    size.add_argument(
        "--conf", type=_pair, action="append", default=[], metavar="KEY=VALUE", help="a Spark property"
    )

    wish = argparse.ArgumentParser(add_help=False, parents=[size])
    wish.add_argument("--new", action="store_true", help="start one, even if a fitting one of yours is ready")
    wish.add_argument("--name", help="what lists show")
    wish.add_argument("--idle-timeout", type=int, metavar="MINUTES", help="ends it without work (60)")
    wish.add_argument("--timeout", type=float, default=600, metavar="SECONDS", help="to wait for it (600)")

    parser = argparse.ArgumentParser("sparkgate", description="Spark sessions of one's own.", epilog=_CODES)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(
        name: str, action: Any, text: str, *parents: argparse.ArgumentParser, who: Any = access
    ) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=text, description=text, epilog=_CODES, parents=[who, *parents])
        made.set_defaults(action=action)
        return made

    command("list", _list, "your live sessions").add_argument("--everyone", action="store_true")
    command("start", _start, "start a session, or find a ready one; print its id", wish)
    stop = command("stop", _stop, "end sessions").add_mutually_exclusive_group(required=True)
    stop.add_argument("sessions", nargs="*", default=[], metavar="SESSION")
    stop.add_argument("--all-mine", action="store_true", help="each of yours that is live")
    url = command("url", _url, "print 'export SPARK_REMOTE=…' for eval; a secret, good for an hour")
    ui = command("ui", _ui, "print a link to the Spark UI, good for an hour")
    for made in (url, ui):
        made.add_argument("session", nargs="?", metavar="SESSION")
    ui.add_argument("--job", metavar="RUN", help="of a job run instead")
    command(
        "run", _run, "run a program (after --) with SPARK_REMOTE, and renew the token for it", wish
    ).add_argument("--keep", action="store_true", help="do not end the session that was started for it")
    job_commands.add(command, caller, size)
    jobs_command.add(command)
    platform_commands.add(command)
    command("doctor", _doctor, "look for what keeps you from connecting")
    smoke = command(
        "smoke", _smoke, "test an environment by a session that starts, answers a query, and ends", size
    )
    smoke.description = f"{smoke.description}. {COST}"
    smoke.add_argument(
        "--timeout",
        type=float,
        default=600,
        metavar="SECONDS",
        help="to the answer (600), at most 3600; ending may take another minute",
    )
    smoke.add_argument(
        "--patience",
        type=float,
        default=90,
        metavar="SECONDS",
        help="in which to try again what IAM denies, as in a new stack (90)",
    )
    return parser


def _size(text: str) -> WorkerSize:
    vcpu, _, memory = text.partition("/")
    try:
        return int(vcpu), int(memory)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no worker: write VCPU/GB, as 4/16") from None


def _pair(text: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not equals:
        raise argparse.ArgumentTypeError(f"{text!r} is no Spark property: write KEY=VALUE, as spark.a.b=1")
    return key, value


def _sessions(o: argparse.Namespace) -> Sessions:
    caller = aws.session(o.profile, o.region)
    return Sessions.of(caller, contract.read_sessions(caller, o.env, o.prefix), o.owner)


def _read(o: argparse.Namespace) -> tuple[Any, Contract | ClusterContract]:
    caller = aws.session(o.profile, o.region)
    return caller, contract.read(caller, o.env, o.prefix)


def _newest(sessions: Sessions) -> str:
    found = sessions.newest_ready()
    if not found:
        raise SparkgateError("No session of yours is ready; start one with 'sparkgate start'.")
    return found


def _wish(o: argparse.Namespace) -> SessionRequest:
    return SessionRequest(o.idle_timeout, o.driver, o.executor, dict(o.conf), o.name, o.timeout)


def _of_ones_own() -> Any:
    """Within it, who is denied a session that the command line names hears which there are."""
    return aws.advising(
        "There is no such session, or it is another's: one reaches one's own only ('sparkgate list'). If it"
        " is yours, ask who runs the platform for this; grantDevelop has it."
    )


def _list(o: argparse.Namespace) -> None:
    sessions = _sessions(o)
    found = sessions.everyones() if o.everyone else list(sessions.mine())
    if not found:
        Progress().say(f"there is no live session{'' if o.everyone else f' of {sessions.owner.name}'}")
    for line in columns([_cells(session) for session in found]):
        print(line)


def _cells(session: dict[str, Any]) -> Sequence[str]:
    created = session["createdAt"].astimezone().strftime("%Y-%m-%d %H:%M")
    by = session["createdBy"].rpartition("/")[2]
    return session["sessionId"], f"{session['state']:<11}", created, by, session.get("name", "")


def _start(o: argparse.Namespace) -> None:
    request, sessions = _wish(o), _sessions(o)
    _tell_doubts(sessions, request)
    print(sessions.take(request, not o.new, Progress())[0])


def _tell_doubts(sessions: Sessions, request: SessionRequest) -> None:
    for _, text in sessions.doubts(request):
        Progress().say(text)


def _stop(o: argparse.Namespace) -> int:
    sessions, code = _sessions(o), 0
    for session_id in [s["sessionId"] for s in sessions.mine()] if o.all_mine else o.sessions:
        try:
            with _of_ones_own():
                sessions.terminate(session_id)
            Progress().say(f"session {session_id} is ending")
        except SparkgateError as error:
            code = _failed(error, 1)
    return code


def _url(o: argparse.Namespace) -> None:
    caller, told = _read(o)
    if isinstance(told, ClusterContract):
        refuse(told, {"SESSION": o.session})
        url = ways.remote(caller, told)
    else:
        sessions = Sessions.of(caller, told, o.owner)
        session = o.session or _newest(sessions)
        with _of_ones_own():
            url = sessions.endpoint(session).url(with_token=True)
    print(f"export SPARK_REMOTE={shlex.quote(url)}")


def _ui(o: argparse.Namespace) -> None:
    if o.job and o.session:
        raise BadArgument("Give SESSION or --job RUN, not both.")
    if o.job:
        print(job_commands.run_of(o, o.job).ui_url)
        return
    sessions = _sessions(o)
    session = o.session or _newest(sessions)
    with _of_ones_own():
        print(sessions.ui_url(session))


def _run(o: argparse.Namespace) -> int:
    if not shutil.which(o.command[0]):
        raise SparkgateError(f"The PATH has no program {o.command[0]!r} to run; give its path instead.")
    request = _wish(o)
    caller, told = _read(o)
    if isinstance(told, ClusterContract):
        options = ("new", "keep", "name", "driver", "executor", "idle_timeout", "conf", "owner")
        refuse(told, {"--" + name.replace("_", "-"): getattr(o, name) for name in options})
        return _run_on_cluster(o.command, caller, told, min(o.timeout, TIMEOUT))
    sessions = Sessions.of(caller, told, o.owner)
    _tell_doubts(sessions, request)
    session_id, started = sessions.take(request, not o.new, Progress())
    try:
        tokens = Tokens(lambda: sessions.endpoint(session_id))
        tls.knock(tokens.endpoint.host)
        return relay.run(o.command, open_channel(tokens))
    finally:
        with signals.to_end(lambda *_: None):
            if started and not o.keep:
                sessions.end_quietly(session_id)
            else:
                sessions.name_kept(session_id)


def _run_on_cluster(command: Sequence[str], caller: Any, told: ClusterContract, timeout: float) -> int:
    with closing(ways.choose(caller, told, timeout=timeout)) as way:
        Progress().say(f"connecting to cluster {told.cluster_id} {way.said}")
        way.open()
        health.check(told, way, timeout)
        return relay.run(command, way.channel(), way.user)


def _doctor(o: argparse.Namespace) -> int:
    wrong = 0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for finding in Doctor(lambda: aws.session(o.profile, o.region), o.env, o.prefix, o.owner).findings():
            print(f"{finding.verdict:<5}  {finding.subject:<12}  {finding.text}")
            wrong += finding.verdict == "WRONG"
    return 1 if wrong else 0


def _smoke(o: argparse.Namespace) -> int:
    request = SmokeRequest(o.timeout, o.patience, o.driver, o.executor, dict(o.conf))
    return Smoke(lambda: aws.session(o.profile, o.region), o.env, o.prefix, o.owner, request).run()
