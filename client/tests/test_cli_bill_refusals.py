"""What ``sparkgate bill`` says of what is missing, wrong or not allowed."""

from __future__ import annotations

from pathlib import Path

import pytest

from billing import PLACE, put, two_people
from command_line import Run
from fake_aws import FakeAws
from faults import Fault


def test_a_record_that_cannot_be_read_is_named_and_counted_and_the_rest_is_printed(
    aws: FakeAws, bill: Run
) -> None:
    two_people(aws)
    url = put(aws, id="00bad", vcpuHours=None)
    code, out, err = bill("--month 2026-11")

    assert code == 1
    assert "total                               2         1       21.75     87.00     1.66 *\n" in out
    assert err.splitlines()[1:] == [
        f"sparkgate: {url} is no record that can be read: vcpuHours is missing",
        "sparkgate: the bill is without 1 of 5 records",
    ]


def test_a_parameter_that_names_no_place_is_named(aws: FakeAws, bill: Run) -> None:
    aws.parameters[PLACE] = "nowhere"

    code, _, err = bill("")
    assert code == 2
    assert err.startswith("sparkgate: usage-location is 'nowhere', but takes a place on S3, as in ")


def test_of_many_such_records_some_are_named(aws: FakeAws, bill: Run) -> None:
    for at in range(12):
        put(aws, id=f"00bad{at}", kind="cluster")
    code, _, err = bill("--month 2026-11")
    named = [line for line in err.splitlines() if "is no record that can be read" in line]

    assert code == 1
    assert len(named) == 10
    assert named == sorted(named)
    assert err.endswith("sparkgate: the bill is without 12 of 12 records\n")


def test_a_record_that_is_deleted_meanwhile_is_one_of_them(
    aws: FakeAws, bill: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(aws)
    aws.faults["s3:GetObject"] = Fault(404, "NoSuchKey", "The specified key does not exist.")

    assert "it has gone since it was listed" in bill("--month 2026-11")[2]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("--month 2026-13", "--month is '2026-13', but takes a month of a year, as 2026-11."),
        ("--month 11", "--month is '11', but takes a month of a year, as 2026-11."),
        (
            "--by team",
            "--by is 'team', but takes owner, session, day, kind, application, or tag:KEY with the key of a tag,"
            " as tag:team.",
        ),
        ("--prices /nowhere", "--prices is '/nowhere', which cannot be read: No such file or directory."),
        (
            "--from /nowhere",
            "--from is '/nowhere', but takes a place on S3, as in 's3://bucket/usage/', or a folder that has folders"
            " as month=2026-11; there is no such folder.",
        ),
        (
            "--from s3://A",
            "--from is 's3://A', but 'A' can be no bucket: a name has 3 to 63 lower-case letters, digits, dots and"
            " hyphens.",
        ),
    ],
)
def test_a_wrong_argument_is_refused_before_anything_is_asked(
    aws: FakeAws, bill: Run, line: str, said: str
) -> None:
    assert bill(line) == (2, "", f"sparkgate: {said}\n")
    assert aws.calls == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[]", "ValueError: it is empty"),
        ("{", "JSONDecodeError: "),
        ('[{"region": "us-east-1"}]', "KeyError: 'vcpuHour'"),
        ('[{"vcpuHour": "1", "memoryGbHour": 1, "storageGbHour": 1}]', "ValueError: vcpuHour is '1'"),
        (
            '[{"vcpuHour": -1, "memoryGbHour": 1, "storageGbHour": 1}]',
            "ValueError: vcpuHour is Decimal('-1')",
        ),
    ],
)
def test_a_file_that_is_no_list_of_prices_says_what_it_takes(
    aws: FakeAws, bill: Run, tmp_path: Path, text: str, said: str
) -> None:
    prices = tmp_path / "prices.json"
    prices.write_text(text)
    code, _, err = bill(f"--prices {prices}")

    assert code == 2
    assert err.startswith(f"sparkgate: --prices is '{prices}', which is no list of prices ({said}")
    assert err.endswith('"storageGbHour" in dollars, and "source".\n')


def test_a_month_without_records_says_why_that_can_be(aws: FakeAws, bill: Run) -> None:
    put(aws)

    assert bill("--month 2026-10") == (
        1,
        "",
        "sparkgate: There are no usage records of 2026-10 at s3://usage-bucket/usage/: nothing ended in that month, or"
        " the session monitor did not run yet (it writes a record two minutes after an end, and none of what ended"
        " before it was turned on), or the records have been deleted by their lifecycle.\n",
    )


def test_a_platform_that_keeps_no_usage_says_how_it_would(aws: FakeAws, bill: Run) -> None:
    del aws.parameters[PLACE]

    assert bill("") == (
        2,
        "",
        "sparkgate: SSM Parameter Store in eu-west-1 has no /sparkgate/dev/usage-location. The platform writes it where"
        " its session monitor keeps usage ('monitoring' in cdk.json); turn that on, or name the place with --from.\n",
    )


def test_a_bucket_that_is_not_there_is_named(aws: FakeAws, bill: Run) -> None:
    assert bill("") == (
        1,
        "",
        "sparkgate: There is no bucket 'usage-bucket': correct --from, or the account; or the platform's bucket of"
        " usage was deleted, and a deployment makes it anew.\n",
    )


@pytest.mark.parametrize("action", ["ssm:GetParameter", "s3:ListObjectsV2", "s3:GetObject"])
def test_who_may_not_read_usage_hears_which_grant_has_it(aws: FakeAws, bill: Run, action: str) -> None:
    put(aws)
    aws.denied.add(action)
    code, out, err = bill("--month 2026-11")

    assert (code, out) == (1, "")
    assert f"not authorized to perform: {action}" in err
    assert err.endswith(
        " Ask who runs the platform for it: grantReadUsage has ssm:GetParameter on the place of the records,"
        " s3:ListBucket and s3:GetObject on them, and kms:Decrypt where they have a key of their own.\n"
    )
