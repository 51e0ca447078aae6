#include "workspace/tunnel_list.h"

#include "wire/ids.h"

#include <fmt/core.h>

#include <algorithm>

namespace workspace {

using settings::TunnelEntry;
using settings::TunnelsDocument;
using wire::Code;
using wire::fail;
using wire::Result;

namespace {

// The same tunnel in two versions of the file.
bool isSame(const TunnelEntry &one, const TunnelEntry &other)
{
    if (one.name.isEmpty())
        return one == other;
    return one.name == other.name && one.server == other.server;
}

} // namespace

TunnelList::TunnelList(const QString &path, QObject *parent) : QObject(parent), m_file(path)
{
}

TunnelInfo TunnelList::made(const TunnelEntry &entry)
{
    TunnelInfo tunnel;
    tunnel.id = QString::fromStdString(wire::drawTunnelId());
    tunnel.entry = entry;
    tunnel.status.id = tunnel.id;
    return tunnel;
}

Result<> TunnelList::load()
{
    auto document = m_file.load();
    m_readable = document.has_value();
    if (!document)
        return std::unexpected(document.error());
    m_document = *std::move(document);
    for (const TunnelEntry &entry : m_document.entries())
        place(m_tunnels.size(), made(entry));
    return {};
}

qsizetype TunnelList::indexOf(const QString &id) const
{
    const auto found = std::ranges::find(m_tunnels, id, &TunnelInfo::id);
    return found == m_tunnels.end() ? -1 : found - m_tunnels.begin();
}

const TunnelInfo *TunnelList::find(const QString &id) const
{
    const qsizetype index = indexOf(id);
    return index < 0 ? nullptr : &m_tunnels[index];
}

Result<> TunnelList::insert(qsizetype index, const TunnelInfo &tunnel)
{
    auto saved = commit([&](TunnelsDocument &document) { document.insert(index, tunnel.entry); });
    if (saved)
        place(index, tunnel);
    return saved;
}

Result<> TunnelList::replace(qsizetype index, const TunnelEntry &entry, const std::function<void(TunnelInfo &)> &also)
{
    auto saved = commit([&](TunnelsDocument &document) { document.replace(index, entry); });
    if (saved)
        update(index, [&](TunnelInfo &tunnel) {
            tunnel.entry = entry;
            if (also)
                also(tunnel);
        });
    return saved;
}

Result<> TunnelList::remove(qsizetype index)
{
    auto saved = commit([index](TunnelsDocument &document) { document.remove(index); });
    if (saved)
        take(index);
    return saved;
}

void TunnelList::update(qsizetype index, const std::function<void(TunnelInfo &)> &change)
{
    change(m_tunnels[index]);
    Q_EMIT changed(index);
}

// A refusal means that the file is another than we know. When only comments changed, the change is made on it again.
Result<> TunnelList::commit(const Change &change)
{
    if (!m_readable) {
        if (auto known = readAgain(); !known)
            return known;
    }
    TunnelsDocument next = m_document;
    change(next);
    auto saved = m_file.save(next);
    if (!saved && saved.error().code == Code::InvalidRequest) {
        if (auto known = readAgain(); !known)
            return known;
        next = m_document;
        change(next);
        saved = m_file.save(next);
    }
    if (saved)
        m_document = std::move(next);
    return saved;
}

Result<> TunnelList::readAgain()
{
    auto document = m_file.load();
    m_readable = document.has_value();
    if (!document)
        return fail(Code::InvalidRequest,
                    fmt::format("Nothing was changed, because the list of tunnels cannot be read. "
                                "Mend the file or move it away, then try again. {}",
                                document.error().message));
    const bool same = document->entries() == m_document.entries();
    m_document = *std::move(document);
    if (same)
        return {};
    adopt(m_document.entries());
    Q_EMIT reread();
    return fail(Code::InvalidRequest, fmt::format("{} was changed by another program, so this change was not made. The "
                                                  "list shows what the file says now: please try again.",
                                                  path().toStdString()));
}

void TunnelList::adopt(const QList<TunnelEntry> &entries)
{
    dropUnlisted(entries);
    for (qsizetype i = 0; i < entries.size(); ++i)
        bring(i, entries[i]);
}

void TunnelList::dropUnlisted(const QList<TunnelEntry> &entries)
{
    for (qsizetype i = m_tunnels.size() - 1; i >= 0; --i) {
        const bool listed =
            std::ranges::any_of(entries, [&](const TunnelEntry &entry) { return isSame(entry, m_tunnels[i].entry); });
        if (!listed)
            Q_EMIT lostOutside(take(i).id);
    }
}

// Puts the tunnel of this entry at `index`; those before it are in their places.
void TunnelList::bring(qsizetype index, const TunnelEntry &entry)
{
    const auto found = std::find_if(m_tunnels.begin() + index, m_tunnels.end(),
                                    [&](const TunnelInfo &tunnel) { return isSame(tunnel.entry, entry); });
    if (found == m_tunnels.end()) {
        const TunnelInfo tunnel = made(entry);
        place(index, tunnel);
        Q_EMIT foundOutside(tunnel.id);
        return;
    }
    if (const qsizetype from = found - m_tunnels.begin(); from != index)
        place(index, take(from));
    if (m_tunnels[index].entry == entry)
        return;
    update(index, [&entry](TunnelInfo &tunnel) { tunnel.entry = entry; });
    Q_EMIT editedOutside(m_tunnels[index].id);
}

void TunnelList::place(qsizetype index, const TunnelInfo &tunnel)
{
    Q_EMIT aboutToInsert(index);
    m_tunnels.insert(index, tunnel);
    Q_EMIT inserted(index);
}

TunnelInfo TunnelList::take(qsizetype index)
{
    Q_EMIT aboutToRemove(index);
    TunnelInfo tunnel = m_tunnels.takeAt(index);
    Q_EMIT removed(index);
    return tunnel;
}

} // namespace workspace
