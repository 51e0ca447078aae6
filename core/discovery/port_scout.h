// Which TCP ports listen on this computer right now, with the program's name and, where it speaks HTTP, its page's
// title: the suggestions of "Expose port…". Lives on the caller's thread and reads the system's tables on one of its
// own; asks at most kMaxTitleProbes services at a time, with a short GET that follows nothing, and never the ports it
// is told to leave out nor services that are known not to speak HTTP. What did not speak HTTP rests for
// kSilentServiceRest.
#pragma once

#include "discovery/listening_ports.h"

#include <QDeadlineTimer>
#include <QHash>
#include <QObject>
#include <QSet>

#include <functional>
#include <thread>

namespace discovery {

class TitleProbe;
struct PageAnswer;

struct Suggestion {
    ListeningPort listening;
    bool asked = false; // whether it was asked for its page, now or before, and the answer is in
    bool http = false; // it answered in HTTP
    bool tls = false; // … over TLS
    QString title; // of its page, or the Server field; may be empty

    friend bool operator==(const Suggestion &, const Suggestion &) = default;
};

// What a test may replace; the defaults are listeningPorts() and wire/limits.h.
struct ScoutOptions {
    std::function<wire::Result<QList<ListeningPort>>()> ports; // called on another thread
    std::chrono::milliseconds probeTimeout;
    std::chrono::milliseconds silentServiceRest;
    ScoutOptions();
};

class PortScout : public QObject {
    Q_OBJECT
public:
    explicit PortScout(QObject *parent = nullptr);
    explicit PortScout(ScoutOptions options, QObject *parent = nullptr);
    ~PortScout() override;

    void leaveOut(const QSet<quint16> &ports); // our own: relays, sample site; they are not in found()
    // found() comes within milliseconds with the ports and what is known of them, and again as answers come in. A
    // refresh while one runs replaces it; services that are being asked just now are not asked again.
    void refresh();

Q_SIGNALS:
    // Sorted: those that answered in HTTP first, then by port.
    void found(const QList<discovery::Suggestion> &suggestions);
    void failed(const QString &sentence); // this system does not tell

private:
    struct Known {
        Suggestion suggestion;
        QDeadlineTimer rest; // until it is asked again
    };

    void read();
    void take(const QList<ListeningPort> &ports);
    [[nodiscard]] Suggestion recalled(const ListeningPort &listening) const;
    [[nodiscard]] bool isToBeAsked(const ListeningPort &listening) const;
    void forgetOthers(const QList<ListeningPort> &ports);
    void askNext();
    void ask(const ListeningPort &listening);
    void learn(const ListeningPort &listening, const PageAnswer &answer, bool tls);
    void tell();

    const ScoutOptions m_options;
    QSet<quint16> m_leftOut;
    QList<Suggestion> m_suggestions; // by port
    QList<ListeningPort> m_waiting; // to be asked
    QHash<quint16, TitleProbe *> m_probes; // being asked; children
    QHash<quint16, Known> m_known;
    std::thread m_reader; // of the system's tables; joined when it has told them
    bool m_again = false; // refresh() was called while it ran
};

} // namespace discovery
