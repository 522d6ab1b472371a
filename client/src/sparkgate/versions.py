"""Whether what is installed fits to the service."""

from __future__ import annotations

import re
import sys
import warnings
from importlib.util import find_spec
from pathlib import Path

from .contract import ClusterContract, Contract
from .errors import WrongPySpark

#: What the first release with sessions runs, where the platform does not say.
SPARK = "3.5.6"

#: The first major versions that break PySpark 3.5, which bounds them from below only.
TOO_NEW = {"pandas": 3, "pyarrow": 26, "numpy": 2}


def installed_pyspark() -> str | None:
    """The version of the PySpark that an import would find, whichever package it came with."""
    spec = find_spec("pyspark")
    for place in (spec and spec.submodule_search_locations) or ():
        file = Path(place, "version.py")
        found = file.is_file() and re.search(r"^__version__.*= *['\"](.+)['\"]", file.read_text(), re.M)
        if found:
            return found[1]
    return None


def check_version(contract: Contract | ClusterContract) -> str:
    """Refuses a PySpark of another Spark than the service's; returns the line that installs the right one.

    Another patch version of the same Spark is only warned of.
    """
    wanted = contract.spark_version or SPARK
    bounds = " ".join(f'"{name}<{major}"' for name, major in TOO_NEW.items())
    install = "pip install " + (contract.pyspark or f'"pyspark[connect]=={wanted}" {bounds}')
    found = installed_pyspark()
    if found is None:
        raise WrongPySpark(f"PySpark is not installed here. Do: {install}")
    if found.split(".")[:2] != wanted.split(".")[:2]:
        raise WrongPySpark(
            f"PySpark {found} is installed, but the service runs Spark {wanted}, with which it"
            f" works by half at best. Do: {install}"
        )
    if found != wanted:
        warnings.warn(
            f"PySpark {found} is installed, the service runs Spark {wanted}; take the same: {install}",
            stacklevel=3,
        )
    return install


def check_pyspark(contract: Contract | ClusterContract) -> None:
    """Refuses a PySpark that would fail at its first query, with the reason."""
    install = check_version(contract)
    try:
        import pyspark.sql.connect.session  # noqa: F401
    except (ImportError, AttributeError) as error:
        raise WrongPySpark(
            f"PySpark {installed_pyspark()} cannot be loaded: {error}. Newer pandas, PyArrow and NumPy"
            f" break it without saying so, and Python 3.12 needs setuptools below 81. Do: {install}"
        ) from None


def check_python(contract: Contract | ClusterContract) -> None:
    """Warns where Python functions cannot run, because the workers' Python is another."""
    here = "{}.{}".format(*sys.version_info)
    if contract.python_version not in (None, here):
        warnings.warn(
            f"This is Python {here}, the service's workers run {contract.python_version}:"
            " DataFrames and SQL work, but Python functions (udf, pandas_udf, applyInPandas) fail"
            f" with PYTHON_VERSION_MISMATCH. For those, use Python {contract.python_version} here.",
            stacklevel=3,
        )
