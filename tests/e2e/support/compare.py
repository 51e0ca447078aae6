"""What "equal to the direct response" means: everything but hop-by-hop fields and Date."""

import gzip
import json
import zlib

from .aws.public_side import as_by_http, comparable
from .waiting import ON_AWS

VISITORS_SCHEME = "https" if ON_AWS else "http"  # API Gateway has no other
ADDED_TO_REQUESTS = ("x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "x-forwarded-port",
                     "x-forwarded-prefix",
                     "forwarded", "x-request-id")
ADDED_BY_API_GATEWAY = ("x-amzn-trace-id", "content-length")
HOP_BY_HOP_ECHOED = ("connection", "te", "transfer-encoding", "keep-alive")


def assert_equal(through, direct, also_without=()):
    if ON_AWS:
        through = as_by_http(through)
        assert_equal_on_aws(through, direct, also_without)
    else:
        assert (through.status, through.reason) == (direct.status, direct.reason)
        assert through.end_to_end(also_without) == direct.end_to_end(also_without)
        assert through.trailers == direct.trailers
    assert through.version == "HTTP/1.1"
    if through.body != direct.body:  # not the assertion itself: a diff of megabytes helps nobody
        raise AssertionError(f"bodies differ: {len(through.body)} and {len(direct.body)} bytes, "
                             f"{through.body[:200]!r} and {direct.body[:200]!r}")


def assert_equal_on_aws(through, direct, also_without=()):
    """Without what payload format 2.0 does not carry: reason phrases, trailers, chunked framing, the order of fields."""
    # API Gateway says the length of what it sends: also of a HEAD's answer, where the service says what a GET would have.
    framed = [] if direct.get("Content-Length") == str(len(direct.body)) else ["content-length"]
    without = [*(name.lower() for name in also_without), *framed]
    assert through.status == direct.status, f"{through.status} and {direct.status}"
    ours, theirs = comparable(through.end_to_end(), without), comparable(direct.end_to_end(), without)
    assert ours == theirs, f"{ours} and {theirs}"


def without_additions(document):
    """A body in which httpbin echoes the request, less exactly what the tunnel adds to requests."""
    if "headers" in document:
        gone = ADDED_TO_REQUESTS + HOP_BY_HOP_ECHOED + (ADDED_BY_API_GATEWAY if ON_AWS else ())
        document["headers"] = {key: value for key, value in document["headers"].items() if key.lower() not in gone}
    return document


def assert_equal_echo(through, direct):
    """As assert_equal for httpbin's echoes, whose bodies (and lengths) hold the added request fields."""
    if ON_AWS:
        through = as_by_http(through)
        assert_equal_on_aws(through, direct, ["Content-Length"])
    else:
        assert (through.status, through.reason) == (direct.status, direct.reason)
        assert through.end_to_end(["Content-Length"]) == direct.end_to_end(["Content-Length"])
    for response in (through, direct):
        if response.get("Content-Length") is not None:
            assert int(response.get("Content-Length")) == len(response.body)
    assert echoed(through) == echoed(direct), f"{echoed(through)} and {echoed(direct)}"


def echoed(response):
    """One document, or one after the other of a stream."""
    text, documents = _decoded(response).decode().strip(), []
    while text:
        document, end = json.JSONDecoder().raw_decode(text)
        documents.append(without_additions(document))
        text = text[end:].lstrip()
    return documents


def _decoded(response):
    encoding = response.get("Content-Encoding", "identity")
    if encoding == "br":
        import brotli  # comes with httpbin
        return brotli.decompress(response.body)
    return {"identity": lambda body: body, "gzip": gzip.decompress, "deflate": zlib.decompress}[encoding](response.body)
