// Where windows stood and how wide columns and panes were: opaque bytes by name, in one JSON file in stateFolder().
// Losing it loses nothing of worth: a damaged file is an empty state. Main thread.
#pragma once

#include <QByteArray>
#include <QMap>
#include <QString>

namespace settings {

class WindowState {
public:
    explicit WindowState(const QString &folder); // reads it

    [[nodiscard]] QByteArray value(const QString &name) const { return m_values.value(name); }
    void set(const QString &name, const QByteArray &value); // in memory until save()
    void save() const; // atomic; a failure is of no consequence

private:
    QString m_path;
    QMap<QString, QByteArray> m_values;
};

} // namespace settings
