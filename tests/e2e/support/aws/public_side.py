"""The serverless side where the suite expects a relay: TUNNEL_PUBLIC_SIDE=aws makes lab.relay() one of these."""

import copy
import os
import pathlib

from ..tunnel import route_of
from .serverless import SECRET, Serverless
from .v1_tunnel import make_token
from .websocket_link import MAX_FRAME_BYTES, MAX_MESSAGE_BYTES

# Messages of a large body come all at once: where the machine is busy, each takes an environment of its own.
CONCURRENCY = {"http": 50, "ws": 100}
# What API Gateway and Lambda do to every answer, whatever the functions say: docs/aws.md names it.
ADDED_TO_ANSWERS = {"apigw-requestid"}


def owner_token(owner):
    """A token of one owner, which every AwsSide lets in; one of "a stranger" none does."""
    return make_token("another secret, also longer than 32 bytes" if owner == "a stranger" else SECRET, owner)


class AwsTunnel:
    """A client online, as lab.tunnel() returns one: by the tests' own client where there is no ttf."""

    def __init__(self, client):
        self._client = client

    def routes(self):
        told = self._client.established
        return {"subdomain": route_of(told["subdomain_url"]), "path": route_of(told["path_based_url"])}

    def close(self):
        self._client.close()


class Gateways:
    """What the suite does to a relay's process, done to the clients' side of API Gateway."""
    name, pid = "API Gateway", 0
    stdout_path = pathlib.Path(os.devnull)  # what the functions write is in stderr()

    def __init__(self, aws):
        self._aws = aws

    def kill9(self):
        self._aws.call(self._aws.links.break_down())

    def stderr(self):
        return self._aws.logs()

    def tail(self):
        return self.stderr()


class AwsSide:
    """`token`: as of a relay, the ones that are to be let in; here the ones that owner_token() made."""

    def __init__(self, folder, token=None):
        assert token is None or all(line.count(".") == 2 for line in token.splitlines())
        self._cloud = Serverless(pathlib.Path(os.environ["TUNNEL_AWS_TEMPLATE"]), folder, concurrency=CONCURRENCY)
        self.process = Gateways(self._cloud.aws)
        self.url = self._cloud.aws.links.url
        self.port = self._cloud.aws.web.port
        self.token = self._cloud.token()

    def start(self):
        self._cloud.aws.call(self._cloud.aws.links.start())

    def subdomain(self, name):
        return self._cloud.subdomain(name)

    def path(self, name):
        return self._cloud.path(name)

    def apex(self):
        return self._cloud.apex()

    def tunnel(self, port, name, token=None):
        return AwsTunnel(self._cloud.tunnel(port, name, token))

    def check_messages(self):
        """As measured on the wire, in both directions."""
        links = self._cloud.aws.links
        assert 0 < links.largest_frame <= MAX_FRAME_BYTES and 0 < links.largest_message <= MAX_MESSAGE_BYTES

    def close(self):
        self._cloud.close()


def comparable(fields, without=()):
    """Fields without what HTTP gives no meaning to and events do not keep: letter case, and the order of different names."""
    joined = {}
    for name, value in fields:
        name = name.lower()
        if name in ADDED_TO_ANSWERS or name in without:
            continue
        if name == "set-cookie":
            joined.setdefault(name, []).append(value)
        else:
            joined[name] = f"{joined[name]}, {value}" if name in joined else value
    return joined


def as_by_http(response):
    """Visitors of API Gateway come by HTTPS and the service is told so: httpbin then says https in URLs, and Secure in cookies.
    The response as it would be without."""
    plain = copy.copy(response)
    plain.body = response.body.replace(b"https://localhost:", b"http://localhost:")
    same = {"content-length": {str(len(response.body)): str(len(plain.body))}}
    plain.headers = [(name, same.get(name.lower(), {}).get(value, value).replace("https://localhost:", "http://localhost:")
                      .replace("; Secure", "")) for name, value in response.headers]
    return plain
