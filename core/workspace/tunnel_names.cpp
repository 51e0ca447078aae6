#include "workspace/tunnel_names.h"

#include "settings/secret_store.h"
#include "wire/ids.h"
#include "wire/limits.h"

#include <QRegularExpression>

namespace workspace {

namespace {

constexpr auto kMaxLength = static_cast<qsizetype>(wire::kMaxNameLength);

bool isNameLetter(QChar letter)
{
    return (letter >= u'a' && letter <= u'z') || (letter >= u'0' && letter <= u'9');
}

QString cut(QString name, qsizetype length)
{
    name.truncate(length);
    while (name.endsWith(u'-'))
        name.chop(1);
    return name;
}

bool isThisComputer(const QString &host)
{
    return host == QStringLiteral("localhost") || host == QStringLiteral("127.0.0.1") || host == QStringLiteral("::1");
}

} // namespace

QString slugOf(const QString &wish)
{
    QString slug;
    for (const QChar letter : wish.normalized(QString::NormalizationForm_KD).toLower()) {
        if (isNameLetter(letter))
            slug += letter;
        else if (!letter.isMark() && !slug.isEmpty() && !slug.endsWith(u'-'))
            slug += u'-';
    }
    slug = cut(slug, kMaxLength);
    return wire::checkTunnelName(slug.toStdString()) ? slug : QString();
}

QString freeName(const QString &name, const QSet<QString> &taken)
{
    if (!taken.contains(name))
        return name;
    static const QRegularExpression numbered(QStringLiteral("-\\d{1,4}$"));
    QString stem = name;
    stem.remove(numbered);
    for (int number = 2;; ++number) {
        const QString end = QStringLiteral("-%1").arg(number);
        const QString candidate = cut(stem, kMaxLength - end.size()) + end;
        if (!taken.contains(candidate))
            return candidate;
    }
}

bool sameServer(const QUrl &one, const QUrl &other)
{
    if (one.isEmpty() || other.isEmpty())
        return one.isEmpty() == other.isEmpty();
    return settings::secretAccount(one) == settings::secretAccount(other);
}

QSet<QString> TunnelNames::taken(const QUrl &server, const QString &except) const
{
    QSet<QString> names;
    for (const TunnelInfo &tunnel : m_list.tunnels()) {
        if (tunnel.id != except && !tunnel.entry.name.isEmpty() && sameServer(tunnel.entry.server, server))
            names.insert(tunnel.entry.name);
    }
    return names;
}

QString TunnelNames::fault(const QString &name, const QUrl &server, const QString &except) const
{
    if (name.isEmpty())
        return {};
    if (const auto valid = wire::checkTunnelName(name.toStdString()); !valid)
        return QString::fromStdString(valid.error().message);
    if (taken(server, except).contains(name))
        return tr("Another of your tunnels is called %1: choose another name.").arg(name);
    return {};
}

QString TunnelNames::suggest(const QString &wish, const QUrl &server) const
{
    const QString slug = slugOf(wish);
    return freeName(slug.isEmpty() ? QString::fromStdString(wire::drawTunnelId()) : slug, taken(server));
}

QString TunnelNames::draw(const settings::TunnelEntry &entry) const
{
    if (!entry.server.isEmpty())
        return suggest({}, entry.server);
    const QString host = isThisComputer(entry.target.host) ? QStringLiteral("port") : entry.target.host;
    return suggest(QStringLiteral("%1-%2").arg(host).arg(entry.target.port), entry.server);
}

QString TunnelNames::next(const settings::TunnelEntry &entry) const
{
    return entry.name.isEmpty() ? draw(entry) : freeName(entry.name, taken(entry.server));
}

} // namespace workspace
