// What the user can do with a recorded request: copy its URL, copy it as a cURL command. Replaying is the program's.
// GUI thread; store and workspace are borrowed.
#pragma once

#include "traffic/exchange_store.h"
#include "workspace/workspace.h"

#include <QObject>

namespace ui {

class ExchangeCommands : public QObject {
    Q_OBJECT
public:
    ExchangeCommands(workspace::Workspace &workspace, traffic::ExchangeStore &store, QObject *parent = nullptr);

    // As the visitor asked for it; for a replay, and for a tunnel that is gone, as well as it can be told.
    [[nodiscard]] QString urlOf(const traffic::Exchange &exchange) const;
    void copyUrl(quint64 key);
    void copyCurl(quint64 key, bool withSecrets = false); // without, they read REDACTED

Q_SIGNALS:
    void told(const QString &sentence); // "Copied as cURL", or why not

private:
    [[nodiscard]] const traffic::Exchange *find(quint64 key);

    workspace::Workspace &m_workspace;
    traffic::ExchangeStore &m_store;
};

} // namespace ui
