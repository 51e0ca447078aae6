"""The picture of a soak, drawn by gnuplot: Debian's gnuplot-nox needs no display and writes SVG of some ten kilobytes."""

import subprocess

SCRIPT = """
set terminal svg size 900,760 font 'Inter,sans-serif,12' background '#ffffff'
set output '{output}'
set datafile missing '-'
set multiplot layout 3,1
set grid lc rgb '#dddddd'
set key outside top center horizontal
set xrange [0:{minutes}]
set lmargin 10
set rmargin 3
set style data lines
set ylabel 'anonymous memory, MiB'
set yrange [0:*]
plot $samples using 1:2 title 'tunnel-relay' lc rgb '#1f6feb', '' using 1:3 title 'ttf' lc rgb '#d1480f'
set ylabel 'descriptors'
plot $samples using 1:4 title 'tunnel-relay' lc rgb '#1f6feb', '' using 1:5 title 'ttf' lc rgb '#d1480f'
set ylabel 'latency, ms'
set logscale y
set yrange [0.1:*]
set xlabel 'minutes'
plot $samples using 1:7 title 'p99' lc rgb '#d1480f', '' using 1:6 title 'p50' lc rgb '#1f6feb'
unset multiplot
"""
MAX_POINTS = 360  # each the median of its neighbours: what a picture this wide can show


def rows(samples):
    """Minutes and the seven curves, one line a point."""
    step = -(-len(samples) // MAX_POINTS)
    for start in range(0, len(samples), step):
        group = sorted(samples[start:start + step], key=lambda point: point["p99_ms"])
        point = group[len(group) // 2]
        values = (point["t"] / 60, point["relay"]["anon_kib"] / 1024, point["ttf"]["anon_kib"] / 1024,
                  point["relay"]["descriptors"], point["ttf"]["descriptors"],
                  max(point["p50_ms"], 0.1), max(point["p99_ms"], 0.1))
        yield " ".join(f"{value:.3f}" for value in values)


def draw(samples, path):
    data = "$samples << END\n" + "\n".join(rows(samples)) + "\nEND\n"
    script = data + SCRIPT.format(output=path, minutes=samples[-1]["t"] / 60)
    subprocess.run(["gnuplot"], input=script, text=True, check=True, timeout=60)
