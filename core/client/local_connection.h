// One TCP or TLS connection to the local service. Owned by the LocalRequest that uses it or by the LocalSite that
// keeps it idle; engine thread. Tries both loopback addresses for "localhost" and remembers which one answered.
#pragma once

#include "client/tunnel_config.h"
#include "wire/result.h"

#include <QBasicTimer>
#include <QObject>
#include <QTcpSocket>

#include <chrono>
#include <memory>
#include <span>
#include <string_view>

class QSslSocket;

namespace client {

// What is known of one local service; outlives its connections.
struct LocalService {
    LocalTarget target;
    bool ipv4First = false; // 127.0.0.1 answered for "localhost" when ::1 did not
};

class LocalConnection : public QObject {
    Q_OBJECT
public:
    class Listener {
    public:
        virtual void onConnected() = 0;
        virtual void onReadable() = 0;
        virtual void onWritten() = 0;
        // Nothing more will come; what came before can still be read. Final.
        virtual void onClosed(const wire::Error &why) = 0;

    protected:
        ~Listener() = default;
    };

    explicit LocalConnection(LocalService &service);

    void open(Listener &listener);
    // Takes over a connection that was idle.
    void attach(Listener &listener) { m_listener = &listener; }
    // Back to idle: what happens to it from now on makes it unusable.
    void detach() { m_listener = nullptr; }
    // No listener is called any more, the peer sees the connection end at once.
    void abandon();

    [[nodiscard]] bool isUp() const { return m_up && !m_down; }
    [[nodiscard]] bool isUsable() const { return isUp() && !m_spoiled; }
    // Asks the system whether the peer has ended it or spoken out of turn, which the event loop may not know yet.
    [[nodiscard]] bool isQuiet() const;

    // Bytes read into `into`; 0 when none are there.
    [[nodiscard]] std::size_t read(std::span<char> into);
    [[nodiscard]] bool hasBytes() const { return m_socket->bytesAvailable() > 0; }
    // Copied, and written out in this turn as far as the system takes it.
    void write(std::string_view bytes);
    [[nodiscard]] std::size_t unsent() const;
    // FIN after what was written; reading goes on.
    void shutdownSend();

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    void makeSocket();
    void connectToService();
    void onUp();
    void onBytesWritten();
    void onError();
    void finish(const wire::Error &why);
    bool tryOtherLoopback();
    [[nodiscard]] bool certificateMatches() const;
    [[nodiscard]] wire::Error reason() const;
    void sendFin();

    LocalService &m_service;
    Listener *m_listener = nullptr;
    std::unique_ptr<QTcpSocket> m_socket;
    QSslSocket *m_tls = nullptr; // m_socket when it is one
    QBasicTimer m_connectTimer;
    bool m_ipv4 = false; // which loopback address is being tried
    bool m_otherTried = false;
    bool m_up = false;
    bool m_down = false;
    bool m_spoiled = false;
    bool m_finWanted = false;
};

struct AbandonLater {
    void operator()(LocalConnection *connection) const
    {
        connection->abandon();
        connection->deleteLater(); // it may be calling us
    }
};
using LocalConnectionPtr = std::unique_ptr<LocalConnection, AbandonLater>;

} // namespace client
