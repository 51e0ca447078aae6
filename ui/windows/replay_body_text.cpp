#include "ui/windows/replay_body_text.h"

#include <algorithm>

namespace ui {

namespace {

constexpr char16_t kParagraphSeparator = 0x2029; // QTextDocument takes these for the end of a line
constexpr char16_t kFirstPrivateToQt = 0xfdd0;
constexpr char16_t kLastPrivateToQt = 0xfdef;

bool cannotBeEdited(QChar c)
{
    const char16_t unit = c.unicode();
    if (unit < 0x20)
        return unit != u'\t' && unit != u'\n';
    return unit == kParagraphSeparator || (unit >= kFirstPrivateToQt && unit <= kLastPrivateToQt);
}

} // namespace

std::optional<BodyText> bodyToText(const QByteArray &body)
{
    BodyText result;
    result.text = QString::fromUtf8(body);
    if (result.text.toUtf8() != body)
        return std::nullopt;
    const auto lines = result.text.count(u'\n');
    const auto crlfs = result.text.count(QLatin1String("\r\n"));
    if (crlfs > 0)
        result.lineEnds = crlfs == lines ? LineEnds::CrLf : LineEnds::Mixed;
    result.text.replace(QLatin1String("\r\n"), QLatin1String("\n"));
    if (std::ranges::any_of(result.text, cannotBeEdited))
        return std::nullopt;
    return result;
}

QByteArray textToBody(const QString &text, LineEnds lineEnds)
{
    QByteArray body = text.toUtf8();
    if (lineEnds == LineEnds::CrLf)
        body.replace("\n", "\r\n");
    return body;
}

} // namespace ui
