"""The local AWS itself, with a small function of its own: a test of the tunnel is worth what this refuses."""

import base64
import itertools
import json
import os
import pathlib
import threading

import pytest

from support.aws.front import Fault, throttled
from support.aws.local import LocalAws
from support.aws.policy import Denied, Policy
from support.aws.sigv4 import signature
from support.aws.v1_socket import HandshakeRefused, V1Socket
from support.rawhttp import Route, fetch
from support.waiting import wait_until

HERE = pathlib.Path(__file__).parent
SAMPLE = ["/usr/bin/python3", "-B", HERE / "aws/sample_bootstrap.py"]
TABLE = "http-tunnel-dev-reservations"
QUEUE = "http-tunnel-dev-reply-1-a"
SMALL = {"http": 3, "ws": 8}


@pytest.fixture(scope="module")
def shared(aws_template, tmp_path_factory):
    """For the tests that change nothing."""
    aws = LocalAws(aws_template, SAMPLE, tmp_path_factory.mktemp("aws"), "s" * 32, concurrency=SMALL)
    aws.web.bucket.set(10_000, 10_000)
    yield aws
    aws.close()


@pytest.fixture
def aws(aws_template, tmp_path):
    aws = LocalAws(aws_template, SAMPLE, tmp_path, "s" * 32, concurrency=SMALL)
    yield aws
    aws.close()


def route(aws):
    return Route(aws.web.port, "localhost")


def ask(aws, method, target, headers=(), **how):
    return fetch(route(aws), method, target, headers, **how)


def carry_out(aws, *calls):
    """[(status, document)] of AWS calls made by the http function."""
    body = json.dumps({"calls": calls}).encode()
    answer = json.loads(ask(aws, "POST", "/calls", [("Content-Type", "application/json")], body=body).body)
    return [(status, json.loads(text)) if status and text else (status, text) for status, text in answer]


# --- HTTP API
def test_events_have_payload_format_2(shared):
    headers = [("X-Foo", "A"), ("x-foo", "B"), ("Cookie", "a=1; b=2")]
    event = json.loads(ask(shared, "GET", "/event?x=1&x=2&y=%26", headers).body)
    assert (event["version"], event["routeKey"], event["rawPath"]) == ("2.0", "$default", "/event")
    assert event["rawQueryString"] == "x=1&x=2&y=%26"
    assert event["queryStringParameters"] == {"x": "1,2", "y": "&"}
    assert event["cookies"] == ["a=1", "b=2"]
    assert event["headers"]["x-foo"] == "A,B"
    assert "cookie" not in event["headers"]
    assert event["requestContext"]["http"]["method"] == "GET"
    assert event["requestContext"]["http"]["sourceIp"] == "127.0.0.1"


@pytest.mark.parametrize("kind, body, encoded", [("application/json", b'{"a":1}', False), ("text/plain", "ü".encode(), False),
                                                 ("text/plain", b"\xff", True), ("application/octet-stream", b"abc", True),
                                                 ("application/x-www-form-urlencoded", b"a=1", True)])
def test_bodies_are_text_or_base64(shared, kind, body, encoded):
    event = json.loads(ask(shared, "POST", "/event", [("Content-Type", kind)], body=body).body)
    assert event["isBase64Encoded"] == encoded
    assert (base64.b64decode(event["body"]) if encoded else event["body"].encode()) == body


def test_answers_may_be_binary_and_set_several_cookies(shared):
    answer = ask(shared, "POST", "/echo", body=b"\x00\xff")
    assert (answer.status, answer.body) == (200, b"\x00\xff")
    assert answer.get_all("Set-Cookie") == ["a=1; Path=/", "b=2; HttpOnly"]


@pytest.mark.parametrize("target, headers, body, status", [
    ("/echo", [("X-Long", "x" * 10_240)], None, 431), ("/echo", [], b"x" * (10 * 1024 * 1024 + 1), 413),
    ("/echo", [], b"x" * (6 * 1024 * 1024), 413), (f"/large?{6 * 1024 * 1024}", [], None, 500), ("/wrong", [], None, 500),
    ("/raise", [], None, 500)])
def test_what_aws_answers_itself(shared, target, headers, body, status):
    assert ask(shared, "POST", target, headers, body=body).status == status


def test_a_stage_is_throttled_as_the_template_says(aws):
    bucket = aws.web.bucket
    assert (bucket.rate, bucket.burst) == (50, 100)
    now = bucket.clock()
    bucket.clock = lambda: now  # however long the machine takes for them
    statuses = [ask(aws, "GET", "/event").status for _ in range(110)]
    refused = statuses.index(429)
    assert 90 < refused <= 100 and statuses == [200] * refused + [429] * (110 - refused)  # others may ask every port
    bucket.clock = lambda: now + 0.5
    assert [ask(aws, "GET", "/event").status for _ in range(20)] == [200] * 20


# --- Lambda
def test_a_function_sleeps_between_invocations_and_wakes_for_the_next(shared):
    pid = json.loads(ask(shared, "GET", "/process").body)["pid"]
    state = lambda: pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    wait_until(lambda: state() == "T", 5, "the environment is not frozen")
    assert json.loads(ask(shared, "GET", "/process").body)["pid"] == pid


def test_no_more_environments_than_reserved(aws):
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(ask(aws, "GET", "/sleep?6").status)) for _ in range(SMALL["http"])]
    for thread in threads:
        thread.start()
    wait_until(lambda: len(aws.functions["http"].environments) == SMALL["http"]
               and all(environment._answer for environment in aws.functions["http"].environments), 15, "not all are busy")
    assert ask(aws, "GET", "/event").status == 500
    for thread in threads:
        thread.join(30)
    assert answers == [200] * SMALL["http"]
    assert aws.functions["http"].throttles >= 1  # others, who ask every port, may have been turned away, too


def test_a_function_that_exits_or_hangs_costs_its_environment(aws):
    assert ask(aws, "GET", "/exit").status == 500
    aws.functions["http"].timeout = 3
    assert ask(aws, "GET", "/sleep?30").status == 500
    assert [failure[:20] for failure in aws.functions["http"].failures] == ["Runtime exited", "Task timed out after"]
    assert aws.functions["http"].environments == []
    assert ask(aws, "GET", "/event").status == 200


def test_the_gateway_waits_no_longer_than_the_template_says(aws):
    aws.web.timeout = 0.5
    assert ask(aws, "GET", "/sleep?2").status == 503


def test_idle_environments_can_be_taken_away(aws):
    first = json.loads(ask(aws, "GET", "/process").body)["pid"]
    assert aws.call(aws.functions["http"].reap()) == 1
    assert json.loads(ask(aws, "GET", "/process").body)["pid"] != first


# --- what functions may call
def test_calls_are_checked_against_the_policy_of_the_template(aws):
    allowed, scan, other_queue, secret = carry_out(
        aws, ["dynamodb", "PutItem", {"TableName": TABLE, "Item": {"name": {"S": "a"}}}], ["dynamodb", "Scan", {"TableName": TABLE}],
        ["sqs", "CreateQueue", {"QueueName": "somebody-elses"}],
        ["ssm", "GetParameters", {"Names": ["/http-tunnel/dev/jwt-secret"], "WithDecryption": True}])
    assert allowed[0] == 200
    assert [status for status, _ in (scan, other_queue, secret)] == [400] * 3
    assert len(aws.front.denied) == 3
    with pytest.raises(AssertionError, match="dynamodb:Scan on resource: .*:table/http-tunnel-dev-reservations"):
        aws.check()


def test_a_policy_knows_conditions_and_wildcards():
    policy = Policy([{"Sid": "Key", "Effect": "Allow", "Action": "kms:Decrypt", "Resource": "arn:key/*",
                      "Condition": {"StringEquals": {"kms:ViaService": ["ssm.x"]}}}])
    policy.check("kms:Decrypt", "arn:key/1", kms__ViaService="ssm.x")
    for wrong in ({"kms__ViaService": "s3.x"}, {}):
        with pytest.raises(Denied):
            policy.check("kms:Decrypt", "arn:key/1", **wrong)
    with pytest.raises(Denied):
        policy.check("kms:Decrypt", "arn:other/1", kms__ViaService="ssm.x")
    assert policy.unused() == []


def test_signatures_are_those_of_aws():
    """From botocore 1.43.11: dynamodb-session-token of the vectors that backend-aws is tested with."""
    token = "FQoGZXIvYXdzEXAMPLETOKEN//////////wEaD+abc/def=="
    headers = {"content-type": "application/x-amz-json-1.0", "host": "dynamodb.eu-central-1.amazonaws.com",
               "x-amz-date": "20260102T030405Z", "x-amz-security-token": token, "x-amz-target": "DynamoDB_20120810.GetItem"}
    assert signature("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "20260102T030405Z", "eu-central-1", "dynamodb", "POST", "/", headers,
                     b"{}") == "e0d0dba0505158342072bb9db435583e7ba19741d835685898659f0ea799bd72"


def test_a_call_signed_for_another_function_is_refused(aws):
    ask(aws, "GET", "/event")
    for key in aws.front._secrets:
        aws.front._secrets[key] = ("another secret", aws.front._secrets[key][1])
    (status, document), = carry_out(aws, ["dynamodb", "GetItem", {"TableName": TABLE, "Key": {"name": {"S": "a"}}}])
    assert (status, document["__type"]) == (403, "InvalidSignatureException")
    with pytest.raises(AssertionError, match="badly signed"):
        aws.check()


def test_faults_can_be_put_in(aws):
    get = ["dynamodb", "GetItem", {"TableName": TABLE, "Key": {"name": {"S": "a"}}}]
    fault = aws.fault(Fault("dynamodb:*", 1, throttled("dynamodb")))
    aws.fault(Fault("dynamodb:GetItem", 1))
    first, second, third = carry_out(aws, get, get, get)
    assert (first[0], first[1]["__type"].split("#")[-1]) == (400, "ProvisionedThroughputExceededException")
    assert second[0] == 0  # hung up
    assert third[0] == 200
    assert fault.seen == 1


# --- SQS
def test_a_queue_waits_for_its_message_and_hides_it(aws):
    url = carry_out(aws, ["sqs", "CreateQueue", {"QueueName": QUEUE}])[0][1]["QueueUrl"]
    receive = {"QueueUrl": url, "WaitTimeSeconds": 10, "VisibilityTimeout": 30}
    send = lambda text: aws.call(aws.sqs.call("SendMessage", {"QueueUrl": url, "MessageBody": text}, ""))
    threading.Timer(0.2, send, ["hello"]).start()
    got, again = carry_out(aws, ["sqs", "ReceiveMessage", receive], ["sqs", "ReceiveMessage", {"QueueUrl": url}])
    assert got[1]["Messages"][0]["Body"] == "hello"
    assert "Messages" not in again[1]
    receipt = got[1]["Messages"][0]["ReceiptHandle"]
    carry_out(aws, ["sqs", "DeleteMessage", {"QueueUrl": url, "ReceiptHandle": receipt}])
    assert aws.sqs.waiting() == {QUEUE: 0}
    deleted, gone, recreated = carry_out(aws, ["sqs", "DeleteQueue", {"QueueUrl": url}], ["sqs", "ReceiveMessage", receive],
                                         ["sqs", "CreateQueue", {"QueueName": QUEUE}])
    assert deleted[0] == 200
    assert gone[1]["__type"].endswith("#QueueDoesNotExist")
    assert recreated[1]["__type"].endswith("#QueueDeletedRecently")


def test_a_queue_has_the_limits_of_sqs(aws):
    url = carry_out(aws, ["sqs", "CreateQueue", {"QueueName": QUEUE}])[0][1]["QueueUrl"]
    call = lambda action, **request: aws.call(aws.sqs.call(action, {"QueueUrl": url, **request}, ""))
    for action, request in (("SendMessage", {"MessageBody": "x" * (1024 * 1024 + 1)}), ("SendMessage", {"MessageBody": ""}),
                            ("ReceiveMessage", {"WaitTimeSeconds": 21}), ("ReceiveMessage", {"MaxNumberOfMessages": 11})):
        with pytest.raises(Exception, match="InvalidParameterValue"):
            call(action, **request)
    aws.sqs.duplicate_next = True
    call("SendMessage", MessageBody="twice")
    assert [message["Body"] for message in call("ReceiveMessage", MaxNumberOfMessages=10)["Messages"]] == ["twice", "twice"]


# --- WebSocket API
def connect(aws, token="good", **how):
    return V1Socket(aws.links.url, token=token, **how)


def test_connecting_asks_the_authorizer_and_the_function(shared):
    link = connect(shared, subprotocol="tunnel.v1.json,other")
    assert link.subprotocol == "tunnel.v1.json"
    link.send("who am I")
    assert json.loads(link.receive()) == {"principalId": "p", "integrationLatency": 1, "sub": "alice", "number": "7", "flag": "true"}
    link.close()


@pytest.mark.parametrize("token, how, status", [(None, {}, 401), ("nobody", {}, 401), ("bad", {}, 403),
                                                ("good", {"subprotocol": "refused"}, 403)])
def test_who_is_refused(shared, token, how, status):
    with pytest.raises(HandshakeRefused) as refused:
        connect(shared, token=token, **how)
    assert refused.value.status == status


def test_messages_cross_in_frames_of_32_kb(shared):
    link = connect(shared)
    text = "ä" * (64 * 1024)
    link.send(text)
    assert link.receive() == text
    assert link.frames == [32 * 1024] * 4
    assert (shared.links.largest_frame, shared.links.largest_message) == (32 * 1024, 128 * 1024)
    link.close()


@pytest.mark.parametrize("send, code", [(lambda link: link.send("x" * (32 * 1024 + 1), frame_bytes=64 * 1024), 1009),
                                        (lambda link: link.send("x" * (128 * 1024 + 1)), 1009),
                                        (lambda link: link.send_binary(b"x"), 1003)])
def test_for_what_a_link_is_closed(shared, send, code):
    link = connect(shared)
    send(link)
    assert link.wait_closed() == code


def test_a_failed_message_is_told_to_the_client(shared):
    link = connect(shared)
    link.send("raise")
    assert json.loads(link.receive())["message"] == "Internal server error"
    link.close()


def test_messages_may_overtake_each_other(aws):
    link = connect(aws)
    delays = itertools.chain([0.3], itertools.repeat(0))
    aws.links.delay_message = lambda: next(delays)
    link.send("first")
    link.send("second")
    assert [link.receive(), link.receive()] == ["second", "first"]
    link.close()


def test_the_end_of_a_link_is_an_event_whatever_ended_it(aws):
    told = lambda code: wait_until(lambda: f" {code}\n" in aws.functions["ws"].log_text(), 10, f"no $disconnect with {code}")
    connect(aws).close(1000)
    told(1000)
    connect(aws).vanish()
    told(1006)
    link = connect(aws)
    aws.wait_links(1)
    aws.call(aws.links.drop(next(iter(aws.links.links))))
    assert link.wait_closed() == 1001
    told(1001)
    connect(aws).send("close me")
    aws.wait_links(0)


def test_posting_to_who_is_gone_or_too_much(aws):
    gone, = carry_out(aws, ["execute-api", "POST", {"path": "/@connections/abc%3D", "body": "x"}])
    assert gone[0] == 410
    link = connect(aws)
    aws.wait_links(1)
    response = aws.call(aws.links.manage("POST", next(iter(aws.links.links)), b"x" * (128 * 1024 + 1)))
    assert response.status == 413
    link.close()


def test_every_operation_is_counted(aws):
    mark = aws.ledger.mark()
    carry_out(aws, ["dynamodb", "GetItem", {"TableName": TABLE, "Key": {"name": {"S": "a"}}}])
    assert aws.ledger.counts(mark) == {("gateway", "gateway:http-request"): 1, ("http", "dynamodb:GetItem"): 1}
    assert "dynamodb:GetItem" in aws.ledger.table(mark, 1)


def test_nothing_of_it_outlives_it(aws_template, tmp_path):
    aws = LocalAws(aws_template, SAMPLE, tmp_path, "s" * 32, concurrency=SMALL)
    ask(aws, "GET", "/event")
    pids = [environment.pid for function in aws.functions.values() for environment in function.environments]
    assert pids
    aws.close()
    for pid in pids:
        assert not os.path.exists(f"/proc/{pid}")
