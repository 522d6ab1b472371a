"""Catalogs among Spark's settings: those of an application, which people get, and of a session, which not.

That a session's are ignored, and that a warehouse may still be set, is reported by AWS's samples of May 2026
(aws-samples/emr-serverless-samples, examples/spark-connect). That properties of a session's own replace the
application's is what AWS's guide says of job runs, and what the sandbox plays; of sessions it is assumed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

#: Settings by which Spark finds tables, which it reads once.
_OF_CATALOGS = re.compile(
    r"spark\.sql\.(catalog\..+|extensions|catalogImplementation|defaultCatalog|hive\.metastore\..+)"
    r"|spark\.hadoop\.(hive\.metastore|javax\.jdo)\..+"
)
_WAREHOUSE = re.compile(r"spark\.sql\.catalog\.[^.]+\.warehouse")

#: How many names a sentence has.
_NAMES = 4


class CatalogIgnored(UserWarning):
    """A session was asked for with settings of catalogs, which only an application has."""


class SettingsReplaced(UserWarning):
    """A session was asked for with properties of its own, so it may lack the application's."""


def spark_defaults(application: Mapping[str, Any]) -> dict[str, str]:
    """The Spark properties that sessions and job runs of an application have, unless they bring their own."""
    found: dict[str, str] = {}
    for one in application.get("runtimeConfiguration", []):
        if one["classification"] == "spark-defaults":
            found |= one.get("properties", {})
    return found


def told(application: Mapping[str, Any]) -> str:
    """The names of an application's catalogs, and which of them is taken where a query names none."""
    defaults = spark_defaults(application)
    names = {key.split(".")[3] for key in defaults if re.fullmatch(r"spark\.sql\.catalog\.[^.]+", key)}
    if defaults.get("spark.sql.catalogImplementation") == "hive" or any(
        "hive.metastore" in k for k in defaults
    ):
        names.add("spark_catalog")
    if not names:
        return "none: tables live in a session only; who runs the platform adds one by 'catalogs' in cdk.json"
    default = defaults.get("spark.sql.defaultCatalog", "spark_catalog")
    without = "" if default in names else ", which is Spark's own and keeps no tables"
    return f"{', '.join(sorted(names))}; without a name {default}{without}"


def without_warehouses(conf: Mapping[str, object]) -> tuple[dict[str, object], dict[str, str]]:
    """What a session is started with, and the warehouses of catalogs, which a client may set afterwards."""
    warehouses = {key: str(value) for key, value in conf.items() if _WAREHOUSE.fullmatch(key)}
    return {key: value for key, value in conf.items() if key not in warehouses}, warehouses


def ignored(conf: Mapping[str, str], application: Mapping[str, Any]) -> str | None:
    """What to warn of, where a session is to have catalogs that the application does not have."""
    defaults = spark_defaults(application)
    vain = [key for key, value in conf.items() if _OF_CATALOGS.fullmatch(key) and defaults.get(key) != value]
    if not vain:
        return None
    return (
        f"conf sets {_listed(vain)}: a session cannot set catalogs, and AWS ignores it without a word. Only"
        ' the application has them, for all: ask who runs the platform for .catalog(Catalog…), or "catalogs"'
        f" in its cdk.json. It has {told(application)}."
    )


def nowhere(
    warehouses: Mapping[str, str], conf: Mapping[str, str], application: Mapping[str, Any]
) -> str | None:
    """What to warn of, where a warehouse is given of a catalog that there is not, nor in conf."""
    known = {**spark_defaults(application), **conf}
    vain = [key for key in warehouses if key.removesuffix(".warehouse") not in known]
    if not vain:
        return None
    return (
        f"conf sets {_listed(vain)}, of a catalog that the application does not have, so no query finds it."
        f" It has {told(application)}."
    )


def replaced(conf: Mapping[str, str], application: Mapping[str, Any]) -> str | None:
    """What to warn of, where a session's own properties may leave none of the application's."""
    lost = [key for key in spark_defaults(application) if key.startswith("spark.") and key not in conf]
    if not conf or not lost:
        return None
    lost.sort(key=lambda key: not _OF_CATALOGS.fullmatch(key))
    return (
        f"The session has Spark properties of its own ({_listed(conf)}), which may replace all that the"
        f" application has: {_listed(lost)}. Set after connecting, by spark.conf.set, what Spark takes then;"
        " and have the rest put on the application."
    )


def _listed(names: Iterable[str]) -> str:
    every = list(names)
    more = f" and {len(every) - _NAMES} more" if len(every) > _NAMES else ""
    return ", ".join(every[:_NAMES]) + more
