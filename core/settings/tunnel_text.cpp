#include "settings/tunnel_text.h"

#include "settings/access_text.h"
#include "settings/toml_text.h"

#include <QDir>

namespace settings {

namespace {

QString serverText(const QUrl &server)
{
    return server.isEmpty()
               ? QString::fromLatin1(kEmbeddedServer.data(), static_cast<qsizetype>(kEmbeddedServer.size()))
               : server.toString(QUrl::FullyEncoded);
}

// Relative to the folder when the file is in it and reads back as the same path.
QString fileText(const QString &path, const QString &folder)
{
    const QString prefix = folder + u'/';
    if (folder.isEmpty() || !path.startsWith(prefix))
        return path;
    const QString relative = path.sliced(prefix.size());
    return !relative.isEmpty() && QDir(folder).absoluteFilePath(relative) == path ? relative : path;
}

std::string hostHeaderLine(const HostHeader &header)
{
    switch (header.kind) {
    case HostHeaderKind::Preserve: return tomlLine("host_header", QStringLiteral("preserve"));
    case HostHeaderKind::Custom: return tomlLine("host_header", header.custom);
    case HostHeaderKind::Rewrite: break;
    }
    return {};
}

std::string upstreamTlsLine(const UpstreamTls &tls)
{
    switch (tls.kind) {
    case UpstreamTlsKind::Pin: return tomlLine("upstream_tls", QStringLiteral("pin:") + QString::fromLatin1(tls.pin));
    case UpstreamTlsKind::Off: return tomlLine("upstream_tls", QStringLiteral("off"));
    case UpstreamTlsKind::Verify: break;
    }
    return {};
}

std::string serverLines(const TunnelEntry &entry, const TunnelDefaults &defaults, const QString &folder)
{
    const bool onDefault = entry.server == defaults.server;
    const QString inherited = onDefault ? defaults.tokenFile : QString();
    std::string out = onDefault ? std::string() : tomlLine("server", serverText(entry.server));
    if (entry.tokenFile != inherited)
        out += tomlLine("token_file", fileText(entry.tokenFile, folder));
    return out;
}

} // namespace

std::string tunnelText(const TunnelEntry &entry, const TunnelDefaults &defaults, const QString &folder)
{
    std::string out = "[[tunnel]]\n";
    if (!entry.name.isEmpty())
        out += tomlLine("name", entry.name);
    out += tomlLine("target", targetText(entry.target));
    out += serverLines(entry, defaults, folder);
    out += hostHeaderLine(entry.hostHeader);
    out += upstreamTlsLine(entry.upstreamTls);
    if (entry.takeover)
        out += tomlLine("takeover", true);
    if (!entry.autostart)
        out += tomlLine("autostart", false);
    out += accessText(entry.access, [&folder](const QString &path) { return fileText(path, folder); });
    return out;
}

} // namespace settings
