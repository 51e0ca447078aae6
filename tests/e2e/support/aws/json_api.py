"""What DynamoDB, SQS and SSM have in common: JSON in, JSON out, errors with a type."""

import json

from .http import Response


class ServiceError(Exception):
    def __init__(self, kind, message, status=400, headers=()):
        super().__init__(f"{kind}: {message}")
        self.kind, self.message, self.status, self.headers = kind, message, status, list(headers)

    def response(self, content_type):
        body = json.dumps({"__type": self.kind, "message": self.message}).encode()
        return Response(self.status, [("Content-Type", content_type), ("x-amzn-RequestId", "local"), *self.headers], body)


def answer(document, content_type):
    return Response(200, [("Content-Type", content_type), ("x-amzn-RequestId", "local")], json.dumps(document).encode())
