// Tries a server as a tunnel would: opens one under a drawn name, for the moment that it takes, and says how that
// went. Main thread; ends by telling finished() once, or by being destroyed.
#pragma once

#include "client/engine.h"
#include "settings/secret_store.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <functional>

namespace workspace {

class ServerTrial : public QObject {
    Q_OBJECT
public:
    ServerTrial(client::Engine &engine, const QUrl &server, const client::Token &token, QObject *parent = nullptr);
    ~ServerTrial() override;

Q_SIGNALS:
    // A sentence: where tunnels would be, or what went wrong and what to do.
    void finished(const wire::Result<QString> &outcome);

private:
    void onStatus(const client::TunnelStatus &status);
    void finish(const wire::Result<QString> &outcome);

    QPointer<client::Engine> m_engine;
    client::TunnelConfig m_config;
    QTimer m_timeout;
    bool m_finished = false;
};

// With `typed` or, when that is empty, the saved token. `done` is called once, unless `context` is gone by then.
void tryServer(client::Engine &engine, settings::SecretStore &secrets, const QUrl &server,
               const settings::Secret &typed, QObject *context,
               const std::function<void(const wire::Result<QString> &)> &done);

} // namespace workspace
