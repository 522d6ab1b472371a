from __future__ import annotations

import os
from collections.abc import Iterator

import botocore.loaders
import pytest
from fake_aws import FakeAws


#: Reads botocore's descriptions of services once, not once a test.
_LOADER = botocore.loaders.create_loader()


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeAws]:
    """AWS, with the connection contract of dev, and Alice signed in as an IAM user."""
    for name in list(os.environ):
        if name.startswith(("AWS_", "SPARKGATE_", "SPARK_")) or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", os.devnull)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setattr(botocore.loaders, "create_loader", lambda *_: _LOADER)
    fake = FakeAws()
    for name, value in fake.variables().items():
        monkeypatch.setenv(name, value)
    fake.publish()
    yield fake
    fake.close()
