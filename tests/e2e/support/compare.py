"""What "equal to the direct response" means: everything but hop-by-hop fields and Date."""

import gzip
import json
import zlib

ADDED_TO_REQUESTS = ("x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "x-forwarded-port",
                     "x-forwarded-prefix",
                     "forwarded", "x-request-id")
HOP_BY_HOP_ECHOED = ("connection", "te", "transfer-encoding", "keep-alive")


def assert_equal(through, direct, also_without=()):
    assert (through.status, through.reason) == (direct.status, direct.reason)
    assert through.version == "HTTP/1.1"
    assert through.end_to_end(also_without) == direct.end_to_end(also_without)
    assert through.trailers == direct.trailers
    if through.body != direct.body:  # not the assertion itself: a diff of megabytes helps nobody
        raise AssertionError(f"bodies differ: {len(through.body)} and {len(direct.body)} bytes, "
                             f"{through.body[:200]!r} and {direct.body[:200]!r}")


def without_additions(document):
    """A body in which httpbin echoes the request, less exactly what the tunnel adds to requests."""
    if "headers" in document:
        gone = ADDED_TO_REQUESTS + HOP_BY_HOP_ECHOED
        document["headers"] = {key: value for key, value in document["headers"].items() if key.lower() not in gone}
    return document


def assert_equal_echo(through, direct):
    """As assert_equal for httpbin's echoes, whose bodies (and lengths) hold the added request fields."""
    assert (through.status, through.reason) == (direct.status, direct.reason)
    assert through.end_to_end(["Content-Length"]) == direct.end_to_end(["Content-Length"])
    for response in (through, direct):
        if response.get("Content-Length") is not None:
            assert int(response.get("Content-Length")) == len(response.body)
    assert echoed(through) == echoed(direct)


def echoed(response):
    text = _decoded(response).decode()
    lines = text.splitlines() if response.get("Transfer-Encoding") else [text]
    return [without_additions(json.loads(line)) for line in lines]


def _decoded(response):
    encoding = response.get("Content-Encoding", "identity")
    if encoding == "br":
        import brotli  # comes with httpbin
        return brotli.decompress(response.body)
    return {"identity": lambda body: body, "gzip": gzip.decompress, "deflate": zlib.decompress}[encoding](response.body)
