"""Python functions, a stream, and what is large."""

from __future__ import annotations

from pathlib import Path

from environments import Environment
from sandbox import Sandbox

SCRIPTS = Path(__file__).parent / "scripts"


def test_python_pandas_and_grouped_map_functions_run(sandbox: Sandbox, ours: Environment) -> None:
    said = sandbox.person("developer-a").run(ours.python, SCRIPTS / "functions.py")
    assert "udf [0, 2, 4, 6, 8, 10]" in said
    assert "pandas_udf 7.5" in said
    assert "applyInPandas [2.0, 3.0]" in said
    assert "mapInPandas 3" in said
    assert "pandas on Spark 2.5" in said


def test_a_streaming_query_runs_and_stops(sandbox: Sandbox, ours: Environment) -> None:
    said = sandbox.person("developer-a").run(ours.python, SCRIPTS / "streaming.py")
    assert "ticks True" in said
    assert "active False" in said


def test_64_mb_go_up_100_mb_come_down_and_too_much_is_refused(sandbox: Sandbox, ours: Environment) -> None:
    said = sandbox.person("developer-a").run(ours.python, SCRIPTS / "sizes.py")
    assert "up True" in said
    assert "down 100" in said
    assert "too large True True" in said
    assert "still there 3" in said
