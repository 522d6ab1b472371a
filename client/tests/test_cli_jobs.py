from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from typing import Any

import pytest

from command_line import Run
from fake_aws import FakeAws
from sparkgate.jobs import Jobs

pytestmark = pytest.mark.usefixtures("one_client_each")

ENTRY = "s3://code/jobs/etl.py"


@pytest.fixture(autouse=True)
def quickly(aws: FakeAws, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "sleep", lambda _: None)


@pytest.fixture
def asked_to_end() -> Iterator[None]:
    """This process hears of signals as in a terminal, even below nohup."""
    told: dict[int, Any] = {signal.SIGINT: signal.default_int_handler, signal.SIGHUP: signal.SIG_DFL}
    before = {number: signal.signal(number, handler) for number, handler in told.items()}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def test_submit_prints_the_id_alone_and_tells_the_states_on_stderr(aws: FakeAws, run: Run) -> None:
    assert run(f"submit dev {ENTRY} in out") == (
        0,
        "00job0\n",
        "".join(
            f"sparkgate: job run 00job0 {state} (0 s)\n"
            for state in ("SUBMITTED", "SCHEDULED", "RUNNING", "SUCCESS")
        ),
    )


def test_options_stand_anywhere_and_what_comes_after_the_dashes_is_the_programs(
    aws: FakeAws, run: Run
) -> None:
    line = f"submit dev {ENTRY} --name x in --driver 2/8 out --jars s3://code/a.jar,s3://code/b.jar --conf spark.a=b -- --date 1"

    assert run(line)[0] == 0
    [call] = aws.asked("emr-serverless:StartJobRun")
    assert call["name"] == "x"
    assert call["jobDriver"]["sparkSubmit"] == {
        "entryPoint": ENTRY,
        "entryPointArguments": ["in", "out", "--date", "1"],
        "sparkSubmitParameters": (
            "--jars s3://code/a.jar,s3://code/b.jar --conf spark.driver.cores=2 --conf spark.driver.memory=7447m"
            " --conf spark.a=b"
        ),
    }


def test_an_option_that_nobody_knows_is_not_taken_for_the_programs(aws: FakeAws, run: Run) -> None:
    code, _, err = run(f"submit dev {ENTRY} in --date 1")

    assert code == 2
    assert err.endswith(
        "unrecognized arguments: --date; an argument of the job that begins with - comes after --\n"
    )
    assert run("list dev")[2].endswith("unrecognized arguments: dev; an environment is named by --env NAME\n")
    assert aws.calls == []


def test_a_submission_that_lacks_all_is_told_what_it_needs(aws: FakeAws, run: Run) -> None:
    code, _, err = run("submit")

    assert code == 2
    assert err.endswith("the following arguments are required: ENVIRONMENT, ENTRY_POINT\n")
    assert aws.calls == []


def test_detached_the_id_is_all(aws: FakeAws, run: Run) -> None:
    assert run(f"submit --detach --streaming dev {ENTRY}") == (0, "00job0\n", "")
    assert aws.asked("emr-serverless:GetJobRun") == []
    assert aws.asked("emr-serverless:StartJobRun")[0]["mode"] == "STREAMING"


def test_a_run_that_fails_is_1(aws: FakeAws, run: Run) -> None:
    aws.jobs.path_of_states = ["FAILED"]
    aws.jobs.details = "ExitCode: 1."
    code, out, err = run(f"submit dev {ENTRY}")

    assert (code, out) == (1, "00job0\n")
    assert err.splitlines()[-1] == (
        "sparkgate: Job run 00job0 is FAILED. The service says: ExitCode: 1. Its Spark UI leads to its logs: sparkgate ui --job"
        " 00job0 --env dev"
    )


def test_a_run_can_be_watched_looked_at_and_cancelled_later(aws: FakeAws, run: Run) -> None:
    aws.jobs.run("00mine", path=iter(["RUNNING", "RUNNING", "SUCCESS"]))
    aws.jobs.run("00other")

    assert run("watch 00mine --env dev")[0] == 0
    assert run("ui --job 00mine --env dev") == (0, "https://ui.example/jobs/00mine\n", "")
    assert run("cancel 00other --env dev") == (
        0,
        "",
        "sparkgate: job run 00other is being cancelled\n",
    )
    assert aws.jobs.runs["00other"]["state"] == "CANCELLED"
    assert run("cancel 00mine --env dev") == (0, "", "sparkgate: job run 00mine is SUCCESS already\n")
    assert run("watch 00other --env dev")[0] == 1
    assert run("ui 00mine --job 00mine --env dev")[0] == 2


def test_a_link_to_the_ui_is_shown_to_people_once_and_to_no_log(
    aws: FakeAws, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    aws.jobs.path_of_states = ["RUNNING", "RUNNING", "SUCCESS"]
    assert "ui.example" not in run(f"submit dev {ENTRY}")[2]
    assert aws.asked("emr-serverless:GetDashboardForJobRun") == []

    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    err = run(f"submit dev {ENTRY}")[2]
    assert err.count("its Spark UI, for an hour: https://ui.example/jobs/00job1\n") == 1


@pytest.mark.usefixtures("asked_to_end")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_run_that_is_waited_for_is_cancelled_with_the_command(
    aws: FakeAws,
    number: signal.Signals,
    code: int,
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(time, "sleep", lambda _: signal.raise_signal(number))
    found = run(f"submit dev {ENTRY}")

    assert found[:2] == (code, "00job0\n")
    assert found[2].endswith("sparkgate: job run 00job0 is being cancelled\n")
    assert aws.jobs.runs["00job0"]["state"] == "CANCELLED"


@pytest.mark.usefixtures("asked_to_end")
@pytest.mark.parametrize("line", ["submit --detach", "submit"])
def test_a_run_whose_id_is_still_on_the_way_is_cancelled_too(aws: FakeAws, line: str, run: Run) -> None:
    def interrupt() -> None:
        os.kill(os.getpid(), signal.SIGINT)

    aws.jobs.at["start"] = interrupt

    assert run(f"{line} dev {ENTRY}")[:2] == (130, "")
    assert aws.jobs.runs["00job0"]["state"] == "CANCELLED"


@pytest.mark.usefixtures("asked_to_end")
def test_a_closed_terminal_leaves_the_run_and_so_does_who_only_watches(
    aws: FakeAws, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    aws.jobs.path_of_states = ["RUNNING"]
    monkeypatch.setattr(time, "sleep", lambda _: signal.raise_signal(signal.SIGHUP))
    assert run(f"submit dev {ENTRY}")[0] == 129

    monkeypatch.setattr(time, "sleep", lambda _: signal.raise_signal(signal.SIGINT))
    assert run("watch 00job0 --env dev")[0] == 130
    assert aws.jobs.runs["00job0"]["state"] == "RUNNING"


def test_a_run_that_cannot_be_cancelled_then_is_named(
    aws: FakeAws, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    aws.denied.add("emr-serverless:CancelJobRun")
    monkeypatch.setattr(Jobs, "wait", interrupt)
    code, _, err = run(f"submit dev {ENTRY}")

    assert code == 130
    assert err.startswith("sparkgate: Job run 00job0 may go on: CancelJobRun failed: User: ")


def test_help_says_where_arguments_of_the_program_come(run: Run) -> None:
    code, out, _ = run("submit --help")

    assert code == 0
    assert out.startswith(
        "usage: sparkgate submit [OPTIONS] ENVIRONMENT ENTRY_POINT [ARGUMENT …] [-- ARGUMENT …]"
    )


@pytest.mark.parametrize(
    ("option", "said"),
    [
        (
            "--conf nonsense",
            "argument --conf: 'nonsense' is no Spark property: write KEY=VALUE, as spark.a.b=1",
        ),
        ("--driver 4", "argument --driver: '4' is no worker: write VCPU/GB, as 4/16"),
    ],
)
def test_an_option_in_another_shape_is_told_which_it_takes(option: str, said: str, run: Run) -> None:
    code, _, err = run(f"submit dev {ENTRY} {option}")

    assert (code, err.splitlines()[-1]) == (2, f"sparkgate submit: error: {said}")
