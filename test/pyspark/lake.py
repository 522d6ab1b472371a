"""An environment with catalogs and a bucket for them, as a template declares them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

LAKE = "lake-of-ours"
ATTIC = "attic-of-others"
_ICEBERG = "spark.sql.catalog.lake"
_SETTINGS = {
    "spark.hadoop.hive.metastore.client.factory.class": (
        "com.amazonaws.glue.catalog.metastore.AWSGlueDataCatalogHiveClientFactory"
    ),
    "spark.sql.catalogImplementation": "hive",
    "spark.sql.extensions": (
        "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions,"
        "io.delta.sql.DeltaSparkSessionExtension"
    ),
    _ICEBERG: "org.apache.iceberg.spark.SparkCatalog",
    f"{_ICEBERG}.type": "glue",
    f"{_ICEBERG}.warehouse": f"s3://{LAKE}/warehouse",
    f"{_ICEBERG}.io-impl": "org.apache.iceberg.aws.s3.S3FileIO",
    f"{_ICEBERG}.cache-enabled": "false",
    "spark.sql.catalog.spark_catalog": "org.apache.spark.sql.delta.catalog.DeltaCatalog",
    "spark.jars": ",".join(
        f"/usr/share/aws/{jar}.jar"
        for jar in ("iceberg/lib/iceberg-spark3-runtime", "delta/lib/delta-spark", "delta/lib/delta-storage")
    ),
}
_ACTIONS = ["s3:GetObject*", "s3:GetBucket*", "s3:List*", "s3:DeleteObject*", "s3:PutObject", "s3:Abort*"]


def with_catalogs(synthesized: Path, folder: Path) -> Path:
    """Copy an assembly and give its application catalogs, and sessions a bucket for them.

    Another bucket is there, and sessions may only look at it.
    """
    assembly = shutil.copytree(synthesized, folder / "cdk.out")
    template = assembly / "SparkConnect-dev.template.json"
    document = json.loads(template.read_text())
    resources = document["Resources"]
    (application,) = (one for one in resources.values() if one["Type"] == "AWS::EMRServerless::Application")
    application["Properties"]["RuntimeConfiguration"] = [
        {"Classification": "spark-defaults", "Properties": _SETTINGS}
    ]
    (role,) = (name for name, one in resources.items() if _runs_sessions(one))
    resources["LakeGrant"] = {
        "Type": "AWS::IAM::Policy",
        "Properties": {
            "PolicyName": "LakeGrant",
            "Roles": [{"Ref": role}],
            "PolicyDocument": {
                "Version": "2012-10-17",
                "Statement": [_allow(_ACTIONS, LAKE), _allow(_ACTIONS[:3], ATTIC)],
            },
        },
    }
    template.write_text(json.dumps(document))
    return assembly


def _runs_sessions(resource: dict[str, object]) -> bool:
    return resource["Type"] == "AWS::IAM::Role" and "emr-serverless.amazonaws.com" in json.dumps(resource)


def _allow(actions: list[str], bucket: str) -> dict[str, object]:
    arn = f"arn:aws:s3:::{bucket}"
    return {"Effect": "Allow", "Action": actions, "Resource": [arn, f"{arn}/*"]}
