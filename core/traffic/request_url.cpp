#include "traffic/request_url.h"

#include "wire/http_head.h"
#include "wire/limits.h"

#include <QHostAddress>
#include <QUrl>

#include <algorithm>

namespace traffic {

namespace {

using wire::Code;

constexpr quint16 kHttpPort = 80;
constexpr quint16 kHttpsPort = 443;

std::unexpected<wire::Error> refuse(const QString &sentence)
{
    return wire::fail(Code::InvalidRequest, sentence.toStdString());
}

// Takes the scheme off `rest`.
wire::Result<bool> takeScheme(QStringView &rest)
{
    for (const bool tls : {false, true}) {
        const QLatin1String scheme(tls ? "https://" : "http://");
        if (!rest.startsWith(scheme, Qt::CaseInsensitive))
            continue;
        rest = rest.sliced(scheme.size());
        return tls;
    }
    if (rest.isEmpty())
        return refuse(QStringLiteral("The URL is missing. Write, for example, http://localhost:3000/."));
    const auto end = rest.indexOf(QLatin1String("://"));
    if (end < 0)
        return refuse(QStringLiteral("The URL must begin with http:// or https://."));
    return refuse(QStringLiteral("“%1” cannot be sent from here; the URL must begin with http:// or https://.")
                      .arg(rest.first(end + 3)));
}

// Host and port as they stand in the URL.
struct Authority {
    QStringView host;
    QStringView port;
};

wire::Result<Authority> splitAuthority(QStringView text)
{
    if (text.contains(u'@'))
        return refuse(QStringLiteral("A name and password in the URL are not sent; put them into an Authorization "
                                     "header."));
    const auto bracket = text.startsWith(u'[') ? text.indexOf(u']') : -1;
    if (text.startsWith(u'[') && bracket < 0)
        return refuse(QStringLiteral("The “]” after the address in the URL is missing."));
    if (bracket < 0 && text.count(u':') > 1)
        return refuse(QStringLiteral("An IPv6 address stands in brackets in a URL: http://[::1]:3000/."));
    const auto colon = text.indexOf(u':', std::max<qsizetype>(bracket, 0));
    const auto hostEnd = colon < 0 ? text.size() : colon;
    if (bracket >= 0 && hostEnd != bracket + 1)
        return refuse(QStringLiteral("Something stands between the address in brackets and the path of the URL."));
    return Authority{text.first(hostEnd), colon < 0 ? QStringView() : text.sliced(colon + 1)};
}

wire::Result<quint16> parsePort(QStringView text, bool tls)
{
    if (text.isEmpty())
        return tls ? kHttpsPort : kHttpPort;
    constexpr qsizetype kMaxDigits = 5;
    const bool digits = std::ranges::all_of(text, [](QChar c) { return c >= u'0' && c <= u'9'; });
    const uint port = digits && text.size() <= kMaxDigits ? text.toUInt() : 0;
    if (port == 0 || port > 0xffff)
        return refuse(QStringLiteral("The port in the URL is not a number from 1 to 65535."));
    return quint16(port);
}

bool isHostName(QStringView text)
{
    return !text.isEmpty() && std::ranges::all_of(text, [](QChar c) {
        return c.unicode() < 0x80 && (c.isLetterOrNumber() || c == u'.' || c == u'-' || c == u'_');
    });
}

wire::Result<QString> parseHost(QStringView text)
{
    if (text.isEmpty())
        return refuse(QStringLiteral("The host in the URL is missing."));
    if (text.startsWith(u'[')) {
        auto address = text.sliced(1, text.size() - 2).toString();
        if (QHostAddress(address).protocol() != QHostAddress::IPv6Protocol)
            return refuse(QStringLiteral("“%1” is not an IPv6 address.").arg(address));
        return address;
    }
    if (isHostName(text))
        return text.toString();
    auto ascii = QString::fromLatin1(QUrl::toAce(text.toString()));
    if (!isHostName(ascii))
        return refuse(QStringLiteral("“%1” is not the name or address of a host.").arg(text));
    return ascii;
}

wire::Result<std::string> parseTarget(QStringView text)
{
    if (text.contains(u'#'))
        return refuse(QStringLiteral("What follows “#” in a URL is never sent. Remove it, or write %23 for “#”."));
    auto target = escapedTarget(text.toUtf8().toStdString());
    if (target.empty() || target.front() == '?')
        target.insert(0, 1, '/');
    if (!wire::isRequestTarget(target))
        return refuse(QStringLiteral("The URL has a space or a control character. Write %20 for a space."));
    if (target.size() > wire::kMaxTargetBytes)
        return refuse(QStringLiteral("The URL is longer than %1 bytes.").arg(wire::kMaxTargetBytes));
    return target;
}

} // namespace

wire::Result<RequestUrl> parseRequestUrl(const QString &text)
{
    QStringView rest = QStringView(text).trimmed();
    const auto tls = takeScheme(rest);
    if (!tls)
        return std::unexpected(tls.error());
    const auto isEnd = [](QChar c) { return c == u'/' || c == u'?' || c == u'#' || c == u'*'; };
    const auto end = std::ranges::find_if(rest, isEnd) - rest.begin();
    const auto authority = splitAuthority(rest.first(end));
    if (!authority)
        return std::unexpected(authority.error());
    auto host = parseHost(authority->host);
    const auto port = parsePort(authority->port, *tls);
    auto target = parseTarget(rest.sliced(end));
    if (!host)
        return std::unexpected(std::move(host.error()));
    if (!port)
        return std::unexpected(port.error());
    if (!target)
        return std::unexpected(std::move(target.error()));
    if (target->front() == '*' && target->size() > 1)
        return refuse(QStringLiteral("A “/” is missing in the URL before its path."));
    return RequestUrl{*tls, std::move(*host), *port, std::move(*target)};
}

std::string escapedTarget(std::string_view target)
{
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string escaped;
    for (const char c : target) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80)
            escaped += c;
        else
            escaped += {'%', kDigits[byte >> 4], kDigits[byte & 0xf]};
    }
    return escaped;
}

QString requestOrigin(bool tls, const QString &host, quint16 port)
{
    auto origin = QLatin1String(tls ? "https://" : "http://") + (host.contains(u':') ? u'[' + host + u']' : host);
    if (port != (tls ? kHttpsPort : kHttpPort))
        origin += u':' + QString::number(port);
    return origin;
}

} // namespace traffic
