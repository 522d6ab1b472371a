"""A PySpark that half works is refused before it does."""

from __future__ import annotations

from pathlib import Path

from environments import Environment
from sandbox import Sandbox

HERE = Path(__file__).parent


def test_pyspark_4_is_refused_before_its_first_query(sandbox: Sandbox, ours: Environment) -> None:
    environment = Environment(HERE / "target/pyspark4", over=ours)
    environment.pip("pip install --no-deps pyspark-client==4.0.1")
    developer = sandbox.person("developer-a")
    before = developer.run(ours.python, HERE / "scripts/live_sessions.py")
    said = developer.run(environment.python, "-c", "import sparkgate; sparkgate.connect('dev')", fails=True)
    assert "PySpark 4.0.1" in said
    assert "3.5.6" in said
    assert developer.run(ours.python, HERE / "scripts/live_sessions.py") == before
