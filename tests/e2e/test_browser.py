"""Real applications in a real browser: socket.io and Vite's hot module replacement, through the tunnel."""

import json
import os
import shutil
import subprocess

import pytest

from support.apps import APPS, install_apps
from support.process import Process
from support.servers import Server
from support.waiting import SLOWDOWN, free_port

BROWSER_SECONDS = 120 * SLOWDOWN


@pytest.fixture(scope="module")
def installed():
    return install_apps()


@pytest.fixture
def app_folder(installed, request):
    """A copy of one application beside node_modules, free to be edited."""
    folder = installed / f"run-{os.getpid()}-{request.param}"
    shutil.copytree(APPS / request.param, folder)
    yield folder
    shutil.rmtree(folder)


class NodeApp(Server):
    def __init__(self, folder, arguments, port):
        super().__init__(Process("app", ["node", *arguments], folder, env={"PORT": str(port)}), port)


def browse(installed, *arguments):
    shutil.copy(APPS / "browse.mjs", installed)
    done = subprocess.run(["node", "browse.mjs", *map(str, arguments)], cwd=installed, timeout=BROWSER_SECONDS,
                          stdout=subprocess.PIPE, text=True)
    seen = json.loads(done.stdout)
    assert "failure" not in seen, seen
    return seen


SESSION_CLOSED = "Failed to load resource: the server responded with a status of 400 (Bad Request)"


@pytest.mark.parametrize("app_folder", ["socketio"], indirect=True)
def test_socket_io_over_every_transport(lab, installed, app_folder):
    app = NodeApp(app_folder, ["server.mjs"], free_port())
    try:
        relay = lab.relay()
        online = lab.tunnel(relay, app.port, "chat").wait_online()
        for url in (online["subdomain_url"], online["path_based_url"]):
            seen = browse(installed, "socketio", url.rstrip("/") + "/")
            # A poll that crosses the closing of its session is answered so by engine.io, with or without a tunnel.
            seen["problems"] = [problem for problem in seen["problems"] if problem != SESSION_CLOSED]
            assert "request_failed" not in relay.process.stderr(), "the relay answered a request itself"
            for wanted, result in seen["result"].items():
                assert result == {"transport": "polling" if wanted == "polling" else "websocket", "textEqual": True,
                                  "bytesEqual": True, "inOrder": True, "heard": "to everyone"}, wanted
            assert len(seen["webSockets"]) == 4 and seen["problems"] == []
    finally:
        app.close()


@pytest.mark.parametrize("app_folder", ["vite"], indirect=True)
def test_vite_updates_the_page_without_a_reload(lab, installed, app_folder):
    port = free_port()
    app = NodeApp(app_folder, [installed / "node_modules/vite/bin/vite.js", "--port", str(port), "--strictPort"], port)
    try:
        client = lab.tunnel(lab.relay(), port, "hot")
        url = client.wait_online()["subdomain_url"].rstrip("/") + "/"
        seen = browse(installed, "vite", url, app_folder)
        assert seen["result"] == {"before": "rgb(1, 2, 3)", "after": "rgb(4, 5, 6)", "untouched": True}
        assert seen["problems"] == [] and seen["navigations"] == 1
        # Its fallback is a direct connection to the dev server, which the browser of this test could reach as well.
        assert [socket.split("?")[0] for socket in seen["webSockets"]] == [url.replace("http://", "ws://")]
    finally:
        app.close()
