from __future__ import annotations

import sys
from pathlib import Path

import pytest

from sparkgate import WrongPySpark, versions
from sparkgate.contract import Contract

CONTRACT = Contract("dev", "a", "r", "eu-west-1", spark_version="3.5.6")


def installed(monkeypatch: pytest.MonkeyPatch, version: str | None) -> None:
    monkeypatch.setattr(versions, "installed_pyspark", lambda: version)


def test_what_is_installed_here_fits() -> None:
    assert versions.installed_pyspark() == "3.5.6"
    versions.check_pyspark(CONTRACT)


def test_what_counts_is_the_pyspark_that_would_be_imported(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "pyspark").mkdir()
    (tmp_path / "pyspark/__init__.py").touch()
    (tmp_path / "pyspark/version.py").write_text('__version__: str = "4.0.1"\n')
    monkeypatch.delitem(sys.modules, "pyspark", raising=False)
    monkeypatch.syspath_prepend(tmp_path)

    assert versions.installed_pyspark() == "4.0.1"


def test_pyspark_4_is_refused_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    installed(monkeypatch, "4.0.1")

    with pytest.raises(WrongPySpark) as error:
        versions.check_pyspark(CONTRACT)

    assert str(error.value) == (
        "PySpark 4.0.1 is installed, but the service runs Spark 3.5.6, with which it works by half at best. Do: pip"
        ' install "pyspark[connect]==3.5.6" "pandas<3" "pyarrow<26" "numpy<2"'
    )


def test_no_pyspark_at_all_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    installed(monkeypatch, None)

    with pytest.raises(WrongPySpark, match=r"^PySpark is not installed here\. Do: pip install"):
        versions.check_pyspark(CONTRACT)


def test_another_patch_version_is_warned_of(monkeypatch: pytest.MonkeyPatch) -> None:
    installed(monkeypatch, "3.5.1")

    with pytest.warns(
        UserWarning, match=r"^PySpark 3.5.1 is installed, the service runs Spark 3.5.6; take the same"
    ):
        versions.check_pyspark(CONTRACT)


def test_a_pyspark_that_does_not_load_says_what_breaks_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark.sql.connect.session", None)

    with pytest.raises(
        WrongPySpark, match=r"^PySpark 3.5.6 cannot be loaded: .*pandas, PyArrow and NumPy break it"
    ):
        versions.check_pyspark(CONTRACT)
