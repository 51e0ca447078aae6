#include "workspace/server_trial.h"

#include "wire/ids.h"
#include "wire/limits.h"

#include <QUrl>

#include <utility>

namespace workspace {

using client::Phase;
using wire::Code;
using wire::Error;
using wire::fail;

namespace {

constexpr quint16 kDiscardPort = 9; // RFC 863: the tunnel serves nobody, its service is not there

QString text(const std::string &utf8)
{
    return QString::fromStdString(utf8);
}

QString successText(const client::TunnelStatus &status)
{
    const QString address = QString(status.publicUrl).replace(status.name, QStringLiteral("NAME"), Qt::CaseInsensitive);
    return QStringLiteral("It works: tunnels get addresses like %1").arg(address);
}

Error explained(const Error &error, bool tokenSent)
{
    std::string what = error.message;
    if (error.code == Code::Unauthorized)
        what += tokenSent ? ". Ask the operator of the server for a token that it accepts." : ". Save one for it here.";
    else if (error.code == Code::ProtocolError)
        what += ". Check that the address is that of a tunnel relay.";
    else
        what += ". Check the address, and that the server is running and reachable from this computer.";
    return {error.code, what};
}

} // namespace

ServerTrial::ServerTrial(client::Engine &engine, const QUrl &server, const client::Token &token, QObject *parent)
    : QObject(parent), m_engine(&engine)
{
    m_config.id = text(wire::drawTunnelId());
    m_config.server = server;
    m_config.token = token;
    m_config.target.port = kDiscardPort;
    connect(&engine, &client::Engine::statusChanged, this, &ServerTrial::onStatus);
    connect(&m_timeout, &QTimer::timeout, this,
            [this] { finish(fail(Code::Timeout, "The server did not answer in time. Check its address.")); });
    m_timeout.setSingleShot(true);
    m_timeout.start(std::chrono::milliseconds(wire::kServerTestTimeout));
    engine.start(m_config);
}

ServerTrial::~ServerTrial()
{
    if (!m_finished && m_engine)
        m_engine->remove(m_config.id);
}

void ServerTrial::onStatus(const client::TunnelStatus &status)
{
    if (status.id != m_config.id)
        return;
    if (status.phase == Phase::Online)
        finish(successText(status));
    else if (status.phase == Phase::Failed && status.reason.code == Code::Forbidden)
        finish(QStringLiteral("It works: the server knows the token, which is for certain names only."));
    else if (status.phase == Phase::Failed || status.phase == Phase::Reconnecting)
        finish(std::unexpected(explained(status.reason, !m_config.token.isEmpty())));
}

void ServerTrial::finish(const wire::Result<QString> &outcome)
{
    if (std::exchange(m_finished, true))
        return;
    m_timeout.stop();
    m_engine->remove(m_config.id);
    Q_EMIT finished(outcome);
}

void tryServer(client::Engine &engine, settings::SecretStore &secrets, const QUrl &server,
               const settings::Secret &typed, QObject *context,
               const std::function<void(const wire::Result<QString> &)> &done)
{
    const auto run = [engine = QPointer(&engine), server, context, done](const wire::Result<settings::Secret> &token) {
        if (!engine)
            return;
        auto *trial = new ServerTrial(*engine, server, client::Token(token ? token->reveal() : QByteArray()), context);
        QObject::connect(trial, &ServerTrial::finished, context, [trial, done](const wire::Result<QString> &outcome) {
            trial->deleteLater();
            done(outcome);
        });
    };
    if (typed.isEmpty())
        secrets.read(settings::secretAccount(server), context, run);
    else
        run(typed);
}

} // namespace workspace
