#include "ui/text/access_text.h"

#include "guard/span_text.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <QStringList>

namespace ui {

namespace {

using namespace std::chrono;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ui::AccessText)
};

QString latin(std::string_view text)
{
    return QString::fromLatin1(text.data(), qsizetype(text.size()));
}

Badge closing(sys_seconds at, const Colors &colors, sys_seconds now)
{
    if (at <= now)
        return {Words::tr("Closed: its time is over"), Glyph::Clock, colors.danger, colors.dangerSoft};
    const auto local = QDateTime::fromSecsSinceEpoch(at.time_since_epoch().count());
    const bool today = at - now < hours{24};
    const QString text = today ? QLocale().toString(local.time(), QLocale::ShortFormat)
                               : QLocale().toString(local.date(), QLocale::ShortFormat);
    return {Words::tr("Open until %1").arg(text), Glyph::Clock, colors.info, colors.infoSoft};
}

// What asks who somebody is.
void addDoors(QList<Badge> &badges, const guard::Rules &rules, const Colors &colors)
{
    const auto add = [&](const QString &word, Glyph glyph) {
        badges.append({word, glyph, colors.success, colors.successSoft});
    };
    if (!rules.logins.empty())
        add(Words::tr("Password"), Glyph::Lock);
    if (rules.bearer)
        add(Words::tr("Access token"), Glyph::Key);
    if (rules.webhook)
        add(Words::tr("Signed by %1").arg(latin(guard::webhookSenderName(rules.webhook->sender))), Glyph::Check);
    if (rules.askFirst)
        add(Words::tr("Asks you first"), Glyph::Eye);
}

} // namespace

QList<Badge> accessBadges(const settings::AccessEntry &access, const Colors &colors, sys_seconds now)
{
    const auto &rules = access.rules;
    QList<Badge> badges;
    if (rules.publicToEveryone())
        badges.append({Words::tr("Public to everyone"), Glyph::Globe, colors.warning, colors.warningSoft});
    addDoors(badges, rules, colors);
    if (!rules.allow.empty() || !rules.deny.empty())
        badges.append({Words::tr("Some addresses"), Glyph::Filter, colors.info, colors.infoSoft});
    if (!rules.only.empty())
        badges.append({Words::tr("Some requests"), Glyph::Filter, colors.info, colors.infoSoft});
    if (rules.expires)
        badges.append(closing(*rules.expires, colors, now));
    if (rules.idle)
        badges.append({Words::tr("Closes after %1 unused").arg(latin(guard::durationText(*rules.idle))), Glyph::Clock,
                       colors.info, colors.infoSoft});
    return badges;
}

QList<Badge> accessBadges(const settings::AccessEntry &access, const Colors &colors)
{
    return accessBadges(access, colors, floor<seconds>(system_clock::now()));
}

QString shortBadges(const QList<Badge> &badges)
{
    const int others = int(badges.size()) - 1;
    return others == 0 ? badges.first().word : Words::tr("%1 and %2 more").arg(badges.first().word).arg(others);
}

QString spokenBadges(const QList<Badge> &badges)
{
    QStringList words;
    for (const Badge &badge : badges)
        words.append(badge.word);
    return words.join(QStringLiteral(", "));
}

} // namespace ui
