"""A small function that speaks the Runtime API, to test the local AWS itself: it does what the event tells it to.
A visitor's body {"calls": [[service, action, document], ...]} is carried out and answered with what came back."""

import http.client
import json
import os
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parents[1]))
from support.aws.sigv4 import sign  # noqa: E402

TARGETS = {"dynamodb": "DynamoDB_20120810", "sqs": "AmazonSQS", "ssm": "AmazonSSM"}


def call(service, action, document):
    variable = "TUNNEL_WEBSOCKET_ENDPOINT" if service == "execute-api" else f"AWS_ENDPOINT_URL_{service.upper()}"
    url = os.environ[variable]
    if service == "execute-api":
        method, path, body = action, document["path"], document.get("body", "").encode()
        url, headers = f"{url}{path}", {}
    else:
        method, body = "POST", json.dumps(document).encode()
        headers = {"Content-Type": "application/x-amz-json-1.0", "X-Amz-Target": f"{TARGETS[service]}.{action}"}
        url += "/"
    secret = os.environ["AWS_SECRET_ACCESS_KEY"]
    signed = sign(os.environ["AWS_ACCESS_KEY_ID"], secret, os.environ["AWS_SESSION_TOKEN"], os.environ["AWS_REGION"], service, method,
                  url, headers, body)
    host = url.split("/")[2]
    connection = http.client.HTTPConnection(host, timeout=30)
    try:
        connection.request(method, url.split(host, 1)[1], body, {**signed, "Content-Length": str(len(body))})
        response = connection.getresponse()
        return response.status, response.read().decode()
    except (ConnectionError, http.client.HTTPException) as error:
        return 0, repr(error)
    finally:
        connection.close()


def handle_http(event):
    body = event.get("body")
    if event["rawPath"] == "/event":
        return {"statusCode": 200, "headers": {"Content-Type": "application/json"}, "body": json.dumps(event)}
    if event["rawPath"] == "/echo":
        return {"statusCode": 200, "headers": {"Content-Type": "x/y"}, "cookies": ["a=1; Path=/", "b=2; HttpOnly"],
                "body": body or "", "isBase64Encoded": event["isBase64Encoded"]}
    if event["rawPath"] == "/sleep":
        time.sleep(float(event["rawQueryString"]))
        return {"statusCode": 200, "body": "slept"}
    if event["rawPath"] == "/exit":
        os._exit(3)
    if event["rawPath"] == "/raise":
        raise ValueError("on purpose")
    if event["rawPath"] == "/large":
        return {"statusCode": 200, "body": "x" * int(event["rawQueryString"])}
    if event["rawPath"] == "/wrong":
        return {"statusCode": "many"}
    if event["rawPath"] == "/process":
        return {"statusCode": 200, "body": json.dumps({"pid": os.getpid()})}
    return {"statusCode": 200, "body": json.dumps([call(*wanted) for wanted in json.loads(body)["calls"]])}


def handle_ws(event):
    if event.get("type") == "REQUEST":
        token = event["headers"].get("Authorization", "")
        effect = "Deny" if token == "Bearer bad" else "Allow"
        if token == "Bearer nobody":
            raise ValueError("Unauthorized")
        return {"principalId": "p", "context": {"sub": "alice", "number": 7, "flag": True},
                "policyDocument": {"Version": "2012-10-17", "Statement": [
                    {"Action": "execute-api:Invoke", "Effect": effect, "Resource": event["methodArn"]}]}}
    context = event["requestContext"]
    if context["eventType"] == "CONNECT":
        offered = event["headers"].get("Sec-WebSocket-Protocol", "")
        return {"statusCode": 403 if offered == "refused" else 200, "headers": {"Sec-WebSocket-Protocol": offered.split(",")[0]}}
    if context["eventType"] == "MESSAGE":
        path = f"/@connections/{context['connectionId'].replace('=', '%3D').replace('/', '%2F').replace('+', '%2B')}"
        if event["body"] == "raise":
            raise ValueError("on purpose")
        if event["body"] == "close me":
            call("execute-api", "DELETE", {"path": path})
        else:
            sent = event["body"] if event["body"] != "who am I" else json.dumps(context["authorizer"])
            call("execute-api", "POST", {"path": path, "body": sent})
    elif context["eventType"] == "DISCONNECT":
        print("disconnected", context["connectionId"], context["disconnectStatusCode"], flush=True)
    return {"statusCode": 200}


def main():
    print("started", flush=True)
    api = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
    handle = handle_http if os.environ["TUNNEL_FUNCTION"] == "http" else handle_ws
    while True:
        api.request("GET", "/2018-06-01/runtime/invocation/next")
        response = api.getresponse()
        request_id = response.headers["Lambda-Runtime-Aws-Request-Id"]
        event = json.loads(response.read())
        try:
            kind, answer = "response", handle(event)
        except ValueError as error:
            kind, answer = "error", {"errorType": "ValueError", "errorMessage": str(error)}
        api.request("POST", f"/2018-06-01/runtime/invocation/{request_id}/{kind}", json.dumps(answer))
        api.getresponse().read()


if __name__ == "__main__":
    main()
