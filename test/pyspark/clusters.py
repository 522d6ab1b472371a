"""Clusters in each way that the app makes them, in one assembly."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from synthesis import settings, synthesized

_ARN = "arn:aws:{}:eu-west-1:111122223333:{}"

_ENDPOINT = {
    "domainName": "spark.dev.example.com",
    "certificateArn": _ARN.format("acm", "certificate/1"),
    "clients": ["10.20.0.0/16"],
}

#: What the section "cluster" says; the environment has nothing else.
_CLUSTERS: dict[str, dict[str, Any]] = {
    "mutual": {
        "endpoint": _ENDPOINT | {"trustStoreArn": _ARN.format("elasticloadbalancing", "truststore/people/1")}
    },
    "token": {"endpoint": _ENDPOINT | {"token": True}},
    "tunnel": {},
    "idle": {"idleTerminationMinutes": 10},
}


def synthesize_clusters(folder: Path) -> Path:
    """Synthesize all of them with the cdk.json of the tests."""
    app = settings()
    app["context"] = {
        "environments": {
            name: {"account": "111122223333", "region": "eu-west-1", "cluster": {"only": True} | cluster}
            for name, cluster in _CLUSTERS.items()
        }
    }
    return synthesized(folder, app)
