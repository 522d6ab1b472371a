"""Objects of S3, as far as this package asks for them."""

from __future__ import annotations

from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

from faults import Fault

#: Of a page of a list: so few that all are seen only by who turns them.
_PAGE = 3


def action(method: str, url: str) -> tuple[str, dict[str, str]]:
    """What is asked, and of what."""
    parts = urlsplit(url)
    query = {key: value[0] for key, value in parse_qs(parts.query).items()}
    if method == "PUT":
        return "s3:PutObject", {"Url": "s3:/" + unquote(parts.path)}
    if "list-type" in query:
        return "s3:ListObjectsV2", {"Bucket": parts.path.strip("/"), **query}
    return "s3:GetObject", {"Url": "s3:/" + unquote(parts.path)}


def answer(objects: dict[str, str], name: str, arguments: dict[str, str], body: str) -> str:
    """What S3 says to it; a bucket is there as soon as it has an object."""
    if name == "s3:PutObject":
        objects[arguments["Url"]] = body
        return ""
    if name == "s3:GetObject":
        if arguments["Url"] not in objects:
            raise Fault(404, "NoSuchKey", "The specified key does not exist.")
        return objects[arguments["Url"]]
    bucket = f"s3://{arguments['Bucket']}/"
    if not any(url.startswith(bucket) for url in objects):
        raise Fault(404, "NoSuchBucket", "The specified bucket does not exist")
    below = bucket + arguments.get("prefix", "")
    keys = sorted(url.removeprefix(bucket) for url in objects if url.startswith(below))
    at = int(arguments.get("continuation-token", 0))
    page = "".join(f"<Contents><Key>{escape(key)}</Key></Contents>" for key in keys[at : at + _PAGE])
    more = f"<NextContinuationToken>{at + _PAGE}</NextContinuationToken>" if at + _PAGE < len(keys) else ""
    return f"<ListBucketResult>{page}{more}</ListBucketResult>"
