// What a tunnel is doing and what passed through it, as values for views (ui, ttf). Cross threads by copy.
#pragma once

#include "wire/message.h"

#include <QDateTime>
#include <QList>
#include <QMetaType>
#include <QString>

#include <cstdint>

namespace client {

enum class Phase : std::uint8_t {
    Idle,         // never started
    Connecting,   // waiting for TCP, TLS, WebSocket or connection_established
    Online,       // visitors reach us
    Reconnecting, // lost or refused for now: waiting until nextAttempt
    Stopped,      // by the user
    Failed,       // will not retry by itself: reason says what to mend (unauthorized, name_taken, protocol)
};

struct TunnelStatus {
    QString id; // TunnelConfig::id
    Phase phase = Phase::Idle;
    QString name; // the tunnel id the server gave; kept across reconnects
    bool paused = false; // visitors get 503 and the URL stays ours (Engine::setPaused)
    QString publicUrl;
    QString subdomainUrl; // empty when the server has none
    QString pathBasedUrl;
    wire::Limits limits; // what the server lets through, once it has told
    bool passesUpgrades = true; // WebSockets too; API Gateway's server does not
    wire::Error reason;      // with Reconnecting and Failed
    unsigned attempt = 0;    // with Reconnecting: from 1
    qint64 nextAttemptMs = 0; // with Reconnecting: from now
};

enum class ExchangeState : std::uint8_t { Pending, Done, Aborted };

enum class ExchangeOrigin : std::uint8_t {
    Visitor, // through the tunnel
    Replay,  // sent by the user of this program (Engine::replay), straight to the local service
    Import,  // read from a file: it never passed here
};

// One request as it is known now; sent again (same key) when it changes.
struct ExchangeSummary {
    quint64 key = 0; // unique in this process, ascending
    ExchangeOrigin origin = ExchangeOrigin::Visitor;
    quint64 replayOf = 0; // with Replay: the key of the exchange it was made from; 0 for none
    QString tunnelId; // TunnelConfig::id
    QString tunnelName;
    QString requestId;
    QDateTime started; // UTC
    QString method;
    QString target; // path and query
    QString remoteAddress;
    ExchangeState state = ExchangeState::Pending;
    unsigned status = 0; // 0 while pending or when no response head came
    qint64 durationUs = 0; // to the end of the response (so far, while pending)
    qint64 firstByteUs = 0; // to the response head
    quint64 requestBytes = 0; // body bytes
    quint64 responseBytes = 0;
    QString upgrade; // "websocket" and the like
    QString importedUrl; // with Import: where it was asked for, absolute
    wire::Error error; // with Aborted; and with Done when the tunnel's rules gave the answer, why
};

using ExchangeBatch = QList<ExchangeSummary>;

} // namespace client

Q_DECLARE_METATYPE(client::TunnelStatus)
Q_DECLARE_METATYPE(client::ExchangeBatch)
