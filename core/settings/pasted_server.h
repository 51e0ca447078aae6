// Reads what people copy when they are given access to a server: a token alone, `Bearer X`, a command line of ttf,
// `TUNNEL_TOKEN=X`, or a snippet of JSON, TOML or YAML with the server's address and the token. Pure.
#pragma once

#include "settings/secret.h"
#include "wire/result.h"

#include <QUrl>

#include <string_view>

namespace settings {

struct PastedServer {
    QUrl server; // as parseServer() takes it; empty: none was in it
    Secret token; // empty: none was in it; one of both there always is
};

// InvalidRequest with a sentence that says what to copy, and never quotes the text.
[[nodiscard]] wire::Result<PastedServer> readPastedServer(std::string_view text);

} // namespace settings
