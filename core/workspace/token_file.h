// A file that holds one token for a server, as tunnels.toml and ttf name it. Reads files; any thread.
#pragma once

#include "client/tunnel_config.h"
#include "wire/result.h"

#include <QByteArray>
#include <QString>

#include <string>
#include <vector>

namespace workspace {

struct FoundToken {
    client::Token token; // empty when no source has one
    std::vector<std::string> warnings;
};

// A text that can be a bearer token (RFC 6750 2.1: visible ASCII) without the white space around it. The error names
// `source` and never quotes the text.
[[nodiscard]] wire::Result<client::Token> checkedToken(const QByteArray &text, const std::string &source);

// Warns when other users can read the file.
[[nodiscard]] wire::Result<FoundToken> readTokenFile(const QString &path);

} // namespace workspace
