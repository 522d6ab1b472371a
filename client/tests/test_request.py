from __future__ import annotations

from typing import Any

import pytest

from sparkgate import BadArgument
from sparkgate.request import SessionRequest


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"idle_timeout": 0}, "idle_timeout is 0, but takes whole minutes from 1 to 1,000,000."),
        ({"idle_timeout": 1_000_001}, "idle_timeout is 1000001, but takes whole minutes from 1 to 1,000,000."),
        ({"idle_timeout": 1.5}, "idle_timeout is 1.5, but takes whole minutes from 1 to 1,000,000."),
        ({"idle_timeout": True}, "idle_timeout is True, but takes whole minutes from 1 to 1,000,000."),
        ({"name": 7}, "name is 7, but takes 1 to 256 characters, not blank."),
        ({"conf": "x"}, "conf is 'x', but takes a dict, as in {'spark.sql.ansi.enabled': True}."),
        ({"name": " "}, "name is ' ', but takes 1 to 256 characters, not blank."),
        ({"name": "x" * 257}, f"name is {'x' * 257!r}, but takes 1 to 256 characters, not blank."),
        (
            {"driver": (4, 32)},
            "driver is (4, 32), but takes (vCPU, GB of memory): (1, 2 to 8 in steps of 1), (2, 4 to 16 in steps of 1),"
            " (4, 8 to 30 in steps of 1), (8, 16 to 60 in steps of 4), (16, 32 to 120 in steps of 8).",
        ),
        ({"conf": {"sql.x": 1}}, "conf has the key 'sql.x', but takes keys as 'spark.sql.…'."),
        (
            {"conf": {"spark.x": None}},
            "conf sets spark.x to None, but the service takes text of at most 1,024 characters that is not blank.",
        ),
        (
            {"driver": (1, 2), "conf": {"spark.driver.cores": 2}},
            "conf sets spark.driver.cores, which driver=(1, 2) sets too.",
        ),
        (
            {"conf": {f"spark.{i}": i for i in range(101)}},
            "conf has 101 properties; the service takes 100.",
        ),
    ],
)  # fmt: skip
def test_what_the_service_would_refuse_is_refused_before_the_call(arguments: Any, message: str) -> None:
    with pytest.raises(BadArgument) as error:
        SessionRequest(**arguments)

    assert str(error.value) == message


@pytest.mark.parametrize("size", [(3, 8), (1, 1), (8, 18), (16, 36), (4,), "4/16", (4, "16"), ((4,), 16)])
def test_a_worker_that_the_service_does_not_have_is_refused(size: Any) -> None:
    with pytest.raises(BadArgument, match=r"executor is .*, but takes \(vCPU, GB of memory\)"):
        SessionRequest(executor=size)


@pytest.mark.parametrize(
    ("size", "heap"), [((1, 2), 1664), ((4, 16), 14894), ((4, 30), 27927), ((16, 120), 111709)]
)
def test_a_heap_and_its_overhead_fit_into_the_worker(size: tuple[int, int], heap: int) -> None:
    properties = SessionRequest(driver=size).properties()

    assert properties == {"spark.driver.cores": str(size[0]), "spark.driver.memory": f"{heap}m"}
    assert heap + max(heap // 10, 384) <= size[1] * 1024


def test_start_session_is_told_what_is_asked_for_and_no_more() -> None:
    assert SessionRequest().parameters() == {}
    assert SessionRequest(90, name="mine", conf={"spark.a": True, "spark.b": 2}).parameters() == {
        "idleTimeoutMinutes": 90,
        "name": "mine",
        "configurationOverrides": {
            "runtimeConfiguration": [
                {"classification": "spark-defaults", "properties": {"spark.a": "true", "spark.b": "2"}}
            ]
        },
    }


def test_a_session_meets_a_request_by_the_same_properties_and_by_what_else_is_asked_for() -> None:
    session = {"name": "mine", "idleTimeoutMinutes": 60, **SessionRequest(conf={"spark.a": 1}).parameters()}

    assert SessionRequest(conf={"spark.a": "1"}).is_met_by(session)
    assert SessionRequest(60, name="mine", conf={"spark.a": "1"}).is_met_by(session)
    assert not SessionRequest().is_met_by(session)
    assert not SessionRequest(conf={"spark.a": 2}).is_met_by(session)
    assert not SessionRequest(61, conf={"spark.a": 1}).is_met_by(session)
    assert not SessionRequest(name="other", conf={"spark.a": 1}).is_met_by(session)
    log4j = {"classification": "spark-driver-log4j2", "properties": {"rootLogger.level": "debug"}}
    assert not SessionRequest().is_met_by({"configurationOverrides": {"runtimeConfiguration": [log4j]}})
    assert SessionRequest().is_met_by({})
