"""A cluster's Spark Connect server, as far as clients see which session they are in, and who may in."""

from __future__ import annotations

import stat
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import grpc
from google.rpc.status_pb2 import Status
from grpc_status import rpc_status
from pyspark.sql.connect import proto
from pyspark.sql.connect.proto.base_pb2_grpc import (
    SparkConnectServiceServicer,
    add_SparkConnectServiceServicer_to_server,
)

from sparkgate.calls import NO_LIMIT

LOST = "[INVALID_HANDLE.SESSION_NOT_FOUND] The handle 1 is invalid. Session not found."


class Server(SparkConnectServiceServicer):
    """Has properties of sessions, and no queries; remembers the metadata and the users of calls.

    Attributes:
        token: the one it takes; None takes all.
        failure: of every call.
        away: so that a load balancer answers each call itself, as where no target is healthy.
    """

    def __init__(self, credentials: grpc.ServerCredentials | None = None) -> None:
        self.sessions: dict[str, dict[str, str]] = {}
        self.users: list[str] = []
        self.released: list[Any] = []
        self.metadata: list[dict[str, Any]] = []
        self.token: str | None = None
        self.failure: tuple[grpc.StatusCode, str] | None = None
        self.away = False
        self._server = grpc.server(ThreadPoolExecutor(4), handlers=[_Away(self)], options=NO_LIMIT)
        add_SparkConnectServiceServicer_to_server(self, self._server)
        self.port = (
            self._server.add_secure_port("127.0.0.1:0", credentials)
            if credentials
            else self._server.add_insecure_port("127.0.0.1:0")
        )
        self._server.start()

    def close(self) -> None:
        self._server.stop(None)

    def start_anew(self) -> None:
        """Forgets all sessions."""
        self.sessions.clear()

    def Config(self, request: Any, context: Any) -> Any:  # noqa: N802
        properties = self._session(request, context)
        answer = proto.ConfigResponse(session_id=request.session_id)
        for pair in request.operation.set.pairs:
            if pair.key == "spark.driver.memory":
                said = Status(code=13, message="[CANNOT_MODIFY_CONFIG] spark.driver.memory is static.")
                context.abort_with_status(rpc_status.to_status(said))
            properties[pair.key] = pair.value
        for key in (*request.operation.get.keys, *request.operation.get_option.keys):
            value = {"value": properties[key]} if key in properties else {}
            answer.pairs.append(proto.KeyValue(key=key, **value))
        return answer

    def AnalyzePlan(self, request: Any, context: Any) -> Any:  # noqa: N802
        self._session(request, context)
        return proto.AnalyzePlanResponse(
            session_id=request.session_id,
            spark_version=proto.AnalyzePlanResponse.SparkVersion(version="3.5.6-amzn-2"),
        )

    def AddArtifacts(self, requests: Any, context: Any) -> Any:  # noqa: N802
        self._admit(context)
        for request in requests:
            self._session(request, context)
        return proto.AddArtifactsResponse()

    def Interrupt(self, request: Any, context: Any) -> Any:  # noqa: N802
        self._admit(context)
        context.abort(grpc.StatusCode.INTERNAL, LOST)

    def ReleaseExecute(self, request: Any, context: Any) -> Any:  # noqa: N802
        self._admit(context)
        self.released.append(request)
        context.abort(grpc.StatusCode.INTERNAL, LOST)

    def _session(self, request: Any, context: Any) -> dict[str, str]:
        self._admit(context)
        self.users.append(request.user_context.user_id)
        return self.sessions.setdefault(request.session_id, {})

    def _admit(self, context: Any) -> None:
        given = dict(context.invocation_metadata())
        self.metadata.append(given)
        if self.failure:
            context.abort(*self.failure)
        if self.token and given.get("authorization") != f"Bearer {self.token}":
            context.abort(grpc.StatusCode.UNAUTHENTICATED, "Invalid token")


class _Away(grpc.GenericRpcHandler):
    def __init__(self, server: Server) -> None:
        self._server = server

    def service(self, handler_call_details: Any) -> Any:
        return grpc.stream_stream_rpc_method_handler(self._answer) if self._server.away else None

    def _answer(self, requests: Any, context: Any) -> Any:
        context.abort(grpc.StatusCode.UNAVAILABLE, "Received http2 header with status: 503")


#: Starts one.
Serve = Callable[..., Server]

_PLUGIN = """#!{python} -S
import json, os, socket, sys, threading
from pathlib import Path
here = Path(__file__).parent
if sys.argv[1:] == ["--version"]:
    print((here / "version").read_text())
    sys.exit()
told = {{n: os.environ.get(n) for n in ("AWS_SSM_START_SESSION_RESPONSE", "AWS_ACCESS_KEY_ID", "AWS_PROFILE")}}
with open(here / "calls", "a") as calls:
    calls.write(json.dumps([os.getpid(), sys.argv[1:], told]) + "\\n")
if (here / "dies").exists():
    print("Starting session with SessionId: alice-0 AAsecret")
    sys.exit((here / "dies").read_text())
[port] = json.loads(sys.argv[5])["Parameters"]["localPortNumber"]
def pump(one, other):
    try:
        while data := one.recv(65536):
            other.sendall(data)
    except OSError:
        pass
    try:
        other.shutdown(socket.SHUT_WR)
    except OSError:
        pass
if (here / "hangs").exists():
    print("Waiting for the agent...", flush=True)
    threading.Event().wait()
with socket.create_server(("127.0.0.1", int(port))) as listener:
    print("Port", port, "opened. Waiting for connections...", flush=True)
    while True:
        near, _ = listener.accept()
        try:
            far = socket.create_connection(("127.0.0.1", int((here / "server").read_text())))
        except OSError:
            near.close()
            continue
        for pair in ((near, far), (far, near)):
            threading.Thread(target=pump, args=pair, daemon=True).start()
"""


def install_plugin(folder: Path, server: int, version: str = "1.2.707.0") -> None:
    """Writes a session-manager-plugin that forwards to a port of this machine, and says how it was called."""
    plugin = folder / "session-manager-plugin"
    plugin.write_text(_PLUGIN.format(python=sys.executable))
    plugin.chmod(plugin.stat().st_mode | stat.S_IXUSR)
    (folder / "version").write_text(version)
    (folder / "server").write_text(str(server))
