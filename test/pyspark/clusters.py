"""Assemblies of a stack with a cluster, as our constructs shape it, with what its primary node fetches."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sandbox import ROOT

ENVIRONMENT = "dev-cluster"
HOST = "spark.dev.example.com"
_TEMPLATE = f"SparkConnect-{ENVIRONMENT}.template.json"
_INTERCEPTORS = "spark.connect.grpc.interceptor.classes"

#: The resources that only an endpoint has.
_ENDPOINT = ("Balancer", "Listener", "Target", "Alias", "P3", "P4", "P5")


def cluster(folder: Path, way: str) -> Path:
    """Make an assembly whose cluster is reached by ``mutual-tls``, a ``token`` or a ``tunnel``."""
    made = ROOT / "sandbox/service/src/test/resources/cluster"
    folder.mkdir(parents=True)
    shutil.copy(made / "manifest.json", folder)
    server = next((ROOT / "sandbox/laptop/target/lib").glob("spark-connect_2.12-*.jar"))
    inside = ROOT / "server/target/sparkgate-server.jar"
    shutil.copy(ROOT / "server/install-spark-connect.sh", folder / "asset.script.sh")
    text = (made / _TEMPLATE).read_text()
    for digit, name, jar in (("0", "server", server), ("1", "inside", inside)):
        shutil.copy(jar, folder / f"asset.{name}.jar")
        text = text.replace(digit * 64, hashlib.sha256(jar.read_bytes()).hexdigest())
    template = json.loads(text)
    _lead_there(template["Resources"], way)
    (folder / _TEMPLATE).write_text(json.dumps(template))
    return folder


def _lead_there(resources: Any, way: str) -> None:
    arguments = resources["Install"]["Properties"]["HadoopJarStep"]["Args"]
    classes = ["VersionInterceptor", "UploadInterceptor"]
    if way == "token":
        classes.append("TokenInterceptor")
    else:
        secret = arguments.index("--secret")
        del arguments[secret : secret + 2]
    if way == "mutual-tls":
        classes.append("OwnerInterceptor")
        resources["Listener"]["Properties"]["MutualAuthentication"] = {"Mode": "verify"}
        resources["P4"]["Properties"]["Value"] = way
        _drop(resources, ["P5"])
    if way == "tunnel":
        _drop(resources, _ENDPOINT)
    arguments += ["--conf", f"{_INTERCEPTORS}={','.join('io.sparkgate.server.' + name for name in classes)}"]


def _drop(resources: Any, names: Iterable[str]) -> None:
    for name in names:
        del resources[name]


def minutes(folder: Path, idle_stop: int, auto_termination: int) -> Path:
    """Set for how long the server, and then the cluster, may be idle."""
    template = folder / _TEMPLATE
    text = template.read_text()
    for old, new in (
        ("idleStop=30m", f"idleStop={idle_stop}m"),
        ('"IdleTimeout": 3600', f'"IdleTimeout": {auto_termination * 60}'),
    ):
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    template.write_text(text)
    return folder
