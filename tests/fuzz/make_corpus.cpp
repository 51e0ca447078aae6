// Writes the seeds of the fuzzers with the real encoders, one file a sample: make_corpus tests/fuzz/corpus
#include "core/wire/samples.h"
#include "edge/jwt.h"
#include "fuzz/jwt_keys.h"
#include "http1/serialize.h"
#include "seal/sealed_file.h"
#include "seal/secret_map.h"
#include "wire/base64.h"
#include "wire/frame.h"
#include "wire/json_codec.h"
#include "wire/msgpack_codec.h"

#include <filesystem>
#include <fstream>
#include <iostream>

namespace {

using wire::FrameKind;

class Corpus {
public:
    explicit Corpus(std::filesystem::path root) : m_root(std::move(root)) {}

    void add(const std::string &fuzzer, const std::string &name, std::string_view bytes) const
    {
        std::filesystem::create_directories(m_root / fuzzer);
        std::ofstream file(m_root / fuzzer / name, std::ios::binary);
        file.exceptions(std::ios::badbit | std::ios::failbit);
        file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    }

private:
    std::filesystem::path m_root;
};

template <class T>
std::string encoded(void (*encode)(std::string &, const T &), const T &value)
{
    std::string out;
    encode(out, value);
    return out;
}

wire::RequestHead plainRequest()
{
    wire::RequestHead head;
    head.method = "GET";
    head.uri = "/";
    head.headers = {{"Host", "shop.localhost"}};
    head.requestId = samples::kRequestId;
    return head;
}

wire::ResponseHead plainResponse()
{
    wire::ResponseHead head;
    head.status = 200;
    head.reason = "OK";
    head.headers = {{"Content-Length", "2"}};
    head.body = wire::BodyKind::Sized;
    return head;
}

void addControl(const Corpus &corpus)
{
    std::string message;
    for (const auto &control : samples::controlMessages()) {
        const auto payload = encoded(wire::encodeControl, control);
        corpus.add("control", "message_" + std::to_string(control.index()), payload);
        wire::appendFrame(message, 0, FrameKind::Control, payload);
    }
    corpus.add("frame", "control", message);
}

void addHeads(const Corpus &corpus)
{
    const auto first = [](int choice) { return std::string(1, static_cast<char>(choice)); };
    corpus.add("head", "request", first(0) + encoded(wire::encodeRequestHead, samples::requestHead()));
    corpus.add("head", "request_plain", first(0) + encoded(wire::encodeRequestHead, plainRequest()));
    corpus.add("head", "response", first(1) + encoded(wire::encodeResponseHead, samples::responseHead()));
    corpus.add("head", "response_plain", first(1) + encoded(wire::encodeResponseHead, plainResponse()));
    corpus.add("head", "trailers", first(2) + encoded(wire::encodeTrailers, {{"Checksum", "x"}, {"B", ""}}));
    corpus.add("head", "reset", first(3) + encoded(wire::encodeReset, {wire::Code::Timeout, "too slow"}));
}

void addStream(const Corpus &corpus)
{
    std::string message;
    wire::appendFrame(message, 1, FrameKind::RequestHead, encoded(wire::encodeRequestHead, plainRequest()));
    wire::appendFrame(message, 1, FrameKind::ResponseHead, encoded(wire::encodeResponseHead, plainResponse()));
    wire::appendFrame(message, 1, FrameKind::Data, "ok");
    wire::appendWindow(message, 2, 65536);
    wire::appendFrame(message, 1, FrameKind::End, encoded(wire::encodeTrailers, {{"Checksum", "x"}}));
    wire::appendFrame(message, 1, FrameKind::End, {});
    wire::appendFrame(message, 3, FrameKind::Reset, encoded(wire::encodeReset, {wire::Code::Timeout, "too slow"}));
    corpus.add("frame", "stream", message);
}

void addJson(const Corpus &corpus)
{
    for (const auto &message : samples::messages())
        corpus.add("json", "message_" + std::to_string(message.index()), wire::encodeJson(message));
    corpus.add(
        "json", "seed_established",
        R"({"type":"connection_established","connection_id":"c","tunnel_id":"t","public_url":"u","limits":null})");
}

// The three bytes before the HTTP: reader, and where to cut.
std::string http1Input(int reader, int cut, const std::string &bytes)
{
    return std::string{static_cast<char>(reader), '\0', static_cast<char>(cut)} + bytes;
}

void addRequests(const Corpus &corpus)
{
    const wire::HeaderList chunked{{"Transfer-Encoding", "chunked"}};
    std::string plain;
    http1::appendRequestHead(plain, plainRequest(), {});
    corpus.add("http1", "request", http1Input(0, 7, plain));
    std::string sized;
    http1::appendRequestHead(sized, plainRequest(), {{"Content-Length", "4"}, {"Expect", "100-continue"}});
    corpus.add("http1", "request_sized", http1Input(0, 70, sized + "body"));
    std::string upgrade;
    http1::appendRequestHead(upgrade, plainRequest(),
                             {{"Connection", "keep-alive, Upgrade"}, {"Upgrade", "websocket"}});
    corpus.add("http1", "request_upgrade", http1Input(0, 33, upgrade));
    std::string streamed;
    http1::appendRequestHead(streamed, plainRequest(), chunked);
    http1::appendChunk(streamed, "some bytes");
    http1::appendChunk(streamed, "more");
    http1::appendLastChunk(streamed, {{"Checksum", "x"}});
    corpus.add("http1", "request_chunked", http1Input(0, 80, streamed + plain));
    corpus.add("http1", "request_absolute", http1Input(0, 9, "GET http://h/a?b HTTP/1.1\r\nHost: x\r\n\r\n"));
}

void addResponses(const Corpus &corpus)
{
    auto unsized = plainResponse();
    unsized.headers = {{"Set-Cookie", "a=1"}, {"Set-Cookie", "b=2"}};
    std::string sized;
    http1::appendResponseHead(sized, plainResponse(), {{"Connection", "close"}});
    corpus.add("http1", "response", http1Input(1, 50, sized + "ok"));
    corpus.add("http1", "response_to_head", http1Input(3, 3, sized));
    std::string untilClose;
    http1::appendResponseHead(untilClose, unsized, {});
    corpus.add("http1", "response_until_close", http1Input(1, 30, untilClose + "until the end"));
    std::string chunked;
    http1::appendResponseHead(chunked, unsized, {{"Transfer-Encoding", "chunked"}, {"Trailer", "Checksum"}});
    http1::appendChunk(chunked, "data: 1\n\n");
    http1::appendLastChunk(chunked, {{"Checksum", "x"}});
    corpus.add("http1", "response_chunked", http1Input(1, 120, chunked));
    corpus.add(
        "http1", "response_switching",
        http1Input(1, 20, "HTTP/1.1 101 Switching\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n\x81\x05hello"));
    corpus.add("http1", "response_continue", http1Input(1, 5, "HTTP/1.1 100 Continue\r\n\r\n" + sized));
    corpus.add("http1", "response_bare_status", http1Input(1, 12, "HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nok"));
    corpus.add("http1", "response_204", http1Input(1, 5, "HTTP/1.1 204 No Content\r\n\r\n"));
}

void addTokens(const Corpus &corpus)
{
    using std::chrono::seconds;
    const edge::JwtTime now{seconds(1'800'000'000)};
    const auto token =
        edge::signJwt({"alice", now + seconds(3600), now, now}, fuzz::secretKey(), edge::JwtAlgorithm::HS256);
    corpus.add("jwt", "token", std::string(1, '\0') + token.value());
    corpus.add("jwt", "payload", "\x01{\"sub\":\"alice\",\"exp\":1800000000.5,\"nbf\":1.7e9,\"iat\":1700000000}");
    corpus.add("jwt", "payload_nested", "\x01{\"aud\":[\"a\",{\"b\":null}],\"sub\":\"J\\u00fcrgen\"}");
    corpus.add("jwt", "payload_claims",
               "\x01{\"sub\":\"a\",\"iss\":\"i\",\"jti\":\"j\",\"tunnels\":[\"shop\",\"a-*\"],\"max_tunnels\":3,"
               "\"max_body_bytes\":9,\"rate\":1.5}");
    corpus.add("jwt", "header", "\x02{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":\"1\"}");
    corpus.add("jwt", "header_crit", "\x02{\"alg\":\"HS256\",\"crit\":[\"b64\"],\"b64\":false}");
    for (const auto &vector : kJwsVectors) {
        const std::string name = vector.algorithm;
        corpus.add("jwt", "token_" + name, std::string(1, '\0') + vector.signedPart + "." + vector.signature);
        corpus.add("jwt", "signature_" + name, "\x03" + wire::decodeBase64Url(vector.signature).value());
    }
}

void addKeys(const Corpus &corpus)
{
    std::string open;
    for (const auto &vector : kJwsVectors) {
        const std::string name = vector.algorithm;
        const bool secret = name == "HS256";
        corpus.add("jwks", "key_" + name, std::string(1, secret ? '\3' : '\2') + vector.jwk);
        corpus.add("jwks", "set_" + name, std::string(1, secret ? '\1' : '\0') + "{\"keys\":[" + vector.jwk + "]}");
        if (!secret)
            open.append(open.empty() ? "" : ",").append(vector.jwk);
    }
    corpus.add("jwks", "set", std::string(1, '\0') + "{\"keys\":[" + open + "]}");
    corpus.add("jwks", "key_members",
               "\2{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"use\":\"sig\",\"key_ops\":[\"verify\"],"
               "\"alg\":\"EdDSA\",\"kid\":\"1\",\"exp\":1800000001,"
               "\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}");
    corpus.add("jwks", "key_private",
               "\3{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"d\":\"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A\","
               "\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}");
    corpus.add("jwks", "revocations", "\4# list\njti 1800000000 6f1c\nsub 0 alice of there\n");
}

void addSecrets(const Corpus &corpus)
{
    const seal::SecretMap secrets{{"https://relay.example.com", "s3cret"}, {"tunnel-access:shop", "one\ntwo"}};
    const auto content = std::string(seal::encodeSecrets(secrets).view());
    corpus.add("secrets", "file", std::string(1, '\0') + seal::seal(content, "passphrase"));
    corpus.add("secrets", "file_empty", std::string(1, '\0') + seal::seal({}, "passphrase"));
    corpus.add("secrets", "file_later", std::string(1, '\0') + "HTTP Tunnel secrets, version 2\n");
    corpus.add("secrets", "content", "\x01" + content);
    corpus.add("secrets", "content_empty", "\x01" + std::string(seal::encodeSecrets({}).view()));
    corpus.add("secrets", "damage", std::string("\x02\x60\x01\x70\x80", 5));
}

void addSettings(const Corpus &corpus)
{
    const auto first = [](int choice, std::string_view text) {
        return std::string(1, static_cast<char>(choice)).append(text);
    };
    corpus.add("settings", "tunnels",
               first(0, "server = \"https://a.example\"\ntoken_file = \"t\"\n\n[[tunnel]] # one\ntarget = 3000\nname = "
                        "\"shop\"\nhost_header = \"preserve\"\n[tunnel.access]\nallow = [\"10.0.0.0/8\"]\n"));
    corpus.add("settings", "tunnels_inline",
               first(0, "tunnel = [{target = 1, name = \"aa\"}, {target = \"https://[::1]:2\"}]"));
    corpus.add(
        "settings", "preferences",
        first(
            1,
            "appearance = \"dark\"\nclose_to_tray = false\n[[server]]\nurl = \"https://a.example\"\nlabel = \"x\"\n"));
    corpus.add(
        "settings", "state",
        first(
            2,
            R"({"relay_port":8080,"tunnels":{"3000":{"port":1,"name":"abc","used":"2026-01-31T12:00:00Z"}},"open":["a@b"]})"));
    for (const std::string query :
         {"method:post status:4xx", "status:>=400 -is:replay", "path:/hooks/*/x \"in quotes\"",
          "is:pending is:ws tunnel:shop", "-\"", "status:99999999999 method: is:none -"})
        corpus.add("filter", "query_" + std::to_string(query.size()), query + std::string("\0/hooks/a/x?b", 13));
    corpus.add("relay_config", "names",
               "[listen]\naddress = '::'\nport = 443\ndomain = 'T.example.com.'\naliases = ['a.b']\npublic_url = "
               "'https://a.b:8443/'\n[proxy]\ntrusted = ['10.0.0.0/8', '::1']\n[log]\nlevel = 'debug'\n");
    corpus.add("relay_config", "numbers",
               "[timeouts]\nhead_seconds = 1.5\ndrain_seconds = 0\n[limits]\nmax_body_bytes = "
               "1_000\nmax_links_per_tunnel = 2\n"
               "[audit]\nfile = 'a'\nmax_files = 3\n[admin]\nport = 9\nexposed = true\nhosts = ['x']\n");
    corpus.add("relay_config", "auth",
               "[auth]\ntoken_file = 't'\njwks_url = 'https://id.example.com/k'\naudiences = ['a']\nissuer = 'i'\n"
               "jwks_refresh_seconds = 60\n[tls]\ncertificate_file = 'c'\nprivate_key_file = 'k'\nhsts_seconds = 60\n");
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 2) {
        std::cerr << "usage: make_corpus FOLDER\n";
        return 2;
    }
    const Corpus corpus{argv[1]};
    addControl(corpus);
    addHeads(corpus);
    addStream(corpus);
    addJson(corpus);
    addRequests(corpus);
    addResponses(corpus);
    addTokens(corpus);
    addKeys(corpus);
    addSecrets(corpus);
    addSettings(corpus);
}
