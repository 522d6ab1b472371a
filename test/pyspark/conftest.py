"""Two sandboxes, and environments with what people install."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from environments import Environment, readme_block
from sandbox import Sandbox

TARGET = Path(__file__).parent / "target"


@pytest.fixture(scope="session")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    """The sandbox on the real clock."""
    running = Sandbox(tmp_path_factory.mktemp("sandbox"))
    yield running
    running.close()


@pytest.fixture(scope="session")
def fast(tmp_path_factory: pytest.TempPathFactory, sandbox: Sandbox) -> Iterator[Sandbox]:
    """A sandbox where an hour, the life of a token, takes half a minute."""
    running = Sandbox(tmp_path_factory.mktemp("fast"), "--template", str(sandbox.assembly), "--minute", "0.5")
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
