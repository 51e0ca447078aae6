#include "relay/config.h"
#include "support/temporary_folder.h"

#include <gmock/gmock.h>

#include <fstream>
#include <iterator>
#include <regex>
#include <string>

namespace {

using namespace std::chrono_literals;
using relay::Config;
using testing::HasSubstr;

Config parsed(std::string_view toml)
{
    auto config = relay::parseConfig(toml, "f.toml");
    EXPECT_TRUE(config) << (config ? "" : config.error().message);
    return config.value_or(Config{});
}

std::string errorOf(std::string_view toml)
{
    const auto config = relay::parseConfig(toml, "f.toml");
    return config ? "(accepted)" : config.error().message;
}

TEST(ParseConfig, NothingIsTheDefaults)
{
    EXPECT_EQ(parsed(""), Config{});
    EXPECT_EQ(parsed("[listen]\n[tls]\n[admin]\n[proxy]\n[auth]\n[timeouts]\n[limits]\n[log]\n[audit]\n"), Config{});
    EXPECT_EQ(Config{}.timeouts.head, wire::kHeadTimeout);
    EXPECT_EQ(Config{}.limits.maxBodyBytes, wire::kMaxBodyBytes);
}

TEST(ParseConfig, ReadsEveryKey)
{
    const auto config = parsed(R"(
[listen]
address = "::"
port = 443
domain = "Tunnel.Example.com."
aliases = ["t.example.org", "LOCALHOST"]
public_url = "https://tunnel.example.com:8443/"
[tls]
certificate_file = "cert.pem"
private_key_file = "key.pem"
hsts_seconds = 600
[admin]
address = "::1"
port = 9090
exposed = true
hosts = ["Relay.internal"]
[proxy]
trusted = ["10.0.0.0/8", "::1"]
[auth]
token_file = "tokens"
jwt_secret_file = "secret"
jwks_file = "jwks.json"
jwks_url = "https://id.example.com/jwks"
jwks_refresh_seconds = 60
issuer = "https://id.example.com"
audiences = ["relay", "tunnel"]
revocation_file = "revoked"
names_file = "names"
open = true
grace = true
[timeouts]
head_seconds = 1
keep_alive_seconds = 2
response_head_seconds = 3
body_read_seconds = 4
visitor_write_seconds = 5
upgraded_idle_seconds = 6
drain_seconds = 0
name_grace_seconds = 0
ping_seconds = 0.5
[limits]
max_body_bytes = 100
max_visitor_connections = 10
max_links_per_tunnel = 2
max_streams_per_link = 3
requests_per_second_per_tunnel = 50
[log]
level = "debug"
format = "json"
[audit]
file = "audit.jsonl"
max_file_bytes = 65536
max_files = 3
)");
    Config expected;
    expected.listen = {
        "::", 443, "tunnel.example.com", {"t.example.org", "localhost"}, "https://tunnel.example.com:8443"};
    expected.tls = {"cert.pem", "key.pem", 600s};
    expected.admin = {"::1", 9090, true, {"relay.internal"}};
    expected.proxy.trusted = {*wire::Cidr::parse("10.0.0.0/8"), *wire::Cidr::parse("::1")};
    expected.auth.tokenFile = "tokens";
    expected.auth.jwtSecretFile = "secret";
    expected.auth.jwksFile = "jwks.json";
    expected.auth.jwksUrl = "https://id.example.com/jwks";
    expected.auth.jwksRefresh = 60s;
    expected.auth.issuer = "https://id.example.com";
    expected.auth.audiences = {"relay", "tunnel"};
    expected.auth.revocationFile = "revoked";
    expected.auth.namesFile = "names";
    expected.auth.open = true;
    expected.auth.grace = true;
    expected.timeouts = {1s, 2s, 3s, 4s, 5s, 6s, 0s, 0s, 500ms};
    expected.limits = {.maxBodyBytes = 100,
                       .maxVisitorConnections = 10,
                       .maxLinksPerTunnel = 2,
                       .maxStreamsPerLink = 3,
                       .tunnel = {.requests = wire::Rate{50, 50}}};
    expected.log = {relay::LogLevel::Debug, relay::LogFormat::Json};
    expected.audit = {"audit.jsonl", 65536, 3};
    EXPECT_EQ(config, expected);
    EXPECT_TRUE(config.tls.enabled());
    EXPECT_FALSE(Config{}.tls.enabled());
}

struct ErrorCase {
    const char *toml;
    const char *message; // a part of it
};

TEST(ParseConfig, RefusesWithKeyAndLine)
{
    const ErrorCase table[] = {
        {"[listen]\nprot = 1", "f.toml:2: unknown key in [listen]: \"prot\" (known: address, port, domain"},
        {"[listne]", "f.toml:1: unknown table or key \"listne\" (known: listen, tls, admin"},
        {"[tls]\nkey = ''", "unknown key in [tls]: \"key\""},
        {"[admin]\ntoken = ''", "unknown key in [admin]: \"token\""},
        {"[proxy]\ntrust = []", "unknown key in [proxy]: \"trust\""},
        {"[auth]\ntoken = 'x'", "unknown key in [auth]: \"token\""},
        {"[timeouts]\nhead = 1", "unknown key in [timeouts]: \"head\""},
        {"[limits]\nmax = 1", "unknown key in [limits]: \"max\""},
        {"[log]\nfile = ''", "unknown key in [log]: \"file\""},
        {"[listen]\naddress = 'localhost'", "f.toml:2: listen.address: \"localhost\" is not an IP address"},
        {"[listen]\naddress = '127.0.0.1:80'", "is not an IP address"},
        {"[listen]\nport = 65536", "listen.port: must be a whole number, 0 to 65535"},
        {"[listen]\nport = -1", "listen.port"},
        {"[listen]\nport = '80'", "listen.port"},
        {"[listen]\ndomain = ''", "listen.domain: \"\" is not a host name"},
        {"[listen]\ndomain = 'localhost:80'", "listen.domain"},
        {"[listen]\ndomain = 'http://localhost'", "listen.domain"},
        {"[listen]\ndomain = '*.example.com'", "listen.domain"},
        {"[listen]\naliases = 'x.org'", "listen.aliases: must be a list"},
        {"[listen]\naliases = ['x.org',\n'y org']", "f.toml:3: listen.aliases: \"y org\" is not a host name"},
        {"[listen]\npublic_url = 'localhost'", "listen.public_url: \"localhost\" is not http(s)://host[:port]"},
        {"[listen]\npublic_url = 'ftp://localhost'", "listen.public_url"},
        {"[listen]\npublic_url = 'https://localhost/path'", "listen.public_url"},
        {"[listen]\npublic_url = 'https://a@localhost'", "listen.public_url"},
        {"[listen]\npublic_url = 'https://'", "listen.public_url"},
        {"[listen]\npublic_url = 'https://other.org'", "the host of public_url, other.org, must be the domain"},
        {"[tls]\ncertificate_file = 'c'", "f.toml:1: [tls]: certificate_file and private_key_file belong together"},
        {"[tls]\nprivate_key_file = 'k'", "belong together"},
        {"[admin]\naddress = ''", "admin.address"},
        {"[admin]\nport = 70000", "admin.port"},
        {"[proxy]\ntrusted = ['10.0.0.1/8']", "proxy.trusted: \"10.0.0.1/8\" has bits set behind its prefix"},
        {"[proxy]\ntrusted = ['proxy.example.com']", "is not an IP address or range"},
        {"[proxy]\ntrusted = [1]", "proxy.trusted"},
        {"[auth]\ntoken_file = 1", "auth.token_file"},
        {"[auth]\njwks_url = 'http://id.example.com/'", "auth.jwks_url: \"http://id.example.com/\" is no https:// URL"},
        {"[auth]\njwks_refresh_seconds = 1", "auth.jwks_refresh_seconds: must be 10 to"},
        {"[auth]\naudiences = ''", "auth.audiences: must be a list"},
        {"[auth]\naudiences = ['']", "auth.audiences: must be 1 to 256 bytes"},
        {"[auth]\nopen = 1", "auth.open: must be true or false"},
        {"[timeouts]\nhead_seconds = 0", "timeouts.head_seconds: must be 0.001 to 604800 seconds"},
        {"[timeouts]\nkeep_alive_seconds = 0", "timeouts.keep_alive_seconds"},
        {"[timeouts]\nresponse_head_seconds = '1'", "timeouts.response_head_seconds"},
        {"[timeouts]\nbody_read_seconds = -1", "timeouts.body_read_seconds"},
        {"[timeouts]\nvisitor_write_seconds = 0", "timeouts.visitor_write_seconds"},
        {"[timeouts]\nupgraded_idle_seconds = 0", "timeouts.upgraded_idle_seconds"},
        {"[timeouts]\ndrain_seconds = -0.1", "timeouts.drain_seconds: must be 0 to 604800 seconds"},
        {"[timeouts]\nname_grace_seconds = 1e9", "timeouts.name_grace_seconds"},
        {"[timeouts]\nping_seconds = 0", "timeouts.ping_seconds"},
        {"[limits]\nmax_body_bytes = 0", "limits.max_body_bytes"},
        {"[limits]\nmax_visitor_connections = 0", "limits.max_visitor_connections"},
        {"[tls]\nhsts_seconds = 60", "hsts_seconds is said over TLS only"},
        {"[tls]\nhsts_seconds = -1", "tls.hsts_seconds: must be a whole number"},
        {"[admin]\nhosts = ['a/b']", "is not a host name"},
        {"[audit]\nmax_files = 1", "audit.max_files: must be a whole number, 2 to 1000"},
        {"[audit]\nmax_file_bytes = 1", "audit.max_file_bytes: must be a whole number, 65536 to"},
        {"[audit]\npath = 'x'", "unknown key in [audit]: \"path\""},
        {"[log]\nlevel = 'verbose'", "log.level: must be one of debug, info, warn, error, off"},
        {"[log]\nformat = 'xml'", "log.format: must be one of text, json"},
        {"listen = 1", "listen must be a table"},
        {"[listen", "f.toml:1: "},
    };
    for (const auto &[toml, message] : table)
        EXPECT_THAT(errorOf(toml), HasSubstr(message)) << toml;
}

TEST(ParseConfig, APublicUrlMayNameAnAliasOrAnAddress)
{
    EXPECT_EQ(parsed("[listen]\naliases=['a.org']\npublic_url='https://A.org'").listen.publicUrl, "https://A.org");
    EXPECT_EQ(parsed("[listen]\npublic_url='http://192.168.1.2:8080'").listen.publicUrl, "http://192.168.1.2:8080");
    EXPECT_EQ(parsed("[listen]\npublic_url='http://[::1]:8080'").listen.publicUrl, "http://[::1]:8080");
}

TEST(RouteRules, AreTheApexHosts)
{
    const auto rules = relay::routeRules(parsed("[listen]\ndomain='a.org'\naliases=['b.org']"));
    EXPECT_EQ(rules.domain, "a.org");
    EXPECT_EQ(rules.aliases, (std::vector<std::string>{"b.org"}));
}

struct UrlCase {
    const char *toml;
    std::uint16_t port;
    const char *origin;
    const char *subdomain;
};

TEST(PublicUrls, AreWhatVisitorsType)
{
    const char *tls = "[tls]\ncertificate_file='c'\nprivate_key_file='k'\n[listen]\ndomain='t.example.com'";
    const UrlCase table[] = {
        {"", 8080, "http://localhost:8080", "http://shop.localhost:8080"},
        {"", 41234, "http://localhost:41234", "http://shop.localhost:41234"},
        {"", 80, "http://localhost", "http://shop.localhost"},
        {"", 443, "http://localhost:443", "http://shop.localhost:443"},
        {tls, 443, "https://t.example.com", "https://shop.t.example.com"},
        {tls, 8443, "https://t.example.com:8443", "https://shop.t.example.com:8443"},
        {"[listen]\ndomain='192.168.1.2'", 8080, "http://192.168.1.2:8080", ""},
        {"[listen]\ndomain='[::1]'", 8080, "http://[::1]:8080", ""},
        {"[listen]\ndomain='t.example.com'\npublic_url='https://t.example.com'", 8080, "https://t.example.com",
         "https://shop.t.example.com"},
        {"[listen]\npublic_url='https://192.168.1.2:8443'", 8080, "https://192.168.1.2:8443", ""},
    };
    for (const auto &[toml, port, origin, subdomain] : table) {
        const auto config = parsed(toml);
        EXPECT_EQ(relay::publicOrigin(config, port), origin);
        const auto urls = relay::publicUrls(config, port, "shop");
        EXPECT_EQ(urls.path, std::string(origin) + "/shop");
        EXPECT_EQ(urls.subdomain, subdomain);
    }
}

TEST(LoadConfig, TakesFilesRelativeToItsFolder)
{
    const support::TemporaryFolder folder;
    const auto file =
        folder.write("relay.toml", "[tls]\ncertificate_file='c.pem'\nprivate_key_file='/abs/k.pem'\n"
                                   "[auth]\ntoken_file='tokens'\njwt_secret_file='secret'\njwks_file='jwks'\n"
                                   "revocation_file='revoked'\nnames_file='names'\n");
    const auto config = relay::loadConfig(file);
    ASSERT_TRUE(config) << config.error().message;
    EXPECT_EQ(config->tls.certificateFile, folder.path() / "c.pem");
    EXPECT_EQ(config->tls.privateKeyFile, "/abs/k.pem");
    EXPECT_EQ(config->auth.tokenFile, folder.path() / "tokens");
    EXPECT_EQ(config->auth.jwtSecretFile, folder.path() / "secret");
    EXPECT_EQ(config->auth.jwksFile, folder.path() / "jwks");
    EXPECT_EQ(config->auth.revocationFile, folder.path() / "revoked");
    EXPECT_EQ(config->auth.namesFile, folder.path() / "names");
}

TEST(LoadConfig, SaysWhichFileIsWrong)
{
    const support::TemporaryFolder folder;
    const auto bad = relay::loadConfig(folder.write("bad.toml", "x"));
    ASSERT_FALSE(bad);
    EXPECT_THAT(bad.error().message, HasSubstr((folder.path() / "bad.toml").string() + ":1: "));
    const auto missing = relay::loadConfig(folder.path() / "missing.toml");
    ASSERT_FALSE(missing);
    EXPECT_THAT(missing.error().message, HasSubstr("cannot be opened"));
}

TEST(LoadConfig, LeavesAbsentFilesAbsent)
{
    const support::TemporaryFolder folder;
    EXPECT_EQ(relay::loadConfig(folder.write("empty.toml", "")).value(), Config{});
}

class Sample : public testing::Test {
protected:
    static std::string text()
    {
        std::ifstream stream(SAMPLE_CONFIG);
        EXPECT_TRUE(stream) << SAMPLE_CONFIG;
        return {std::istreambuf_iterator<char>(stream), {}};
    }
    // With the settings in comments, which say the defaults, taken out of them.
    static std::string uncommented()
    {
        return std::regex_replace(text(), std::regex("(^|\n)# (\\[[a-z]+\\]|[a-z_]+ = )"), "$1$2");
    }
};

TEST_F(Sample, ParsesAsItIs)
{
    parsed(text());
}

TEST_F(Sample, ItsCommentsAreTheDefaults)
{
    const auto config = parsed(uncommented());
    EXPECT_EQ(config.timeouts, Config{}.timeouts);
    EXPECT_EQ(config.limits, Config{}.limits);
    EXPECT_EQ(config.log, Config{}.log);
    EXPECT_EQ(config.listen.aliases, Config{}.listen.aliases);
    EXPECT_EQ(config.listen.publicUrl, Config{}.listen.publicUrl);
}

TEST_F(Sample, ListsEveryKey)
{
    const auto sample = uncommented();
    for (const char *key : {"address",
                            "port",
                            "domain",
                            "aliases",
                            "public_url",
                            "certificate_file",
                            "private_key_file",
                            "trusted",
                            "token_file",
                            "jwt_secret_file",
                            "jwks_file",
                            "jwks_url",
                            "jwks_refresh_seconds",
                            "issuer",
                            "audiences",
                            "revocation_file",
                            "names_file",
                            "open",
                            "grace",
                            "head_seconds",
                            "keep_alive_seconds",
                            "response_head_seconds",
                            "body_read_seconds",
                            "visitor_write_seconds",
                            "upgraded_idle_seconds",
                            "drain_seconds",
                            "name_grace_seconds",
                            "ping_seconds",
                            "max_body_bytes",
                            "max_visitor_connections",
                            "max_tunnels_per_token",
                            "max_links_per_tunnel",
                            "max_streams_per_link",
                            "max_connections_per_address",
                            "requests_per_second",
                            "requests_burst",
                            "max_requests",
                            "requests_per_second_per_token",
                            "requests_burst_per_token",
                            "max_requests_per_token",
                            "requests_per_second_per_tunnel",
                            "requests_burst_per_tunnel",
                            "max_requests_per_tunnel",
                            "upload_bytes_per_second_per_tunnel",
                            "download_bytes_per_second_per_tunnel",
                            "level",
                            "format"})
        EXPECT_TRUE(std::regex_search(sample, std::regex("\n" + std::string(key) + " = \\S"))) << key;
}

TEST(CheckAuth, AnOpenRelayBeyondLoopbackMustBeMeant)
{
    const auto problem = [](const std::string &address, const std::string &auth) {
        const auto checked = relay::checkAuth(parsed("[listen]\naddress='" + address + "'\n[auth]\n" + auth));
        EXPECT_TRUE(checked || checked.error().code == wire::Code::InvalidRequest);
        return checked ? std::string() : checked.error().message;
    };
    for (const auto *address : {"127.0.0.1", "127.0.0.2", "::1"})
        EXPECT_EQ(problem(address, ""), "") << address;
    for (const auto *address : {"0.0.0.0", "::", "192.168.1.2", "203.0.113.1", "2001:db8::1"}) {
        EXPECT_THAT(problem(address, ""), HasSubstr("--token-file")) << address;
        EXPECT_THAT(problem(address, ""), HasSubstr("open = true"));
        for (const auto *key : {"token_file='t'", "jwt_secret_file='s'", "jwks_file='j'", "open=true",
                                "jwks_url='https://id.example.com/'\naudiences=['a']"})
            EXPECT_EQ(problem(address, key), "") << key;
    }
    EXPECT_THAT(problem("127.0.0.1", "open=true\ntoken_file='t'"), HasSubstr("leave one of them out"));
    EXPECT_THAT(problem("127.0.0.1", "grace=true"), HasSubstr("no keys"));
    EXPECT_THAT(problem("127.0.0.1", "jwks_url='https://id.example.com/'"), HasSubstr("jwks_url needs audiences"));
    EXPECT_EQ(problem("127.0.0.1", "grace=true\ntoken_file='t'"), "");
    for (const auto *rule : {"issuer='i'", "audiences=['a']", "revocation_file='r'"})
        EXPECT_THAT(problem("127.0.0.1", std::string(rule) + "\ntoken_file='t'"), HasSubstr("are about JWTs")) << rule;
}

TEST(CheckAdmin, AListenerBeyondLoopbackMustBeMeant)
{
    const auto problem = [](const std::string &admin) {
        const auto checked = relay::checkAdmin(parsed("[admin]\n" + admin));
        return checked ? std::string() : checked.error().message;
    };
    for (const auto *good : {"", "address='0.0.0.0'", "port=9090", "port=9090\naddress='::1'",
                             "port=9090\naddress='0.0.0.0'\nexposed=true"})
        EXPECT_EQ(problem(good), "") << good;
    for (const auto *address : {"0.0.0.0", "::", "10.0.0.1"})
        EXPECT_THAT(problem("port=9090\naddress='" + std::string(address) + "'"), HasSubstr("exposed = true"))
            << address;
}

} // namespace
