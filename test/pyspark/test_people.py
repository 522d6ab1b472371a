"""Two people at once, each with a session that is only theirs."""

from __future__ import annotations

from pathlib import Path

from environments import Environment
from sandbox import Sandbox

SCRIPTS = Path(__file__).parent / "scripts"


def test_two_people_work_at_once_and_reach_only_their_own(sandbox: Sandbox, ours: Environment) -> None:
    names = ("developer-a", "developer-b")
    people = [sandbox.person(name) for name in names]
    two = SCRIPTS / "two.py"
    with (
        people[0].starts(ours.python, "-u", two) as a,
        people[1].starts(ours.python, "-u", two) as b,
    ):
        sessions = [running.line("session") for running in (a, b)]
        for person, others in zip(people, reversed(sessions), strict=True):
            said = person.run(ours.python, SCRIPTS / "reach.py", others)
            assert "endpoint: AccessDeniedException" in said
            assert "terminate: AccessDeniedException" in said
        for running, name in zip((a, b), names, strict=True):
            assert f"temporary view ['{name}']" in running.end("go\n")
