#include "traffic/body_format.h"

#include <QCoreApplication>
#include <QStringDecoder>
#include <QStringList>

#include <algorithm>
#include <array>
#include <optional>

namespace traffic {

namespace {

class BodyTypeNames {
    Q_DECLARE_TR_FUNCTIONS(traffic::BodyType)
public:
    static QString of(BodyType type)
    {
        switch (type) {
        case BodyType::Empty: return tr("Empty");
        case BodyType::Json: return tr("JSON");
        case BodyType::Xml: return tr("XML");
        case BodyType::Html: return tr("HTML");
        case BodyType::Css: return tr("CSS");
        case BodyType::JavaScript: return tr("JavaScript");
        case BodyType::Form: return tr("Form data");
        case BodyType::Image: return tr("Image");
        case BodyType::Text: return tr("Text");
        case BodyType::Binary: return tr("Binary");
        }
        return {};
    }
};

// The value of the parameter, without quotes; empty when there is none.
QByteArray charsetOf(const QByteArray &contentType)
{
    const auto parameters = contentType.split(';').mid(1);
    for (const auto &parameter : parameters) {
        const auto equals = parameter.indexOf('=');
        if (equals < 0 || parameter.first(equals).trimmed().toLower() != "charset")
            continue;
        auto value = parameter.sliced(equals + 1).trimmed();
        return value.replace('"', "").replace('\'', "").toLower();
    }
    return {};
}

std::optional<QStringConverter::Encoding> encodingOf(const QByteArray &charset)
{
    if (charset == "windows-1252" || charset == "latin1")
        return QStringConverter::Latin1;
    const auto encoding = QStringConverter::encodingForName(charset.constData());
    return encoding == QStringConverter::System ? std::nullopt : encoding;
}

QStringConverter::Encoding encodingOf(std::string_view contentType, const QByteArray &body)
{
    const QByteArray field(contentType.data(), qsizetype(contentType.size()));
    if (const auto marked = QStringConverter::encodingForData(body))
        return *marked; // a byte order mark outranks the field, as in browsers
    if (const auto named = encodingOf(charsetOf(field)))
        return *named;
    if (bodyType(contentType, body) == BodyType::Html)
        return QStringConverter::encodingForHtml(body).value_or(QStringConverter::Utf8);
    return QStringConverter::Utf8;
}

int hexValue(char digit)
{
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    const char lower = char(digit | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// What is no escape stays as it is, where QByteArray::fromPercentEncoding would make something of it.
QByteArray percentDecoded(const QByteArray &text)
{
    QByteArray out;
    out.reserve(text.size());
    for (qsizetype at = 0; at < text.size(); ++at) {
        const bool escape = text[at] == '%' && at + 2 < text.size();
        const int high = escape ? hexValue(text[at + 1]) : -1;
        const int low = escape ? hexValue(text[at + 2]) : -1;
        if (high >= 0 && low >= 0)
            at += 2;
        out += high >= 0 && low >= 0 ? char(high * 16 + low) : text[at];
    }
    return out;
}

QString formDecoded(QStringView text)
{
    auto bytes = text.toUtf8();
    bytes.replace('+', ' ');
    auto decoded = QString::fromUtf8(percentDecoded(bytes));
    return decoded.replace(QLatin1String("\r\n"), QLatin1String("\n")).replace(u'\n', QLatin1String("\n    "));
}

QString formLine(QStringView field)
{
    const auto equals = field.indexOf(u'=');
    if (equals < 0 || equals + 1 == field.size())
        return formDecoded(equals < 0 ? field : field.first(equals)) + u':';
    return formDecoded(field.first(equals)) + QLatin1String(": ") + formDecoded(field.sliced(equals + 1));
}

constexpr qsizetype kBytesInLine = 16;

void appendHex(QByteArray &out, quint64 number, int digits)
{
    constexpr std::string_view kDigits = "0123456789abcdef";
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4)
        out += kDigits[(number >> shift) & 0xf];
}

void appendHexLine(QByteArray &out, qsizetype offset, QByteArrayView bytes)
{
    constexpr int kOffsetDigits = 8;
    appendHex(out, quint64(offset), kOffsetDigits);
    for (qsizetype i = 0; i < kBytesInLine; ++i) {
        out += i % (kBytesInLine / 2) == 0 ? "  " : " ";
        if (i < bytes.size())
            appendHex(out, static_cast<unsigned char>(bytes[i]), 2);
        else
            out += "  ";
    }
    out += "  ";
    for (const char byte : bytes)
        out += byte >= ' ' && byte <= '~' ? byte : '.';
}

} // namespace

QString bodyTypeName(BodyType type)
{
    return BodyTypeNames::of(type);
}

QString bodyText(std::string_view contentType, const QByteArray &body)
{
    QStringDecoder decoder(encodingOf(contentType, body));
    return decoder.decode(body);
}

QString prettyForm(const QString &text)
{
    QStringList lines;
    for (const auto field : QStringView(text).split(u'&', Qt::SkipEmptyParts))
        lines += formLine(field);
    return lines.join(u'\n');
}

QString hexDump(const QByteArray &body, qsizetype limit)
{
    constexpr qsizetype kLineChars = 80;
    const auto shown = QByteArrayView(body).first(std::clamp<qsizetype>(limit, 0, body.size()));
    QByteArray out;
    out.reserve((shown.size() / kBytesInLine + 1) * kLineChars);
    for (qsizetype at = 0; at < shown.size(); at += kBytesInLine) {
        if (at > 0)
            out += '\n';
        appendHexLine(out, at, shown.sliced(at, std::min(kBytesInLine, shown.size() - at)));
    }
    return QString::fromLatin1(out);
}

} // namespace traffic
