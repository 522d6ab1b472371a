"""Where records of usage are kept: below a prefix on S3, or in a folder, as of the sandbox."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextvars import copy_context
from pathlib import Path
from typing import Any, Protocol

from .aws import ask
from .errors import BadArgument, SparkgateError
from .places import bucket_and_key
from .progress import Progress
from .usage import Usage

#: Requests at once; boto3 holds ten connections.
_THREADS = 8


class Store(Protocol):
    """Where records are, a folder for each month."""

    def names(self, month: str) -> Sequence[str]:
        """The names of a month's records, in any order."""

    def text(self, name: str) -> str:
        """One record; an OSError or a ValueError is of it alone."""


def at(place: str, s3: Callable[[], Any], what: str = "--from") -> Store:
    """What a URL on S3 or a folder's name stands for.

    Args:
        place: URL or name.
        s3: makes boto3's client.
        what: names the place, where it cannot be one.
    """
    if place.startswith("s3://"):
        bucket, prefix = bucket_and_key(what, place)
        return _Bucket(s3(), bucket, prefix.rstrip("/") + "/" if prefix.strip("/") else "")
    if not Path(place).is_dir():
        raise BadArgument(
            f"{what} is {place!r}, but takes a place on S3, as in 's3://bucket/usage/', or a folder that has"
            " folders as month=2026-11; there is no such folder."
        )
    return _Folder(Path(place))


def read(store: Store, month: str, progress: Progress) -> tuple[list[Usage], list[str]]:
    """All records of a month, and of each that cannot be read a sentence on why."""
    names = store.names(month)
    records: list[Usage] = []
    unreadable: list[str] = []
    with ThreadPoolExecutor(_THREADS) as pool:
        asked = {pool.submit(copy_context().run, store.text, name): name for name in names}
        try:
            for done, future in enumerate(as_completed(asked), 1):
                try:
                    records.append(Usage.of(future.result()))
                except (OSError, ValueError) as error:
                    if isinstance(error, SparkgateError):
                        raise
                    unreadable.append(f"{asked[future]} is no record that can be read: {error}")
                progress.counted(done, len(names), "records")
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
            progress.end_line()
    return records, sorted(unreadable)


class _Folder:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def names(self, month: str) -> Sequence[str]:
        return [str(path) for path in (self._folder / f"month={month}").rglob("*.json")]

    def text(self, name: str) -> str:
        return Path(name).read_text(encoding="utf-8")


class _Bucket:
    def __init__(self, s3: Any, bucket: str, prefix: str) -> None:
        self._s3, self._bucket, self._prefix = s3, bucket, prefix

    def names(self, month: str) -> Sequence[str]:
        return [f"s3://{self._bucket}/{key}" for key in self._keys(f"{self._prefix}month={month}/")]

    def text(self, name: str) -> str:
        key = name.removeprefix(f"s3://{self._bucket}/")
        try:
            answer = ask(self._s3.get_object, Bucket=self._bucket, Key=key)
        except SparkgateError as error:
            if error.code == "NoSuchKey":
                raise FileNotFoundError("it has gone since it was listed") from None
            raise
        return bytes(ask(answer["Body"].read)).decode()

    def _keys(self, prefix: str) -> Iterator[str]:
        page: dict[str, Any] = {"NextContinuationToken": ""}
        while "NextContinuationToken" in page:
            token = page["NextContinuationToken"]
            more = {"ContinuationToken": token} if token else {}
            try:
                page = ask(self._s3.list_objects_v2, Bucket=self._bucket, Prefix=prefix, **more)
            except SparkgateError as error:
                if error.code == "NoSuchBucket":
                    raise SparkgateError(
                        f"There is no bucket {self._bucket!r}: correct --from, or the account; or the"
                        " platform's bucket of usage was deleted, and a deployment makes it anew."
                    ) from None
                raise
            yield from (one["Key"] for one in page.get("Contents", ()) if one["Key"].endswith(".json"))
