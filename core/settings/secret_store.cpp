#include "settings/secret_store.h"

namespace settings {

namespace {

constexpr int kNoPort = -1;

int defaultPort(const QString &scheme)
{
    if (scheme == QStringLiteral("https") || scheme == QStringLiteral("wss"))
        return 443;
    return scheme == QStringLiteral("http") || scheme == QStringLiteral("ws") ? 80 : kNoPort;
}

} // namespace

QString secretAccount(const QUrl &server)
{
    QUrl url = server.adjusted(QUrl::RemoveUserInfo | QUrl::RemoveFragment);
    if (url.port() == defaultPort(url.scheme()))
        url.setPort(kNoPort);
    QString path = url.path(QUrl::FullyEncoded);
    while (path.endsWith(u'/'))
        path.chop(1);
    url.setPath(path);
    return url.toString(QUrl::FullyEncoded);
}

} // namespace settings
