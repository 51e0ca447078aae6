"""Requests that two HTTP implementations could read differently, each with where it is known from. HEADS are refused before
anything is passed on. BODIES follow a head that is fine and on its way by then: the request must never become whole. In the
data %(host)s stands for the tunnel's host, and SMUGGLED is the request that must not arrive."""

from dataclasses import dataclass

SMUGGLED = b"GET /smuggled HTTP/1.1\r\nHost: %(host)s\r\n\r\n"
REBORN = "PortSwigger: HTTP Desync Attacks, Request Smuggling Reborn (2019)"
BROWSER = "PortSwigger: Browser-Powered Desync Attacks (2022)"
FUNKY = "w4ke: Funky chunks, ambiguous chunk line terminators (2025)"
NGINX = "nginx 1.21.1, CHANGES"


@dataclass(frozen=True)
class Case:
    name: str
    source: str
    data: bytes
    status: int = 400


def post(fields, body=b""):
    return b"POST / HTTP/1.1\r\nHost: %(host)s\r\n" + fields + b"\r\n\r\n" + body


def get(fields=b"", line=b"GET / HTTP/1.1", host=b"Host: %(host)s\r\n"):
    return line + b"\r\n" + host + (fields + b"\r\n" if fields else b"") + b"\r\n"


def with_length(field):
    return post(field, b"hello" + SMUGGLED)


def with_coding(field):
    return post(field, b"0\r\n\r\n" + SMUGGLED)


def both(coding):
    return post(b"Content-Length: 6\r\n" + coding, b"0\r\n\r\n" + SMUGGLED)


LENGTHS = [
    Case("length and coding", "RFC 9112 6.1; CVE-2020-10109 (Twisted)", both(b"Transfer-Encoding: chunked")),
    Case("coding and length", "RFC 9112 6.1; " + REBORN + ", TE.CL",
         with_coding(b"Transfer-Encoding: chunked\r\nContent-Length: 5")),
    Case("coding and a zero length", "CVE-2019-20445 (Netty)", with_coding(b"Transfer-Encoding: chunked\r\nContent-Length: 0")),
    Case("two lengths", "RFC 9112 6.3; CVE-2020-10108 (Twisted)", with_length(b"Content-Length: 5\r\nContent-Length: 0")),
    Case("two equal lengths", "RFC 9110 8.6; CVE-2019-20445 (Netty)", with_length(b"Content-Length: 5\r\nContent-Length: 5")),
    Case("two lengths in two spellings", "RFC 9110 8.6", with_length(b"Content-Length: 5\r\ncontent-length: 05")),
    Case("a list of lengths", "RFC 9112 6.3", with_length(b"Content-Length: 5, 0")),
    Case("a list of equal lengths", "RFC 9110 8.6", with_length(b"Content-Length: 5, 5")),
    Case("length with plus", "CVE-2022-24801 (Twisted)", with_length(b"Content-Length: +5")),
    Case("length with minus", "RFC 9110 8.6", with_length(b"Content-Length: -5")),
    Case("length in hex", "RFC 9110 8.6", with_length(b"Content-Length: 0x5")),
    Case("length with an exponent", "RFC 9110 8.6", with_length(b"Content-Length: 5e0")),
    Case("length with a fraction", "RFC 9110 8.6", with_length(b"Content-Length: 5.0")),
    Case("no length", "CVE-2023-40225 (HAProxy)", with_length(b"Content-Length:")),
    Case("length of spaces", "CVE-2023-40175 (Puma)", with_length(b"Content-Length:   ")),
    Case("length with a space inside", "RFC 9110 8.6", with_length(b"Content-Length: 5 0")),
    Case("length with an underscore", "CVE-2023-47627 (aiohttp)", with_length(b"Content-Length: 5_0")),
    Case("length in other digits", "RFC 9110 8.6 (Unicode digits)", with_length(b"Content-Length: \xd9\xa5")),
    Case("length with a vertical tab", "RFC 9110 5.5", with_length(b"Content-Length: \x0b5")),
    Case("length with a form feed", "RFC 9110 5.5", with_length(b"Content-Length: 5\x0c")),
    Case("length over 64 bits", "RFC 9110 8.6", with_length(b"Content-Length: 18446744073709551621")),
    Case("length over every limit", "RFC 9110 15.5.14", with_length(b"Content-Length: 9223372036854775807"), 413),
]

CODINGS = [
    Case("coding unknown", REBORN, with_coding(b"Transfer-Encoding: xchunked")),
    Case("coding identity", "RFC 9112 6.1", with_coding(b"Transfer-Encoding: identity")),
    Case("coding empty", "RFC 9112 6.1", with_coding(b"Transfer-Encoding:")),
    Case("coding with junk behind", "CVE-2019-15605 (Node.js)", with_coding(b"Transfer-Encoding: chunkedjunk")),
    Case("two codings, one of them none", REBORN, with_coding(b"Transfer-Encoding: chunked\r\nTransfer-Encoding: x")),
    Case("two codings", "CVE-2020-8287 (Node.js)", with_coding(b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked")),
    Case("coding identity beside chunked", "RFC 9112 6.1", with_coding(b"Transfer-Encoding: identity, chunked")),
    Case("chunked is not last", "RFC 9112 6.3; CVE-2022-32213 (Node.js)", with_coding(b"Transfer-Encoding: chunked, gzip")),
    Case("chunked twice", "RFC 9112 6.1", with_coding(b"Transfer-Encoding: chunked, chunked")),
    Case("chunked in an empty list", "RFC 9110 5.6.1", with_coding(b"Transfer-Encoding: ,chunked")),
    Case("chunked quoted", "RFC 9112 7", with_coding(b'Transfer-Encoding: "chunked"')),
    Case("chunked with a parameter", "RFC 9112 7", with_coding(b"Transfer-Encoding: chunked;q=1")),
    Case("vertical tab before chunked", "CVE-2019-18277 (HAProxy)", with_coding(b"Transfer-Encoding: \x0bchunked")),
    Case("CR before chunked", "CVE-2022-1705 (Go)", with_coding(b"Transfer-Encoding: \rchunked")),
    Case("NEL before chunked", "RFC 9110 5.6.3", with_coding(b"Transfer-Encoding: \x85chunked")),
    Case("no-break space before chunked", "RFC 9110 5.6.3", with_coding(b"Transfer-Encoding: \xa0chunked")),
    Case("space before the colon", "RFC 9112 5.1; CVE-2019-16869 (Netty)", with_coding(b"Transfer-Encoding : chunked")),
    Case("tab before the colon", "RFC 9112 5.1; CVE-2021-22959 (Node.js)", with_coding(b"Transfer-Encoding\t: chunked")),
    Case("line break before the colon", REBORN, with_coding(b"Transfer-Encoding\n: chunked")),
    Case("space before the field", "CVE-2020-7238 (Netty)", with_coding(b"X: 1\r\n Transfer-Encoding: chunked")),
    Case("coding on the next line", "RFC 9112 5.2; CVE-2022-32215 (Node.js)", with_coding(b"Transfer-Encoding:\r\n chunked")),
    Case("coding behind a bare LF", REBORN, both(b"X: x\nTransfer-Encoding: chunked")),
    Case("coding behind a bare CR", "CVE-2023-30589 (Node.js)", both(b"X: x\rTransfer-Encoding: chunked")),
    Case("NUL in the name", "RFC 9110 5.1", both(b"Transfer-Encoding\0: chunked")),
    Case("coding in HTTP/1.0", "RFC 9112 6.1",
         b"POST / HTTP/1.0\r\nHost: %(host)s\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + SMUGGLED),
]

FIELDS = [
    Case("bare LF", "RFC 9112 2.2; CVE-2021-41136 (Puma)", b"GET / HTTP/1.1\nHost: %(host)s\n\n" + SMUGGLED),
    Case("bare LF between fields", "CVE-2022-32214 (Node.js)", get(b"X: 1\nY: 2")),
    Case("bare LF at the end", "CVE-2022-35256 (Node.js)", b"GET / HTTP/1.1\r\nHost: %(host)s\r\n\n" + SMUGGLED),
    Case("bare CR", "RFC 9112 2.2", get(b"X: a\rContent-Length: 5")),
    Case("two CR", "RFC 9112 2.2", b"GET / HTTP/1.1\r\r\nHost: %(host)s\r\r\n\r\r\n"),
    Case("folded", "RFC 9112 5.2", get(b"X: a\r\n b")),
    Case("folded with a tab", "RFC 9112 5.2", get(b"X: a\r\n\tb")),
    Case("folded length", "CVE-2024-27982 (Node.js)", with_length(b"X: 1\r\n Content-Length: 48")),
    Case("space before the first field", "RFC 9112 2.2", b"GET / HTTP/1.1\r\n Host: %(host)s\r\nHost: %(host)s\r\n\r\n"),
    Case("NUL in a value", "RFC 9110 5.5", get(b"X: a\0b")),
    Case("NUL in a name", "RFC 9110 5.1", get(b"X\0: a")),
    Case("control in a value", "RFC 9110 5.5", get(b"X: a\x01b")),
    Case("DEL in a value", "RFC 9110 5.5", get(b"X: a\x7fb")),
    Case("no colon", "CVE-2019-20444 (Netty)", with_length(b"Content-Length 5")),
    Case("no name", "CVE-2023-25725 (HAProxy)", with_length(b": x\r\nContent-Length: 5")),
    Case("a name of spaces", "CVE-2023-25725 (HAProxy)", get(b"  : x")),
    Case("brackets in a name", "RFC 9110 5.6.2", get(b"X(y): 1")),
    Case("a space in a name", "RFC 9112 5.1", get(b"X Y: 1")),
    Case("a byte over 127 in a name", "RFC 9110 5.6.2", get(b"X\xe4: 1")),
    Case("a request line among the fields", "RFC 9112 5", get(b"GET /smuggled HTTP/1.1")),
    Case("more fields than allowed", "RFC 6585 5", get(b"\r\n".join([b"a: b"] * 513)), 431),
    Case("a field over the limit", "RFC 6585 5", get(b"X: " + b"x" * 70_000), 431),
    Case("a name over the limit", "RFC 6585 5; CVE-2021-40346 (HAProxy)", get(b"Content-Length0" + b"a" * 70_000 + b": 1"), 431),
]

HOSTS = [
    Case("no host", "RFC 9112 3.2", b"GET / HTTP/1.1\r\nX: 1\r\n\r\n"),
    Case("two hosts", "RFC 9112 3.2", get(b"Host: %(host)s")),
    Case("two different hosts", "RFC 9112 3.2", get(b"host: other.localhost")),
    Case("host with a path", "RFC 9110 7.2", get(host=b"Host: %(host)s/x\r\n")),
    Case("host with a user", "RFC 9110 4.2.4", get(host=b"Host: user@%(host)s\r\n")),
    Case("host with a space", NGINX, get(host=b"Host: %(host)s x\r\n")),
    Case("a list of hosts", "RFC 9110 7.2", get(host=b"Host: %(host)s, %(host)s\r\n")),
    Case("space before the colon of host", "RFC 9112 5.1; CVE-2019-16276 (Go)", get(host=b"Host : %(host)s\r\n")),
    Case("host on the next line", "RFC 9112 5.2", get(host=b"Host:\r\n %(host)s\r\n")),
    Case("control in host", NGINX, get(host=b"Host: \x01%(host)s\r\n")),
]

LINES = [
    Case("space in the target", "CVE-2013-4547 (nginx)", get(line=b"GET /a b HTTP/1.1")),
    Case("NUL in the target", "CVE-2013-4547 (nginx)", get(line=b"GET /a \0b HTTP/1.1")),
    Case("control in the target", NGINX, get(line=b"GET /\x01 HTTP/1.1")),
    Case("tab in the target", NGINX, get(line=b"GET /\t HTTP/1.1")),
    Case("fragment in the target", "RFC 9112 3.2; CVE-2023-45539 (HAProxy)", get(line=b"GET /a#/../b HTTP/1.1")),
    Case("target without a slash", "RFC 9112 3.2.1", get(line=b"GET a HTTP/1.1")),
    Case("target with a user", "RFC 9112 3.2.2", get(line=b"GET http://user@%(host)s/ HTTP/1.1")),
    Case("target of another scheme", "RFC 9112 3.2.2", get(line=b"GET file:///etc/passwd HTTP/1.1")),
    Case("asterisk with GET", "RFC 9112 3.2.4", get(line=b"GET * HTTP/1.1")),
    Case("no target", "RFC 9112 3", get(line=b"GET HTTP/1.1")),
    Case("CONNECT", NGINX, get(line=b"CONNECT %(host)s HTTP/1.1")),
    Case("brackets in the method", "RFC 9110 9.1", get(line=b"G(T / HTTP/1.1")),
    Case("a NUL before the method", "RFC 9112 3", get(line=b"\0GET / HTTP/1.1")),
    Case("a space before the method", "RFC 9112 2.2", get(line=b" GET / HTTP/1.1")),
    Case("two spaces", "RFC 9112 3", get(line=b"GET  / HTTP/1.1")),
    Case("tabs for spaces", "RFC 9112 3", get(line=b"GET\t/\tHTTP/1.1")),
    Case("junk behind the version", "RFC 9112 2.3", get(line=b"GET / HTTP/1.1x")),
    Case("a version of three digits", "RFC 9112 2.3", get(line=b"GET / HTTP/1.11")),
    Case("lower case version", "RFC 9112 2.3", get(line=b"GET / http/1.1")),
    Case("HTTP/0.9", "RFC 1945 4.1", b"GET /\r\n\r\n" + SMUGGLED),
    Case("HTTP/2 preface", "RFC 9113 3.4", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
    Case("HTTP/3", "RFC 9112 2.3", get(line=b"GET / HTTP/3.0")),
    Case("TLS hello", "RFC 8446 5.1", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n"),
    Case("empty lines for ever", "RFC 9112 2.2", b"\r\n" * 50 + SMUGGLED),
    Case("a target over the limit", "RFC 9110 15.5.15", get(line=b"GET /" + b"a" * 20_000 + b" HTTP/1.1"), 431),
    Case("a method over the limit", "RFC 9110 15.6.2", get(line=b"G" * 100 + b" / HTTP/1.1")),
]

HEADS = LENGTHS + CODINGS + FIELDS + HOSTS + LINES


def chunked(body):
    return post(b"Transfer-Encoding: chunked", body)


END = b"\r\nhello\r\n0\r\n\r\n"
BODIES = [
    Case("size not hexadecimal", "RFC 9112 7.1", chunked(b"g" + END)),
    Case("size with 0x", "CVE-2022-24801 (Twisted)", chunked(b"0x5" + END)),
    Case("size with plus", "CVE-2022-24801 (Twisted)", chunked(b"+5" + END)),
    Case("size with minus", "RFC 9112 7.1", chunked(b"-5" + END)),
    Case("size with an underscore", "CVE-2023-47627 (aiohttp)", chunked(b"0_5" + END)),
    Case("no size", "RFC 9112 7.1", chunked(END)),
    Case("size over 64 bits", "RFC 9112 7.1", chunked(b"10000000000000005" + END)),
    Case("size ends in a bare LF", FUNKY, chunked(b"5\nhello\r\n0\r\n\r\n" + SMUGGLED)),
    Case("size ends in a bare CR", FUNKY, chunked(b"5\rhello\r\n0\r\n\r\n" + SMUGGLED)),
    Case("bare LF in an extension", FUNKY + ", EXT.TERM", chunked(b"5;\nhello\r\n0\r\n\r\n" + SMUGGLED)),
    Case("bare LF in a quoted extension", FUNKY + ", EXT.TERM", chunked(b'5;a="\nb"' + END + SMUGGLED)),
    Case("bare CR in an extension", FUNKY, chunked(b"5;a\rb" + END)),
    Case("control in an extension", "CVE-2022-24801 (Twisted)", chunked(b"5;\x01" + END)),
    Case("extension without end", "RFC 9112 7.1.1; CVE-2021-22960 (Node.js)", chunked(b"5;" + b"a" * 200_000 + END)),
    Case("chunk longer than said", "RFC 9112 7.1", chunked(b"3" + END)),
    Case("chunk shorter than said", "RFC 9112 7.1", chunked(b"6" + END)),
    Case("chunk ends in two other bytes", FUNKY + ", TERM.EXT", chunked(b"5\r\nhelloXX0\r\n\r\n" + SMUGGLED)),
    Case("chunk ends in a bare LF", FUNKY, chunked(b"5\r\nhello\n0\r\n\r\n" + SMUGGLED)),
    Case("last chunk ends in a bare LF", FUNKY, chunked(b"0\n\r\n" + SMUGGLED)),
    Case("trailer with a NUL", "RFC 9110 5.5", chunked(b"0\r\nX: a\0b\r\n\r\n")),
    Case("trailer folded", "RFC 9112 5.2", chunked(b"0\r\nX: a\r\n b\r\n\r\n")),
    Case("trailer with a bare LF", "RFC 9112 2.2", chunked(b"0\r\nX: a\n\r\n" + SMUGGLED)),
    Case("trailer with a space before the colon", "RFC 9112 5.1", chunked(b"0\r\nX : a\r\n\r\n")),
    Case("length as a trailer", "RFC 9110 6.5.1; CVE-2023-40175 (Puma)", chunked(b"0\r\nContent-Length: 5\r\n\r\n" + SMUGGLED)),
    Case("coding as a trailer", "RFC 9110 6.5.1", chunked(b"0\r\nTransfer-Encoding: chunked\r\n\r\n" + SMUGGLED)),
]


def hidden(fields=b"", line=b"POST /host HTTP/1.1"):
    """A whole request in the body of another, which is fine: exactly one must arrive."""
    body = b"GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n"
    return line + b"\r\nHost: %(host)s\r\n" + fields + b"Content-Length: %d\r\n\r\n" % len(body) + body


# What is legal, and was read as two requests elsewhere: arrives as one.
LEGAL = [
    Case("a body that is a request", BROWSER + ", CL.0", hidden(), 200),
    Case("the same with GET", BROWSER + ", CL.0", hidden(line=b"GET /host HTTP/1.1"), 200),
    Case("the same with OPTIONS", "Bugcrowd: TE.0 (2024)", hidden(line=b"OPTIONS /host HTTP/1.1"), 200),
    Case("the same, asking for h2c", "Bishop Fox: h2c Smuggling (2020); RFC 9113 3.1",
         hidden(b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA\r\n"), 200),
    Case("its length named by Connection", "RFC 9110 7.6.1", hidden(b"Connection: Content-Length\r\n"), 200),
    Case("its coding named by Connection", "RFC 9110 7.6.1",
         post(b"Connection: Transfer-Encoding\r\nTransfer-Encoding: chunked", b"5\r\nhello\r\n0\r\n\r\n"), 200),
    Case("an unknown expectation", "PortSwigger: HTTP/1.1 must die (2025), 0.CL", hidden(b"Expect: y 100-continue\r\n"), 200),
    Case("a name that overflows a length of 8 bits", "CVE-2021-40346 (HAProxy)",
         hidden(b"Content-Length0" + b"a" * 255 + b":\r\n"), 200),
    Case("a length in a field of another name", "RFC 9110 5.1", hidden(b"Content_Length: 0\r\nContent-Lengt\x68x: 0\r\n"), 200),
    Case("the method by another name", "RFC 9110 9.1", hidden(b"X-HTTP-Method-Override: GET\r\n"), 200),
]
