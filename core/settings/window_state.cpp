#include "settings/window_state.h"

#include "settings/small_file.h"
#include "wire/limits.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace settings {

WindowState::WindowState(const QString &folder) : m_path(folder + QStringLiteral("/windows.json"))
{
    const auto text = readSmallFileIfAny(m_path, wire::kMaxSettingsFileBytes);
    if (!text)
        return;
    const QJsonObject json = QJsonDocument::fromJson(QByteArray::fromStdString(*text)).object();
    for (auto it = json.begin(); it != json.end(); ++it)
        set(it.key(), QByteArray::fromBase64(it.value().toString().toLatin1()));
}

void WindowState::set(const QString &name, const QByteArray &value)
{
    m_values.insert(name, value);
}

void WindowState::save() const
{
    QJsonObject json;
    for (auto it = m_values.begin(); it != m_values.end(); ++it)
        json.insert(it.key(), QString::fromLatin1(it->toBase64()));
    // A window that opens where it always did is all there is to lose.
    static_cast<void>(saveSmallFile(m_path, QJsonDocument(json).toJson().toStdString()));
}

} // namespace settings
