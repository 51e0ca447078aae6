"""What an idle tunnel and an open stream cost in memory, of the relay and of the client: two scenarios of their own."""

import json
from typing import NamedTuple

from load import HoldingOrigin, run_requests, with_open_streams
from peers import Ours
from process import settled_memory, wait_until

CLIENTS = 2  # programs that hold the idle tunnels; one tunnels.toml takes 256
SECONDS = 60
WARM_UP = 500  # requests before the streams: buffers and pools are there then


class Sizes(NamedTuple):
    tunnels: int
    streams: int


FULL = Sizes(500, 1000)
QUICK = Sizes(50, 100)


def memory_of(child):
    return settled_memory(child.pids())


def online(child):
    """How many tunnels this ttf --json says are online."""
    return sum(json.loads(line)["event"] == "online" for line in child.log.read_text().splitlines() if line[:1] == "{")


def start_tunnels(peer, name, count):
    """One ttf with `count` tunnels that nobody visits."""
    config = peer.folder / f"{name}.toml"
    config.write_text("\n".join(f'[[tunnel]]\nname = "{name}-{number}"\ntarget = {peer.origin.port}\n'
                                f'server = "{peer.relay_url()}"\n' for number in range(count)))
    return peer.spawn_client(name, "start", "--json", "--config", config)


def idle_tunnels(peer, count):
    """Bytes per tunnel of relay and client, by name: against the same programs with one tunnel."""
    relay, one = peer.children
    before = memory_of(relay)
    clients = [start_tunnels(peer, f"idle{number}", count // CLIENTS) for number in range(CLIENTS)]
    for client in clients:
        wait_until(lambda client=client: online(client) == count // CLIENTS, SECONDS, f"{client.name} is online")
    each = sum(memory_of(client) for client in clients) / CLIENTS
    return {relay.name: (memory_of(relay) - before) / (count // CLIENTS * CLIENTS),
            one.name: (each - memory_of(one)) / (count // CLIENTS - 1)}


def open_streams(peer, count):
    """Bytes per response that is under way, with its two connections, of relay and client by name."""
    run_requests(peer, 32, WARM_UP, SECONDS)
    before = {child.name: memory_of(child) for child in peer.children}
    during = with_open_streams(peer, count, SECONDS,
                               lambda: {child.name: memory_of(child) for child in peer.children})
    return {name: (during[name] - before[name]) / count for name in before}


def run_scenario(scenario, origin, folder, programs, count):
    folder.mkdir()
    peer = Ours(origin, folder, programs)
    try:
        peer.start()
        return scenario(peer, count)
    except Exception as error:
        raise SystemExit(f"memory: {error}\n{peer.logs()}") from error
    finally:
        peer.stop()


def measure_memory(origin, folder, programs, sizes):
    tunnels = run_scenario(idle_tunnels, origin, folder / "tunnels", programs, sizes.tunnels)
    holding = HoldingOrigin(origin.small)
    holding.start()
    streams = run_scenario(open_streams, holding, folder / "streams", programs, sizes.streams)
    return {"tunnels": sizes.tunnels, "streams": sizes.streams,
            "processes": {name: {"bytes_per_tunnel": tunnels[name], "bytes_per_stream": streams[name]}
                          for name in tunnels}}
