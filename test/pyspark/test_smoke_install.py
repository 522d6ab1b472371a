"""How ``./pipeline/smoke`` installs what it runs, where that goes wrong."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
from pathlib import Path

import pytest
from assembly import unpacked
from sandbox import PATIENCE, heed_interrupts


@pytest.fixture
def command(tmp_path: Path) -> Path:
    return unpacked(tmp_path)


def smoke(command: Path, *arguments: str, **variables: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [command, *arguments],
        env={**os.environ, **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=heed_interrupts,
    )


def left(command: Path) -> list[str]:
    return [path.name for path in command.parents[1].glob("client/target/*")]


def test_what_pip_says_is_shown_where_it_fails(command: Path) -> None:
    target = command.parents[1] / "client/target"
    aside = target / "smoke-aside-999999999"
    aside.mkdir(parents=True)
    running = smoke(command, "dev", PIP_NO_INDEX="1", PIP_FIND_LINKS="")
    out, err = running.communicate(timeout=PATIENCE)

    assert running.returncode == 1
    assert out == ""
    assert "Processing " in err
    assert err.splitlines()[-1] == (
        f"smoke: the client could not be installed into {target}: pip found nothing that fits, which it also"
        " says where its index is out of reach; look at the network, at pip's configuration (PIP_INDEX_URL,"
        " PIP_PROXY) and at the disk, and run it again"
    )
    assert left(command) == [], "a half-made environment, or one that was left over"


def test_what_makes_the_wheel_sees_no_credentials_and_is_pinned(command: Path, tmp_path: Path) -> None:
    client, seen = command.parents[1] / "client", tmp_path / "seen"
    project = client / "pyproject.toml"
    project.write_text(
        project.read_text()
        .replace('requires = ["hatchling>=1.27"]', "requires = []")
        .replace('"hatchling.build"', '"spy"\nbackend-path = ["src"]')
    )
    spy = f"import os, pathlib\npathlib.Path({str(seen)!r}).write_text(' '.join(os.environ))\n"
    (client / "src/spy.py").write_text(spy)
    secrets = {
        "AWS_ACCESS_KEY_ID": "AKIA",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_SESSION_TOKEN": "token",
        "AWS_PROFILE": "sparkgate",
        "AWS_CONFIG_FILE": "config",
        "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/v2",
        "ACTIONS_ID_TOKEN_REQUEST_TOKEN": "token",
    }
    running = smoke(command, "dev", PIP_NO_INDEX="1", PIP_FIND_LINKS="", **secrets)
    running.communicate(timeout=PATIENCE)

    variables = set(seen.read_text().split())
    assert variables.isdisjoint(secrets)
    assert {"PIP_CONSTRAINT", "PIP_BUILD_CONSTRAINT"} <= variables


def test_an_assembly_knows_its_environments(command: Path) -> None:
    assembly = command.parents[1] / "cdk.out"
    assembly.mkdir()
    for name in ("manifest.json", "SparkConnect-dev.template.json", "SparkConnect-prod.template.json"):
        (assembly / name).write_text("{}")
    running = smoke(command, "nosuch")
    _, err = running.communicate(timeout=PATIENCE)

    assert running.returncode == 2
    assert err == (
        f"smoke: unknown environment 'nosuch'; the assembly in {assembly} has dev, prod. Name one of these,"
        ' or add it to "environments" in cdk.json and run ./pipeline/build\n'
    )


def test_a_signal_below_pip_leaves_nothing(command: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.settimeout(PATIENCE)
        index = f"http://127.0.0.1:{silent.getsockname()[1]}/simple"
        running = smoke(command, "dev", PIP_INDEX_URL=index, PIP_FIND_LINKS="", PIP_NO_INDEX="")
        pip, _ = silent.accept()
        running.send_signal(signal.SIGINT)
        _, err = running.communicate(timeout=PATIENCE)

        assert running.returncode == 130
        assert err.splitlines()[-1] == (
            "smoke: dev was not looked at: SIGINT came while the client was being installed"
        )
        assert left(command) == []
        pip.settimeout(PATIENCE)
        while pip.recv(4096):  # ends when pip does, and with it what pip started
            pass
        pip.close()


def test_without_a_python_it_says_which_one_to_install(command: Path, tmp_path: Path) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("sh", "dirname", "cat"):
        found = shutil.which(name)
        assert found
        (tools / name).symlink_to(found)
    running = smoke(command, "dev", PATH=str(tools))
    _, err = running.communicate(timeout=PATIENCE)

    assert running.returncode == 2
    assert err == (
        "smoke: there is no Python 3.11, 3.10 or 3.12 (with venv) on the PATH; install one, 3.11 for choice\n"
    )


@pytest.mark.parametrize(
    ("arguments", "got"), [([], "missing"), (["--timeout", "5"], "--timeout")], ids=["nothing", "an option"]
)
def test_without_an_environment_it_asks_for_one(command: Path, arguments: list[str], got: str) -> None:
    running = smoke(command, *arguments)
    _, err = running.communicate(timeout=PATIENCE)

    assert running.returncode == 2
    assert err == (
        f"smoke: the first argument is {got}, but takes the name of an environment, as in:"
        " ./pipeline/smoke dev\n"
    )


def test_help_names_options_cost_and_exit_codes(command: Path) -> None:
    running = smoke(command, "--help")
    out, _ = running.communicate(timeout=PATIENCE)

    assert running.returncode == 0
    for told in ("--timeout SECONDS", "--patience SECONDS", "0.15 USD at list prices", "exit codes: 0 fine"):
        assert told in out
    assert left(command) == []
