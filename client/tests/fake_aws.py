"""EMR Serverless, STS, SSM, Secrets Manager, S3 and CloudWatch Logs on loopback, as far as this package asks them; boto3 itself calls them."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import fake_s3
from fake_jobs import FakeJobs
from fake_logs import FakeLogs
from faults import Fault as Fault

ACCOUNT = "111122223333"
APPLICATION = "00app"
CLUSTER = "j-1CLUSTER"
TOKEN_SECRET = f"arn:aws:secretsmanager:eu-west-1:{ACCOUNT}:secret:dev-cluster/token-AbCdEf"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/team/Developers"
EXECUTION_ROLE = f"arn:aws:iam::{ACCOUNT}:role/Execution"
ALICE = f"arn:aws:iam::{ACCOUNT}:user/people/alice"
ALICE_AS_DEVELOPER = f"arn:aws:sts::{ACCOUNT}:assumed-role/Developers/alice"


class FakeAws:
    """Remembers calls; a test sets what is denied, what faults, and how sessions go on."""

    developer = ALICE_AS_DEVELOPER

    def __init__(self) -> None:
        self.reset()
        fake = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_: Any) -> None:
                pass

            def date_time_string(self, timestamp: float | None = None) -> str:
                return formatdate((timestamp or time.time()) - fake.clock_ahead, usegmt=True)

            def _serve(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
                try:
                    status, answer, code = 200, fake.answer(self, body), None
                except Fault as fault:
                    status, code = fault.status, fault.code
                    answer = json.dumps({"__type": code, "message": fault.message})
                    if "/s3/" in self.headers["Authorization"]:
                        answer = f"<Error><Code>{code}</Code><Message>{fault.message}</Message></Error>"
                    elif "sts" in self.headers["Authorization"]:
                        answer = (
                            f"<ErrorResponse><Error><Code>{code}</Code><Message>{fault.message}</Message>"
                            "</Error></ErrorResponse>"
                        )
                data = answer.encode()
                self.send_response(status)
                if code:
                    self.send_header("x-amzn-ErrorType", code)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            do_GET = do_POST = do_PUT = do_DELETE = _serve  # noqa: N815

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def reset(self) -> None:
        """Forgets all, and publishes the contract of dev."""
        self.caller = (ALICE, "AIDAALICE")
        self.parameters: dict[str, str] = {}
        self.sessions: dict[str, dict[str, Any]] = {}
        self.path_of_states = ["SUBMITTED", "STARTING", "IDLE"]
        self.details = ""
        self.application: dict[str, Any] = {}
        self.jobs = FakeJobs(ACCOUNT, APPLICATION)
        self.objects: dict[str, str] = {}
        self.logs = FakeLogs()
        self.when_started: Callable[[], None] = lambda: None
        self.denied: set[str] = set()
        self.faults: dict[str, Fault] = {}
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.clock_ahead = 0.0
        self.token_seconds = 3600.0
        self.tokens = 0
        self.secret = "t0ken=1"
        self.tunnels: dict[str, str] = {}
        self.publish()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def variables(self) -> dict[str, str]:
        services = ("EMR_SERVERLESS", "STS", "SSM", "SECRETS_MANAGER", "S3", "CLOUDWATCH_LOGS")
        return {f"AWS_ENDPOINT_URL_{service}": self.url for service in services} | {
            "AWS_ACCESS_KEY_ID": "AKIAALICE",
            "AWS_SECRET_ACCESS_KEY": "secret",
            "AWS_REGION": "eu-west-1",
            "AWS_MAX_ATTEMPTS": "1",
        }

    def publish(self, **changes: str | None) -> None:
        """Writes the connection contract of dev; None leaves a parameter out."""
        values: dict[str, str | None] = {
            "application_id": APPLICATION,
            "execution_role_arn": EXECUTION_ROLE,
            "region": "eu-west-1",
            "owner_tag": "sparkgate:owner",
            "owner": "user-id",
            "developer_role_arn": ROLE,
            "release_label": "emr-7.13.0",
            "spark_version": "3.5.6",
            **changes,
        }
        self.parameters = {
            f"/sparkgate/dev/{name.replace('_', '-')}": value for name, value in values.items() if value
        }

    def publish_cluster(self, **changes: str | None) -> None:
        """Writes the contract of the cluster dev-cluster, with a tunnel only; None leaves a parameter out."""
        values: dict[str, str | None] = {
            "cluster_id": CLUSTER,
            "primary_instance_id": "i-0primary",
            "session_document": "SparkConnect-dev",
            "spark_version": "3.5.6",
            **changes,
        }
        for name, value in values.items():
            if value:
                self.parameters[f"/sparkgate/dev-cluster/{name.replace('_', '-')}"] = value

    def session(self, session_id: str, **changes: Any) -> dict[str, Any]:
        """Adds a session, Alice's and idle unless it is changed."""
        made = {
            "applicationId": APPLICATION,
            "sessionId": session_id,
            "arn": f"arn:aws:emr-serverless:eu-west-1:{ACCOUNT}:/applications/{APPLICATION}/sessions/{session_id}",
            "state": "IDLE",
            "stateDetails": "",
            "releaseLabel": "emr-7.13.0",
            "executionRoleArn": EXECUTION_ROLE,
            "createdBy": ALICE_AS_DEVELOPER,
            "createdAt": 1_700_000_000 + len(self.sessions),
            "updatedAt": 1_700_000_000,
            "tags": {"sparkgate:owner": "AROADEV:alice"},
            **changes,
        }
        self.sessions[session_id] = made
        return made

    def asked(self, action: str) -> list[dict[str, Any]]:
        return [arguments for name, arguments in self.calls if name == action]

    def answer(self, request: BaseHTTPRequestHandler, body: str) -> str:
        scope = re.search(r"Credential=(\w+)/\d+/[\w-]+/([\w-]+)/", request.headers["Authorization"])
        assert scope, request.headers["Authorization"]
        assumed = scope.group(1) == "ASIADEV"
        arn = ALICE_AS_DEVELOPER if assumed else self.caller[0]
        action, arguments = self._action(scope.group(2), request, body)
        self.calls.append((action, arguments))
        if action in self.faults:
            raise self.faults[action]
        if action in self.denied:
            raise Fault(
                403,
                "AccessDenied" if action.startswith("sts") else "AccessDeniedException",
                f"User: {arn} is not authorized to perform: {action} on resource: {ROLE}",
            )
        user_id = "AROADEV:alice" if assumed else self.caller[1]
        if action == "sts:GetCallerIdentity":
            return _xml(action, f"<Arn>{arn}</Arn><UserId>{user_id}</UserId><Account>{ACCOUNT}</Account>")
        if action == "sts:AssumeRole":
            return _xml(
                action,
                "<Credentials><AccessKeyId>ASIADEV</AccessKeyId><SecretAccessKey>s</SecretAccessKey>"
                "<SessionToken>t</SessionToken><Expiration>2100-01-01T00:00:00Z</Expiration></Credentials>"
                f"<AssumedRoleUser><Arn>{ALICE_AS_DEVELOPER}</Arn><AssumedRoleId>{user_id}</AssumedRoleId>"
                "</AssumedRoleUser>",
            )
        if action == "ssm:GetParameters":
            found = [n for n in arguments["Names"] if n in self.parameters]
            missing = [n for n in arguments["Names"] if n not in self.parameters]
            parameters = [{"Name": n, "Type": "String", "Value": self.parameters[n]} for n in found]
            return json.dumps({"Parameters": parameters, "InvalidParameters": missing})
        if action == "secretsmanager:GetSecretValue":
            return json.dumps({"ARN": arguments["SecretId"], "SecretString": self.secret})
        if action == "ssm:GetParameter":
            if arguments["Name"] not in self.parameters:
                raise Fault(400, "ParameterNotFound", "")
            return json.dumps({"Parameter": {"Value": self.parameters[arguments["Name"]]}})
        if action == "logs:FilterLogEvents":
            return json.dumps(self.logs.filter(arguments))
        if action.startswith("s3:"):
            return fake_s3.answer(self.objects, action, arguments, body)
        if action == "ssm:StartSession":
            started = f"alice-{len(self.tunnels)}"
            self.tunnels[started] = "open"
            stream = f"wss://ssmmessages.eu-west-1.amazonaws.com/v1/data-channel/{started}"
            return json.dumps({"SessionId": started, "TokenValue": "AAsecret", "StreamUrl": stream})
        if action == "ssm:TerminateSession":
            self.tunnels[arguments["SessionId"]] = "terminated"
            return json.dumps({"SessionId": arguments["SessionId"]})
        return json.dumps(self._emr(action.partition(":")[2], arguments))

    def _action(self, service: str, request: BaseHTTPRequestHandler, body: str) -> tuple[str, dict[str, Any]]:
        if service == "sts":
            form = {k: v[0] for k, v in parse_qs(body).items()}
            return f"sts:{form.pop('Action')}", form
        if service in ("ssm", "secretsmanager", "logs"):
            return f"{service}:{request.headers['X-Amz-Target'].partition('.')[2]}", json.loads(body)
        url = urlsplit(request.path)
        if service == "s3":
            return fake_s3.action(request.command, request.path)
        if url.path.startswith("/tags/"):
            arn = unquote(url.path.removeprefix("/tags/"))
            return "emr-serverless:TagResource", {"resourceArn": arn, **json.loads(body)}
        query: dict[str, Any] = {k: v if k == "states" else v[0] for k, v in parse_qs(url.query).items()}
        parts = url.path.strip("/").split("/")[2:]
        name = {
            ("GET", 0, ""): "GetApplication",
            ("GET", 1, "sessions"): "ListSessions",
            ("POST", 1, "sessions"): "StartSession",
            ("GET", 2, "sessions"): "GetSession",
            ("DELETE", 2, "sessions"): "TerminateSession",
            ("GET", 3, "sessions"): "GetSessionEndpoint",
            ("GET", 1, "dashboard"): "GetResourceDashboard",
            ("POST", 1, "jobruns"): "StartJobRun",
            ("GET", 1, "jobruns"): "ListJobRuns",
            ("GET", 2, "jobruns"): "GetJobRun",
            ("DELETE", 2, "jobruns"): "CancelJobRun",
            ("GET", 3, "jobruns"): "GetDashboardForJobRun",
        }[request.command, len(parts), parts[0] if parts else ""]
        arguments = {**query, **(json.loads(body) if body else {})}
        key = "sessionId" if parts[:1] == ["sessions"] else "jobRunId"
        return f"emr-serverless:{name}", arguments | ({key: parts[1]} if len(parts) > 1 else {})

    def _emr(self, operation: str, arguments: dict[str, Any]) -> dict[str, Any]:
        if operation == "GetApplication":
            capacity = {"cpu": "16 vCPU", "memory": "64 GB", "disk": "200 GB"}
            application = {"applicationId": APPLICATION, "maximumCapacity": capacity}
            return {"application": application | self.application}
        if operation == "TagResource":
            [tagged] = [s for s in self.sessions.values() if s["arn"] == arguments["resourceArn"]]
            tagged["tags"] |= arguments["tags"]
            return {}
        if operation == "ListSessions":
            # Pages of one, so that all are seen only by who turns them.
            live = [s for s in self.sessions.values() if s["state"] not in ("FAILED", "TERMINATED")]
            at = int(arguments.get("nextToken", 0))
            summaries = [{k: v for k, v in s.items() if k not in ("tags", "path")} for s in live[at : at + 1]]
            return {"sessions": summaries} | ({"nextToken": str(at + 1)} if at + 1 < len(live) else {})
        if operation == "StartSession":
            made = self.session(f"00new{len(self.sessions)}", state="SUBMITTED")
            made["tags"] = arguments.get("tags", {})
            made["path"] = iter(self.path_of_states)
            overrides = arguments.get("configurationOverrides")
            made |= {"configurationOverrides": overrides} if overrides else {}
            made |= {"name": arguments["name"]} if "name" in arguments else {}
            self.when_started()
            return {k: made[k] for k in ("applicationId", "sessionId", "arn")}
        if operation == "GetResourceDashboard":
            return {"url": f"https://ui.example/{arguments['resourceId']}"}
        if "JobRun" in operation:
            return self.jobs.answer(operation, arguments)
        session = self.sessions.get(arguments["sessionId"])
        if session is None:
            raise Fault(404, "ResourceNotFoundException", "No such session.")
        if session["tags"].get("sparkgate:owner") == "AROABOB:bob":
            raise Fault(403, "AccessDeniedException", "It is Bob's.")
        if operation == "GetSession":
            session["state"] = next(session.get("path", iter(())), session["state"])
            session["stateDetails"] = self.details
            return {"session": {k: v for k, v in session.items() if k != "path"}}
        if operation == "TerminateSession":
            session |= {"state": "TERMINATED", "path": iter(())}
            return {k: session[k] for k in ("applicationId", "sessionId")}
        if session["state"] not in ("IDLE", "STARTED", "BUSY"):
            raise Fault(400, "ValidationException", "The session is not ready.")
        self.tokens += 1
        return {
            "applicationId": APPLICATION,
            "sessionId": session["sessionId"],
            "endpoint": f"https://{session['sessionId']}.s.emr-serverless-services.eu-west-1.amazonaws.com",
            "authToken": f"token/{self.tokens}",
            "authTokenExpiresAt": time.time() + self.token_seconds,
        }


def _xml(action: str, result: str) -> str:
    name = action.partition(":")[2]
    return f"<{name}Response><{name}Result>{result}</{name}Result></{name}Response>"
