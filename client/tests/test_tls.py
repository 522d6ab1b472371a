from __future__ import annotations

import os
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import trustme

from sparkgate import BadArgument, NotTrusted, Unreachable, tls

HOST = "00abc.s.emr-serverless-services.eu-west-1.amazonaws.com"


def serve(answer: Callable[[socket.socket], None]) -> tuple[int, socket.socket]:
    """Accepts connections on loopback for ever, one after the other."""
    listener = socket.create_server(("127.0.0.1", 0))

    def loop() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                try:
                    answer(connection)
                except OSError:
                    continue

    threading.Thread(target=loop, daemon=True).start()
    return listener.getsockname()[1], listener


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("grpc_proxy", "https_proxy", "http_proxy", "no_grpc_proxy", "no_proxy", tls.ROOTS):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> trustme.CA:
    """Trusted, as a variable says to gRPC."""
    made = trustme.CA()
    made.cert_pem.write_to_path(tmp_path / "ca.pem")
    monkeypatch.setenv(tls.ROOTS, str(tmp_path / "ca.pem"))
    return made


@pytest.fixture
def handshake(authority: trustme.CA) -> Callable[[socket.socket], None]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(HOST, "127.0.0.1").configure_cert(context)
    context.set_alpn_protocols(["h2"])

    def shake(connection: socket.socket) -> None:
        with context.wrap_socket(connection, server_side=True):
            pass

    return shake


@pytest.fixture
def port(handshake: Callable[[socket.socket], None]) -> Iterator[int]:
    at, listener = serve(handshake)
    yield at
    listener.close()


@pytest.fixture
def connect_proxy(
    handshake: Callable[[socket.socket], None], monkeypatch: pytest.MonkeyPatch
) -> Iterator[list[str]]:
    """A proxy that plays every host itself; tells what it was asked, and refuses after 'no'."""
    asked: list[str] = []

    def answer(connection: socket.socket) -> None:
        head = connection.recv(4096).decode().splitlines()
        asked.extend([head[0], *(line for line in head if line.startswith("Proxy-Authorization"))])
        if "no" in asked:
            connection.sendall(b"HTTP/1.1 403 Forbidden\r\n\r\n")
            return
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        handshake(connection)

    at, listener = serve(answer)
    monkeypatch.setenv("grpc_proxy", f"http://127.0.0.1:{at}")
    yield asked
    listener.close()


def test_a_host_that_is_trusted_lets_pass(port: int) -> None:
    tls.knock("127.0.0.1", port)


def test_a_host_that_nobody_vouches_for_is_named_with_the_roots(
    port: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other.pem"
    trustme.CA().cert_pem.write_to_path(other)
    monkeypatch.setenv(tls.ROOTS, str(other))

    with pytest.raises(NotTrusted) as error:
        tls.knock("127.0.0.1", port)

    assert str(error.value) == (
        "The certificate of 127.0.0.1 is not trusted (unable to get local issuer certificate); trusted is what"
        f" {other} holds. Where a proxy inspects TLS, or with the sandbox, set GRPC_DEFAULT_SSL_ROOTS_FILE_PATH to a"
        " file with its certificate before Python starts."
    )


def test_grpcs_own_roots_are_trusted_where_no_variable_names_others() -> None:
    assert b"BEGIN CERTIFICATE" in tls.roots().read_bytes()
    tls.trusting(tls.roots())


def test_a_file_of_roots_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(tls.ROOTS, "/nowhere.pem")

    with pytest.raises(BadArgument, match=r"PATH is '/nowhere.pem', but there is no such file\."):
        tls.knock("127.0.0.1", 1)


def test_a_file_without_certificates_is_named(tmp_path: Path) -> None:
    (tmp_path / "empty.pem").touch()

    with pytest.raises(BadArgument, match=r"empty.pem holds no certificates that can be read"):
        tls.trusting(tmp_path / "empty.pem")


def test_a_blocked_port_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        closed = listener.getsockname()[1]

    with pytest.raises(
        Unreachable, match=rf"^No connection to 127.0.0.1:{closed}: .*Is the port open from here"
    ):
        tls.knock("127.0.0.1", closed)


def test_the_way_leads_by_the_proxy_that_grpc_takes(connect_proxy: list[str]) -> None:
    tls.knock(HOST)

    assert connect_proxy == [f"CONNECT {HOST}:443 HTTP/1.1"] or connect_proxy == [
        f"CONNECT {HOST}:443 HTTP/1.0"
    ]


def test_a_proxy_that_wants_a_name_is_given_it(
    connect_proxy: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    named = os.environ["grpc_proxy"].replace("http://", "http://alice:p%40ss@")
    monkeypatch.setenv("grpc_proxy", named)
    tls.knock(HOST)

    assert connect_proxy[1] == "Proxy-Authorization: Basic YWxpY2U6cEBzcw=="


def test_a_proxy_that_refuses_is_named(connect_proxy: list[str]) -> None:
    connect_proxy.append("no")

    with pytest.raises(
        Unreachable, match=r"by the proxy 127.0.0.1:\d+: Tunnel connection failed: 403 Forbidden"
    ):
        tls.knock(HOST)


@pytest.mark.parametrize(
    ("variables", "way"),
    [
        ({}, None),
        ({"grpc_proxy": "http://a:1", "https_proxy": "http://b:2"}, ("a", 1)),
        ({"https_proxy": "http://b:2", "http_proxy": "http://c:3"}, ("b", 2)),
        ({"http_proxy": "http://c"}, ("c", 80)),
        ({"https_proxy": "http://b:2", "no_proxy": "x.org, .amazonaws.com"}, None),
        ({"https_proxy": "http://b:2", "no_proxy": ".amazonaws.com", "no_grpc_proxy": "x.org"}, ("b", 2)),
    ],
)
def test_proxies_are_taken_as_grpc_takes_them(variables: dict[str, str], way: tuple[str, int] | None) -> None:
    found = tls.proxy(HOST, variables)

    assert (found and (found.hostname, found.port or 80)) == way
