"""Where the files of a job are: on S3, in the workers' image, or on this machine until they are uploaded."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path
from typing import Any

from .aws import ask
from .errors import BadArgument

#: What PutObject takes at once.
_MOST_BYTES = 5 * 1024**3


def bucket_and_key(what: str, url: str) -> tuple[str, str]:
    """The parts of a URL on S3."""
    found = re.fullmatch(r"s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/(.*))?", url)
    if not found and url.startswith("s3://"):
        bucket = url.removeprefix("s3://").partition("/")[0]
        raise BadArgument(
            f"{what} is {url!r}, but {bucket!r} can be no bucket: a name has 3 to 63 lower-case letters,"
            " digits, dots and hyphens."
        )
    if not found:
        raise BadArgument(f"{what} is {url!r}, but takes a place on S3, as in 's3://bucket/prefix/'.")
    return found[1], found[2] or ""


def check(what: str, place: str, upload: str | None) -> None:
    """Refuses what no worker could read.

    Args:
        what: the name of the argument.
        place: its value.
        upload: where files of this machine are put; None for nowhere.
    """
    if place.startswith("local:///"):
        return
    if _is_url(place):
        if not bucket_and_key(what, place)[1]:
            raise BadArgument(f"{what} is {place!r}, which is a bucket; name the object in it.")
        return
    if not Path(place).is_file():
        raise BadArgument(
            f"{what} is {place!r}, but takes an object on S3, as in 's3://bucket/job.py'; and there is no"
            " such file on this machine either, to be uploaded."
        )
    if upload is None:
        raise BadArgument(
            f"{what} is {place!r}, a file of this machine, which no worker can read: give a place that the"
            " execution role may read, as upload='s3://bucket/prefix/' (--upload), and it is put there first;"
            " or upload it yourself, and give its s3:// URL."
        )
    if os.path.getsize(place) > _MOST_BYTES:
        raise BadArgument(f"{what} is {place!r}, which has more than 5 GB; upload it yourself.")


def is_local(place: str) -> bool:
    """Whether it is a file of this machine."""
    return not place.startswith("local:///") and not _is_url(place)


def put(s3: Any, upload: str, path: str) -> str:
    """Puts a file of this machine below a prefix on S3; returns its URL.

    The key has a hash of the content: a run that waits in a queue reads what it was submitted with, whatever
    is submitted later, and the same file is one object.

    Args:
        s3: boto3's client.
        upload: the prefix.
        path: of the file.
    """
    bucket, prefix = bucket_and_key("upload", upload)
    content = Path(path).read_bytes()
    digest = hashlib.sha256(content).hexdigest()[:16]
    key = "/".join(part for part in (prefix.strip("/"), digest, Path(path).name) if part)
    ask(s3.put_object, Bucket=bucket, Key=key, Body=content)
    return f"s3://{bucket}/{key}"


def _is_url(place: str) -> bool:
    return bool(re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", place))
