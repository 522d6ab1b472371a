"""What asks a program to end: Ctrl-C, SIGTERM, and SIGHUP of a terminal that is closed."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def to_end(handle: Callable[[int, Any], object], interrupts: bool = False) -> Iterator[None]:
    """Calls a function with the number of SIGTERM and SIGHUP; one that was ignored, as below nohup, stays so.

    Args:
        handle: the function, called as a handler of signals is.
        interrupts: take SIGINT as well.
    """
    asked = ("SIGTERM", "SIGHUP", *(["SIGINT"] if interrupts else []))
    names = [name for name in asked if hasattr(signal, name)]  # Windows has no SIGHUP
    before = {number: signal.getsignal(number) for number in (signal.Signals[name] for name in names)}
    # What was not set by Python is None, and cannot be set again.
    changed = {number: handler for number, handler in before.items() if handler not in (signal.SIG_IGN, None)}
    try:
        for number in changed:
            signal.signal(number, handle)
        yield
    finally:
        for number, handler in changed.items():
            signal.signal(number, handler)


@contextmanager
def held() -> Iterator[None]:
    """Lets what must be whole be so: a signal that comes meanwhile is raised after it."""
    if threading.current_thread() is not threading.main_thread():  # which alone hears of signals
        yield
        return
    came: list[int] = []
    try:
        with to_end(lambda number, _: came.append(number), interrupts=True):
            yield
    finally:
        for number in came[:1]:
            signal.raise_signal(number)
