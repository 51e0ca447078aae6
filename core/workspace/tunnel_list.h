// The tunnels in the order of tunnels.toml and that file, kept in step: a change is told only once it is on disk. A
// file that somebody else changed or damaged meanwhile is never overwritten: the list becomes what it says. Main
// thread; owned by Workspace.
#pragma once

#include "settings/tunnels_document.h"
#include "workspace/tunnel_info.h"

#include <QObject>

#include <functional>

namespace workspace {

class TunnelList : public QObject {
    Q_OBJECT
public:
    explicit TunnelList(const QString &path, QObject *parent = nullptr);

    // Reads the file. Without it, or when it cannot be read, the list is empty; each change tries to read it first.
    [[nodiscard]] wire::Result<> load();

    [[nodiscard]] const QList<TunnelInfo> &tunnels() const { return m_tunnels; }
    [[nodiscard]] qsizetype indexOf(const QString &id) const; // -1: gone
    [[nodiscard]] const TunnelInfo *find(const QString &id) const;
    [[nodiscard]] const QString &path() const { return m_file.path(); }

    [[nodiscard]] wire::Result<> insert(qsizetype index, const TunnelInfo &tunnel);
    // `also` is what changes with it that is not saved: told together.
    [[nodiscard]] wire::Result<> replace(qsizetype index, const settings::TunnelEntry &entry,
                                         const std::function<void(TunnelInfo &)> &also = {});
    [[nodiscard]] wire::Result<> remove(qsizetype index);

    // What is not saved: status, address. Tells changed().
    void update(qsizetype index, const std::function<void(TunnelInfo &)> &change);

    // A tunnel of this run.
    [[nodiscard]] static TunnelInfo made(const settings::TunnelEntry &entry);

Q_SIGNALS:
    void aboutToInsert(qsizetype index);
    void inserted(qsizetype index);
    void aboutToRemove(qsizetype index);
    void removed(qsizetype index);
    void changed(qsizetype index);
    // The file says other things than the list did. First what that means for each tunnel, then the whole.
    void foundOutside(const QString &id); // new in the list
    void editedOutside(const QString &id); // another entry under the same name
    void lostOutside(const QString &id); // no longer in the list
    void reread();

private:
    using Change = std::function<void(settings::TunnelsDocument &)>;

    [[nodiscard]] wire::Result<> commit(const Change &change);
    [[nodiscard]] wire::Result<> readAgain();
    void adopt(const QList<settings::TunnelEntry> &entries);
    void dropUnlisted(const QList<settings::TunnelEntry> &entries);
    void bring(qsizetype index, const settings::TunnelEntry &entry);
    void place(qsizetype index, const TunnelInfo &tunnel);
    TunnelInfo take(qsizetype index);

    settings::TunnelsFile m_file;
    settings::TunnelsDocument m_document; // as on disk; its entries are those of m_tunnels
    QList<TunnelInfo> m_tunnels;
    bool m_readable = false;
};

} // namespace workspace
