// Finds the secrets that the rules of the workspace's tunnels need, and forgets questions that were overtaken. Main
// thread; owned by TunnelRuns.
#pragma once

#include "workspace/access_secrets.h"

#include <QHash>
#include <QObject>

namespace workspace {

class AccessLookup : public QObject {
    Q_OBJECT
public:
    explicit AccessLookup(settings::SecretStore &secrets) : m_secrets(secrets) {}

    // `done` is called once, at once or later; never when a newer find() or a cancel() of the same id comes before.
    void find(const QString &id, const settings::AccessEntry &access, const AccessSecretsDone &done);
    void cancel(const QString &id) { m_asked.remove(id); }

private:
    settings::SecretStore &m_secrets;
    QHash<QString, quint64> m_asked; // by id: the number of its newest question
    quint64 m_questions = 0;
};

} // namespace workspace
