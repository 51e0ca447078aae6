"""A thousand tunnels at once on the local AWS, with visitors: everybody gets an answer, and nothing is left. The local AWS is
Python on a shared machine, so that its times say nothing of AWS's; what is counted is."""

import json
import pathlib
import subprocess
import sys

import pytest

from support.aws.serverless import Serverless
from support.waiting import wait_until

TUNNELS, RAMP, RATE, SECONDS = 1000, 40, 25, 20
CONCURRENCY = {"http": 50, "ws": 200}  # ws as in prod: when a busy machine stalls, a hundred ends of links are due at once


@pytest.fixture
def cloud(aws_template, tmp_path):
    cloud = Serverless(aws_template, tmp_path, concurrency=CONCURRENCY)
    yield cloud
    cloud.close()


def test_a_thousand_tunnels(cloud):
    settings = {"url": cloud.aws.links.url, "port": cloud.aws.web.port, "ramp_per_second": RAMP, "rate": RATE, "seconds": SECONDS,
                "tokens": [cloud.token(f"owner-{number % 50}") for number in range(TUNNELS)]}
    mark = cloud.aws.ledger.mark()
    done = subprocess.run([sys.executable, "-B", pathlib.Path(__file__).parent / "aws/many_tunnels.py"],
                          input=json.dumps(settings), stdout=subprocess.PIPE, text=True, check=True, timeout=280)
    report = json.loads(done.stdout)
    print(f"\n{json.dumps(report, indent=1)}\n{cloud.aws.ledger.table(mark, report['requests'])}")
    assert report["failures"] == 0, report["first_failures"]
    assert report["established"] == TUNNELS
    assert report["requests"] == RATE * SECONDS
    cloud.aws.wait_links(0, 60)
    wait_until(lambda: cloud.remains() == {"connections": [], "messages": {}}, 60, lambda: str(cloud.remains())[:500])
    for function in cloud.aws.functions.values():
        for environment in function.environments:
            assert environment.status_kib("VmHWM") < 40 * 1024
