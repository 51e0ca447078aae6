#include "client/server_url.h"

#include "wire/limits.h"

#include <QHostAddress>
#include <QNetworkProxy>

namespace client {

namespace {

QString schemeFor(const QString &scheme, bool tls)
{
    return tls ? scheme + u's' : scheme;
}

} // namespace

wire::Result<ServerUrl> parseServerUrl(const QUrl &server)
{
    const QString scheme = server.scheme().toLower();
    const bool relay = scheme == u"http" || scheme == u"https";
    if (!relay && scheme != u"ws" && scheme != u"wss")
        return wire::fail(wire::Code::InvalidRequest,
                          "the server's address must begin with https://, http://, wss:// or ws://");
    if (server.host().isEmpty())
        return wire::fail(wire::Code::InvalidRequest, "the server's address has no host");
    QUrl address = server.adjusted(QUrl::RemoveFragment | QUrl::RemoveUserInfo);
    if (relay) {
        address.setPath(QString::fromLatin1(wire::kConnectPath.data(), qsizetype(wire::kConnectPath.size())));
        address.setQuery(QString());
    }
    const bool tls = scheme == u"https" || scheme == u"wss";
    ServerUrl url{address, address};
    url.webSocket.setScheme(schemeFor(QStringLiteral("ws"), tls));
    url.http.setScheme(schemeFor(QStringLiteral("http"), tls));
    return url;
}

bool isLoopbackHost(const QString &host)
{
    const QString name = host.toLower();
    return name == u"localhost" || name.endsWith(u".localhost") || QHostAddress(name).isLoopback();
}

bool tellsAddressesForSure(const QUrl &server)
{
    const auto url = parseServerUrl(server);
    return url && (url->webSocket.scheme() == QStringLiteral("wss") || isLoopbackHost(url->webSocket.host()));
}

QNetworkProxy proxyFor(const ServerUrl &url, bool useSystemProxy)
{
    if (!useSystemProxy || isLoopbackHost(url.http.host()))
        return QNetworkProxy::NoProxy;
    const auto proxies = QNetworkProxyFactory::systemProxyForQuery(QNetworkProxyQuery(url.http));
    QNetworkProxy proxy = proxies.value(0, QNetworkProxy::NoProxy);
    if (proxy.type() == QNetworkProxy::HttpCachingProxy)
        proxy.setType(QNetworkProxy::HttpProxy); // the same server; only this type carries a WebSocket
    return proxy;
}

} // namespace client
