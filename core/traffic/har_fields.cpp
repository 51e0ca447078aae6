#include "traffic/har_fields.h"

#include <algorithm>
#include <utility>

namespace traffic {

namespace {

QString typeName(QJsonValue::Type type)
{
    switch (type) {
    case QJsonValue::Bool: return QStringLiteral("true or false");
    case QJsonValue::Double: return QStringLiteral("a number");
    case QJsonValue::String: return QStringLiteral("a text");
    case QJsonValue::Array: return QStringLiteral("a list");
    case QJsonValue::Object: return QStringLiteral("an object");
    case QJsonValue::Null:
    case QJsonValue::Undefined: break;
    }
    return QStringLiteral("nothing");
}

} // namespace

HarFields::HarFields(QJsonObject object, QString path, QString &fault)
    : m_object(std::move(object)), m_path(std::move(path)), m_fault(&fault)
{
}

QString HarFields::pathOf(QLatin1String name) const
{
    return m_path.isEmpty() ? QString(name) : m_path + u'.' + name;
}

void HarFields::tell(QLatin1String name, const QString &what)
{
    if (m_fault->isEmpty())
        *m_fault = QStringLiteral("“%1” %2").arg(pathOf(name), what);
}

QJsonValue HarFields::value(QLatin1String name, QJsonValue::Type type)
{
    auto value = m_object.value(name);
    if (value.isUndefined() || value.isNull() || value.type() == type)
        return value;
    tell(name, QStringLiteral("is %1 instead of %2").arg(typeName(value.type()), typeName(type)));
    return {};
}

QString HarFields::text(QLatin1String name)
{
    return value(name, QJsonValue::String).toString();
}

QString HarFields::needText(QLatin1String name)
{
    auto found = text(name);
    if (found.isEmpty())
        tell(name, QStringLiteral("is missing"));
    return found;
}

std::optional<double> HarFields::number(QLatin1String name)
{
    const auto found = value(name, QJsonValue::Double);
    return found.isDouble() ? std::optional(found.toDouble()) : std::nullopt;
}

HarFields HarFields::object(QLatin1String name)
{
    return {value(name, QJsonValue::Object).toObject(), pathOf(name), *m_fault};
}

QList<HarFields> HarFields::objects(QLatin1String name, std::size_t most)
{
    QList<HarFields> list;
    const auto array = value(name, QJsonValue::Array).toArray();
    const auto count = std::min(array.size(), qsizetype(most));
    for (qsizetype i = 0; i < count; ++i) {
        const auto element = array.at(i);
        const auto path = QStringLiteral("%1[%2]").arg(pathOf(name)).arg(i);
        if (!element.isObject() && m_fault->isEmpty())
            *m_fault = QStringLiteral("“%1” is %2 instead of an object").arg(path, typeName(element.type()));
        list += HarFields(element.toObject(), path, *m_fault);
    }
    return list;
}

} // namespace traffic
