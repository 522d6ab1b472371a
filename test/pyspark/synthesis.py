"""What the tests deploy: cdk.json at the top is the user's, and may say anything."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from sandbox import ROOT


def settings() -> Any:
    """Read the cdk.json of the tests."""
    return json.loads((ROOT / "test/resources/cdk.json").read_text())


def synthesize(folder: Path) -> Path:
    """Synthesize dev as ``./sandbox/run`` does, but with the cdk.json of the tests."""
    return synthesized(folder, settings(), "-c", "environment=dev")


def synthesized(folder: Path, app: Any, *options: str) -> Path:
    """Synthesize what a cdk.json says."""
    # It reads the cdk.json that is beside it.
    (folder / "cdk.json").write_text(json.dumps(app | {"app": f"'{ROOT / 'src/run'}'"}))
    for name in ("cdkw", "package-lock.json", "node_modules"):
        (folder / name).symlink_to(ROOT / name)
    assembly = folder / "cdk.out"
    _run(ROOT / "cdkw", "--version")
    _run(folder / "cdkw", "synth", "-q", *options, "-o", assembly)
    return assembly


def _run(*command: str | Path) -> None:
    done = subprocess.run(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert done.returncode == 0, f"{command}\n{done.stdout}"
