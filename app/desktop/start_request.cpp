#include "desktop/start_request.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace desktop {

namespace {

constexpr QLatin1StringView kExpose("expose");
constexpr QLatin1StringView kTarget("target");
constexpr QLatin1StringView kName("name");
constexpr QLatin1StringView kHidden("hidden");

} // namespace

QByteArray toMessage(const StartRequest &request)
{
    const QJsonObject json{
        {kExpose, request.expose}, {kTarget, request.target}, {kName, request.name}, {kHidden, request.hidden}};
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

wire::Result<StartRequest> fromMessage(const QByteArray &message)
{
    const QJsonDocument document = QJsonDocument::fromJson(message);
    if (!document.isObject())
        return wire::fail(wire::Code::InvalidRequest, "the message of another start is not JSON");
    const QJsonObject json = document.object();
    return StartRequest{json.value(kExpose).toBool(), json.value(kTarget).toString(), json.value(kName).toString(),
                        json.value(kHidden).toBool()};
}

} // namespace desktop
