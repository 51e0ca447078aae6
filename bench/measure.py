"""One peer in one round: request rate and latency with wrk, transfer speed with curl, memory and CPU from /proc."""

import re
import subprocess

from process import cpu_seconds, peak_memory_mib

CONNECTIONS = 32
TRANSFER_SECONDS = 300  # for one large file through the slowest peer
SLOW_TRANSFER_SECONDS = 10  # a peer that takes longer is asked for it in one round only: its range says nothing then
UNITS = {"us": 1e-3, "ms": 1.0, "s": 1e3, "m": 60e3}


class MeasureError(Exception):
    pass


def run(argv, seconds):
    return subprocess.run([str(part) for part in argv], capture_output=True, text=True, timeout=seconds, check=True).stdout


def milliseconds(text):
    number, unit = re.fullmatch(r"([\d.]+)(us|ms|s|m)", text).groups()
    return float(number) * UNITS[unit]


def percentile(output, percent):
    """Of wrk's latency distribution; the table above it has percentages too, such as 88.50%."""
    return re.search(rf"^ +{percent}% +(\S+)", output, re.MULTILINE).group(1)


def parse_wrk(output):
    """Requests per second, requests in all and percentiles in milliseconds; an error for a run with failed requests
    or with none."""
    bad = re.search(r"(Non-2xx or 3xx responses: \d+|Socket errors: .*)", output)
    if bad:
        raise MeasureError(bad.group(1))
    requests = int(re.search(r"(\d+) requests in", output).group(1))
    if requests == 0:
        raise MeasureError("no request was answered")
    return {
        "requests_per_second": float(re.search(r"Requests/sec:\s+([\d.]+)", output).group(1)),
        "requests": requests,
        "p50_ms": milliseconds(percentile(output, 50)),
        "p99_ms": milliseconds(percentile(output, 99)),
    }


def wrk(peer, connections, seconds):
    argv = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s", "--latency",
            "-H", f"Host: {peer.host}", peer.url("/small")]
    return parse_wrk(run(argv, seconds + 30))


def transfer(peer, bytes_moved, arguments, path, answer="/dev/null"):
    """MB/s from the first byte of the request to the last of the response."""
    output = run(["curl", "-sS", "--noproxy", "*", "-H", f"Host: {peer.host}", "-H", "Expect:", "-o", answer,
                  "-w", "%{http_code} %{time_total} %{size_download} %{size_upload}", *arguments, peer.url(path)],
                 TRANSFER_SECONDS)
    status, seconds, down, up = output.split()
    if status != "200" or max(int(down), int(up)) != bytes_moved:
        raise MeasureError(f"{path}: status {status}, {down} bytes down, {up} up")
    return bytes_moved / float(seconds) / 1e6


def download(peer):
    return transfer(peer, peer.origin.big_bytes, [], "/big")


def upload(peer):
    answer = peer.folder / "answer"
    speed = transfer(peer, peer.origin.big_bytes, ["-X", "POST", "-T", peer.origin.big_file], "/upload", answer)
    if answer.read_text() != str(peer.origin.big_bytes):
        raise MeasureError(f"/upload: the origin read {answer.read_text()} bytes")
    return speed


def cpu_of_children(peer):
    return {child.name: cpu_seconds(child.pids()) for child in peer.children}


def per_10k(peer, before, requests):
    """CPU seconds per 10,000 requests since `before`: in all, and of each process by name."""
    spent = {name: (seconds - before[name]) / requests * 10_000 for name, seconds in cpu_of_children(peer).items()}
    return {"cpu_s_per_10k": sum(spent.values()), **{f"cpu_s_per_10k/{name}": value for name, value in spent.items()}}


def peaks(peer):
    """Highest memory since the start, in MiB: in all, and of each process by name."""
    of_children = {child.name: peak_memory_mib(child.pids()) for child in peer.children}
    return {"peak_mib": sum(of_children.values()), **{f"peak_mib/{name}": value for name, value in of_children.items()}}


def transfers(peer, former):
    """Speed down and up; nothing for a peer that was slow in one of the former rounds."""
    speeds = [measured[peer.name][key] for measured in former for key in ("down_mb_s", "up_mb_s")
              if key in measured.get(peer.name, {})]
    if any(peer.origin.big_bytes / 1e6 / speed > SLOW_TRANSFER_SECONDS for speed in speeds):
        return {}
    return {"down_mb_s": download(peer), "up_mb_s": upload(peer)}


def measure(peer, seconds, former):
    """All figures of one round, as a dictionary; `former` are the rounds before it."""
    before = cpu_of_children(peer)
    loaded = wrk(peer, CONNECTIONS, seconds)
    cpu = per_10k(peer, before, loaded["requests"])
    alone = wrk(peer, 1, max(2, seconds // 2))
    return {**loaded, "latency_alone_ms": alone["p50_ms"], **transfers(peer, former), **peaks(peer), **cpu}
