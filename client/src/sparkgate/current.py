"""A SparkSession that is the default and the active one while it is open."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import ClassVar

from pyspark.errors import PySparkException
from pyspark.sql.connect.session import SparkSession

from .errors import BadArgument

_VARIABLES = ("SPARK_CONNECT_MODE_ENABLED", "SPARK_REMOTE")


class CurrentSession(SparkSession):
    """PySpark's session, which others find as the current one; of several, the last that is open."""

    _open: ClassVar[list[CurrentSession]] = []
    _outside: ClassVar[dict[str, str | None]] = {}

    def set(self, conf: Mapping[str, str]) -> None:
        """Sets runtime properties.

        Raises:
            BadArgument: if Spark takes one only when it starts, with its own words.
        """
        for key, value in conf.items():
            try:
                self.conf.set(key, value)
            except PySparkException as error:
                raise BadArgument(f"conf sets {key}, but Spark says: {error}") from None

    def _enter(self) -> None:
        if not self._open:
            self._outside.update({name: os.environ.get(name) for name in _VARIABLES})
        self._open.append(self)
        self.make_current()

    def make_current(self) -> None:
        """Lets functions, pandas-on-Spark and ``builder.getOrCreate()`` in any thread find this one."""
        os.environ["SPARK_CONNECT_MODE_ENABLED"] = "1"
        # getOrCreate() wants an address, even where it makes nothing. It holds no secret: of an endpoint it
        # lets nobody in, and of a tunnel every user of this machine, as the port itself does.
        secure = ";use_ssl=true" if self.client._builder.secure else ""
        os.environ["SPARK_REMOTE"] = f"sc://{self.client._builder.endpoint}/{secure}"
        with SparkSession._lock:
            SparkSession._default_session = self
            SparkSession._active_session.session = self

    def _close(self) -> None:
        super().stop()
        self._open.remove(self)
        if self._open:
            self._open[-1].make_current()
        else:
            _restore(self._outside)


def _restore(variables: dict[str, str | None]) -> None:
    for name, value in variables.items():
        os.environ.pop(name, None)
        if value is not None:
            os.environ[name] = value
