"""The SparkSession that people get."""

from __future__ import annotations

import atexit
import os
from collections.abc import Mapping
from typing import Any

from pyspark.sql.connect.client import ChannelBuilder

from .channel import Tokens, open_channel
from .current import CurrentSession
from .errors import SparkgateError
from .progress import Progress
from .sessions import Sessions


class _TokenChannelBuilder(ChannelBuilder):
    """PySpark's own way to a server, whose calls carry a token that does not age."""

    def __init__(self, tokens: Tokens) -> None:
        super().__init__(tokens.endpoint.url())
        self._tokens = tokens

    def toChannel(self) -> Any:  # noqa: N802
        return open_channel(self._tokens, self._channel_options)


class SparkgateSession(CurrentSession):
    """PySpark's session, which ends the session on AWS when it is stopped.

    ``stop()``, and leaving a ``with`` block, end the session on AWS unless ``keep`` is set. When
    Python exits, one that was started here ends too, and one that was there before is left.

    Attributes:
        remote_session_id: the id on AWS; ``session_id`` is PySpark's own, of this client.
        keep: leave the session on AWS; may be set at any time.
    """

    def __init__(
        self,
        sessions: Sessions,
        session_id: str,
        tokens: Tokens,
        *,
        started: bool,
        keep: bool,
        conf: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(connection=_TokenChannelBuilder(tokens))
        self.remote_session_id = session_id
        self.keep = keep
        self._sessions = sessions
        self._started = started
        self._done = False
        self._process = os.getpid()
        try:
            self.set(conf or {})
        except BaseException:
            self.client.close()
            raise
        self._enter()
        atexit.register(self._at_exit)

    @property
    def ui_url(self) -> str:
        """A link to the Spark UI, good for an hour; whoever has it sees the queries."""
        return self._sessions.ui_url(self.remote_session_id)

    def stop(self) -> None:
        """Closes this client, and ends the session on AWS unless it is kept.

        May be called again where that failed, and is when Python exits.
        """
        if self._done:
            return
        try:
            if not self.is_stopped:
                self._close()
        finally:
            if self.keep:
                self._sessions.name_kept(self.remote_session_id)
            else:
                self._sessions.terminate(self.remote_session_id)
            self._done = True
            atexit.unregister(self._at_exit)

    def _stop_quietly(self) -> None:
        try:
            self.stop()
        except SparkgateError as error:
            Progress().say(str(error))

    def _at_exit(self) -> None:
        if os.getpid() != self._process:  # a fork's exit
            return
        self.keep = self.keep or not self._started
        self._stop_quietly()

    def __enter__(self) -> SparkgateSession:
        return self

    def __exit__(self, failure: object, *_: object) -> None:
        if failure:
            self._stop_quietly()
        else:
            self.stop()

    def __repr__(self) -> str:
        told = self._sessions.contract
        where = f"{told.application_id} ({told.environment or told.region})"
        stopped = ", stopped" if self.is_stopped else ""
        return f"<SparkgateSession {self.remote_session_id} on {where}{stopped}>"


def connected_to(session_id: str, keep: bool) -> SparkgateSession | None:
    """This process's own SparkSession to a session on AWS, if it has one, kept or not as is asked now."""
    for session in CurrentSession._open:
        if isinstance(session, SparkgateSession) and session.remote_session_id == session_id:
            session.keep = keep
            session.make_current()
            return session
    return None
