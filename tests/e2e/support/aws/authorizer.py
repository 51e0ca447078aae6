"""The Lambda authorizer of $connect, as API Gateway asks it and believes it."""

import asyncio
import json

from .environment import InvocationFailed
from .policy import Denied, Policy
from .template import ACCOUNT, REGION
from .websocket_event import authorizer_event

MAX_RESULT_BYTES = 8 * 1024


class Refused(Exception):
    def __init__(self, status, why):
        super().__init__(why)
        self.status = status


async def authorize(function, api, link, headers):
    """What becomes requestContext.authorizer; Refused otherwise."""
    method_arn = f"arn:aws:execute-api:{REGION}:{ACCOUNT}:{api.id}/{api.stage}/$connect"
    try:
        event = authorizer_event(api, link, headers, method_arn)
        answer = await function.invoke(json.dumps(event).encode(), api.timeout_ms / 1000)
        document = json.loads(answer)
        statements = document["policyDocument"]["Statement"]
        context = document.get("context") or {}
    except InvocationFailed as failed:
        if "Unauthorized" in str(failed):  # the one word that API Gateway knows
            raise Refused(401, "Unauthorized") from None
        raise Refused(500, str(failed)) from None
    except (ValueError, KeyError, TypeError, asyncio.TimeoutError) as wrong:
        raise Refused(500, f"not an authorizer's answer: {wrong!r}") from None
    if len(answer) > MAX_RESULT_BYTES or not all(isinstance(value, (str, int, float, bool)) for value in context.values()):
        raise Refused(500, "the authorizer's answer is larger than 8 KB, or its context is not flat")
    _check(statements, method_arn)
    texts = {name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in context.items()}
    return {"principalId": document["principalId"], "integrationLatency": 1, **texts}


def _check(statements, method_arn):
    listed = statements if isinstance(statements, list) else [statements]
    allowing = [{"Sid": "", **statement} for statement in listed if statement["Effect"] == "Allow"]
    denying = [{"Sid": "", **statement, "Effect": "Allow"} for statement in listed if statement["Effect"] == "Deny"]
    for statement in (*allowing, *denying):  # a bare "*" is a wildcard action, which no role of ours has
        if statement["Action"] == "*":
            statement["Action"] = "execute-api:Invoke"
    try:
        Policy(allowing).check("execute-api:Invoke", method_arn)
    except Denied:
        raise Refused(403, "not allowed") from None
    try:
        Policy(denying).check("execute-api:Invoke", method_arn)
    except Denied:
        return
    raise Refused(403, "denied")
