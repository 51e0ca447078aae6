"""Made-up results in which every promise is kept, for the tests of this folder to spoil one thing at a time."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "bench"))

# Of nginx proxy in each round: requests/s. The others stand in a fixed ratio to it, whatever the machine does.
RATES = (10_000.0, 40_000.0, 20_000.0)
RELATIVE = {  # peer: requests/s, p99, MB/s both ways, each relative to nginx proxy's
    "direct": (2.0, 0.5, 2.0),
    "nginx proxy": (1.0, 1.0, 1.0),
    "ours": (0.5, 2.0, 0.8),
    "wstunnel": (0.25, 5.0, 0.4),
    "ssh -R": (0.1, 10.0, 0.3),
    "localtunnel": (0.05, 9.0, 0.3),
}
PROCESSES = {"nginx proxy": ["proxy"], "ours": ["tunnel-relay", "ttf"], "wstunnel": ["server", "client"],
             "ssh -R": ["sshd", "ssh"], "localtunnel": ["server", "client"]}


def figures_of(peer, rate):
    relative_rate, relative_p99, relative_speed = RELATIVE[peer]
    processes = PROCESSES.get(peer, [])
    return {
        "requests_per_second": rate * relative_rate, "requests": int(5 * rate * relative_rate), "p50_ms": 1.0,
        "p99_ms": 2.0 * relative_p99, "latency_alone_ms": 0.1 if peer == "direct" else 0.3,
        "down_mb_s": 1000.0 * relative_speed, "up_mb_s": 800.0 * relative_speed,
        "peak_mib": 20.0 * len(processes), **{f"peak_mib/{process}": 20.0 for process in processes},
        "cpu_s_per_10k": 0.15 * len(processes), **{f"cpu_s_per_10k/{process}": 0.15 for process in processes},
    }


def good_results():
    return {
        "rounds": [{peer: figures_of(peer, rate) for peer in RELATIVE} for rate in RATES],
        "ttf_stripped_bytes": 3_000_000,
        "memory": {"tunnels": 500, "streams": 1000, "processes": {
            "tunnel-relay": {"bytes_per_tunnel": 11_000.0, "bytes_per_stream": 15_800.0},
            "ttf": {"bytes_per_tunnel": 28_000.0, "bytes_per_stream": 14_700.0}}},
        "instructions": {"tool": "callgrind", "processes": {
            "tunnel-relay": {"1 connection": 50_000.0}, "ttf": {"1 connection": 80_000.0}}},
    }
