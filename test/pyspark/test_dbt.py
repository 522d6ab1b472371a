"""dbt, whose method "session" knows nothing of tokens."""

from __future__ import annotations

import shutil
from pathlib import Path

from environments import Environment
from sandbox import Sandbox

HERE = Path(__file__).parent


def test_a_model_that_outlives_its_token_is_built(
    fast: Sandbox, ours: Environment, dbt: Environment, tmp_path: Path
) -> None:
    project = shutil.copytree(HERE / "dbt", tmp_path / "dbt")
    run = [ours.bin / "sparkgate", "run", "--env", "dev", "--idle-timeout", "1440", "--", dbt.bin / "dbt"]
    said = fast.person("developer-a").run(
        *run, "build", "--profiles-dir", project, "--project-dir", project, cwd=tmp_path
    )
    assert "Completed successfully" in said
    assert "PASS=4" in said
