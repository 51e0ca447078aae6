"""Tunnels through `bootstrap` on a local AWS: requests, bodies, names, error pages, and what each request costs."""

import json
import os
import random

import pytest

from support.aws.serverless import Serverless
from support.aws.v1_socket import HandshakeRefused, V1Socket
from support.rawhttp import Route, fetch
from support.waiting import free_port, wait_until

KIB, MIB = 1024, 1024 * 1024
SIZES = [0, 1, 24 * KIB, 95 * KIB, 128 * KIB, MIB, 4 * MIB]
MAX_FRAME, MAX_MESSAGE = 32 * KIB, 128 * KIB


# A download of 4 MiB is 47 messages, sent at once: where the machine is busy, each takes an environment of its own.
CONCURRENCY = {"http": 50, "ws": 100}


@pytest.fixture(scope="module")
def cloud(aws_template, tmp_path_factory):
    cloud = Serverless(aws_template, tmp_path_factory.mktemp("cloud"), concurrency=CONCURRENCY)
    yield cloud
    cloud.close()


@pytest.fixture(autouse=True)
def everybody_leaves(cloud):
    yield
    cloud.leave()
    cloud.aws.check()
    assert not cloud.aws.functions["http"].failures and not cloud.aws.functions["ws"].failures, cloud.aws.logs()


def echo(exchange):
    """The request as JSON, its body's size and digest instead of the body."""
    body = exchange.read_body()
    document = {"method": exchange.method, "target": exchange.target, "headers": exchange.headers, "size": len(body)}
    exchange.respond(headers=[("Content-Type", "application/json"), ("Set-Cookie", "a=1; Path=/; HttpOnly"),
                              ("Set-Cookie", "b=2; Secure"), ("X-Twice", "1"), ("X-Twice", "2")],
                     body=json.dumps(document).encode())


@pytest.fixture(scope="module")
def echoing(shared_lab):
    return shared_lab.origin(echo)


def values(document, name):
    return [value for key, value in document["headers"] if key.lower() == name]


def test_a_request_arrives_as_it_was_sent(cloud, echoing):
    tunnel = cloud.tunnel(echoing.port, name="shop")
    target = "/a/b%20c//d?x=1&x=2&y=%26+%C3%A4&z"
    answer = fetch(cloud.subdomain("shop"), "GET", target, [("X-Foo", "A"), ("Cookie", "a=1; b=2"), ("Accept", "*/*")])
    document = json.loads(answer.body)
    assert (answer.status, document["method"], document["target"]) == (200, "GET", target)
    assert values(document, "x-foo") == ["A"]
    assert values(document, "cookie") == ["a=1; b=2"]
    assert tunnel.established["subdomain_url"].startswith("http://shop.localhost:")


@pytest.mark.parametrize("cookie_header", [False, True])
def test_cookies_arrive_once_whatever_the_event_says(cloud, echoing, cookie_header):
    cloud.tunnel(echoing.port, name="shop")
    cloud.aws.web.cookie_header = cookie_header
    answer = fetch(cloud.subdomain("shop"), "GET", "/", [("Cookie", "a=1; b=2")])
    cloud.aws.web.cookie_header = False
    assert values(json.loads(answer.body), "cookie") == ["a=1; b=2"]


def test_an_answer_arrives_as_it_was_sent(cloud, echoing):
    cloud.tunnel(echoing.port, name="shop")
    answer = fetch(cloud.subdomain("shop"), "GET", "/")
    assert answer.get_all("Set-Cookie") == ["a=1; Path=/; HttpOnly", "b=2; Secure"]
    assert [value.strip() for value in ",".join(answer.get_all("X-Twice")).split(",")] == ["1", "2"]
    assert answer.get("Content-Type") == "application/json"


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"])
def test_methods(cloud, echoing, method):
    cloud.tunnel(echoing.port, name="shop")
    assert json.loads(fetch(cloud.subdomain("shop"), method, "/").body)["method"] == method


def test_head_has_no_body(cloud, lab):
    nginx = lab.nginx()
    (nginx.www / "page.html").write_text("<h1>mine</h1>")
    cloud.tunnel(nginx.port, name="shop")
    answer = fetch(cloud.subdomain("shop"), "HEAD", "/page.html")
    assert (answer.status, answer.body) == (200, b"")


def test_names_by_path_and_by_subdomain(cloud, echoing):
    tunnel = cloud.tunnel(echoing.port)
    assert len(tunnel.name) == 12
    for route in (cloud.subdomain(tunnel.name), cloud.path(tunnel.name)):
        assert json.loads(fetch(route, "GET", "/x?y=1").body)["target"] == "/x?y=1"
    assert tunnel.established["path_based_url"] == f"http://localhost:{cloud.aws.web.port}/{tunnel.name}/"
    assert tunnel.established["limits"]["max_message_bytes"] <= MAX_MESSAGE


@pytest.mark.parametrize("size", SIZES)
def test_uploads_of_any_size_arrive(cloud, lab, size):
    body = os.urandom(size)
    received = []

    def keep(exchange):
        received.append(exchange.read_body())
        exchange.respond(body=b"kept")
    cloud.tunnel(lab.origin(keep).port, name="shop")
    answer = fetch(cloud.subdomain("shop"), "POST", "/", [("Content-Type", "application/octet-stream")], body=body)
    assert (answer.status, answer.body) == (200, b"kept")
    assert received == [body]
    assert cloud.aws.links.largest_frame <= MAX_FRAME and cloud.aws.links.largest_message <= MAX_MESSAGE


@pytest.mark.parametrize("kind", ["application/octet-stream", "text/html; charset=utf-8"])
@pytest.mark.parametrize("size", SIZES)
def test_downloads_of_any_size_arrive(cloud, lab, size, kind):
    body = os.urandom(size) if kind.startswith("application") else ("ä" * size).encode()[:size // 2 * 2]
    cloud.tunnel(lab.origin(lambda exchange: exchange.respond(headers=[("Content-Type", kind)], body=body)).port, name="shop")
    answer = fetch(cloud.subdomain("shop"), "GET", "/")
    assert answer.status == 200
    assert answer.body == body
    assert cloud.aws.links.largest_frame <= MAX_FRAME and cloud.aws.links.largest_message <= MAX_MESSAGE


def test_chunks_may_arrive_in_any_order_both_ways(cloud):
    body = os.urandom(MIB)
    random.seed(1)
    cloud.aws.links.delay_message = lambda: random.uniform(0, 0.2)

    def answer(tunnel, request, received):
        tunnel.respond(request, 200, {}, received, order=lambda messages: random.sample(messages, len(messages)))
    cloud.tunnel(name="shop", answer=answer)
    got = fetch(cloud.subdomain("shop"), "POST", "/", [("Content-Type", "application/octet-stream")], body=body)
    cloud.aws.links.delay_message = None
    assert got.body == body


# --- error pages
def assert_error(answer, status, code):
    assert (answer.status, answer.get("X-Tunnel-Error")) == (status, code), answer.body[:300]
    assert answer.get("X-Request-Id")


def test_a_name_nobody_has_is_404(cloud):
    assert_error(fetch(cloud.subdomain("nobody"), "GET", "/"), 404, "tunnel_not_found")
    assert_error(fetch(cloud.path("nobody"), "GET", "/"), 404, "tunnel_not_found")


def test_a_name_whose_owner_is_offline_is_told(cloud, echoing):
    cloud.tunnel(echoing.port, name="shop")
    cloud.leave()
    def told():
        answer = fetch(cloud.subdomain("shop"), "GET", "/")
        return answer if answer.status == 404 and b"offline" in answer.body.lower() else None
    assert_error(wait_until(told, 15, "never told to be offline"), 404, "tunnel_not_found")


def test_a_name_without_its_slash_is_redirected(cloud, echoing):
    cloud.tunnel(echoing.port, name="shop")
    answer = fetch(cloud.apex(), "GET", "/shop?x=1")
    assert answer.status in (301, 302, 307, 308)
    assert answer.get("Location").endswith("/shop/?x=1")


def test_a_host_that_only_ends_alike_is_nobodys(cloud, echoing):
    tunnel = cloud.tunnel(echoing.port)
    route = Route(cloud.aws.web.port, f"{tunnel.name}localhost:{cloud.aws.web.port}")
    assert fetch(route, "GET", "/").status in (200, 400, 404, 421)  # 200: the page about the server itself
    assert tunnel.requests == []


def test_nothing_listens_is_503(cloud):
    cloud.tunnel(free_port(), name="shop")
    assert_error(fetch(cloud.subdomain("shop"), "GET", "/"), 503, "local_service_unavailable")


def test_a_body_over_the_limit_is_413_and_names_it(cloud, echoing):
    limit = cloud.tunnel(echoing.port, name="shop").established["limits"]["max_body_bytes"]
    answer = fetch(cloud.subdomain("shop"), "POST", "/", [("Content-Type", "application/octet-stream")], body=b"x" * (limit + 1))
    assert answer.status == 413
    if answer.get("X-Tunnel-Error"):  # else the event was over Lambda's own limit, and API Gateway answered
        assert_error(answer, 413, "payload_too_large")


def test_a_token_may_limit_bodies(cloud, echoing):
    cloud.tunnel(echoing.port, name="small", token=cloud.token("small", max_body_bytes=1000))
    answer = fetch(cloud.subdomain("small"), "POST", "/", body=b"x" * 1001)
    assert_error(answer, 413, "payload_too_large")
    assert b"1000" in answer.body or b"1,000" in answer.body or b"kB" in answer.body, answer.body


# --- who may have a name
def error_of(tunnel):
    return tunnel.wait_message("error")["code"]


def test_tokens_are_asked_for(cloud):
    for token, status in ((None, 401), ("nonsense", (401, 403)), (cloud.token() + "x", (401, 403))):
        with pytest.raises(HandshakeRefused) as refused:
            V1Socket(cloud.aws.links.url, token=token).close()
        assert refused.value.status in (status if isinstance(status, tuple) else (status,))


def test_a_taken_name_is_refused_and_can_be_taken_over_by_its_owner(cloud, echoing):
    cloud.tunnel(echoing.port, name="shop")
    assert error_of(cloud.tunnel(echoing.port, name="shop", token=cloud.token("bob"), online=False)) == "name_taken"
    assert error_of(cloud.tunnel(echoing.port, name="shop", online=False)) == "name_taken"
    taken = cloud.tunnel(echoing.port, name="shop", takeover=True)
    assert fetch(cloud.subdomain("shop"), "GET", "/").status == 200
    assert len(taken.requests) == 1


def test_a_name_outlives_its_connection_with_the_same_url(cloud, echoing):
    first = cloud.tunnel(echoing.port, name="shop")
    url = first.established["public_url"]
    first.socket.vanish()
    again = cloud.tunnel(echoing.port, name="shop", session=first.session)
    assert again.established["public_url"] == url
    assert fetch(cloud.subdomain("shop"), "GET", "/").status == 200


def test_a_drawn_name_is_kept_for_its_session(cloud, echoing):
    first = cloud.tunnel(echoing.port)
    first.socket.vanish()
    again = cloud.tunnel(echoing.port, name=first.name, session=first.session)
    assert again.name == first.name


def test_a_hand_over_loses_no_request(cloud, lab):
    """What a client does before the two hours are over: join with a new link, drain the old one."""
    origin = lab.origin(echo)
    first = cloud.tunnel(origin.port, name="shop")
    second = cloud.tunnel(origin.port, name="shop", session=first.session, links=1)
    first.say({"type": "draining", "reason": "two hours are over"})
    statuses = [fetch(cloud.subdomain("shop"), "GET", "/").status for _ in range(20)]
    first.close()
    statuses += [fetch(cloud.subdomain("shop"), "GET", "/").status for _ in range(20)]
    assert statuses == [200] * 40
    assert len(second.requests) >= 20


def test_pings_are_answered(cloud, echoing):
    tunnel = cloud.tunnel(echoing.port, name="shop")
    tunnel.say({"type": "ping"})
    assert tunnel.wait_message("pong") == {"type": "pong"}


# --- what it costs
def processor_seconds(cloud):
    return sum(environment.cpu_seconds() for function in cloud.aws.functions.values() for environment in function.environments)


def test_a_warm_request_costs_what_the_design_counts(cloud, echoing):
    tunnel = cloud.tunnel(echoing.port, name="shop")
    fetch(cloud.subdomain("shop"), "GET", "/")
    mark, requests, before = cloud.aws.ledger.mark(), 200, processor_seconds(cloud)
    for _ in range(requests):
        assert fetch(cloud.subdomain("shop"), "GET", "/").status == 200
    spent = (processor_seconds(cloud) - before) / requests
    print(f"\nprocessor time of both functions: {spent * 1000:.2f} ms a request")
    assert spent < 0.02  # of the functions' own process, whatever else the machine does; measured: about 1 ms
    assert len(tunnel.requests) == requests + 1
    print(f"\nAWS operations of {requests} warm requests, each GET of a small answer:\n{cloud.aws.ledger.table(mark, requests)}")
    counts = cloud.aws.ledger.counts(mark)
    assert counts["gateway", "gateway:http-request"] == requests
    assert counts["gateway", "gateway:message-in"] == requests
    assert counts["http", "execute-api:POST"] == requests
    assert counts["ws", "sqs:SendMessage"] == requests
    writes = sum(count for (_, operation), count in counts.items()
                 if operation in ("dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"))
    assert writes <= requests * 0.05, counts  # leases of the rate limit, a reply queue's note at its link
    assert counts["http", "dynamodb:GetItem"] <= requests * 0.05 + 2, counts


def test_environments_are_small_and_start_quickly(cloud, echoing):
    cloud.tunnel(echoing.port, name="shop")
    for _ in range(20):
        fetch(cloud.subdomain("shop"), "GET", "/")
    environments = [environment for function in cloud.aws.functions.values() for environment in function.environments]
    assert environments
    for environment in environments:
        peak = environment.status_kib("VmHWM")
        print(f"environment {environment.number}: {peak} KiB at most, started in {environment.init_seconds * 1000:.1f} ms")
        assert peak < 40 * 1024


def test_nothing_is_left_behind(cloud, echoing):
    for name in ("one", "two"):
        cloud.tunnel(echoing.port, name=name)
        fetch(cloud.subdomain(name), "GET", "/")
    cloud.leave()
    wait_until(lambda: cloud.remains() == {"connections": [], "messages": {}}, 15, lambda: cloud.remains())


def test_the_schedule_removes_what_expired(cloud):
    table, = [name for name in cloud.aws.table_names if name.endswith("-connections")]
    cloud.aws.put_item(table, {"connectionId": {"S": "old="}, "tunnelId": {"S": "shop"}, "ttl": {"N": "1000"}})
    orphan = "http-tunnel-dev-reply-1000-orphan"
    cloud.aws.call(cloud.aws.sqs.call("CreateQueue", {"QueueName": orphan}, "http://x"))
    cloud.aws.run_schedule()
    assert cloud.remains()["connections"] == []
    assert orphan not in cloud.aws.sqs.names()


def test_the_schedule_sets_the_count_of_clients_right(cloud, echoing):
    """Else what is counted wrongly once takes a place for ever, and at last the server is full."""
    rates, = [name for name in cloud.aws.table_names if name.endswith("-rate-limits")]
    counted = lambda: [item["count"]["N"] for item in cloud.aws.items()[rates] if item["tunnelId"]["S"] == "#links"]
    cloud.tunnel(echoing.port, name="shop")
    cloud.aws.put_item(rates, {"tunnelId": {"S": "#links"}, "minute": {"N": "0"}, "count": {"N": "9999"}})
    cloud.aws.run_schedule()
    assert counted() == ["1"]
