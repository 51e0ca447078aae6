#include "relay/config.h"

#include "edge/http_url.h"
#include "edge/toml_reader.h"
#include "relay/limit_keys.h"
#include "relay/text_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>

namespace relay {

namespace {

using edge::TomlReader;
using edge::TomlSection;
using wire::Code;
using wire::Result;

constexpr milliseconds kShortest{1};
constexpr std::int64_t kMaxPort = std::numeric_limits<std::uint16_t>::max();

Result<std::string> checkAddress(std::string_view text)
{
    if (!wire::parseAddress(text))
        return wire::fail(Code::InvalidRequest,
                          fmt::format("\"{}\" is not an IP address; 0.0.0.0 or :: means all", text));
    return std::string(text);
}

Result<std::string> checkDomain(std::string_view text)
{
    auto host = edge::normalizeHost(text);
    if (!host || (text.find(':') != std::string_view::npos && !text.ends_with(']')))
        return wire::fail(Code::InvalidRequest,
                          fmt::format("\"{}\" is not a host name (write it without a port)", text));
    return host;
}

std::string_view schemeOf(std::string_view origin)
{
    return origin.substr(0, origin.find("://"));
}

std::string_view authorityOf(std::string_view origin)
{
    return origin.substr(schemeOf(origin).size() + 3);
}

Result<std::string> checkPublicUrl(std::string_view text)
{
    if (text.empty())
        return std::string();
    if (text.ends_with('/'))
        text.remove_suffix(1);
    const bool web = text.starts_with("http://") || text.starts_with("https://");
    if (!web || !edge::normalizeHost(authorityOf(text))) {
        return wire::fail(Code::InvalidRequest,
                          fmt::format("\"{}\" is not http(s)://host[:port], without a path", text));
    }
    return std::string(text);
}

template <class T>
void readList(TomlSection &section, std::string_view key, std::vector<T> &values, Result<T> (*parse)(std::string_view))
{
    section.texts(key, [&](std::string_view text) -> Result<> {
        auto value = parse(text);
        if (!value)
            return std::unexpected(std::move(value.error()));
        values.push_back(std::move(*value));
        return {};
    });
}

void readListen(TomlSection &section, ListenConfig &listen)
{
    section.text("address", listen.address, checkAddress);
    section.integer("port", listen.port, 0, kMaxPort);
    section.text("domain", listen.domain, checkDomain);
    readList(section, "aliases", listen.aliases, checkDomain);
    section.text("public_url", listen.publicUrl, checkPublicUrl);
    if (listen.publicUrl.empty())
        return;
    const auto host = edge::normalizeHost(authorityOf(listen.publicUrl)).value_or("");
    if (host != listen.domain && std::ranges::find(listen.aliases, host) == listen.aliases.end() &&
        !edge::isIpLiteral(host))
        section.fail(fmt::format("the host of public_url, {}, must be the domain or one of the aliases", host));
}

void readTls(TomlSection &section, TlsConfig &tls)
{
    std::string certificate;
    std::string key;
    section.text("certificate_file", certificate);
    section.text("private_key_file", key);
    if (certificate.empty() != key.empty())
        section.fail("certificate_file and private_key_file belong together: give both or none");
    tls.certificateFile = certificate;
    tls.privateKeyFile = key;
    auto hsts = tls.hsts.count();
    section.integer("hsts_seconds", hsts, 0, wire::kMaxHstsAge.count());
    tls.hsts = std::chrono::seconds(hsts);
    if (hsts > 0 && certificate.empty())
        section.fail("hsts_seconds is said over TLS only: give certificate_file and private_key_file");
}

void readProxy(TomlSection &section, ProxyConfig &proxy)
{
    readList(section, "trusted", proxy.trusted, wire::Cidr::parse);
}

void readPath(TomlSection &section, std::string_view key, std::filesystem::path &file)
{
    auto text = file.string();
    section.text(key, text);
    file = text;
}

Result<std::string> checkJwksUrl(std::string_view text)
{
    if (text.empty())
        return std::string();
    if (auto url = edge::parseHttpUrl(text); !url)
        return std::unexpected(std::move(url.error()));
    return std::string(text);
}

Result<std::string> checkJwtName(std::string_view text)
{
    if (text.empty() || text.size() > wire::kMaxJwtTextBytes)
        return wire::fail(Code::InvalidRequest, "must be 1 to 256 bytes");
    return std::string(text);
}

void readAuth(TomlSection &section, AuthConfig &auth)
{
    readPath(section, "token_file", auth.tokenFile);
    readPath(section, "jwt_secret_file", auth.jwtSecretFile);
    readPath(section, "jwks_file", auth.jwksFile);
    section.text("jwks_url", auth.jwksUrl, checkJwksUrl);
    section.duration("jwks_refresh_seconds", auth.jwksRefresh, wire::kMinJwksRefresh);
    section.text("issuer", auth.issuer);
    readList(section, "audiences", auth.audiences, checkJwtName);
    readPath(section, "revocation_file", auth.revocationFile);
    readPath(section, "names_file", auth.namesFile);
    section.flag("open", auth.open);
    section.flag("grace", auth.grace);
}

void readTimeouts(TomlSection &section, TimeoutConfig &timeouts)
{
    section.duration("head_seconds", timeouts.head, kShortest);
    section.duration("keep_alive_seconds", timeouts.keepAlive, kShortest);
    section.duration("response_head_seconds", timeouts.responseHead, kShortest);
    section.duration("body_read_seconds", timeouts.bodyRead, kShortest);
    section.duration("visitor_write_seconds", timeouts.visitorWrite, kShortest);
    section.duration("upgraded_idle_seconds", timeouts.upgradedIdle, kShortest);
    section.duration("drain_seconds", timeouts.drain, milliseconds::zero());
    section.duration("name_grace_seconds", timeouts.nameGrace, milliseconds::zero());
    section.duration("ping_seconds", timeouts.ping, kShortest);
}

void readLog(TomlSection &section, LogConfig &log)
{
    section.choice("level", log.level,
                   {{"debug", LogLevel::Debug},
                    {"info", LogLevel::Info},
                    {"warn", LogLevel::Warn},
                    {"error", LogLevel::Error},
                    {"off", LogLevel::Off}});
    section.choice("format", log.format, {{"text", LogFormat::Text}, {"json", LogFormat::Json}});
}

void readAudit(TomlSection &section, AuditConfig &audit)
{
    readPath(section, "file", audit.file);
    section.integer("max_file_bytes", audit.fileBytes, wire::kMinAuditFileBytes, wire::kMaxAuditFileBytes);
    section.integer("max_files", audit.files, 2, wire::kMaxAuditFiles);
}

void makeAbsolute(std::filesystem::path &file, const std::filesystem::path &folder)
{
    if (!file.empty())
        file = folder / file; // an absolute one stays as it is
}

bool isLoopback(std::string_view address)
{
    const auto ip = wire::parseAddress(address);
    static const std::array loopback{*wire::Cidr::parse("127.0.0.0/8"), *wire::Cidr::parse("::1")};
    return ip && std::ranges::any_of(loopback, [&](const wire::Cidr &range) { return range.contains(*ip); });
}

// ":8080", or nothing for the scheme's own port.
std::string portSuffix(bool secure, std::uint16_t port)
{
    return port == (secure ? 443 : 80) ? std::string() : fmt::format(":{}", port);
}

} // namespace

Result<Config> parseConfig(std::string_view toml, std::string_view sourceName)
{
    auto reader = TomlReader::parse(toml, sourceName);
    if (!reader)
        return std::unexpected(reader.error());
    Config config;
    reader->section("listen", [&](TomlSection &section) { readListen(section, config.listen); });
    reader->section("tls", [&](TomlSection &section) { readTls(section, config.tls); });
    reader->section("admin", [&](TomlSection &section) {
        section.text("address", config.admin.address, checkAddress);
        section.integer("port", config.admin.port, 0, kMaxPort);
        section.flag("exposed", config.admin.exposed);
        readList(section, "hosts", config.admin.hosts, checkDomain);
    });
    reader->section("proxy", [&](TomlSection &section) { readProxy(section, config.proxy); });
    reader->section("auth", [&](TomlSection &section) { readAuth(section, config.auth); });
    reader->section("timeouts", [&](TomlSection &section) { readTimeouts(section, config.timeouts); });
    reader->section("limits", [&](TomlSection &section) { readLimits(section, config.limits); });
    reader->section("log", [&](TomlSection &section) { readLog(section, config.log); });
    reader->section("audit", [&](TomlSection &section) { readAudit(section, config.audit); });
    if (auto outcome = reader->finish(); !outcome)
        return std::unexpected(std::move(outcome.error()));
    return config;
}

Result<Config> loadConfig(const std::filesystem::path &file)
{
    const auto text = readTextFile(file, wire::kMaxConfigFileBytes);
    if (!text)
        return std::unexpected(text.error());
    auto config = parseConfig(*text, file.string());
    if (!config)
        return config;
    const auto folder = file.parent_path();
    makeAbsolute(config->tls.certificateFile, folder);
    makeAbsolute(config->tls.privateKeyFile, folder);
    makeAbsolute(config->auth.tokenFile, folder);
    makeAbsolute(config->auth.jwtSecretFile, folder);
    makeAbsolute(config->auth.jwksFile, folder);
    makeAbsolute(config->auth.revocationFile, folder);
    makeAbsolute(config->auth.namesFile, folder);
    makeAbsolute(config->audit.file, folder);
    return config;
}

Result<> checkAuth(const Config &config)
{
    const auto &auth = config.auth;
    const auto refuse = [](std::string why) { return wire::fail(Code::InvalidRequest, std::move(why)); };
    if (auth.open && auth.hasKeys())
        return refuse("[auth] says open = true and names keys; leave one of them out");
    if (auth.grace && !auth.hasKeys())
        return refuse("[auth] says grace = true but names no keys to try tokens with");
    if ((!auth.issuer.empty() || !auth.audiences.empty() || !auth.revocationFile.empty()) && !auth.takesJwts())
        return refuse(
            "issuer, audiences and revocation_file are about JWTs: name jwt_secret_file, jwks_file or jwks_url");
    // An issuer elsewhere makes tokens for other services, too: theirs must not be good here.
    if (!auth.jwksUrl.empty() && auth.audiences.empty())
        return refuse(
            "jwks_url needs audiences (--audience): what tokens for this relay, and no other service, say in aud");
    if (auth.hasKeys() || auth.open || isLoopback(config.listen.address))
        return {};
    return refuse(
        fmt::format("anybody who reaches {} could open tunnels there. Say who may: write a token into a file and "
                    "give it by --token-file (or --jwt-secret-file or --jwks). If everybody shall, put "
                    "open = true under [auth] into the configuration",
                    config.listen.address));
}

Result<> checkAdmin(const Config &config)
{
    const auto &admin = config.admin;
    if (admin.port == 0 || admin.exposed || isLoopback(admin.address))
        return {};
    return wire::fail(
        Code::InvalidRequest,
        fmt::format("anybody who reaches {} could read the relay's metrics there. Listen on 127.0.0.1, or "
                    "put exposed = true under [admin] if that is meant",
                    admin.address));
}

double usualBurst(double perSecond) noexcept
{
    return std::clamp(std::ceil(perSecond), 1.0, static_cast<double>(wire::kMaxRequestBurst));
}

edge::RouteRules routeRules(const Config &config)
{
    return {config.listen.domain, config.listen.aliases};
}

std::string publicOrigin(const Config &config, std::uint16_t boundPort)
{
    if (!config.listen.publicUrl.empty())
        return config.listen.publicUrl;
    const bool secure = config.tls.enabled();
    return fmt::format("{}://{}{}", secure ? "https" : "http", config.listen.domain, portSuffix(secure, boundPort));
}

PublicUrls publicUrls(const Config &config, std::uint16_t boundPort, std::string_view name)
{
    const auto origin = publicOrigin(config, boundPort);
    const auto authority = authorityOf(origin);
    PublicUrls urls{.subdomain = {}, .path = fmt::format("{}/{}", origin, name)};
    if (!edge::isIpLiteral(edge::normalizeHost(authority).value_or("")))
        urls.subdomain = fmt::format("{}://{}.{}", schemeOf(origin), name, authority);
    return urls;
}

} // namespace relay
