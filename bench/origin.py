"""What every peer exposes: an nginx with two files and an upload address behind which each body is read to its end."""

import os
import threading
import socket

from process import Child, free_port

SMALL_BYTES = 1024

NGINX = """
{user}
daemon off;
worker_processes 1;
pid {folder}/{name}.pid;
error_log {folder}/{name}-error.log warn;
events {{ worker_connections 4096; }}
http {{
    access_log off;
    sendfile on;
    tcp_nodelay on;
    keepalive_timeout 75;
    keepalive_requests 100000000;
    client_max_body_size 0;
    client_body_temp_path {folder}/{name}-body;
    proxy_temp_path {folder}/{name}-proxy;
    fastcgi_temp_path {folder}/{name}-fastcgi;
    uwsgi_temp_path {folder}/{name}-uwsgi;
    scgi_temp_path {folder}/{name}-scgi;
    {http}
}}
"""

ORIGIN = """
    server {{
        listen 127.0.0.1:{port} backlog=4096;
        root {folder}/www;
        location /upload {{
            proxy_pass http://127.0.0.1:{sink};
            proxy_http_version 1.1;
            proxy_request_buffering off;
        }}
    }}
"""


def start_nginx(name, folder, http):
    config = folder / f"{name}.conf"
    user = "user root;" if os.geteuid() == 0 else ""  # the worker reads the files made here
    config.write_text(NGINX.format(user=user, folder=folder, name=name, http=http))
    return Child(name, ["/usr/sbin/nginx", "-p", folder, "-c", config, "-e", folder / f"{name}-start.log"],
                 folder / f"{name}.log")


class Sink(threading.Thread):
    """Reads each request with a Content-Length to its end, then answers 200 with the number of bytes read."""

    def __init__(self):
        super().__init__(daemon=True)
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self._listener.getsockname()[1]

    def run(self):
        while True:
            connection, _ = self._listener.accept()
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    @staticmethod
    def _serve(connection):
        with connection:
            stream = connection.makefile("rb", buffering=65536)
            length = None
            chunked = False
            for line in iter(stream.readline, b"\r\n"):
                if not line:
                    return
                name, _, value = line.partition(b":")
                if name.lower() == b"content-length":
                    length = int(value)
                chunked = chunked or (name.lower() == b"transfer-encoding" and b"chunked" in value.lower())
            received = read_chunks(stream) if chunked else read_bytes(stream, length or 0)
            body = str(received).encode()
            connection.sendall(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))


def read_bytes(stream, length):
    buffer = memoryview(bytearray(1 << 20))
    left = length
    while left:
        count = stream.readinto(buffer[:min(left, len(buffer))])
        if not count:
            break
        left -= count
    return length - left


def read_chunks(stream):
    total = 0
    while size := int(stream.readline().split(b";")[0] or b"0", 16):
        total += read_bytes(stream, size)
        stream.readline()
    return total


class Origin:
    def __init__(self, folder, big_bytes):
        www = folder / "www"
        www.mkdir()
        self.small = os.urandom(SMALL_BYTES // 2).hex().encode()
        (www / "small").write_bytes(self.small)
        block = os.urandom(1 << 20)
        with (www / "big").open("wb") as big:
            for _ in range(big_bytes >> 20):
                big.write(block)
        self.big_file = www / "big"
        self.big_bytes = big_bytes
        self.port = free_port()
        self._sink = Sink()
        self._sink.start()
        self.nginx = start_nginx("origin", folder, ORIGIN.format(port=self.port, folder=folder, sink=self._sink.port))

    def stop(self):
        self.nginx.stop()
