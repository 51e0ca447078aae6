// Where ttf gets a relay's token from. Reads files; any thread.
#pragma once

#include "client/tunnel_config.h"
#include "wire/result.h"

#include <QByteArray>
#include <QString>

#include <string>
#include <vector>

namespace ttf {

struct TokenSources {
    QString file;           // --token-file; empty: none
    QByteArray environment; // TUNNEL_TOKEN
    QByteArray argument;    // --token: others could have read it
};

struct FoundToken {
    client::Token token; // empty when no source has one
    std::vector<std::string> warnings;
};

// The first source that is given wins, in the order of TokenSources. A given file that cannot be read, or a text that
// cannot be a bearer token (RFC 6750 2.1: visible ASCII), is an error and never quoted.
[[nodiscard]] wire::Result<FoundToken> findToken(const TokenSources &sources);

} // namespace ttf
