#include "settings/tunnels_file.h"

#include "settings/small_file.h"
#include "settings/tunnels_reader.h"
#include "wire/limits.h"

namespace settings {

using wire::Result;

Result<QList<TunnelEntry>> parseTunnels(std::string_view text, const QString &fileName)
{
    auto read = readTunnelsText(text, fileName, NoTunnels::Refused);
    if (!read)
        return std::unexpected(std::move(read).error());
    return std::move(read->entries);
}

Result<QList<TunnelEntry>> readTunnelsFile(const QString &path)
{
    const auto text = readSmallFile(path, wire::kMaxTunnelsFileBytes);
    if (!text)
        return std::unexpected(text.error());
    return parseTunnels(*text, path);
}

} // namespace settings
