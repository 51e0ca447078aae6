// Serves the sample site on a free loopback port. Main thread, owned by the program; a tunnel in front of it reads at
// most a page at a time, so that no more is needed than a plain HTTP/1.1 server with keep-alive. Answers to its own
// hosts only: a page of any site could have its own name lead here (DNS rebinding) and read what is answered.
#pragma once

#include "client/tunnel_status.h"
#include "http1/request_reader.h"
#include "ttf/sample_site.h"
#include "wire/result.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>

#include <string>
#include <vector>

namespace ttf {

class SampleServer : public QObject {
    Q_OBJECT
public:
    explicit SampleServer(QObject *parent = nullptr);

    [[nodiscard]] wire::Result<quint16> listen(); // the port

    // One more host to answer to, beside localhost, names under it and IP addresses: what the tunnel sends as Host.
    void allowHost(const QString &host);
    void allowHostsOf(const client::TunnelStatus &status); // its URLs, for --host-header preserve
    [[nodiscard]] bool isOwnHost(const wire::HeaderList &headers) const;

private:
    std::vector<std::string> m_hosts; // normalized
    QTcpServer m_server;
};

// One connection; deletes itself when it closes.
class SampleConnection : public QObject {
    Q_OBJECT
public:
    // Takes over the socket, which is the server's.
    SampleConnection(QTcpSocket *socket, const SampleServer &server);

private:
    void onReadyRead();
    [[nodiscard]] bool readRequest(); // a whole one, into m_reader and m_body
    void answer();
    void startClock();
    void refuse(unsigned status, std::string_view reason, const std::string &text);
    void send(const SampleResponse &response, bool close);

    QTcpSocket *m_socket;
    const SampleServer &m_server;
    http1::RequestReader m_reader;
    std::string m_unread;
    std::string m_body;
    QTimer m_clock;
};

} // namespace ttf
