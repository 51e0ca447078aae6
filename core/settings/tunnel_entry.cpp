#include "settings/tunnel_entry.h"

#include "wire/http_head.h"
#include "wire/ids.h"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <optional>

namespace settings {

using wire::Code;
using wire::fail;
using wire::Result;

namespace {

constexpr std::size_t kSha256HexDigits = 64;
constexpr quint16 kHttpPort = 80;
constexpr quint16 kHttpsPort = 443;

struct Authority {
    std::string_view host;                // without brackets
    std::optional<std::string_view> port; // what follows the colon
};

QString toQString(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

bool isDigits(std::string_view text)
{
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

bool isHost(std::string_view text)
{
    QUrl url;
    url.setHost(toQString(text), QUrl::StrictMode);
    return !text.empty() && !url.host().isEmpty();
}

Authority splitAuthority(std::string_view text)
{
    if (text.starts_with('[')) {
        const auto close = text.find(']');
        if (close == std::string_view::npos)
            return {text, std::nullopt}; // no host reads like this: isHost() refuses it
        const auto rest = text.substr(close + 1);
        const auto host = text.substr(1, close - 1);
        return rest.empty() ? Authority{host, std::nullopt}
                            : Authority{host, rest.substr(rest.starts_with(':') ? 1 : 0)};
    }
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos)
        return {text, std::nullopt};
    return {text.substr(0, colon), text.substr(colon + 1)};
}

// "scheme://rest" -> scheme in lower case, and cuts it off `text`; empty when there is none.
std::string takeScheme(std::string_view &text)
{
    const auto end = text.find("://");
    if (end == std::string_view::npos)
        return {};
    std::string scheme(text.substr(0, end));
    std::ranges::transform(scheme, scheme.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    text.remove_prefix(end + 3);
    return scheme;
}

Result<Target> withPort(Target target, std::string_view port, std::string_view text)
{
    const auto number = parsePort(port);
    if (!number)
        return fail(Code::InvalidRequest,
                    port == text ? number.error().message : fmt::format("\"{}\": {}", text, number.error().message));
    target.port = *number;
    return target;
}

} // namespace

Result<QString> parseName(std::string_view text)
{
    if (auto checked = wire::checkTunnelName(text); !checked)
        return std::unexpected(checked.error());
    return toQString(text);
}

Result<quint16> parsePort(std::string_view text)
{
    quint16 port = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    if (!isDigits(text) || error != std::errc{} || end != text.data() + text.size() || port == 0)
        return fail(Code::InvalidRequest, fmt::format("\"{}\" is not a port: a number from 1 to 65535", text));
    return port;
}

Result<Target> parseTarget(std::string_view text)
{
    if (isDigits(text))
        return withPort({}, text, text);

    std::string_view rest = text;
    const std::string scheme = takeScheme(rest);
    if (!scheme.empty() && scheme != "http" && scheme != "https")
        return fail(Code::InvalidRequest, fmt::format("\"{}\": a local service is http:// or https://", text));
    if (!scheme.empty() && rest.ends_with('/'))
        rest.remove_suffix(1);
    if (rest.find_first_of("/?#") != std::string_view::npos)
        return fail(Code::InvalidRequest,
                    fmt::format("\"{}\": leave out the path; every path is passed on as visitors ask for it", text));

    const Authority authority = splitAuthority(rest);
    if (!isHost(authority.host))
        return fail(Code::InvalidRequest,
                    fmt::format("\"{}\" is not a local service: write PORT, HOST:PORT or http(s)://HOST:PORT", text));
    if (!authority.port && scheme.empty())
        return fail(Code::InvalidRequest, fmt::format("\"{}\" names no port: write {}:PORT", text, text));

    Target target{.tls = scheme == "https", .host = toQString(authority.host)};
    target.port = target.tls ? kHttpsPort : kHttpPort;
    return authority.port ? withPort(target, *authority.port, text) : target;
}

Result<QUrl> parseServer(std::string_view text)
{
    std::string_view rest = text;
    const std::string scheme = takeScheme(rest);
    if (scheme.empty())
        return fail(Code::InvalidRequest,
                    fmt::format("\"{}\" is not a server's address: write https://{}", text, text));
    const bool relay = scheme == "http" || scheme == "https";
    if (!relay && scheme != "ws" && scheme != "wss")
        return fail(Code::InvalidRequest, fmt::format("\"{}\": a server is https://, http://, wss:// or ws://", text));

    QUrl url(toQString(text), QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty() || url.port() == 0)
        return fail(Code::InvalidRequest, fmt::format("\"{}\" is not a valid address", text));
    if (!url.userInfo().isEmpty())
        return fail(Code::InvalidRequest,
                    "a server's address must not carry a user name or a password: its token is given separately");
    if (url.hasFragment())
        return fail(Code::InvalidRequest, fmt::format("\"{}\": leave out what follows the #", text));
    if (relay && (url.hasQuery() || (!url.path().isEmpty() && url.path() != QStringLiteral("/"))))
        return fail(Code::InvalidRequest,
                    fmt::format("\"{}\": leave out the path of a relay; for a whole address as it is, write {}", text,
                                scheme == "https" ? "wss://…" : "ws://…"));
    return url;
}

Result<HostHeader> parseHostHeader(std::string_view text)
{
    if (text == "rewrite")
        return HostHeader{HostHeaderKind::Rewrite, {}};
    if (text == "preserve")
        return HostHeader{HostHeaderKind::Preserve, {}};
    const Authority authority = splitAuthority(text);
    if (!isHost(authority.host) || (authority.port && !parsePort(*authority.port)))
        return fail(Code::InvalidRequest,
                    fmt::format("\"{}\" is not a Host header: write rewrite, preserve, HOST or HOST:PORT", text));
    return HostHeader{HostHeaderKind::Custom, toQString(text)};
}

Result<UpstreamTls> parseUpstreamTls(std::string_view text)
{
    if (text == "verify")
        return UpstreamTls{UpstreamTlsKind::Verify, {}};
    if (text == "off")
        return UpstreamTls{UpstreamTlsKind::Off, {}};
    if (!text.starts_with("pin:"))
        return fail(Code::InvalidRequest, fmt::format("\"{}\": write verify, off or pin:SHA256", text));
    QByteArray pin(text.data() + 4, static_cast<qsizetype>(text.size() - 4));
    pin = pin.replace(":", "").toLower(); // as openssl x509 -fingerprint prints it
    const bool hex = std::ranges::all_of(pin, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
    if (!hex || static_cast<std::size_t>(pin.size()) != kSha256HexDigits)
        return fail(Code::InvalidRequest,
                    fmt::format("\"{}\": a pin is the 64 hex digits of the certificate's SHA-256, as "
                                "`openssl x509 -noout -fingerprint -sha256` prints it",
                                text));
    return UpstreamTls{UpstreamTlsKind::Pin, pin};
}

Result<> checkEntry(const TunnelEntry &entry)
{
    if (!entry.target.tls && entry.upstreamTls.kind != UpstreamTlsKind::Verify)
        return fail(Code::InvalidRequest,
                    fmt::format("upstream TLS is set, but {} is not https://", targetText(entry.target).toStdString()));
    return {};
}

QString targetText(const Target &target)
{
    const QString host = target.host.contains(u':') ? u'[' + target.host + u']' : target.host;
    return QStringLiteral("%1://%2:%3").arg(target.tls ? u"https" : u"http", host).arg(target.port);
}

} // namespace settings
