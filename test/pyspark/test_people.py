"""Two people at once, each with a session that is only theirs."""

from __future__ import annotations

from pathlib import Path

from environments import Environment
from sandbox import Sandbox

SCRIPTS = Path(__file__).parent / "scripts"


def test_two_people_work_at_once_and_reach_only_their_own(sandbox: Sandbox, ours: Environment) -> None:
    people = [sandbox.person("developer-a"), sandbox.person("developer-b")]
    both = [person.start(ours.python, "-u", SCRIPTS / "two.py") for person in people]
    try:
        sessions = [line(process, "session") for process in both]
        for person, others in zip(people, reversed(sessions), strict=True):
            said = person.run(ours.python, SCRIPTS / "reach.py", others)
            assert "endpoint: AccessDeniedException" in said
            assert "terminate: AccessDeniedException" in said
            assert f"mine: {others}" not in said
    finally:
        said = [process.communicate("go\n")[0] for process in both]
    assert [next(text for text in one.splitlines() if "view" in text) for one in said] == [
        "temporary view ['developer-a']",
        "temporary view ['developer-b']",
    ]


def line(process, name: str) -> str:
    """Wait for the line ``name value`` and return the value."""
    for said in process.stdout:
        if said.startswith(name + " "):
            return said.split()[1]
    raise AssertionError(f"it ended without '{name}'")
