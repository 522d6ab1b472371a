"""Tells people how a session comes up: a line in a terminal, a display in a notebook."""

from __future__ import annotations

import sys
from typing import Any, TextIO


class Progress:
    """Says states and seconds on stderr; quiet if so asked.

    A terminal gets one line that is rewritten, a notebook one output that is, anything else a line
    for each state.
    """

    def __init__(self, enabled: bool = True, out: TextIO | None = None, name: str = "sparkgate") -> None:
        self._name = name
        self._enabled = enabled
        self._out = out if out is not None else sys.stderr
        self._notebook: Any = _notebook() if out is None else None
        self._display: Any = None
        self._state = ""
        self._open = False

    def state(self, session_id: str, state: str, seconds: float, what: str = "session") -> None:
        """Tells that a session, or what else it is, is in a state, after so many seconds of waiting."""
        self._tell(f"{what} {session_id} {state} ({seconds:.0f} s)", state != self._state)
        self._state = state

    def counted(self, done: int, of: int, what: str) -> None:
        """Tells how many of something are done; where nobody watches, only that all are."""
        self._tell(f"{done} of {of} {what}", done == of)

    def _tell(self, said: str, news: bool) -> None:
        text = f"{self._name}: {said}"
        if not self._enabled:
            return
        if self._notebook is not None:
            self._show(text)
        elif self._out.isatty():
            self._out.write(f"\r\033[K{text}")
            self._open = True
        elif news:
            self._out.write(text + "\n")
        self._out.flush()

    @property
    def watched(self) -> bool:
        """Whether a person sees it now, rather than a file that others read later."""
        return self._enabled and (self._notebook is not None or self._out.isatty())

    def say(self, text: str) -> None:
        """Tells a whole sentence, on a line of its own."""
        if self._enabled:
            self.end_line()
            self._out.write(f"{self._name}: {text}\n")
            self._out.flush()

    def end_line(self) -> None:
        """Leaves the line that is rewritten to what it says now."""
        if self._open:
            self._out.write("\n")
        self._open = False

    def _show(self, text: str) -> None:
        content = {"text/plain": text}
        if self._display is None:
            self._display = self._notebook(content, raw=True, display_id=True)
        else:
            self._display.update(content, raw=True)


def _notebook() -> Any:
    """IPython's display where a notebook shows it; None elsewhere, its own terminal included."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    if shell is None or not hasattr(shell, "kernel"):
        return None
    from IPython.display import display

    return display
