#include "workspace/limits_text.h"

#include "workspace/amount_text.h"

#include <QCoreApplication>
#include <QStringList>

namespace workspace {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("workspace::limitsText", text);
}

QString number(double value)
{
    return QString::number(value, 'g', 6);
}

QString rateText(std::uint64_t perHour)
{
    const auto hourly = static_cast<double>(perHour);
    if (perHour >= 3600)
        return tr("%1 requests/s").arg(number(hourly / 3600));
    if (perHour >= 60)
        return tr("%1 requests/min").arg(number(hourly / 60));
    return tr("%1 requests/h").arg(number(hourly));
}

QString sizeOf(std::uint64_t bytes)
{
    return QString::fromStdString(sizeText(bytes));
}

QString timeText(std::uint64_t ms)
{
    if (ms >= 60'000 && ms % 60'000 == 0)
        return tr("%1 min").arg(ms / 60'000);
    return tr("%1 s").arg(number(static_cast<double>(ms) / 1000));
}

} // namespace

QString limitsText(const client::TunnelStatus &status)
{
    const auto &limits = status.limits;
    QStringList parts;
    if (!status.passesUpgrades)
        parts << tr("no WebSockets");
    if (limits.requestsPerHour != 0) {
        const auto rate = rateText(limits.requestsPerHour);
        parts << (limits.requestBurst > 1 ? tr("%1 (%2 at once)").arg(rate).arg(limits.requestBurst) : rate);
    }
    if (limits.maxRequests != 0)
        parts << tr("%1 in flight").arg(limits.maxRequests);
    if (limits.maxBodyBytes != 0)
        parts << tr("%1 a request").arg(sizeOf(limits.maxBodyBytes));
    if (limits.uploadBytesPerSecond != 0)
        parts << tr("%1/s from visitors").arg(sizeOf(limits.uploadBytesPerSecond));
    if (limits.downloadBytesPerSecond != 0)
        parts << tr("%1/s to visitors").arg(sizeOf(limits.downloadBytesPerSecond));
    if (limits.requestTimeoutMs != 0)
        parts << tr("%1 for an answer").arg(timeText(limits.requestTimeoutMs));
    return parts.join(QStringLiteral(", "));
}

} // namespace workspace
