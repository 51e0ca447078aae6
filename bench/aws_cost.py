#!/usr/bin/env python3
"""What the serverless side costs a month: operations of a request (as tests/e2e/test_aws_tunnel.py counts them) times AWS's
list prices. First-tier prices of us-east-1 without the free tier, so that it is an upper bound; look the prices up before you
rely on them. `aws_cost.py --requests 1e6 --tunnels 100` prints the table of docs/aws.md."""

import argparse
from dataclasses import dataclass

# US dollars. AWS's price pages of us-east-1 as known in 2025; other regions cost up to half as much again.
HTTP_REQUEST = 1.00e-6  # each 512 KB of it
LINK_MESSAGE = 1.00e-6  # each 32 KB of it, either way
LINK_MINUTE = 0.25e-6
INVOCATION = 0.20e-6
GB_SECOND = 1.66667e-5  # x86_64; arm64 costs a fifth less
READ_UNIT = 0.125e-6
WRITE_UNIT = 0.625e-6
QUEUE_REQUEST = 0.40e-6  # each 64 KB of it
LOG_GB = 0.50
ALARM, KEY, METRIC = 0.10, 1.00, 0.30
EGRESS_GB = 0.09

MEMORY_GB = 0.25
LINK_FUNCTION_SECONDS = 0.015
PATH_SECONDS = 0.05  # gateway, queue and both functions, beside the local service
LOG_BYTES = {"http access": 300, "link access": 200, "function": 500}
ALARMS, METRICS = 11, 5
MONTH_MINUTES = 30 * 24 * 60
HEARTBEAT_MINUTES = 5
LINK_HOURS = 2

# Of a request with small bodies, as the e2e test measures them.
PER_REQUEST = {"messages": 2, "queue requests": 3, "reads": 0.05, "writes": 0.05}


@dataclass
class Load:
    requests: float
    tunnels: float
    local_seconds: float = 0.05
    answer_bytes: float = 10_000


def units(size, step):
    return max(1, -(-int(size) // step))


def heartbeats(load):
    return load.tunnels * MONTH_MINUTES / HEARTBEAT_MINUTES


def connects(load):
    return load.tunnels * MONTH_MINUTES / 60 / LINK_HOURS


def costs(load):
    """{what: dollars a month}."""
    encoded = load.answer_bytes * 4 / 3 + 500
    answer_messages = units(encoded, 120 * 1024)
    invocations = load.requests * (1 + answer_messages) + heartbeats(load) + 3 * connects(load)
    http_seconds = load.requests * (PATH_SECONDS + load.local_seconds)
    ws_seconds = (load.requests * answer_messages + heartbeats(load)) * LINK_FUNCTION_SECONDS
    messages = load.requests * (1 + units(encoded, 32 * 1024)) + 2 * heartbeats(load) + 2 * connects(load)
    queue = load.requests * (2 * units(encoded, 64 * 1024) + 1)
    log_bytes = load.requests * LOG_BYTES["http access"] + invocations * LOG_BYTES["function"] + messages / 2 * LOG_BYTES["link access"]
    return {
        "HTTP API": load.requests * units(load.answer_bytes, 512 * 1024) * HTTP_REQUEST,
        "WebSocket messages": messages * LINK_MESSAGE,
        "WebSocket connection minutes": load.tunnels * MONTH_MINUTES * LINK_MINUTE,
        "Lambda": invocations * INVOCATION + (http_seconds + ws_seconds) * MEMORY_GB * GB_SECOND,
        "DynamoDB": load.requests * (PER_REQUEST["reads"] * READ_UNIT + PER_REQUEST["writes"] * WRITE_UNIT)
        + connects(load) * 6 * WRITE_UNIT,
        "SQS": queue * QUEUE_REQUEST,
        "Logs": log_bytes / 1e9 * LOG_GB,
        "Alarms, metrics, key": ALARMS * ALARM + METRICS * METRIC + KEY,
        "Data out": load.requests * load.answer_bytes / 1e9 * EGRESS_GB,
    }


# The seed's own figures for 100 tunnels and a million requests; it counts no links, logs, alarms or keys.
SEED = {"Lambda": 2.50, "DynamoDB": 4.30, "API Gateway": 3.50}


def table(load):
    lines = [f"{'':30} {'$ a month':>10}"]
    found = costs(load)
    lines += [f"{what:30} {dollars:10.2f}" for what, dollars in found.items()]
    return "\n".join([*lines, f"{'total':30} {sum(found.values()):10.2f}"])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=float, default=1e6, help="a month")
    parser.add_argument("--tunnels", type=float, default=100, help="online all the time")
    parser.add_argument("--local-seconds", type=float, default=0.05, help="what the local service takes to answer")
    parser.add_argument("--answer-bytes", type=float, default=10_000)
    chosen = parser.parse_args()
    print(table(Load(chosen.requests, chosen.tunnels, chosen.local_seconds, chosen.answer_bytes)))


if __name__ == "__main__":
    main()
