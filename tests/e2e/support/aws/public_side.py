"""The serverless side where the suite expects a relay: TUNNEL_PUBLIC_SIDE=aws makes lab.relay() one of these."""

import copy
import os
import pathlib

from ..tunnel import route_of
from .serverless import Serverless

CHOSEN = os.environ.get("TUNNEL_PUBLIC_SIDE") == "aws"
# What API Gateway and Lambda do to every answer, whatever the functions say: docs/aws.md names it.
ADDED_TO_ANSWERS = {"apigw-requestid"}


class AwsTunnel:
    """A client online, as lab.tunnel() returns one: by the tests' own client where there is no ttf."""

    def __init__(self, client):
        self._client = client

    def routes(self):
        told = self._client.established
        return {"subdomain": route_of(told["subdomain_url"]), "path": route_of(told["path_based_url"])}

    def close(self):
        self._client.close()


class AwsSide:
    def __init__(self, folder):
        self._cloud = Serverless(pathlib.Path(os.environ["TUNNEL_AWS_TEMPLATE"]), folder)
        self.url = self._cloud.aws.links.url
        self.token = self._cloud.token()

    def subdomain(self, name):
        return self._cloud.subdomain(name)

    def path(self, name):
        return self._cloud.path(name)

    def apex(self):
        return self._cloud.apex()

    def tunnel(self, port, name, token=None):
        return AwsTunnel(self._cloud.tunnel(port, name, token))

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
