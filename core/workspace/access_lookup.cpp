#include "workspace/access_lookup.h"

namespace workspace {

void AccessLookup::find(const QString &id, const settings::AccessEntry &access, const AccessSecretsDone &done)
{
    const quint64 question = ++m_questions;
    m_asked.insert(id, question);
    readAccessSecrets(access, m_secrets, this, [this, id, question, done](const wire::Result<guard::Secrets> &found) {
        if (m_asked.value(id) != question)
            return;
        m_asked.remove(id);
        done(found);
    });
}

} // namespace workspace
