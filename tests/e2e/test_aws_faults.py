"""When AWS, a client or an environment fails: the visitor gets the right status in bounded time, and nothing stays behind."""

import base64
import contextlib
import json
import threading
import time

import pytest

from support.aws.front import Fault, throttled
from support.aws.serverless import Serverless
from support.rawhttp import fetch
from support.waiting import wait_until

CONFIG = """
[tunnel]
request_timeout_secs = 4
[security]
max_requests_per_minute = 100000
"""
BOUND_SECONDS = 20  # far above the request's own timeout, below API Gateway's


@pytest.fixture
def cloud(aws_template, tmp_path):
    cloud = Serverless(aws_template, tmp_path, config=CONFIG)
    yield cloud
    cloud.close()


@pytest.fixture
def patient(aws_template, tmp_path):
    """With the time limit that it has unless configured."""
    cloud = Serverless(aws_template, tmp_path)
    yield cloud
    cloud.close()


def hello(tunnel, request, _):
    tunnel.respond(request, 200, {"Content-Type": ["text/plain"]}, b"hello")


def silent(*_):
    """A local service that never answers."""


def timed(cloud, name="shop", **how):
    began = time.monotonic()
    answer = fetch(cloud.subdomain(name), "GET", "/", **how)
    assert time.monotonic() - began < BOUND_SECONDS
    return answer


def assert_error(answer, status, code):
    assert (answer.status, answer.get("X-Tunnel-Error")) == (status, code), answer.body[:300]


def assert_clean(cloud):
    cloud.leave()
    wait_until(lambda: cloud.remains() == {"connections": [], "messages": {}}, 20, lambda: cloud.remains())


def test_no_answer_is_504_and_is_cancelled(cloud):
    tunnel = cloud.tunnel(name="shop", answer=silent)
    assert_error(timed(cloud), 504, "timeout")
    cancel = tunnel.wait_message("cancel")
    assert cancel["request_id"] == tunnel.requests[0]["request_id"]
    assert_clean(cloud)


def test_a_throttled_table_is_tried_again(cloud):
    cloud.tunnel(name="shop", answer=hello)
    fault = cloud.aws.fault(Fault("dynamodb:*", 2, throttled("dynamodb")))
    assert timed(cloud).status == 200
    assert fault.seen == 2
    assert_clean(cloud)


@pytest.mark.parametrize("response", [throttled("dynamodb"), None], ids=["throttled", "down"])
def test_a_table_that_stays_away_costs_a_503_or_502_in_time(cloud, response):
    cloud.tunnel(name="shop", answer=hello)
    fault = cloud.aws.fault(Fault("dynamodb:*", 10_000, response))
    answer = timed(cloud)
    assert answer.status in (502, 503, 429), answer
    fault.times = 0
    wait_until(lambda: timed(cloud).status == 200, 20, "does not recover")
    assert_clean(cloud)


def test_a_link_that_has_gone_is_noticed_by_410(cloud):
    tunnel = cloud.tunnel(name="shop", answer=hello)
    assert timed(cloud).status == 200  # the connection is remembered now
    connection = next(iter(cloud.aws.links.links))
    cloud.aws.links.links.pop(connection)  # gone, and no $disconnect was told
    assert timed(cloud).status in (404, 502, 503)
    assert timed(cloud).status in (404, 503)
    tunnel.close()
    assert_clean(cloud)


@contextlib.contextmanager
def a_visitor_who_waits(cloud):
    """The tunnel, whose client must go meanwhile: the request fails at once, not after the 25 s that it may take."""
    arrived = threading.Event()
    tunnel = cloud.tunnel(name="shop", answer=lambda *_: arrived.set())
    answers = []
    began = time.monotonic()
    thread = threading.Thread(target=lambda: answers.append(fetch(cloud.subdomain("shop"), "GET", "/")))
    thread.start()
    assert arrived.wait(15)
    yield tunnel
    thread.join(40)
    assert_error(answers[0], 502, "connection_lost")
    assert time.monotonic() - began < 20


def test_who_finds_a_link_gone_tells_those_who_wait_for_it(patient):
    """A visitor may come between the end of a link and its $disconnect, which then finds nobody to tell any more."""
    with a_visitor_who_waits(patient) as tunnel:
        patient.aws.links.links.pop(next(iter(patient.aws.links.links)))
        assert timed(patient).status in (404, 503)
    tunnel.close()
    assert_clean(patient)


def test_a_client_that_reads_slowly_is_posted_to_again(cloud):
    cloud.tunnel(name="shop", answer=hello)
    fault = cloud.aws.fault(Fault("execute-api:POST", 2, throttled("execute-api"), who="http"))
    assert timed(cloud).status == 200
    assert fault.seen == 2
    assert_clean(cloud)


def test_a_client_that_never_reads_costs_a_429(cloud):
    tunnel = cloud.tunnel(name="shop", answer=hello)
    fault = cloud.aws.fault(Fault("execute-api:POST", 10_000, throttled("execute-api"), who="http"))
    answer = timed(cloud)
    assert_error(answer, 429, "rate_limited")
    assert answer.get("Retry-After")
    assert tunnel.requests == []
    fault.times = 0
    assert timed(cloud).status == 200
    assert_clean(cloud)


@pytest.mark.parametrize("response", [throttled("sqs"), None], ids=["throttled", "down"])
@pytest.mark.parametrize("who", ["http", "ws"])
def test_queues_that_stay_away_cost_the_request_only(cloud, who, response):
    cloud.tunnel(name="shop", answer=hello)
    assert timed(cloud).status == 200
    fault = cloud.aws.fault(Fault("sqs:*", 10_000, response, who=who))
    assert timed(cloud).status in (429, 500, 502, 503, 504)
    fault.times = 0
    wait_until(lambda: timed(cloud).status == 200, 20, "does not recover")
    assert_clean(cloud)


def test_a_client_that_goes_fails_its_requests_at_once(patient):
    with a_visitor_who_waits(patient) as tunnel:
        tunnel.socket.vanish()
    assert_clean(patient)


def test_a_late_answer_reaches_nobody_else(cloud):
    kept = []
    tunnel = cloud.tunnel(name="shop", answer=lambda tunnel, request, _: kept.append(request))
    assert timed(cloud).status == 504
    tunnel._answer = hello
    tunnel.respond(kept[0], 200, {}, b"late")
    for _ in range(3):
        answer = timed(cloud)
        assert (answer.status, answer.body) == (200, b"hello")
    assert_clean(cloud)


def test_a_second_answer_is_dropped(cloud):
    def twice(tunnel, request, _):
        tunnel.respond(request, 200, {}, b"first")
        tunnel.respond(request, 200, {}, b"second")
    cloud.tunnel(name="shop", answer=twice)
    for _ in range(5):
        assert timed(cloud).body in (b"first", b"second")
    assert_clean(cloud)


def test_a_message_that_sqs_delivers_twice_is_taken_once(cloud):
    body = bytes(range(256)) * 1000  # in chunks

    def answer(tunnel, request, _):
        cloud.aws.sqs.duplicate_next = True
        tunnel.respond(request, 200, {}, body)
    cloud.tunnel(name="shop", answer=answer)
    assert timed(cloud).body == body
    assert_clean(cloud)


# --- answers that are not the asked client's
def forged(token):
    """Changed in the middle, where a signature or what it signs must notice."""
    letter = "A" if token[len(token) // 2] != "A" else "B"
    return token[:len(token) // 2] + letter + token[len(token) // 2 + 1:]


def intrude(cloud, change):
    """Bob answers a request that was sent to alice's tunnel. What the visitor got."""
    seen = threading.Event()
    requests = []

    def keep(_, request, __):
        requests.append(request)
        seen.set()
    cloud.tunnel(name="shop", answer=keep)
    bob = cloud.tunnel(name="bobs", token=cloud.token("bob"), answer=hello)
    answers = []
    thread = threading.Thread(target=lambda: answers.append(timed(cloud)))
    thread.start()
    assert seen.wait(15)
    bob.respond(change(dict(requests[0])), 200, {}, b"bob was here")
    thread.join(30)
    return answers[0]


@pytest.mark.parametrize("change", [lambda request: request, lambda request: {**request, "reply_to": forged(request["reply_to"])},
                                    lambda request: {key: value for key, value in request.items() if key != "reply_to"}],
                         ids=["stolen", "forged", "missing"])
def test_nobody_answers_for_another(cloud, change):
    answer = intrude(cloud, change)
    assert answer.status == 504
    assert b"bob" not in answer.body
    cloud.aws.sqs.names()
    assert_clean(cloud)


def test_a_forged_reply_to_of_its_own_request_is_refused(cloud):
    cloud.tunnel(name="shop", answer=lambda tunnel, request, _: tunnel.respond(
        {**request, "reply_to": forged(request["reply_to"])}, 200, {}, b"forged"))
    assert timed(cloud).status == 504
    assert_clean(cloud)


def test_messages_that_are_no_messages_end_nothing_but_their_link(cloud):
    good = cloud.tunnel(name="good", token=cloud.token("good"), answer=hello)
    bad = cloud.tunnel(name="bad", answer=hello)
    for text in ("", "{", "[]", '{"type":"http_response"}', '{"type":"what"}', json.dumps({"type": "body_chunk", "seq": -1}),
                 base64.b64encode(bytes(1000)).decode(), "\u0000", '{"type":"ready"}'):
        try:
            bad.socket.send(text)
        except Exception:  # the link may have been closed for the one before
            break
    assert timed(cloud, "good").status == 200
    assert good.socket.closed.is_set() is False
    assert_clean(cloud)


def test_logs_hold_no_bodies_and_no_tokens(cloud):
    cloud.tunnel(name="shop", answer=lambda tunnel, request, _: tunnel.respond(request, 200, {}, b"SECRET-ANSWER"))
    route = cloud.subdomain("shop")
    assert fetch(route, "POST", "/?q=SECRET-QUERY", [("Authorization", "Basic SECRET-FIELD")], body=b"SECRET-BODY").status == 200
    assert fetch(cloud.subdomain("nobody"), "GET", "/?q=SECRET-QUERY").status == 404
    cloud.leave()
    written = "".join(function.log_text() for function in cloud.aws.functions.values())
    assert written
    for secret in ("SECRET", "U0VDUkVU", cloud.token()[:20]):
        assert secret not in written


# --- environments
def test_an_environment_killed_in_its_request_costs_that_request_only(cloud):
    arrived = threading.Event()
    cloud.tunnel(name="shop", answer=lambda tunnel, request, body: arrived.set() or (
        hello(tunnel, request, body) if request["uri"] == "/" else None))
    answers = []
    thread = threading.Thread(target=lambda: answers.append(fetch(cloud.subdomain("shop"), "GET", "/slow")))
    thread.start()
    assert arrived.wait(15)
    environment = cloud.aws.functions["http"].environments[0]
    cloud.aws.call(environment.kill())
    thread.join(30)
    assert answers[0].status == 500  # API Gateway's own
    assert timed(cloud).status == 200
    cloud.aws.functions["http"].failures.clear()
    assert_clean(cloud)


def test_environments_that_vanish_while_idle_leave_queues_that_the_schedule_removes(cloud):
    cloud.tunnel(name="shop", answer=hello)
    assert timed(cloud).status == 200
    before = cloud.aws.sqs.names()
    assert len(before) == 1
    cloud.aws.call(cloud.aws.functions["http"].reap())
    assert timed(cloud).status == 200
    assert len(cloud.aws.sqs.names()) == 2
    assert_clean(cloud)


def test_a_queue_that_is_not_there_at_once_is_waited_for(cloud):
    """SQS: you must wait at least one second after the queue is created."""
    cloud.aws.sqs.settle_seconds = 1.0
    cloud.tunnel(name="shop", answer=hello)
    assert timed(cloud).status == 200
    assert_clean(cloud)


def test_a_queue_that_vanished_is_made_again(cloud):
    cloud.tunnel(name="shop", answer=hello)
    assert timed(cloud).status == 200
    name, = cloud.aws.sqs.names()
    cloud.aws.call(cloud.aws.sqs.call("DeleteQueue", {"QueueUrl": f"http://x/1/{name}"}, ""))
    assert timed(cloud).status in (200, 502, 503, 504)
    assert timed(cloud).status == 200
    assert_clean(cloud)


def test_a_frozen_environment_takes_up_its_work_with_stale_connections(cloud):
    cloud.tunnel(name="shop", answer=hello)
    assert timed(cloud).status == 200
    cloud.aws.call(cloud.aws.front.drop_connections())
    assert timed(cloud).status == 200
    assert_clean(cloud)


def test_many_at_once_wait_for_nobody_else(cloud):
    """More requests wait than ws has environments: replies still come through."""
    release = threading.Event()

    def later(tunnel, request, body):
        release.wait(10)
        hello(tunnel, request, body)
    tunnel = cloud.tunnel(name="shop", answer=later)
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(timed(cloud).status)) for _ in range(15)]
    for thread in threads:
        thread.start()
    wait_until(lambda: len(tunnel.requests) == 15, 20, lambda: f"{len(tunnel.requests)} arrived")
    release.set()
    for thread in threads:
        thread.join(30)
    assert answers == [200] * 15
    assert_clean(cloud)


def test_a_tunnel_has_a_limit_of_requests_a_minute(aws_template, tmp_path):
    cloud = Serverless(aws_template, tmp_path, config="[security]\nmax_requests_per_minute = 20\n")
    try:
        cloud.tunnel(name="shop", answer=hello)
        cloud.tunnel(name="other", token=cloud.token("bob"), answer=hello)
        answers = [timed(cloud) for _ in range(60)]
        limited = [answer for answer in answers if answer.status == 429]
        assert 0 < len(limited) < 60
        assert_error(limited[0], 429, "rate_limited")
        assert limited[0].get("Retry-After")
        assert timed(cloud, "other").status == 200
        assert_clean(cloud)
    finally:
        cloud.close()


def test_a_clock_that_is_wrong_is_set_by_what_aws_says(aws_template, tmp_path):
    """The signature is 20 minutes old for AWS: it says its time, and the next one is right."""
    cloud = Serverless(aws_template, tmp_path, config=CONFIG)
    try:
        cloud.aws.front.clock_offset = 1200
        cloud.tunnel(name="shop", answer=hello)
        assert timed(cloud).status == 200
        assert cloud.aws.front.bad_signatures  # the first of each environment
        assert cloud.aws.front.denied == []
        assert_clean(cloud)
    finally:
        cloud.close(check=False)


def test_a_cold_start_with_a_wrong_configuration_fails_with_a_clear_line(aws_template, tmp_path):
    cloud = Serverless(aws_template, tmp_path, config="[tunnel]\nmax_conections = 3\n")
    try:
        assert fetch(cloud.subdomain("shop"), "GET", "/").status >= 500
        assert "max_conections" in cloud.aws.functions["http"].log_text()
    finally:
        cloud.close(check=False)
