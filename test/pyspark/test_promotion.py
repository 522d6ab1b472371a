"""From one build to prod, as a CI goes: each step only if the one before ended well."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from ci import Commands, without_action
from sandbox import Person, Sandbox


@pytest.fixture(scope="module")
def ci(tmp_path_factory: pytest.TempPathFactory, sandbox: Sandbox) -> Commands:
    """What a CI has after its build."""
    assert sandbox.assembly.is_dir(), "of an app that is built, which ci takes"
    return Commands(tmp_path_factory.mktemp("ci"))


@contextmanager
def serving(ci: Commands, work: Path, environment: str) -> Iterator[Person]:
    """The service of an environment as it was deployed, and somebody who may be a developer there."""
    assembly = shutil.copytree(ci.home / "cdk.out", work / environment)
    shutil.copy(ci.deployed / ci.template(environment).name, assembly)
    running = Sandbox(work / f"{environment}-work", "--template", str(assembly), "--env", environment)
    try:
        yield running.person("alice")
    finally:
        running.close()


def test_what_is_built_again_is_the_same_to_the_byte(ci: Commands) -> None:
    before = (ci.checkout / "assembly.tar").read_bytes()
    templates = sorted((ci.checkout / "cdk.out").glob("*.template.json"))
    texts = [template.read_bytes() for template in templates]
    assert len(texts) >= 2

    assert ci.build().read_bytes() == before
    assert [template.read_bytes() for template in templates] == texts


def test_one_build_goes_through_dev_and_the_gate_to_prod(ci: Commands, tmp_path: Path) -> None:
    in_prod = shutil.copy(ci.template("prod"), tmp_path / "before.json")
    without_action(in_prod, "emr-serverless:GetSessionEndpoint")

    assert ci("deploy", "dev").code == 0
    with serving(ci, tmp_path, "dev") as somebody:
        smoke = ci("smoke", "dev", caller=somebody)
        assert smoke.code == 0, smoke.err
        assert "/data/spark is fine" in smoke.last_line

    gate = ci("gate", "prod", "--strict", "--against", in_prod)
    assert (gate.code, gate.out) == (1, "verdict=broadening\n"), gate.err

    # Somebody approved.
    assert ci("deploy", "prod").code == 0
    with serving(ci, tmp_path, "prod") as somebody:
        smoke = ci("smoke", "prod", caller=somebody)
        assert smoke.code == 0, smoke.err
        assert "prod is fine" in smoke.last_line
    assert ci.notes == ["SparkConnect-dev", "SparkConnect-prod"]


def test_a_broken_change_ends_in_dev(ci: Commands, tmp_path: Path) -> None:
    without_action(ci.template("dev"), "emr-serverless:GetSessionEndpoint")

    assert ci("deploy", "dev").code == 0
    with serving(ci, tmp_path, "dev") as somebody:
        smoke = ci("smoke", "dev", "--patience", "0", caller=somebody)

    assert smoke.code == 1, smoke.err
    assert "GetSessionEndpoint" in smoke.last_line
