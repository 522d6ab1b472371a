from __future__ import annotations

from typing import Any

import pytest

import sparkgate
from fake_aws import FakeAws
from sparkgate import BadArgument, CatalogIgnored, SettingsReplaced, catalogs, cli, tls
from sparkgate.request import SessionRequest
from sparkgate.session import SparkgateSession
from sparkgate.sessions import Sessions

LAKE = {
    "spark.sql.extensions": "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions",
    "spark.sql.catalog.lake": "org.apache.iceberg.spark.SparkCatalog",
    "spark.sql.catalog.lake.type": "glue",
    "spark.sql.catalog.lake.warehouse": "s3://lake/",
}
GLUE = {
    "spark.hadoop.hive.metastore.client.factory.class": "com.amazonaws.glue.catalog.metastore.AWSGlueDataCatalogHiveClientFactory",
    "spark.sql.catalogImplementation": "hive",
}


def application(**properties: str) -> dict[str, Any]:
    return {"runtimeConfiguration": [{"classification": "spark-defaults", "properties": properties}]}


@pytest.mark.parametrize(
    ("properties", "said"),
    [
        (
            {},
            "none: tables live in a session only; who runs the platform adds one by 'catalogs' in cdk.json",
        ),
        (GLUE, "spark_catalog; without a name spark_catalog"),
        (LAKE, "lake; without a name spark_catalog, which is Spark's own and keeps no tables"),
        (
            {**GLUE, **LAKE, "spark.sql.defaultCatalog": "lake", "spark.sql.catalog.a": "x.Y"},
            "a, lake, spark_catalog; without a name lake",
        ),
    ],
)
def test_the_catalogs_of_an_application_are_told(properties: dict[str, str], said: str) -> None:
    assert catalogs.told(application(**properties)) == said


@pytest.mark.parametrize(
    "key",
    [
        *LAKE,
        *GLUE,
        "spark.sql.defaultCatalog",
        "spark.sql.hive.metastore.version",
        "spark.hadoop.javax.jdo.option.ConnectionURL",
    ],
)
def test_each_setting_of_a_catalog_is_warned_of_and_the_applications_own_is_not(key: str) -> None:
    assert str(catalogs.ignored({key: "x"}, application())).startswith(
        f"conf sets {key}: a session cannot set"
    )
    assert catalogs.ignored({key: "x"}, application(**{key: "x"})) is None
    assert catalogs.ignored({"spark.sql.shuffle.partitions": "4"}, application()) is None


def test_a_session_that_is_asked_for_catalogs_is_warned_of_once(
    aws: FakeAws, monkeypatch: pytest.MonkeyPatch
) -> None:
    aws.application |= application(**GLUE)
    monkeypatch.setattr(tls, "knock", lambda host: None)
    chosen: dict[str, str] = {}
    monkeypatch.setattr(SparkgateSession, "set", lambda self, conf: chosen.update(conf))

    with pytest.warns() as found:
        sparkgate.connect("dev", conf=LAKE, progress=False).stop()
    ignored, replaced = found
    assert (ignored.category, ignored.filename) == (CatalogIgnored, __file__)
    assert str(ignored.message) == (
        "conf sets spark.sql.extensions, spark.sql.catalog.lake, spark.sql.catalog.lake.type: a session cannot set"
        " catalogs, and AWS ignores it without a word. Only the application has them, for all: ask who runs the"
        ' platform for .catalog(Catalog…), or "catalogs" in its cdk.json. It has spark_catalog; without a name'
        " spark_catalog."
    )
    assert (replaced.category, replaced.filename) == (SettingsReplaced, __file__)
    assert chosen == {"spark.sql.catalog.lake.warehouse": "s3://lake/"}
    [started] = aws.asked("emr-serverless:StartSession")
    [overrides] = started["configurationOverrides"]["runtimeConfiguration"]
    assert "spark.sql.catalog.lake.warehouse" not in overrides["properties"]


def test_a_session_with_properties_of_its_own_may_lack_the_applications() -> None:
    defaults = {"spark.executor.cores": "4", "spark.a": "1", "spark.b": "1", **LAKE}

    assert catalogs.replaced({"spark.executor.cores": "2"}, application(**defaults)) == (
        "The session has Spark properties of its own (spark.executor.cores), which may replace all that the application"
        " has: spark.sql.extensions, spark.sql.catalog.lake, spark.sql.catalog.lake.type,"
        " spark.sql.catalog.lake.warehouse and 2 more. Set after connecting, by spark.conf.set, what Spark takes then;"
        " and have the rest put on the application."
    )
    assert catalogs.replaced({}, application(**defaults)) is None
    assert catalogs.replaced(defaults, application(**defaults)) is None


def test_a_session_that_asks_for_nothing_is_not_looked_into(aws: FakeAws, sessions: Sessions) -> None:
    aws.application |= application(**LAKE)

    assert sessions.doubts(SessionRequest()) == []
    assert aws.asked("emr-serverless:GetApplication") == []


def test_a_warehouse_of_a_catalog_that_is_not_there_is_warned_of(aws: FakeAws, sessions: Sessions) -> None:
    aws.application |= application(**LAKE)
    nowhere = {
        "spark.sql.catalog.other.warehouse": "s3://lake/",
        "spark.sql.catalog.lake.warehouse": "s3://x/",
    }

    assert sessions.doubts(SessionRequest(), nowhere) == [
        (
            CatalogIgnored,
            "conf sets spark.sql.catalog.other.warehouse, of a catalog that the application does not have, so no query"
            f" finds it. It has {catalogs.told(aws.application)}.",
        )
    ]


def test_who_may_not_look_at_the_application_connects_all_the_same(aws: FakeAws, sessions: Sessions) -> None:
    aws.denied.add("emr-serverless:GetApplication")

    assert sessions.doubts(SessionRequest(conf={"spark.sql.extensions": "x.Y"})) == []


def test_a_warehouse_that_cannot_be_set_is_named_and_ends_what_was_started(
    aws: FakeAws, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pyspark.errors import PySparkException

    class Conf:
        def set(self, key: str, value: str) -> None:
            raise PySparkException("Stream removed")

    monkeypatch.setattr(tls, "knock", lambda host: None)
    aws.application |= application(**LAKE)
    monkeypatch.setattr(SparkgateSession, "conf", Conf())
    warehouse = {"spark.sql.catalog.lake.warehouse": "s3://lake/"}

    with pytest.raises(
        BadArgument, match=r"^conf sets spark\.sql\.catalog\.lake\.warehouse, but Spark says: Stream"
    ):
        sparkgate.connect("dev", conf=warehouse, progress=False)
    assert aws.sessions["00new0"]["state"] == "TERMINATED"


@pytest.mark.parametrize("line", ["start", "run"])
def test_the_command_line_says_the_same(
    aws: FakeAws, line: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tls, "knock", lambda host: None)
    after = ["--", "true"] if line == "run" else []

    assert cli.main([line, "--env", "dev", "--conf", "spark.sql.extensions=x.Y", *after]) == 0
    assert capsys.readouterr().err.startswith(
        "sparkgate: conf sets spark.sql.extensions: a session cannot set"
    )
