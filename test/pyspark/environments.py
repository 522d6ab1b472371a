"""Virtual environments, made as the pages say."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

from sandbox import ROOT

README = (ROOT / "README.md").read_text()

#: What is imported is compiled then; the rest of these packages never is.
_QUICK = ["--no-compile"]


def readme_block(language: str, containing: str) -> str:
    """Return the README's one block of code that has this text."""
    blocks = re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    found = [block for block in blocks if containing in block]
    assert len(found) == 1, f"{len(found)} blocks of {language} in README.md have '{containing}'"
    return found[0]


class Environment:
    """A virtual environment."""

    def __init__(self, directory: Path, over: Environment | None = None) -> None:
        """Make a fresh one, which sees what is installed in another."""
        self.bin = directory / "bin"
        subprocess.run([sys.executable, "-m", "venv", "--clear", directory], check=True)
        self._packages = next(directory.glob("lib/python3*/site-packages"))
        self._all = [self._packages, *(over._all if over else [])]
        (self._packages / "over.pth").write_text("".join(f"{p}\n" for p in self._all[1:]))

    @property
    def python(self) -> Path:
        return self.bin / "python"

    def pip(self, line: str) -> None:
        """Run a line for a shell that begins with pip, at the top of the repository."""
        pip, *arguments = shlex.split(line, comments=True)
        assert pip == "pip", line
        done = subprocess.run(
            [self.bin / "pip", "--disable-pip-version-check", "-q", *arguments, *_QUICK],
            cwd=ROOT,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        assert done.returncode == 0, f"{line}\n{done.stdout}"
