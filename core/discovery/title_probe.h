// Asks one service for its page: plain HTTP first, then, when it seems to want that, TLS. Once, with a bound on time
// and bytes; follows nothing. TLS is not verified: only a title is read, from this computer. Lives on its creator's
// thread.
#pragma once

#include "discovery/listening_ports.h"
#include "discovery/page_answer.h"

#include <QObject>
#include <QSslSocket>
#include <QTimer>

namespace discovery {

class TitleProbe : public QObject {
    Q_OBJECT
public:
    TitleProbe(ListeningPort listening, std::chrono::milliseconds timeout, QObject *parent = nullptr);
    ~TitleProbe() override;

    void start();
    [[nodiscard]] const ListeningPort &listening() const { return m_listening; }

Q_SIGNALS:
    // Exactly once.
    void answered(const discovery::PageAnswer &answer, bool tls);

private:
    void ask(bool tls);
    void sendRequest();
    void read();
    void conclude(bool timedOut);
    [[nodiscard]] bool wantsTls(const PageAnswer &answer, bool timedOut) const;
    void dropSocket();

    const ListeningPort m_listening;
    QTimer m_timer;
    QSslSocket *m_socket = nullptr; // child; a new one for each attempt
    QByteArray m_received;
    PageAnswer m_plainAnswer;
    bool m_asked = false; // the request is on its way
    bool m_tls = false;
};

} // namespace discovery
