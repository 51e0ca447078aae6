// The relay's configuration: every setting with its default on one page. Read from TOML by parseConfig(), which is
// strict (an unknown key is an error that names it and its line), or filled in by a program that embeds the relay.
#pragma once

#include "edge/quota.h"
#include "edge/route.h"
#include "wire/cidr.h"
#include "wire/limits.h"
#include "wire/result.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace relay {

using std::chrono::milliseconds;

enum class LogLevel : std::uint8_t { Debug, Info, Warn, Error, Off };
enum class LogFormat : std::uint8_t { Text, Json };

struct ListenConfig {
    std::string address = "127.0.0.1"; // an IP address
    std::uint16_t port = 8080;         // 0: the system picks one
    std::string domain = "localhost";  // apex host, normalized
    std::vector<std::string> aliases;  // further apex hosts, normalized
    std::string publicUrl;             // scheme://host[:port], no trailing slash; empty: derived

    friend bool operator==(const ListenConfig &, const ListenConfig &) = default;
};

struct TlsConfig { // both files or none
    std::filesystem::path certificateFile{};
    std::filesystem::path privateKeyFile{};
    std::chrono::seconds hsts{}; // Strict-Transport-Security (RFC 6797) for so long; 0: not said

    [[nodiscard]] bool enabled() const noexcept { return !certificateFile.empty(); }
    friend bool operator==(const TlsConfig &, const TlsConfig &) = default;
};

struct AdminConfig { // /healthz and /metrics
    std::string address = "127.0.0.1";
    std::uint16_t port = 0; // 0: off
    bool exposed = false;   // an address that is not loopback: meant so
    std::vector<std::string> hosts; // normalized; what the Host field may say beside localhost and IP addresses

    friend bool operator==(const AdminConfig &, const AdminConfig &) = default;
};

struct ProxyConfig {
    std::vector<wire::Cidr> trusted; // whose forwarded headers are believed

    friend bool operator==(const ProxyConfig &, const ProxyConfig &) = default;
};

struct AuthConfig {
    // Any of these admits; with none anybody may open a tunnel, which must be meant (checkAuth).
    std::filesystem::path tokenFile;     // see token_set.h
    std::filesystem::path jwtSecretFile; // see loadJwtSecrets
    std::filesystem::path jwksFile;      // public keys (RFC 7517)
    std::string jwksUrl;                 // the same from elsewhere: see http_get.h
    milliseconds jwksRefresh = wire::kJwksRefresh;
    // What a JWT must say, see edge::JwtRules.
    std::string issuer;
    std::vector<std::string> audiences;
    std::filesystem::path revocationFile; // see edge/revocations.h
    std::filesystem::path namesFile;      // see name_reservations.h; empty: in memory only
    bool open = false;  // anybody may, from anywhere: meant so
    bool reload = true; // the files are read again when they change; not in the configuration: for programs that embed
    bool grace = false; // tokens are checked and logged, but nobody is refused: for a change over

    [[nodiscard]] bool takesJwts() const noexcept
    {
        return !jwtSecretFile.empty() || !jwksFile.empty() || !jwksUrl.empty();
    }
    [[nodiscard]] bool hasKeys() const noexcept { return !tokenFile.empty() || takesJwts(); }

    friend bool operator==(const AuthConfig &, const AuthConfig &) = default;
};

struct TimeoutConfig {
    milliseconds head = wire::kHeadTimeout;
    milliseconds keepAlive = wire::kKeepAliveTimeout;
    milliseconds responseHead = wire::kResponseHeadTimeout;
    milliseconds bodyRead = wire::kBodyReadTimeout;
    milliseconds visitorWrite = wire::kVisitorWriteTimeout;
    milliseconds upgradedIdle = wire::kUpgradedIdleTimeout;
    milliseconds drain = wire::kDrainTimeout; // may be 0
    milliseconds nameGrace = wire::kNameGrace; // may be 0
    milliseconds ping = wire::kPingInterval;

    friend bool operator==(const TimeoutConfig &, const TimeoutConfig &) = default;
};

struct LimitConfig {
    std::uint64_t maxBodyBytes = wire::kMaxBodyBytes;
    std::size_t maxVisitorConnections = wire::kMaxVisitorConnections;
    std::size_t maxConnectionsPerAddress = wire::kMaxConnectionsPerAddress; // of visitors; trusted proxies are none
    std::size_t maxTunnelsPerToken = wire::kMaxTunnelsPerToken; // online at once; a token's own number comes first
    unsigned maxLinksPerTunnel = wire::kMaxLinksPerTunnel;
    std::size_t maxStreamsPerLink = wire::kMaxStreamsPerLink;
    // Of visitors' requests: all together, of the tunnels of one token's owner, and of one tunnel.
    edge::QuotaLimits relay{};
    edge::QuotaLimits token{};
    edge::QuotaLimits tunnel{};
    // Of one tunnel; 0: as fast as it goes.
    std::uint64_t uploadBytesPerSecond = 0;
    std::uint64_t downloadBytesPerSecond = 0;

    friend bool operator==(const LimitConfig &, const LimitConfig &) = default;
};

struct LogConfig {
    LogLevel level = LogLevel::Info;
    LogFormat format = LogFormat::Text;

    friend bool operator==(const LogConfig &, const LogConfig &) = default;
};

struct AuditConfig { // see audit_log.h
    std::filesystem::path file; // empty: off
    std::size_t fileBytes = wire::kAuditFileBytes;
    unsigned files = wire::kAuditFiles;

    friend bool operator==(const AuditConfig &, const AuditConfig &) = default;
};

struct Config {
    ListenConfig listen;
    TlsConfig tls;
    AdminConfig admin;
    ProxyConfig proxy;
    AuthConfig auth;
    TimeoutConfig timeouts;
    LimitConfig limits;
    LogConfig log;
    AuditConfig audit;

    friend bool operator==(const Config &, const Config &) = default;
};

// Errors are InvalidRequest: "tunnel-relay.toml:12: …". Files named are neither opened nor made absolute.
[[nodiscard]] wire::Result<Config> parseConfig(std::string_view toml, std::string_view sourceName);
// The same from a file; relative file names in it are taken relative to its folder.
[[nodiscard]] wire::Result<Config> loadConfig(const std::filesystem::path &file);

// Whether it is said who may open tunnels, or meant to be everybody: needed but on loopback. InvalidRequest with a sentence
// that says what to do.
[[nodiscard]] wire::Result<> checkAuth(const Config &config);

// Whether the admin listener is on loopback, or meant not to be. As checkAuth().
[[nodiscard]] wire::Result<> checkAdmin(const Config &config);

// At once, where only a rate is given: a second's worth.
[[nodiscard]] double usualBurst(double perSecond) noexcept;

[[nodiscard]] edge::RouteRules routeRules(const Config &config);

// What visitors type: public_url, or scheme, domain and port as bound (`port` when the configured one is 0). No
// trailing slash. Default ports are left out.
struct PublicUrls {
    std::string subdomain; // "http://NAME.localhost:8080"; empty when the apex is an IP address
    std::string path; // "http://localhost:8080/NAME"
};
[[nodiscard]] std::string publicOrigin(const Config &config, std::uint16_t boundPort);
[[nodiscard]] PublicUrls publicUrls(const Config &config, std::uint16_t boundPort, std::string_view name);

} // namespace relay
