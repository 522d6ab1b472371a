"""Two sandboxes, and environments with what people install."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from environments import Environment, readme_block
from sandbox import Sandbox
from synthesis import synthesize

TARGET = Path(__file__).parent / "target"


@pytest.fixture(scope="session")
def synthesized(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the sandboxes play."""
    return synthesize(tmp_path_factory.mktemp("synthesis"))


@pytest.fixture(scope="session")
def sandbox(tmp_path_factory: pytest.TempPathFactory, synthesized: Path) -> Iterator[Sandbox]:
    """The sandbox on the real clock."""
    running = Sandbox(tmp_path_factory.mktemp("sandbox"), synthesized)
    yield running
    running.close()


@pytest.fixture(scope="session")
def fast(tmp_path_factory: pytest.TempPathFactory, synthesized: Path) -> Iterator[Sandbox]:
    """A sandbox where an hour, the life of a token, takes half a minute.

    Half an hour is then too short a while to be idle on a busy machine: its reaper waits for a day.
    """
    assembly = shutil.copytree(synthesized, tmp_path_factory.mktemp("patient") / "cdk.out")
    template = assembly / "SparkConnect-dev.template.json"
    text, changed = re.subn(r'Minutes(\\":)30\b', r"Minutes\g<1>1440", template.read_text())
    assert changed == 2, "idleMinutes and startingMinutes"
    template.write_text(text)
    work = tmp_path_factory.mktemp("fast")
    running = Sandbox(work, assembly, "dev", "--minute", "0.5")
    yield running
    running.close()


@pytest.fixture(scope="session")
def plain() -> Environment:
    """What the README's line for PySpark without our package installs, and nothing else."""
    environment = Environment(TARGET / "plain")
    environment.pip(readme_block("sh", "pyspark[connect]"))
    return environment


@pytest.fixture(scope="session")
def ours(plain: Environment) -> Environment:
    """The same with our package and a notebook's kernel."""
    environment = Environment(TARGET / "ours", over=plain)
    environment.pip(readme_block("sh", "./client"))
    environment.pip("pip install -c test/pyspark/constraints.txt nbclient ipykernel")
    return environment
