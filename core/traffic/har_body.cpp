#include "traffic/har_body.h"

#include "wire/base64.h"
#include "wire/text.h"

namespace traffic {

namespace {

bool isText(const QByteArray &body)
{
    return !body.startsWith("\xef\xbb\xbf") && wire::isUtf8({body.constData(), std::size_t(body.size())});
}

} // namespace

void putHarBody(QJsonObject &object, const QByteArray &body, const QString &encoding)
{
    const bool text = isText(body);
    object.insert(QStringLiteral("text"), text ? QString::fromUtf8(body) : QString::fromLatin1(body.toBase64()));
    if (!text)
        object.insert(encoding, QStringLiteral("base64"));
}

wire::Result<QByteArray> harBody(const QString &text, const QString &encoding)
{
    if (encoding.isEmpty())
        return text.toUtf8();
    if (encoding != QLatin1String("base64"))
        return wire::fail(wire::Code::InvalidRequest,
                          "is in the encoding “" + encoding.left(20).toStdString() + "”; only base64 is known");
    const auto decoded = wire::decodeBase64(text.toLatin1().toStdString());
    if (!decoded)
        return wire::fail(wire::Code::InvalidRequest, "is not base64, although it says so");
    return QByteArray::fromStdString(*decoded);
}

} // namespace traffic
