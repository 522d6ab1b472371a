"""What a platform team sees of a session after its end: records, events, the bill, the dashboard."""

from __future__ import annotations

import json
import time
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from environments import Environment
from sandbox import PATIENCE, Sandbox

SCRIPTS = Path(__file__).parent / "scripts"


@pytest.fixture(scope="module")
def session(fast: Sandbox, ours: Environment) -> str:
    """A session that was used, has ended, and is billed."""
    with fast.person("developer-b").starts(ours.python, "-u", SCRIPTS / "two.py") as script:
        made = script.line("session")
        script.end("go on\n")
    last = time.monotonic() + PATIENCE
    while not records(fast, made):
        assert time.monotonic() < last, f"session {made} is not billed"
        time.sleep(0.2)
    return made


def records(fast: Sandbox, session: str) -> list[dict[str, Any]]:
    """Read the records of a session's usage."""
    return [json.loads(file.read_text()) for file in (fast.work / "s3").rglob(f"session-{session}.json")]


def lines(file: Path) -> list[dict[str, Any]]:
    """Read what the sandbox wrote, an object a line."""
    return [json.loads(line) for line in file.read_text().splitlines()]


def test_a_record_has_what_the_service_would_bill(fast: Sandbox, session: str) -> None:
    account = [entry for entry in lines(fast.work / "account.jsonl") if entry["id"] == session]
    written = records(fast, session)
    assert len(account) == len(written) == 1
    for hours in ("vcpuHours", "memoryGbHours", "storageGbHours"):
        assert written[0][hours] == account[0][hours]
    assert written[0]["owner"].endswith(":developer-b")


def test_whoever_may_read_the_records_makes_a_bill(fast: Sandbox, ours: Environment, session: str) -> None:
    reader = fast.person("bill-reader")
    assert session in reader.run(ours.bin / "sparkgate", "bill", "--by", "session")
    # Nothing on the application.
    reader.run(ours.bin / "sparkgate", "why", session, fails=True)


@pytest.mark.usefixtures("session")
def test_events_of_the_service_and_of_the_monitor_are_written_down(fast: Sandbox) -> None:
    events = [line["event"] for line in lines(fast.work / "events.jsonl")]
    service = [event["detail-type"] for event in events if event["source"] == "aws.emr-serverless"]
    assert "EMR Serverless Application State Change" in service
    # How many, a busy machine says: the monitor starts anew for each run, and tells what is new.
    for event in events:
        if event["source"] == "sparkgate":
            assert event["detail-type"].startswith("Spark Connect ")
            assert event["detail"]["eventId"]


def test_an_auditor_asks_why_it_ended(fast: Sandbox, ours: Environment, session: str) -> None:
    said = fast.person("auditor").run(ours.bin / "sparkgate", "why", session)
    assert session in said
    assert "TERMINATED" in said


@pytest.mark.usefixtures("session")
def test_the_dashboard_has_something_to_show(fast: Sandbox) -> None:
    page = fast.await_line("/dashboards/").split()[-1]
    with urllib.request.urlopen(f"{page}?hours=240") as answer:
        html = answer.read().decode()
    assert "Sessions that live" in html
    # Of AWS's own metrics none may lack: the names and dimensions are documented.
    for title in html.split("<h3>")[1:]:
        if "vCPU" in title.split("</h3>")[0]:
            assert "no data" not in title
