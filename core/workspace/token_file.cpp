#include "workspace/token_file.h"

#include "wire/limits.h"

#include <QFile>
#include <fmt/core.h>

#include <algorithm>

namespace workspace {

using wire::Code;
using wire::fail;
using wire::Result;

Result<client::Token> checkedToken(const QByteArray &text, const std::string &source)
{
    const QByteArray token = text.trimmed();
    if (token.isEmpty())
        return fail(Code::InvalidRequest, fmt::format("{} holds no token", source));
    const bool visible = std::ranges::all_of(token, [](char c) { return c > ' ' && c < '\x7f'; });
    if (!visible || static_cast<std::size_t>(token.size()) > wire::kMaxTokenBytes)
        return fail(Code::InvalidRequest, fmt::format("{} is not one token: one word of at most {} ASCII characters",
                                                      source, wire::kMaxTokenBytes));
    return client::Token(token);
}

Result<FoundToken> readTokenFile(const QString &path)
{
    QFile file(path);
    const std::string name = path.toStdString();
    if (!file.open(QIODevice::ReadOnly))
        return fail(Code::InvalidRequest, fmt::format("token file {}: {}", name, file.errorString().toStdString()));
    FoundToken found;
    if (file.permissions().testAnyFlags(QFile::ReadOther | QFile::ReadGroup))
        found.warnings.push_back(fmt::format("other users can read {}: run chmod 600 {}", name, name));
    auto token = checkedToken(file.read(static_cast<qint64>(wire::kMaxTokenBytes) + 2), "token file " + name);
    if (!token)
        return std::unexpected(std::move(token).error());
    found.token = *std::move(token);
    return found;
}

} // namespace workspace
