"""What asks a program to end: SIGTERM, and SIGHUP of a terminal that is closed."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def to_end(handle: Callable[[int, Any], object]) -> Iterator[None]:
    """Calls a function with the number of each; one that was ignored before, as below nohup, stays so."""
    names = [name for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]  # Windows has no SIGHUP
    before = {number: signal.getsignal(number) for number in (signal.Signals[name] for name in names)}
    changed = {number: handler for number, handler in before.items() if handler is not signal.SIG_IGN}
    try:
        for number in changed:
            signal.signal(number, handle)
        yield
    finally:
        for number, handler in changed.items():
            signal.signal(number, handler)
