#include "relay/options.h"

#include "relay/token_options.h"

#include <CLI/CLI.hpp>

#include <array>
#include <charconv>
#include <optional>
#include <vector>

namespace app {

namespace {

using wire::Code;
using wire::fail;

struct Flags {
    std::string configFile;
    std::optional<std::string> listen;
    std::optional<std::string> domain;
    std::optional<std::string> admin;
    std::optional<std::string> tokenFile;
    std::optional<std::string> jwtSecretFile;
    std::optional<std::string> jwks;
    std::optional<std::string> issuer;
    std::vector<std::string> audiences;
    std::optional<std::string> revocationFile;
    std::optional<std::string> namesFile;
    std::optional<std::string> auditFile;
    std::optional<std::string> logLevel;
    std::optional<std::string> logFormat;
};

struct Endpoint {
    std::string address;
    std::uint16_t port = 0;
};

// "127.0.0.1:8080" or "[::1]:8080".
wire::Result<Endpoint> parseEndpoint(const std::string &flag, std::string_view text)
{
    const auto colon = text.rfind(':');
    Endpoint endpoint;
    const auto digits = colon == std::string_view::npos ? std::string_view() : text.substr(colon + 1);
    const auto end = digits.data() + digits.size();
    const auto [stop, error] = std::from_chars(digits.data(), end, endpoint.port);
    if (digits.empty() || error != std::errc{} || stop != end)
        return fail(Code::InvalidRequest, flag + " takes ADDRESS:PORT, not \"" + std::string(text) + "\"");
    auto address = text.substr(0, colon);
    if (address.starts_with('[') && address.ends_with(']'))
        address = address.substr(1, address.size() - 2);
    endpoint.address = address;
    return endpoint;
}

bool isUrl(const std::optional<std::string> &text)
{
    return text && text->find("://") != std::string::npos;
}

// Flags say the same as the file's keys, so that they are checked by the same rules.
std::string tomlOf(const Flags &flags, const std::optional<Endpoint> &listen, const std::optional<Endpoint> &admin)
{
    const auto quoted = [](std::string_view text) {
        std::string out = "\"";
        for (const char c : text) {
            if (c == '"' || c == '\\')
                out.push_back('\\');
            out.push_back(c);
        }
        return out + "\"";
    };
    std::string toml = "[listen]\n";
    if (listen)
        toml += "address = " + quoted(listen->address) + "\nport = " + std::to_string(listen->port) + "\n";
    if (flags.domain)
        toml += "domain = " + quoted(*flags.domain) + "\n";
    if (admin)
        toml += "[admin]\naddress = " + quoted(admin->address) + "\nport = " + std::to_string(admin->port) + "\n";
    toml += "[auth]\n";
    if (flags.tokenFile)
        toml += "token_file = " + quoted(*flags.tokenFile) + "\n";
    const auto put = [&](std::string_view key, const std::optional<std::string> &text) {
        if (text)
            toml.append(key).append(" = ").append(quoted(*text)).append("\n");
    };
    put("jwt_secret_file", flags.jwtSecretFile);
    put(isUrl(flags.jwks) ? "jwks_url" : "jwks_file", flags.jwks);
    put("issuer", flags.issuer);
    if (!flags.audiences.empty()) {
        toml += "audiences = [";
        for (const auto &audience : flags.audiences)
            toml += quoted(audience) + ", ";
        toml += "]\n";
    }
    put("revocation_file", flags.revocationFile);
    put("names_file", flags.namesFile);
    toml += "[audit]\n";
    put("file", flags.auditFile);
    toml += "[log]\n";
    if (flags.logLevel)
        toml += "level = " + quoted(*flags.logLevel) + "\n";
    if (flags.logFormat)
        toml += "format = " + quoted(*flags.logFormat) + "\n";
    return toml;
}

void overlay(relay::Config &config, const relay::Config &flagged, const Flags &flags)
{
    if (flags.listen) {
        config.listen.address = flagged.listen.address;
        config.listen.port = flagged.listen.port;
    }
    if (flags.domain)
        config.listen.domain = flagged.listen.domain;
    if (flags.admin) {
        config.admin.address = flagged.admin.address;
        config.admin.port = flagged.admin.port;
    }
    if (flags.tokenFile)
        config.auth.tokenFile = flagged.auth.tokenFile;
    if (flags.jwtSecretFile)
        config.auth.jwtSecretFile = flagged.auth.jwtSecretFile;
    if (flags.jwks) {
        config.auth.jwksFile = flagged.auth.jwksFile;
        config.auth.jwksUrl = flagged.auth.jwksUrl;
    }
    if (flags.issuer)
        config.auth.issuer = flagged.auth.issuer;
    if (!flags.audiences.empty())
        config.auth.audiences = flagged.auth.audiences;
    if (flags.revocationFile)
        config.auth.revocationFile = flagged.auth.revocationFile;
    if (flags.namesFile)
        config.auth.namesFile = flagged.auth.namesFile;
    if (flags.auditFile)
        config.audit.file = flagged.audit.file;
    if (flags.logLevel)
        config.log.level = flagged.log.level;
    if (flags.logFormat)
        config.log.format = flagged.log.format;
}

wire::Result<std::optional<Endpoint>> optionalEndpoint(const std::string &flag, const std::optional<std::string> &text)
{
    if (!text)
        return std::nullopt;
    auto endpoint = parseEndpoint(flag, *text);
    if (!endpoint)
        return std::unexpected(std::move(endpoint.error()));
    return std::optional(std::move(*endpoint));
}

wire::Result<relay::Config> configOf(const Flags &flags)
{
    auto config =
        flags.configFile.empty() ? wire::Result<relay::Config>(relay::Config{}) : relay::loadConfig(flags.configFile);
    if (!config)
        return config;
    auto listen = optionalEndpoint("--listen", flags.listen);
    if (!listen)
        return std::unexpected(std::move(listen.error()));
    auto admin = optionalEndpoint("--admin", flags.admin);
    if (!admin)
        return std::unexpected(std::move(admin.error()));
    auto flagged = relay::parseConfig(tomlOf(flags, *listen, *admin), "command line");
    if (!flagged)
        return flagged;
    overlay(*config, *flagged, flags);
    return config;
}

void declare(CLI::App &app, Flags &flags, bool &checkOnly)
{
    app.add_option("--config", flags.configFile, "TOML configuration; the flags below go over it");
    app.add_option("--listen", flags.listen, "ADDRESS:PORT for visitors and tunnel clients");
    app.add_option("--domain", flags.domain, "apex host: tunnels are NAME.DOMAIN and DOMAIN/NAME/");
    app.add_option("--admin", flags.admin, "ADDRESS:PORT for /healthz and /metrics; port 0 is off");
    app.add_option("--token-file", flags.tokenFile, "tokens that may open tunnels, one a line");
    app.add_option("--jwt-secret-file", flags.jwtSecretFile, "secret of the JWTs (HS256 and up) that may open tunnels");
    app.add_option("--jwks", flags.jwks, "public keys of the JWTs: a file, or an https:// URL with --audience");
    app.add_option("--issuer", flags.issuer, "whom a JWT must be from (iss)");
    app.add_option("--audience", flags.audiences, "whom a JWT must be for (aud)")->delimiter(',');
    app.add_option("--revocation-file", flags.revocationFile, "JWTs that are refused all the same");
    app.add_option("--names-file", flags.namesFile, "where is kept whose name is whose");
    app.add_option("--audit-file", flags.auditFile, "where is kept who did what with tunnels, JSON lines");
    app.add_option("--log-level", flags.logLevel, "debug, info, warn, error or off");
    app.add_option("--log-format", flags.logFormat, "text or json");
    app.add_flag("--check", checkOnly, "check the configuration and exit");
    app.set_version_flag("--version", "tunnel-relay " TUNNEL_VERSION);
    app.footer("Exit codes: 0 stopped, 1 could not serve, 2 wrong usage or configuration.");
}

} // namespace

wire::Result<RelayOptions> parseRelayOptions(int argc, const char *const *argv)
{
    CLI::App app("The public side of HTTP Tunnel: takes visitors' requests and hands them to tunnel clients.",
                 "tunnel-relay");
    Flags flags;
    RelayOptions options;
    TokenOptions tokens;
    declare(app, flags, options.checkOnly);
    tokens.declare(app);
    try {
        app.parse(argc, argv);
    } catch (const CLI::CallForHelp &) {
        options.message = app.help();
        return options;
    } catch (const CLI::CallForVersion &version) {
        options.message = std::string(version.what()) + "\n";
        return options;
    } catch (const CLI::ParseError &error) {
        return fail(Code::InvalidRequest, error.what());
    }
    auto token = tokens.command();
    if (!token)
        return std::unexpected(std::move(token.error()));
    options.token = std::move(*token);
    if (options.token)
        return options;
    auto config = configOf(flags);
    if (!config)
        return std::unexpected(std::move(config.error()));
    if (auto meant = relay::checkAuth(*config); !meant)
        return std::unexpected(std::move(meant.error()));
    if (auto meant = relay::checkAdmin(*config); !meant)
        return std::unexpected(std::move(meant.error()));
    options.config = std::move(*config);
    return options;
}

} // namespace app
