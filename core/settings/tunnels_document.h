// tunnels.toml as a document the program edits: changes touch only the [[tunnel]] they mean, so that comments, order
// and blank lines the user wrote stay. Value; any thread.
#pragma once

#include "settings/tunnel_entry.h"

#include <QList>
#include <QString>

#include <string>
#include <string_view>

namespace settings {

class TunnelsDocument {
public:
    TunnelsDocument() = default; // empty

    // As parseTunnels(), but a document without a tunnel is fine.
    [[nodiscard]] static wire::Result<TunnelsDocument> parse(std::string_view text, const QString &fileName);

    [[nodiscard]] const QList<TunnelEntry> &entries() const { return m_entries; }
    void insert(qsizetype index, const TunnelEntry &entry); // index may be entries().size()
    void replace(qsizetype index, const TunnelEntry &entry); // comments inside the old [[tunnel]] go
    void remove(qsizetype index);
    [[nodiscard]] std::string text() const; // parses to entries()

private:
    QList<TunnelEntry> m_entries;
};

// The file behind it. load() remembers what it read; save() refuses (InvalidRequest) to overwrite a file that somebody
// else changed meanwhile, and writes atomically, 0600, making its folder.
class TunnelsFile {
public:
    explicit TunnelsFile(const QString &path);

    [[nodiscard]] wire::Result<TunnelsDocument> load(); // no file: an empty document
    [[nodiscard]] wire::Result<> save(const TunnelsDocument &document);
    [[nodiscard]] const QString &path() const { return m_path; }

private:
    QString m_path;
    std::string m_known; // the text as last read or written
};

} // namespace settings
