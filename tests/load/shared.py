"""Several relays behind one nginx that sends each name to a relay of its own by a consistent hash of the name.

Tunnel clients connect to NAME.DOMAIN instead of the apex, so that the balancer knows where a link belongs before the
first frame of it; nginx gives the relay the apex it expects. A relay that is lost has its names hashed to the others,
for visitors and for the clients that come back alike.
"""

from generator import Generator
from origin import start_nginx
from process import free_port, wait_until
from samples import sample
from scenarios import PATIENCE, START_SECONDS, checks, establishment_checks, request_checks, visit
from system import READY_SECONDS, Relay

NGINX = """
    map $http_upgrade $connection_upgrade {{ default upgrade; "" ""; }}
    map $host $tunnel {{ "~^(?<name>[^.]+)[.]localhost$" $name; default $host; }}
    map $uri $relay_host {{ /_tunnel/connect localhost; default $host; }}
    upstream relays {{
        hash $tunnel consistent;
        {servers}
        keepalive 256;
    }}
    server {{
        listen 127.0.0.1:{port} backlog=4096;
        proxy_http_version 1.1;
        proxy_set_header Connection $connection_upgrade;
        proxy_set_header Upgrade $http_upgrade;
        proxy_set_header Host $relay_host;
        proxy_read_timeout 3600s;
        location / {{ proxy_pass http://relays; }}
    }}
"""


class Balancer:
    """What a scenario asks of one relay, of several behind nginx."""

    def __init__(self, programs, folder, count):
        self.relays = []
        for number in range(count):
            (folder / f"relay-{number}").mkdir(exist_ok=True)
            self.relays.append(Relay(programs, folder / f"relay-{number}"))
        self.port = free_port()
        servers = "\n        ".join(f"server 127.0.0.1:{relay.port} max_fails=1 fail_timeout=2s;" for relay in self.relays)
        self._nginx = start_nginx("balancer", folder, NGINX.format(servers=servers, port=self.port))
        wait_until(self._listening, READY_SECONDS, "nginx listens")

    def _listening(self):
        if not self._nginx.alive():
            raise RuntimeError(f"nginx ended: {self._nginx.tail()}")
        return any(f":{self.port:04X} " in line for line in open("/proc/net/tcp"))

    def sample(self):
        """Of all relays together."""
        parts = [relay.sample() for relay in self.relays if relay.child.alive()]
        return {key: sum(part[key] for part in parts) for key in parts[0]}

    def links(self):
        """Descriptors of each relay, less what a relay without tunnels has."""
        return [relay.sample()["descriptors"] - 7 for relay in self.relays if relay.child.alive()]

    def nginx_sample(self):
        return sample(self._nginx.pids()[-1])

    def stop(self):
        self._nginx.stop()
        for relay in self.relays:
            relay.stop()


def shared(programs, folder, settings):
    balancer = Balancer(programs, folder, settings["relays"])
    generator = None
    try:
        generator = Generator(programs / "tunnel_load", balancer.port, folder / "generator.log", connect="by-name")
        return _measure(balancer, generator, settings)
    finally:
        if generator:
            generator.stop()
        balancer.stop()


def _measure(balancer, generator, settings):
    count, rate, seconds = settings["tunnels"], settings["rate"], settings["seconds"]
    before = balancer.sample()
    answer = generator.ask("tunnels", START_SECONDS + settings["ramp"], count=count, seconds=settings["ramp"], timeout=START_SECONDS)
    after = balancer.sample()
    connected = {"tunnels": count, **answer, "relay_before": before, "relay_after": after,
                 "kib_per_tunnel": (after["rss_kib"] - before["rss_kib"]) / count,
                 "cpu_ms_per_tunnel": (after["cpu_s"] - before["cpu_s"]) * 1000 / count}
    held = balancer.links()
    visited = visit(balancer, generator, count, rate, seconds)
    generator.ask("forget", PATIENCE)
    balancer.relays[0].kill()
    back = generator.ask("await", START_SECONDS, online=count, lost=held[0], timeout=PATIENCE)
    alone = visit(balancer, generator, count, rate, seconds)
    return {"connected": connected, "held": held, "visited": visited, "back": back, "after": alone,
            **checks(*establishment_checks(connected),
                     (f"each relay has its part: {', '.join(str(links) for links in held)} links",
                      min(held) > count / len(held) / 2),
                     *request_checks(visited),
                     (f"after the loss of a relay all {count:,} tunnels are back at the others within {back['took_s']:.1f} s", back["all"]),
                     *request_checks(alone))}
