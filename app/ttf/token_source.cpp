#include "ttf/token_source.h"

namespace ttf {

using wire::Result;
using workspace::FoundToken;

namespace {

Result<FoundToken> readToken(const QByteArray &text, const std::string &source)
{
    auto token = workspace::checkedToken(text, source);
    if (!token)
        return std::unexpected(std::move(token).error());
    return FoundToken{*std::move(token), {}};
}

} // namespace

Result<FoundToken> findToken(const TokenSources &sources)
{
    Result<FoundToken> found;
    if (!sources.file.isEmpty())
        found = workspace::readTokenFile(sources.file);
    else if (!sources.environment.isEmpty())
        found = readToken(sources.environment, "TUNNEL_TOKEN");
    else if (!sources.argument.isEmpty())
        found = readToken(sources.argument, "--token");
    if (found && !sources.argument.isEmpty())
        found->warnings.emplace_back(
            "others may have read --token in the process list: use --token-file or TUNNEL_TOKEN");
    return found;
}

} // namespace ttf
