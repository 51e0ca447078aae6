// The operator's own keys for tokens, in one file that only he may read: a JSON Web Key Set with private parts, of which the
// last one signs and the others, after `keys rotate`, verify until their tokens have ended; or the bytes of one secret.
// The member `tokens_until` of a key says when the last token that was signed with it ends. Blocking; the clock is an
// argument. Errors are InvalidRequest with a sentence that names the file and quotes nothing of it.
#pragma once

#include "edge/jwt.h"

#include <nlohmann/json.hpp>

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>

namespace app {

class SigningKeys {
public:
    [[nodiscard]] static wire::Result<SigningKeys> load(std::filesystem::path file);
    // The same, or none yet when there is no such file.
    [[nodiscard]] static wire::Result<SigningKeys> loadIfThere(std::filesystem::path file);

    [[nodiscard]] bool empty() const noexcept { return m_keys.empty(); }
    // With the newest key; remembers when the token ends.
    [[nodiscard]] wire::Result<std::string> sign(const edge::JwtClaims &claims);
    // To verify with, by an operator.
    [[nodiscard]] wire::Result<edge::JwtKeys> verifiers() const;
    // A new key signs from now on. The former one verifies until the last token signed with it has ended, or for `keep`;
    // those whose time is over go. Without an algorithm that of the former key, or EdDSA. Returns the new key's id.
    [[nodiscard]] wire::Result<std::string> rotate(std::optional<edge::JwtAlgorithm> algorithm,
                                                   std::optional<std::chrono::seconds> keep, edge::JwtTime now);
    [[nodiscard]] wire::Result<> save() const; // mode 0600, atomically
    // Without private parts and secrets: what a relay, or anybody, may read.
    [[nodiscard]] std::string publicText() const;
    [[nodiscard]] bool hasPublic() const;

private:
    explicit SigningKeys(std::filesystem::path file) : m_file(std::move(file)) {}

    [[nodiscard]] wire::Result<> parse(std::string &text);
    [[nodiscard]] wire::Error wrong(std::string_view why) const;

    std::filesystem::path m_file;
    nlohmann::json m_keys = nlohmann::json::array();
    bool m_bare = false; // the file is one secret's bytes, and stays so until rotate()
};

} // namespace app
