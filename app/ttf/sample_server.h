// Serves the sample site on a free loopback port. Main thread, owned by the program; a tunnel in front of it reads at
// most a page at a time, so that no more is needed than a plain HTTP/1.1 server with keep-alive.
#pragma once

#include "http1/request_reader.h"
#include "ttf/sample_site.h"
#include "wire/result.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>

#include <string>

namespace ttf {

class SampleServer : public QObject {
    Q_OBJECT
public:
    explicit SampleServer(QObject *parent = nullptr);

    [[nodiscard]] wire::Result<quint16> listen(); // the port

private:
    QTcpServer m_server;
};

// One connection; deletes itself when it closes.
class SampleConnection : public QObject {
    Q_OBJECT
public:
    // Takes over the socket.
    explicit SampleConnection(QTcpSocket *socket);

private:
    void onReadyRead();
    [[nodiscard]] bool readRequest(); // a whole one, into m_reader and m_body
    void answer();
    void startClock();
    void refuse(unsigned status, std::string_view reason, const std::string &text);
    void send(const SampleResponse &response, bool close);

    QTcpSocket *m_socket;
    http1::RequestReader m_reader;
    std::string m_unread;
    std::string m_body;
    QTimer m_clock;
};

} // namespace ttf
