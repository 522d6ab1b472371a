"""What assembly.tar has of ``./pipeline/smoke``, as in another place of a CI."""

from __future__ import annotations

import shutil
from pathlib import Path

from sandbox import ROOT


def unpacked(directory: Path) -> Path:
    """Copy it into a directory, and return the command."""
    for name in ("README.md", "pyproject.toml", "python", "src", "constraints"):
        source, copy = ROOT / "client" / name, directory / "client" / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(source, copy) if source.is_dir() else shutil.copy(source, copy)
    (directory / "pipeline").mkdir()
    return Path(shutil.copy(ROOT / "pipeline/smoke", directory / "pipeline"))
