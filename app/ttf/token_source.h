// Where ttf gets a relay's token from. Reads files; any thread.
#pragma once

#include "workspace/token_file.h"

namespace ttf {

struct TokenSources {
    QString file;           // --token-file; empty: none
    QByteArray environment; // TUNNEL_TOKEN
    QByteArray argument;    // --token: others could have read it
};

// The first source that is given wins, in the order of TokenSources. A given file that cannot be read, or a text that
// cannot be a bearer token (workspace::checkedToken), is an error and never quoted.
[[nodiscard]] wire::Result<workspace::FoundToken> findToken(const TokenSources &sources);

} // namespace ttf
