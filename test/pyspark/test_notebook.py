"""The notebook of docs/, in a kernel of Jupyter."""

from __future__ import annotations

from pathlib import Path

from environments import Environment
from sandbox import ROOT, Sandbox

SCRIPTS = Path(__file__).parent / "scripts"


def test_the_notebook_runs_from_its_first_cell_to_its_last(sandbox: Sandbox, ours: Environment) -> None:
    notebook = ROOT / "docs/getting-started.ipynb"
    said = sandbox.person("developer-a").run(ours.python, SCRIPTS / "notebook.py", notebook)
    assert "3.5.6" in said
    assert "334" in said, "the rows of the query"
    assert "http://127.0.0.1:" in said, "the Spark UI"
    assert "|  2|" in said, "the row of the session that is started in one call"
