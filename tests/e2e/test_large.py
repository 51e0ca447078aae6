"""1 GiB down and up, checksummed, with client and relay each under 120 MB of memory at their peak."""

import hashlib
import random

import pytest

from support.rawhttp import Connection, request_bytes
from support.waiting import SANITIZER

MIB = 1 << 20
SIZE_MIB = 64 if SANITIZER else 1024
MEMORY_KIB = 120_000_000 // 1024
TRANSFER_SECONDS = 240


def blocks():
    """SIZE_MIB blocks of noise, none like another, so that nothing can be swapped or repeated unnoticed."""
    noise = random.Random(1).randbytes(MIB - 8)
    return (number.to_bytes(8, "big") + noise for number in range(SIZE_MIB))


@pytest.fixture(scope="module")
def expected():
    digest = hashlib.sha256()
    for block in blocks():
        digest.update(block)
    return digest.hexdigest()


@pytest.fixture
def setup(lab):
    nginx = lab.nginx(server="location /up/ { root www; dav_methods PUT; create_full_put_path on; }")
    relay = lab.relay()
    client = lab.tunnel(relay, nginx.port, "large")
    yield nginx, relay, client
    for file in nginx.www.rglob("*.bin"):
        file.unlink()  # a failed run is kept by pytest, its gigabyte need not be


def digest_of(pieces):
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)
    return digest.hexdigest()


def assert_memory_bounded(relay, client):
    peaks = {process.name: process.status_kib("VmHWM") for process in (relay.process, client.process)}
    print(f"peak memory in KiB: {peaks}")
    assert SANITIZER or max(peaks.values()) < MEMORY_KIB, peaks


@pytest.mark.parametrize("mode", ["subdomain", "path"])
def test_download(setup, expected, mode):
    nginx, relay, client = setup
    with open(nginx.www / "large.bin", "wb") as file:
        file.writelines(blocks())
    route = client.routes()[mode]
    with Connection(route, timeout=TRANSFER_SECONDS) as connection:
        connection.send(request_bytes(route, "GET", "/large.bin"))
        head = connection.read_final_head()
        assert (head.status, head.get("Content-Length")) == (200, str(SIZE_MIB * MIB))
        assert digest_of(connection.body_pieces(head)) == expected
    assert_memory_bounded(relay, client)


@pytest.mark.parametrize("framing", ["sized", "chunked"])
def test_upload(setup, expected, framing):
    nginx, relay, client = setup
    route = client.routes()["subdomain"]
    field = ("Content-Length", str(SIZE_MIB * MIB)) if framing == "sized" else ("Transfer-Encoding", "chunked")
    with Connection(route, timeout=TRANSFER_SECONDS) as connection:
        connection.send(request_bytes(route, "PUT", "/up/large.bin", [field]))
        for block in blocks():
            connection.send(block if framing == "sized" else b"%x\r\n%s\r\n" % (MIB, block))
        connection.send(b"" if framing == "sized" else b"0\r\n\r\n")
        assert connection.read_response("PUT").status == 201
    with open(nginx.www / "up/large.bin", "rb") as stored:
        assert digest_of(iter(lambda: stored.read(MIB), b"")) == expected
    assert_memory_bounded(relay, client)
