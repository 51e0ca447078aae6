#include "settings/tunnels_document.h"

#include "settings/small_file.h"
#include "settings/tunnel_text.h"
#include "wire/limits.h"

#include <QFileInfo>
#include <fmt/core.h>

namespace settings {

using wire::Code;
using wire::fail;
using wire::Result;

namespace {

std::string withoutLines(std::string_view text, const LineSpan &span)
{
    std::string out;
    for (std::size_t line = 1; !text.empty(); ++line) {
        const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
        if (line < span.first || line > span.last)
            out += text.substr(0, end);
        text.remove_prefix(end);
    }
    return out;
}

} // namespace

Result<TunnelsDocument> TunnelsDocument::parse(std::string_view text, const QString &fileName)
{
    auto read = readTunnelsText(text, fileName, NoTunnels::Fine);
    if (!read)
        return std::unexpected(std::move(read).error());
    TunnelsDocument document;
    document.m_folder = QFileInfo(fileName).absolutePath();
    document.m_defaults = read->defaults;
    document.m_blocks = TunnelBlocks(read->inlineList ? withoutLines(text, *read->inlineList) : text, *read);
    if (!read->inlineList)
        document.m_entries = read->entries;
    else
        for (const TunnelEntry &entry : read->entries)
            document.insert(document.m_entries.size(), entry);
    return document;
}

std::string TunnelsDocument::written(const TunnelEntry &entry) const
{
    return tunnelText(entry, m_defaults, m_folder);
}

void TunnelsDocument::insert(qsizetype index, const TunnelEntry &entry)
{
    m_blocks.insert(static_cast<std::size_t>(index), written(entry));
    m_entries.insert(index, entry);
}

void TunnelsDocument::replace(qsizetype index, const TunnelEntry &entry)
{
    if (m_entries.at(index) == entry)
        return;
    m_blocks.replace(static_cast<std::size_t>(index), written(entry));
    m_entries.replace(index, entry);
}

void TunnelsDocument::remove(qsizetype index)
{
    m_blocks.remove(static_cast<std::size_t>(index));
    m_entries.remove(index);
}

TunnelsFile::TunnelsFile(QString path) : m_path(std::move(path))
{
}

Result<TunnelsDocument> TunnelsFile::load()
{
    auto text = readSmallFileIfAny(m_path, wire::kMaxTunnelsFileBytes);
    if (!text)
        return std::unexpected(std::move(text).error());
    auto document = TunnelsDocument::parse(*text, m_path);
    if (document)
        m_known = *std::move(text);
    return document;
}

Result<> TunnelsFile::checkUnchanged() const
{
    const auto now = readSmallFileIfAny(m_path, wire::kMaxTunnelsFileBytes);
    if (!now)
        return std::unexpected(now.error());
    // A file that was deleted meanwhile holds nothing that could be lost.
    if (!now->empty() && *now != m_known)
        return fail(Code::InvalidRequest,
                    fmt::format("{} was changed by another program: nothing was saved. Restart HTTP Tunnel to read it, "
                                "then make your change again",
                                m_path.toStdString()));
    return {};
}

Result<> TunnelsFile::save(const TunnelsDocument &document)
{
    std::string text = document.text();
    if (text.size() > wire::kMaxTunnelsFileBytes)
        return fail(Code::InvalidRequest, fmt::format("{} would be larger than {} KiB: remove comments or tunnels",
                                                      m_path.toStdString(), wire::kMaxTunnelsFileBytes / wire::kKiB));
    if (const auto readable = TunnelsDocument::parse(text, m_path); !readable)
        return fail(Code::InvalidRequest, "nothing was saved: " + readable.error().message);
    if (auto unchanged = checkUnchanged(); !unchanged)
        return unchanged;
    if (auto saved = saveSmallFile(m_path, text); !saved)
        return saved;
    m_known = std::move(text);
    return {};
}

} // namespace settings
