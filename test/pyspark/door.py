"""A proxy that lets one connection through, and swallows the others."""

from __future__ import annotations

import socket
import threading
from urllib.parse import urlsplit


class Door:
    """Looks well to who knocks once, and hangs whoever comes then.

    Args:
        proxy: the URL of the proxy behind it.
    """

    def __init__(self, proxy: str) -> None:
        way = urlsplit(proxy)
        self._behind = (way.hostname, way.port)
        self._swallowed = threading.Semaphore(0)
        self._open: list[socket.socket] = []
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        self._pass(self._listening.accept()[0])
        while True:
            try:
                self._open.append(self._listening.accept()[0])
            except OSError:
                return
            self._swallowed.release()

    def _pass(self, client: socket.socket) -> None:
        server = socket.create_connection(self._behind)
        self._open += [client, server]
        for source, sink in ((client, server), (server, client)):
            threading.Thread(target=self._copy, args=(source, sink), daemon=True).start()

    @staticmethod
    def _copy(source: socket.socket, sink: socket.socket) -> None:
        try:
            while data := source.recv(65536):
                sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            pass  # the other way has ended

    def await_swallowed(self, patience: float) -> None:
        """Wait until somebody hangs."""
        assert self._swallowed.acquire(timeout=patience), "nobody came"

    def close(self) -> None:
        """Hang up."""
        self._listening.close()
        for one in self._open:
            one.close()
