"""``sparkgate`` as a person types it, in this process."""

from __future__ import annotations

import shlex
from collections.abc import Callable

import pytest

from sparkgate import cli

#: From a line of arguments to the exit code, and what was said on stdout and stderr.
Run = Callable[[str], tuple[int, str, str]]


def run_line(line: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    try:
        code = cli.main(shlex.split(line))
    except SystemExit as exit_:  # argparse's way
        code = int(str(exit_.code))
    return code, *capsys.readouterr()
