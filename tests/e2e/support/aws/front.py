"""The endpoints that functions call. Every request must be signed by a function's own key, and what it asks for must be
allowed by that function's policy in the template; then it goes to the service. Tests put faults in here."""

import asyncio
import datetime
import email.utils
import json
from dataclasses import dataclass, field

from .http import Response, Server
from .json_api import ServiceError, answer
from .policy import Denied
from .sigv4 import BadSignature, verify
from .sqs import permission
from .template import ACCOUNT, REGION

JSON_TYPES = {"dynamodb": "application/x-amz-json-1.0", "sqs": "application/x-amz-json-1.0", "ssm": "application/x-amz-json-1.1"}
TARGETS = {"DynamoDB_20120810": "dynamodb", "AmazonSQS": "sqs", "AmazonSSM": "ssm"}


@dataclass
class Fault:
    """What happens to the next `times` calls of an operation ("dynamodb:GetItem", "dynamodb:*") by `who` (None: anybody)."""
    operation: str
    times: int
    response: Response | None = None  # None: close the connection
    delay: float = 0.0  # seconds before; with no response and a delay the call then goes on
    who: str | None = None
    seen: int = field(default=0)

    def applies(self, who, operation):
        service = operation.split(":")[0]
        return self.seen < self.times and self.who in (None, who) and self.operation in (operation, f"{service}:*")


def throttled(service):
    """The error with which AWS says: slower."""
    kind, status = {"dynamodb": ("com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException", 400),
                    "sqs": ("com.amazonaws.sqs#RequestThrottled", 400), "ssm": ("ThrottlingException", 400),
                    "execute-api": ("LimitExceededException", 429)}[service]
    headers = [("x-amzn-ErrorType", kind)] if service == "execute-api" else []
    return ServiceError(kind, "Rate exceeded", status, headers).response("application/json")


class Front:
    def __init__(self, ledger, services, connections, encrypted_tables, key_arn):
        self._ledger = ledger
        self._services = services  # {"dynamodb": DynamoDb, "sqs": Sqs, "ssm": Ssm}
        self._connections = connections  # the WebSocket gateway
        self._encrypted_tables, self._key_arn = encrypted_tables, key_arn
        self._server = Server(self._handle)
        self._functions = {}  # access key: (name, Policy)
        self._secrets = {}
        self.denied = []  # each one fails the test
        self.bad_signatures = []
        self.faults = []
        self.clock_offset = 0  # seconds that this AWS is ahead of the machine

    async def start(self):
        await self._server.start()
        return self

    @property
    def port(self):
        return self._server.port

    def admit(self, name, policy, access_key, secret, token):
        self._functions[access_key] = (name, policy)
        self._secrets[access_key] = (secret, token)

    async def close(self):
        await self._server.close()

    async def _handle(self, request):
        try:
            access_key, service = verify(request, self._secrets, self._now())
        except BadSignature as bad:
            if request.header("authorization") or request.header("x-amz-target"):  # else a stranger who asks every port
                self.bad_signatures.append(str(bad))
            date = [("Date", email.utils.format_datetime(self._now(), usegmt=True))]
            return ServiceError("InvalidSignatureException", str(bad), 403, date).response("application/json")
        name, policy = self._functions[access_key]
        try:
            if service == "execute-api":
                return await self._manage(request, name, policy)
            return await self._json(request, service, name, policy)
        except Denied as denied:
            self.denied.append(f"{name} {denied}")
            error = ServiceError("AccessDeniedException", f"User: {name} {denied}", 403 if service == "execute-api" else 400)
            return error.response("application/json")
        except ServiceError as error:
            return error.response(JSON_TYPES.get(service, "application/json"))

    def _now(self):
        return datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=self.clock_offset)

    async def drop_connections(self):
        self._server.drop()

    async def _injected(self, name, operation, what):
        for fault in self.faults:
            if not fault.applies(name, operation):
                continue
            fault.seen += 1
            if fault.delay:
                await asyncio.sleep(fault.delay)
            if fault.response is None and fault.delay:
                return None
            self._ledger.note(name, operation, what, fault.response.status if fault.response else 0)
            return fault.response or Response(0, hang_up=True)
        return None

    async def _json(self, request, service, name, policy):
        prefix, _, action = (request.header("x-amz-target") or "").partition(".")
        if TARGETS.get(prefix) != service or request.method != "POST":
            raise ServiceError("UnknownOperationException", f"{request.method} {prefix}.{action} signed for {service}")
        document = json.loads(request.body)
        implementation = self._services[service]
        resources = implementation.resources(action, document)
        needed = permission(action) if service == "sqs" else action
        for resource in resources:
            policy.check(f"{service}:{needed}", resource)
        self._check_key(service, document, policy)
        what = resources[0].rsplit(":", 1)[-1]
        if fault := await self._injected(name, f"{service}:{action}", what):
            return fault
        response = await self._serve(service, implementation, action, document, request)
        self._ledger.note(name, f"{service}:{action}", what, response.status)
        return response

    def _check_key(self, service, document, policy):
        """DynamoDB and SSM use the table's or the parameter's key in the name of who calls."""
        via = f"{service}.{REGION}.amazonaws.com"
        if service == "dynamodb" and document.get("TableName") in self._encrypted_tables:
            policy.check("kms:Decrypt", self._encrypted_tables[document["TableName"]], kms__ViaService=via)
        if service == "ssm" and document.get("WithDecryption") and self._services["ssm"].secure(document):
            policy.check("kms:Decrypt", self._key_arn, kms__ViaService=via)

    async def _serve(self, service, implementation, action, document, request):
        if service == "dynamodb":
            return await implementation.forward(action, request.body)
        if service == "ssm":
            return answer(await implementation.call(document), JSON_TYPES["ssm"])
        origin = f"http://{request.header('host')}"
        return answer(await implementation.call(action, document, origin), JSON_TYPES["sqs"])

    async def _manage(self, request, name, policy):
        """/STAGE/@connections/ID, its `=` escaped."""
        stage, connection_id = self._connections.parse_target(request.target)
        resource = (f"arn:aws:execute-api:{REGION}:{ACCOUNT}:{self._connections.api_id}/{stage}/{request.method}/"
                    f"@connections/{connection_id}")
        policy.check("execute-api:ManageConnections", resource)
        operation = f"execute-api:{request.method}"
        if fault := await self._injected(name, operation, connection_id):
            return fault
        response = await self._connections.manage(request.method, connection_id, request.body)
        self._ledger.note(name, operation, connection_id, response.status)
        return response
