// tunnels.toml as a document the program edits: changes touch only the [[tunnel]] they mean, so that comments, order
// and blank lines the user wrote stay (tunnel_blocks.h says which comment belongs to which). A file that lists its
// tunnels inline (tunnel = [{…}]) is written anew with a [[tunnel]] for each. Value; any thread.
#pragma once

#include "settings/tunnel_blocks.h"
#include "settings/tunnel_entry.h"
#include "settings/tunnels_reader.h"

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
    // An entry is what the parsers of tunnel_entry.h give; two of the same name on one server are refused by save().
    void insert(qsizetype index, const TunnelEntry &entry); // index may be entries().size()
    void replace(qsizetype index, const TunnelEntry &entry); // comments inside the old [[tunnel]] go
    void remove(qsizetype index);
    [[nodiscard]] std::string text() const { return m_blocks.text(); } // parses to entries()
    [[nodiscard]] const TunnelDefaults &defaults() const { return m_defaults; }

private:
    [[nodiscard]] std::string written(const TunnelEntry &entry) const;

    QString m_folder; // the file's; empty: none
    TunnelDefaults m_defaults;
    TunnelBlocks m_blocks;
    QList<TunnelEntry> m_entries;
};

// The file behind it. load() remembers what it read; save() refuses (InvalidRequest) to overwrite a file that somebody
// else changed meanwhile, or to write what load() would refuse, and writes atomically, 0600, making its folder. An error
// is a sentence for the user, and the file is as it was.
class TunnelsFile {
public:
    explicit TunnelsFile(QString path);

    [[nodiscard]] wire::Result<TunnelsDocument> load(); // no file: an empty document
    [[nodiscard]] wire::Result<> save(const TunnelsDocument &document);
    [[nodiscard]] const QString &path() const { return m_path; }

private:
    [[nodiscard]] wire::Result<> checkUnchanged() const;

    QString m_path;
    std::string m_known; // the text as last read or written
};

} // namespace settings
