"""Two sandboxes, and environments with what people install."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest
from environments import Environment, readme_block
from sandbox import Sandbox
from synthesis import synthesize

TARGET = Path(__file__).parent / "target"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let dbt come last: its environment takes as long as a dozen tests, and is made beside them."""
    items.sort(key=_needs_dbt)


def _needs_dbt(item: pytest.Item) -> bool:
    return "dbt" in getattr(item, "fixturenames", ())


@pytest.fixture(scope="session", autouse=True)
def dbt_to_come(request: pytest.FixtureRequest) -> Iterator[Future[Environment] | None]:
    """dbt's environment in the making, if anybody will want it."""
    if not any(map(_needs_dbt, request.session.items)):
        yield None
        return
    with ThreadPoolExecutor(1) as beside:
        yield beside.submit(_dbt)


def _dbt() -> Environment:
    environment = Environment(TARGET / "dbt")
    environment.pip("pip install -c test/pyspark/dbt/constraints.txt dbt-core dbt-spark pyspark[connect]")
    return environment


@pytest.fixture(scope="session")
def dbt(dbt_to_come: Future[Environment]) -> Environment:
    """dbt apart from our package, because it holds protobuf below 7."""
    return dbt_to_come.result()


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
    assert changed == 4, "idleMinutes and startingMinutes, of the reaper and for the monitor's warnings"
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
