// Workspaces for tests: real files in a folder of their own, a real relay on loopback, secrets in memory. Main thread.
#pragma once

#include "settings/session_secret_store.h"
#include "support/loopback_relay.h"
#include "support/raw_origin.h"
#include "workspace/workspace.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <memory>

namespace support {

// A relay of its own for each run, as in the program: it knows one token, and listens on the first free port.
class TestLocalRelay : public workspace::LocalRelay {
public:
    wire::Result<> start(const QList<quint16> &ports) override
    {
        tried = ports;
        QFile file(m_folder.filePath(QStringLiteral("token")));
        if (!file.open(QIODevice::WriteOnly) || file.write(token().reveal()) < 0)
            qFatal("cannot write a token");
        file.close();
        auto config = quietConfig();
        config.auth.tokenFile = file.fileName().toStdString();
        for (const quint16 port : ports) {
            config.listen.port = port;
            try {
                m_relay = std::make_unique<LoopbackRelay>(config);
                return {};
            } catch (const std::runtime_error &) {
                continue;
            }
        }
        return wire::fail(wire::Code::InternalError, "no port is free");
    }
    QUrl url() const override { return m_relay ? QUrl(QStringLiteral("http://127.0.0.1:%1").arg(port())) : QUrl(); }
    quint16 port() const override { return m_relay ? m_relay->port() : quint16{0}; }
    client::Token token() const override { return client::Token("of-this-run"); }

    QList<quint16> tried;

private:
    QTemporaryDir m_folder;
    std::unique_ptr<LoopbackRelay> m_relay;
};

// What stays from run to run.
struct Home {
    QTemporaryDir folder;
    settings::SessionSecretStore secrets;

    [[nodiscard]] workspace::Paths paths() const
    {
        return {tunnelsFile(), folder.filePath(QStringLiteral("config")), folder.filePath(QStringLiteral("state"))};
    }
    [[nodiscard]] QString tunnelsFile() const { return folder.filePath(QStringLiteral("config/tunnels.toml")); }
    [[nodiscard]] QString stateFile() const { return folder.filePath(QStringLiteral("state/state.json")); }
    [[nodiscard]] static QByteArray read(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    static void write(const QString &path, const QByteArray &text)
    {
        QDir().mkpath(QFileInfo(path).path());
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("cannot write a file");
    }
};

// One run of the program.
struct Run {
    explicit Run(Home &home) : workspace({relay, home.secrets}, home.paths(), {})
    {
        QObject::connect(&workspace, &workspace::Workspace::noticed,
                         [this](const workspace::Notice &notice) { notices[notice.key] = notice.text; });
        workspace.open();
    }

    [[nodiscard]] const workspace::TunnelInfo &at(qsizetype index) const { return workspace.tunnels().at(index); }
    [[nodiscard]] client::Phase phase(qsizetype index = 0) const { return at(index).status.phase; }
    [[nodiscard]] QStringList names() const
    {
        QStringList names;
        for (const auto &tunnel : workspace.tunnels())
            names.append(tunnel.entry.name);
        return names;
    }

    TestLocalRelay relay;
    QMap<QString, QString> notices;
    workspace::Workspace workspace;
};

[[nodiscard]] inline settings::TunnelEntry entryFor(quint16 port, const QString &name = {}, const QUrl &server = {})
{
    settings::TunnelEntry entry;
    entry.name = name;
    entry.target.port = port;
    entry.server = server;
    return entry;
}

// The id.
inline QString added(Run &run, const settings::TunnelEntry &entry)
{
    const auto id = run.workspace.add(entry);
    if (!id)
        qFatal("%s", id.error().message.c_str());
    return *id;
}

[[nodiscard]] inline QUrl urlOf(const LoopbackRelay &relay)
{
    return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(relay.port()));
}

} // namespace support
