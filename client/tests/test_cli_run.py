"""``sparkgate run``: a command with a session of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from command_line import Run
from fake_aws import FakeAws
from sparkgate import relay

pytestmark = pytest.mark.usefixtures("in_dev")


def test_run_gives_the_command_a_door_and_ends_the_session_with_it(
    aws: FakeAws, run: Run, tmp_path: Path
) -> None:
    script = f'echo "$SPARK_REMOTE" >{tmp_path}/remote; exit 5'
    code, _, err = run(f"run -- sh -c '{script}'")

    assert code == 5
    assert (tmp_path / "remote").read_text().startswith("sc://127.0.0.1:")
    assert aws.sessions["00new0"]["state"] == "TERMINATED"
    assert "token/" not in err


def test_run_leaves_what_is_to_be_kept_and_what_was_there(aws: FakeAws, run: Run) -> None:
    _, _, err = run("run --keep -- true")
    assert err.endswith(
        "session 00new0 is kept, and costs until it ends; end it with: sparkgate stop 00new0 --env dev\n"
    )

    _, _, err = run("run -- true")
    assert "sparkgate stop 00new0" in err
    assert aws.sessions["00new0"]["state"] == "IDLE"


def test_run_returns_the_commands_code_though_nobody_can_look_at_the_session(
    aws: FakeAws, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run_and_lose_the_network(*_: object) -> int:
        aws.denied.add("emr-serverless:GetSession")
        return 7

    monkeypatch.setattr(relay, "run", run_and_lose_the_network)
    code, _, err = run("run --keep -- true")

    assert code == 7
    assert "session 00new0 may still run: GetSession failed" in err


def test_a_kept_session_is_named_with_a_command_that_finds_it(
    aws: FakeAws, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    aws.publish(owner="principal-tag:mail", region="eu-north-1")
    aws.parameters = {n.replace("/sparkgate", "/data"): v for n, v in aws.parameters.items()}
    (tmp_path / "config").write_text("[profile work]\naws_access_key_id=AKIA\naws_secret_access_key=s\n")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    line = "--prefix /data --profile work --region eu-north-1 --owner 'a b'"
    _, _, err = run(f"run --keep {line} -- true")

    end = "stop 00new0 --env /data/dev --owner 'a b' --profile work --region eu-north-1"
    assert err.endswith(f"end it with: sparkgate {end}\n")
    assert run(end)[0] == 0
    assert aws.sessions["00new0"]["state"] == "TERMINATED"


def test_run_of_what_is_not_there_starts_nothing(aws: FakeAws, run: Run) -> None:
    assert run("run -- nobody-has-this") == (
        125, "", "sparkgate: The PATH has no program 'nobody-has-this' to run; give its path instead.\n",
    )  # fmt: skip
    assert aws.calls == []
