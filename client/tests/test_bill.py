from __future__ import annotations

import json
import random
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from sparkgate import BadArgument, bill
from sparkgate.prices import Hours, Price, Prices
from sparkgate.usage import Usage, latest

JUNE = Price(
    "us-east-1",
    "X86_64",
    date(2026, 6, 1),
    Hours(Decimal("0.05"), Decimal("0.005"), Decimal("0.0001")),
    "June",
)
DEAR = Price(
    "us-east-1",
    "X86_64",
    date(2026, 11, 16),
    Hours(Decimal("0.1"), Decimal("0.01"), Decimal("0.0002")),
    "dearer",
)


def told(**changes: Any) -> dict[str, Any]:
    return {
        "kind": "session",
        "id": "00f1",
        "applicationId": "00app",
        "owner": "alice",
        "endedAt": "2026-11-03T10:00:00Z",
        "recordedAt": "2026-11-03T10:02:00Z",
        "vcpuHours": 1,
        "memoryGbHours": 4,
        "storageGbHours": 0,
        "complete": True,
        **changes,
    }


def usage(**changes: Any) -> Usage:
    return Usage.of(json.dumps(told(**changes)))


def prices(*known: Price, region: str = "us-east-1") -> Prices:
    return Prices(known or [JUNE], region)


def made(*records: Usage, by: str = "owner") -> bill.Bill:
    return bill.make(latest(records), by, prices())


def random_month(seed: int) -> list[Usage]:
    chance = random.Random(seed)
    return [
        usage(
            kind=chance.choice(["session", "session", "jobrun", "pool"]),
            id=f"00{at}",
            applicationId=f"00app{chance.randrange(3)}",
            owner=chance.choice(["", "alice", "bob", "carol", "dave", "eve"]),
            tags={"team": chance.choice(["red", "blue"])} if chance.random() < 0.7 else {},
            endedAt=f"2026-11-{chance.randrange(1, 31):02}T{chance.randrange(24):02}:00:00Z",
            vcpuHours=round(chance.random() * 10, 3),
            memoryGbHours=round(chance.random() * 40, 3),
            storageGbHours=round(chance.random() * 5, 3),
            complete=chance.random() < 0.9,
        )
        for at in range(chance.randrange(1, 80))
    ]


@pytest.mark.parametrize("by", ["owner", "session", "day", "kind", "application", "tag:team"])
@pytest.mark.parametrize("seed", range(25))
def test_rows_add_up_to_the_rounded_exact_sum_whatever_they_are_grouped_by(seed: int, by: str) -> None:
    records = random_month(seed)
    exact = sum(
        (
            sum(
                (Fraction(p) * Fraction(h) for p, h in zip(price.an_hour, one.hours, strict=True)),
                Fraction(0),
            )
            for one in records
            for price in [DEAR if one.day >= DEAR.since else JUNE]
        ),
        Fraction(0),
    )

    found = bill.make(records, by, prices(JUNE, DEAR))

    assert sum(row.dollars for row in found.rows) == found.total.dollars
    assert abs(Fraction(found.total.dollars) - exact) <= Fraction(1, 200)
    assert sum(row.hours.vcpu for row in found.rows) == found.total.hours.vcpu
    assert sum(row.hours.memory_gb for row in found.rows) == found.total.hours.memory_gb
    assert sum(row.sessions + row.job_runs for row in found.rows) == sum(r.kind != "pool" for r in records)
    assert found.total == bill.make(records, "owner", prices(JUNE, DEAR)).total


@pytest.mark.parametrize("seed", range(25))
def test_neither_the_order_of_records_nor_their_repetition_counts(seed: int) -> None:
    records = random_month(seed)
    chance = random.Random(seed)
    again = [*records, *chance.choices(records, k=20)]
    older = [
        usage(**{**json.loads(one.text), "recordedAt": "2026-11-01T00:00:00Z", "vcpuHours": 999})
        for one in records[:9]
    ]
    again += older
    chance.shuffle(again)

    assert bill.make(latest(again), "owner", prices()) == bill.make(latest(records), "owner", prices())


def test_no_row_is_more_than_a_cent_from_what_it_is() -> None:
    thirds = [Fraction(1, 300)] * 3 + [Fraction(0)]

    assert bill.apportion(thirds) == [Decimal("0.01"), Decimal("0.00"), Decimal("0.00"), Decimal("0.00")]
    assert bill.apportion([]) == []
    assert bill.apportion([Fraction(995, 1000)]) == [Decimal("1.00")]


def test_of_two_records_of_one_thing_the_later_counts() -> None:
    first = usage(vcpuHours=1, complete=False)
    last = usage(vcpuHours=2, recordedAt="2026-11-03T10:02:00.000001Z")

    assert latest([last, first]) == latest([first, last]) == [last]


def test_of_two_records_of_one_moment_the_complete_one_counts_and_else_always_the_same() -> None:
    gone, whole = usage(complete=False, vcpuHours=9), usage(vcpuHours=2)
    other = usage(vcpuHours=1)

    assert latest([gone, whole]) == latest([whole, gone]) == [whole]
    assert latest([other, whole]) == latest([whole, other])


def test_a_session_and_a_job_run_may_have_one_id() -> None:
    assert [one.kind for one in latest([usage(), usage(kind="jobrun")])] == ["jobrun", "session"]


def test_a_price_holds_from_its_day_on_by_the_end_of_what_is_billed() -> None:
    before = usage(endedAt="2026-11-15T23:59:59.999Z")
    after = usage(id="00f2", endedAt="2026-11-16T00:00:00Z")
    known = prices(DEAR, JUNE)

    found = bill.make([before, after], "day", known)

    assert [(row.who, row.dollars) for row in found.rows] == [
        ("2026-11-15", Decimal("0.07")),
        ("2026-11-16", Decimal("0.14")),
    ]
    assert known.used == [JUNE, DEAR]


def test_an_hour_of_the_pool_counts_to_the_day_on_which_it_began() -> None:
    last = {"kind": "pool", "endedAt": "2026-11-16T00:00:00Z"}

    assert bill.make([usage(**last)], "owner", prices(JUNE, DEAR)).total.dollars == Decimal("0.07")


def test_what_is_older_than_all_prices_has_the_first() -> None:
    assert prices(JUNE, DEAR).of(date(2025, 1, 1), "X86_64") == JUNE


def test_the_price_of_another_region_is_taken_with_a_remark() -> None:
    known = prices(region="eu-west-1")

    assert known.of(date(2026, 11, 1), "X86_64") == JUNE
    assert known.doubts() == [
        "the price of eu-west-1 is not known here, and that of us-east-1 was taken; give yours with --prices FILE"
    ]
    assert prices().doubts() == []


def test_the_price_of_another_architecture_is_a_doubt() -> None:
    known = prices()

    bill.make([usage(architecture="ARM64")], "owner", known)

    assert known.doubts() == [
        "the price of ARM64 is not known here, and that of X86_64 was taken; give yours with --prices FILE"
    ]


def test_an_application_of_another_architecture_has_its_own_price_where_it_is_known() -> None:
    arm = Price(
        "us-east-1", "ARM64", date(2026, 6, 1), Hours(Decimal("0.04"), Decimal(0), Decimal(0)), "ours"
    )

    found = bill.make([usage(architecture="ARM64")], "owner", prices(JUNE, arm))

    assert found.total.dollars == Decimal("0.04")


def test_another_architecture_has_the_price_of_another_region_before_that_of_another_processor() -> None:
    arm = Price(
        "us-east-1", "ARM64", date(2026, 6, 1), Hours(Decimal("0.04"), Decimal(0), Decimal(0)), "ours"
    )
    known = prices(JUNE, arm, region="eu-west-1")

    assert known.of(date(2026, 11, 1), "ARM64") == arm
    assert [doubt.partition(" is")[0] for doubt in known.doubts()] == ["the price of eu-west-1"]


def test_the_warm_pool_has_a_row_of_its_own_whatever_is_grouped_by() -> None:
    pool = usage(kind="pool", id="00app-20261103T10", owner="", complete=False, vcpuHours=100)

    for by in ("owner", "session", "day", "kind", "application", "tag:team"):
        last = made(pool, usage(), by=by).rows[-1]
        assert (last.who, last.sessions, last.incomplete) == ("warm pool, idle (estimated)", 0, 0)


def test_work_of_nobody_and_without_a_tag_is_shown_as_such() -> None:
    for owner in (None, "", "unknown"):
        assert made(usage(owner=owner)).rows[0].who == "(no owner)"
    for tags in ({"team": ""}, {}, None, ["team"]):
        assert made(usage(tags=tags), by="tag:team").rows[0].who == "(no tag team)"


def test_rows_are_named_by_what_they_are_grouped_by() -> None:
    records = usage(vcpuHours=9), usage(id="00j1", kind="jobrun", applicationId="00other")

    assert [row.who for row in made(*records, by="kind").rows] == ["sessions", "job runs"]
    assert [row.who for row in made(*records, by="application").rows] == ["00app", "00other"]


def test_rows_come_by_dollars_and_days_by_their_order() -> None:
    small, large = usage(endedAt="2026-11-01T00:00:00Z"), usage(id="00f2", owner="bob", vcpuHours=9)

    assert [row.who for row in made(small, large).rows] == ["bob", "alice"]
    assert [row.who for row in made(usage(id="0", owner="zoe"), small).rows] == ["alice", "zoe"]
    assert [row.who for row in made(large, small, by="day").rows] == ["2026-11-01", "2026-11-03"]


def test_records_whose_last_figures_nobody_saw_are_counted() -> None:
    gone = usage(complete=False, vcpuHours=None, memoryGbHours=None, storageGbHours=None)

    assert made(gone).rows[0].incomplete == 1
    assert made(gone).total.dollars == 0


@pytest.mark.parametrize("by", ["team", "tag:", "", "Owner"])
def test_what_nothing_can_be_grouped_by_is_refused(by: str) -> None:
    with pytest.raises(
        BadArgument, match=r"^--by is .*, but takes owner, session, day, kind, application, or tag:KEY"
    ):
        bill.check(by)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"kind": "cluster"}, "kind is 'cluster'"),
        ({"id": None}, "id is missing"),
        ({"endedAt": "yesterday"}, "'yesterday' is no moment as 2026-11-21T18:00:00Z"),
        ({"endedAt": "2026-13-01T00:00:00Z"}, "month must be in 1..12"),
        ({"vcpuHours": None}, "vcpuHours is missing"),
        ({"vcpuHours": "4"}, "vcpuHours is '4'"),
        ({"vcpuHours": True}, "vcpuHours is 'True'"),
        ({"memoryGbHours": -1}, "memoryGbHours is '-1'"),
        ({"memoryGbHours": 10**12}, "memoryGbHours is '1000000000000'"),
        ({"memoryGbHours": 1e300}, "memoryGbHours is '1E[+]300'"),
        ({"storageGbHours": float("nan")}, "NaN is no number"),
    ],
)
def test_what_is_no_record_says_why(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        usage(**changes)


@pytest.mark.parametrize("text", ["", "[]", "1", '{"kind":'])
def test_what_is_no_object_is_no_record(text: str) -> None:
    with pytest.raises(ValueError, match=r"kind is None|line 1"):
        Usage.of(text)


def test_figures_are_taken_as_they_are_written() -> None:
    assert usage(vcpuHours=0.1).hours.vcpu == Decimal("0.1")


def test_a_day_is_that_of_utc() -> None:
    late = usage(endedAt="2026-11-03T23:59:59.999999999Z")

    assert made(late, by="day").rows[0].who == "2026-11-03"
    assert late.ended_at.utcoffset() == timedelta(0)
