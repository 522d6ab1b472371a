"""What goes wrong while somebody works."""

from __future__ import annotations

import signal
import time
from pathlib import Path

from environments import Environment
from sandbox import Sandbox

# Of the fast sandbox, in seconds.
LIFE_OF_A_TOKEN = 30
SCRIPTS = Path(__file__).parent / "scripts"


def test_a_session_that_dies_under_a_query_says_so(sandbox: Sandbox, ours: Environment) -> None:
    developer = sandbox.person("developer-a")
    with developer.starts(ours.python, "-u", SCRIPTS / "endless.py") as query:
        session = query.line("session")
        developer.run(ours.python, SCRIPTS / "await_state.py", session, "BUSY")
        sandbox.person("operator").run(ours.python, SCRIPTS / "terminate.py", session)
        said = query.end()
        assert query.exit_code != 0
        assert f"SessionFailed: Session {session} is TERM" in said, said


def test_a_laptop_that_slept_past_the_token_works_on(fast: Sandbox, ours: Environment) -> None:
    developer = fast.person("developer-a")
    with developer.starts(ours.python, "-u", SCRIPTS / "sleeper.py") as sleeper:
        sleeper.line("session")
        sleeper.signal(signal.SIGSTOP)
        time.sleep(LIFE_OF_A_TOKEN + 5)
        sleeper.signal(signal.SIGCONT)
        said = sleeper.end("go on\n")
        assert "after 7" in said, said
