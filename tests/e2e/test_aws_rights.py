"""That the functions may do no more on AWS than what they need."""

import threading

from support.aws.serverless import Serverless
from support.rawhttp import fetch
from support.waiting import wait_until

CONFIG = "[tunnel]\nrequest_timeout_secs = 4\n"
BOUND_SECONDS = 20  # for a request that finds no client

# What the scenario below does not come to; each has a test of the code that needs it.
SELDOM = {
    "http": [("AwaitLink", "dynamodb:GetItem"),  # a link that goes while its request is posted
             ("AwaitReplies", "sqs:DeleteQueue")],  # an environment changes its queue before SQS forgets it
    "ws": [("KeepNames", "dynamodb:DeleteItem")],  # an owner with 256 names wants another
}


def test_every_right_is_needed(aws_template, tmp_path):
    """Least privilege seen from the other side of aws.check(): what nothing calls is granted for nothing."""
    cloud = Serverless(aws_template, tmp_path, config=CONFIG)
    try:
        use_all(cloud)
        assert {role: pairs for role, pairs in cloud.aws.unused_statements().items() if pairs} == SELDOM
    finally:
        cloud.close()


def use_all(cloud):
    cloud.tunnel(name="shop", answer=hello)
    assert fetch(cloud.subdomain("shop"), "GET", "/").status == 200
    cloud.tunnel(name="shop", answer=hello, takeover=True).say({"type": "draining", "reason": "a test"})
    drawn = cloud.tunnel(answer=lambda *_: None, token=cloud.token("bob"))
    waiting = threading.Thread(target=lambda: fetch(cloud.subdomain(drawn.name), "GET", "/"))
    waiting.start()
    wait_until(lambda: drawn.requests, 15, "the request arrives")
    cloud.aws.links.links.popitem()  # gone, and no $disconnect was told
    fetch(cloud.subdomain(drawn.name), "GET", "/")
    waiting.join(BOUND_SECONDS)
    cloud.leave()
    cloud.aws.call(cloud.aws.sqs.call("CreateQueue", {"QueueName": "http-tunnel-dev-reply-1000-orphan"}, "http://x"))
    cloud.aws.run_schedule()


def hello(tunnel, request, _):
    tunnel.respond(request, 200, {"Content-Type": ["text/plain"]}, b"hello")
