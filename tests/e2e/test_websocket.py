"""Upgraded connections pass untouched: frames, subprotocols, control frames, refusals."""

import os
import pathlib
import sys

import pytest

from support.process import Process
from support.rawhttp import Connection, request_bytes
from support.servers import Server
from support.waiting import free_port
from support.websocket import BINARY, CLOSE, PING, PONG, TEXT, WebSocket

ECHO = pathlib.Path(__file__).parent / "apps/websocket_echo.py"


@pytest.fixture(scope="module")
def client(shared_lab):
    port = free_port()
    server = Server(Process("echo", [sys.executable, ECHO, port], shared_lab.new_folder("echo")), port)
    yield shared_lab.tunnel(shared_lab.relay(), port, "sockets")
    server.close()


@pytest.fixture(params=["subdomain", "path"])
def route(request, client):
    return client.routes()[request.param]


@pytest.mark.parametrize("size", [0, 1, 125, 126, 65535, 65536, 3_000_000])
@pytest.mark.parametrize("opcode", [TEXT, BINARY], ids=["text", "binary"])
def test_echo(route, opcode, size):
    payload = b"x" * size if opcode == TEXT else os.urandom(size)
    with WebSocket(route) as socket:
        assert socket.head.status == 101
        socket.send(opcode, payload)
        assert socket.receive() == (opcode, payload)


def test_subprotocol_is_negotiated_by_the_service(route):
    with WebSocket(route, fields=[("Sec-WebSocket-Protocol", "chat.v1, chat.v2")]) as socket:
        assert socket.head.get("Sec-WebSocket-Protocol") in ("chat.v1", "chat.v2")
    with WebSocket(route) as socket:
        assert socket.head.get("Sec-WebSocket-Protocol") is None


def test_control_frames_and_close_codes_pass(route):
    with WebSocket(route) as socket:
        socket.send(PING, b"are you there")
        assert socket.receive() == (PONG, b"are you there")
        socket.send(TEXT, b"close please")
        opcode, payload = socket.receive()
        assert (opcode, payload) == (CLOSE, (4321).to_bytes(2, "big") + b"as you wish")
        socket.send(CLOSE, payload)
        assert socket.at_end()


def test_many_messages_keep_their_order(route):
    with WebSocket(route) as socket:
        for number in range(2000):
            socket.send(TEXT, b"%d" % number)
        assert [socket.receive()[1] for _ in range(2000)] == [b"%d" % number for number in range(2000)]


def test_requests_show_up_when_the_socket_ends(client):
    with WebSocket(client.routes()["subdomain"], "/watched") as socket:
        socket.send(TEXT, b"hello")
        socket.receive()
    event = client.wait_event("request", where=lambda event: event["path"] == "/watched")
    assert (event["status"], event["upgrade"]) == (101, "websocket")


def test_a_refused_upgrade_is_an_ordinary_response(lab):
    origin = lab.origin(lambda exchange: exchange.respond("403 No Sockets", body=b"not here"))
    route = lab.tunnel(lab.relay(), origin.port, "refusing").routes()["subdomain"]
    with WebSocket(route) as socket:
        assert (socket.head.status, socket.head.reason) == (403, "No Sockets")
    assert b"upgrade: websocket" in origin.heads[-1].lower() and b"sec-websocket-key" in origin.heads[-1].lower()


def test_any_protocol_may_be_switched_to(lab):
    def handler(exchange):
        exchange.send(b"HTTP/1.1 101 Switching\r\nConnection: Upgrade\r\nUpgrade: shouting/1\r\n\r\nREADY")
        while data := exchange.receive():
            exchange.send(data.upper())
        exchange.keep_alive = False

    route = lab.tunnel(lab.relay(), lab.origin(handler).port, "shouting").routes()["subdomain"]
    with Connection(route) as connection:
        connection.send(request_bytes(route, "GET", "/", [("Connection", "upgrade"), ("Upgrade", "shouting/1")]))
        assert connection.read_final_head().status == 101
        received = b""
        connection.send(b"hello")
        while len(received) < 10:
            received += connection.receive()
        assert received == b"READYHELLO"
        connection.half_close()
        assert connection.at_end()
