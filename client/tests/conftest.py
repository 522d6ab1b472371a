from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

import botocore.loaders
import grpc
import pytest
import trustme

from billing import PLACE
from command_line import Run, run_line
from deciding import NINE, NOON
from fake_aws import APPLICATION, EXECUTION_ROLE, TOKEN_SECRET, FakeAws
from fake_cluster import Serve, Server
from fake_spark import Clock, Service
from smoking import GOOD, stand_in
from sparkgate import aws as calls
from sparkgate import smoke_client, tls, why_command
from sparkgate.calls import NO_LIMIT
from sparkgate.contract import Contract
from sparkgate.identity import Owner
from sparkgate.sessions import Sessions

#: Reads botocore's descriptions of services once, not once a client.
_load_file = cache(botocore.loaders.JSONFileLoader().load_file)

#: The same of its folders.
_list_services = cache(botocore.loaders.Loader().list_available_services)


@pytest.fixture(scope="session")
def one_aws() -> Iterator[FakeAws]:
    fake = FakeAws()
    yield fake
    fake.close()


@pytest.fixture
def aws(one_aws: FakeAws, monkeypatch: pytest.MonkeyPatch) -> FakeAws:
    """AWS with the connection contract of dev, and Alice signed in as an IAM user."""
    for name in list(os.environ):
        if name.startswith(("AWS_", "SPARKGATE_", "SPARK_")) or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", os.devnull)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setattr(botocore.loaders.JSONFileLoader, "load_file", lambda _, path: _load_file(path))
    monkeypatch.setattr(
        botocore.loaders.Loader, "list_available_services", lambda _, kind: _list_services(kind)
    )
    for name, value in one_aws.variables().items():
        monkeypatch.setenv(name, value)
    one_aws.reset()
    return one_aws


@cache
def _client(service: str) -> Any:
    return calls.client(calls.session(), service)


@pytest.fixture
def one_client_each(aws: FakeAws, monkeypatch: pytest.MonkeyPatch) -> None:
    """One client of a service for all tests; boto3 takes its time to make one."""
    for module in ("contract", "identity", "jobs", "bill_command", "why_command", "keep_command"):
        monkeypatch.setattr(f"sparkgate.{module}.client", lambda aws, service, region=None: _client(service))


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """``sparkgate`` with a line of arguments."""
    return lambda line: run_line(line, capsys)


@pytest.fixture
def in_dev(aws: FakeAws, monkeypatch: pytest.MonkeyPatch) -> None:
    """A shell that names the environment dev, and no door to knock at."""
    monkeypatch.setenv("SPARKGATE_ENVIRONMENT", "dev")
    monkeypatch.setattr(tls, "knock", lambda host: None)


@pytest.fixture
def bill(one_client_each: None, aws: FakeAws, run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """``sparkgate bill`` of dev, whose place of records is published."""
    monkeypatch.setenv("SPARKGATE_ENVIRONMENT", "dev")
    aws.parameters[PLACE] = "s3://usage-bucket/usage/"
    return lambda line: run(f"bill --region us-east-1 {line}")


@pytest.fixture
def why(one_client_each: None, aws: FakeAws, run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """``sparkgate why`` of dev at noon, whose functions' logs are published."""
    monkeypatch.setenv("SPARKGATE_ENVIRONMENT", "dev")
    monkeypatch.setattr(why_command, "now", lambda: NOON)
    aws.parameters["/sparkgate/dev/log-groups"] = "reaper,monitor,takeover"
    for group in ("reaper", "monitor", "takeover"):
        aws.logs.say(group, NINE, "START RequestId: 1")
    return lambda line: run(f"why {line}")


@pytest.fixture
def sessions(aws: FakeAws) -> Sessions:
    """Alice's, who is a developer already."""
    aws.caller = (aws.developer, "AROADEV:alice")
    contract = Contract(
        "dev",
        APPLICATION,
        EXECUTION_ROLE,
        "eu-west-1",
        release_label="emr-7.13.0",
        spark_version="3.5.6",
    )
    return Sessions(_client("emr-serverless"), contract, Owner("sparkgate:owner", "AROADEV:alice", "alice"))


@pytest.fixture
def service() -> Service:
    return Service()


@pytest.fixture
def served(service: Service) -> Iterator[str]:
    server = grpc.server(ThreadPoolExecutor(4), handlers=[service], options=NO_LIMIT)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    yield f"127.0.0.1:{port}"
    server.stop(None)


@pytest.fixture
def heard() -> Iterator[None]:
    """Children hear of signals, even if these tests run below nohup or in a shell's background."""
    before = {n: signal.signal(n, signal.SIG_DFL) for n in (signal.SIGHUP, signal.SIGINT)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A smoke test with a stand-in for PySpark, and no door to knock at."""
    monkeypatch.setattr(tls, "knock", lambda host, timeout: None)
    monkeypatch.setattr(smoke_client, "COMMAND", stand_in(f"print('{GOOD}')"))


@pytest.fixture
def stopped() -> Iterator[None]:
    """What a test connects is stopped after it, also where it fails."""
    yield
    from sparkgate.current import CurrentSession

    for session in list(CurrentSession._open):
        session.stop()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def serve(
    aws: FakeAws, authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Serve]:
    """Starts a server with TLS, with or without client certificates, and publishes it as dev-cluster."""
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    monkeypatch.setenv(tls.ROOTS, str(tmp_path / "ca.pem"))
    own = authority.issue_cert("127.0.0.1")
    made: list[Server] = []

    def start(trusted: trustme.CA | None = None, **contract: str) -> Server:
        pair = (own.private_key_pem.bytes(), b"".join(blob.bytes() for blob in own.cert_chain_pems))
        roots = trusted.cert_pem.bytes() if trusted else None
        made.append(Server(grpc.ssl_server_credentials([pair], roots, require_client_auth=bool(trusted))))
        aws.publish_cluster(
            endpoint=f"127.0.0.1:{made[-1].port}",
            authentication="mutual-tls" if trusted else "token",
            **contract,
        )
        return made[-1]

    yield start
    for server in made:
        server.close()


@pytest.fixture
def token(aws: FakeAws, serve: Serve) -> Server:
    server = serve(token_secret_arn=TOKEN_SECRET)
    server.token = aws.secret
    return server
