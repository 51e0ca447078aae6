// A workspace with servers and tunnels for tests of the settings and the tray. Main thread.
#pragma once

#include "core/workspace/test_workspace.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QLabel>
#include <QPushButton>
#include <QTest>

namespace support {

// Secrets that stay after the program, as in a keyring: what it says of itself is all that is different.
class LastingStore : public settings::SessionSecretStore {
public:
    void probe(QObject *context, Done done) override
    {
        QMetaObject::invokeMethod(context, [done] { done({}); }, Qt::QueuedConnection);
    }
};

struct SettingsBench {
    explicit SettingsBench(const QList<settings::Server> &servers = {}) : workspace({relay, secrets}, home.paths(), {})
    {
        workspace.open();
        settings::Preferences preferences;
        preferences.servers = servers;
        if (!workspace.setPreferences(preferences))
            qFatal("cannot save the preferences");
    }

    Home home;
    LastingStore secrets;
    TestLocalRelay relay;
    workspace::Workspace workspace;
};

[[nodiscard]] inline settings::Server server(const QString &url, const QString &label = {})
{
    return {QUrl(url), label};
}

[[nodiscard]] inline settings::Server work()
{
    return server(QStringLiteral("https://relay.example.com"), QStringLiteral("Work"));
}

} // namespace support
