"""From one build to prod, as a CI goes: each step only if the one before ended well."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from ci import Commands, Ended, checksums, without_action
from sandbox import Person, Sandbox


@pytest.fixture(scope="module")
def ci(tmp_path_factory: pytest.TempPathFactory, synthesized: Path) -> Commands:
    """What a CI has after its build."""
    assert synthesized.is_dir(), "of an app that is built, which ci takes"
    return Commands(tmp_path_factory.mktemp("ci"))


@contextmanager
def serving(ci: Commands, work: Path, environment: str) -> Iterator[Person]:
    """The service of an environment as it was deployed, and somebody who may be a developer there."""
    assembly = shutil.copytree(ci.home / "cdk.out", work / environment)
    shutil.copy(ci.deployed / ci.template(environment).name, assembly)
    running = Sandbox(work / f"{environment}-work", assembly, environment)
    try:
        yield running.person("alice")
    finally:
        running.close()


def test_what_is_built_again_is_the_same_to_the_byte(ci: Commands) -> None:
    assembly = ci.checkout / "assembly.tar"
    before, files = assembly.read_bytes(), checksums(assembly)
    assert {f"./cdk.out/SparkConnect-{name}.template.json" for name in ("dev", "prod")} <= files.keys()

    ci.build()

    assert checksums(assembly) == files  # which names the file that differs
    assert assembly.read_bytes() == before


def promote(ci: Commands, work: Path, before: Path, *approved: str) -> Ended:
    """What the workflows do, each step only if the one before it ended well; returns the last."""
    for environment in ("dev", "prod"):
        if environment != "dev":
            gate = ci("gate", environment, "--against", before)
            if gate.code or gate.out not in ("verdict=nothing\n", *approved):
                return gate
        deploy = ci("deploy", environment)
        if deploy.code:
            return deploy
        with serving(ci, work, environment) as somebody:
            smoke = ci("smoke", environment, caller=somebody)
        if smoke.code:
            return smoke
    return smoke


def test_one_build_goes_through_dev_and_the_gate_to_prod(ci: Commands, tmp_path: Path) -> None:
    before = Path(shutil.copy(ci.template("prod"), tmp_path / "before.json"))
    without_action(before, "emr-serverless:GetSessionEndpoint")

    last = promote(ci, tmp_path, before, "verdict=broadening\n")

    assert last.code == 0, last.err
    assert "prod is fine" in last.last_line
    assert ci.deployed_stacks() == ["SparkConnect-dev", "SparkConnect-prod"]


def test_a_broken_change_ends_in_dev(ci: Commands, tmp_path: Path) -> None:
    before = Path(shutil.copy(ci.template("prod"), tmp_path / "before.json"))
    without_action(ci.template("dev"), "emr-serverless:GetSessionEndpoint")
    deployed = ci.deployed_stacks()

    last = promote(ci, tmp_path, before)

    assert last.code == 1, last.err
    assert "is not fine" in last.last_line
    assert "GetSessionEndpoint" in last.last_line
    assert ci.deployed_stacks() == [*deployed, "SparkConnect-dev"]


def test_what_widens_permissions_waits_for_somebody(ci: Commands, tmp_path: Path) -> None:
    before = Path(shutil.copy(ci.template("prod"), tmp_path / "before.json"))
    without_action(before, "emr-serverless:GetSessionEndpoint")

    gate = ci("gate", "prod", "--strict", "--against", before)

    assert (gate.code, gate.out) == (1, "verdict=broadening\n"), gate.err
