"""What a scenario found, as lines for people."""

import hotspots


def _latency(name, latency):
    return f"  {name:24} p50 {latency['p50_ms']:8.2f}  p90 {latency['p90_ms']:8.2f}  p99 {latency['p99_ms']:8.2f}" \
           f"  p99.9 {latency['p999_ms']:8.2f}  max {latency['max_ms']:8.2f} ms"


def _failures(failures):
    reasons = ", ".join(f"{count} x {reason}" for reason, count in failures["reasons"].items())
    return f"  failures: {failures['total']:,}" + (f" ({reasons})" if reasons else "")


def connected(figures):
    return [f"{figures['online']:,} tunnels online, opened in {figures['took_s']:.1f} s; relay: "
            f"{figures['relay_after']['rss_kib'] / 1024:.1f} MiB resident, {figures['kib_per_tunnel']:.1f} KiB and "
            f"{figures['cpu_ms_per_tunnel']:.2f} ms of CPU a tunnel, {figures['relay_after']['descriptors']:,} descriptors",
            _latency("establishment", figures["establishment"]), _failures(figures["failures"])]


def visited(figures, name="requests"):
    return [f"{name}: {figures['rate']:,.0f}/s for {figures['seconds']:.0f} s, {figures['answered_per_second']:,.0f}/s answered; "
            f"relay {figures['relay_cpu_s_per_10k']:.2f} s of CPU per 10,000 ({figures['relay_cores']:.0%} of a core), "
            f"generator {figures['generator_cores']:.0%}, relay {figures['relay_after']['rss_kib'] / 1024:.1f} MiB",
            _latency("latency since due", figures["latency"]), _latency("of it for a connection", figures["lag"]),
            _failures(figures["failures"])]


def returned(figures):
    return [f"comeback {figures['comeback']}: {figures['back']['online']:,} tunnels back {figures['took_s']:.1f} s after the relay "
            f"listened again, {figures['relay_cpu_s']:.2f} s of its CPU, {figures['relay_after']['rss_kib'] / 1024:.1f} MiB",
            _latency("establishment", figures["back"]["establishment"]), _failures(figures["back"]["failures"])]


def slowly(figures):
    read = figures["slow"]["bytes_read"] / 1024
    return [f"slow visitors: {figures['slow']['reading']:,} read to the end, {read:,.0f} KiB in all; "
            f"{figures['kib_per_slow_visitor']:.0f} KiB of the relay each", _failures(figures["slow"]["failures"])]


def flooded(figures):
    return ["the flood:", _latency("of what passed", figures["latency"]), _failures(figures["failures"])]


PARTS = (("visited", "requests"), ("alone", "before"), ("before", "before"), ("beside", "beside them"), ("after", "afterwards"))


def render(figures):
    lines = connected(figures["connected"])
    for key, name in PARTS:
        if key in figures:
            lines += visited(figures[key], name)
    if "flood" in figures:
        lines += flooded(figures["flood"])
    for step in figures.get("steps", []):
        lines += visited(step)
    if "profile" in figures.get("steps", [{}])[-1]:
        lines += hotspots.render(figures["steps"][-1]["profile"])
    if "comeback" in figures:
        lines += returned(figures)
    if "slow" in figures:
        lines += slowly(figures)
    lines += [f"{'ok  ' if check['good'] else 'FAIL'} {check['what']}" for check in figures["checks"]]
    return "\n".join(lines)
