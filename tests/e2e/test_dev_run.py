"""The first command of the README: `./dev run PORT` opens the window, or prints a URL where there is no display; either
way the URL serves what localhost:PORT serves."""

import pathlib

from support.compare import assert_equal
from support.rawhttp import fetch
from support.tunnel import route_of

DEV = pathlib.Path(__file__).parents[2] / "dev"


def test_run_opens_the_window_where_there_is_a_display(lab):
    nginx = lab.nginx()
    (nginx.www / "index.html").write_text("<h1>mine</h1>")
    app = lab.http_tunnel(lab.desktop(keyring=False), "run", nginx.port, program=(DEV,))
    assert_equal(fetch(app.wait_serving(seconds=120), "GET", "/"), fetch(nginx.route(), "GET", "/"))
    app.window()
    assert app.process.stop() == 0


def test_without_a_display_run_serves_what_the_port_serves_at_the_same_url_every_time(lab):
    nginx = lab.nginx()
    (nginx.www / "index.html").write_text("<h1>mine</h1>")
    direct = fetch(nginx.route(), "GET", "/")
    client = lab.ttf("run", nginx.port, program=(DEV,))
    first = client.wait_online(seconds=120)["public_url"]
    assert "No display" in client.process.stderr()
    for route in client.routes().values():
        assert_equal(fetch(route, "GET", "/"), direct)
    assert client.wait_event("request")["status"] == 200
    assert client.process.stop() == 0
    client.start()
    assert client.wait_online(seconds=120)["public_url"] == first
    assert_equal(fetch(client.routes()["subdomain"], "GET", "/"), direct)


def test_without_a_display_and_a_port_run_serves_a_sample(lab):
    client = lab.ttf("run", json_events=False, program=(DEV,))
    client.wait_text("http://", seconds=120)
    url = next(word for word in client.output().split() if word.startswith("http://") and ".localhost:" in word)
    assert fetch(route_of(url), "GET", "/", [("Accept", "text/html")]).status == 200
    client.wait_text("GET")
