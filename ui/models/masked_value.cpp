#include "ui/models/masked_value.h"

#include "traffic/secrets.h"

namespace ui {

QString maskedValue(const QString &name, const QString &value)
{
    const wire::Header field{name.toStdString(), value.toStdString()};
    const auto redacted = traffic::redactedValue(field);
    if (redacted == field.value)
        return value;
    return QString::fromStdString(redacted).replace(QLatin1String("REDACTED"), QStringLiteral("••••••"));
}

} // namespace ui
