// The audit log: what was done with tunnels, by whom, when, from where, as one JSON object a line; no token ever. Lines are
// written by a thread of its own, so that a slow disk delays nobody. Owned by Context; used on the relay's thread only.
#pragma once

#include "edge/jwt_claims.h"
#include "relay/config.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace relay {

enum class AuditEvent : std::uint8_t {
    Started, // the relay serves from now on
    Connected, // a tunnel client opened a link
    Refused, // it may not, or not by this name
    WouldBeRefused, // it was let pass: AuthConfig::grace
    NameReserved, // a name belongs to an owner now
    TakenOver, // the link had to go for another client of the same owner
    Revoked, // the link had to go: its token expired, was revoked or taken off the list
    Disconnected, // the link ended
    KeysRead, // a file or set of tokens, keys or revocations was read again
    KeysKept, // it is wrong now: what it said before still holds
    Stopped,
};

// Borrows its texts; those that are empty are left out.
struct AuditEntry {
    AuditEvent event;
    std::string_view identity{}; // Grant::identity
    const edge::JwtClaims *claims = nullptr;
    std::string_view tunnel{};
    std::string_view client{}; // the client's address, behind trusted proxies too
    std::string_view connectionId{};
    std::string_view code{};
    std::string_view reason{};
    std::string_view file{};
};

// Whose identity it is, as logs say it: `jwt:SUBJECT`, or `token:` and the beginning of the SHA-256 of a token of the token
// file, which tells tokens apart and is none. Empty for nobody in particular.
[[nodiscard]] std::string ownerText(std::string_view identity);

class AuditLog {
public:
    AuditLog(); // off
    // Off without a file. InvalidRequest when the file cannot be opened.
    [[nodiscard]] static wire::Result<AuditLog> open(const AuditConfig &config);
    ~AuditLog(); // writes what is not written yet
    AuditLog(AuditLog &&) noexcept;
    AuditLog &operator=(AuditLog &&) noexcept;

    // Never blocks. When the disk is so slow that kAuditQueueBytes wait, entries are counted instead, and the next line that
    // is written tells how many are missing (`entries_lost`).
    void record(const AuditEntry &entry);
    // Now and then: the error of the last writing that failed.
    [[nodiscard]] wire::Result<> check();

private:
    class Writer;
    std::unique_ptr<Writer> m_writer;
};

} // namespace relay
