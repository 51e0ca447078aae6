"""Real servers as local services: nginx with a folder and a configuration of its own, httpbin under gunicorn."""

import os
import sys

from .process import Process
from .rawhttp import Route
from .waiting import accepts, free_port, wait_until

NGINX_FRAME = """
{user}
daemon off;
worker_processes 1;
worker_rlimit_nofile 8192;
pid nginx.pid;
error_log stderr warn;
events {{ worker_connections 4096; }}
http {{
    types {{ text/html html; text/css css; text/plain txt; application/javascript js; image/png png; }}
    default_type application/octet-stream;
    access_log off;
    keepalive_requests 1000000;
    client_max_body_size 0;
    client_body_temp_path body; proxy_temp_path proxy;
    fastcgi_temp_path fcgi; scgi_temp_path scgi; uwsgi_temp_path uwsgi;
    {http}
}}
"""


class Server:
    """A process that listens on one TCP port of 127.0.0.1."""

    def __init__(self, process, port):
        self.process = process
        self.port = port
        wait_until(lambda: accepts(port) or not process.running(), 30, f"{process.name} does not listen")
        assert process.running(), f"{process.name} ended: {process.tail()}"

    def route(self):
        return Route(self.port, f"localhost:{self.port}")

    def close(self):
        self.process.stop()


class Nginx(Server):
    """`server` is the inside of a server block (its root is `www` in the folder); `http` stands beside it."""

    def __init__(self, folder, server="", http="", port=None, listen_options=""):
        port = port or free_port()
        for name in ("www", "logs"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        self.www = folder / "www"
        block = f"{http}\n server {{ listen 127.0.0.1:{port}{listen_options}; root www; {server} }}"
        user = "user root;" if os.geteuid() == 0 else ""
        (folder / "nginx.conf").write_text(NGINX_FRAME.format(user=user, http=block))
        argv = ["/usr/sbin/nginx", "-p", folder, "-c", folder / "nginx.conf", "-e", "stderr"]
        super().__init__(Process("nginx", argv, folder), port)


class Httpbin(Server):
    """Debian's httpbin under gunicorn: HTTP/1.1 with keep-alive and chunked bodies in both directions."""

    def __init__(self, folder):
        port = free_port()
        folder.mkdir(parents=True, exist_ok=True)
        argv = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--worker-class", "gthread",
                "--workers", "1",
                "--threads", "16", "--keep-alive", "75", "--worker-tmp-dir", folder, "httpbin:app"]
        super().__init__(Process("httpbin", argv, folder, env={"PYTHONHASHSEED": "0"}), port)
