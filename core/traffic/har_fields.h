// The fields of a JSON object of a HAR, read with their types checked: the first one of a wrong type is the fault of the
// whole, with the path to it. What is missing, or null, reads as empty. Pure; any thread; the fault is borrowed.
#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QString>

#include <cstddef>
#include <optional>

namespace traffic {

class HarFields {
public:
    // `path`: where the object is, "response.content"; empty for an entry itself.
    HarFields(QJsonObject object, QString path, QString &fault);

    [[nodiscard]] QString text(QLatin1String name);
    [[nodiscard]] QString needText(QLatin1String name); // a missing or empty one is a fault
    [[nodiscard]] std::optional<double> number(QLatin1String name);
    [[nodiscard]] HarFields object(QLatin1String name);
    // The first `most` objects of an array: each takes many times what `{}` takes in a file.
    [[nodiscard]] QList<HarFields> objects(QLatin1String name, std::size_t most);

    void tell(QLatin1String name, const QString &what); // "“request.url” is missing"

private:
    [[nodiscard]] QJsonValue value(QLatin1String name, QJsonValue::Type type);
    [[nodiscard]] QString pathOf(QLatin1String name) const;

    QJsonObject m_object;
    QString m_path;
    QString *m_fault;
};

} // namespace traffic
