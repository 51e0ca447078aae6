// The head of a visitor's request as the local service gets it. Pure; any thread. What comes from the relay is not
// trusted: it can neither choose another host nor smuggle a second request.
#pragma once

#include "client/tunnel_config.h"
#include "wire/http_head.h"

#include <cstdint>
#include <optional>
#include <string>

namespace client {

// The Host field for requests to this target; nullopt keeps the visitor's.
[[nodiscard]] std::optional<std::string> hostFieldFor(const LocalTarget &target);

// Appends the head as HTTP/1.1 with the fields in the order received. Changes `head` on the way. Returns the number of
// body bytes announced (0 unless Sized). InvalidRequest for a target not in origin form or framing that contradicts
// itself.
[[nodiscard]] wire::Result<std::uint64_t> appendLocalHead(std::string &out, wire::RequestHead &head,
                                                          const std::optional<std::string> &host);

// The trailers of a visitor's request as the local service gets them: some services add them to the head, so that what
// is checked or written there must not come again (RFC 9110 6.5.1).
[[nodiscard]] wire::HeaderList localTrailers(wire::HeaderList trailers);

// RFC 9110 9.2: may be sent a second time after a connection was lost.
[[nodiscard]] bool isIdempotent(std::string_view method) noexcept;

} // namespace client
