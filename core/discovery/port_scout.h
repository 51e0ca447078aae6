// Which TCP ports listen on this computer right now, with the program's name and, where it speaks HTTP, its page's
// title: the suggestions of "Expose port…". Lives on the caller's thread; asks at most kMaxTitleProbes services at a
// time, with a short GET that follows nothing, and never the ports it is told to leave out.
#pragma once

#include "discovery/listening_ports.h"

#include <QObject>
#include <QSet>

namespace discovery {

struct Suggestion {
    ListeningPort listening;
    bool asked = false; // whether it was asked for its page
    bool http = false;  // it answered in HTTP
    bool tls = false;   // … over TLS
    QString title;      // of its page, or the Server field; may be empty
};

class PortScout : public QObject {
    Q_OBJECT
public:
    explicit PortScout(QObject *parent = nullptr);
    ~PortScout() override;

    void leaveOut(const QSet<quint16> &ports); // our own: relays, sample site
    // found() comes at once with the ports, and again as answers come in. A refresh while one runs replaces it.
    void refresh();

Q_SIGNALS:
    // Sorted: those that answered in HTTP first, then by port.
    void found(const QList<discovery::Suggestion> &suggestions);
    void failed(const QString &sentence); // this system does not tell

private:
    class Probe;
};

} // namespace discovery
