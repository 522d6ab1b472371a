from __future__ import annotations

import io
import sys
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from sparkgate.progress import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def tell(progress: Progress) -> None:
    for state, seconds in (("STARTING", 0.2), ("STARTING", 1.4), ("IDLE", 2.0)):
        progress.state("00a", state, seconds)
    progress.say("done")


def test_a_file_gets_a_line_for_each_state() -> None:
    out = io.StringIO()
    tell(Progress(out=out))

    assert out.getvalue() == (
        "sparkgate: session 00a STARTING (0 s)\nsparkgate: session 00a IDLE (2 s)\nsparkgate: done\n"
    )


def test_what_is_counted_is_one_line_where_nobody_watches() -> None:
    out, terminal = io.StringIO(), Terminal()
    for at in (1, 2):
        Progress(out=out).counted(at, 2, "records")
        Progress(out=terminal).counted(at, 2, "records")

    assert out.getvalue() == "sparkgate: 2 of 2 records\n"
    assert terminal.getvalue() == "\r\033[Ksparkgate: 1 of 2 records\r\033[Ksparkgate: 2 of 2 records"


def test_a_terminal_gets_one_line_that_is_rewritten() -> None:
    out = Terminal()
    tell(Progress(out=out))

    assert out.getvalue() == (
        "\r\033[Ksparkgate: session 00a STARTING (0 s)\r\033[Ksparkgate: session 00a STARTING (1 s)"
        "\r\033[Ksparkgate: session 00a IDLE (2 s)\nsparkgate: done\n"
    )


def test_who_wants_quiet_gets_it() -> None:
    out = Terminal()
    tell(Progress(False, out))

    assert out.getvalue() == ""


def test_a_notebook_gets_one_output_that_is_rewritten(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shown: list[str] = []

    def display(content: dict[str, str], raw: bool, display_id: bool = False) -> Any:
        shown.append(content["text/plain"])
        return SimpleNamespace(update=display)

    ipython, its_display = ModuleType("IPython"), ModuleType("IPython.display")
    ipython.get_ipython = lambda: SimpleNamespace(kernel=1)  # type: ignore[attr-defined]
    its_display.display = display  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "IPython", ipython)
    monkeypatch.setitem(sys.modules, "IPython.display", its_display)
    tell(Progress())

    assert shown == [
        "sparkgate: session 00a STARTING (0 s)",
        "sparkgate: session 00a STARTING (1 s)",
        "sparkgate: session 00a IDLE (2 s)",
    ]
    assert capsys.readouterr().err == "sparkgate: done\n"
