"""Tables that two people share: Iceberg, Delta and Parquet, by the catalogs of an application."""

from __future__ import annotations

from pathlib import Path

from environments import Environment
from sandbox import Sandbox
from synthesis import settings, synthesized

SCRIPTS = Path(__file__).parent / "scripts"
LAKE = "lake-of-ours"
ATTIC = "attic-of-others"


def test_tables_that_one_makes_the_other_reads(ours: Environment, tmp_path: Path) -> None:
    app = settings()
    app["context"]["environments"]["dev"] = {
        "catalogs": {
            "iceberg": {"name": "lake", "warehouse": f"s3://{LAKE}/", "write": ["sales.*"]},
            "delta": {"write": ["staging.*"]},
        }
    }
    assembly = synthesized(tmp_path, app, "-c", "environment=dev")
    work = tmp_path / "work"
    (work / "s3" / ATTIC).mkdir(parents=True)
    sandbox = Sandbox(work, assembly)
    try:
        makes, reads = (sandbox.person(name) for name in ("developer-a", "developer-b"))
        made = makes.run(ours.python, SCRIPTS / "tables_made.py", LAKE, ATTIC)
        assert "now [(1, 'tea', None), (2, 'sugar', 1.5), (3, 'milk', 2.0)]" in made
        assert "before [(1, 'tea'), (2, 'salt')]" in made
        assert "events [7]" in made
        assert "refused:" in made
        # Spark keeps the reason from the client.
        sandbox.await_line(f'on resource: "arn:aws:s3:::{ATTIC}')
        read = reads.run(ours.python, SCRIPTS / "tables_read.py")
        assert "databases ['default', 'sales', 'staging']" in read
        assert "tables ['events', 'numbers']" in read
        assert "orders [(1, 'tea', None), (2, 'sugar', 1.5), (3, 'milk', 2.0)]" in read
        assert "numbers 3" in read
        assert "events [7, 8]" in read
        bucket = work / "s3" / LAKE
        assert list(bucket.glob("sales.db/orders/metadata/*.metadata.json"))
        assert not list(bucket.glob("staging/rubbish/*.parquet")), "dropped with the session's key"
        sandbox.await_line("catalog lake: Iceberg on the sandbox's own metastore instead of Glue")
    finally:
        sandbox.close()
