"""The sandbox as people start it, and the people in it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# Only there so that what hangs does not hang the build.
PATIENCE = 600


def heed_interrupts() -> None:
    """Undo that a shell has what it runs in the background ignore SIGINT, as these tests may be."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Sandbox:
    """``./sandbox/run`` in a process of its own, until it is closed."""

    def __init__(self, work: Path, assembly: Path, environment: str = "dev", *options: str) -> None:
        self.work = work
        self._lines: list[str] = []
        self._news = threading.Condition()
        plays = ("--template", assembly, "--env", environment)
        self._process = subprocess.Popen(
            [ROOT / "sandbox/run", "--port", "0", "--work", work, *plays, *options],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        try:
            self.await_line("Ctrl-C stops")
        except AssertionError:
            self.close()
            raise

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            with self._news:
                self._lines.append(line)
                self._news.notify_all()
        with self._news:
            self._news.notify_all()

    def await_line(self, text: str) -> str:
        """Wait until it has said so, from its start on."""
        with self._news:
            self._news.wait_for(lambda: self._line(text) or not self._reader.is_alive(), PATIENCE)
            found = self._line(text)
            assert found, f"never said '{text}', or ended:\n{''.join(self._lines)}"
            return found

    def _line(self, text: str) -> str | None:
        return next((line for line in self._lines if text in line), None)

    def person(self, name: str) -> Person:
        """Somebody whose file the sandbox wrote."""
        text = (self.work / f"{name}.env").read_text()
        return Person(dict(re.findall(r"^export (\w+)='(.*)'$", text, re.MULTILINE)))

    def close(self) -> None:
        """Stop it as Ctrl-C does."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGTERM)
        self._process.wait(PATIENCE)


@dataclass(frozen=True)
class Person:
    """Whose calls are made with the variables of a persona's file."""

    variables: dict[str, str]

    def environment(self) -> dict[str, str]:
        """Return what a shell has that sourced the file."""
        mine = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
        # Of the pytest that runs this, not of the person.
        for name in ("PYTHONPATH", "VIRTUAL_ENV", "PYSPARK_PYTHON", "SPARK_REMOTE"):
            mine.pop(name, None)
        return mine | self.variables | {"HOME": str(Path.home())}

    @contextmanager
    def starts(self, *command: str | Path, cwd: Path | None = None) -> Iterator[Running]:
        """Start a command as this person; it does not outlive the block."""
        process = subprocess.Popen(
            command,
            env=self.environment(),
            cwd=cwd,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
            preexec_fn=heed_interrupts,
        )
        # PySpark that waits for a server ignores what is kinder.
        watchdog = threading.Timer(PATIENCE, os.killpg, (process.pid, signal.SIGKILL))
        watchdog.start()
        try:
            yield Running(process)
        finally:
            watchdog.cancel()
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.communicate()

    def run(self, *command: str | Path, cwd: Path | None = None, fails: bool = False) -> str:
        """Run a command as this person and return what it said."""
        with self.starts(*command, cwd=cwd) as running:
            said = running.end()
            assert (running.exit_code != 0) == fails, f"exit code {running.exit_code}:\n{said}"
            return said


class Running:
    """A command that runs."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self.pid = process.pid
        self.signal = process.send_signal

    @property
    def exit_code(self) -> int | None:
        """The exit code, once it has ended."""
        return self._process.returncode

    def line(self, name: str) -> str:
        """Wait for the line ``name value`` and return the value."""
        assert self._process.stdout is not None
        said = []
        for line in self._process.stdout:
            said.append(line)
            if line.startswith(name + " "):
                return line.removeprefix(name).split()[0]
        raise AssertionError(f"it ended without '{name}':\n{''.join(said)}")

    def end(self, told: str = "") -> str:
        """Tell it something, wait for its end and return what it said since."""
        return self._process.communicate(told)[0]
