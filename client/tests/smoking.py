"""``sparkgate smoke`` with a stand-in for PySpark."""

from __future__ import annotations

import re
import shlex
import sys

import pytest

from sparkgate import cli

GOOD = '{"spark": "3.5.6", "answer": "499500"}'


def stand_in(program: str) -> list[str]:
    """A command that starts no PySpark, but this program, which knows the URL."""
    return [sys.executable, "-Sc", f"import os, sys, time\nurl = sys.stdin.readline().strip()\n{program}"]


def smoke(capsys: pytest.CaptureFixture[str], options: str = "--patience 0") -> tuple[int, list[str]]:
    """The exit code and what stderr has, without the seconds; stdout has nothing, and nobody a token."""
    try:
        code = cli.main(["smoke", "--env", "dev", *shlex.split(options)])
    except SystemExit as exit_:  # argparse's way
        code = int(str(exit_.code))
    out, err = capsys.readouterr()
    assert out == ""
    assert "token/" not in err
    return code, re.sub(r"\b\d+ s\b", "N s", err).splitlines()
