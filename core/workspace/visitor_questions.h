// The visitors who wait for the user to let them in, oldest first, of all tunnels with ask_first. Main thread; owned by
// Workspace.
#pragma once

#include "client/engine.h"

#include <QList>
#include <QObject>

namespace workspace {

class VisitorQuestions : public QObject {
    Q_OBJECT
public:
    explicit VisitorQuestions(client::Engine &engine, QObject *parent = nullptr);

    [[nodiscard]] const QList<client::VisitorQuestion> &waiting() const { return m_waiting; }
    // Remembered for a while by the engine.
    void answer(const client::VisitorQuestion &question, bool let);

Q_SIGNALS:
    void asked(const client::VisitorQuestion &question);
    void changed(); // waiting() is another

private:
    void forget(const client::VisitorQuestion &question);

    client::Engine &m_engine;
    QList<client::VisitorQuestion> m_waiting;
};

} // namespace workspace
