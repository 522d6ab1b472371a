"""What the README says to copy, copied."""

from __future__ import annotations

import re
from pathlib import Path

from environments import Environment, readme_block
from sandbox import Sandbox


def script(directory: Path, containing: str) -> Path:
    file = directory / "script.py"
    file.write_text(readme_block("python", containing))
    return file


def test_the_five_lines_lead_to_a_row(sandbox: Sandbox, ours: Environment, tmp_path: Path) -> None:
    alice = sandbox.person("alice")
    said = alice.run(ours.python, script(tmp_path, "sparkgate.connect"))
    assert "|  2|" in said


def test_pyspark_alone_leads_to_a_row(sandbox: Sandbox, plain: Environment, tmp_path: Path) -> None:
    developer = sandbox.person("developer-a")
    said = developer.run(plain.python, script(tmp_path, "get_session_endpoint"))
    assert "|  2|" in said


def test_the_profile_leads_to_the_developer_role(
    sandbox: Sandbox, plain: Environment, tmp_path: Path
) -> None:
    alice = sandbox.person("alice")
    written = Path(alice.variables["AWS_CONFIG_FILE"]).read_text()
    role = re.search("role_arn = (.*)", written)
    assert role
    profile = readme_block("ini", "role_session_name")
    for ours, hers in (("arn:aws:iam::111122223333:role/…", role[1]), ("alice@example.com", "alice")):
        assert ours in profile
        profile = profile.replace(ours, hers)
    config = tmp_path / "config"
    config.write_text(profile)
    outputs = sandbox.person("developer-a").variables
    for output in ("SPARKGATE_APPLICATION_ID", "SPARKGATE_EXECUTION_ROLE_ARN"):
        alice.variables[output] = outputs[output]
    alice.variables.update(AWS_CONFIG_FILE=str(config), AWS_PROFILE="spark")
    said = alice.run(plain.python, script(tmp_path, "get_session_endpoint"))
    assert "|  2|" in said
