"""A CI with the commands of pipeline/, and an account where CloudFormation only takes notes."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import tarfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sandbox import ROOT, Person
from synthesis import settings

_BUILT_ALREADY = """#!/bin/sh
# The app of this very build; all the rest of pipeline/build is as it is.
mkdir -p src/target lambda/target
cp -R '{app}' '{lib}' src/target
"""

_TAKES_NOTES = """#!/bin/sh
# A deployment is noted; all else is the CDK CLI's own.
home=$(cd "$(dirname "$0")" && pwd)
[ "$1" = deploy ] || exec "$home/cdkw.cli" "$@"
cp "$home/cdk.out/$2.template.json" "{deployed}" && echo "$@" >>"{deployed}/notes"
"""


@dataclass(frozen=True)
class Ended:
    """A command that ran."""

    code: int
    out: str
    err: str

    @property
    def last_line(self) -> str:
        return self.err.splitlines()[-1]


class Commands:
    """An assembly.tar, made by ``pipeline/build`` and unpacked elsewhere, and the account it goes to."""

    def __init__(self, folder: Path) -> None:
        self.checkout = checkout = folder / "checkout"
        self.home = folder / "unpacked"
        self.deployed = folder / "deployed"
        for made in (checkout / "src", self.home, self.deployed):
            made.mkdir(parents=True)
        app = settings()
        # The assembly alone tells where this is.
        app["context"]["environments"]["dev"]["connectionPrefix"] = "/data/spark"
        (checkout / "cdk.json").write_text(json.dumps(app))
        commands = ("cdkw", "src/run", "src/jsii-node", "src/jsii-direct.js")
        for name in (*commands, "package.json", "package-lock.json"):
            shutil.copy(ROOT / name, checkout / name)
        for name in ("pipeline", "client"):
            no = shutil.ignore_patterns("target", "__pycache__")
            shutil.copytree(ROOT / name, checkout / name, ignore=no)
        built = ROOT / "src/target"
        _script(checkout / "mvnw", _BUILT_ALREADY.format(app=built / "app.jar", lib=built / "lib"))
        (checkout / "node_modules").symlink_to(ROOT / "node_modules")

        with tarfile.open(self.build()) as assembly:
            assembly.extractall(self.home, filter="tar")
        (self.home / "node_modules").symlink_to(ROOT / "node_modules")
        # What ./pipeline/smoke installs is the same for the same client.
        (ROOT / "client/target").mkdir(exist_ok=True)
        (self.home / "client/target").symlink_to(ROOT / "client/target")
        (self.home / "cdkw").rename(self.home / "cdkw.cli")
        _script(self.home / "cdkw", _TAKES_NOTES.format(deployed=self.deployed))

    def build(self) -> Path:
        """Build as if nothing had been built before; return the assembly."""
        shutil.rmtree(self.checkout / "src/target", ignore_errors=True)
        environment = {**os.environ, "SPARKGATE_JDK": _jdk()}
        build = _run([self.checkout / "pipeline/build", "--skip-tests"], self.checkout, environment)
        assert build.code == 0, build.err
        return self.checkout / "assembly.tar"

    def __call__(self, command: str, *arguments: str | Path, caller: Person | None = None) -> Ended:
        """Run a command of pipeline/, as nobody or as somebody whom the sandbox knows."""
        nobody = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
        environment = caller.environment() if caller else nobody
        return _run([self.home / "pipeline" / command, *arguments], self.home, environment)

    def template(self, environment: str) -> Path:
        """The template of an environment in the assembly."""
        return self.home / f"cdk.out/SparkConnect-{environment}.template.json"

    def deployed_stacks(self) -> list[str]:
        """Which stacks were deployed, in order."""
        notes = self.deployed / "notes"
        return [line.split()[1] for line in notes.read_text().splitlines()] if notes.exists() else []


def checksums(assembly: Path) -> dict[str, str]:
    """What is in an assembly, file by file."""
    with tarfile.open(assembly) as tar:
        return {file.name: hashlib.sha256(tar.extractfile(file).read()).hexdigest() for file in tar}


def without_action(template: Path, action: str) -> None:
    """Take an action out of all that a template allows."""
    document = json.loads(template.read_text())
    assert _forget(document, action), f"{template} allows no {action}"
    template.write_text(json.dumps(document))


def _forget(value: Any, action: str) -> int:
    if isinstance(value, dict):
        actions = value.get("Action")
        found = int(value.get("Effect") == "Allow" and isinstance(actions, list) and action in actions)
        if found:
            actions.remove(action)
        return found + sum(_forget(one, action) for one in value.values())
    return sum(_forget(one, action) for one in value) if isinstance(value, list) else 0


def _run(command: list[str | Path], folder: Path, environment: dict[str, str]) -> Ended:
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    return Ended(done.returncode, done.stdout, done.stderr)


def _script(file: Path, text: str) -> None:
    file.write_text(text)
    file.chmod(0o755)


def _jdk() -> str:
    home = os.environ.get("JAVA_HOME")
    java = str(Path(home, "bin/java")) if home else "java"
    said = subprocess.run([java, "-version"], capture_output=True, text=True, check=True).stderr
    return said.split('"')[1].split(".")[0]
