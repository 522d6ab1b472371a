"""Job runs, submitted by those who may, run by the real spark-submit."""

from __future__ import annotations

import gzip
import json
import re
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from environments import Environment
from sandbox import ROOT, Person, Sandbox

SCRIPTS = Path(__file__).parent / "scripts"
JOBS = SCRIPTS / "jobs.py"


class Runs:
    """The runs of one submitter, all at once, because each takes seconds to start."""

    def __init__(self, sandbox: Sandbox, ours: Environment) -> None:
        self.sandbox = sandbox
        self.python = ours.python
        self.client = ours.bin / "sparkgate"
        self.mine = sandbox.person("submitter-a")
        variables = self.mine.variables
        self.bucket = variables["SPARKGATE_WORD_COUNT_OUTPUT"].split("/")[2]
        for script in ("endless_job.py", "failing_job.py"):
            self.folder("jobs").mkdir(exist_ok=True)
            shutil.copy(SCRIPTS / script, self.folder("jobs"))
        sample = [variables[f"SPARKGATE_WORD_COUNT_{name}"] for name in ("ENTRY_POINT", "INPUT", "OUTPUT")]
        said = self.mine.run(self.client, "submit", "--detach", "dev", *sample)
        said += self.ask(
            self.mine,
            start("fail", f"s3://{self.bucket}/jobs/failing_job.py", self.logs | retried(2)),
            start("endless", f"s3://{self.bucket}/jobs/endless_job.py"),
        )
        self.count, self.fail, self.endless = re.findall(r"^(?:run )?(00\w+)$", said, re.MULTILINE)

    @property
    def logs(self) -> dict[str, Any]:
        """Where logs go."""
        s3 = {"s3MonitoringConfiguration": {"logUri": f"s3://{self.bucket}/logs/"}}
        return {"configurationOverrides": {"monitoringConfiguration": s3}}

    def folder(self, key: str) -> Path:
        """Where the sandbox has what lies in the bucket."""
        return self.sandbox.work / "s3" / self.bucket / key

    def written(self, run: str, name: str) -> str:
        """Read a log from S3."""
        application = self.mine.variables["SPARKGATE_APPLICATION_ID"]
        return gzip.open(self.folder(f"logs/applications/{application}/jobs/{run}/{name}"), "rt").read()

    def ask(self, person: Person, *words: str) -> str:
        """Let somebody ask for things, one after the other."""
        return person.run(self.python, JOBS, *words)


def start(name: str, entry_point: str, more: Any = None) -> str:
    job = {"name": name, "jobDriver": {"sparkSubmit": {"entryPoint": entry_point}}}
    return "start " + json.dumps(job | (more or {}))


def retried(attempts: int) -> dict[str, Any]:
    return {"retryPolicy": {"maxAttempts": attempts}}


def most_frequent() -> str:
    """Return the word that the sample's texts have most often, and how often."""
    texts = " ".join(file.read_text().lower() for file in (ROOT / "samples/wordcount/input").iterdir())
    [(word, often)] = Counter(re.findall(r"[\w']+", texts)).most_common(1)
    return f"{word} {often}"


@pytest.fixture(scope="module")
def runs(sandbox: Sandbox, ours: Environment) -> Runs:
    return Runs(sandbox, ours)


def test_the_word_count_succeeds_and_a_session_reads_what_it_found(runs: Runs) -> None:
    said = runs.ask(runs.mine, f"wait {runs.count}", f"used {runs.count}", f"dashboard {runs.count}")
    assert "state SUCCESS 1 " in said, said
    assert "used True" in said
    # Of its history: it has ended.
    assert "dashboard True" in said
    developer = runs.sandbox.person("developer-a")
    assert f"most {most_frequent()}\n" in developer.run(runs.python, SCRIPTS / "read_counts.py")
    assert (runs.sandbox.work / "logs" / f"{runs.count}.log").exists()


def test_the_command_waits_for_a_run_and_tells_its_submitter_alone(runs: Runs) -> None:
    watch = (runs.client, "watch", runs.count, "--env", "dev")
    assert f"sparkgate: job run {runs.count} SUCCESS" in runs.mine.run(*watch)
    listed = runs.mine.run(runs.client, "jobs", "--state", "success", "--env", "dev")
    assert re.search(rf"^{runs.count} +SUCCESS +1 .* submitter-a", listed, re.MULTILINE), listed
    another = runs.sandbox.person("submitter-b")
    assert runs.count not in another.run(runs.client, "jobs", "--env", "dev")
    assert runs.count in another.run(runs.client, "jobs", "--everyone", "--env", "dev")
    said = another.run(*watch, fails=True)
    assert "is not authorized to perform: emr-serverless:GetJobRun" in said


def test_a_run_is_only_its_submitters(runs: Runs) -> None:
    run = runs.count
    asked = (f"wait {run}", f"cancel {run}", f"dashboard {run}", f"attempts {run}")
    said = runs.ask(runs.sandbox.person("submitter-b"), *asked)
    assert [line.split()[1] for line in said.splitlines()] == ["AccessDeniedException"] * 4, said
    assert "emr-serverless:CancelJobRun" in said


def test_an_auditor_neither_submits_nor_cancels_nor_looks_inside(runs: Runs) -> None:
    auditor = Person(runs.mine.variables | runs.sandbox.person("auditor").variables)
    owner = {name: runs.mine.variables[name] for name in ("SPARKGATE_OWNER_TAG", "SPARKGATE_OWNER")}
    asked = (start("x", "s3://b/x.py"), f"cancel {runs.endless}", f"dashboard {runs.endless}")
    said = runs.ask(Person(auditor.variables | owner), *asked)
    assert [line.split()[1] for line in said.splitlines()] == ["AccessDeniedException"] * 3, said


def test_a_run_that_fails_is_tried_again_and_says_why_it_failed(runs: Runs) -> None:
    said = runs.ask(runs.mine, f"wait {runs.fail}", f"attempts {runs.fail}")
    assert "state FAILED 2 Job failed" in said, said
    assert "ExitCode: 1. Last few exceptions: ValueError: there is no such day" in said
    assert "attempts ['FAILED', 'FAILED']" in said
    # Where the run says; and PySpark prints its errors so.
    for attempt in (1, 2):
        folder = f"attempts/{attempt}/SPARK_DRIVER"
        assert "no such day" in runs.written(runs.fail, f"{folder}/stdout.gz")
        assert "Traceback" not in runs.written(runs.fail, f"{folder}/stderr.gz")


def test_a_run_that_is_cancelled_ends_with_its_python(runs: Runs) -> None:
    run = runs.endless
    said = runs.ask(runs.mine, f"wait {run} RUNNING", f"dashboard {run}", f"cancel {run}", f"wait {run}")
    assert "dashboard True" in said, said
    assert re.search("state CANCELLED 1 Cancelled by arn:.*/submitter-a", said), said
    assert not list((runs.sandbox.work / "jobs").glob(f"{run}*"))
    assert not [at for at in Path("/proc").glob("[0-9]*/cmdline") if b"endless_job" in _read(at)]


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        return b""


def test_an_application_of_type_hive_refuses_sessions(
    synthesized: Path, tmp_path: Path, ours: Environment
) -> None:
    assembly = shutil.copytree(synthesized, tmp_path / "cdk.out")
    template = assembly / "SparkConnect-dev.template.json"
    content = json.loads(template.read_text())
    for resource in content["Resources"].values():
        if resource["Type"] == "AWS::EMRServerless::Application":
            resource["Properties"]["Type"] = "HIVE"
            del resource["Properties"]["InteractiveConfiguration"]
    template.write_text(json.dumps(content))
    hive = Sandbox(tmp_path / "hive", assembly)
    try:
        said = hive.person("developer-a").run(ours.python, JOBS, "session")
        assert "session: ValidationException" in said
        assert "its type is HIVE; sessions need SPARK" in said
        said = hive.person("submitter-a").run(ours.python, JOBS, start("x", "s3://b/x.py"))
        assert "its job runs need a jobDriver.hive" in said
    finally:
        hive.close()
