"""Catalogs among Spark's settings: those of an application, which people get, and of a session, which not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def spark_defaults(application: Mapping[str, Any]) -> dict[str, str]:
    """The Spark properties that sessions and job runs of an application have, unless they bring their own."""
    found: dict[str, str] = {}
    for one in application.get("runtimeConfiguration", []):
        if one["classification"] == "spark-defaults":
            found |= one.get("properties", {})
    return found
