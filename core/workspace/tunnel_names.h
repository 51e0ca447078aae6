// Names of the user's tunnels: which can be used, and free ones made of what people write. Reads the list, changes
// nothing. Main thread; owned by Workspace.
#pragma once

#include "workspace/tunnel_list.h"

#include <QCoreApplication>
#include <QSet>
#include <QString>
#include <QUrl>

namespace workspace {

// "Vite + React" -> "vite-react", "Café" -> "cafe"; empty when no name is in it.
[[nodiscard]] QString slugOf(const QString &wish);
// The name itself, else with -2, -3, … in place of such an end: the first that is not taken.
[[nodiscard]] QString freeName(const QString &name, const QSet<QString> &taken);
// Written differently or not; empty is the embedded relay.
[[nodiscard]] bool sameServer(const QUrl &one, const QUrl &other);

class TunnelNames {
    Q_DECLARE_TR_FUNCTIONS(workspace::TunnelNames)
public:
    explicit TunnelNames(const TunnelList &list) : m_list(list) {}

    // See Workspace::nameFault and suggestName.
    [[nodiscard]] QString fault(const QString &name, const QUrl &server, const QString &except) const;
    [[nodiscard]] QString suggest(const QString &wish, const QUrl &server) const;
    // For an entry that asks for none: on the embedded relay after its target, elsewhere one that cannot be guessed.
    [[nodiscard]] QString draw(const settings::TunnelEntry &entry) const;
    // The entry's own name while no other tunnel of its server has it, else the next: "shop-2".
    [[nodiscard]] QString next(const settings::TunnelEntry &entry) const;

private:
    [[nodiscard]] QSet<QString> taken(const QUrl &server, const QString &except = {}) const;

    const TunnelList &m_list;
};

} // namespace workspace
