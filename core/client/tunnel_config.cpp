#include "client/tunnel_config.h"

#include "client/server_url.h"
#include "wire/http_head.h"
#include "wire/ids.h"

#include <algorithm>

namespace client {

namespace {

constexpr qsizetype kSha256HexDigits = 64;

wire::Result<> invalid(const char *sentence)
{
    return wire::fail(wire::Code::InvalidRequest, sentence);
}

bool isFieldText(const std::string &text)
{
    return !text.empty() && wire::isFieldValue(text);
}

// A line break in a token would end its header field: tokens read from files often have one.
bool isTokenText(const QByteArray &token)
{
    return std::ranges::all_of(token, [](char byte) { return byte > ' ' && byte <= '~'; });
}

wire::Result<> checkTarget(const LocalTarget &target)
{
    if (target.port == 0)
        return invalid("the local port is missing");
    if (target.host.isEmpty())
        return invalid("the local host is missing");
    if (target.hostHeader == HostHeader::Custom && !isFieldText(target.customHost.toStdString()))
        return invalid("the Host to send is not a header value");
    if (target.tls && target.verify == UpstreamTls::Pin &&
        QByteArray::fromHex(target.pinnedSha256).toHex().size() != kSha256HexDigits)
        return invalid("the pinned certificate is not a SHA-256 in hexadecimal digits");
    return {};
}

wire::Result<> checkAccess(const TunnelConfig &config)
{
    if (auto checked = guard::checkRules(config.rules); !checked)
        return checked;
    if (config.rules.needsAddress() && !tellsAddressesForSure(config.server))
        return invalid("rules about visitors' addresses need an encrypted link: an https:// server, or the embedded "
                       "relay");
    return guard::checkSecrets(config.rules, config.secrets);
}

} // namespace

wire::Result<> checkConfig(const TunnelConfig &config)
{
    if (auto url = parseServerUrl(config.server); !url)
        return std::unexpected(std::move(url.error()));
    if (!isTokenText(config.token.reveal()))
        return invalid("the token has a space, a line break or another character that no token has");
    if (!config.name.isEmpty()) {
        if (auto checked = wire::checkTunnelName(config.name.toStdString()); !checked)
            return checked;
    }
    if (auto checked = checkTarget(config.target); !checked)
        return checked;
    return checkAccess(config);
}

} // namespace client
