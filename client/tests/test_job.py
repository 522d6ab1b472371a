from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sparkgate import BadArgument
from sparkgate.job import JobRequest

ENTRY = "s3://code/jobs/etl.py"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"attempts": 0}, "attempts is 0, but takes a whole number from 1 to 10."),
        ({"attempts": 11}, "attempts is 11, but takes a whole number from 1 to 10."),
        ({"attempts": True}, "attempts is True, but takes a whole number from 1 to 10."),
        ({"timeout": -1}, "timeout is -1, but takes a whole number from 0 to 1,000,000 minutes; 0 is for ever."),
        (
            {"timeout": 5, "streaming": True},
            "timeout is 5, but a streaming run has none: it runs until it is cancelled.",
        ),
        ({"name": " "}, "name is ' ', but takes 1 to 256 characters, not blank."),
        ({"conf": {"x": 1}}, "conf has the key 'x', but takes keys as 'spark.sql.…'."),
        ({"arguments": "2026"}, "arguments is '2026', but takes a list of texts."),
        ({"jars": [7]}, "jars is [7], but takes a list of texts."),
        ({"client_token": "a b"}, "client_token is 'a b', but takes 1 to 64 letters, digits and . _ -"),
        (
            {"upload": "s3://x/y.py"},
            "upload is 's3://x/y.py', but 'x' can be no bucket: a name has 3 to 63 lower-case letters, digits, dots"
            " and hyphens.",
        ),
        ({"upload": "code/jobs"}, "upload is 'code/jobs', but takes a place on S3, as in 's3://bucket/prefix/'."),
        (
            {"py_files": ["https://x/y.zip"]},
            "py_files is 'https://x/y.zip', but takes a place on S3, as in 's3://bucket/prefix/'.",
        ),
        ({"jars": ["s3://code"]}, "jars is 's3://code', which is a bucket; name the object in it."),
        (
            {"jars": ["s3://code/" + "x" * 103_000]},
            "conf, jars and py_files come to 103,017 characters; the service takes 102,400.",
        ),
    ],
)  # fmt: skip
def test_what_the_service_would_refuse_is_refused_before_the_call(arguments: Any, message: str) -> None:
    with pytest.raises(BadArgument) as error:
        JobRequest(ENTRY, **arguments).parameters({}, {})

    assert str(error.value) == message


def test_a_file_of_this_machine_is_refused_with_what_to_do(tmp_path: Path) -> None:
    job = tmp_path / "job.py"
    with pytest.raises(BadArgument) as error:
        JobRequest(str(job))
    assert str(error.value) == (
        f"entry_point is '{job}', but takes an object on S3, as in 's3://bucket/job.py'; and there is no such file on"
        " this machine either, to be uploaded."
    )

    job.touch()
    with pytest.raises(BadArgument) as error:
        JobRequest(str(job))
    assert str(error.value) == (
        f"entry_point is '{job}', a file of this machine, which no worker can read: give a place that the execution"
        " role may read, as upload='s3://bucket/prefix/' (--upload), and it is put there first; or upload it yourself,"
        " and give its s3:// URL."
    )
    with pytest.raises(BadArgument, match=r"^py_files is '.*job.py', a file of this machine"):
        JobRequest(ENTRY, py_files=[str(job)])


def test_a_file_that_one_upload_does_not_take_is_refused(tmp_path: Path) -> None:
    job = tmp_path / "job.py"
    with job.open("wb") as file:
        file.truncate(5 * 1024**3 + 1)  # takes no room

    with pytest.raises(BadArgument, match=r"^entry_point is '.*job.py', which has more than 5 GB; upload it"):
        JobRequest(str(job), upload="s3://code/jobs/")


def test_a_run_that_asks_for_nothing_leaves_all_to_the_application() -> None:
    told = JobRequest(ENTRY).parameters({"spark.jars": "/a.jar"}, {})

    assert told.pop("clientToken")
    assert told == {"jobDriver": {"sparkSubmit": {"entryPoint": ENTRY}}, "mode": "BATCH"}


def test_sparks_parameters_leave_the_applications_other_properties_as_they_are() -> None:
    """A classification of the run's own would replace all of the application's."""
    request = JobRequest(
        ENTRY, driver=(2, 8), conf={"spark.sql.ansi.enabled": True}, main_class="org.example.Main"
    )

    told = request.parameters({}, {})
    assert "configurationOverrides" not in told
    assert told["jobDriver"]["sparkSubmit"]["sparkSubmitParameters"] == (
        "--class org.example.Main --conf spark.driver.cores=2 --conf spark.driver.memory=7447m"
        " --conf spark.sql.ansi.enabled=true"
    )


def test_files_are_joined_with_those_that_the_applications_catalogs_need() -> None:
    request = JobRequest(ENTRY, jars=["s3://code/x.jar", "/b.jar"][:1], py_files=["s3://code/lib.zip"])
    defaults = {
        "spark.jars": "/usr/share/iceberg.jar,s3://code/x.jar",
        "spark.submit.pyFiles": "s3://all/base.zip",
    }

    assert request.parameters(defaults, {})["jobDriver"]["sparkSubmit"]["sparkSubmitParameters"] == (
        "--py-files s3://all/base.zip,s3://code/lib.zip --jars /usr/share/iceberg.jar,s3://code/x.jar"
    )


def test_what_is_more_than_a_word_is_quoted_as_for_a_shell() -> None:
    told = JobRequest(ENTRY, conf={"spark.a": 'x "y" \\z', "spark.b": "it's"}).parameters({}, {})

    assert told["jobDriver"]["sparkSubmit"]["sparkSubmitParameters"] == (
        '--conf "spark.a=x \\"y\\" \\\\z" --conf "spark.b=it\'s"'
    )


@pytest.mark.parametrize(
    ("streaming", "mode", "key"),
    [(False, "BATCH", "maxAttempts"), (True, "STREAMING", "maxFailedAttemptsPerHour")],
)
def test_attempts_are_counted_as_the_mode_counts_them(streaming: bool, mode: str, key: str) -> None:
    told = JobRequest(ENTRY, streaming=streaming, attempts=3).parameters({}, {})

    assert (told["mode"], told["retryPolicy"]) == (mode, {key: 3})


def test_the_least_and_the_most_that_the_service_takes_are_taken() -> None:
    least = JobRequest(ENTRY, attempts=1, timeout=0, client_token="x").parameters({}, {})
    most = JobRequest(ENTRY, attempts=10, timeout=10**6, client_token="x" * 64).parameters({}, {})

    assert (least["retryPolicy"], least["executionTimeoutMinutes"]) == ({"maxAttempts": 1}, 0)
    assert (most["retryPolicy"], most["executionTimeoutMinutes"]) == ({"maxAttempts": 10}, 10**6)


def test_a_program_in_the_workers_image_is_taken_as_it_is() -> None:
    place = "local:///usr/lib/spark/examples/jars/spark-examples.jar"

    assert JobRequest(place).parameters({}, {})["jobDriver"]["sparkSubmit"]["entryPoint"] == place
