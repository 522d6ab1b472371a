from __future__ import annotations

import pytest

from sparkgate import BadArgument, keep_time
from sparkgate.times import iso


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-21T18:00:00+01:00", "2026-11-21T17:00:00Z"),
        ("2026-11-21 18:00 +0100", "2026-11-21T17:00:00Z"),
        ("20261121T180000Z", "2026-11-21T18:00:00Z"),
        ("2026-11-21T18Z", "2026-11-21T18:00:00Z"),
        ("2026-11-21T24:00Z", "2026-11-22T00:00:00Z"),
        ("2026-11-21T18:00:00.5Z", "2026-11-21T18:00:00Z"),
        ("2026-11-21T18:00:00,5 UTC", "2026-11-21T18:00:00Z"),
        ("2026-11-21t18:00GMT", "2026-11-21T18:00:00Z"),
        ("2026-11-21T18:00-0330", "2026-11-21T21:30:00Z"),
        ("2026-11-21T18:00+18:00", "2026-11-21T00:00:00Z"),
        ("2026-11-21T18:00", "2026-11-22T06:00:00Z"),
        (" 2026-11-21 ", "2026-11-22T12:00:00Z"),
        ("2026-12-31T23:59:60Z", "2027-01-01T00:00:00Z"),
    ],
)
def test_a_moment_is_read_as_the_reaper_reads_it(text: str, moment: str) -> None:
    assert iso(keep_time.parse(text)) == moment


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tomorrow",
        "18:00",
        "2026-11",
        "2026-1121",
        "2026-13-01",
        "2026-02-30",
        "2026-11-21T25:00Z",
        "2026-11-21T24:01Z",
        "2026-11-21T18:60Z",
        "2026-11-21T18:00:61Z",
        "2026-11-21T18:00+19",
        "2026-11-21T18:00-18:01",
        "2026-11-21T18:00+01:60",
        "2026-11-21T18:00 Europe/Berlin",
        "1795200000",
        "0000-01-01",
        "9999-12-31T23:00-18",
    ],
)
def test_what_is_no_moment_is_told_how_one_is_written(text: str) -> None:
    with pytest.raises(BadArgument) as error:
        keep_time.parse(text)

    assert str(error.value) == (
        f"--until is {text!r}, but takes a moment with its offset, as 2026-11-21T18:00:00+01:00 or 2026-11-21T17:00Z,"
        " or a date alone."
    )
