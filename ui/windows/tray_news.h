// What of all that happens to tunnels is worth a notification: one is down for longer than a moment, will not come back
// by itself, or has another address than before; a visitor waits to be let in; or a token is about to end. Several at once are told in one; the same tunnel again only after a
// while. No secrets: names, states and addresses. GUI thread; the workspace is borrowed.
#pragma once

#include "workspace/workspace.h"

#include <QElapsedTimer>
#include <QHash>
#include <QObject>
#include <QTimer>

#include <chrono>

namespace ui {

struct NewsTimes { // wire/limits.h
    std::chrono::milliseconds downBeforeTold;
    std::chrono::milliseconds toldAgainAfter;
    NewsTimes();
};

class TrayNews : public QObject {
    Q_OBJECT
public:
    explicit TrayNews(const workspace::Workspace &workspace, NewsTimes times = {}, QObject *parent = nullptr);

Q_SIGNALS:
    void told(const QString &title, const QString &text, const QString &tunnelId);

private:
    struct Known {
        settings::TunnelEntry entry; // as it was when `url` was
        QString url; // empty: none yet
        QElapsedTimer down; // invalid: it is not
        bool downTold = false;
        bool failedTold = false;
        QElapsedTimer told; // invalid: never
        [[nodiscard]] bool waits() const { return down.isValid() && !downTold; }
    };

    void look(qsizetype index);
    void lookAtUrl(const workspace::TunnelInfo &tunnel, Known &known);
    void lookAtPhase(const workspace::TunnelInfo &tunnel, Known &known);
    void tellDown();
    void tellVisitor(const client::VisitorQuestion &question);
    void tellExpiry(const QUrl &server, const QString &text);
    void tell(const QString &title, const QString &text, const QString &id);
    [[nodiscard]] bool isQuiet(const Known &known) const;

    const workspace::Workspace &m_workspace;
    const NewsTimes m_times;
    QHash<QString, Known> m_known;
    QTimer m_due; // the next one that may be down for long
};

} // namespace ui
