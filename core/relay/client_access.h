// Who may open tunnels: whoever has a token of the token file, or a JWT signed with the relay's secret, or, with neither
// file, everybody. Immutable once made; any thread.
#pragma once

#include "edge/jwt.h"
#include "relay/config.h"
#include "relay/token_set.h"

#include <optional>
#include <string>
#include <string_view>

namespace relay {

class ClientAccess {
public:
    ClientAccess() = default; // open
    ClientAccess(TokenSet tokens, std::optional<edge::JwtKey> key) : m_tokens(std::move(tokens)), m_key(std::move(key))
    {
    }
    // Reads the files. Errors are InvalidRequest with a sentence that names the file and quotes nothing of it.
    [[nodiscard]] static wire::Result<ClientAccess> load(const AuthConfig &config);

    [[nodiscard]] bool open() const noexcept { return m_tokens.open() && !m_key; }
    // Who owns what is opened with this token: empty for nobody in particular (an open relay, no token), else the same
    // for each token of one owner. A renewed JWT of the same subject keeps its names. Errors are Unauthorized, with a
    // clause for the owner: asked for, expired, not yet valid, unknown.
    [[nodiscard]] wire::Result<std::string> admit(std::string_view token, edge::JwtTime now) const;

private:
    TokenSet m_tokens;
    std::optional<edge::JwtKey> m_key;
};

// The file's bytes without one line break at their end. Errors as those of ClientAccess::load().
[[nodiscard]] wire::Result<edge::JwtKey> loadJwtKey(const std::filesystem::path &file);

} // namespace relay
