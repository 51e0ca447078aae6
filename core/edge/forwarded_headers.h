// Tells the local service who asked for what: X-Forwarded-For, -Proto, -Host, -Prefix, Forwarded (RFC 7239) and
// X-Request-Id. Pure; any thread. Hot path: one pass over the fields, no copy of those that stay.
#pragma once

#include "wire/cidr.h"
#include "wire/http_head.h"

#include <span>
#include <string_view>

namespace edge {

struct ForwardedInput {
    std::string_view peerAddress;      // of the TCP connection, without a port
    bool peerTrusted = false;          // containsAddress(trustedProxies, peerAddress), worked out once a connection
    std::span<const wire::Cidr> trustedProxies;
    std::string_view scheme = "http";  // of the visitor's connection to us
    std::string_view prefix;           // Route::prefix
};

// Call removeHopByHop() before, never after: a visitor's `Connection: X-Forwarded-For` would take out what is added
// here. Rewrites head.headers and sets head.remoteAddress to the visitor's real address. Uses the head's Host field (keep
// it as received until here) and head.requestId (draw it first; it goes into X-Request-Id unless the visitor sent
// one).
//
// From an untrusted peer whatever claims to be forwarded is dropped (Forwarded, X-Forwarded-*, X-Real-IP) and the
// fields start anew. From a trusted proxy the chain is kept and our peer appended; -Proto and -Host stay as the
// proxy said them; -Prefix is joined. The real address is then the rightmost of X-Forwarded-For (of Forwarded where
// that is absent) which is no trusted proxy. The head grows: checkHead() it afterwards, 431 when it no longer fits.
void applyForwarded(wire::RequestHead &head, const ForwardedInput &input);

} // namespace edge
