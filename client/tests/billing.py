"""Records of usage for ``sparkgate bill``."""

from __future__ import annotations

import json

from fake_aws import FakeAws
from test_bill import told

PLACE = "/sparkgate/dev/usage-location"


def put(aws: FakeAws, month: str = "2026-11", **changes: object) -> str:
    """Puts a record where the monitor does; returns its URL."""
    record = told(**changes)
    url = f"s3://usage-bucket/usage/month={month}/day=03/{record['kind']}-{record['id']}.json"
    aws.objects[url] = json.dumps(record)
    return url


def two_people(aws: FakeAws) -> None:
    put(aws, vcpuHours=12.5, memoryGbHours=50, name="notebook", tags={"team": "red"})
    put(aws, id="00f2", owner="bob", vcpuHours=1, memoryGbHours=4, complete=False)
    put(aws, id="00j1", kind="jobrun", owner="bob", vcpuHours=0.25, memoryGbHours=1, storageGbHours=100)
    put(aws, id="00app-20261103T10", kind="pool", owner="", vcpuHours=8, memoryGbHours=32)
