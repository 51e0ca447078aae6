"""What one relay costs, measured: memory of a tunnel and of a visitor's connection, CPU of each thing it does."""

import json
import time

from scenarios import PATIENCE, checks, connect, visit, with_relay

KEYS = ("base_kib", "kib_per_tunnel", "kib_per_visitor", "idle_cores_per_tunnel", "cpu_s_per_tunnel_opened",
        "cpu_s_per_request", "cpu_s_per_mib")
CPU_KEYS = tuple(key for key in KEYS if key.startswith("cpu_s_"))
MIB = 1 << 20
MANY_VISITORS = 2000


@with_relay
def model(relay, generator, settings):
    count, seconds = settings["tunnels"], settings["seconds"]
    base = relay.sample()["rss_kib"]
    connected = connect(relay, generator, count, settings["ramp"])
    idle = idle_cores(relay, generator, count, seconds)
    steps = [visit(relay, generator, count, rate, seconds) for rate in settings["rates"]]
    before = relay.sample()["rss_kib"]
    # More at once than there are connections, so that each of them is opened.
    visit(relay, generator, count, 2 * MANY_VISITORS, 2, connections=MANY_VISITORS, path="/bytes/4096", bytes=4096)
    per_visitor = (relay.sample()["rss_kib"] - before) / MANY_VISITORS
    large = visit(relay, generator, count, settings["mib"], seconds, path=f"/bytes/{MIB}", bytes=MIB)
    measured = {"base_kib": base, "kib_per_tunnel": connected["kib_per_tunnel"], "kib_per_visitor": per_visitor,
                "idle_cores_per_tunnel": idle / count,
                "cpu_s_per_tunnel_opened": connected["cpu_ms_per_tunnel"] / 1000,
                "cpu_s_per_request": (steps[-1]["relay_cores"] - idle) / steps[-1]["answered_per_second"],
                "cpu_s_per_mib": (large["relay_cores"] - idle) / large["answered_per_second"]}
    return {"connected": connected, "steps": [*steps, large], "measured": measured,
            **checks(("every figure was measured", all(measured[key] >= 0 for key in KEYS) and
                      all(measured[key] > 0 for key in CPU_KEYS)))}


def idle_cores(relay, generator, count, seconds):
    """CPU seconds a second while nothing happens but pings."""
    before, begun = relay.sample()["cpu_s"], time.monotonic()
    generator.ask("await", seconds + PATIENCE, online=count + 1, timeout=seconds)  # never so many: it waits all the time
    return (relay.sample()["cpu_s"] - before) / (time.monotonic() - begun)


def read(path):
    """The figures of a measured model; a ValueError says what is wrong with them."""
    measured = json.loads(path.read_text())
    missing = [key for key in KEYS if key not in measured]
    if missing:
        raise ValueError(f"{path} lacks {', '.join(missing)}: measure again with ./dev load model")
    free = [key for key in CPU_KEYS if measured[key] <= 0]
    if free:
        raise ValueError(f"{path} says that {', '.join(free)} cost nothing: measure longer with ./dev load model")
    return {key: float(measured[key]) for key in KEYS}
