"""Articles in a bucket, over the protocol of S3, spoken by moto's server on loopback: ``make buckets`` installs both.

No name that pytest collects by itself: without what it needs it would be skipped, which looks like a pass.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from places import Kg
from test_workers import GOOD, write_articles

from kg.store import open_store


def _bucket_store() -> Any:  # s3fs.S3FileSystem, which has no types
    return importlib.import_module("s3fs").S3FileSystem(skip_instance_cache=True)


@pytest.fixture
def address(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Serve an empty bucket on loopback, and return the address of a folder in it."""
    server = importlib.import_module("moto.server").ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    for name, value in {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ACCESS_KEY_ID": "anyone",
        "AWS_SECRET_ACCESS_KEY": "anything",
        "AWS_DEFAULT_REGION": "us-east-1",
    }.items():
        monkeypatch.setenv(name, value)
    try:
        _bucket_store().mkdir("reports")
        yield "s3://reports/2023"
    finally:
        server.stop()


def test_a_bucket_is_read_like_a_folder_and_read_again_only_where_it_changed(
    kg: Kg, tmp_path: Path, address: str
) -> None:
    write_articles(tmp_path / "in", 4)
    records = [{"id": "one", "text": GOOD.format("镇安县", 7)}, {"id": "two", "text": GOOD.format("洛南县", 8)}]
    (tmp_path / "in" / "more.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    bucket = _bucket_store()
    bucket.put(f"{tmp_path / 'in'}/", address, recursive=True)

    first = kg("build", "--workers", "2", "--store", "bucket", address)
    assert first.returncode == 0, first.stderr
    assert "6 added" in first.stdout
    assert kg("build", "--store", "disk", str(tmp_path / "in")).returncode == 0
    assert open_store(tmp_path / "bucket").dump() == open_store(tmp_path / "disk").dump()

    assert "6 unchanged" in kg("build", "--store", "bucket", address).stdout
    bucket.pipe(f"{address}/a001.txt", GOOD.format("丹凤县", 99).encode())
    bucket.rm(f"{address}/a002.txt")
    again = kg("build", "--workers", "2", "--store", "bucket", address).stdout
    for words in ("1 changed", "1 retracted", "4 unchanged"):
        assert words in again
