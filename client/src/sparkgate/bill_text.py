"""A bill as people, spreadsheets and programs read it."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from .bill import Bill, Row
from .prices import Prices
from .terminal import columns, plain

ESTIMATE = (
    "Estimated, list price, before discounts and tax. Not in it: interface endpoints, NAT, S3, metrics and"
    " logs, and what still runs; a session counts in the month in which it ended (UTC)."
)

_INCOMPLETE = "* {} gone before the last figures were read; the service may bill more."

_HEADS = ("sessions", "job runs", "vCPU-hours", "GB-hours", "dollars")
_CSV = ("who", "sessions", "jobRuns", "vcpuHours", "memoryGbHours", "storageGbHours", "dollars", "incomplete")

#: What a spreadsheet would take for a formula, if a tag's value or a name began with it.
_FORMULAS = ("=", "+", "-", "@")


def table(bill: Bill, prices: Prices) -> str:
    """Columns, a total, and what one has to know of them."""
    of_one = bill.by == "session"
    heads = [bill.by, *(("owner", "name") if of_one else ()), *_HEADS]
    lines = [heads]
    for row in [*bill.rows, bill.total]:
        what = [row.who, *((row.owner, row.name) if of_one else ())]
        figures = (row.sessions, row.job_runs, row.hours.vcpu, row.hours.memory_gb, row.dollars)
        lines.append([*what, *(str(figure) for figure in figures)])
    figures_at = range(len(heads) - len(_HEADS), len(heads))
    marks = [""] + [" *" if row.incomplete else "" for row in [*bill.rows, bill.total]]
    rows = [line + mark for line, mark in zip(columns(lines, figures_at), marks, strict=True)]
    count = bill.total.incomplete
    were = "1 of them was" if count == 1 else f"{count} of them were"
    notes = [_INCOMPLETE.format(were)] if count else []
    told = [f"Prices: {price}." for price in prices.used]
    return "\n".join([*rows, "", *notes, *told, ESTIMATE])


def comma_separated(bill: Bill) -> str:
    """Rows only: whoever adds them up gets the total.

    Control characters are left out, for a carriage return would begin a row, which csv does not quote.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    of_one = bill.by == "session"
    writer.writerow([*_CSV, *(("owner", "name") if of_one else ())])
    for row in bill.rows:
        told = _told(row)
        texts = {key: _no_formula(plain(told[key])) for key in ("who", "owner", "name") if key in told}
        last = [texts.get("owner", ""), texts.get("name", "")] if of_one else []
        writer.writerow([texts["who"], *(told[key] for key in _CSV[1:]), *last])
    return out.getvalue().rstrip("\n")


def document(bill: Bill, month: str, prices: Prices, unreadable: int) -> str:
    """One object; figures are texts, because a number of JSON has no exact hundredths."""
    return json.dumps(
        {
            "month": month,
            "by": bill.by,
            "rows": [_told(row) for row in bill.rows],
            "total": _told(bill.total),
            "currency": "USD",
            "estimated": True,
            "note": ESTIMATE,
            "prices": [
                {
                    "region": price.region,
                    "architecture": price.architecture,
                    "from": price.since.isoformat(),
                    "vcpuHour": str(price.an_hour.vcpu),
                    "memoryGbHour": str(price.an_hour.memory_gb),
                    "storageGbHour": str(price.an_hour.storage_gb),
                    "source": price.source,
                }
                for price in prices.used
            ],
            "unreadableRecords": unreadable,
        },
        indent=2,
        ensure_ascii=False,
    )


def _told(row: Row) -> dict[str, Any]:
    own = {"owner": row.owner, "name": row.name} if row.owner or row.name else {}
    return {
        "who": row.who,
        **own,
        "sessions": row.sessions,
        "jobRuns": row.job_runs,
        "vcpuHours": str(row.hours.vcpu),
        "memoryGbHours": str(row.hours.memory_gb),
        "storageGbHours": str(row.hours.storage_gb),
        "dollars": str(row.dollars),
        "incomplete": row.incomplete,
    }


def _no_formula(text: str) -> str:
    return "'" + text if text.startswith(_FORMULAS) else text
