// Who may open tunnels: whoever has a token of the token file, or a JWT signed with a key this relay knows; with no key at
// all everybody. The files behind it are read again when they change, without a restart; one that became wrong keeps what
// it said before. Owned by Context; relay thread only.
#pragma once

#include "edge/jwt.h"
#include "edge/revocations.h"
#include "relay/config.h"
#include "relay/grant.h"
#include "relay/text_file.h"
#include "relay/token_set.h"

#include <string>
#include <string_view>
#include <vector>

namespace relay {

class AuditLog;
class Log;

class ClientAccess {
public:
    ClientAccess() = default; // open
    // Reads the files. Errors are InvalidRequest with a sentence that names the file and quotes nothing of it.
    [[nodiscard]] static wire::Result<ClientAccess> load(const AuthConfig &config);

    [[nodiscard]] bool open() const noexcept { return m_open; }
    // Keys of a set in the files that cannot be used: "FILE: key 2: …".
    [[nodiscard]] const std::vector<std::string> &warnings() const noexcept { return m_warnings; }

    // A renewed JWT of the same subject is the same owner. Errors are Unauthorized, with a clause for the owner: asked
    // for, expired, not yet valid, unknown, revoked.
    [[nodiscard]] wire::Result<Grant> admit(std::string_view token, edge::JwtTime now) const;
    // Whether admit() would say yes again. For a link that is up.
    [[nodiscard]] wire::Result<> check(const Grant &grant, edge::JwtTime now) const;
    // True for a JWT whose key is not here: worth asking its issuer for the keys of today.
    [[nodiscard]] bool missesKeyOf(std::string_view token) const;

    // Reads again what has changed, and says so in both logs. At most every kAuthFilesCheck.
    void reload(Log &log, AuditLog &audit);
    // Those of a set that is fetched from elsewhere.
    void setFetchedKeys(edge::JwtKeys keys);

private:
    [[nodiscard]] wire::Result<> readTokens();
    [[nodiscard]] wire::Result<> readSecrets();
    [[nodiscard]] wire::Result<> readKeySet();
    [[nodiscard]] wire::Result<> readRevocations();
    void warnOf(const std::filesystem::path &file, const edge::JwtKeys &keys);
    void gatherKeys();

    bool m_open = true;
    bool m_reload = true;
    edge::JwtRules m_rules;
    TokenSet m_tokens; // open: there is no file
    edge::JwtKeys m_secrets;
    edge::JwtKeys m_fileKeys;
    edge::JwtKeys m_fetchedKeys;
    edge::JwtKeys m_keys; // all three
    edge::Revocations m_revocations;
    FileWatch m_tokenFile;
    FileWatch m_secretFile;
    FileWatch m_keyFile;
    FileWatch m_revocationFile;
    std::vector<std::string> m_warnings;
};

// A file of secrets: the bytes of one, without one line break at their end, or a JSON Web Key Set of secrets, which begins
// with {. Errors as those of ClientAccess::load().
[[nodiscard]] wire::Result<edge::JwtKeys> loadJwtSecrets(const std::filesystem::path &file);
// A JSON Web Key Set of public keys.
[[nodiscard]] wire::Result<edge::JwtKeys> loadJwks(const std::filesystem::path &file);

} // namespace relay
