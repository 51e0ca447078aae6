"""DynamoDB: dynalite, an implementation from npm, behind the checks of the front."""

import json

from .http import Client, Response
from .json_api import ServiceError
from .template import ACCOUNT, REGION

# What dynalite silently does not have: nobody may come to rely on it.
REFUSED = ("TransactWriteItems", "TransactGetItems", "UpdateTimeToLive", "DescribeStream")
CONTENT_TYPE = "application/x-amz-json-1.0"


def table_arn(name):
    return f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/{name}"


class DynamoDb:
    def __init__(self, port):
        self._client = Client(port)

    def resources(self, action, request):
        if action in REFUSED:
            raise ServiceError("UnknownOperationException", f"the local DynamoDB has no {action}")
        if action in ("BatchGetItem", "BatchWriteItem"):
            return [table_arn(name) for name in request["RequestItems"]]
        arn = table_arn(request["TableName"])
        return [f"{arn}/index/{request['IndexName']}" if "IndexName" in request else arn]

    async def forward(self, action, body):
        headers = [("Content-Type", CONTENT_TYPE), ("X-Amz-Target", f"DynamoDB_20120810.{action}"), ("X-Amz-Date", "now"),
                   ("Authorization", "AWS4-HMAC-SHA256 Credential=a/b/c/d/e, SignedHeaders=f, Signature=g")]
        status, fields, answer = await self._client.request("POST", "/", headers, body)
        kept = [(name, value) for name, value in fields if name.lower() in ("content-type", "x-amz-crc32", "x-amzn-requestid")]
        return Response(status, kept, answer)

    async def call(self, action, request):
        """For the tests themselves: the answer as a document."""
        response = await self.forward(action, json.dumps(request).encode())
        if response.status != 200:
            raise AssertionError(f"{action}: {response.status} {response.body[:500]}")
        return json.loads(response.body)

    async def create(self, tables):
        for wanted in tables:
            await self.call("CreateTable", wanted)

    async def scan(self, table):
        """All items, as DynamoDB writes them."""
        return (await self.call("Scan", {"TableName": table, "ConsistentRead": True}))["Items"]

    def close(self):
        self._client.close()
