from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from sparkgate.versions import TOO_NEW

CLIENT = Path(__file__).parent.parent


def wheel(folder: Path, written_at: int) -> Path:
    """Builds from a copy whose files are of another time."""
    shutil.copytree(CLIENT / "src", folder / "src", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(CLIENT / name, folder)
    for path in folder.rglob("*"):
        os.utime(path, (written_at, written_at))
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel"],
        cwd=folder,
        env={**os.environ, "SOURCE_DATE_EPOCH": "1767225600"},
        check=True,
        capture_output=True,
    )
    [made] = (folder / "dist").iterdir()
    return made


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    first, second = (tmp_path_factory.mktemp(name) for name in ("first", "second"))
    return wheel(first, 1_600_000_000), wheel(second, 1_700_000_000)


def test_two_builds_make_one_wheel(wheels: tuple[Path, Path]) -> None:
    first, second = wheels

    assert first.name == second.name
    assert first.read_bytes() == second.read_bytes()


def test_the_wheel_has_the_package_with_its_types_and_the_command(wheels: tuple[Path, Path]) -> None:
    with zipfile.ZipFile(wheels[0]) as archive:
        names = set(archive.namelist())
        [entry_points] = (archive.read(n).decode() for n in names if n.endswith("entry_points.txt"))

    modules = {f"sparkgate/{path.name}" for path in (CLIENT / "src/sparkgate").iterdir() if path.is_file()}
    assert "sparkgate/py.typed" in modules
    assert {name for name in names if "dist-info" not in name} == modules
    assert "sparkgate = sparkgate.cli:main" in entry_points


def test_the_metadata_bounds_what_pyspark_does_not(wheels: tuple[Path, Path]) -> None:
    with zipfile.ZipFile(wheels[0]) as archive:
        [metadata] = (archive.read(n).decode() for n in archive.namelist() if n.endswith("METADATA"))

    required = set(re.findall(r"^Requires-Dist: (.+)$", metadata, re.MULTILINE))
    assert required == {
        "boto3>=1.43",
        "cryptography>=45",
        "pyspark[connect]==3.5.6",
        "setuptools<81; python_version >= '3.12'",
        *(f"{name}<{version}" for name, version in TOO_NEW.items()),
    }
    assert "Requires-Python: <3.13,>=3.10" in metadata


def test_the_constraints_are_within_the_bounds() -> None:
    pinned = dict(
        re.findall(r"^([\w-]+)==([\d.]+)", (CLIENT / "constraints/emr-7.13.0.txt").read_text(), re.MULTILINE)
    )

    assert pinned["pyspark"] == "3.5.6"
    for name, version in TOO_NEW.items():
        assert int(pinned[name].split(".")[0]) < version
