// A workspace with servers and tunnels for tests of the settings and the tray. Main thread.
#pragma once

#include "core/workspace/test_workspace.h"
#include "ui/theme/theme.h"
#include "wire/base64.h"
#include "workspace/expiry_text.h"

#include <QApplication>
#include <QLabel>
#include <QPushButton>
#include <QTest>

#include <chrono>
#include <string>

namespace support {

// Secrets that stay after the program, as in a keyring: what it says of itself is all that is different.
class LastingStore : public settings::SessionSecretStore {
public:
    void probe(QObject *context, Done done) override
    {
        QMetaObject::invokeMethod(context, [done] { done({}); }, Qt::QueuedConnection);
    }
};

// A JSON Web Token, which nobody signed, that ends in this time.
[[nodiscard]] inline QByteArray tokenThatExpires(std::chrono::seconds left)
{
    const auto expiry = (workspace::tokenClock() + left).time_since_epoch().count();
    const auto payload = R"({"sub":"alice","exp":)" + std::to_string(expiry) + "}";
    const auto token = wire::encodeBase64Url(R"({"alg":"HS256"})") + "." + wire::encodeBase64Url(payload) + ".c2ln";
    return QByteArray::fromStdString(token);
}

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
