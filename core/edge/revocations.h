// Tokens that are not to be accepted any more though they hold: a list that an operator or `tunnel-relay token revoke`
// writes, one a line:
//
//     jti 1767225600 6f1c…      the token of this id; it ends by itself at that time (seconds since 1970, 0: never)
//     sub 1767225600 alice      every token of alice's that was issued before that time, or does not say when
//
// Blank lines and lines that begin with # are skipped. Pure; any thread; the clock is an argument.
#pragma once

#include "edge/jwt_claims.h"

#include <map>
#include <string>
#include <string_view>

namespace edge {

class Revocations {
public:
    Revocations() = default; // none

    // Errors are InvalidRequest: "FILE:3: …", quoting nothing of the line.
    [[nodiscard]] static wire::Result<Revocations> parse(std::string_view text, std::string_view sourceName);
    [[nodiscard]] std::string text() const;

    [[nodiscard]] std::size_t size() const noexcept { return m_tokens.size() + m_subjects.size(); }
    // Unauthorized for a token that is revoked.
    [[nodiscard]] wire::Result<> check(const JwtClaims &claims) const;

    // False when the list is full, or the text is none that a line can hold.
    [[nodiscard]] bool addToken(std::string_view id, JwtTime ends);
    [[nodiscard]] bool addSubject(std::string_view subject, JwtTime issuedBefore);
    // Tokens that have ended by themselves, with their leeway.
    void forgetEnded(JwtTime now);

private:
    std::map<std::string, JwtTime, std::less<>> m_tokens;
    std::map<std::string, JwtTime, std::less<>> m_subjects;
};

} // namespace edge
