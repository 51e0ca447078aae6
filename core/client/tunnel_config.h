// What the user asked for: one tunnel, as a value. Crosses threads by copy.
#pragma once

#include "guard/rules.h"
#include "wire/result.h"

#include <QByteArray>
#include <QList>
#include <QMetaType>
#include <QString>
#include <QUrl>

#include <cstdint>

namespace client {

// Prints as *** wherever it could leak; the text is reachable only by reveal().
class Token {
public:
    Token() = default;
    explicit Token(QByteArray text) : m_text(std::move(text)) {}
    [[nodiscard]] const QByteArray &reveal() const { return m_text; }
    [[nodiscard]] bool isEmpty() const { return m_text.isEmpty(); }
    friend bool operator==(const Token &, const Token &) = default;

private:
    QByteArray m_text;
};

enum class HostHeader : std::uint8_t { Rewrite, Preserve, Custom };
enum class UpstreamTls : std::uint8_t { Verify, Pin, Off };

// The local service.
struct LocalTarget {
    bool tls = false;
    QString host = QStringLiteral("localhost"); // "localhost" means ::1 and 127.0.0.1, whichever answers
    quint16 port = 0;
    HostHeader hostHeader = HostHeader::Rewrite;
    QString customHost;                  // with HostHeader::Custom
    UpstreamTls verify = UpstreamTls::Verify;
    QByteArray pinnedSha256;             // with UpstreamTls::Pin: hex SHA-256 of the certificate (DER)

    friend bool operator==(const LocalTarget &, const LocalTarget &) = default;
};

struct TunnelConfig {
    QString id;   // the engine's key, unique in this process; never leaves it
    QString name; // wished public name; empty: the server draws one
    QUrl server;  // http(s)://HOST[:PORT] is a relay; ws(s)://… is used as it is
    Token token;
    bool takeover = false;
    LocalTarget target;
    guard::Rules rules;     // who may reach it
    guard::Secrets secrets; // that the rules need

    friend bool operator==(const TunnelConfig &, const TunnelConfig &) = default;
};

// What cannot work whatever the server says, in a sentence that never has a secret in it. InvalidRequest.
[[nodiscard]] wire::Result<> checkConfig(const TunnelConfig &config);

} // namespace client

Q_DECLARE_METATYPE(client::TunnelConfig)
