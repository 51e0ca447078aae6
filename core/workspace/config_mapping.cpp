#include "workspace/config_mapping.h"

namespace workspace {

namespace {

client::HostHeader toHostHeader(settings::HostHeaderKind kind)
{
    switch (kind) {
    case settings::HostHeaderKind::Preserve: return client::HostHeader::Preserve;
    case settings::HostHeaderKind::Custom: return client::HostHeader::Custom;
    case settings::HostHeaderKind::Rewrite: break;
    }
    return client::HostHeader::Rewrite;
}

client::UpstreamTls toUpstreamTls(settings::UpstreamTlsKind kind)
{
    switch (kind) {
    case settings::UpstreamTlsKind::Pin: return client::UpstreamTls::Pin;
    case settings::UpstreamTlsKind::Off: return client::UpstreamTls::Off;
    case settings::UpstreamTlsKind::Verify: break;
    }
    return client::UpstreamTls::Verify;
}

} // namespace

client::TunnelConfig toConfig(const settings::TunnelEntry &entry, const QString &id, const client::Token &token)
{
    client::TunnelConfig config;
    config.id = id;
    config.name = entry.name;
    config.server = entry.server;
    config.token = token;
    config.takeover = entry.takeover;
    config.target.tls = entry.target.tls;
    config.target.host = entry.target.host;
    config.target.port = entry.target.port;
    config.target.hostHeader = toHostHeader(entry.hostHeader.kind);
    config.target.customHost = entry.hostHeader.custom;
    config.target.verify = toUpstreamTls(entry.upstreamTls.kind);
    config.target.pinnedSha256 = entry.upstreamTls.pin;
    config.rules = entry.access.rules;
    return config;
}

} // namespace workspace
