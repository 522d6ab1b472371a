from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from pathlib import Path

import pytest

from billing import put, two_people
from command_line import Run
from fake_aws import FakeAws
from sparkgate import bill_command, cli
from sparkgate.times import instant
from test_bill import told


def test_a_month_is_printed_by_owner_with_the_warm_pool_apart_and_what_is_not_in_it(
    aws: FakeAws, bill: Run
) -> None:
    two_people(aws)

    assert bill("--month 2026-11") == (
        0,
        "2026-11 by owner\n"
        "\n"
        "owner                        sessions  job runs  vCPU-hours  GB-hours  dollars\n"
        "alice                               1         0       12.50     50.00     0.95\n"
        "bob                                 1         1        1.25      5.00     0.10 *\n"
        "warm pool, idle (estimated)         0         0        8.00     32.00     0.61\n"
        "total                               2         1       21.75     87.00     1.66 *\n"
        "\n"
        "* 1 of them was gone before the last figures were read; the service may bill more.\n"
        "Prices: us-east-1 X86_64 from 2026-06-01: 0.052624 a vCPU-hour, 0.0057785 a GB-hour, 0.000111 a GB-hour of"
        " disk beyond 20 GB a worker (list price as of June 2026, from secondary sources that agree).\n"
        "Estimated, list price, before discounts and tax. Not in it: interface endpoints, NAT, S3, metrics and logs,"
        " and what still runs; a session counts in the month in which it ended (UTC).\n",
        "sparkgate: 4 of 4 records\n",
    )
    assert len(aws.asked("s3:ListObjectsV2")) == 2


def test_sessions_are_printed_with_their_names(aws: FakeAws, bill: Run) -> None:
    two_people(aws)
    code, out, _ = bill("--month 2026-11 --by session")

    assert code == 0
    assert [line.split()[:3] for line in out.splitlines()[2:4]] == [
        ["session", "owner", "name"],
        ["00f1", "alice", "notebook"],
    ]


def test_rows_of_csv_add_up_to_the_total(aws: FakeAws, bill: Run) -> None:
    two_people(aws)
    code, out, _ = bill("--month 2026-11 --format csv")
    rows = list(csv.DictReader(io.StringIO(out)))

    assert code == 0
    assert rows[0] == {
        "who": "alice",
        "sessions": "1",
        "jobRuns": "0",
        "vcpuHours": "12.50",
        "memoryGbHours": "50.00",
        "storageGbHours": "0.00",
        "dollars": "0.95",
        "incomplete": "0",
    }
    assert sum(Decimal(row["dollars"]) for row in rows) == Decimal("1.66")


@pytest.mark.parametrize("begins", "=+-@")
def test_a_text_that_a_spreadsheet_would_run_is_quoted(aws: FakeAws, bill: Run, begins: str) -> None:
    put(aws, name=f"{begins}HYPERLINK(1)", owner=f"{begins}2", tags={"team": f"{begins}1"})

    [row] = csv.DictReader(io.StringIO(bill("--month 2026-11 --by session --format csv")[1]))
    assert (row["who"], row["owner"], row["name"]) == ("00f1", f"'{begins}2", f"'{begins}HYPERLINK(1)")
    [row] = csv.DictReader(io.StringIO(bill("--month 2026-11 --by tag:team --format csv")[1]))
    assert row["who"] == f"'{begins}1"


@pytest.mark.parametrize("control", "\r\n\t\033")
def test_a_text_begins_no_row_of_csv_and_reaches_no_terminal(aws: FakeAws, bill: Run, control: str) -> None:
    put(aws, owner=f"alice{control}=1+1", name=f"{control}=1+1")
    out = bill("--month 2026-11 --by session --format csv")[1]

    [row] = csv.DictReader(io.StringIO(out, newline=""))
    assert (row["owner"], row["name"]) == ("alice?=1+1", "?=1+1")


def test_json_has_exact_hundredths_and_the_prices(aws: FakeAws, bill: Run) -> None:
    two_people(aws)
    code, out, _ = bill("--month 2026-11 --format json --by tag:team")
    found = json.loads(out)

    assert code == 0
    assert [row["who"] for row in found["rows"]] == ["red", "(no tag team)", "warm pool, idle (estimated)"]
    assert (found["total"]["dollars"], found["total"]["incomplete"]) == ("1.66", 1)
    assert (found["month"], found["by"], found["unreadableRecords"]) == ("2026-11", "tag:team", 0)
    assert found["prices"] == [
        {
            "region": "us-east-1",
            "architecture": "X86_64",
            "from": "2026-06-01",
            "vcpuHour": "0.052624",
            "memoryGbHour": "0.0057785",
            "storageGbHour": "0.000111",
            "source": "list price as of June 2026, from secondary sources that agree",
        }
    ]


def test_json_says_that_it_estimates_and_of_which_session_and_what_it_is_without(
    aws: FakeAws, bill: Run
) -> None:
    put(aws, name="Übung", storageGbHours=2)
    put(aws, id="00bad", kind="cluster")
    code, out, _ = bill("--month 2026-11 --format json --by session")
    found = json.loads(out)

    assert code == 1
    assert "Übung" in out
    assert found["rows"] == [
        {
            "who": "00f1",
            "owner": "alice",
            "name": "Übung",
            "sessions": 1,
            "jobRuns": 0,
            "vcpuHours": "1.00",
            "memoryGbHours": "4.00",
            "storageGbHours": "2.00",
            "dollars": "0.08",
            "incomplete": 0,
        }
    ]
    assert (found["currency"], found["estimated"], found["unreadableRecords"]) == ("USD", True, 1)
    assert found["note"].startswith("Estimated, list price, before discounts and tax.")


def test_records_without_their_last_figures_are_counted_in_words(aws: FakeAws, bill: Run) -> None:
    for at in range(2):
        put(aws, id=f"00f{at}", complete=False)

    assert "\n* 2 of them were gone before the last figures were read;" in bill("--month 2026-11")[1]


def test_the_month_is_this_one_in_utc(aws: FakeAws, bill: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bill_command, "now", lambda: instant("2026-12-01T00:00:00Z"))
    put(aws, month="2026-12", endedAt="2026-12-01T00:00:00Z")

    assert bill("")[1].startswith("2026-12 by owner\n")


def test_a_folder_is_read_without_aws(aws: FakeAws, bill: Run, tmp_path: Path) -> None:
    day = tmp_path / "month=2026-11" / "day=03"
    day.mkdir(parents=True)
    (day / "session-00f1.json").write_text(json.dumps(told()))
    (day / "README.txt").write_text("Not of the monitor.")

    assert bill(f"--month 2026-11 --from {tmp_path} --format csv")[:2] == (
        0,
        "who,sessions,jobRuns,vcpuHours,memoryGbHours,storageGbHours,dollars,incomplete\n"
        "alice,1,0,1.00,4.00,0.00,0.08,0\n",
    )
    assert aws.calls == []


def test_a_folder_is_billed_by_what_is_known_where_no_region_is(
    aws: FakeAws, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("AWS_REGION", "AWS_DEFAULT_REGION"):
        monkeypatch.delenv(variable, raising=False)
    (tmp_path / "month=2026-11").mkdir()
    (tmp_path / "month=2026-11" / "session-00f1.json").write_text(json.dumps(told()))

    assert cli.main(["bill", "--month", "2026-11", "--from", str(tmp_path)]) == 0
    assert capsys.readouterr().err == "sparkgate: 1 of 1 records\n"


@pytest.mark.parametrize("place", ["s3://elsewhere/team/usage", "s3://elsewhere/team/usage/"])
def test_a_place_may_end_with_a_slash_and_have_other_objects(aws: FakeAws, bill: Run, place: str) -> None:
    for name in ("month=2026-11/day=03/a.json", "month=2026-10/day=03/b.json"):
        aws.objects[f"s3://elsewhere/team/usage/{name}"] = json.dumps(told(id=name[-6]))
    aws.objects["s3://elsewhere/team/usage/month=2026-11/_SUCCESS"] = ""
    aws.objects["s3://elsewhere/team/usage-of-others/month=2026-11/c.json"] = json.dumps(told())

    code, out, err = bill(f"--month 2026-11 --from {place} --format csv")
    assert (code, len(out.splitlines()), err) == (0, 2, "sparkgate: 1 of 1 records\n")


def test_another_place_and_other_prices_may_be_given(aws: FakeAws, bill: Run, tmp_path: Path) -> None:
    aws.objects["s3://elsewhere/month=2026-11/a.json"] = json.dumps(told())
    prices = tmp_path / "prices.json"
    ours = {"region": "us-east-1", "architecture": "X86_64", "from": "2026-01-01", "source": "our contract"}
    prices.write_text(json.dumps([{**ours, "vcpuHour": 1, "memoryGbHour": 0.25, "storageGbHour": 0}]))
    code, out, _ = bill(f"--month 2026-11 --from s3://elsewhere --prices {prices}")

    assert code == 0
    assert "alice         1         0        1.00      4.00     2.00\n" in out
    assert "(our contract)" in out
    assert aws.asked("ssm:GetParameter") == []


def test_prices_of_another_region_are_told_as_such(aws: FakeAws, bill: Run) -> None:
    put(aws)

    assert bill("--month 2026-11 --region eu-west-1")[2].splitlines()[-1] == (
        "sparkgate: the price of eu-west-1 is not known here, and that of us-east-1 was taken; give yours with"
        " --prices FILE"
    )


def test_names_do_not_reach_the_terminal_as_commands(aws: FakeAws, bill: Run) -> None:
    put(aws, owner="\033]0;x\a")

    assert "?]0;x?" in bill("--month 2026-11")[1]
