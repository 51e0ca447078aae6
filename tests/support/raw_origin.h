// A local service for tests that answers with exactly the bytes it is told to. Lives on the test's thread.
#pragma once

#include <QByteArray>
#include <QHostAddress>
#include <QList>
#include <QTcpServer>
#include <QTcpSocket>

#include <functional>
#include <memory>

namespace support {

class RawOrigin : public QTcpServer {
public:
    struct Client {
        QTcpSocket *socket = nullptr;
        QByteArray received; // everything, or what the handler left
        bool ended = false;  // the peer sent FIN or the connection broke
        void send(const QByteArray &bytes)
        {
            socket->write(bytes);
            socket->flush();
        }
    };
    // Called after bytes came; `client.received` has them appended.
    using Handler = std::function<void(Client &client)>;

    explicit RawOrigin(Handler handler = {}, const QHostAddress &address = QHostAddress::LocalHost, quint16 port = 0)
        : m_handler(std::move(handler))
    {
        listen(address, port);
        connect(this, &QTcpServer::newConnection, this, [this] {
            while (hasPendingConnections())
                adopt(nextPendingConnection());
        });
    }

    [[nodiscard]] quint16 port() const { return serverPort(); }
    [[nodiscard]] qsizetype connectionCount() const { return qsizetype(m_clients.size()); }
    [[nodiscard]] Client &client(qsizetype at) { return *m_clients.at(std::size_t(at)); }
    [[nodiscard]] QByteArray received(qsizetype at = 0) const
    {
        return at < connectionCount() ? m_clients.at(std::size_t(at))->received : QByteArray();
    }
    void setHandler(Handler handler) { m_handler = std::move(handler); }

    // Answers every complete request head (without a body) with `response`.
    static Handler always(const QByteArray &response)
    {
        return [response](Client &client) {
            for (auto end = client.received.indexOf("\r\n\r\n"); end >= 0; end = client.received.indexOf("\r\n\r\n")) {
                client.received.remove(0, end + 4);
                client.send(response);
            }
        };
    }

private:
    void adopt(QTcpSocket *socket)
    {
        m_clients.push_back(std::make_unique<Client>());
        auto &client = *m_clients.back();
        client.socket = socket;
        connect(socket, &QTcpSocket::readyRead, this, [this, &client] {
            client.received += client.socket->readAll();
            if (m_handler)
                m_handler(client);
        });
        connect(socket, &QTcpSocket::disconnected, this, [&client] { client.ended = true; });
    }

    Handler m_handler;
    std::vector<std::unique_ptr<Client>> m_clients;
};

} // namespace support
