#include "traffic/shell_quote.h"

#include <QList>
#include <QStringDecoder>

#include <algorithm>

namespace traffic {

namespace {

constexpr qsizetype kMaxArgumentBytes = 96 * 1024; // Linux takes 128 KiB (MAX_ARG_STRLEN), others less in all

// UTF-8 that a terminal shows as it is.
bool isReadable(const QByteArray &bytes, bool lineBreaks)
{
    QStringDecoder decoder(QStringConverter::Utf8);
    const QString text = decoder.decode(bytes);
    if (decoder.hasError() || text.toUtf8() != bytes)
        return false;
    const auto codePoints = text.toUcs4();
    return std::ranges::all_of(
        codePoints, [lineBreaks](uint c) { return (lineBreaks && c == u'\n') || QChar::isPrint(char32_t(c)); });
}

QString inQuotes(const QByteArray &bytes)
{
    return u'\'' + QString::fromUtf8(bytes).replace(u'\'', QLatin1String("'\\''")) + u'\'';
}

void appendEscaped(QByteArray &out, char byte)
{
    constexpr QByteArrayView kSpecial = "\\%'!";
    switch (byte) {
    case '\n': out += "\\n"; return;
    case '\r': out += "\\r"; return;
    case '\t': out += "\\t"; return;
    case '\\': out += "\\\\"; return;
    case '%': out += "%%"; return;
    default: break;
    }
    const auto number = static_cast<unsigned char>(byte);
    if (number >= ' ' && number <= '~' && !kSpecial.contains(byte)) {
        out += byte;
        return;
    }
    out += '\\';
    for (const int shift : {6, 3, 0})
        out += char('0' + ((number >> shift) & 7));
}

} // namespace

QString shellPrintf(const QByteArray &bytes)
{
    QByteArray format;
    format.reserve(bytes.size() * 2);
    for (const char byte : bytes)
        appendEscaped(format, byte);
    if (format.startsWith('-'))
        format.replace(0, 1, "\\055"); // not an option
    return QLatin1String("printf '") + QString::fromLatin1(format) + u'\'';
}

QString shellWord(const QByteArray &bytes)
{
    return isReadable(bytes, false) ? inQuotes(bytes)
                                    : QLatin1String("\"$(") + shellPrintf(bytes) + QLatin1String(")\"");
}

bool isShellText(const QByteArray &bytes)
{
    return bytes.size() <= kMaxArgumentBytes && isReadable(bytes, true);
}

QString shellText(const QByteArray &bytes)
{
    return inQuotes(bytes);
}

} // namespace traffic
