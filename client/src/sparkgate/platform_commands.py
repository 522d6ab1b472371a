"""The command line's part for who runs a platform: what it costs, why sessions end, how one is kept."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from . import bill_command, keep_command, why_command


def add(command: Callable[..., argparse.ArgumentParser]) -> None:
    """Adds the commands to the parser by what adds one."""
    for one in (bill_command, why_command, keep_command):
        one.add(command)
